"""The life of a provision as a row of spells: stretches of days on which it stands, possibly stands, or does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from policytrack.codes import Event, ForceBasis
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Bounds, Truth
from policytrack.force.fold import Answer, Fold

# The first day that can be asked about: what begins in an open past is possibly standing from there.
_DAWN = OPEN_PAST + 1


@dataclass(frozen=True, slots=True)
class Spell:
    """Days (ordinals) from ``first`` to ``last``, both included, on which a provision's standing is the same.

    ``standing`` is True, None for possibly, or False. The spells of a provision run from the first day on which it can
    have stood, without gap or overlap; a ``first`` of `OPEN_PAST` is any day of the past, a ``last`` of `OPEN_FUTURE`
    has no known end and is ``censored``. ``start`` and
    ``end`` are the bounds between which a standing spell truly began and ended. ``vouched`` is the last day that
    evidence vouches for. ``opened_by`` and ``closed_by`` are the actions that made the change.
    """

    action: str
    provision: str
    number: int
    standing: Truth
    basis: ForceBasis
    first: int
    last: int
    start: Bounds
    end: Bounds
    vouched: int
    censored: bool
    opened_by: tuple[str, ...]
    closed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day (an ordinal) on which an answer may change, the actions whose dates make it one, and the answer."""

    day: int
    by: frozenset[str]
    answer: Answer


def course(fold: Fold, action_id: str, key: str) -> tuple[Turn, ...]:
    """Return what holds of a provision from which day on, from the first of all days.

    State and basis stay the same until the next turn. They change where a spell begins, and where an open end is no
    longer vouched for.
    """
    by = _turns(fold, action_id, key)
    days = {_DAWN, *by}
    if by:
        days.add(max(_DAWN, fold.vouched(action_id) + 1))
    return tuple(Turn(day, frozenset(by.get(day, ())), fold.provision(action_id, key, day)) for day in sorted(days))


def spells(fold: Fold, action_id: str, key: str) -> tuple[Spell, ...]:
    """Return the spells of provision ``key``; none when it never was in being."""
    return spells_of(course(fold, action_id, key))


def spells_of(turns: Iterable[Turn]) -> tuple[Spell, ...]:
    """Return the spells of a provision whose course is known."""
    runs = [list(run) for _, run in groupby(turns, key=lambda turn: turn.answer.standing)]
    while runs and runs[0][0].answer.standing is False:
        runs.pop(0)
    return tuple(_spell(runs, number) for number in range(len(runs)))


def _spell(runs: list[list[Turn]], number: int) -> Spell:
    turn = runs[number][0]
    answer, first = turn.answer, _known(turn.day)
    closing = runs[number + 1][0] if number + 1 < len(runs) else None
    last = closing.day - 1 if closing else OPEN_FUTURE
    sure = answer.standing is not None
    vague_before = sure and number > 0 and runs[number - 1][0].answer.standing is None
    vague_after = sure and closing is not None and closing.answer.standing is None
    follows = runs[number + 2][0].day - 1 if number + 2 < len(runs) else OPEN_FUTURE
    return Spell(
        action=answer.action,
        provision=answer.provision,
        number=number + 1,
        standing=answer.standing,
        basis=answer.basis,
        first=first,
        last=last,
        start=Bounds(_known(runs[number - 1][0].day) if vague_before else first, first),
        end=Bounds(last, follows if vague_after else last),
        vouched=answer.vouched,
        censored=last == OPEN_FUTURE,
        opened_by=tuple(sorted(turn.by)),
        closed_by=tuple(sorted(closing.by)) if closing else (),
    )


def _known(day: int) -> int:
    """Return a first day, or `OPEN_PAST` for the first of all days: there the beginning is not known."""
    return OPEN_PAST if day == _DAWN else day


def _turns(fold: Fold, action_id: str, key: str) -> dict[int, set[str]]:
    """Return every day on which an answer may change, with the actions whose dates make it one."""
    found: dict[int, set[str]] = defaultdict(set)
    if action_id in fold.knowledge.actions:
        for name, first, last in _dates(fold, action_id, key):
            for day in (max(first.lo, _DAWN), first.hi, last.lo + 1, last.hi + 1):
                if OPEN_PAST < day < OPEN_FUTURE:
                    found[day].add(name)
    return found


def _dates(fold: Fold, action_id: str, key: str) -> Iterator[tuple[str, Bounds, Bounds]]:
    """Yield the beginnings and ends of a provision and of everything that reaches its action by chain links."""
    knowledge = fold.knowledge
    for name in knowledge.dataset.reaching(action_id):
        action = knowledge.actions.get(name)
        if action is None or knowledge.birth(action) is None:
            continue
        part = key if name == action_id else ""
        start = fold.start(action, part)
        yield name, start, fold.planned(name, part)
        ended = knowledge.dated(action, Event.ENDED)
        if ended is not None:
            yield name, start, ended
