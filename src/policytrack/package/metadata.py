"""Checks of a descriptor: what the portable subset of Data Package 2.0 demands and other readers let pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from policytrack.package.descriptor import PROFILE, SEMVER
from policytrack.package.reading import is_inside

_NAME: Final = re.compile("[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_HASH: Final = re.compile("sha256:[0-9a-f]{64}")
_TYPES: Final = {"string", "integer", "number", "boolean", "date"}
_CONSTRAINTS: Final = {"required", "unique", "enum", "pattern", "minimum"}
_LIMITED: Final = {"pattern": {"string"}, "minimum": {"integer", "number", "date"}}
_SCHEMA_KEYS: Final = {
    *("$schema", "name", "title", "description"),
    *("fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys"),
}
_TEXTS: Final = ("name", "title", "description", "homepage", "version", "created", "id")


def package_faults(descriptor: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the package's own metadata."""
    if descriptor.get("$schema") != PROFILE:
        yield f"`$schema` is not {PROFILE}"
    for key in _TEXTS:
        if key in descriptor and not _is_text(descriptor[key]):
            yield f"`{key}` is not a text"
    if not _NAME.fullmatch(str(descriptor.get("name", ""))):
        yield f"`name` is {descriptor.get('name')!r}, not a name in lower case"
    if not re.fullmatch(SEMVER, str(descriptor.get("version", "")), re.ASCII):
        yield f"`version` is {descriptor.get('version')!r}, which is not semantic versioning"
    yield from _listed(descriptor, "licenses", ("name", "path"), least=1)
    yield from _listed(descriptor, "contributors", ("title", "givenName", "familyName"))
    yield from _listed(descriptor, "sources", ("title", "path", "email"))
    for number, contributor in enumerate(_objects(descriptor.get("contributors"))):
        roles = contributor.get("roles", [])
        if not isinstance(roles, list) or not all(map(_is_text, roles)):
            yield f"`contributors[{number}].roles` is not a list of texts"
        if "role" in contributor:
            yield f"`contributors[{number}].role` is of version 1: write `roles`"
    keywords = descriptor.get("keywords", [])
    if not isinstance(keywords, list) or not all(map(_is_text, keywords)):
        yield "`keywords` is not a list of texts"


def _listed(descriptor: dict[str, Any], key: str, one_of: tuple[str, ...], *, least: int = 0) -> Iterator[str]:
    """Yield the faults of a list of objects, each of which has a text under one of some keys."""
    items = descriptor.get(key, [])
    if not isinstance(items, list) or len(items) < least or (key in descriptor and not items):
        yield f"`{key}` is not a list that holds something"
        return
    for number, item in enumerate(items):
        if not isinstance(item, dict) or not any(_is_text(item.get(name)) for name in one_of):
            yield f"`{key}[{number}]` has none of {', '.join(one_of)}"


