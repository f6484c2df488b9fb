"""What is certain about the dates of records: a rule accuses nobody where the dates leave room for both answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from policytrack.codes import Event, Reading, Relation
from policytrack.dataset import Dataset
from policytrack.dates import Bounds, Duration, End, PartialDate, before
from policytrack.documents import Path
from policytrack.evidence.support import ALL
from policytrack.models import Action, Jurisdiction, Source
from policytrack.parsing import AnyRecord

Bounded: TypeAlias = Bounds | None

YEAR = Duration.parse("P1Y")
TWO_YEARS = Duration.parse("P2Y")

# What an act of this kind does to its target bears on whether that is in force.
OPERATORS = frozenset(
    {
        Relation.EXTENDS,
        Relation.AMENDS,
        Relation.REPEALS,
        Relation.SUPERSEDES,
        Relation.SUSPENDS,
        Relation.REINSTATES,
        Relation.ANNULS,
    }
)


def precedes(first: Bounded, second: Bounded) -> bool:
    """Whether ``first`` lies before ``second`` for certain."""
    return first is not None and second is not None and before(first, second) is True


def bounds(action: Action, event: Event) -> Bounded:
    """Return the bounds of an event, or None when no source dates it."""
    date = action.timeline.get(event)
    return date.bounds if date else None


def written(record: AnyRecord) -> Iterator[tuple[Path, PartialDate]]:
    """Yield every date of a record that may be a span, with its place in the file."""
    match record.model:
        case Action() as action:
            yield from _of_action(action)
        case Jurisdiction() as place:
            for number, membership in enumerate(place.member_of):
                yield from _told(("member_of", number), {"from": membership.since, "until": membership.until})
        case Source() as source:
            yield from _told((), {"published": source.published, "updated": source.updated})
        case _:
            return


def _told(at: Path, dates: Mapping[str, PartialDate | None]) -> Iterator[tuple[Path, PartialDate]]:
    for name, date in dates.items():
        if date is not None:
            yield (*at, name), date


def _of_action(action: Action) -> Iterator[tuple[Path, PartialDate]]:
    for event, date in action.timeline.dates.items():
        yield ("timeline", event.value), date
    yield from _of_end(("timeline", "ends"), action.timeline.ends)
    for key, provision in action.provisions.items():
        yield from _told(("provisions", key), {"from": provision.starts})
        yield from _of_end(("provisions", key, "ends"), provision.ends)


def _of_end(at: Path, end: End | None) -> Iterator[tuple[Path, PartialDate]]:
    for each in (end, *end.terms) if end else ():
        if each.date:
            yield at, each.date


def reporting(dataset: Dataset, action: Action, event: Event) -> dict[str, Source]:
    """Return the sources that report an event, by id; those that contradict it are none of them."""
    found = {}
    for item in action.evidence:
        if item.reading is not Reading.CONTRADICTS and {event.value, ALL} & set(item.supports):
            record = dataset.sources.get(item.at.source)
            if record is not None:
                found[record.id] = record.model
    return found


def shown(span: Bounds) -> str:
    """Return bounds as a record would write them."""
    earliest, latest = span.earliest, span.latest
    return f"{earliest}" if span.exact and earliest else f"{earliest or ''}..{latest or ''}"
