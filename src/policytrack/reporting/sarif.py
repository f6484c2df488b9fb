"""Findings as SARIF 2.1.0, the format in which code scanning and editors exchange them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from policytrack.findings import CATALOGUE, Check, Finding, Severity
from policytrack.reporting.baseline import fingerprints
from policytrack.reporting.escapes import as_json_text, sentence

Json: TypeAlias = dict[str, Any]

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def as_sarif(findings: Collection[Finding], new: Iterable[Finding] | None = None, version: str = "") -> str:
    """Return a log with one run: every kind of finding with its page, and one result to a finding.

    ``new`` are those of the findings that were not there before; None when nobody asked. ``version`` is the tool's.
    """
    codes = sorted(CATALOGUE)
    driver: Json = {"name": "policytrack", "rules": [_rule(CATALOGUE[code]) for code in codes]}
    if version:
        driver["semanticVersion"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(findings, codes, None if new is None else {id(finding) for finding in new})),
    }
    return as_json_text({"version": "2.1.0", "runs": [run]})


def _rule(check: Check) -> Json:
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": _reason(check)},
        "help": {"text": check.page, "markdown": check.page},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _reason(check: Check) -> str:
    """Return why the finding matters: what the page says before its examples."""
    told = check.page.strip().partition("\n\nBad")[0]
    return " ".join((told.partition("\n\n")[2] or told).split())


def _results(findings: Collection[Finding], codes: list[str], new: set[int] | None) -> Iterator[Json]:
    numbers = {code: number for number, code in enumerate(codes)}
    for finding, fingerprint in zip(findings, fingerprints(findings), strict=True):
        result: Json = {
            "ruleId": finding.code,
            "ruleIndex": numbers[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": sentence(finding.message) + (f"\n{sentence(finding.help)}" if finding.help else "")},
            "locations": [{"physicalLocation": _location(finding)}],
            "partialFingerprints": {"policytrack/v1": fingerprint},
        }
        if new is not None:
            result["baselineState"] = "new" if id(finding) in new else "unchanged"
        yield result


def _location(finding: Finding) -> Json:
    place = finding.place
    return {
        "artifactLocation": {"uri": quote(place.path, errors="replace"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
