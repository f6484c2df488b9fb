"""Table Schemas of the published tables, in the subset of Data Package 2.0 that every reader we know accepts."""

from __future__ import annotations

from typing import Any, Final

from policytrack.tables import TABLES, Column, Table

PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"


def table_schema(name: str) -> dict[str, Any]:
    """Return the Table Schema of a table: fields with words and constraints, keys, and the one missing value."""
    table = TABLES[name]
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.unique:
        schema["uniqueKeys"] = [list(columns) for columns in table.unique]
    if table.foreign:
        # A reference to the table itself names it as well: readers of version 1 know no other way.
        schema["foreignKeys"] = [
            {
                "fields": list(foreign.columns),
                "reference": {"resource": foreign.table, "fields": list(foreign.target)},
            }
            for foreign in table.foreign
        ]
    return schema


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.datatype,
        "title": column.name.replace("_", " ").capitalize(),
        "description": column.told.description,
    }
    if column.vocabulary is not None:
        field["categories"] = [{"value": code.value, "label": code.label} for code in column.vocabulary]
    constraints = _constraints(column, table)
    return {**field, "constraints": constraints} if constraints else field


def _constraints(column: Column, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.required:
        found["required"] = True
    if table.key == (column.name,):
        found["unique"] = True
    if column.enum:
        found["enum"] = list(column.enum)
    # A borrowed pattern is that of a text; a flag or a code that publishes the same field has none.
    if column.told.pattern is not None and column.datatype == "string" and not column.enum:
        found["pattern"] = column.told.pattern
    if column.told.minimum is not None:
        found["minimum"] = column.told.minimum
    return found
