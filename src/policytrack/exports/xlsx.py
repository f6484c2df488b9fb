"""The tables that people read as one workbook, with its codebook: for a spreadsheet, where a CSV would be guessed at.

Every text is written as text: nothing is run as a formula, made a link, a number or a date by its looks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from policytrack.codes import VOCABULARIES
from policytrack.package import Edition, Extra
from policytrack.tables import TABLES, Column, Table, Value

# A sheet each, in this order; the others are for programs, or their content stands in the codebook.
SHEETS: Final = (
    *("actions", "provisions", "spells", "sources", "evidence", "actors", "jurisdictions", "technologies"),
    *("action_actors", "action_jurisdictions", "dates", "identifiers", "links", "link_replaces", "measures"),
    *("provision_values", "provision_amounts", "provision_exceptions", "conflicts"),
    *("source_authors", "source_page_dates", "actor_aliases", "actor_identifiers", "technology_aliases"),
    *("jurisdiction_memberships", "coverage", "rejected_leads", "redirects", "corrections"),
)
LEFT_OUT: Final[dict[str, str]] = {
    "statements": "one row per claim and source, for programs",
    "passages": "fingerprints, for programs",
    "passage_terms": "belongs to the passages",
    "spell_actions": "one row per spell and action, for programs",
    "panel": "one row per month, place and class, for programs",
    "codebook": "stands on the sheet Codes",
    "codebook_properties": "what follows from codes, for programs",
}
MOST_ROWS: Final = 1_048_576
# Counted in units of UTF-16, as spreadsheets do.
LONGEST: Final = 32_767
# Signs that XML cannot hold, not even by their number.
_UNWRITABLE: Final = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_CUT: Final = " [cut: the whole text is in the CSV]"
# Spreadsheets know no day before 1900, and count one in early 1900 that never was.
FIRST_DAY: Final = date(1900, 3, 1)
# The day from which they count all later ones.
_ZERO: Final = date(1899, 12, 30)
_DAY: Final = {"num_format": "yyyy-mm-dd"}
_WIDTHS: Final = {"string": 24, "date": 12, "boolean": 8, "integer": 9, "number": 14}
# A workbook carries a moment of its making; where none is given it is this one, as in the zip within.
_NO_MOMENT: Final = datetime(1980, 1, 1, tzinfo=UTC)
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def export(edition: Edition) -> list[Extra]:
    """Return the workbook: the sheet About, one for each of `SHEETS`, and the sheets Codebook and Codes."""
    return [
        Extra(
            name="policytrack-xlsx",
            path="policytrack.xlsx",
            title="The tables as a workbook",
            description="The tables that people read, a sheet each, with the codebook.",
            mediatype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            content=_workbook(edition),
        )
    ]


@dataclass
class _Book:
    """A workbook that is being written, and what of the data it could not hold."""

    book: xlsxwriter.Workbook
    heading: Format
    day: Format
    lost: list[str] = field(default_factory=list)

    def sheet(self, name: str, header: Sequence[str], widths: Sequence[int]) -> Worksheet:
        """Add a sheet whose first row stays in sight."""
        sheet = self.book.add_worksheet(name)
        for column, (title, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self.heading)
        sheet.freeze_panes(1, 0)
        return sheet

    def write(self, sheet: Worksheet, row: int, cells: Sequence[Value]) -> None:
        """Write one row, each cell as what it is."""
        for column, value in enumerate(cells):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, self._fitting(sheet, row, column, value))
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif not isinstance(value, date):
                sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value)
            elif value >= FIRST_DAY:
                sheet.write_number(row, column, (value - _ZERO).days, self.day)
            else:
                sheet.write_string(row, column, value.isoformat())

    def _fitting(self, sheet: Worksheet, row: int, column: int, text: str) -> str:
        if text.isascii() and len(text) <= LONGEST:
            return text
        text = text.translate(_UNWRITABLE)
        encoded = text.encode("utf-16-le")
        if len(encoded) <= 2 * LONGEST:
            return text
        self.lost.append(f"{sheet.name}, row {row + 1}, column {column + 1}: a text was cut at {LONGEST:,} characters")
        kept = encoded[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", errors="ignore")
        return kept + _CUT


def _workbook(edition: Edition) -> bytes:
    target = io.BytesIO()
    metadata = edition.metadata
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        created = (metadata.created or _NO_MOMENT).replace(tzinfo=None)
        told = {"title": metadata.title, "comments": metadata.description, "created": created}
        book.set_properties({**told, "keywords": ", ".join(metadata.keywords)})
        writing = _Book(book, book.add_format({"bold": True, "bottom": 1}), book.add_format(_DAY))
        # The first sheet is written last: it says what the others could not hold.
        about = writing.sheet("About", ("what", "value"), (28, 100))
        for name in SHEETS:
            _table(writing, edition, TABLES[name])
        _codebook(writing)
        _codes(writing)
        for number, line in enumerate(_about(edition, writing.lost), 1):
            writing.write(about, number, line)
    return target.getvalue()


def _table(writing: _Book, edition: Edition, table: Table) -> None:
    header = [column.name for column in table.columns]
    sheet = writing.sheet(table.name, header, [_WIDTHS[column.datatype] for column in table.columns])
    count = len(edition.rows[table.name])
    if count >= MOST_ROWS:
        writing.lost.append(f"{table.name}: {count:,} rows are more than a sheet holds; they are in the CSV")
        return
    for number, cells in enumerate(edition.cells(table.name), 1):
        writing.write(sheet, number, cells)
    sheet.autofilter(0, 0, count, len(header) - 1)


def _codebook(writing: _Book) -> None:
    header = ("table", "column", "type", "required", "key", "refers to", "codes", "what it holds")
    sheet = writing.sheet("Codebook", header, (24, 24, 10, 9, 6, 26, 22, 90))
    row = 0
    for table in TABLES.values():
        for column in table.columns:
            row += 1
            key = column.name in table.key
            cells = (table.name, column.name, column.datatype, column.required, key, _target(table, column))
            writing.write(sheet, row, (*cells, _vocabulary(column), column.told.description))
    sheet.autofilter(0, 0, row, len(header) - 1)


def _target(table: Table, column: Column) -> str | None:
    found = [
        f"{each.table}.{each.target[each.columns.index(column.name)]}"
        for each in table.foreign
        if column.name in each.columns
    ]
    return ", ".join(found) or None


def _vocabulary(column: Column) -> str | None:
    names = [name for name, vocabulary in VOCABULARIES.items() if vocabulary is column.vocabulary]
    return names[0] if names else ", ".join(column.options) or None


def _codes(writing: _Book) -> None:
    header = ("vocabulary", "code", "label", "definition", "note")
    sheet = writing.sheet("Codes", header, (20, 26, 26, 80, 80))
    row = 0
    for name, vocabulary in VOCABULARIES.items():
        for code in vocabulary:
            row += 1
            writing.write(sheet, row, (name, code.value, code.label, code.definition, code.note or None))
    sheet.autofilter(0, 0, row, len(header) - 1)


def _about(edition: Edition, lost: Sequence[str]) -> Iterator[tuple[Value, Value]]:
    metadata = edition.metadata
    yield "title", metadata.title
    yield "version", metadata.version
    yield from [("created", metadata.stamp)] if metadata.created else []
    yield from (("license", each.title or each.name) for each in metadata.licenses)
    yield from (("contributor", each.name) for each in metadata.contributors)
    yield "texts", "are texts, whatever they begin with: no cell holds a formula or a link"
    yield "days before 1900-03-01", "stand as text: spreadsheets have no such days"
    yield "empty cells", "are not known, open, or do not apply: see Codebook"
    for name in SHEETS:
        yield f"sheet {name}", f"{len(edition.rows[name]):,} rows. {TABLES[name].description}"
    for name, reason in LEFT_OUT.items():
        yield f"no sheet {name}", f"{reason}; in data/{name}.csv"
    yield from (("not held in full", each) for each in lost)
