"""The sources: what each document is, who wrote it, what it copies, and the fingerprints of its passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from policytrack.codes import CopyKind, CreditKind, DateBasis, Extent, Reliability, SourceType
from policytrack.evidence import root_of
from policytrack.models import Copy, Passage, Read, Source
from policytrack.models.values import ID_PATTERN, PROVISION_KEY
from policytrack.tables.columns import Row, Table, View, filled, of, portable, refers, told
from policytrack.tables.days import days, spread

_ID = told("The id of the source.", pattern=portable(ID_PATTERN))
_PASSAGE = told(
    "The id of the passage: the source's, `#` and the key.", pattern=f"{portable(ID_PATTERN)}#{PROVISION_KEY}"
)


@dataclass(frozen=True, slots=True)
class SourceRow(Row):
    """One document: an article, a statute, an order, a press release, a decision."""

    id: Annotated[str, _ID]
    type: Annotated[SourceType, of(Source, "type")]
    is_primary: Annotated[bool, told("Whether such a document comes from those who acted; derived from the type.")]
    title: Annotated[str, of(Source, "title")]
    title_en: Annotated[str | None, of(Source, "title_en")]
    publisher: Annotated[str | None, of(Source, "publisher")]
    container: Annotated[str | None, of(Source, "container")]
    credit: Annotated[CreditKind | None, of(Source, "credit")]
    agency: Annotated[str | None, told("The agency that the document credits.")]
    issuer: Annotated[str | None, of(Source, "issuer")]
    url: Annotated[str | None, of(Source, "url")]
    archive_url: Annotated[str | None, of(Source, "archive_url")]
    published: Annotated[str | None, of(Source, "published", "The day it was published, in EDTF.")]
    published_earliest: Annotated[date | None, told("The earliest day on which it can have been published.")]
    published_latest: Annotated[date | None, told("The latest day on which it can have been published.")]
    published_basis: Annotated[DateBasis | None, told("How the day of publication came to be known.")]
    updated: Annotated[str | None, of(Source, "updated", "The day of the version read, in EDTF.")]
    updated_earliest: Annotated[date | None, told("The earliest day that the version read can have.")]
    updated_latest: Annotated[date | None, told("The latest day that the version read can have.")]
    updated_basis: Annotated[DateBasis | None, told("How the day of the version read came to be known.")]
    language: Annotated[str | None, of(Source, "language")]
    reliability: Annotated[Reliability, of(Source, "reliability")]
    reliability_reason: Annotated[str | None, of(Source, "reliability_reason")]
    read_on: Annotated[date | None, of(Read, "on")]
    read_extent: Annotated[Extent, of(Read, "extent")]
    copy_of: Annotated[str | None, of(Copy, "source")]
    copy_kind: Annotated[CopyKind | None, of(Copy, "kind")]
    copy_basis: Annotated[str | None, of(Copy, "basis")]
    origin: Annotated[str | None, told("The id of the work at the root of the copies, or its own id; derived.")]
    notes: Annotated[str | None, of(Source, "notes")]


@dataclass(frozen=True, slots=True)
class SourceAuthorRow(Row):
    """One author of one source."""

    source: Annotated[str, _ID]
    position: Annotated[int, told("The place in the order printed, from 1.", minimum=1)]
    name: Annotated[str, of(Source, "authors", "The name as printed.")]


@dataclass(frozen=True, slots=True)
class SourcePageDateRow(Row):
    """One date that stands on the page of a source, which is not the day of an event."""

    source: Annotated[str, _ID]
    position: Annotated[int, told("The number of the date in the record, from 1.", minimum=1)]
    edtf: Annotated[str, of(Source, "page_dates", "The date, in EDTF.")]
    earliest: Annotated[date | None, told("The earliest day of the date.")]
    latest: Annotated[date | None, told("The latest day of the date.")]
    note: Annotated[str | None, told("As what it stands on the page.")]


@dataclass(frozen=True, slots=True)
class PassageRow(Row):
    """One place in one source, to be found again in a copy by its fingerprint; the text itself is not published.

    The fingerprint is `squash/1`: NFKC, casefold, NFKC, letters, marks and numbers only; sha256 of the UTF-8.
    """

    id: Annotated[str, _PASSAGE]
    source: Annotated[str, _ID]
    key: Annotated[str, of(Source, "passages", "The key of the passage in its source.")]
    locator: Annotated[str, of(Passage, "locator")]
    start: Annotated[int, of(Passage, "start", minimum=0)]
    length: Annotated[int, of(Passage, "length", minimum=0)]
    sha256: Annotated[str, of(Passage, "sha256")]


@dataclass(frozen=True, slots=True)
class PassageTermRow(Row):
    """One key term of one passage."""

    passage: Annotated[str, _PASSAGE]
    position: Annotated[int, told("The number of the term in the record, from 1.", minimum=1)]
    term: Annotated[str, of(Passage, "terms", "A key term of at most three words.")]


def _sources(view: View) -> Iterator[SourceRow]:
    for source_id, record in view.dataset.sources.items():
        source, copy = record.model, record.model.copy_of
        origin = root_of(view.dataset, source_id)
        yield filled(
            SourceRow,
            source,
            id=source_id,
            is_primary=source.type.primary,
            credit=source.credit.kind if source.credit else None,
            agency=(source.credit.agency or None) if source.credit else None,
            **spread("published", source.published),
            **spread("updated", source.updated),
            read_on=source.read.on,
            read_extent=source.read.extent,
            copy_of=copy.source if copy else None,
            copy_kind=copy.kind if copy else None,
            copy_basis=copy.basis if copy else None,
            origin=origin if view.dataset.knows("source", origin) else None,
        )


def _authors(view: View) -> Iterator[SourceAuthorRow]:
    for source_id, record in view.dataset.sources.items():
        for number, name in enumerate(record.model.authors, 1):
            yield SourceAuthorRow(source_id, number, name)


def _page_dates(view: View) -> Iterator[SourcePageDateRow]:
    for source_id, record in view.dataset.sources.items():
        for number, stamp in enumerate(record.model.page_dates, 1):
            bounds = days(stamp.date.bounds)
            yield SourcePageDateRow(source_id, number, stamp.date.edtf, *bounds, stamp.note or None)


def _passages(view: View) -> Iterator[PassageRow]:
    for source_id, record in view.dataset.sources.items():
        for key, passage in record.model.passages.items():
            place = (passage.locator, passage.start, passage.length, passage.sha256)
            yield PassageRow(f"{source_id}#{key}", source_id, key, *place)


def _terms(view: View) -> Iterator[PassageTermRow]:
    for source_id, record in view.dataset.sources.items():
        for key, passage in record.model.passages.items():
            for number, term in enumerate(passage.terms, 1):
                yield PassageTermRow(f"{source_id}#{key}", number, term)


_OF_SOURCE = refers("source", "sources")

SOURCE_TABLES = (
    Table(
        "sources",
        "Sources",
        SourceRow,
        _sources,
        ("id",),
        (refers("issuer", "actors"), refers("copy_of", "sources"), refers("origin", "sources")),
    ),
    Table(
        "source_authors",
        "Authors of sources",
        SourceAuthorRow,
        _authors,
        ("source", "position"),
        (_OF_SOURCE,),
        (("source", "name"),),
    ),
    Table(
        "source_page_dates",
        "Dates on pages",
        SourcePageDateRow,
        _page_dates,
        ("source", "position"),
        (_OF_SOURCE,),
    ),
    Table("passages", "Passages", PassageRow, _passages, ("id",), (_OF_SOURCE,), (("source", "key"),)),
    Table(
        "passage_terms",
        "Key terms of passages",
        PassageTermRow,
        _terms,
        ("passage", "position"),
        (refers("passage", "passages"),),
        (("passage", "term"),),
    ),
)
