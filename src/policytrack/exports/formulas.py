"""Which cells a spreadsheet would take for a formula, so that what is said of them in the codebook is computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policytrack.package import Edition
from policytrack.tables import TABLES, Column, Table, Value

# Spreadsheets run a cell of a CSV that begins with one of these; some skip a tab or a line end before it.
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_PROBES: Final = tuple(f"{sign}1+1" for sign in "=+-@")


def is_formula(value: Value) -> bool:
    """Whether a spreadsheet may run a cell that holds ``value``."""
    return isinstance(value, str) and value.startswith(STARTS)


def columns() -> Iterator[tuple[str, str]]:
    """Yield the columns, as table and column, whose cells may be taken for formulas: free text and what it names."""
    for table in TABLES.values():
        yield from ((table.name, column.name) for column in table.columns if _may_begin_so(table, column))


def cells(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the column, as table and column, of each cell of an edition that may be taken for a formula."""
    for name, table in TABLES.items():
        held = edition.columns(name)
        for column in table.columns:
            if column.datatype == "string" and not column.enum:
                yield from ((name, column.name) for value in held[column.name] if is_formula(value))


def _may_begin_so(table: Table, column: Column) -> bool:
    if column.datatype != "string" or column.enum:
        return False
    for foreign in table.foreign:
        if column.name in foreign.columns:
            target = TABLES[foreign.table]
            name = foreign.target[foreign.columns.index(column.name)]
            return _may_begin_so(target, next(each for each in target.columns if each.name == name))
    pattern = column.told.pattern
    return pattern is None or any(re.fullmatch(pattern, probe) for probe in _PROBES)
