"""A source as something to be cited: what every form of bibliography says of it, in one place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from policytrack.codes import SourceType
from policytrack.package import Edition
from policytrack.tables.sources import SourceAuthorRow, SourceRow

# What appears in a paper or a journal, which every style of citation asks for.
ARTICLES: Final = frozenset({SourceType.NEWS_ARTICLE, SourceType.TRADE_PRESS})


@dataclass(frozen=True, slots=True)
class When:
    """A date that is no more exact than its source: one to three of year, month and day; ``words`` for what is lost.

    Of a span only what both ends share is left, so that nobody takes a guess for a date.
    """

    parts: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One source; texts hold no line ends, names stand as printed, and what is not known is empty."""

    id: str
    type: SourceType
    title: str
    title_en: str
    authors: tuple[str, ...]
    container: str
    publisher: str
    published: When
    read_on: date | None
    url: str
    archive_url: str
    language: str


def works(edition: Edition) -> list[Work]:
    """Return all sources of an edition, by id."""
    authors: dict[str, list[str]] = defaultdict(list)
    for row in edition.rows["source_authors"]:
        if isinstance(row, SourceAuthorRow):
            authors[row.source].append(_line(row.name))
    return [_work(row, tuple(authors[row.id])) for row in edition.rows["sources"] if isinstance(row, SourceRow)]


def _work(row: SourceRow, authors: tuple[str, ...]) -> Work:
    paper = row.publisher if row.type in ARTICLES else None
    return Work(
        id=row.id,
        type=row.type,
        title=_line(row.title),
        title_en=_line(row.title_en),
        authors=authors,
        container=_line(row.container or paper),
        publisher=_line(row.publisher),
        published=when(row.published, row.published_earliest, row.published_latest),
        read_on=row.read_on,
        url=_line(row.url),
        archive_url=_line(row.archive_url),
        language=row.language or "",
    )


def when(edtf: str | None, earliest: date | None, latest: date | None) -> When:
    """Return the date that an EDTF text and its bounds tell of; nothing for no date."""
    if edtf is None:
        return When()
    if not edtf.startswith("["):
        return When(tuple(int(part) for part in edtf.split("-")))
    if earliest is None:
        return When(words=f"published on {latest} or before")
    if latest is None:
        return When(words=f"published on {earliest} or after")
    shared: list[int] = []
    for first, last in zip(earliest.timetuple()[:3], latest.timetuple()[:3], strict=True):
        if first != last:
            break
        shared.append(first)
    return When(tuple(shared), f"published between {earliest} and {latest}")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
