"""The fields of a schema: what is wrong with their descriptions, and what can be asked of their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from policytrack.gate.constraints import CellTest, of_categories, of_constraint
from policytrack.gate.descriptors import Node
from policytrack.gate.faults import ADVICE, SCHEMA
from policytrack.gate.forms import is_number
from policytrack.gate.moments import is_pattern
from policytrack.gate.report import Report
from policytrack.gate.shapes import CONSTRAINTS, FIELD, shown
from policytrack.gate.values import TYPES, Reader, ValueFault, formats, reader, takes_pattern
from policytrack.spelling import advise

_ORDERED: Final = ("number", "integer", "date", "time", "datetime", "year", "yearmonth", "duration")
_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_SIZED: Final = ("string", "array", "object", "geojson", "list")
_TYPES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(_BOUNDS, _ORDERED),
    "minLength": _SIZED,
    "maxLength": _SIZED,
    "pattern": ("string",),
    "jsonSchema": ("object", "array"),
}
_OPTIONS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "decimalChar": ("number",),
    "groupChar": ("number", "integer"),
    "bareNumber": ("number", "integer"),
    "trueValues": ("boolean",),
    "falseValues": ("boolean",),
    "delimiter": ("list",),
    "itemType": ("list",),
    "categories": ("string", "integer"),
}


@dataclass(frozen=True)
class Field:
    """A field as its cells are read and asked; where its description is wrong, any cell will do."""

    name: str
    read: Reader
    missing: frozenset[str]
    required: bool
    unique: bool
    tests: tuple[CellTest, ...]
    datatype: str


def field_of(node: Node, report: Report, missing: frozenset[str]) -> Field:
    """Return the field that a description makes, and tell what is wrong with it. ``missing`` is the schema's."""
    FIELD.inspect(node, report)
    read, datatype = _reader(node, report)
    if not any(each.holds(node[name].value) is False for name, each in FIELD.properties.items() if name in node):
        _contradictions(node, report, datatype)
    own = missing_values(node, report) if "missingValues" in node else missing
    constraints = node["constraints"]
    known = constraints.value if isinstance(constraints.value, dict) else {}
    tests = tuple(_tests(node, constraints, read, report)) if known else ()
    categories = _categories(node, read, report)
    return Field(
        str(node["name"].value or ""),
        read,
        own,
        known.get("required") is True,
        known.get("unique") is True,
        (*tests, *categories),
        datatype,
    )


def _reader(node: Node, report: Report) -> tuple[Reader, str]:
    """Return how cells of a field are read; where type or format are none, every cell will do."""
    anything = reader("any", "default", {})
    datatype, form = node["type"].value or "any", node["format"].value or "default"
    if not isinstance(datatype, str) or not isinstance(form, str):
        return anything, "any"
    form = form.removeprefix("fmt:")
    if datatype not in TYPES:
        report.at(SCHEMA, "field.type.unknown", node["type"], f"`{datatype}` is no type", advise(datatype, TYPES))
        return anything, "any"
    named = formats(datatype)
    if datatype == "any" or form in named or (takes_pattern(datatype) and is_pattern(form)):
        options = {key: value for key, value in node.value.items() if FIELD.properties.get(key, _NONE).holds(value)}
        return reader(datatype, "default" if datatype == "any" else form, options), datatype
    kind = "pattern" if takes_pattern(datatype) else "name"
    advice = advise(form, named) if kind == "name" else "write a pattern of strptime, such as %d/%m/%Y"
    report.at(SCHEMA, f"field.format.{kind}", node["format"], f"`{form}` is no format of {datatype}", advice)
    return anything, "any"


_NONE: Final = FIELD.properties["missingValues"]


