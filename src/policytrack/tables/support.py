"""What supports what: evidence item by item, conflicts value by value, every claim with the sources that make it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from policytrack.codes import Event, Reading
from policytrack.evidence import root_of, supported
from policytrack.evidence.support import Targets, contradicted, link_targets
from policytrack.models import Action, Conflict, Evidence, Provision
from policytrack.tables.columns import Row, Table, View, of, refers, told


@dataclass(frozen=True, slots=True)
class EvidenceRow(Row):
    """One claim of one evidence item: a place in a source, and one thing that it supports or contradicts."""

    action: Annotated[str, told("The id of the action.")]
    item: Annotated[int, told("The number of the item in the record, from 1.", minimum=1)]
    target: Annotated[str, of(Evidence, "supports")]
    source: Annotated[str, of(Evidence, "at", "The id of the source.")]
    passage: Annotated[str | None, of(Evidence, "at", "The id of the passage; empty for the document as a whole.")]
    reading: Annotated[Reading, of(Evidence, "reading")]
    relays: Annotated[str | None, of(Evidence, "relays")]


@dataclass(frozen=True, slots=True)
class ConflictRow(Row):
    """One value that sources give for a field about which they disagree."""

    action: Annotated[str, told("The id of the action.")]
    conflict: Annotated[int, told("The number of the conflict in the record, from 1.", minimum=1)]
    position: Annotated[int, told("The number of the value, from 1.", minimum=1)]
    field: Annotated[str, of(Conflict, "field")]
    value: Annotated[str, of(Conflict, "values", "A value that sources give.")]
    chosen: Annotated[bool, of(Conflict, "chosen", "Whether the record holds this value.")]
    reason: Annotated[str, of(Conflict, "reason", "Why the chosen value was chosen.")]


@dataclass(frozen=True, slots=True)
class StatementRow(Row):
    """One value of one action, as one source states, implies or contradicts it."""

    action: Annotated[str, told("The id of the action.")]
    property: Annotated[str, told("Where the record holds the value: kind, timeline.announced, provisions.p1.by.")]
    value: Annotated[str, told("The value as the record has it.")]
    source: Annotated[str, told("The id of the source that is cited.")]
    reading: Annotated[Reading, told("How the source bears on it.")]
    target: Annotated[str, told("The field, named as evidence names it.")]
    passages: Annotated[int, told("How many passages of the source are cited for it; 0 for the document.", minimum=0)]
    origin: Annotated[str | None, told("The id of the work that the source is a copy of, or its own; derived.")]


def _evidence(view: View) -> Iterator[EvidenceRow]:
    for action_id, record in view.dataset.actions.items():
        for number, item in enumerate(record.model.evidence, 1):
            passage = str(item.at) if item.at.passage else None
            for target in item.supports:
                yield EvidenceRow(action_id, number, target, item.at.source, passage, item.reading, item.relays)


def _conflicts(view: View) -> Iterator[ConflictRow]:
    for action_id, record in view.dataset.actions.items():
        for number, conflict in enumerate(record.model.conflicts, 1):
            for position, value in enumerate(dict.fromkeys((*conflict.values, conflict.chosen)), 1):
                chosen = value == conflict.chosen
                yield ConflictRow(action_id, number, position, conflict.field, value, chosen, conflict.reason)


def _statements(view: View) -> Iterator[StatementRow]:
    for action_id, record in view.dataset.actions.items():
        told_by = _told_by(record.model)
        for target, prop, value in _atoms(record.model):
            for (source, reading), passages in told_by[target].items():
                origin = root_of(view.dataset, source)
                known = origin if view.dataset.knows("source", origin) else None
                yield StatementRow(action_id, prop, value, source, reading, target, passages, known)


def _told_by(action: Action) -> dict[str, Counter[tuple[str, Reading]]]:
    """Return, for every field, the sources and their readings with the number of passages cited."""
    targets = Targets(action)
    support, against = supported(action, targets), contradicted(action, targets)
    found: dict[str, Counter[tuple[str, Reading]]] = {}
    for field in targets.fields:
        counted = found.setdefault(field.target, Counter())
        passages = {(item.at.source, item.reading, item.at.passage) for item in support[field.target]}
        passages |= {(item.at.source, item.reading, item.at.passage) for item in against[field.target]}
        for source, reading, passage in sorted(passages):
            counted[source, reading] += bool(passage)
    return found


def _atoms(action: Action) -> Iterator[tuple[str, str, str]]:
    """Yield every single value that needs support: the field that evidence names, the property, the value."""
    yield from (("what", name, str(getattr(action, name))) for name in ("kind", "instrument", "actor"))
    for name, target in (
        ("co_actors", "what"),
        ("jurisdictions", "jurisdictions"),
        ("excluded", "jurisdictions"),
        ("identifiers", "identifiers"),
    ):
        yield from ((target, name, str(value)) for value in getattr(action, name))
    for event, date in action.timeline.dates.items():
        yield event.value, f"timeline.{event}", str(date)
    if action.timeline.ends is not None:
        yield Event.ENDS.value, f"timeline.{Event.ENDS}", str(action.timeline.ends)
    for key, provision in action.provisions.items():
        yield from ((key, f"provisions.{key}.{name}", value) for name, value in _parts(provision))
    for link, target in dict(zip(action.links, link_targets(action), strict=True)).items():
        yield target, f"links.{link.relation}", link.target
        for key in dict.fromkeys(link.replaces or ()):
            yield target, f"links.{link.relation}.replaces", f"{link.target}#{key}"


def _parts(provision: Provision) -> Iterator[tuple[str, str]]:
    yield from ((provision.effect.value, conduct.value) for conduct in provision.conduct)
    for name in ("by", "to", "technology", "purposes", "conditions", "amount", "except_to"):
        yield from ((name, str(value)) for value in getattr(provision, name))
    for name, date in (("from", provision.starts), ("ends", provision.ends)):
        if date is not None:
            yield name, str(date)


SUPPORT_TABLES = (
    Table(
        "evidence",
        "Evidence",
        EvidenceRow,
        _evidence,
        ("action", "item", "target"),
        (
            refers("action", "actions"),
            refers("source", "sources"),
            refers("passage", "passages"),
            refers("relays", "sources"),
        ),
    ),
    Table(
        "conflicts",
        "Conflicts between sources",
        ConflictRow,
        _conflicts,
        ("action", "conflict", "position"),
        (refers("action", "actions"),),
    ),
    Table(
        "statements",
        "Statements",
        StatementRow,
        _statements,
        ("action", "property", "value", "source", "reading"),
        (refers("action", "actions"), refers("source", "sources"), refers("origin", "sources")),
    ),
)
