"""Hosts that are not asked, each with its reason: a list that a project keeps, and that must not grow stale."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from policytrack.documents import Document, parse
from policytrack.findings import Finding
from policytrack.models.forms import Model
from policytrack.models.values import Day, Text
from policytrack.parsing import explain


class Exempt(Model):
    """A host that is not asked, written under its name; its subdomains are not asked either."""

    reason: Text = Field(description="Why it is not asked.", examples=["answers every program with 403"])
    since: Day = Field(description="The day of the decision.", examples=["2026-11-22"])


def read_hosts(path: Path) -> tuple[dict[str, Exempt], list[Finding]]:
    """Return host to exemption, and what is wrong with the file; raises `OSError` where it cannot be read."""
    raw = path.read_bytes()
    if all(not line.strip() or line.lstrip().startswith(b"#") for line in raw.splitlines()):
        return {}, []  # a list that is empty, as it should be at best
    document, faults = parse(path.as_posix(), raw)
    found: dict[str, Exempt] = {}
    for name, entry in _entries(document):
        try:
            found[name.lower()] = Exempt.model_validate(entry)
        except ValidationError as error:
            faults += explain(document, Exempt, error, subject="", at=(name,)) if document else []
    return found, faults


def _entries(document: Document | None) -> list[tuple[str, object]]:
    return list(document.data.items()) if document else []


def exemption(host: str, exempt: Mapping[str, Exempt]) -> str:
    """Return the name in ``exempt`` under which ``host`` falls, or empty."""
    return next((name for name in sorted(exempt) if host == name or host.endswith(f".{name}")), "")
