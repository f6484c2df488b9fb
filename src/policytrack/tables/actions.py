"""The actions and what hangs on them by the record alone: actors, places, dates, identifiers, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from policytrack.codes import (
    Bindingness,
    DateBasis,
    Direction,
    EndKind,
    Event,
    Form,
    Grade,
    IdentifierScheme,
    Instrument,
    Kind,
    Relation,
    ReviewState,
    Stage,
)
from policytrack.evidence import corroboration, grade, origins
from policytrack.force import bindingness, direction
from policytrack.force.knowledge import first_public
from policytrack.models import Action, Link, Review, Timeline
from policytrack.models.values import ID_PATTERN
from policytrack.parsing import AnyRecord, Record
from policytrack.tables.columns import Foreign, Row, Table, Told, View, filled, of, portable, refers, told
from policytrack.tables.days import dated, days, spread

KEY = told("The id of the action.", pattern=portable(ID_PATTERN))


def _on(event: Event, part: str = "") -> Told:
    """Describe one of the cells that hold the date of an event."""
    match part:
        case "earliest":
            return told(f"The earliest day that `{event}` can be; empty when open.")
        case "latest":
            return told(f"The latest day that `{event}` can be; empty when open.")
        case "basis":
            return told(f"How the date of `{event}` came to be known.")
        case _:
            return told(f"{event.label}, in EDTF: {event.definition[0].lower()}{event.definition[1:]}")


@dataclass(frozen=True, slots=True)
class ActionRow(Row):
    """One act by one issuer that sets, changes, ends, enforces, judges or carries out policy on facial recognition."""

    id: Annotated[str, KEY]
    title: Annotated[str, of(Action, "title")]
    summary: Annotated[str | None, of(Action, "summary")]
    kind: Annotated[Kind, of(Action, "kind")]
    instrument: Annotated[Instrument, of(Action, "instrument")]
    form: Annotated[Form, told("The family of the instrument; derived.")]
    bindingness: Annotated[Bindingness, told("How far the instrument ties those it governs; derived.")]
    direction: Annotated[Direction, told("Which way the act moves the spread of the technology; derived.")]
    stage: Annotated[Stage, told("How far the act had come with all that is known; derived.")]
    actor: Annotated[str, of(Action, "actor")]
    year: Annotated[int | None, told("The year of the first date; empty when no date has one.", minimum=1000)]
    first_earliest: Annotated[date | None, told("The earliest day on which the act can have become known.")]
    first_latest: Annotated[date | None, told("The latest day on which the act can have become known.")]
    in_being_earliest: Annotated[date | None, told("The earliest day on which the act can have come into being.")]
    in_being_latest: Annotated[date | None, told("The latest day on which the act can have come into being.")]
    introduced: Annotated[str | None, _on(Event.INTRODUCED)]
    introduced_earliest: Annotated[date | None, _on(Event.INTRODUCED, "earliest")]
    introduced_latest: Annotated[date | None, _on(Event.INTRODUCED, "latest")]
    introduced_basis: Annotated[DateBasis | None, _on(Event.INTRODUCED, "basis")]
    announced: Annotated[str | None, _on(Event.ANNOUNCED)]
    announced_earliest: Annotated[date | None, _on(Event.ANNOUNCED, "earliest")]
    announced_latest: Annotated[date | None, _on(Event.ANNOUNCED, "latest")]
    announced_basis: Annotated[DateBasis | None, _on(Event.ANNOUNCED, "basis")]
    enacted: Annotated[str | None, _on(Event.ENACTED)]
    enacted_earliest: Annotated[date | None, _on(Event.ENACTED, "earliest")]
    enacted_latest: Annotated[date | None, _on(Event.ENACTED, "latest")]
    enacted_basis: Annotated[DateBasis | None, _on(Event.ENACTED, "basis")]
    decided: Annotated[str | None, _on(Event.DECIDED)]
    decided_earliest: Annotated[date | None, _on(Event.DECIDED, "earliest")]
    decided_latest: Annotated[date | None, _on(Event.DECIDED, "latest")]
    decided_basis: Annotated[DateBasis | None, _on(Event.DECIDED, "basis")]
    effective: Annotated[str | None, _on(Event.EFFECTIVE)]
    effective_earliest: Annotated[date | None, _on(Event.EFFECTIVE, "earliest")]
    effective_latest: Annotated[date | None, _on(Event.EFFECTIVE, "latest")]
    effective_basis: Annotated[DateBasis | None, _on(Event.EFFECTIVE, "basis")]
    ends: Annotated[str | None, of(Timeline, "ends")]
    ends_kind: Annotated[EndKind, told("In which way the end is laid down; unknown when nobody found one.")]
    ends_earliest: Annotated[date | None, told("The earliest day that can be the last one, by the act's own terms.")]
    ends_latest: Annotated[date | None, told("The latest day that can be the last one, by the act's own terms.")]
    grade: Annotated[Grade, told("How well independent sources bear the act out; derived.")]
    origins: Annotated[int, told("The number of independent origins that support the act; derived.", minimum=0)]
    review: Annotated[ReviewState | None, of(Review, "state")]
    reviewed_on: Annotated[date | None, of(Review, "on")]
    notes: Annotated[str | None, of(Action, "notes")]


def _actions(view: View) -> Iterator[ActionRow]:
    for action_id, record in view.dataset.actions.items():
        yield _action(view, action_id, record)


def _action(view: View, action_id: str, record: Record[Action]) -> ActionRow:
    action, knowledge = record.model, view.fold.knowledge
    events = (Event.INTRODUCED, Event.ANNOUNCED, Event.ENACTED, Event.DECIDED, Event.EFFECTIVE)
    dates = {name: cell for event in events for name, cell in spread(event.value, action.timeline.get(event)).items()}
    first, birth = days(first_public(action)), days(knowledge.birth(action))
    end, last = action.timeline.ends, days(view.fold.planned(action_id))
    year = record.year
    return filled(
        ActionRow,
        action,
        id=action_id,
        form=action.instrument.form,
        bindingness=bindingness(action),
        direction=direction(view.dataset, action_id),
        stage=knowledge.stage(action_id),
        year=int(year) if year.isdecimal() else None,
        first_earliest=first.earliest,
        first_latest=first.latest,
        in_being_earliest=birth.earliest,
        in_being_latest=birth.latest,
        **dates,
        ends=str(end) if end else None,
        ends_kind=end.kind if end else EndKind.UNKNOWN,
        ends_earliest=last.earliest,
        ends_latest=last.latest,
        grade=grade(view.dataset, record),
        origins=corroboration(origins(view.dataset, record)),
        review=action.review.state if action.review else None,
        reviewed_on=action.review.on if action.review else None,
    )


@dataclass(frozen=True, slots=True)
class ActionActorRow(Row):
    """One issuer of one action."""

    action: Annotated[str, KEY]
    position: Annotated[int, told("1 for the issuer, from 2 on who issued it together with the issuer.", minimum=1)]
    actor: Annotated[str, of(Action, "co_actors", "The id of the issuer.")]


def _action_actors(view: View) -> Iterator[ActionActorRow]:
    for action_id, record in view.dataset.actions.items():
        for number, actor in enumerate(dict.fromkeys(view.dataset.issuers(record.model)), 1):
            yield ActionActorRow(action_id, number, actor)


@dataclass(frozen=True, slots=True)
class ActionJurisdictionRow(Row):
    """One place in which one action applies, or which a source says is left out; none when no source says."""

    action: Annotated[str, KEY]
    jurisdiction: Annotated[str, of(Action, "jurisdictions", "The id of the place.")]
    excluded: Annotated[bool, of(Action, "excluded", "Whether a source says that the place is left out.")]


def _action_jurisdictions(view: View) -> Iterator[ActionJurisdictionRow]:
    for action_id, record in view.dataset.actions.items():
        for places, excluded in ((record.model.jurisdictions, False), (record.model.excluded, True)):
            for place in places:
                yield ActionJurisdictionRow(action_id, place, excluded)


@dataclass(frozen=True, slots=True)
class DateRow(Row):
    """One dated event of one action, its planned end among them."""

    action: Annotated[str, KEY]
    event: Annotated[Event, told("What happened, or is to happen.")]
    edtf: Annotated[str | None, of(Timeline, "dates", "The date in EDTF; empty for an end that is no date.")]
    earliest: Annotated[date | None, told("The earliest day that it can be; empty when open.")]
    latest: Annotated[date | None, told("The latest day that it can be; empty when open.")]
    basis: Annotated[DateBasis | None, told("How the date came to be known; empty for an end that is no date.")]
    end_kind: Annotated[EndKind | None, told("Planned ends only: in which way the end is laid down.")]
    end_written: Annotated[str | None, told("Planned ends only: the end as the record has it.")]


def _dates(view: View) -> Iterator[DateRow]:
    for action_id, record in view.dataset.actions.items():
        for event, value in record.model.timeline.dates.items():
            yield DateRow(action_id, event, *dated(value), end_kind=None, end_written=None)
        end = record.model.timeline.ends
        if end is not None:
            edtf, _, _, basis = dated(end.date)
            bounds = days(view.fold.planned(action_id))
            yield DateRow(action_id, Event.ENDS, edtf, *bounds, basis, end.kind, str(end))


@dataclass(frozen=True, slots=True)
class IdentifierRow(Row):
    """One official number of one action."""

    action: Annotated[str, KEY]
    scheme: Annotated[IdentifierScheme, of(Action, "identifiers", "What sort of number it is.")]
    value: Annotated[str, of(Action, "identifiers", "The number.")]


def _identifiers(view: View) -> Iterator[IdentifierRow]:
    for action_id, record in view.dataset.actions.items():
        for identifier in record.model.identifiers:
            yield IdentifierRow(action_id, IdentifierScheme(identifier.scheme), identifier.value)


@dataclass(frozen=True, slots=True)
class LinkRow(Row):
    """One relation of one action to another; the vocabulary gives the inverse."""

    action: Annotated[str, told("The id of the action that bears on the other.")]
    relation: Annotated[Relation, of(Link, "relation")]
    target: Annotated[str, of(Link, "target")]
    chain: Annotated[bool, told("Whether the relation makes the action part of the measures of the other.")]


@dataclass(frozen=True, slots=True)
class LinkReplacesRow(Row):
    """One provision that a linked action takes the place of: those named, or all where the relation means all."""

    action: Annotated[str, told("The id of the action that bears on the other.")]
    relation: Annotated[Relation, of(Link, "relation")]
    target: Annotated[str, of(Link, "target")]
    provision: Annotated[str, told("The id of the provision that is replaced.", sources=((Link, "replaces"),))]


def _links(view: View) -> Iterator[LinkRow]:
    for action_id, record in view.dataset.actions.items():
        for link in record.model.links:
            yield LinkRow(action_id, link.relation, link.target, link.relation.chain)


def _link_replaces(view: View) -> Iterator[LinkReplacesRow]:
    for action_id, record in view.dataset.actions.items():
        for link in record.model.links:
            for key in _replaced(link, view.dataset.actions.get(link.target)):
                yield LinkReplacesRow(action_id, link.relation, link.target, f"{link.target}#{key}")


def _replaced(link: Link, target: AnyRecord | None) -> Iterator[str]:
    if target is None or not (link.replaces is not None or link.relation.default_replaces_all):
        return
    for key in target.model.provisions:
        if link.replaces is None or key in link.replaces:
            yield key


_OF_ACTION = refers("action", "actions")

ACTION_TABLES = (
    Table("actions", "Actions", ActionRow, _actions, ("id",), (refers("actor", "actors"),)),
    Table(
        "action_actors",
        "Issuers of actions",
        ActionActorRow,
        _action_actors,
        ("action", "position"),
        (_OF_ACTION, refers("actor", "actors")),
        (("action", "actor"),),
    ),
    Table(
        "action_jurisdictions",
        "Places of actions",
        ActionJurisdictionRow,
        _action_jurisdictions,
        ("action", "jurisdiction", "excluded"),
        (_OF_ACTION, refers("jurisdiction", "jurisdictions")),
    ),
    Table("dates", "Dates of actions", DateRow, _dates, ("action", "event"), (_OF_ACTION,)),
    Table(
        "identifiers",
        "Official numbers of actions",
        IdentifierRow,
        _identifiers,
        ("action", "scheme", "value"),
        (_OF_ACTION,),
    ),
    Table(
        "links",
        "Relations between actions",
        LinkRow,
        _links,
        ("action", "relation", "target"),
        (_OF_ACTION, refers("target", "actions")),
    ),
    Table(
        "link_replaces",
        "Provisions that are replaced",
        LinkReplacesRow,
        _link_replaces,
        ("action", "relation", "target", "provision"),
        (
            Foreign(("action", "relation", "target"), "links", ("action", "relation", "target")),
            refers("provision", "provisions"),
        ),
    ),
)
