"""The page of each source: what it is, how far it was read, what it copies, and what rests on which place in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policytrack.codes import Reading
from policytrack.evidence.independence import is_primary, lineage
from policytrack.models import Passage, Source
from policytrack.parsing import Record
from policytrack.site.account import Account, Name
from policytrack.site.book import Book
from policytrack.site.citing import Citing
from policytrack.site.grounds import Grounds
from policytrack.site.page import Page
from policytrack.site.pages.records import Fact, as_data, name_of
from policytrack.site.rendering import Renderer
from policytrack.site.words import dated, spoken


@dataclass(frozen=True, slots=True)
class Use:
    """An action that rests on a place in a source, for what, and how the place says it."""

    action: Name
    carries: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage, and the actions that cite it; without a passage, the document as a whole."""

    key: str
    passage: Passage | None
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A copy, how it was made, and how that is known."""

    name: Name
    kind: str
    basis: str


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield a page, its JSON and its YAML for each source."""
    book = renderer.book
    used = _uses(book)
    for record in book.dataset.sources.values():
        path = book.path("source", record.id)
        line = [name for name in lineage(book.dataset, record.id) if _copied(book, name)]
        yield renderer.page(
            path,
            "source.html",
            record=record,
            source=record.model,
            primary=is_primary(record.model),
            facts=tuple(fact for fact in _facts(record.model) if fact.text),
            spots=tuple(_spots(record, used.get(record.id, {}))),
            above=[_step(book, name, _original(book, name)) for name in line],
            copies=[_step(book, name, name) for name in book.copies.get(record.id, ())],
            corrections=book.corrected("source", record.id),
            citing=Citing(book, record.id, record.model.title, renderer.address(path)),
        )
        more = {"origin": book.origin(record.id), "copies": list(book.copies.get(record.id, ()))}
        yield from as_data(book, record, **more)


def _facts(source: Source) -> Iterator[Fact]:
    yield Fact("What", source.type.label)
    yield Fact("Published by", source.publisher or "")
    yield Fact("In", source.container or "")
    yield Fact("Published", dated(source.published))
    yield Fact("Version read", dated(source.updated))
    yield Fact("Authors", ", ".join(source.authors))
    if source.credit:
        yield Fact("Credit", f"{source.credit.kind.label} {source.credit.agency}".strip())
    yield Fact("Language", source.language or "")
    yield Fact("Read", f"{source.read.extent.label}{f', {spoken(source.read.on)}' if source.read.on else ''}")
    yield Fact("On the page", "; ".join(f"{dated(each.date)} {each.note}".strip() for each in source.page_dates))


def _uses(book: Book) -> Mapping[str, Mapping[str, tuple[Use, ...]]]:
    """Return what rests on each passage of each source."""
    found: dict[str, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for record in book.actions:
        name = name_of(book, "action", record.id)
        for source, place in Grounds(Account(book, record)).places():
            found[source][place.passage].append(Use(name, place.carries, place.reading))
    return {source: {key: tuple(uses) for key, uses in keys.items()} for source, keys in found.items()}


def _spots(record: Record[Source], used: Mapping[str, tuple[Use, ...]]) -> Iterator[Spot]:
    if used.get(""):
        yield Spot("", None, used[""])
    for key, passage in record.model.passages.items():
        yield Spot(key, passage, used.get(key, ()))


def _copied(book: Book, name: str) -> bool:
    source = book.source(name)
    return source is not None and source.copy_of is not None


def _original(book: Book, name: str) -> str:
    source = book.source(name)
    return (source.copy_of.source if source and source.copy_of else None) or ""


def _step(book: Book, copy: str, shown: str) -> Step:
    """Return how ``copy`` was made; ``shown`` is the source that is named, the copy or what it copies."""
    source = book.source(copy)
    made = source.copy_of if source else None
    name = name_of(book, "source", shown) if shown else Name("works that nobody here knows")
    return Step(name, made.kind.label if made else "", made.basis if made else "")
