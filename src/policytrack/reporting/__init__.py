"""Findings in the forms that people and programs read: one module to a form."""

from __future__ import annotations

from policytrack.reporting.baseline import Split, fingerprints, identity, split
from policytrack.reporting.escapes import as_json_text, harmless, harmless_lines, sentence
from policytrack.reporting.github import as_github
from policytrack.reporting.junit import as_junit
from policytrack.reporting.objects import as_json
from policytrack.reporting.prose import COLORS, Paint, Sources, count, plain, summary, text
from policytrack.reporting.sarif import as_sarif

__all__ = [
    "COLORS",
    "Paint",
    "Sources",
    "Split",
    "as_github",
    "as_json",
    "as_json_text",
    "as_junit",
    "as_sarif",
    "count",
    "fingerprints",
    "harmless",
    "harmless_lines",
    "identity",
    "plain",
    "sentence",
    "split",
    "summary",
    "text",
]
