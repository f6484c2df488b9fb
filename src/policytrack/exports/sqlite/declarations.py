"""Tables as SQLite declares them: what a schema says of a column becomes a check that every writer of a row meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policytrack.tables import Column, Foreign, Table

_TYPES: Final = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
_SLUG: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_IS_SLUG: Final = "{0} NOT GLOB '*[^a-z0-9-]*' AND {0} NOT GLOB '-*' AND {0} NOT GLOB '*-' AND {0} NOT GLOB '*--*'"
_DIGITS: Final = "[0-9]"

# SQLite has no regular expressions: these patterns can be said by GLOB, in full or (the last two) in good part.
CHECKS: Final[dict[str, str]] = {
    _SLUG: _IS_SLUG,
    f"{_SLUG}#p[1-9][0-9]{{0,2}}": "{0} GLOB '[a-z0-9]*#p[1-9]*' AND {0} NOT GLOB '*#p?*[^0-9]*'"
    " AND {0} NOT GLOB '*#p????*' AND {0} NOT GLOB '*[^a-z0-9#-]*' AND {0} NOT GLOB '*--*' AND {0} NOT GLOB '*-#*'"
    " AND {0} NOT GLOB '*#*#*'",
    "[0-9a-f]{64}": "length({0}) = 64 AND {0} NOT GLOB '*[^0-9a-f]*'",
    "[A-Z]{3}": "{0} GLOB '[A-Z][A-Z][A-Z]'",
    "[12][0-9]{3}-(0[1-9]|1[0-2])": "{0} GLOB '[12]" + _DIGITS * 3 + "-[01]" + _DIGITS + "'"
    " AND {0} NOT GLOB '*-00' AND {0} NOT GLOB '*-1[3-9]'",
    "[A-Z]{2}(-[A-Z0-9]{1,3})?": "({0} GLOB '[A-Z][A-Z]' OR {0} GLOB '[A-Z][A-Z]-[A-Z0-9]'"
    " OR {0} GLOB '[A-Z][A-Z]-[A-Z0-9][A-Z0-9]' OR {0} GLOB '[A-Z][A-Z]-[A-Z0-9][A-Z0-9][A-Z0-9]')",
    "[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?": "{0} GLOB '[a-z][a-z]*' AND {0} NOT GLOB '*[^A-Za-z-]*'",
    "ocd-division/country:[a-z]{2}(/[a-z_]+:[a-z0-9.~_-]+)*": "{0} GLOB 'ocd-division/country:[a-z][a-z]*'",
}


def declaration(table: Table) -> str:
    """Return the statement that makes a table. Names are no words of SQL, so that they stand without quotes."""
    lines = [
        *(_column(table, column) for column in table.columns),
        f"PRIMARY KEY ({', '.join(table.key)})",
        *(f"UNIQUE ({', '.join(columns)})" for columns in table.unique),
        *map(_reference, table.foreign),
    ]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def indexes(table: Table) -> Iterator[str]:
    """Yield the statements that make an index for each reference that the key does not serve already."""
    for foreign in table.foreign:
        if foreign.columns != table.key[: len(foreign.columns)]:
            name = "_".join((table.name, "by", *foreign.columns))
            yield f"CREATE INDEX {name} ON {table.name} ({', '.join(foreign.columns)})"


def _column(table: Table, column: Column) -> str:
    needed = " NOT NULL" if column.required else ""
    checks = "".join(f" CHECK ({each})" for each in _checks(table, column))
    return f"{column.name} {_TYPES[column.datatype]}{needed}{checks}"


def _checks(table: Table, column: Column) -> Iterator[str]:
    """Yield what a cell must be; a check of NULL is no failure. A reference is as good as what it refers to."""
    name = column.name
    if column.enum:
        yield f"{name} IN ({', '.join(_quoted(value) for value in column.enum)})"
    elif column.datatype == "string" and not any(name in foreign.columns for foreign in table.foreign):
        check = CHECKS.get(column.told.pattern or "")
        yield check.format(name) if check else f"{name} <> ''"
    elif column.datatype == "boolean":
        yield f"{name} IN (0, 1)"
    elif column.datatype == "date":
        # The step of no days makes SQLite reckon: by itself it lets the thirtieth of February stand.
        yield f"{name} IS date({name}, '+0 days')"
    if column.told.minimum is not None:
        yield f"{name} >= {column.told.minimum}"


def _reference(foreign: Foreign) -> str:
    own, theirs = ", ".join(foreign.columns), ", ".join(foreign.target)
    # Rows stand in the order of their keys, and may name one that comes later.
    return f"FOREIGN KEY ({own}) REFERENCES {foreign.table} ({theirs}) DEFERRABLE INITIALLY DEFERRED"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
