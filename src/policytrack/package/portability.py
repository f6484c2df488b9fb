"""The portable subset of Data Package 2.0: what packages of ours keep to beyond the standard, so that all read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from policytrack.findings import Finding, Severity
from policytrack.gate import Node, Report
from policytrack.gate.faults import PORTABLE
from policytrack.gate.forms import is_name, is_text, is_version
from policytrack.gate.paths import is_remote
from policytrack.gate.shapes import shown
from policytrack.package.descriptor import DIALECT, PROFILE

_TYPES: Final = ("string", "integer", "number", "boolean", "date")
_CONSTRAINTS: Final = ("required", "unique", "enum", "pattern", "minimum")
_SCHEMA_KEYS: Final = (
    *("$schema", "name", "title", "description"),
    *("fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys"),
)
_SHA256: Final = len("sha256:") + 64
_NAMES: Final = ("title", "givenName", "familyName")


def is_ours(descriptor: Mapping[str, Any]) -> bool:
    """Whether a descriptor is of a package of this project, by its name or its profile."""
    return descriptor.get("name") == "policytrack" or "policytrack" in str(descriptor.get("$schema", ""))


class Subset:
    """Tells what leaves the subset, save where the standard itself is broken and told already."""

    def __init__(self, report: Report) -> None:
        """Speak through the report of the gate."""
        self.report = report
        self._wrong = {each.place for each in report.findings if each.severity is Severity.ERROR}

    def say(self, key: str, node: Node, message: str, advice: str = "") -> None:
        """Add a finding at a value, unless it is wrong anyway."""
        if node.place not in self._wrong:
            self.report.at(PORTABLE, f"portable.{key}", node, message, advice)

    def inspect(self, node: Node) -> None:
        """Tell what of a descriptor leaves the subset."""
        if node["$schema"].value != PROFILE:
            self.say("$schema", node["$schema"], f"`$schema` is not {PROFILE}")
        if not is_text(node["name"].value) or not is_name(str(node["name"].value)):
            self.say("name", node["name"], f"{shown(node['name'].value)} is not a name in lower case")
        if not is_text(node["version"].value) or not is_version(str(node["version"].value)):
            self.say("version", node["version"], f"{shown(node['version'].value)} is not semantic versioning")
        if "licenses" not in node:
            self.say("licenses", node, "the package has no `licenses`")
        for each in _objects(node["contributors"]):
            if not any(is_text(each[name].value) for name in _NAMES):
                self.say("contributor", each, f"the contributor has none of {', '.join(_NAMES)}")
        resources = list(_objects(node["resources"]))
        for each in resources:
            self._resource(each)
        paths = Counter(str(each["path"].value) for each in resources)
        for each in resources:
            if "path" in each and paths[str(each["path"].value)] > 1:
                self.say("path.twice", each["path"], f"`{each['path'].value}` is the file of two resources")

    def _resource(self, node: Node) -> None:
        path = node["path"]
        if "path" not in node:
            self.say("inline", node, "the resource has no file of its own")
            return
        if not isinstance(path.value, str) or is_remote(path.value):
            self.say("path", path, f"{shown(path.value)} is not one file of the package")
        if "bytes" not in node:
            self.say("bytes", node, "the resource has no `bytes`")
        told = node["hash"].value
        if not isinstance(told, str) or not told.startswith("sha256:") or len(told) != _SHA256:
            self.say("hash", node["hash"], "`hash` is not sha256: and 64 digits")
        if node["type"].value == "table":
            self._table(node)
            if isinstance(node["schema"].value, dict):
                self._schema(node["schema"])

    def _table(self, node: Node) -> None:
        if node["encoding"].value != "utf-8":
            self.say("encoding", node["encoding"], "`encoding` is not utf-8")
        dialect = node["dialect"].value
        if dialect != DIALECT:
            self.say("dialect", node["dialect"], "the dialect is not the one that all our tables have")
        schema = node["schema"]
        if not isinstance(schema.value, dict):
            self.say("schema", schema, "`schema` is not an object that stands in the descriptor")

    def _schema(self, schema: Node) -> None:
        for key in sorted(set(schema.value) - set(_SCHEMA_KEYS)):
            self.say("schema.key", schema[key], f"`{key}` is outside the portable subset")
        if schema["missingValues"].value != [""]:
            self.say("missingValues", schema["missingValues"], '`missingValues` is not [""]')
        if not isinstance(schema["primaryKey"].value, list):
            self.say("primaryKey", schema["primaryKey"], "`primaryKey` is not a list of fields")
        for each in _objects(schema["foreignKeys"]):
            for holder in (each, each["reference"]):
                if isinstance(holder["fields"].value, str):
                    self.say("foreignKeys", holder["fields"], "`fields` is not a list")
        for each in _objects(schema["fields"]):
            self._field(each)

    def _field(self, node: Node) -> None:
        datatype, constraints = node["type"].value, node["constraints"]
        if datatype not in _TYPES:
            self.say("type", node["type"], f"`{datatype}` is none of {', '.join(_TYPES)}")
        if node["format"].value not in (None, "default"):
            self.say("format", node["format"], f"`{node['format'].value}` is read by few tools")
        if "missingValues" in node:
            self.say("field.missingValues", node["missingValues"], "the field has missing values of its own")
        known = constraints.value if isinstance(constraints.value, dict) else {}
        for key in sorted(set(known) - set(_CONSTRAINTS)):
            self.say("constraint", constraints[key], f"`{key}` is outside the portable subset")
        if "categories" in node:
            self._categories(node)

    def _categories(self, node: Node) -> None:
        categories = node["categories"]
        values = [each["value"].value for each in _objects(categories)]
        if node["type"].value != "string":
            self.say("categories.type", categories, "categories of numbers are read by few tools")
        elif len(values) != len(list(categories.items())) or not all(
            is_text(each["label"].value) for each in _objects(categories)
        ):
            self.say("categories.label", categories, "a category has no label")
        elif values != node["constraints"]["enum"].value:
            self.say("categories.enum", categories, "the `enum` does not say the same as the categories")


def _objects(node: Node) -> Iterator[Node]:
    return (each for each in node.items() if isinstance(each.value, dict))


def inspect(node: Node, report: Report) -> None:
    """Tell what of a descriptor leaves the portable subset."""
    Subset(report).inspect(node)


def is_sound(path: str, findings: list[Finding]) -> bool:
    """Whether nothing that fails was found in a file."""
    return not any(each.place.path == path and each.severity is Severity.ERROR for each in findings)
