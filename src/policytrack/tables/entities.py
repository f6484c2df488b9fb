"""Who, what and where: actors, technologies and jurisdictions, with their other names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from policytrack.codes import ActorType, DateBasis, EntityScheme, JurisdictionLevel
from policytrack.models import Actor, Jurisdiction, Membership, Technology
from policytrack.models.values import ID_PATTERN
from policytrack.tables.columns import Row, Table, View, filled, of, portable, refers, told
from policytrack.tables.days import dated

_SLUG = portable(ID_PATTERN)
_ACTOR = told("The id of the actor.", pattern=_SLUG)
_TECHNOLOGY = told("The id of the technology.", pattern=_SLUG)
_JURISDICTION = told("The id of the place.", pattern=_SLUG)


@dataclass(frozen=True, slots=True)
class ActorRow(Row):
    """Whoever acts or is governed: an office rather than its holder, a person only with a public role."""

    id: Annotated[str, _ACTOR]
    name: Annotated[str, of(Actor, "name")]
    type: Annotated[ActorType, of(Actor, "type")]
    jurisdiction: Annotated[str | None, of(Actor, "jurisdiction")]
    parent: Annotated[str | None, of(Actor, "parent")]
    public_role: Annotated[str | None, of(Actor, "public_role")]
    notes: Annotated[str | None, of(Actor, "notes")]


@dataclass(frozen=True, slots=True)
class ActorAliasRow(Row):
    """One other name of one actor."""

    actor: Annotated[str, _ACTOR]
    alias: Annotated[str, of(Actor, "aliases", "A name that sources use.")]


@dataclass(frozen=True, slots=True)
class ActorIdentifierRow(Row):
    """One identifier that others give an actor."""

    actor: Annotated[str, _ACTOR]
    scheme: Annotated[EntityScheme, of(Actor, "identifiers", "The register of the identifier.")]
    value: Annotated[str, of(Actor, "identifiers", "The identifier.")]


@dataclass(frozen=True, slots=True)
class TechnologyRow(Row):
    """A product or a class of systems."""

    id: Annotated[str, _TECHNOLOGY]
    name: Annotated[str, of(Technology, "name")]
    vendor: Annotated[str | None, of(Technology, "vendor")]
    parent: Annotated[str | None, of(Technology, "parent")]
    description: Annotated[str | None, of(Technology, "description")]
    notes: Annotated[str | None, of(Technology, "notes")]


@dataclass(frozen=True, slots=True)
class TechnologyAliasRow(Row):
    """One other name of one technology."""

    technology: Annotated[str, _TECHNOLOGY]
    alias: Annotated[str, of(Technology, "aliases", "A name that sources use.")]


@dataclass(frozen=True, slots=True)
class JurisdictionRow(Row):
    """A place with rule-making power."""

    id: Annotated[str, _JURISDICTION]
    name: Annotated[str, of(Jurisdiction, "name")]
    level: Annotated[JurisdictionLevel, of(Jurisdiction, "level")]
    parent: Annotated[str | None, of(Jurisdiction, "parent")]
    ocd_id: Annotated[str | None, of(Jurisdiction, "ocd_id")]
    iso_3166: Annotated[str | None, of(Jurisdiction, "iso_3166")]
    notes: Annotated[str | None, of(Jurisdiction, "notes")]


@dataclass(frozen=True, slots=True)
class MembershipRow(Row):
    """One union of places that a place belongs to, or belonged to, for a time."""

    jurisdiction: Annotated[str, _JURISDICTION]
    position: Annotated[int, told("The number of the membership in the record, from 1.", minimum=1)]
    member_of: Annotated[str, of(Membership, "jurisdiction")]
    since: Annotated[str | None, of(Membership, "since", "The first day, in EDTF.")]
    since_earliest: Annotated[date | None, told("The earliest day that can be the first.")]
    since_latest: Annotated[date | None, told("The latest day that can be the first.")]
    since_basis: Annotated[DateBasis | None, told("How the first day came to be known.")]
    until: Annotated[str | None, of(Membership, "until", "The last day, in EDTF.")]
    until_earliest: Annotated[date | None, told("The earliest day that can be the last.")]
    until_latest: Annotated[date | None, told("The latest day that can be the last.")]
    until_basis: Annotated[DateBasis | None, told("How the last day came to be known.")]


def _actors(view: View) -> Iterator[ActorRow]:
    for actor_id, record in view.dataset.actors.items():
        yield filled(ActorRow, record.model, id=actor_id)


def _actor_aliases(view: View) -> Iterator[ActorAliasRow]:
    for actor_id, record in view.dataset.actors.items():
        for alias in record.model.aliases:
            yield ActorAliasRow(actor_id, alias)


def _actor_identifiers(view: View) -> Iterator[ActorIdentifierRow]:
    for actor_id, record in view.dataset.actors.items():
        for identifier in record.model.identifiers:
            yield ActorIdentifierRow(actor_id, EntityScheme(identifier.scheme), identifier.value)


def _technologies(view: View) -> Iterator[TechnologyRow]:
    for technology_id, record in view.dataset.technologies.items():
        yield filled(TechnologyRow, record.model, id=technology_id)


def _technology_aliases(view: View) -> Iterator[TechnologyAliasRow]:
    for technology_id, record in view.dataset.technologies.items():
        for alias in record.model.aliases:
            yield TechnologyAliasRow(technology_id, alias)


def _jurisdictions(view: View) -> Iterator[JurisdictionRow]:
    for place_id, record in view.dataset.jurisdictions.items():
        yield filled(JurisdictionRow, record.model, id=place_id)


def _memberships(view: View) -> Iterator[MembershipRow]:
    for place_id, record in view.dataset.jurisdictions.items():
        for number, membership in enumerate(record.model.member_of, 1):
            since, until = dated(membership.since), dated(membership.until)
            yield MembershipRow(place_id, number, membership.jurisdiction, *since, *until)


ENTITY_TABLES = (
    Table(
        "actors",
        "Actors",
        ActorRow,
        _actors,
        ("id",),
        (refers("jurisdiction", "jurisdictions"), refers("parent", "actors")),
    ),
    Table(
        "actor_aliases",
        "Other names of actors",
        ActorAliasRow,
        _actor_aliases,
        ("actor", "alias"),
        (refers("actor", "actors"),),
    ),
    Table(
        "actor_identifiers",
        "Identifiers of actors",
        ActorIdentifierRow,
        _actor_identifiers,
        ("actor", "scheme", "value"),
        (refers("actor", "actors"),),
    ),
    Table(
        "technologies",
        "Technologies",
        TechnologyRow,
        _technologies,
        ("id",),
        (refers("vendor", "actors"), refers("parent", "technologies")),
    ),
    Table(
        "technology_aliases",
        "Other names of technologies",
        TechnologyAliasRow,
        _technology_aliases,
        ("technology", "alias"),
        (refers("technology", "technologies"),),
    ),
    Table(
        "jurisdictions",
        "Jurisdictions",
        JurisdictionRow,
        _jurisdictions,
        ("id",),
        (refers("parent", "jurisdictions"),),
    ),
    Table(
        "jurisdiction_memberships",
        "Unions of places",
        MembershipRow,
        _memberships,
        ("jurisdiction", "position"),
        (refers("jurisdiction", "jurisdictions"), refers("member_of", "jurisdictions")),
    ),
)
