"""The check of a package by our own eyes: it sees what other readers let pass, and needs none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from policytrack.findings import Finding, Place
from policytrack.package.contents import Content, file_faults, key_faults, read_content, reference_faults
from policytrack.package.descriptor import NAME, PackageError, read_descriptor
from policytrack.package.faults import DESCRIPTOR
from policytrack.package.metadata import package_faults, resource_faults


def check_package(folder: Path | str) -> list[Finding]:
    """Return what is wrong with the package in ``folder``; places are relative to it. Bad files never raise.

    Rows are read only where the descriptor is sound: what it says of them would otherwise be guessed.
    """
    root = Path(folder)
    place = Place(NAME)
    try:
        descriptor = read_descriptor(root)
    except PackageError as error:
        return [DESCRIPTOR.at(place, str(error), error.advice)]
    advice = "mend the block that is written by hand, or build the package again"
    faults = [*package_faults(descriptor), *resource_faults(descriptor)]
    findings = [DESCRIPTOR.at(place, fault, advice) for fault in faults]
    if not any(resource_faults(descriptor)):
        findings += _content_findings(root, descriptor)
    return sorted(findings, key=lambda finding: finding.order)


def _content_findings(root: Path, descriptor: dict[str, Any]) -> list[Finding]:
    findings: list[Finding] = []
    contents: dict[str, Content] = {}
    for resource in descriptor["resources"]:
        if resource.get("type") != "table":
            findings += file_faults(root, resource)
            continue
        content, found = read_content(root, resource)
        findings += found
        if content is not None:
            contents[resource["name"]] = content
    for content in contents.values():
        findings += key_faults(content)
        findings += reference_faults(content, contents)
    return findings