def _contradictions(node: Node, report: Report, datatype: str) -> None:
    for name, types in _OPTIONS_OF.items():
        if name in node and datatype not in types and node["type"].value in (*TYPES, None):
            message = f"`{name}` is for {', '.join(types)}, not for {datatype}"
            check = SCHEMA if name == "categories" else ADVICE
            report.at(check, f"field.{name}.type", node[name], message)
    if "categoriesOrdered" in node and "categories" not in node:
        report.at(ADVICE, "field.ordered", node["categoriesOrdered"], "there are no categories that have an order")
    decimal, group = node["decimalChar"].value or ".", node["groupChar"].value
    if datatype == "number" and group == decimal:
        report.at(SCHEMA, "field.groups", node["groupChar"], f"`{group}` groups the digits and ends them")
    both = set(node["trueValues"].value or ()) & set(node["falseValues"].value or ())
    if datatype == "boolean" and both:
        report.at(SCHEMA, "field.truth", node["falseValues"], f"`{min(both)}` is both true and false")


def missing_values(node: Node, report: Report) -> frozenset[str]:
    """Return the texts that stand for nothing, of a schema or a field; the standard's where they are not told well."""
    values = node["missingValues"]
    if not isinstance(values.value, list):
        message = f"{shown(values.value)} is not a list"
        report.at(SCHEMA, "missing.list", values, message, 'write ["", "NA"]')
        return frozenset({""})
    found: dict[str, int] = {}
    labels: set[object] = set()
    kinds = {isinstance(each, dict) for each in values.value}
    if len(kinds) > 1:
        report.at(SCHEMA, "missing.mixed", values, "texts and objects stand in one list")
    for each in values.items():
        value = each["value"].value if isinstance(each.value, dict) else each.value
        if not isinstance(value, str):
            report.at(SCHEMA, "missing.text", each, f"{shown(each.value)} is neither a text nor an object with one")
            continue
        if value in found:
            report.at(SCHEMA, "missing.twice", each, f"`{value}` stands twice")
        found[value] = 1
        label = each["label"].value if isinstance(each.value, dict) else None
        if label is not None and not isinstance(label, str):
            report.at(SCHEMA, "missing.label", each["label"], f"{shown(label)} is not a text")
        elif label is not None and label in labels:
            report.at(SCHEMA, "missing.label.twice", each["label"], f"`{label}` labels two values")
        labels.add(label if isinstance(label, str) else None)
    return frozenset(found)


def _tests(node: Node, constraints: Node, read: Reader, report: Report) -> Iterator[CellTest]:
    """Yield what the constraints ask of a cell; one that is wrong itself is told and asks nothing."""
    CONSTRAINTS.inspect(constraints, report)
    datatype = node["type"].value or "any"
    if read.name == "any" and datatype != "any":
        return
    sound: dict[str, Any] = {}
    for name, form in CONSTRAINTS.properties.items():
        if name not in constraints or not form.holds(constraints[name].value):
            continue
        each = constraints[name]
        types = _TYPES_OF.get(name)
        if types is not None and datatype not in types and not ("type" not in node and "string" in types):
            message = f"{datatype} has no `{name}`: it is for {', '.join(types)}"
            report.at(SCHEMA, f"constraint.{name}.type", each, message)
            continue
        value = _understood(name, each, read, report)
        if value is not _WRONG:
            sound[name] = value
            yield from of_constraint(name, value, each.value)
    _against_each_other(constraints, sound, report)


_WRONG: Final = object()


def _understood(name: str, node: Node, read: Reader, report: Report) -> Any:  # noqa: ANN401 - as its type is
    """Return the value of a constraint as cells are compared with it."""
    if name in _BOUNDS:
        return _read(name, node, read, report)
    if name == "enum":
        return _enum(node, read, report)
    if name == "pattern":
        return _pattern(node, report)
    return _json_schema(node, report) if name == "jsonSchema" else node.value


def _enum(node: Node, read: Reader, report: Report) -> Any:  # noqa: ANN401 - a list, or what stands for a wrong one
    values = [_read("enum", each, read, report) for each in node.items()]
    if any(value is _WRONG for value in values):
        return _WRONG
    for number, value in enumerate(values):
        if value in values[:number]:
            report.at(SCHEMA, "constraint.enum.twice", node[number], f"{shown(node[number].value)} stands twice")
    return values


