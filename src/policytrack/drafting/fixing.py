"""`check --fix`: what is wrong and can be mended without knowing more than the file says.

A fix is safe when nobody could have meant anything else by what it changes: a visit's parameters in an address, an
entry that stands twice, a space around a title, a file in the folder of another year. Misspelt ids, codes and keys
are not mended, however near the right word is: somebody has to look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policytrack.dataset import Dataset
from policytrack.documents import Document, parse
from policytrack.drafting import tree
from policytrack.drafting.formatting import Formatted, formatted, shape_of
from policytrack.drafting.rendering import rendered
from policytrack.drafting.tree import Node
from policytrack.drafting.writing import DraftError, create, write
from policytrack.faults.shape import BAD_LIST
from policytrack.faults.text import BYTE_ORDER_MARK
from policytrack.findings import Finding
from policytrack.layout import MisplacedError, path_of, spot, year_of
from policytrack.rules.addresses import untracked


@dataclass(frozen=True, slots=True)
class Repair:
    """What a fix does to one file: the new text, the new path where it moves, and each change in words."""

    file: Formatted
    moved: str
    done: tuple[str, ...]

    def told(self) -> str:
        """Return what is changed, a line for each, then the difference."""
        lines = [f"{self.file.path}: {done}" for done in self.done]
        return "\n".join([*lines, self.file.diff()]).rstrip("\n") + "\n"


def _without_repeats(node: Node) -> str:
    seen: set[str | None] = set()
    kept = []
    for entry in node.entries or ():
        repeated = entry.node.is_scalar and entry.node.value in seen
        if entry.node.is_scalar:
            seen.add(entry.node.value)
        if not repeated:
            kept.append(entry)
    gone = len(node.entries or ()) - len(kept)
    if not node.is_list or not gone:
        return ""
    node.entries = kept
    return f"took out {'an entry' if gone == 1 else f'{gone} entries'} that stood twice"


def _untracked(node: Node) -> str:
    before = node.value or ""
    node.value = untracked(before)
    return "took the tracking parameters out of the address" if node.value != before else ""


def _trimmed(node: Node) -> str:
    before = node.value or ""
    if "\n" in before.strip():
        return ""
    node.value = before.strip()
    return "took the spaces around the text away" if node.value != before else ""


# What mends the value at the place of a finding; it says what it did, or nothing where it could not.
_VALUES: Mapping[str, Callable[[Node], str]] = {
    BAD_LIST.code: _without_repeats,
    "PT604": _untracked,
    "PT705": _trimmed,
}
# What laying out the file anew mends.
_LAYOUT: Mapping[str, str] = {
    "PT706": "set the schema header right",
    "PT906": "added the schema header",
    BYTE_ORDER_MARK.code: "took the byte-order mark away",
}
_YEAR = "PT101"

FIXABLE = frozenset({*_VALUES, *_LAYOUT, _YEAR})


def fix(dataset: Dataset, findings: Iterable[Finding]) -> list[Repair]:
    """Return what can be mended of ``findings``, file by file; nothing is written."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.code in FIXABLE:
            by_path[finding.place.path].append(finding)
    repairs = (_repair(dataset, path, found) for path, found in sorted(by_path.items()))
    return [repair for repair in repairs if repair is not None]


def _repair(dataset: Dataset, path: str, findings: list[Finding]) -> Repair | None:
    file = dataset.root / path
    if file.is_symlink() or not file.is_file():
        return None
    raw = file.read_bytes()
    before = formatted(path, raw)
    document, _ = parse(path, raw)
    if before.problem or document is None:
        return None
    # Repairs are made on the text as it stands, so that the places of the findings still hold.
    root = tree.of_text(document.text.replace("\r\n", "\n"))
    done = [word for finding in findings if (word := _mend(root, document, finding))]
    done += [_LAYOUT[code] for code in sorted({finding.code for finding in findings} & set(_LAYOUT))]
    moved = _moved(dataset, path) if any(finding.code == _YEAR for finding in findings) else ""
    if moved:
        done.append(f"moved to {moved}")
    if not done:
        return None
    after = formatted(path, rendered(root, shape_of(path)).encode())
    return Repair(Formatted(path, before.before, after.after), moved, tuple(dict.fromkeys(done)))


def _mend(root: Node, document: Document, finding: Finding) -> str:
    mend = _VALUES.get(finding.code)
    place = (finding.place.line, finding.place.column)
    at = next((path for path, mark in document.values.items() if mark == place and path), None)
    return mend(root.at(at)) if mend is not None and at is not None else ""


def _moved(dataset: Dataset, path: str) -> str:
    """Return where a file in the folder of another year belongs, unless something stands there."""
    try:
        where = spot(path)
    except MisplacedError:
        return ""
    record = dataset.of_kind(where.kind.name).get(where.id)
    if record is None:
        return ""
    wanted = path_of(where.kind.name, where.id, year_of(record.model))
    target = dataset.root / wanted
    return "" if target.exists() or target.is_symlink() else wanted


def apply(root: Path, repairs: Iterable[Repair]) -> None:
    """Write what `fix` found: a file that moves is whole in its new place before it leaves the old one."""
    for repair in repairs:
        old = root / repair.file.path
        if not repair.moved:
            write(old, repair.file.after)
            continue
        try:
            create(root, repair.moved, repair.file.after)
        except DraftError:
            continue
        old.unlink()
