"""The schema of a table: what is wrong with its description, its fields, its keys and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policytrack.gate.descriptors import Node
from policytrack.gate.faults import ADVICE, SCHEMA
from policytrack.gate.fields import Field, field_of, missing_values
from policytrack.gate.keys import Keys, Reference
from policytrack.gate.report import Report
from policytrack.gate.shapes import SCHEMAS, shown
from policytrack.spelling import advise

MATCHES: Final = ("exact", "equal", "subset", "superset", "partial")


@dataclass(frozen=True)
class Schema:
    """What a table holds: its fields, how they are matched with the columns, and its keys."""

    fields: tuple[Field, ...]
    match: str
    keys: Keys
    node: Node


def schema_of(node: Node, report: Report) -> Schema | None:
    """Return the schema that a description makes, and tell what is wrong with it; None where it has no fields."""
    if not isinstance(node.value, dict):
        report.at(SCHEMA, "schema.object", node, "a schema is an object, or the path of one")
        return None
    SCHEMAS.inspect(node, report)
    if "fields" not in node:
        report.at(SCHEMA, "schema.fields.missing", node, "the schema has no `fields`")
        return None
    if not SCHEMAS.properties["fields"].holds(node["fields"].value):
        return None
    missing = missing_values(node, report) if "missingValues" in node else frozenset({""})
    fields = tuple(_fields(node, missing, report))
    if len(fields) != len(node["fields"].value):
        return None
    columns = [each.name for each in fields]
    return Schema(fields, _match(node, report), _keys(node, columns, report), node)


def _fields(node: Node, missing: frozenset[str], report: Report) -> Iterator[Field]:
    seen: set[str] = set()
    for each in node["fields"].items():
        if not isinstance(each.value, dict):
            report.at(SCHEMA, "field.object", each, f"{shown(each.value)} is not an object")
            continue
        name = each["name"].value
        if "name" not in each:
            report.at(SCHEMA, "field.nameless", each, "the field has no `name`")
        elif isinstance(name, str) and name in seen:
            report.at(SCHEMA, "field.twice", each["name"], f"`{name}` names two fields")
        seen.add(str(name))
        yield field_of(each, report, missing)


def _match(node: Node, report: Report) -> str:
    told = node["fieldsMatch"].value
    # The official profile says an array by mistake, so some write the word in one.
    word = told[0] if isinstance(told, list) and len(told) == 1 else told
    if "fieldsMatch" not in node:
        return "exact"
    if not isinstance(word, str) or word not in MATCHES:
        advice = advise(word, MATCHES) if isinstance(word, str) else ""
        report.at(SCHEMA, "schema.fieldsMatch", node["fieldsMatch"], f"{shown(told)} is no way of matching", advice)
        return "partial"
    return word


def _keys(node: Node, columns: list[str], report: Report) -> Keys:
    primary: tuple[str, ...] = ()
    if "primaryKey" in node:
        primary = _columns(node["primaryKey"], columns, "primaryKey", report)
    unique = []
    if SCHEMAS.properties["uniqueKeys"].holds(node["uniqueKeys"].value):
        unique = [_columns(each, columns, "uniqueKeys", report) for each in node["uniqueKeys"].items()]
        if unique != list(dict.fromkeys(unique)):
            report.at(SCHEMA, "uniqueKeys.twice", node["uniqueKeys"], "one key stands twice")
    references = [_reference(each, columns, report) for each in node["foreignKeys"].items()]
    return Keys(primary, tuple(filter(None, unique)), tuple(each for each in references if each is not None))


def _columns(node: Node, known: list[str], key: str, report: Report) -> tuple[str, ...]:
    """Return the columns that a key names, nothing where it names none or others."""
    # A single text is of the first version, and readers must take it.
    single = isinstance(node.value, str) and key != "uniqueKeys"
    names = [node.value] if single else node.value
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        report.at(SCHEMA, f"{key}.list", node, f"{shown(node.value)} is not a list of names of fields")
        return ()
    if len(set(names)) != len(names):
        report.at(SCHEMA, f"{key}.column.twice", node, f"{shown(node.value)} names a field twice")
        return ()
    for number, name in enumerate(names):
        if name not in known:
            at = node if single else node[number]
            report.at(SCHEMA, f"{key}.unknown", at, f"`{name}` is no field", advise(name, known))
            return ()
    return tuple(names)


def _reference(node: Node, columns: list[str], report: Report) -> Reference | None:
    if not isinstance(node.value, dict):
        report.at(SCHEMA, "foreignKeys.object", node, f"{shown(node.value)} is not an object")
        return None
    lacking = next((name for name in ("fields", "reference") if name not in node), "")
    if lacking:
        report.at(SCHEMA, f"foreignKeys.{lacking}.missing", node, f"the foreign key has no `{lacking}`")
        return None
    own = _columns(node["fields"], columns, "foreignKeys", report)
    target = _target(node["reference"], report)
    if not own or not target:
        return None
    if len(own) != len(target):
        message = f"{len(own)} fields refer to {len(target)}"
        report.at(SCHEMA, "reference.pairs", node["reference"]["fields"], message)
        return None
    return Reference(own, node["reference"]["resource"].value or "", target)


def _target(node: Node, report: Report) -> tuple[str, ...]:
    """Return the columns that a reference names, nothing where it is wrong."""
    if not isinstance(node.value, dict):
        report.at(SCHEMA, "foreignKeys.reference.object", node, f"{shown(node.value)} is not an object")
        return ()
    if "resource" in node and not isinstance(node["resource"].value, str):
        report.at(SCHEMA, "reference.resource.text", node["resource"], f"{shown(node['resource'].value)} is not a text")
        return ()
    if "fields" not in node:
        report.at(SCHEMA, "reference.fields.missing", node, "the reference has no `fields`")
        return ()
    names = node["fields"].value
    target = [names] if isinstance(names, str) else names
    if not isinstance(target, list) or not target or not all(isinstance(name, str) for name in target):
        message = f"{shown(names)} is not a list of names of fields"
        report.at(SCHEMA, "reference.fields.list", node["fields"], message)
        return ()
    return tuple(target)


def inspect_references(schema: Schema, others: Mapping[str, Schema | None], report: Report) -> list[Reference]:
    """Return the foreign keys that can be followed; tell of those to tables or fields that are not there.

    ``others`` are the schemas by the name of their resource, None for one that has none.
    """
    found = []
    for node in schema.node["foreignKeys"].items():
        reference = node["reference"]
        table = reference["resource"].value or ""
        made = next((each for each in schema.keys.references if _is_of(each, node)), None)
        if made is None:
            continue
        if table and table not in others:
            message = f"`{table}` is no resource"
            report.at(SCHEMA, "reference.resource", reference["resource"], message, advise(table, others))
            continue
        target = others[table] if table else schema
        if target is None:
            report.at(ADVICE, "reference.schema", reference["resource"], f"`{table}` has no schema to refer to")
            continue
        known = {each.name: each for each in target.fields}
        strangers = [name for name in made.target if name not in known]
        if strangers:
            message = f"`{strangers[0]}` is no field of {table or 'this table'}"
            report.at(SCHEMA, "reference.fields", reference["fields"], message, advise(strangers[0], known))
            continue
        _inspect_types(schema, made, known, node, report)
        found.append(made)
    return found


def _is_of(made: Reference, node: Node) -> bool:
    own, theirs = node["fields"].value, node["reference"]["fields"].value
    return made.columns == _tuple(own) and made.target == _tuple(theirs) and made.table == (
        node["reference"]["resource"].value or "")  # fmt: skip


def _tuple(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _inspect_types(
    schema: Schema, made: Reference, known: Mapping[str, Field], node: Node, report: Report
) -> None:  # fmt: skip
    """Tell when columns are to be equal that never are."""
    own = {each.name: each for each in schema.fields}
    for mine, theirs in zip(made.columns, made.target, strict=True):
        types = {own[mine].datatype, known[theirs].datatype}
        if len(types) > 1 and types != {"integer", "number"} and "any" not in types:
            message = f"`{mine}` is {own[mine].datatype}, `{theirs}` is {known[theirs].datatype}: no value is in both"
            report.at(ADVICE, "reference.types", node["fields"], message)
