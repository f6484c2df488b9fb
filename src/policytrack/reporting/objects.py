"""Findings and rows as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from policytrack.findings import Finding


def as_json(rows: Iterable[Finding] | Iterable[Mapping[str, object]]) -> str:
    """Return an array of objects, one to a finding or a row."""
    objects = [row.as_json() if isinstance(row, Finding) else dict(row) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
