"""The life of a measure as a figure: a bar for each provision over time, marks for events, and the same in words.

Places are percentages of the width, so that one figure is right on a phone and on a wall; nothing is drawn where
nothing was in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from policytrack.codes import Effect, Event, ForceState
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Bounds
from policytrack.force import Turn
from policytrack.site.book import STANDING, Book
from policytrack.site.words import conducts, dated, spoken

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 250, 500, 1000)
_MOST_TICKS: Final = 6
_YEAR: Final = 366
_AHEAD: Final = 12 * _YEAR
# Dots and labels need room at both ends.
_LEFT, _RIGHT = 1.5, 98.5
_NEAR_THE_END: Final = 92


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which a state does not change; ``left`` and ``right`` are percentages of the width."""

    state: ForceState
    why: str
    since: str
    until: str
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, on a day or within a span of days."""

    words: str
    left: str
    right: str

    @property
    def exact(self) -> bool:
        """Whether it is one point."""
        return self.left == self.right


@dataclass(frozen=True, slots=True)
class Bar:
    """One provision over time: what is drawn, and every stretch for the table."""

    key: str
    effect: Effect
    words: str
    drawn: tuple[Stretch, ...]
    told: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One action of the measure: when it began, what happened to it, and its provisions."""

    id: str
    title: str
    path: str
    kind: str
    when: str
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis; its label stands before the line where there is no room behind it."""

    year: int
    at: str
    last: bool


@dataclass(frozen=True, slots=True)
class Life:
    """A measure over time."""

    chapters: tuple[Chapter, ...]
    ticks: tuple[Tick, ...]
    today: str

    @property
    def bars(self) -> bool:
        """Whether there is any provision to draw."""
        return any(chapter.bars for chapter in self.chapters)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def at(self, day: int) -> str:
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return f"{_LEFT + share * (_RIGHT - _LEFT):.2f}%"

    def ticks(self) -> Iterator[Tick]:
        first, last = date.fromordinal(self.first).year + 1, date.fromordinal(self.last).year
        step = next(step for step in _STEPS if (last - first) // step < _MOST_TICKS)
        for year in range(-(-first // step) * step, last + 1, step):
            at = self.at(date(year, 1, 1).toordinal())
            yield Tick(year, at, float(at[:-1]) > _NEAR_THE_END)


def life(book: Book, action_id: str) -> Life:
    """Return the life of the measures that an action belongs to; the actions stand in the order of their dates."""
    roots = book.dataset.measures_of.get(action_id, (action_id,))
    names = {name for root in roots for name in book.dataset.measures.get(root, (action_id,))}
    members = sorted(names, key=lambda name: (book.first(name), name))
    today = book.on.toordinal()
    scale = _scale(_days(book, members), today)
    return Life(
        tuple(_chapter(book, name, scale) for name in members),
        tuple(scale.ticks()),
        scale.at(today),
    )


def _scale(days: Iterable[int], today: int) -> _Scale:
    known = [day for day in days if OPEN_PAST + 1 < day < min(today + _AHEAD, OPEN_FUTURE)]
    first, last = min([today - _YEAR, *known]), max([today, *known])
    room = max((last - first) // 40, 30)
    return _Scale(max(first - room, 1), min(last + room, date.max.toordinal()))


def _days(book: Book, members: Iterable[str]) -> Iterator[int]:
    """Yield the days that the figure must reach."""
    for name in members:
        action = book.dataset.actions[name].model
        for when in action.timeline.dates.values():
            yield from (when.bounds.lo, when.bounds.hi)
        for key in action.provisions:
            yield from (turn.day for turn in book.courses[name, key])


def _chapter(book: Book, name: str, scale: _Scale) -> Chapter:
    action = book.dataset.actions[name].model
    return Chapter(
        name,
        action.title,
        book.path("action", name),
        action.kind.label,
        book.opening(name),
        tuple(_mark(event, dated(when), when.bounds, scale) for event, when in action.timeline.dates.items()),
        tuple(
            Bar(
                key,
                provision.effect,
                conducts(provision.conduct),
                tuple(each for each in told if each.state in STANDING),
                told,
            )
            for key, provision in action.provisions.items()
            for told in [tuple(_stretches(book.courses[name, key], scale))]
        ),
    )


def _mark(event: Event, words: str, bounds: Bounds, scale: _Scale) -> Mark:
    first = bounds.lo if bounds.earliest else bounds.hi
    last = bounds.hi if bounds.latest else bounds.lo
    return Mark(f"{event.label}: {words}", scale.at(first), scale.at(last))


def _stretches(turns: tuple[Turn, ...], scale: _Scale) -> Iterator[Stretch]:
    """Yield what holds from when to when, from the first day on which the provision can have stood."""
    runs = [list(run) for _, run in groupby(turns, key=lambda turn: (turn.answer.state, turn.answer.basis))]
    begun = False
    for number, run in enumerate(runs):
        answer, first = run[0].answer, run[0].day
        last = runs[number + 1][0].day - 1 if number + 1 < len(runs) else OPEN_FUTURE
        begun = begun or answer.state in STANDING
        if begun:
            yield Stretch(
                answer.state,
                answer.basis.label,
                spoken(first) if first > OPEN_PAST + 1 else "not known",
                spoken(last) if last < OPEN_FUTURE else "no known end",
                scale.at(first),
                scale.at(last + 1 if last < OPEN_FUTURE else last),
            )
