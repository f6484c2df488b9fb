"""CODEBOOK.md: what every table, column and code means, how often each occurs here, and how the CSV is to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from policytrack.codes import VOCABULARIES, Code, Condition, Conduct, Purpose, Subject
from policytrack.exports import formulas
from policytrack.exports.sqlite.views import VIEWS
from policytrack.package import Edition, Extra
from policytrack.package.edition import is_unreleased
from policytrack.tables import TABLES, Column, Table

# What the values of a provision are codes of, by facet; `by` and `to` may name actors instead.
_FACETS: Final[dict[str, type[Code]]] = {
    "conduct": Conduct,
    "by": Subject,
    "to": Subject,
    "purpose": Purpose,
    "condition": Condition,
}
_UNRELEASED: Final = """\
**Not a release.** These data are not those of {release}, and will change. Cite a release; else say unreleased, and name
the commit that `provenance.intoto.jsonl` names.
"""
_READING: Final = f"""\
## How to read the files

- **CSV** (`data/`): UTF-8 without a byte-order mark, RFC 4180 with line feeds, a header, rows in the order of the key.
  An empty cell is nothing: not known, open, or not applicable. There is no other missing value: `NA`, `null` and `0`
  are data. Booleans are `true` and `false`, days ISO 8601.
- A date of a record is up to four columns: the date in EDTF as exact as its source, the earliest and the latest day
  that it can be (empty where open), and how it came to be known.
- **Parquet**: true types; money is decimal.
- **SQLite**: booleans are 0 and 1, days are text, money is the nearest floating-point number. There are views:
  {", ".join(f"`{name}`" for name in VIEWS)}. What stood on a day:
  `SELECT * FROM standing WHERE '2021-06-01' BETWEEN first_day AND last_day`.
  `bans` has every bar on use, also of private firms (`governs` says whose use), for one purpose or of one product
  (`narrowed`, with `purposes`, `conditions`, `technologies`): narrow it to what you mean before you count.
- **XLSX**: days before 1900-03-01 are text; the sheet About names the tables that it leaves out and what it cut.
- **JSON Lines**: days and money are text, empty cells are left out.
- **Bibliography**: a date is as exact as its source; of a span only what both ends share is told, the rest in a note.

## Cells that look like formulas

The CSV holds the data as they are: nothing is put before a cell and nothing is left out, so that every reader has the
same text. A spreadsheet that opens a CSV may run a cell that begins with `=`, `+`, `-` or `@`, or with a tab or a line
end before it, as a formula. **In a spreadsheet open `policytrack.xlsx`**: there every text is a text, nothing a link.
"""  # noqa: S608 - words about a query, and none


def export(edition: Edition) -> list[Extra]:
    """Return the codebook of an edition, with the counts of its rows."""
    return [
        Extra(
            name="codebook-text",
            path="CODEBOOK.md",
            title="Codebook",
            description="Every table, column and code in words, with counts, and how the files are to be read.",
            mediatype="text/markdown",
            content="\n".join(_lines(edition)).encode(),
        )
    ]


def _lines(edition: Edition) -> Iterator[str]:
    yield f"# Codebook of {edition.metadata.name} {edition.metadata.version}\n"
    yield "Written by `policytrack build` from the data and the code; counts are those of this edition.\n"
    if is_unreleased(edition.metadata.version):
        yield _UNRELEASED.format(release=edition.metadata.release)
    yield _READING
    yield from _formulas(edition)
    yield "\n## Tables\n"
    for table in TABLES.values():
        yield from _table(edition, table)
    yield "## Codes\n"
    used = _used(edition)
    for name, vocabulary in VOCABULARIES.items():
        yield f"### {name}\n\n| code | rows | label | definition |\n|---|---:|---|---|"
        for code in vocabulary:
            words = _cell(" ".join(filter(None, (code.definition, code.note))))
            yield f"| `{code}` | {used[vocabulary, code.value]} | {_cell(code.label)} | {words} |"
        yield ""


def _formulas(edition: Edition) -> Iterator[str]:
    found = Counter(formulas.cells(edition))
    if not found:
        yield "There is no such cell in this edition."
        return
    yield "Columns with such cells in this edition:\n\n| column | cells |\n|---|---:|"
    held = (each for each in formulas.columns() if found[each])
    yield from (f"| `{table}.{column}` | {found[table, column]} |" for table, column in held)


def _table(edition: Edition, table: Table) -> Iterator[str]:
    columns = edition.columns(table.name)
    yield f"### {table.name}\n\n{table.title}: {table.description}\n"
    keys = ", ".join(f"`{name}`" for name in table.key)
    yield f"{len(edition.rows[table.name])} rows. Key: {keys}.\n"
    yield "| column | type | filled | what it holds |\n|---|---|---:|---|"
    for column in table.columns:
        held = columns[column.name]
        filled = len(held) - held.count(None)
        yield f"| `{column.name}` | {column.datatype} | {filled} | {_words(table, column)} |"
    yield ""


def _words(table: Table, column: Column) -> str:
    told = [column.told.description]
    told += [f"Codes: {name}." for name, each in VOCABULARIES.items() if each is column.vocabulary]
    told += [f"One of {', '.join(column.options)}."] if column.options else []
    told += [f"Refers to {each.table}." for each in table.foreign if column.name in each.columns]
    return _cell(" ".join(told))


def _used(edition: Edition) -> Counter[tuple[type[Code], str]]:
    """Return how many cells hold each code."""
    found: Counter[tuple[type[Code], str]] = Counter()
    for name, table in TABLES.items():
        columns = edition.columns(name)
        for column in table.columns:
            if column.vocabulary:
                for code, count in Counter(map(str, filter(None, columns[column.name]))).items():
                    found[column.vocabulary, code] += count
    for _, facet, value, *_ in edition.cells("provision_values"):
        if facet in _FACETS:
            found[_FACETS[str(facet)], str(value)] += 1
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
