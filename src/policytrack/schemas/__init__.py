"""What other programs are told of the data: JSON Schemas of records, Table Schemas of the published tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from policytrack.schemas.records import CHANGE_NOTE, RECORD_SCHEMAS, record_schema
from policytrack.schemas.tables import table_schema
from policytrack.tables import TABLES

FOLDER: Final = "schemas"

__all__ = ["FOLDER", "RECORD_SCHEMAS", "files", "record_schema", "table_schema", "written"]


def written(content: Mapping[str, Any]) -> str:
    """Return JSON as every generated file holds it: two spaces, keys in the order given, a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def files(version: str = "") -> dict[str, str]:
    """Return every generated schema: its path relative to the root, and its text.

    With ``version`` the ids of record schemas end in it, as the copies in a release do; a release has no notes.
    """
    names = [name for name in RECORD_SCHEMAS if not (version and name == CHANGE_NOTE)]
    records = {f"{FOLDER}/{name}.schema.json": record_schema(name, version) for name in names}
    tables = {f"{FOLDER}/tables/{name}.json": table_schema(name) for name in TABLES}
    return {path: written(schema) for path, schema in (records | tables).items()}
