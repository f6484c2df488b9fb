"""All measures over time, one row each, by place: when each stood, how certain that is, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from policytrack.codes import Effect, ForceState
from policytrack.dates import OPEN_FUTURE, OPEN_PAST
from policytrack.force import Turn
from policytrack.site.book import STANDING, Book
from policytrack.site.citing import Citing
from policytrack.site.page import Page
from policytrack.site.pages.force import answer_on
from policytrack.site.pages.map import lineage
from policytrack.site.rendering import Renderer
from policytrack.site.words import listed, spoken

PATH: Final = "timeline.html"
_YEARS: Final = 16
_AHEAD: Final = 2
_STEP: Final = 3
_MOST_TOLD: Final = 4
_NO_PLACE: Final = "Not tied to a place"
_MANY: Final = "In several countries"


@dataclass(frozen=True, slots=True)
class Piece:
    """Days on which a state does not change; ``left`` and ``right`` are percentages of the width."""

    state: ForceState
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: its first action, whose it is and where, when it stood, and the same in words."""

    title: str
    path: str
    who: str
    where: str
    effect: Effect
    pieces: tuple[Piece, ...]
    words: str
    begun: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The years that the figure shows."""

    first: int
    last: int

    def at(self, day: int) -> str:
        """Return where a day lies, in percent of the width; what lies outside stands at the edge."""
        first, last = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return f"{100 * (min(max(day, first), last) - first) / (last - first):.1f}%"

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """The years that have a label, with their places."""
        return [(year, self.at(date(year, 1, 1).toordinal())) for year in range(self.first, self.last, _STEP)]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the timeline."""
    book = renderer.book
    axis = Axis(book.on.year - _YEARS, book.on.year + _AHEAD)
    rows = {root: _row(book, axis, root, members) for root, members in book.dataset.measures.items()}
    found = [(_area(book, root), row) for root, row in rows.items() if row]
    found.sort(key=lambda each: (each[0] in {_NO_PLACE, _MANY}, each[0], each[1].where, each[1].begun, each[1].path))
    groups = [(area, [row for _, row in group]) for area, group in groupby(found, key=lambda each: each[0])]
    yield renderer.page(
        PATH,
        "timeline.html",
        citing=Citing(book, title="Every measure over time", address=renderer.address(PATH)),
        groups=groups,
        axis=axis,
        today=axis.at(book.on.toordinal()),
        drawn=len(found),
        left_out=len(book.dataset.measures) - len(found),
    )


def _area(book: Book, root: str) -> str:
    """Return the country under which a measure stands."""
    tops = {list(lineage(book, place))[-1] for place in book.dataset.actions[root].model.jurisdictions}
    if not tops:
        return _NO_PLACE
    return book.title("jurisdiction", tops.pop()) if len(tops) == 1 else _MANY


def _row(book: Book, axis: Axis, root: str, members: Iterable[str]) -> Row | None:
    """Return the row of a measure, None where it never stood as far as is known."""
    actions = book.dataset.actions
    every = [(name, key) for name in members for key in actions[name].model.provisions]
    # A measure stands as long as a rule of it does: what it lets out is shown on its page.
    rules = [at for at in every if actions[at[0]].model.provisions[at[1]].effect is not Effect.PERMITS] or every
    drawn = [run for run in _runs([book.courses[at] for at in rules]) if run[0] in STANDING]
    if not drawn:
        return None
    record = actions[root]
    return Row(
        record.model.title,
        book.path("action", root),
        listed([book.title("actor", name) for name in book.dataset.issuers(record.model)]),
        listed([book.title("jurisdiction", name) for name in record.model.jurisdictions]),
        actions[rules[0][0]].model.provisions[rules[0][1]].effect,
        tuple(Piece(state, axis.at(first), axis.at(last + 1)) for state, first, last in drawn),
        _told(drawn),
        drawn[0][1],
    )


def _runs(courses: list[tuple[Turn, ...]]) -> Iterator[tuple[ForceState, int, int]]:
    """Yield from when to when (ordinals, both included) the strongest state of several provisions does not change."""
    if not courses:
        return
    days = sorted({turn.day for course in courses for turn in course})
    strength = list(ForceState)
    states = [min((answer_on(course, day).state for course in courses), key=strength.index) for day in days]
    last = [*(day - 1 for day in days[1:]), OPEN_FUTURE]
    for state, run in groupby(zip(states, days, last, strict=True), key=lambda each: each[0]):
        spans = list(run)
        yield state, spans[0][1], spans[-1][2]


def _told(drawn: list[tuple[ForceState, int, int]]) -> str:
    """Return in words when a measure stood; where its certainty changed too often to be followed, only whether."""
    if len(drawn) <= _MOST_TOLD:
        return "; ".join(f"{state.label.lower()} {_span(first, last)}" for state, first, last in drawn)
    spans: list[tuple[int, int]] = []
    for _, first, last in drawn:
        if spans and spans[-1][1] + 1 == first:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    told = " and ".join(_span(first, last) for first, last in spans)
    return f"in force, presumed or possibly so {told}, now more and now less certain; its page tells each stretch"


def _span(first: int, last: int) -> str:
    """Return two days, both included, in words; either may be open."""
    if first == last:
        return f"on {spoken(first)}"
    since = f"from {spoken(first)}" if first > OPEN_PAST + 1 else "from an unknown day"
    return f"{since} {f'to {spoken(last)}' if last < OPEN_FUTURE else 'on'}"
