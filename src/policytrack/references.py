"""What a record refers to: every id that it names, with the place where it does and the kinds it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policytrack.codes import Subject
from policytrack.layout import RecordModel
from policytrack.models import Action, Actor, Jurisdiction, Source, Technology
from policytrack.parsing import AnyRecord

_CLASSES = frozenset(Subject)


@dataclass(frozen=True, slots=True)
class Reference:
    """One id that a record names: where, what kinds of record it may be, and the id."""

    at: tuple[str | int, ...]
    kinds: tuple[str, ...]
    id: str


def references(record: AnyRecord) -> Iterator[Reference]:
    """Yield every id that ``record`` names, with its place in the file."""
    model: RecordModel = record.model
    match model:
        case Action():
            yield from _action_references(model)
        case Actor():
            yield from _single(model.jurisdiction, ("jurisdiction",), "jurisdiction")
            yield from _single(model.parent, ("parent",), "actor")
        case Technology():
            yield from _single(model.vendor, ("vendor",), "actor")
            yield from _single(model.parent, ("parent",), "technology")
        case Jurisdiction():
            yield from _single(model.parent, ("parent",), "jurisdiction")
            for number, membership in enumerate(model.member_of):
                yield Reference(("member_of", number, "jurisdiction"), ("jurisdiction",), membership.jurisdiction)
        case Source():
            yield from _single(model.issuer, ("issuer",), "actor")
            if model.copy_of and model.copy_of.source:
                yield Reference(("copy_of", "source"), ("source",), model.copy_of.source)


def _action_references(action: Action) -> Iterator[Reference]:
    yield Reference(("actor",), ("actor",), action.actor)
    yield from _several(action.co_actors, ("co_actors",), "actor")
    yield from _several(action.jurisdictions, ("jurisdictions",), "jurisdiction")
    yield from _several(action.excluded, ("excluded",), "jurisdiction")
    yield from _several(action.distinct_from, ("distinct_from",), "action")
    for key, provision in action.provisions.items():
        at = ("provisions", key)
        for name, ids in (("by", provision.by), ("to", provision.to)):
            for reference in _several(ids, (*at, name), "actor"):
                if reference.id not in _CLASSES:
                    yield reference
        yield from _several(provision.technology, (*at, "technology"), "technology")
        for number, exception in enumerate(provision.except_to):
            if "#" in exception:
                yield Reference((*at, "except_to", number), ("action",), exception.partition("#")[0])
    for number, link in enumerate(action.links):
        yield Reference(("links", number, link.relation.value), ("action",), link.target)
    for number, evidence in enumerate(action.evidence):
        yield Reference(("evidence", number, "at"), ("source",), evidence.at.source)
        if evidence.relays:
            yield Reference(("evidence", number, "relays"), ("source",), evidence.relays)


def _single(record_id: str | None, at: tuple[str | int, ...], kind: str) -> Iterator[Reference]:
    if record_id:
        yield Reference(at, (kind,), record_id)


def _several(ids: tuple[str, ...], at: tuple[str | int, ...], kind: str) -> Iterator[Reference]:
    for number, record_id in enumerate(ids):
        yield Reference((*at, number), (kind,), record_id)
