"""The page of each actor, place and technology, the same as data, and what is left where an id was retired."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from policytrack.layout import KINDS
from policytrack.models import Actor, Jurisdiction, Technology
from policytrack.models.identifiers import Identifier
from policytrack.parsing import AnyRecord, Record
from policytrack.site.account import Name
from policytrack.site.book import FOLDERS, Book
from policytrack.site.citing import Citing
from policytrack.site.listing import Years
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer
from policytrack.site.words import counted, dated

KIND_NAMES: Final = {
    "action": "Actions",
    "actor": "Actors",
    "technology": "Technologies",
    "jurisdiction": "Places",
    "source": "Sources",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a record: a label, and a text or names."""

    label: str
    text: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its heading, and actions by year, or names each with a remark."""

    id: str
    heading: str
    years: Years = field(default_factory=list)
    names: tuple[tuple[Name, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a page tells of a record that is not an action."""

    record: AnyRecord
    title: str
    lede: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield a page, its JSON and its YAML for each actor, place and technology, and a page for each retired id."""
    draw: dict[str, Callable[[Any], Portrait]] = {
        "actor": lambda record: _actor(renderer, record),
        "jurisdiction": lambda record: _jurisdiction(renderer, record),
        "technology": lambda record: _technology(renderer, record),
    }
    lists = {
        "actor": renderer.book.by_actor,
        "jurisdiction": renderer.book.by_jurisdiction,
        "technology": renderer.book.by_technology,
    }
    for kind, portray in draw.items():
        for record in renderer.book.dataset.of_kind(kind).values():
            portrait = portray(record)
            path = renderer.book.path(kind, record.id)
            yield renderer.page(
                path,
                "record.html",
                portrait=_without_empty(portrait),
                folder=FOLDERS[kind],
                folder_name=KIND_NAMES[kind],
                listed=record.id in lists[kind],
                explore=_explored(renderer.book, kind, record.id),
                corrections=renderer.book.corrected(kind, record.id),
                citing=Citing(renderer.book, record.id, portrait.title, renderer.address(path)),
            )
            yield from as_data(renderer.book, record)
    yield from _retired(renderer)


def _explored(book: Book, kind: str, name: str) -> str:
    """Return what asks the explorer for the very actions of an actor or a place, "" where it would give others.

    The explorer takes the places below into a place, and knows an actor by what it issued.
    """
    if kind == "actor":
        issued = (
            name in book.dataset.issuers(book.dataset.actions[each].model) for each in book.by_actor.get(name, ())
        )
        return f"actor={name}" if all(issued) else ""
    below = (place for place in book.by_jurisdiction if name in book.dataset.above(place))
    return f"jurisdiction={name}" if kind == "jurisdiction" and not any(below) else ""


def as_data(book: Book, record: AnyRecord, **more: object) -> Iterator[Page]:
    """Yield the JSON and the YAML of a record that is not an action."""
    stem = book.path(record.kind, record.id).removesuffix(".html")
    facts = {
        "id": record.id,
        "kind": record.kind,
        "path": record.document.path,
        "title": book.title(record.kind, record.id),
        "record": record.document.data,
        **more,
        "named_by": list(book.named_by.get(record.subject, ())),
    }
    yield Page(f"{stem}.json", f"{json.dumps(facts, ensure_ascii=False)}\n".encode())
    yield Page(f"{stem}.yaml", record.document.text.encode())


def name_of(book: Book, kind: str, record_id: str) -> Name:
    """Return how a record is called, and where its page is if it has one."""
    known = record_id in book.dataset.of_kind(kind)
    return Name(book.title(kind, record_id), book.path(kind, record_id) if known else "")


def _actor(renderer: Renderer, record: Record[Actor]) -> Portrait:
    book, actor = renderer.book, record.model
    acts = book.by_actor.get(record.id, ())
    issued = [name for name in acts if record.id in book.dataset.issuers(book.dataset.actions[name].model)]
    return Portrait(
        record,
        actor.name,
        actor.public_role or "",
        (
            Fact("What", actor.type.label),
            _linked(book, "Where", "jurisdiction", [actor.jurisdiction]),
            _linked(book, "Part of", "actor", [actor.parent]),
            Fact("Also called", ", ".join(actor.aliases)),
            _identifiers(actor.identifiers),
        ),
        (
            Part("issued", "What it did", years=renderer.lines.by_year(issued)),
            Part("governed", "What binds it", years=renderer.lines.by_year([n for n in acts if n not in set(issued)])),
            Part("products", "Its technology", names=_children(book, f"actor/{record.id}", "technology", "vendor")),
            Part("parts", "Parts of it", names=_children(book, f"actor/{record.id}", "actor", "parent")),
        ),
    )


def _jurisdiction(renderer: Renderer, record: Record[Jurisdiction]) -> Portrait:
    book, place = renderer.book, record.model
    unions = [
        (name_of(book, "jurisdiction", each.jurisdiction), _while(dated(each.since), dated(each.until)))
        for each in place.member_of
    ]
    bodies = _children(book, f"jurisdiction/{record.id}", "actor", "jurisdiction")
    below = [name for name, other in book.dataset.jurisdictions.items() if other.model.parent == record.id]
    return Portrait(
        record,
        place.name,
        "",
        (
            Fact("Level", place.level.label),
            _linked(book, "In", "jurisdiction", [place.parent]),
            Fact("ISO 3166", place.iso_3166 or ""),
            Fact("Open Civic Data", place.ocd_id or ""),
        ),
        (
            Part(
                "acts", "Actions that apply here", years=renderer.lines.by_year(book.by_jurisdiction.get(record.id, ()))
            ),
            Part("below", "Places in it", names=tuple(_places(book, below))),
            Part("unions", "Member of", names=tuple(unions)),
            Part("bodies", "Bodies seated here", names=bodies),
            Part("searched", "What was searched", names=tuple(_searches(book, record.id))),
        ),
    )


def _technology(renderer: Renderer, record: Record[Technology]) -> Portrait:
    book, technology = renderer.book, record.model
    kinds = _children(book, f"technology/{record.id}", "technology", "parent")
    return Portrait(
        record,
        technology.name,
        technology.description or "",
        (
            _linked(book, "Offered by", "actor", [technology.vendor]),
            _linked(book, "Part or kind of", "technology", [technology.parent]),
            Fact("Also called", ", ".join(technology.aliases)),
        ),
        (
            Part("acts", "Actions about it", years=renderer.lines.by_year(book.by_technology.get(record.id, ()))),
            Part("kinds", "Parts or kinds of it", names=kinds),
        ),
    )


def _without_empty(portrait: Portrait) -> Portrait:
    return Portrait(
        portrait.record,
        portrait.title,
        portrait.lede,
        tuple(fact for fact in portrait.facts if fact.text or fact.names),
        tuple(part for part in portrait.parts if part.years or part.names),
    )


def _linked(book: Book, label: str, kind: str, ids: Iterable[str | None]) -> Fact:
    return Fact(label, names=tuple(name_of(book, kind, each) for each in ids if each))


def _identifiers(found: Iterable[Identifier]) -> Fact:
    return Fact("Identifiers", ", ".join(f"{each.scheme.label} {each.value}" for each in found))


def _children(book: Book, subject: str, kind: str, attribute: str) -> tuple[tuple[Name, str], ...]:
    """Return the records of a kind that name ``subject`` in the field ``attribute``."""
    own = subject.partition("/")[2]
    table = book.dataset.of_kind(kind)
    ids = [name.partition("/")[2] for name in book.named_by.get(subject, ()) if name.startswith(f"{kind}/")]
    ids = [name for name in ids if getattr(table[name].model, attribute, None) == own]
    return tuple((name_of(book, kind, each), "") for each in _by_name(book, kind, ids))


def _by_name(book: Book, kind: str, ids: Iterable[str]) -> list[str]:
    return sorted(ids, key=lambda name: (book.title(kind, name).casefold(), name))


def _places(book: Book, ids: Iterable[str]) -> Iterator[tuple[Name, str]]:
    for name in _by_name(book, "jurisdiction", ids):
        number = len(book.by_jurisdiction.get(name, ()))
        yield name_of(book, "jurisdiction", name), counted(number, "action") if number else ""


def _searches(book: Book, place: str) -> Iterator[tuple[Name, str]]:
    for each in book.dataset.coverage.searches:
        if each.place == place:
            span = _while(dated(each.since), dated(each.until))
            yield Name(each.topic), f"{span}{'; ' if span else ''}{each.result}"


def _while(since: str, until: str) -> str:
    return (
        f"{since} to {until}" if since and until else f"since {since}" if since else f"until {until}" if until else ""
    )


def _retired(renderer: Renderer) -> Iterator[Page]:
    """Yield a page for each id that is no longer in use: what was cited once never vanishes."""
    book = renderer.book
    for subject, entry in book.dataset.redirects.items():
        kind, _, old = subject.partition("/")
        if kind in KINDS and old not in book.dataset.of_kind(kind):
            target = name_of(book, kind, entry.to) if entry.to else None
            yield renderer.page(
                book.path(kind, old),
                "retired.html",
                old=old,
                entry=entry,
                target=target,
                folder=FOLDERS[kind],
                folder_name=KIND_NAMES[kind],
            )
