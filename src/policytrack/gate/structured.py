"""Rows of JSON: inline in a descriptor, in a file of their own, or one to a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policytrack.findings import Place
from policytrack.gate.descriptors import Document, JsonFault, Node, parse
from policytrack.gate.dialects import Dialect
from policytrack.gate.faults import FILE, TABLE
from policytrack.gate.files import document_at, text_lines
from policytrack.gate.paths import Target
from policytrack.gate.report import Report
from policytrack.gate.rows import JsonRow
from policytrack.gate.shapes import shown


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the columns, and the row that they come from; None as row when the items are objects."""

    names: tuple[Any, ...]
    row: JsonRow | None


def table_at(node: Node, dialect: Dialect, report: Report) -> Node | None:
    """Return the list of rows in a document, by the property that the dialect names."""
    at = node
    if dialect.where:
        if dialect.where not in at:
            report.say(TABLE, "rows.property", at.place, f"there is no `{dialect.where}` that holds the rows")
            return None
        at = at[dialect.where]
    if not isinstance(at.value, list):
        report.say(TABLE, "rows.list", at.place, f"{shown(at.value)} is not a list of rows")
        return None
    return at


def rows(node: Node, dialect: Dialect, report: Report) -> tuple[Labels, Iterator[JsonRow]]:
    """Return the labels and the rows of a list of lists or of objects."""
    kinds = [type(each) for each in node.value]
    first = dialect.item_type or ("array" if kinds and kinds[0] is list else "object")
    wanted: type = list if first == "array" else dict
    sound = []
    for each in node.items():
        if isinstance(each.value, wanted):
            sound.append(each)
        else:
            report.say(TABLE, "rows.kind", each.place, f"{shown(each.value)} is no row that is an {first}")
    if first == "object":
        return _keyed(sound, dialect, report)
    made = [JsonRow(each, list(each.value), list(range(len(each.value)))) for each in sound]
    if not dialect.header_rows:
        return Labels((), None), iter(made)
    return Labels(tuple(made[0].cells) if made else (), made[0] if made else None), iter(made[1:])


def _keyed(sound: list[Node], dialect: Dialect, report: Report) -> tuple[Labels, Iterator[JsonRow]]:
    names = dialect.item_keys or tuple(dict.fromkeys(name for each in sound[:1] for name in each.value))

    def made() -> Iterator[JsonRow]:
        for each in sound:
            strange = [name for name in each.value if name not in names]
            if strange and not dialect.item_keys:
                report.say(TABLE, "rows.key", each[strange[0]].place, f"the first row has no `{strange[0]}`")
            yield JsonRow(each, [each.value.get(name) for name in names], list(names))

    return Labels(names, None), made()


def document(target: Target, root: Path, kind: str, report: Report) -> Node | None:
    """Return the content of a JSON file, or of one with a value to a line."""
    if kind == "json":
        found = document_at(root, target.path, report, TABLE)
        return None if found is None else found.root
    values: list[Any] = []
    text = []
    try:
        for line in text_lines(target, "utf-8", "\n"):
            if not line.strip():
                text.append(" \n")
                continue
            values.append(parse(target.path, line.encode(errors="surrogateescape"))[0].data)
            text.append(f"{'[' if len(values) == 1 else ','}{line.rstrip()}\n")
    except JsonFault as error:
        report.say(TABLE, "lines.syntax", Place(target.path, len(text) + 1, error.column), str(error))
        return None
    except (OSError, UnicodeError) as error:
        report.say(FILE, "file.closed", Place(target.path), f"the file cannot be read: {error}")
        return None
    return Document(target.path, "".join(text) + "]" if values else "[]", values, shift=1).root
