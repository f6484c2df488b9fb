"""The rows of a table against its schema: every cell read, every constraint and key asked, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policytrack.findings import Place
from policytrack.gate.delimited import Lines, Reader, of_file, of_text
from policytrack.gate.descriptors import Node
from policytrack.gate.dialects import Dialect
from policytrack.gate.faults import CELL, TABLE
from policytrack.gate.fields import Field
from policytrack.gate.header import Header, inspect_labels, matched
from policytrack.gate.keys import Index, Lookup, Reference, digest, indexes
from policytrack.gate.paths import Target
from policytrack.gate.report import Report
from policytrack.gate.rows import Row, TextRow
from policytrack.gate.schemas import Schema
from policytrack.gate.structured import document, rows, table_at
from policytrack.gate.values import ValueFault


@dataclass
class Table:
    """A table to be read: where its rows are, how they are written, what they should hold.

    ``whole`` becomes false when a row or a cell could not be read: what refers to the table is not accused then.
    """

    root: Path
    name: str
    kind: str
    dialect: Dialect
    schema: Schema | None
    node: Node
    targets: list[Target] = field(default_factory=list)
    encoding: str = "utf-8"
    references: list[Reference] = field(default_factory=list)
    whole: bool = True

    @property
    def place(self) -> Place:
        """Where the table begins."""
        return Place(self.targets[0].path) if self.targets else self.node["data"].place

    def read(self, report: Report) -> tuple[Header, Iterator[Row]] | None:
        """Return the header and the rows after it; None where there is no table to read."""
        if self.kind in {"csv", "tsv"}:
            return self._delimited(report)
        inline = self.node["data"] if not self.targets else document(self.targets[0], self.root, self.kind, report)
        at = table_at(inline, self.dialect, report) if inline is not None else None
        if at is None:
            return None
        labels, made = rows(at, self.dialect, report)
        if not labels.names and self.schema is not None and (not self.dialect.header_rows or not at.value):
            return self._headless(made)
        return Header(labels.names, labels.row, at.place), made

    def _headless(self, made: Iterator[Row]) -> tuple[Header, Iterator[Row]]:
        """Take the names of the fields where the table has none of its own."""
        names = [each.name for each in self.schema.fields] if self.schema else []
        return Header(names, None, self.place), made

    def _delimited(self, report: Report) -> tuple[Header, Iterator[Row]] | None:
        records = self._records(report)
        wanted = self.dialect.header_rows
        if not wanted:
            return self._headless(row for number, row in records if number not in self.dialect.comment_rows)
        parts: list[list[str]] = []
        last: TextRow | None = None
        for number, row in records:
            if number in wanted:
                parts.append([cell or "" for cell in row.cells])
                last = row
            if number >= wanted[-1]:
                break
        if last is None:
            report.say(TABLE, "header.none", self.place, "the table has no header")
            return None
        rest = (row for number, row in records if number not in self.dialect.comment_rows)
        return Header(_joined(parts, self.dialect.header_join), last, self.place), rest

    def _records(self, report: Report) -> Iterator[tuple[int, TextRow]]:
        """Yield the rows of all files, comments left out, with their number from 1."""
        reader = Reader(self.dialect, report)
        number = 0
        for source in self._sources():
            last: TextRow | None = None
            for row in reader.rows(source):
                last = row
                if not reader.is_comment(row):
                    number += 1
                    yield number, row
            if last is not None and source.path != self._last_path and last.text == last.text.rstrip("\r\n"):
                place = last.place(len(last.cells))
                report.say(TABLE, "table.part", place, "the part has no end of line, so the next one continues its row")

    @property
    def _last_path(self) -> str:
        return self.targets[-1].path if self.targets else self.node.document.path

    def _sources(self) -> Iterator[Lines]:
        if not self.targets:
            yield of_text(self.node["data"].place, str(self.node["data"].value))
        for target in self.targets:
            yield of_file(target, self.encoding, self.dialect.terminator)


def _joined(parts: list[list[str]], join: str) -> list[str]:
    """Return the labels of a header of several rows."""
    if len(parts) == 1:
        return parts[0]
    width = max(map(len, parts))
    columns = ([part[number] for part in parts if number < len(part) and part[number]] for number in range(width))
    return [join.join(dict.fromkeys(column)) for column in columns]


def inspect(table: Table, wanted: set[tuple[str, ...]], report: Report) -> dict[tuple[str, ...], frozenset[bytes]]:
    """Tell what is wrong with the rows of a table; return what it holds in the ``wanted`` columns, for references."""
    begun = table.read(report)
    if begun is None:
        table.whole = False
        return {}
    header, rest = begun
    inspect_labels(header, report)
    if table.schema is None:
        for row in rest:
            _fits(row, header, report)
        return {}
    columns = matched(header, table.schema, report)
    spots = {each.name: number for number, each in reversed(list(enumerate(columns))) if each is not None}
    unique = [each.name for each in table.schema.fields if each.unique]
    asked = [each for each in indexes(table.schema.keys, unique) if spots.keys() >= set(each.columns)]
    held: dict[tuple[str, ...], set[bytes]] = {each: set() for each in wanted if spots.keys() >= set(each)}
    for row in rest:
        values = _values(row, header, columns, table, report)
        if values is None:
            continue
        for index in asked:
            _index(index, values, spots, row, report)
        for names, known in held.items():
            cells = [values[spots[name]] for name in names]
            if None not in cells and _UNREAD not in cells:
                known.add(digest(cells))
    return {names: frozenset(known) for names, known in held.items()}


_UNREAD = object()


def _index(index: Index, values: list[Any], spots: dict[str, int], row: Row, report: Report) -> None:
    cells = [values[spots[name]] for name in index.columns]
    if any(cell is _UNREAD for cell in cells):
        return
    empty = next((name for name, cell in zip(index.columns, cells, strict=True) if cell is None), index.columns[0])
    index.add(cells, row, spots[empty], report)


def _fits(row: Row, header: Header, report: Report) -> bool:
    """Whether a row has as many cells as the header; tell when not."""
    cells, width = len(row.cells), len(header.names)
    if isinstance(row, TextRow) and not any(row.cells) and (width > 1 or cells > 1):
        report.say(TABLE, "table.blank", row.place(0), "the row is blank", "take it out")
        return False
    if cells == 0 and width == 1:
        return True
    if cells < width:
        message = f"the row has {cells} cells; the header has {width}"
        report.say(TABLE, "table.short", row.place(cells), message)
    elif cells > width:
        message = f"the row has {cells} cells; the header has {width}"
        report.say(TABLE, "table.long", row.place(width), message)
    return cells == width


def _values(
    row: Row, header: Header, columns: list[Field | None], table: Table, report: Report
) -> list[Any] | None:  # fmt: skip
    """Return the logical values of a row, and tell what is wrong with its cells; None for one that does not fit."""
    if not _fits(row, header, report):
        table.whole = False
        return None
    primary = table.schema.keys.primary if table.schema else ()
    values: list[Any] = []
    for number, declared in enumerate(columns):
        cell = row.cells[number] if number < len(row.cells) else ""
        if declared is None:
            values.append(None)
            continue
        if cell is None or (isinstance(cell, str) and cell in declared.missing):
            values.append(None)
            if declared.required and declared.name not in primary:
                _tell(report, "cell.required", row.place(number), declared, "the cell is empty")
            continue
        try:
            value = declared.read(cell)
        except ValueFault as error:
            table.whole = False
            values.append(_UNREAD)
            _tell(report, f"cell.{declared.read.name}", row.place(number), declared, str(error))
            continue
        values.append(value)
        for test in declared.tests:
            if not _passes(test.holds, value):
                _tell(report, f"cell.{test.name}", row.place(number), declared, f"`{cell}` {test.told}")
    return values


def _passes(holds: Any, value: Any) -> bool:  # noqa: ANN401 - a function of any value
    try:
        return bool(holds(value))
    except (TypeError, ArithmeticError, RecursionError):
        return False


def _tell(report: Report, key: str, place: Place, declared: Field, message: str) -> None:
    report.say(CELL, key, place, f"`{declared.name}`: {message}", about=declared.name)


def follow(table: Table, held: dict[str, dict[tuple[str, ...], frozenset[bytes]]], report: Report) -> None:
    """Read a table again, and tell which of its rows name rows that are not there.

    ``held`` is what the tables hold, by name and columns; a table that is not whole is left out of it.
    """
    silent = Report()
    begun = table.read(silent)
    if begun is None or table.schema is None:
        return
    header, rest = begun
    columns = matched(header, table.schema, silent)
    spots = {each.name: number for number, each in reversed(list(enumerate(columns))) if each is not None}
    asked = []
    for each in table.references:
        known = held.get(each.table or table.name, {}).get(each.target)
        if known is not None and spots.keys() >= set(each.columns):
            asked.append(Lookup(each, known))
    for row in rest if asked else ():
        if len(row.cells) != len(header.names):
            continue
        for lookup in asked:
            own = [spots[name] for name in lookup.reference.columns]
            lookup.inspect([_again(columns[spot], row.cells[spot]) for spot in own], row, own[0], report)


def _again(declared: Field | None, cell: Any) -> Any:  # noqa: ANN401 - any cell, any value
    """Return the value of a cell that was read before; None where there is none."""
    if declared is None or cell is None or (isinstance(cell, str) and cell in declared.missing):
        return None
    try:
        return declared.read(cell)
    except ValueFault:
        return None
