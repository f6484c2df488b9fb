"""Checks of a package's tables: size and hash of each file, its rows, their types and constraints, and its keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policytrack.findings import Finding, Place
from policytrack.package.cells import CellError, Line, as_value, lines
from policytrack.package.faults import CELL, FILE, KEY, REFERENCE
from policytrack.tables import Value

_AGAIN = "build the package again"


@dataclass
class Content:
    """One table as it was read: its columns, and each row with the line it begins on.

    ``whole`` is false when a row or a cell could not be read: what refers to the table is not accused then.
    """

    path: str
    schema: Mapping[str, Any]
    rows: list[tuple[int, dict[str, Value]]] = field(default_factory=list)
    whole: bool = True

    def key(self, row: Mapping[str, Value], columns: Sequence[str]) -> tuple[Value, ...]:
        """Return the cells of some columns."""
        return tuple(row[name] for name in columns)

    def at(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.path, line)


def read_content(folder: Path, resource: Mapping[str, Any]) -> tuple[Content | None, list[Finding]]:
    """Return the rows of a resource and the findings of its file and cells; no rows where it cannot be read."""
    path = str(resource["path"])
    raw, findings = _raw(folder, resource)
    if raw is None:
        return None, findings
    content = Content(path, resource["schema"])
    try:
        header, *body = lines(raw.decode())
    except (UnicodeDecodeError, CellError, ValueError) as error:
        line = getattr(error, "line", 1)
        return None, [*findings, FILE.at(Place(path, line), f"the file is not CSV as written here: {error}", _AGAIN)]
    names = tuple(str(each["name"]) for each in content.schema["fields"])
    if header.cells != names:
        message = f"the header has {', '.join(header.cells)}; the schema says {', '.join(names)}"
        return None, [*findings, FILE.at(Place(path), message, _AGAIN)]
    for line in body:
        findings += _take(content, line)
    return content, findings


def file_faults(folder: Path, resource: Mapping[str, Any]) -> list[Finding]:
    """Return the findings of a file that is no table: whether it is there, its size and its hash."""
    return _raw(folder, resource)[1]


def _raw(folder: Path, resource: Mapping[str, Any]) -> tuple[bytes | None, list[Finding]]:
    path = str(resource["path"])
    try:
        raw = _inside(folder, path).read_bytes()
    except OSError as error:
        return None, [FILE.at(Place(path), f"the file cannot be read: {error.strerror or error}", _AGAIN)]
    return raw, list(_file_faults(path, raw, resource))


def _inside(folder: Path, path: str) -> Path:
    """Return the file at ``path``, unless links lead out of the package."""
    target = (folder / path).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise OSError(0, "it lies outside the package")
    return target


def _file_faults(path: str, raw: bytes, resource: Mapping[str, Any]) -> Iterator[Finding]:
    if len(raw) != resource["bytes"]:
        yield FILE.at(Place(path), f"the file has {len(raw)} bytes; the descriptor says {resource['bytes']}", _AGAIN)
    digest = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    if digest != resource["hash"]:
        yield FILE.at(Place(path), f"the file's hash is {digest}; the descriptor says {resource['hash']}", _AGAIN)


def _take(content: Content, line: Line) -> Iterator[Finding]:
    """Add a row to the content, and yield what is wrong with its cells."""
    fields = content.schema["fields"]
    if len(line.cells) != len(fields):
        content.whole = False
        yield CELL.at(content.at(line.number), f"the row has {len(line.cells)} cells; the header has {len(fields)}")
        return
    row: dict[str, Value] = {}
    for declared, text in zip(fields, line.cells, strict=True):
        name = str(declared["name"])
        try:
            row[name] = as_value(text, declared["type"])
        except CellError as error:
            row[name] = None
            content.whole = False
            yield CELL.at(content.at(line.number), f"`{name}`: {error}")
            continue
        for fault in _broken(declared.get("constraints", {}), row[name], text):
            yield CELL.at(content.at(line.number), f"`{name}`: {fault}")
    content.rows.append((line.number, row))


def _broken(constraints: Mapping[str, Any], value: Value, text: str) -> Iterator[str]:
    """Yield the constraints that a cell breaks; an empty one breaks none but `required`."""
    if value is None:
        if constraints.get("required"):
            yield "the cell is empty"
        return
    if "enum" in constraints and text not in map(str, constraints["enum"]):
        yield f"`{text}` is none of the values listed"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text):
        yield f"`{text}` does not match {constraints['pattern']}"
    if "minimum" in constraints and isinstance(value, int) and value < constraints["minimum"]:
        yield f"{text} is less than {constraints['minimum']}"


def key_faults(content: Content) -> Iterator[Finding]:
    """Yield the rows that repeat a key, hold an empty one, or stand out of order."""
    schema = content.schema
    primary = tuple(schema["primaryKey"])
    unique = [(str(each["name"]),) for each in schema["fields"] if each.get("constraints", {}).get("unique")]
    groups = dict.fromkeys([primary, *map(tuple, schema.get("uniqueKeys", [])), *unique])
    for columns in groups:
        seen: dict[tuple[Value, ...], int] = {}
        for line, row in content.rows:
            cells = content.key(row, columns)
            shown = f"{', '.join(columns)} = {', '.join(map(str, cells))}"
            if columns == primary and None in cells:
                yield KEY.at(content.at(line), f"the key {', '.join(columns)} has an empty cell")
            elif None not in cells and cells in seen:
                yield KEY.at(content.at(line), f"{shown} stands on line {seen[cells]} already")
            seen.setdefault(cells, line)
    yield from _order_faults(content, primary)


def _order_faults(content: Content, primary: tuple[str, ...]) -> Iterator[Finding]:
    before: tuple[Any, ...] | None = None
    for line, row in content.rows:
        cells = content.key(row, primary)
        if None in cells:
            continue
        if before is not None and cells < before:
            yield KEY.at(content.at(line), f"the row stands out of the order of {', '.join(primary)}")
        before = cells


def reference_faults(content: Content, others: Mapping[str, Content]) -> Iterator[Finding]:
    """Yield the rows that name what no row of the other table is; a key with an empty cell names nothing."""
    for foreign in content.schema.get("foreignKeys", []):
        own, reference = foreign["fields"], foreign["reference"]
        target = others.get(reference["resource"])
        if target is None or not target.whole:
            continue
        known = {target.key(row, reference["fields"]) for _, row in target.rows}
        for line, row in content.rows:
            cells = content.key(row, own)
            if None not in cells and cells not in known:
                named = f"{', '.join(own)} = {', '.join(map(str, cells))}"
                yield REFERENCE.at(content.at(line), f"{named} is no row of {reference['resource']}")
