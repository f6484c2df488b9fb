"""What is known of each address from one run to the next: the memory that makes "repeated" mean something.

A page that is missing today may be back tomorrow. Only an address that answered 404 or 410 on two different days, and
nothing better in between, is dead.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class State(StrEnum):
    """What became of an address."""

    OK = "ok"
    REDIRECTED = "redirected"
    GONE_ONCE = "gone-once"
    DEAD = "dead"
    REFUSED = "refused"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    ERROR = "error"
    EXEMPT = "exempt"
    WAITING = "waiting"


MEANINGS = {
    State.OK: "the document is there",
    State.REDIRECTED: "the document is there, at another address",
    State.GONE_ONCE: "404 or 410 on one day so far",
    State.DEAD: "404 or 410 on at least two days",
    State.REFUSED: "not asked: not a plain address of the public web",
    State.BLOCKED: "not asked: robots.txt",
    State.THROTTLED: "the host wants fewer requests",
    State.UNREACHABLE: "no answer",
    State.ERROR: "another answer than the document",
    State.EXEMPT: "not asked: the hosts file",
    State.WAITING: "not asked yet",
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Use(_Part):
    """Where an address stands: the id of the source, and the field."""

    source: str
    field: str


class Link(_Part):
    """One address: its state, since when, when it was last asked, on how many days it was missing, and the last."""

    url: str
    used_by: tuple[Use, ...]
    state: State
    status: int = 0
    detail: str = ""
    final: str = ""
    lasting: bool = False
    since: date | None = None
    asked: date | None = None
    missing: int = 0
    missed: date | None = None
    proposal: str = ""


class Unused(_Part):
    """A host in the hosts file that no source needs."""

    host: str
    reason: str


class Report(_Part):
    """All addresses of the sources, by address, as known on the day ``checked``."""

    format: int = Field(default=1, ge=1, le=1)
    checked: date
    links: tuple[Link, ...] = ()
    unused_hosts: tuple[Unused, ...] = ()

    @property
    def dead(self) -> tuple[Link, ...]:
        """The addresses that are dead."""
        return tuple(link for link in self.links if link.state is State.DEAD)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, with the number of addresses in each state."""
        counts = Counter(link.state.value for link in self.links)
        return {**self.model_dump(mode="json"), "counts": {state.value: counts[state.value] for state in State}}


class ReportError(ValueError):
    """A text that is no report of this command."""


def read_report(text: str) -> Report:
    """Return the report of an earlier run; raises `ReportError` for anything else."""
    try:
        data = json.loads(text)
        told = {key: value for key, value in data.items() if key != "counts"} if isinstance(data, dict) else data
        return Report.model_validate(told)
    except (ValueError, RecursionError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        message = f"this is no report of links: {reason}"
        raise ReportError(message) from None


def as_text(report: Report) -> Iterator[str]:
    """Yield the lines of a report for a person: what is worth a look, then the counts."""
    quiet = {State.OK, State.EXEMPT, State.WAITING}
    for state in State:
        links = [link for link in report.links if link.state is state]
        if not links or state in quiet:
            continue
        yield f"{state} ({MEANINGS[state]})"
        for link in links:
            yield from _lines(link)
    for unused in report.unused_hosts:
        yield f"hosts file: no source needs `{unused.host}` ({unused.reason}); take it out"
    counts = Counter(link.state for link in report.links)
    told = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    yield f"{len(report.links)} addresses: {told or 'none'}"


def _lines(link: Link) -> Iterator[str]:
    for use in link.used_by:
        yield f"  {use.source} {use.field}: {link.url}"
    told = f"{link.detail}; since {link.since}" if link.detail else f"since {link.since}"
    yield f"    {told}"
    if link.final:
        yield f"    {'leads for good' if link.lasting else 'leads'} to {link.final}"
    if link.proposal:
        yield f"    perhaps archived: {link.proposal}"
