"""What a package says of itself: name, version, licences, contributors, sources and links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policytrack.gate.descriptors import Node
from policytrack.gate.faults import ADVICE, DESCRIPTOR
from policytrack.gate.forms import is_name, is_text, is_version
from policytrack.gate.paths import inspect_link
from policytrack.gate.profiles import inspect_profile, is_tabular
from policytrack.gate.report import Report
from policytrack.gate.shapes import CONTRIBUTOR, LICENSES, PACKAGE, SOURCE, Shape, shown

_SECOND = "/profiles/2."


def inspect_package(root: Path, node: Node, report: Report) -> None:
    """Tell what is wrong with a package's own metadata, resources left aside."""
    PACKAGE.inspect(node, report)
    if "resources" not in node:
        report.at(DESCRIPTOR, "package.empty", node, "the package has no `resources`")
    name, version = node["name"], node["version"]
    if is_text(name.value) and not is_name(name.value):
        message = f"`{name.value}` is not in lower case letters, digits, `.`, `-` and `_`"
        report.at(ADVICE, "package.name.case", name, message)
    if is_text(version.value) and not is_version(version.value):
        message = f"`{version.value}` is not semantic versioning"
        report.at(ADVICE, "package.version.semver", version, message, "write three numbers: 1.0.0")
    if is_tabular(node):
        for each in node["resources"].items():
            if isinstance(each.value, dict) and not is_tabular(each):
                message = "a tabular data package has a resource that is none: say profile: tabular-data-resource"
                report.at(DESCRIPTOR, "package.tabular", each, message)
    inspect_link(root, node["image"], report)
    inspect_profile(root, node, "datapackage", report)
    inspect_licenses(root, node, report)
    inspect_sources(root, node, report)
    _inspect_contributors(node, report)


def _objects(node: Node, shape: Shape, report: Report) -> Iterator[Node]:
    """Yield the objects of a list, each of which was looked at; tell which members are none or empty."""
    for each in node.items():
        if not isinstance(each.value, dict):
            report.at(DESCRIPTOR, f"{shape.name}.object", each, f"{shown(each.value)} is not an object")
        elif not each.value:
            report.at(DESCRIPTOR, f"{shape.name}.empty", each, "the object says nothing")
        else:
            shape.inspect(each, report)
            yield each


def inspect_licenses(root: Path, node: Node, report: Report) -> None:
    """Tell what is wrong with the licences of a package or resource."""
    for each in _objects(node["licenses"], LICENSES, report):
        if "name" not in each and "path" not in each:
            report.at(DESCRIPTOR, "license.nameless", each, "the licence has neither `name` nor `path`")
        inspect_link(root, each["path"], report)


def inspect_sources(root: Path, node: Node, report: Report) -> None:
    """Tell what is wrong with the sources of a package or resource."""
    for each in _objects(node["sources"], SOURCE, report):
        inspect_link(root, each["path"], report)


def _inspect_contributors(node: Node, report: Report) -> None:
    second = _SECOND in str(node["$schema"].value)
    for each in _objects(node["contributors"], CONTRIBUTOR, report):
        if is_text(each["role"].value) and (second or "roles" in each):
            message = "`role` is of the first version of the standard"
            report.at(ADVICE, "contributor.role.old", each["role"], message, "write `roles`, a list")
