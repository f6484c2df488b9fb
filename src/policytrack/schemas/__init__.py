"""What other programs are told of the data: JSON Schemas of records, Table Schemas of the published tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from policytrack.schemas.records import RECORD_SCHEMAS, record_schema

FOLDER = "schemas"

__all__ = ["FOLDER", "RECORD_SCHEMAS", "files", "record_schema", "written"]


def written(content: Mapping[str, Any]) -> str:
    """Return JSON as every generated file holds it: two spaces, keys in the order given, a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def files() -> dict[str, str]:
    """Return every generated schema: its path relative to the root, and its text."""
    return {f"{FOLDER}/{name}.schema.json": written(record_schema(name)) for name in RECORD_SCHEMAS}
