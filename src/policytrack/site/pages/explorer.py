"""The explorer, and the scripts with the data that it and the questions about days work on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policytrack.models import Action
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.columns import data_script, opening, terms_script, text_script
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer
from policytrack.site.words import dated

PATH: Final = "actions/index.html"
# What a reader without a script sees at once; years have pages of their own.
_SHOWN: Final = 50
_FACETS: Final = (
    ("direction", "Direction", True),
    ("subjects", "Whose conduct", True),
    ("kind", "Kind", False),
    ("jurisdiction", "Where", False),
    ("actor", "Who", False),
    ("stage", "Stage", False),
    ("grade", "Grade of evidence", False),
    ("changed", "Release that changed it last", False),
)
_DAYS: Final = (
    ("from", "Began on or after"),
    ("to", "Began on or before"),
    ("on", "In force on"),
    ("updated_from", "Changed here since"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An action as a row of the list."""

    id: str
    title: str
    when: str
    who: str
    where: str
    kind: str
    grade: str


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the explorer and the data of all pages with a script."""
    book = renderer.book
    years = sorted(Counter(book.year(record.id) for record in book.actions).items(), reverse=True)
    rows = [row(book, record) for record in book.actions[:_SHOWN]]
    yield renderer.page(PATH, "explorer.html", rows=rows, years=years, facets=_FACETS, days=_DAYS)
    yield Page("static/data.js", data_script(book).encode())
    yield Page("static/terms.js", terms_script(book).encode())
    yield Page("static/text.js", text_script(book).encode())


def row(book: Book, record: Record[Action]) -> Row:
    """Return an action as a row."""
    action = record.model
    return Row(
        record.id,
        action.title,
        dated(opening(action)) or "not known",
        ", ".join(book.title("actor", name) for name in book.dataset.issuers(action)),
        ", ".join(book.title("jurisdiction", name) for name in action.jurisdictions) or "not tied to a place",
        action.kind.label,
        book.grades[record.id].value,
    )
