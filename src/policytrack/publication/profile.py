"""profile.json: what a descriptor of ours promises beyond Data Package 2.0, as a JSON Schema that any validator reads.

It names every table with its columns, types and key, so that a descriptor of another release, or one that was edited,
does not pass for this one. `policytrack check-package` applies it.
"""

from __future__ import annotations

from typing import Any, Final

from policytrack.gate.forms import SEMVER
from policytrack.package.descriptor import PROFILE, data_path
from policytrack.schemas import written
from policytrack.tables import TABLES, Table

PATH: Final = "profile.json"
_FILLED: Final = {"type": "string", "minLength": 1}


def text(name: str, version: str) -> str:
    """Return the profile of the packages called ``name``, as of a version."""
    return written(
        {
            # The draft of the official profiles, which this one includes.
            "$schema": "http://json-schema.org/draft-07/schema#",
            "$id": f"urn:policytrack:profile:{version}",
            "title": f"Data package {name} {version}",
            "description": "Data Package 2.0, and what packages of this project hold beyond it.",
            "allOf": [{"$ref": PROFILE}],
            "type": "object",
            "required": ["$schema", "name", "title", "version", "licenses", "contributors", "resources"],
            "properties": {
                "$schema": {"const": PROFILE},
                "name": {"const": name},
                "title": _FILLED,
                "version": {"type": "string", "pattern": f"^{SEMVER}$"},
                "licenses": {"type": "array", "minItems": 1, "items": {"required": ["name"]}},
                "contributors": {"type": "array", "minItems": 1, "items": {"required": ["roles"]}},
                "resources": {
                    "type": "array",
                    "items": _resource(),
                    "allOf": [{"contains": _named(table)} for table in TABLES.values()],
                },
            },
        }
    )


def _resource() -> dict[str, Any]:
    """Return what holds of each resource, and of each table by its name."""
    return {
        "type": "object",
        "required": ["name", "title", "description", "path", "format", "mediatype", "bytes", "hash"],
        "properties": {
            "type": {"const": "table"},
            "bytes": {"type": "integer", "minimum": 0},
            "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        },
        "allOf": [{"if": _named(table), "then": _table(table)} for table in TABLES.values()],
        "if": {"required": ["type"]},
        "then": {"properties": {"name": {"enum": list(TABLES)}}},
        "else": {"properties": {"format": {"const": "file"}}},
    }


def _named(table: Table) -> dict[str, Any]:
    return {"type": "object", "required": ["name"], "properties": {"name": {"const": table.name}}}


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"required": ["name", "type"], "properties": {"name": {"const": each.name}, "type": {"const": each.datatype}}}
        for each in table.columns
    ]
    return {
        "required": ["dialect", "encoding", "schema"],
        "properties": {
            "type": {"const": "table"},
            "path": {"const": data_path(table.name)},
            "mediatype": {"const": "text/csv"},
            "encoding": {"const": "utf-8"},
            "schema": {
                "type": "object",
                "required": ["fields", "missingValues", "primaryKey"],
                "properties": {
                    "fields": {"minItems": len(columns), "maxItems": len(columns), "items": columns},
                    "missingValues": {"const": [""]},
                    "primaryKey": {"const": list(table.key)},
                },
            },
        },
    }
