"""Which published facts a change corrects, each with the reason that its note gives.

The world goes on: a measure that ends, a vote that follows, a day on which it still held are news and no corrections.
A fact that was published and is another now, or is gone, is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from policytrack.codes import CorrectionReason, Event
from policytrack.difference import Altered, Change, Difference, State
from policytrack.models import ChangeNote, Correcting
from policytrack.tables import CorrectionRow
from policytrack.versions.files import HISTORY, kept, spoilt
from policytrack.versions.marks import hashed, marked

PATH: Final = f"{HISTORY}/corrections.ndjson"

# What a record claims of the world; the other fields describe, support or keep house.
_FACTS: Final[Mapping[str, frozenset[str]]] = {
    "action": frozenset(
        {
            *("kind", "instrument", "actor", "co_actors", "jurisdictions", "excluded"),
            *("identifiers", "timeline", "provisions", "links"),
        }
    ),
    "actor": frozenset({"type", "jurisdiction", "public_role", "identifiers"}),
    "technology": frozenset({"vendor"}),
    "jurisdiction": frozenset({"level", "parent", "ocd_id", "iso_3166", "member_of"}),
    "source": frozenset({"type", "publisher", "authors", "published", "updated", "credit", "issuer", "copy_of"}),
}
# The days that move on by themselves as people look again.
_MOVING: Final = frozenset({f"timeline.{Event.CONFIRMED}"})


@dataclass(frozen=True, slots=True)
class Claimed:
    """A corrected fact and the part of a note that gives its reason, None where no note does."""

    record: Altered
    change: Change
    by: Correcting | None

    @property
    def told(self) -> str:
        """The record and the field."""
        return f"{self.record.kind}/{self.record.id} {self.change.field}"


def corrected(
    difference: Difference, notes: Iterable[ChangeNote], redacted: frozenset[str] = frozenset()
) -> list[Claimed]:
    """Return the published facts that ``difference`` corrects, in its order.

    What was redacted is no correction, and would tell the value again: ``redacted`` are the hashes of such values.
    """
    claims = [claim for note in notes for claim in note.corrections]
    return [
        Claimed(record, change, _claim(record, change, claims))
        for record in difference.records
        if record.state in {State.CHANGED, State.RENAMED}
        for change in record.changes
        if _is_fact(record.kind, change) and not redacted & set(map(hashed, change.before))
    ]


def without(corrections: Iterable[CorrectionRow], hashes: frozenset[str]) -> tuple[CorrectionRow, ...]:
    """Return corrections in which every value whose hash is among ``hashes`` shows the hash instead."""

    def hidden(value: str | None) -> str | None:
        return marked(hashed(value)) if value and hashed(value) in hashes else value

    return tuple(replace(each, before=hidden(each.before), after=hidden(each.after)) for each in corrections)


def _is_fact(kind: str, change: Change) -> bool:
    top = change.field.partition(".")[0]
    return bool(change.before) and top in _FACTS.get(kind, ()) and change.field not in _MOVING


def _claim(record: Altered, change: Change, claims: Iterable[Correcting]) -> Correcting | None:
    # A record that was renamed in the same change may be meant by either id.
    names = [f"{record.kind}/{each}" for each in (record.id, record.other) if each]
    for claim in claims:
        by_record = any(fnmatchcase(name, pattern) for name in names for pattern in claim.records)
        if by_record and any(fnmatchcase(change.field, pattern) for pattern in claim.fields):
            return claim
    return None


def rows(claimed: Iterable[Claimed], version: str) -> list[CorrectionRow]:
    """Return the corrections of a release as they are published; a list has a row for each item that came or went."""
    found = []
    for each in claimed:
        if each.by is None:
            continue
        for position, (before, after) in enumerate(_pairs(each.change), 1):
            found.append(
                CorrectionRow(
                    version=version,
                    record=each.record.kind,
                    id=each.record.id,
                    field=each.change.field,
                    position=position,
                    before=before,
                    after=after,
                    reason=each.by.reason,
                    note=each.by.why,
                )
            )
    return found


def _pairs(change: Change) -> Iterator[tuple[str | None, str | None]]:
    if change.several:
        yield from ((item, None) for item in change.before)
        yield from ((None, item) for item in change.after)
        return
    yield (change.before[0] if change.before else None, change.after[0] if change.after else None)


def as_ndjson(corrections: Iterable[CorrectionRow]) -> str:
    """Return corrections as the file of the history holds them: one JSON object a line."""
    return "".join(f"{json.dumps(asdict(each), ensure_ascii=False)}\n" for each in corrections)


def read_corrections(root: Path) -> tuple[CorrectionRow, ...]:
    """Return the corrections of all releases so far; raises `PackageError` where their file was spoilt."""
    found = []
    for number, line in enumerate((kept(root, PATH) or "").splitlines(), 1):
        try:
            found.append(_of(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise spoilt(f"{PATH}:{number} is no correction: {error}") from None
    return tuple(found)


def _of(told: dict[str, Any]) -> CorrectionRow:
    return CorrectionRow(**{**told, "reason": CorrectionReason(told["reason"]), "position": int(told["position"])})