def resource_faults(descriptor: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the resources as they are described, files and rows left aside."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        yield "`resources` is not a list that holds something"
        return
    for number, resource in enumerate(resources):
        if not isinstance(resource, dict):
            yield f"`resources[{number}]` is not an object"
            continue
        at = f"`{resource.get('name') or f'resources[{number}]'}`"
        yield from (f"{at}: {fault}" for fault in _resource_faults(resource, resources))
    names = Counter(str(resource.get("name")) for resource in _objects(resources))
    yield from (f"`{name}` names {count} resources" for name, count in names.items() if count > 1)
    paths = Counter(str(resource.get("path")) for resource in _objects(resources))
    yield from (f"`{path}` is the file of {count} resources" for path, count in paths.items() if count > 1)


def _resource_faults(resource: dict[str, Any], resources: list[Any]) -> Iterator[str]:
    if not _NAME.fullmatch(str(resource.get("name", ""))):
        yield "`name` is missing or not in lower case"
    path = resource.get("path")
    if not isinstance(path, str) or not is_inside(path):
        yield f"`path` is {path!r}, not a plain path inside the package"
    if type(resource.get("bytes")) is not int:
        yield "`bytes` is not a number"
    if not _HASH.fullmatch(str(resource.get("hash", ""))):
        yield "`hash` is not sha256: and 64 digits"
    if resource.get("type") != "table":
        return
    if resource.get("encoding") != "utf-8":
        yield "`encoding` is not utf-8"
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(fields, list) or not fields:
        yield "`schema` holds no fields"
        return
    yield from _schema_faults(schema, resources)
    for number, field in enumerate(fields):
        name = field.get("name") if isinstance(field, dict) else None
        faults = _field_faults(field) if isinstance(field, dict) else ["is not an object"]
        yield from (f"field `{name or number}` {fault}" for fault in faults)


def _schema_faults(schema: dict[str, Any], resources: list[Any]) -> Iterator[str]:
    for key in sorted(set(schema) - _SCHEMA_KEYS):
        yield f"`schema.{key}` is outside the portable subset"
    if schema.get("missingValues") != [""]:
        yield '`missingValues` is not [""]'
    columns = _columns(schema)
    yield from (f"field `{name}` stands {count} times" for name, count in Counter(columns).items() if count > 1)
    for key in ("primaryKey", "uniqueKeys"):
        groups = [schema.get(key, [])] if key == "primaryKey" else schema.get(key, [])
        for group in groups if isinstance(groups, list) else [groups]:
            if not isinstance(group, list) or not set(map(str, group)) <= set(columns):
                yield f"`{key}` names {group!r}, which are not fields"
    if not schema.get("primaryKey"):
        yield "`primaryKey` is missing"
    foreign_keys = schema.get("foreignKeys", [])
    for foreign in foreign_keys if isinstance(foreign_keys, list) else [foreign_keys]:
        yield from _foreign_faults(foreign, columns, resources)


def _foreign_faults(foreign: Any, columns: list[str], resources: list[Any]) -> Iterator[str]:  # noqa: ANN401 - any JSON
    reference = foreign.get("reference") if isinstance(foreign, dict) else None
    if not isinstance(reference, dict):
        yield "a foreign key has no reference"
        return
    target = next((each for each in _objects(resources) if each.get("name") == reference.get("resource")), None)
    if target is None:
        yield f"a foreign key refers to `{reference.get('resource')}`, which is no resource"
        return
    own, theirs = foreign.get("fields"), reference.get("fields")
    known = _columns(target.get("schema"))
    if not (isinstance(own, list) and isinstance(theirs, list) and own and len(own) == len(theirs)):
        yield f"a foreign key to `{target['name']}` does not pair its fields"
    elif not (set(map(str, own)) <= set(columns) and set(map(str, theirs)) <= set(known)):
        yield f"the foreign key {own!r} to `{target['name']}` names what is no field"


def _field_faults(field: dict[str, Any]) -> Iterator[str]:
    constraints = field.get("constraints", {})
    if not _is_text(field.get("name")):
        yield "has no name"
    datatype = field.get("type")
    if not isinstance(datatype, str) or datatype not in _TYPES:
        yield f"is of type {field.get('type')!r}; the portable ones are {', '.join(sorted(_TYPES))}"
    if not isinstance(constraints, dict):
        yield "has constraints that are not an object"
        return
    for key in sorted(set(constraints) - _CONSTRAINTS):
        yield f"has the constraint `{key}`, which is outside the portable subset"
    for key, types in _LIMITED.items():
        if key in constraints and str(datatype) not in types:
            yield f"has the constraint `{key}`, which its type does not know"
    if "missingValues" in field:
        yield "has missing values of its own"
    pattern = constraints.get("pattern")
    if pattern is not None and not _is_pattern(pattern):
        yield f"has the pattern {pattern!r}, which is none"
    if "categories" in field:
        yield from _category_faults(field["categories"], constraints.get("enum"), str(datatype))


def _category_faults(categories: Any, enum: Any, datatype: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
    values = [item.get("value") for item in _objects(categories)]
    if not isinstance(categories, list) or not categories or len(values) != len(categories):
        yield "has categories that are not a list of objects"
    elif datatype != "string" or not all(map(_is_text, values)):
        yield "has categories that are not texts"
    elif values != enum:
        yield "has categories that its enum does not mirror"
    elif not all(_is_text(item.get("label")) for item in categories):
        yield "has a category without a label"


def _columns(schema: Any) -> list[str]:  # noqa: ANN401 - any JSON
    return [str(field.get("name")) for field in _objects(schema.get("fields"))] if isinstance(schema, dict) else []


def _objects(items: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_pattern(value: object) -> bool:
    try:
        re.compile(str(value))
    except re.error:
        return False
    return isinstance(value, str)