def _pattern(node: Node, report: Report) -> Any:  # noqa: ANN401 - a pattern, or what stands for a wrong one
    try:
        return re.compile(node.value)
    except (re.error, OverflowError, RecursionError) as error:
        report.at(SCHEMA, "constraint.pattern.form", node, f"{shown(node.value)} is no pattern: {error}")
        return _WRONG


def _read(name: str, node: Node, read: Reader, report: Report) -> Any:  # noqa: ANN401 - as its type is
    try:
        value = read(node.value)
    except ValueFault as error:
        report.at(SCHEMA, f"constraint.{name}.value", node, str(error))
        return _WRONG
    if name in _BOUNDS and isinstance(value, Decimal) and value.is_nan():
        report.at(SCHEMA, f"constraint.{name}.nan", node, "nothing is less or more than what is no number")
        return _WRONG
    return value


def _json_schema(node: Node, report: Report) -> Any:  # noqa: ANN401 - a validator of jsonschema
    from policytrack.gate.profiles import validator  # noqa: PLC0415 - jsonschema is slow to import

    found = validator(node.value)
    if isinstance(found, str):
        report.at(SCHEMA, "constraint.jsonSchema.form", node, f"this is no JSON Schema: {found}")
        return _WRONG
    return found


def _against_each_other(constraints: Node, sound: Mapping[str, Any], report: Report) -> None:
    """Tell of constraints that no cell can keep together."""
    pairs: tuple[tuple[str, str, Callable[[Any, Any], bool]], ...] = (
        ("minimum", "maximum", lambda low, high: low > high),
        ("exclusiveMinimum", "exclusiveMaximum", lambda low, high: low >= high),
        ("minimum", "exclusiveMaximum", lambda low, high: low >= high),
        ("exclusiveMinimum", "maximum", lambda low, high: low >= high),
        ("minLength", "maxLength", lambda low, high: low > high),
    )
    for low, high, clash in pairs:
        if low in sound and high in sound and clash(sound[low], sound[high]):
            message = f"{shown(constraints[high].value)} leaves nothing above `{low}` {shown(constraints[low].value)}"
            report.at(SCHEMA, f"constraint.{low}-{high}", constraints[high], message)


def _categories(node: Node, read: Reader, report: Report) -> Iterator[CellTest]:
    """Yield what the categories ask of a cell."""
    categories, datatype = node["categories"], node["type"].value
    if datatype not in ("string", "integer") or not FIELD.properties["categories"].holds(categories.value):
        return
    labels: set[str] = set()
    values: list[Any] = []
    before = len(report.findings)
    for each in categories.items():
        value = each["value"].value if isinstance(each.value, dict) else each.value
        fits = isinstance(value, str) if datatype == "string" else is_number(value)
        if not fits:
            report.at(SCHEMA, "categories.value", each, f"{shown(each.value)} holds no {datatype}")
            continue
        if value in values:
            report.at(SCHEMA, "categories.twice", each, f"{shown(value)} stands twice")
        values.append(value)
        if not isinstance(each.value, dict) or "label" not in each.value:
            continue
        label = each["label"]
        if not isinstance(label.value, str):
            report.at(SCHEMA, "categories.label", label, f"{shown(label.value)} is not a text")
        elif label.value in labels:
            report.at(SCHEMA, "categories.label.twice", label, f"`{label.value}` labels two categories")
        labels.add(str(label.value))
    if len({isinstance(each, dict) for each in categories.value}) > 1:
        report.at(SCHEMA, "categories.mixed", categories, "values and objects stand in one list")
    if len(report.findings) > before:
        return
    yield of_categories(values)
    _enum_within(node, values, read, report)


def _enum_within(node: Node, values: list[Any], read: Reader, report: Report) -> None:
    enum = node["constraints"]["enum"]
    for each in enum.items():
        try:
            value = read(each.value)
        except ValueFault:
            continue
        if value not in values:
            report.at(SCHEMA, "categories.enum", each, f"{shown(each.value)} is none of the categories")
