"""All tables as one SQLite file: strict types, keys and checks that hold by themselves, and views to start from."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from policytrack.exports.sqlite.declarations import declaration, indexes
from policytrack.exports.sqlite.views import VIEWS
from policytrack.package import Edition, Extra, PackageError
from policytrack.tables import TABLES, Value

# What `PRAGMA application_id` tells: the letters PTrk. `user_version` is the version as one number.
APPLICATION: Final = int.from_bytes(b"PTrk", "big")
_STRICT_SINCE: Final = (3, 37)
_CONVERTED: Final = {"date", "number"}
_OWN: Final = (
    """CREATE TABLE about (
  property TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT""",
    """CREATE TABLE about_columns (
  table_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  PRIMARY KEY (table_name, position)
) STRICT""",
)


def export(edition: Edition) -> list[Extra]:
    """Return the file: the tables, views for common questions, and `about` with `about_columns`.

    Days are ISO 8601 text, booleans 0 and 1, decimal numbers the nearest floating-point number; an empty cell is NULL.
    The same rows are the same bytes with the same SQLite. Raises `PackageError` with an SQLite older than 3.37.
    """
    if sqlite3.sqlite_version_info < _STRICT_SINCE:
        message = f"the format sqlite needs SQLite 3.37, and Python has {sqlite3.sqlite_version}"
        raise PackageError(message, "use a newer Python, or leave the format out with --formats")
    return [
        Extra(
            name="policytrack-sqlite",
            path="policytrack.sqlite",
            title="All tables as an SQLite database",
            description="Every table with its keys and checks, and views for the common questions.",
            mediatype="application/vnd.sqlite3",
            content=_database(edition),
        )
    ]


def _database(edition: Edition) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policytrack.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _fill(connection, edition)
        return path.read_bytes()


def _fill(connection: sqlite3.Connection, edition: Edition) -> None:
    # A file that nobody else sees needs no journal, and one that fails is thrown away.
    for pragma in ("journal_mode = off", "synchronous = off", "encoding = 'UTF-8'", "page_size = 4096"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_number(edition.metadata.version)}")
    connection.execute("BEGIN")
    for statement in (*_OWN, *map(declaration, TABLES.values())):
        connection.execute(statement)
    connection.executemany("INSERT INTO about VALUES (?, ?)", _about(edition))
    connection.executemany("INSERT INTO about_columns VALUES (?, ?, ?, ?, ?)", _columns())
    for name, table in TABLES.items():
        places = ", ".join("?" * len(table.columns))
        rows: Iterator[tuple[Value | float, ...]] = edition.cells(name)
        if any(column.datatype in _CONVERTED for column in table.columns):
            rows = (tuple(map(_stored, row)) for row in edition.cells(name))
        connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608 - a name of ours
    for statement in (*(each for table in TABLES.values() for each in indexes(table)), *VIEWS.values()):
        connection.execute(statement)
    connection.execute("COMMIT")
    # Each table and index in one run of pages, in the order of their making.
    connection.execute("VACUUM")


def _about(edition: Edition) -> Iterator[tuple[str, str]]:
    metadata = edition.metadata
    told = {
        "name": metadata.name,
        "title": metadata.title,
        "description": metadata.description,
        "version": metadata.version,
        "created": metadata.stamp,
        "id": metadata.id,
        "homepage": metadata.homepage,
        "license": ", ".join(each.name for each in metadata.licenses),
        "contributors": ", ".join(each.name for each in metadata.contributors),
    }
    return ((key, value) for key, value in told.items() if value)


def _columns() -> Iterator[tuple[str, int, str, str, str]]:
    for name, table in TABLES.items():
        for number, column in enumerate(table.columns, 1):
            yield name, number, column.name, column.datatype, column.told.description


def _stored(value: Value) -> Value | float:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _number(version: str) -> int:
    """Return a version as one number, 1.2.3 as 1002003; what follows the three numbers is left out."""
    parts = version.partition("-")[0].partition("+")[0].split(".")
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    major, minor, patch = numbers if len(numbers) == len(("major", "minor", "patch")) else (0, 0, 0)
    return (major * 1000 + minor) * 1000 + patch
