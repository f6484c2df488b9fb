"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from policytrack.findings import Finding
from policytrack.reporting.escapes import harmless, sentence


def as_github(findings: Iterable[Finding]) -> str:
    """Return one workflow command to a finding: `::error file=…,line=…,col=…,title=…::message`."""
    return "".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": harmless(place.path),
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{finding.code} {finding.name}",
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = sentence(finding.message) + (f"\nhelp: {sentence(finding.help)}" if finding.help else "")
    return f"::{finding.severity.value} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    """Escape what would end the command, as the runner undoes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what would end the property as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
