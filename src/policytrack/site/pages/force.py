"""What was in force on a day, what changed between two, and a snapshot for the first day of each quarter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final, cast

from markupsafe import Markup

from policytrack.codes import ForceState
from policytrack.force import Answer, Turn
from policytrack.site.book import STANDING, Book
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer
from policytrack.site.words import bounded, spoken

_LEDE: Final = "Every provision that stands on the day, why, and how certain that is."
_FIRST_YEAR: Final = 2008
_NOWHERE: Final = "not tied to a place"


@dataclass(frozen=True)
class Rows:
    """The rows of answers, each made once: a provision stands the same in one quarter after another."""

    renderer: Renderer
    _made: dict[tuple[str, str, int, str], Markup] = field(default_factory=dict)

    @cached_property
    def _line(self) -> Callable[..., Markup]:
        template = self.renderer.environment.get_template("standing.html")
        return cast("Callable[..., Markup]", vars(template.module)["line"])

    @cached_property
    def _fixed(self) -> dict[tuple[str, str], tuple[str, str, str, str]]:
        """What a row says whatever the day: title, path, what, where."""
        book = self.renderer.book
        return {
            (record.id, key): (
                record.model.title,
                f"{book.path('action', record.id)}#{key}",
                book.rule(record.model, key),
                ", ".join(book.title("jurisdiction", name) for name in record.model.jurisdictions) or _NOWHERE,
            )
            for record in book.actions
            for key in record.model.provisions
        }

    def on(self, day: date, up: str) -> Iterator[tuple[ForceState, Markup]]:
        """Yield the provisions that stand, or may, on a day, as rows; their order is that of the actions."""
        ordinal = day.toordinal()
        for (action, key), turns in self.renderer.book.courses.items():
            number = turn_on(turns, ordinal)
            answer = turns[number].answer
            if answer.state not in STANDING:
                continue
            at = (action, key, number, up)
            if at not in self._made:
                self._made[at] = self._line(up, answer.state, _why(answer), *self._fixed[action, key])
            yield answer.state, self._made[at]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the question about a day, that about two days, and the snapshots."""
    book = renderer.book
    rows = Rows(renderer)
    quarters = [day.isoformat() for day in quarters_of(book)]
    shared = {"quarters": quarters}
    yield renderer.page(
        "in-force.html",
        "force.html",
        title="What was in force on a day",
        lede=_LEDE,
        page="in-force",
        fields=[("on", "On the day")],
        **_answered(rows, book.on, ""),
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
            **_answered(rows, day, "../"),
            **shared,
        )


def quarters_of(book: Book) -> list[date]:
    """Return the first days of quarters up to the day of the site, the latest first."""
    days = [date(year, month, 1) for year in range(_FIRST_YEAR, book.on.year + 1) for month in (1, 4, 7, 10)]
    return [day for day in reversed(days) if day <= book.on]


def _answered(rows: Rows, on: date, up: str) -> dict[str, object]:
    found = list(rows.on(on, up))
    groups = [(state, [row for own, row in found if own is state]) for state in STANDING]
    stand = "provision stands" if len(found) == 1 else "provisions stand"
    return {
        "groups": [group for group in groups if group[1]],
        "told": f"{len(found)} {stand}, or may, on {spoken(on)}.",
    }


_day = attrgetter("day")


def turn_on(turns: Sequence[Turn], ordinal: int) -> int:
    """Return the number of the last turn that is not after a day."""
    return max(bisect_right(turns, ordinal, key=_day) - 1, 0)


def answer_on(turns: Sequence[Turn], ordinal: int) -> Answer:
    """Return the answer of the last turn that is not after a day."""
    return turns[turn_on(turns, ordinal)].answer


def _why(answer: Answer) -> str:
    since, until = bounded(answer.since), bounded(answer.until)
    told = [answer.basis.label.lower(), f"since {since}" if since else "", f"until {until}" if until else ""]
    return ", ".join(filter(None, told))
