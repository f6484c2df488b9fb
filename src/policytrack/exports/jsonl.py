"""All rows of all tables as JSON Lines: for tools that stream, and for reading without a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from policytrack.package import Edition, Extra
from policytrack.tables import TABLES, Value

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TOLD_AS_TEXT: Final = (date, Decimal)


def export(edition: Edition) -> list[Extra]:
    """Return the file: an object to a line, `table` first, then the columns; empty cells are left out.

    Dates are ISO 8601 text, decimal numbers text as well, so that no reader rounds them.
    """
    lines = [line for table in TABLES for line in _lines(edition, table)]
    return [
        Extra(
            name="policytrack-jsonl",
            path="policytrack.jsonl",
            title="All tables as JSON Lines",
            description="Every row of every table, one JSON object to a line; `table` names the table.",
            mediatype="application/jsonl",
            content="".join(lines).encode(),
        )
    ]


def _lines(edition: Edition, table: str) -> Iterator[str]:
    names = [column.name for column in TABLES[table].columns]
    for row in edition.cells(table):
        cells = {name: _written(value) for name, value in zip(names, row, strict=True) if value is not None}
        yield _ENCODE({"table": table, **cells}) + "\n"


def _written(value: Value) -> Value:
    return str(value) if isinstance(value, _TOLD_AS_TEXT) else value
