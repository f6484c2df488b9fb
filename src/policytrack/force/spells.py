"""The life of a provision as a row of spells: stretches of days on which it stands, possibly stands, or does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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


def spells(fold: Fold, action_id: str, key: str) -> tuple[Spell, ...]:
    """Return the spells of provision ``key``; none when it never was in being."""
    turns = _turns(fold, action_id, key)
    answers = [(day, fold.provision(action_id, key, day)) for day in sorted(turns)]
    runs = [list(run) for _, run in groupby(answers, key=lambda item: item[1].standing)]
    while runs and runs[0][0][1].standing is False:
        runs.pop(0)
    return tuple(_spell(runs, number, turns) for number in range(len(runs)))


def _spell(runs: list[list[tuple[int, Answer]]], number: int, turns: dict[int, set[str]]) -> Spell:
    first, answer = runs[number][0]
    turn = turns[first]
    first = _known(first)
    last = runs[number + 1][0][0] - 1 if number + 1 < len(runs) else OPEN_FUTURE
    sure = answer.standing is not None
    vague_before = sure and number > 0 and runs[number - 1][0][1].standing is None
    vague_after = sure and number + 1 < len(runs) and runs[number + 1][0][1].standing is None
    follows = runs[number + 2][0][0] - 1 if number + 2 < len(runs) else OPEN_FUTURE
    return Spell(
        action=answer.action,
        provision=answer.provision,
        number=number + 1,
        standing=answer.standing,
        basis=answer.basis,
        first=first,
        last=last,
        start=Bounds(_known(runs[number - 1][0][0]) if vague_before else first, first),
        end=Bounds(last, follows if vague_after else last),
        vouched=answer.vouched,
        censored=last == OPEN_FUTURE,
        opened_by=tuple(sorted(turn)),
        closed_by=() if last == OPEN_FUTURE else tuple(sorted(turns[last + 1])),
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
