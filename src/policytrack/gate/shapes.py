"""The standard's properties: which object has which, of which form; one table to an object."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from policytrack.findings import Check
from policytrack.gate.descriptors import Node
from policytrack.gate.faults import ADVICE, DESCRIPTOR, DIALECT, SCHEMA
from policytrack.gate.forms import (
    ANY,
    CHARACTER,
    COUNT,
    EMAIL,
    ENCODING,
    FILLED,
    FLAG,
    FULL_LIST,
    LICENSE,
    LIST,
    MEDIATYPE,
    MOMENT,
    NUMBER,
    NUMBERS,
    OBJECT,
    SEQUENCE,
    SIGNS,
    TEXT,
    TEXTS,
    URI,
    URL,
    Form,
    one_of,
)
from policytrack.gate.report import Report

# How near a strange property must be to a standard one to be taken for a slip of the pen.
_NEAR: Final = 0.8


@dataclass(frozen=True)
class Shape:
    """An object of a descriptor: its name in keys of findings, the code of its faults, its properties."""

    name: str
    check: Check
    properties: Mapping[str, Form]

    def inspect(self, node: Node, report: Report) -> None:
        """Tell which properties are not of their form, and which are probably misspelt."""
        for name, form in self.properties.items():
            if name in node and not form.holds(node[name].value):
                report.at(
                    self.check, f"{self.name}.{name}", node[name], f"{shown(node[name].value)} is not {form.told}"
                )
        for name in sorted(set(node.value) - set(self.properties)):
            free = [each for each in self.properties if each not in node]
            near = difflib.get_close_matches(name, free, n=1, cutoff=_NEAR)
            if near:
                message = f"`{name}` is no property of the standard"
                report.at(ADVICE, f"{self.name}.unknown", node[name], message, f"did you mean `{near[0]}`?")


def shown(value: object) -> str:
    """Return a value as a message carries it: not longer than a line."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - the width of a line


_HEAD: Final = {"title": TEXT, "description": TEXT}
PACKAGE: Final = Shape(
    "package",
    DESCRIPTOR,
    {
        "$schema": FILLED,
        "profile": FILLED,
        "name": FILLED,
        "id": FILLED,
        **_HEAD,
        "homepage": URL,
        "version": FILLED,
        "created": MOMENT,
        "keywords": TEXTS,
        "image": FILLED,
        "licenses": FULL_LIST,
        "contributors": FULL_LIST,
        "sources": LIST,
        "resources": FULL_LIST,
    },
)
CONTRIBUTOR: Final = Shape(
    "contributor",
    DESCRIPTOR,
    {
        "title": FILLED,
        "givenName": FILLED,
        "familyName": FILLED,
        "path": URL,
        "email": EMAIL,
        "organization": FILLED,
        "roles": TEXTS,
        "role": FILLED,
    },
)
LICENSES: Final = Shape("license", DESCRIPTOR, {"name": LICENSE, "path": FILLED, "title": TEXT})
SOURCE: Final = Shape("source", DESCRIPTOR, {"title": FILLED, "path": FILLED, "email": EMAIL, "version": FILLED})
RESOURCE: Final = Shape(
    "resource",
    DESCRIPTOR,
    {
        "$schema": FILLED,
        "profile": FILLED,
        "name": FILLED,
        "path": ANY,
        "data": ANY,
        # `file` and `json` are words of frictionless; the standard knows `table` alone, and nothing for other files.
        "type": one_of("table", "file", "json"),
        **_HEAD,
        "homepage": URL,
        "format": FILLED,
        "mediatype": MEDIATYPE,
        "encoding": ENCODING,
        "bytes": COUNT,
        "hash": TEXT,
        "sources": LIST,
        "licenses": FULL_LIST,
        "dialect": ANY,
        "schema": ANY,
        # What frictionless writes of a file.
        **dict.fromkeys(("scheme", "extrapaths", "innerpath", "compression", "stats", "fields", "rows"), ANY),
    },
)
DIALECTS: Final = Shape(
    "dialect",
    DIALECT,
    {
        "$schema": FILLED,
        "title": TEXT,
        "description": TEXT,
        "header": FLAG,
        "headerRows": NUMBERS,
        "headerJoin": TEXT,
        "commentRows": NUMBERS,
        "commentChar": SEQUENCE,
        "delimiter": SEQUENCE,
        "lineTerminator": SEQUENCE,
        "quoteChar": CHARACTER,
        "doubleQuote": FLAG,
        "escapeChar": CHARACTER,
        "nullSequence": TEXT,
        "skipInitialSpace": FLAG,
        "property": SEQUENCE,
        "itemType": one_of("array", "object"),
        "itemKeys": SIGNS,
        "sheetNumber": NUMBER,
        "sheetName": TEXT,
        "table": TEXT,
        # Of the first version.
        "caseSensitiveHeader": FLAG,
        "csvddfVersion": ANY,
    },
)
SCHEMAS: Final = Shape(
    "schema",
    SCHEMA,
    {
        "$schema": FILLED,
        "name": TEXT,
        **_HEAD,
        "fields": FULL_LIST,
        "fieldsMatch": ANY,
        "missingValues": ANY,
        "primaryKey": ANY,
        "uniqueKeys": FULL_LIST,
        "foreignKeys": LIST,
    },
)
FIELD: Final = Shape(
    "field",
    SCHEMA,
    {
        "name": FILLED,
        "type": TEXT,
        "format": FILLED,
        **_HEAD,
        "example": ANY,
        "rdfType": URI,
        "missingValues": ANY,
        "constraints": OBJECT,
        "categories": FULL_LIST,
        "categoriesOrdered": FLAG,
        "decimalChar": SEQUENCE,
        "groupChar": SEQUENCE,
        "bareNumber": FLAG,
        "trueValues": SIGNS,
        "falseValues": SIGNS,
        "delimiter": SEQUENCE,
        "itemType": one_of("string", "integer", "boolean", "number", "datetime", "date", "time"),
    },
)
CONSTRAINTS: Final = Shape(
    "constraint",
    SCHEMA,
    {
        "required": FLAG,
        "unique": FLAG,
        "pattern": TEXT,
        "enum": FULL_LIST,
        "minLength": COUNT,
        "maxLength": COUNT,
        "minimum": ANY,
        "maximum": ANY,
        "exclusiveMinimum": ANY,
        "exclusiveMaximum": ANY,
        "jsonSchema": OBJECT,
    },
)
