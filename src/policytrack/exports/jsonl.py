"""All rows of all tables as JSON Lines: for tools that stream, and for reading without a schema."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from policytrack.package import Edition, Extra
from policytrack.tables import Row, Value


def export(edition: Edition) -> list[Extra]:
    """Return the file: an object to a line, `table` first, then the columns; empty cells are left out.

    Dates are ISO 8601 text, decimal numbers text as well, so that no reader rounds them.
    """
    lines = [_line(table, row) for table, each in edition.rows.items() for row in each]
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


def _line(table: str, row: Row) -> str:
    cells = {name: _written(value) for name, value in asdict(row).items() if value is not None}
    return json.dumps({"table": table, **cells}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _written(value: Value) -> Value:
    return str(value) if isinstance(value, date | Decimal) else value
