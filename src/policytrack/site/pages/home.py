"""The home page: what this is, how much there is of it, and the shortest ways to an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from policytrack.codes import Direction, JurisdictionLevel
from policytrack.site.account import Name
from policytrack.site.book import Book
from policytrack.site.citing import Citing
from policytrack.site.page import Page
from policytrack.site.pages.views import VIEWS
from policytrack.site.reach import reach
from policytrack.site.rendering import Renderer
from policytrack.site.trend import trend
from policytrack.site.words import counted

_NEWEST: Final = 6
_FIGURES: Final = {"years": "Actions over time", "reach": "What stands, by whose conduct"}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that people ask, where the answer stands, and a word on it; the records that it needs to make sense."""

    text: str
    path: str
    remark: str = ""
    needs: str = ""


_QUESTIONS: Final = (
    Question("Which US cities ban police use today?", VIEWS[0].path),
    Question(
        "What was the rule of Amazon for police on 1 May 2021?",
        "in-force.html?on=2021-05-01&actor=amazon",
        "and how it is known",
        "actor/amazon",
    ),
    Question(
        "Where does New Orleans stand, and how did it get there?",
        "jurisdictions/us-la-new-orleans.html",
        needs="jurisdiction/us-la-new-orleans",
    ),
    Question("Whom did regulators fine, and how much?", VIEWS[1].path),
    Question("What is about to end?", VIEWS[2].path),
    Question("What changed in the last edition?", "changes.html"),
)


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the home page."""
    book = renderer.book
    counts = {view.path: counted(sum(1 for _ in view.rows(book)), view.noun) for view in VIEWS}
    yield renderer.page(
        "index.html",
        "index.html",
        numbers=_numbers(book),
        questions=[(each, each.remark or counts.get(each.path, "")) for each in _QUESTIONS if _makes_sense(book, each)],
        newest=renderer.lines.of(record.id for record in book.actions[:_NEWEST]),
        trend=trend(book),
        reach=reach(book),
        directions=list(Direction),
        release=next(iter(book.past.releases), None),
        citing={
            name: Citing(book, title=title, address=renderer.address(f"index.html#{name}"))
            for name, title in _FIGURES.items()
        },
        linked_data=linked_data(renderer),
    )


def _makes_sense(book: Book, question: Question) -> bool:
    kind, _, name = question.needs.partition("/")
    return not question.needs or name in book.dataset.of_kind(kind)


def _numbers(book: Book) -> list[Name]:
    """Return how much there is of what, each with the list that it counts."""
    data = book.dataset
    countries = sum(each.model.level is JurisdictionLevel.COUNTRY for each in data.jurisdictions.values())
    return [
        Name(counted(len(data.actions), "action"), "actions/index.html"),
        Name(counted(len(data.actors), "actor"), "actors/index.html"),
        Name(
            f"{counted(len(data.jurisdictions), 'place')} in {counted(countries, 'country', 'countries')}",
            "jurisdictions/index.html",
        ),
        Name(counted(len(data.technologies), "technology", "technologies"), "technologies/index.html"),
        Name(counted(len(data.sources), "source"), "sources/index.html"),
    ]


def linked_data(renderer: Renderer) -> dict[str, Any]:
    """Return what search engines for data read: the edition as a schema.org Dataset."""
    metadata = renderer.book.metadata
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": metadata.title,
        "description": metadata.description,
        "version": metadata.version,
        "license": [each.path for each in metadata.licenses if each.path],
        "creator": [{"@type": "Organization", "name": each.name} for each in metadata.contributors],
        "keywords": list(metadata.keywords),
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "url": renderer.address("index.html"),
        "sameAs": metadata.homepage,
        "temporalCoverage": _span(renderer.book),
    }
    return {name: value for name, value in told.items() if value}


def _span(book: Book) -> str:
    years = sorted({book.year(record.id) for record in book.actions if book.year(record.id).isdigit()})
    return f"{years[0]}/{years[-1]}" if years else ""
