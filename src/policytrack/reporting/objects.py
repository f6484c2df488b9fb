"""Findings and rows as JSON, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policytrack.findings import Finding
from policytrack.reporting.escapes import as_json_text


def as_json(rows: Iterable[Finding] | Iterable[Mapping[str, object]]) -> str:
    """Return an array of objects, one to a finding or a row."""
    objects = [row.as_json() if isinstance(row, Finding) else dict(row) for row in rows]
    return as_json_text(objects)
