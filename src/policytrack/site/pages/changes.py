"""What is new, what was corrected, and what is about to end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from policytrack.site.book import Book
from policytrack.site.page import Page
from policytrack.site.pages.feeds import ending
from policytrack.site.past import Release
from policytrack.site.rendering import Renderer
from policytrack.site.words import partial
from policytrack.tables import CorrectionRow


@dataclass(frozen=True, slots=True)
class Line:
    """A record that changed: how it is called, and its page, "" where it has none any more."""

    title: str
    path: str
    kind: str


Corrected: TypeAlias = tuple[Line, list[CorrectionRow]]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page of changes and the same as data."""
    book = renderer.book
    releases = book.past.releases
    yield renderer.page(
        "changes.html",
        "changes.html",
        releases=[(release, partial(release.version.released), _told(book, release)) for release in releases],
        corrections=_by_reason(book),
        ending=ending(book),
    )
    told = {
        "releases": [_as_json(release) for release in releases],
        "corrections": [asdict(row) for rows in book.corrections.values() for row in rows],
        "ending": [
            {
                "action": each.record.id,
                "provisions": list(each.keys or each.record.model.provisions),
                "earliest": each.first.isoformat(),
                "latest": each.last.isoformat(),
            }
            for each in ending(book)
        ],
    }
    yield Page("changes.json", f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode())


def _told(book: Book, release: Release) -> Mapping[str, list[Line]]:
    """Return the records of a release by what became of them; sources and names only as numbers on the page."""
    return {
        word: [_line(book, kind, name) for kind, name in subjects]
        for word, subjects in (("New", release.new), ("Changed", release.changed), ("Gone", release.gone))
        if subjects
    }


def _line(book: Book, kind: str, name: str) -> Line:
    known = name in book.dataset.of_kind(kind)
    return Line(book.title(kind, name), book.path(kind, name) if known else "", kind)


def _by_reason(book: Book) -> list[tuple[CorrectionRow, int, list[Corrected]]]:
    """Return the corrected facts under their release and reason, the latest release first: one row, how many, which."""
    found: dict[tuple[str, str, str], list[Corrected]] = {}
    for kind, name in book.corrections:
        for why, rows in book.corrected(kind, name):
            found.setdefault((why.version, why.reason, why.note), []).append((_line(book, kind, name), rows))
    order = {release.version.version: number for number, release in enumerate(book.past.releases)}
    return [
        (told[0][1][0], sum(len(rows) for _, rows in told), told)
        for reason, told in sorted(found.items(), key=lambda each: order.get(each[0][0], len(order)))
    ]


def _as_json(release: Release) -> dict[str, Any]:
    version = release.version
    return {
        "version": version.version,
        "released": version.released,
        "level": version.level,
        "notes": list(version.notes),
        "withdrawn": version.withdrawn or None,
        "new": [f"{kind}/{name}" for kind, name in release.new],
        "changed": [f"{kind}/{name}" for kind, name in release.changed],
        "gone": [f"{kind}/{name}" for kind, name in release.gone],
    }
