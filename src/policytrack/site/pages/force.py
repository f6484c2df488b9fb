"""What was in force on a day, what changed between two, and a snapshot for the first day of each quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from policytrack.codes import ForceState
from policytrack.force import Answer, Turn
from policytrack.models import Action, Provision
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer
from policytrack.site.words import bounded, listed, spoken

_STANDING: Final = (ForceState.IN_FORCE, ForceState.PRESUMED_IN_FORCE, ForceState.POSSIBLY_IN_FORCE)
_LEDE: Final = "Every provision that stands on the day, why, and how certain that is."
_FIRST_YEAR: Final = 2008


@dataclass(frozen=True, slots=True)
class Row:
    """One provision that stands, or may."""

    title: str
    path: str
    what: str
    where: str
    why: str
    state: ForceState


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the question about a day, that about two days, and the snapshots."""
    book = renderer.book
    quarters = [day.isoformat() for day in quarters_of(book)]
    shared = {"quarters": quarters}
    yield renderer.page(
        "in-force.html",
        "force.html",
        title="What was in force on a day",
        lede=_LEDE,
        page="in-force",
        fields=[("on", "On the day")],
        **_answered(book, book.on),
        **shared,
    )
    yield renderer.page(
        "compare.html",
        "force.html",
        title="What changed between two days",
        lede="What began, what ended, and what became more or less certain.",
        page="compare",
        fields=[("a", "From"), ("b", "To")],
        told="Without a script, compare two of the snapshots below.",
        groups=[],
        **shared,
    )
    for quarter in quarters:
        day = date.fromisoformat(quarter)
        yield renderer.page(
            f"in-force/{quarter}.html",
            "force.html",
            title=f"In force on {spoken(day)}",
            lede=_LEDE,
            page="",
            fields=[],
            **_answered(book, day),
            **shared,
        )


def quarters_of(book: Book) -> list[date]:
    """Return the first days of quarters up to the day of the site, the latest first."""
    days = [date(year, month, 1) for year in range(_FIRST_YEAR, book.on.year + 1) for month in (1, 4, 7, 10)]
    return [day for day in reversed(days) if day <= book.on]


def _answered(book: Book, on: date) -> dict[str, object]:
    rows = list(standing(book, on))
    groups = [(state, [row for row in rows if row.state is state]) for state in _STANDING]
    told = f"{len(rows)} {'provision stands' if len(rows) == 1 else 'provisions stand'}, or may, on {spoken(on)}."
    return {"groups": [group for group in groups if group[1]], "told": told}


def standing(book: Book, on: date) -> Iterator[Row]:
    """Yield the provisions that stand, or may, on a day; their order is that of the actions."""
    ordinal = on.toordinal()
    for record in book.actions:
        for key, provision in record.model.provisions.items():
            answer = answer_on(book.courses[record.id, key], ordinal)
            if answer.state in _STANDING:
                yield _row(book, record, provision, answer)


def answer_on(turns: Sequence[Turn], ordinal: int) -> Answer:
    """Return the answer of the last turn that is not after a day."""
    found = turns[0]
    for turn in turns:
        if turn.day > ordinal:
            break
        found = turn
    return found.answer


def _row(book: Book, record: Record[Action], provision: Provision, answer: Answer) -> Row:
    action = record.model
    conduct = listed([code.label.lower() for code in provision.conduct])
    by = listed([book.governs(name)[0] for name in book.dataset.governed(action, answer.provision)])
    since, until = bounded(answer.since), bounded(answer.until)
    told = [answer.basis.label.lower(), f"since {since}" if since else "", f"until {until}" if until else ""]
    return Row(
        action.title,
        f"{book.path('action', record.id)}#{answer.provision}",
        f"{provision.effect.label} {conduct} by {by}",
        ", ".join(book.title("jurisdiction", name) for name in action.jurisdictions) or "not tied to a place",
        ", ".join(filter(None, told)),
        answer.state,
    )
