"""A tree to text in the one layout of this project: keys in the model's order, brackets where they fit on a line."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.drafting import scalars
from policytrack.drafting.shape import Shape
from policytrack.drafting.tree import Entry, Node

WIDTH = 120
# Prose is wrapped a little earlier, as the records have it.
_PROSE = 118
_STEP = "  "


def rendered(root: Node, shape: Shape, header: str = "") -> str:
    """Return the text of a file: the header, the comments that open it, its fields, the comments that close it."""
    entries = root.entries or []
    head: list[str] = []
    if entries:
        head, entries[0].above = entries[0].above, []
    lines = [*([header] if header else []), *head, *_block(root, shape, "")]
    return "\n".join(lines) + "\n"


def flow(node: Node, shape: Shape) -> str | None:
    """Return a node on one line, or None where a text in it would have to be quoted for the brackets alone."""
    if node.entries is None:
        if node.value is None:
            return None
        text = shape.spelled(node.value)
        if scalars.plain(text, counts=shape.counts) and not scalars.plain(text, counts=shape.counts, brackets=True):
            return None
        return None if "\n" in text else scalars.inline(text, counts=shape.counts, brackets=True)
    parts = []
    for entry in _ordered(node, shape):
        inner = flow(entry.node, shape.inside(entry.key))
        if inner is None:
            return None
        parts.append(inner if entry.key is None else f"{scalars.key(entry.key)}: {inner}")
    text = ", ".join(parts)
    return f"[{text}]" if node.is_list else f"{{{text}}}"


def _ordered(node: Node, shape: Shape) -> list[Entry]:
    entries = node.entries or []
    if node.is_list:
        return entries
    by_key = {entry.key or "": entry for entry in entries}
    return [by_key[key] for key in shape.order(list(by_key))]


def _block(node: Node, shape: Shape, indent: str) -> Iterator[str]:
    """Yield the lines of a collection, an entry below the other."""
    for entry in _ordered(node, shape):
        _hoist(entry, shape.inside(entry.key), indent)
        yield from (indent + comment for comment in entry.above)
        yield from _entry(entry, shape.inside(entry.key), indent)
    yield from (indent + comment for comment in node.below)


def _hoist(entry: Entry, shape: Shape, indent: str) -> None:
    """Set above an item what would stand between its hyphen and its first entry, where there is no room for it."""
    if entry.key is not None or not entry.node.entries:
        return
    first = _ordered(entry.node, shape)[0]
    _hoist(first, shape.inside(first.key), indent + _STEP)
    inner, first.above = first.above, []
    if _one_line(entry, shape, f"{indent}-") is None:
        inner, entry.beside = [*entry.beside, *inner], []
    entry.above += inner


def _entry(entry: Entry, shape: Shape, indent: str) -> Iterator[str]:
    head = f"{indent}-" if entry.key is None else f"{indent}{scalars.key(entry.key)}:"
    beside = "".join(f"  {comment}" for comment in entry.beside)
    if entry.node.is_scalar:
        yield from _scalar(head, entry.node.value, shape, indent, beside)
        return
    one = _one_line(entry, shape, head)
    if one is not None:
        yield f"{head} {one}{beside}"
    elif entry.key is None:
        yield from _item(entry, shape, indent)
    else:
        yield head + beside
        yield from _block(entry.node, shape, indent + _STEP)


def _one_line(entry: Entry, shape: Shape, head: str) -> str | None:
    """Return a collection in brackets, where it fits and nothing speaks for lines of its own."""
    node = entry.node
    if not node.entries:
        return None if node.below else "[]" if node.is_list else "{}"
    single = entry.key is None and not node.is_list and len(node.entries) == 1
    if single or shape.tall or node.commented():
        return None
    one = flow(node, shape)
    return one if one is not None and len(head) + 1 + len(one) <= WIDTH else None


def _item(entry: Entry, shape: Shape, indent: str) -> Iterator[str]:
    """Yield an item that is a collection: its first entry stands on the line of the hyphen."""
    lines = list(_block(entry.node, shape, indent + _STEP))
    yield f"{indent}- {lines[0][len(indent) + len(_STEP) :]}"
    yield from lines[1:]


def _scalar(head: str, value: str | None, shape: Shape, indent: str, beside: str) -> Iterator[str]:
    if value is None:
        yield head + beside
        return
    text = shape.spelled(value)
    block: list[str] | None = None
    mark = ">-"
    if "\n" in text:
        block = scalars.literal(text)
        mark = "|" if text.endswith("\n") else "|-"
    elif len(head) + 1 + len(scalars.inline(text, counts=shape.counts)) > WIDTH:
        block = scalars.folded(text, _PROSE - len(indent) - len(_STEP))
    if block is None:
        yield f"{head} {scalars.inline(text, counts=shape.counts)}{beside}"
    else:
        yield f"{head} {mark}{beside}"
        yield from (f"{indent}{_STEP}{line}".rstrip() for line in block)
