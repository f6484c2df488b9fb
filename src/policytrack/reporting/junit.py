"""Findings as JUnit XML, which every continuous integration reads."""

from __future__ import annotations

from collections.abc import Callable, Collection
from xml.etree import ElementTree as ET

from policytrack.findings import Finding
from policytrack.reporting.escapes import harmless, sentence


def as_junit(findings: Collection[Finding], fails: Callable[[Finding], bool]) -> str:
    """Return one suite with a case to a finding, and one case that passes where there is none.

    Those that ``fails`` names are failures; the others pass, and what they say stands in their output.
    """
    failures = sum(map(fails, findings))
    counts = {"tests": str(len(findings) or 1), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites", {"name": "policytrack", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": "policytrack check", "skipped": "0", **counts})
    for finding in findings:
        _case(suite, finding, failed=fails(finding))
    if not findings:
        ET.SubElement(suite, "testcase", name="no findings", classname="records")
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _case(suite: ET.Element, finding: Finding, *, failed: bool) -> None:
    place = finding.place
    path = harmless(place.path)
    name = f"{finding.code} {finding.name} at {place.line}:{place.column}"
    case = ET.SubElement(suite, "testcase", name=name, classname=path, file=path, line=str(place.line))
    message = sentence(finding.message)
    advice = f"\nhelp: {sentence(finding.help)}" if finding.help else ""
    if failed:
        told = ET.SubElement(case, "failure", message=message, type=finding.severity.value)
    else:
        told = ET.SubElement(case, "system-out")
    told.text = f"{path}:{place.line}:{place.column}: {finding.severity.value}: {message}{advice}"
