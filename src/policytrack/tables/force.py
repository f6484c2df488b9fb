"""What was in force: measures, the spells of each provision, and a panel of months."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Final, TypeAlias

from policytrack.codes import Effect, ForceBasis, ForceState, Subject
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Truth
from policytrack.force.query import governs
from policytrack.tables.columns import Foreign, Row, Table, View, refers, told
from policytrack.tables.days import day

_STATES: Final[dict[Truth, ForceState]] = {
    True: ForceState.IN_FORCE,
    None: ForceState.POSSIBLY_IN_FORCE,
    False: ForceState.NOT_IN_FORCE,
}
# From the strongest to the weakest, as a panel sums several provisions up in one.
_STRENGTH: Final = (
    ForceState.IN_FORCE,
    ForceState.PRESUMED_IN_FORCE,
    ForceState.POSSIBLY_IN_FORCE,
    ForceState.NOT_IN_FORCE,
    ForceState.NO_EVIDENCE,
)
# Not yet, or never: a month with nothing else in it says nothing.
_BEFORE: Final = frozenset({ForceBasis.NOT_BEGUN, ForceBasis.PENDING, ForceBasis.DEAD, ForceBasis.UNKNOWN_ACTION})
_STANDING: Final = frozenset({ForceState.IN_FORCE, ForceState.PRESUMED_IN_FORCE})


@dataclass(frozen=True, slots=True)
class MeasureRow(Row):
    """One action that belongs to one measure: a root, and all that reaches it by chain links."""

    measure: Annotated[str, told("The id of the measure, which is that of its root.")]
    action: Annotated[str, told("The id of the action; one action may belong to several measures.")]
    root: Annotated[bool, told("Whether the action is the root.")]


@dataclass(frozen=True, slots=True)
class SpellRow(Row):
    """One stretch of days on which a provision stands, possibly stands or does not; no gaps and no overlaps.

    The spells of a provision run from the first day on which it can have stood. A provision that never came into being
    has none.
    """

    provision: Annotated[str, told("The id of the provision.")]
    number: Annotated[int, told("The number of the spell, from 1.", minimum=1)]
    state: Annotated[ForceState, told("in_force where it stands by its own terms, whether or not anything vouches.")]
    basis: Annotated[ForceBasis, told("Why it has this state on the first day.")]
    first: Annotated[date | None, told("The first day; empty when no earliest day is known.")]
    last: Annotated[date | None, told("The last day, included; empty when no end is known.")]
    start_earliest: Annotated[date | None, told("The earliest day on which a standing spell can truly have begun.")]
    start_latest: Annotated[date | None, told("The latest day on which a standing spell can truly have begun.")]
    end_earliest: Annotated[date | None, told("The earliest day that can be the true last one; empty when open.")]
    end_latest: Annotated[date | None, told("The latest day that can be the true last one; empty when open.")]
    vouched: Annotated[date | None, told("The last day that evidence vouches for; presumed after it when open-ended.")]
    censored: Annotated[bool, told("Whether no end is known (right-censored).")]


@dataclass(frozen=True, slots=True)
class SpellActionRow(Row):
    """One action whose dates open or close a spell."""

    provision: Annotated[str, told("The id of the provision.")]
    number: Annotated[int, told("The number of the spell.", minimum=1)]
    action: Annotated[str, told("The id of the action.")]
    opens: Annotated[bool, told("Whether it opens the spell; otherwise it closes it.")]


@dataclass(frozen=True, slots=True)
class PanelRow(Row):
    """One month in one place for one class of people: what stood on the month's last day, with all that is known.

    Rows exist for the places that an action names itself and the classes that some provision there governs, by the
    class, a wider one or an actor of it, from the first month in which any of these provisions can have begun. What
    applies from a place above is not repeated below. Absence of a bar is not permission.
    """

    month: Annotated[str, told("The month.", pattern="[12][0-9]{3}-(0[1-9]|1[0-2])")]
    jurisdiction: Annotated[str, told("The id of the place.")]
    subject: Annotated[Subject, told("The class whose conduct is governed.")]
    state: Annotated[ForceState, told("The strongest state of any provision but permits and practises.")]
    prohibits: Annotated[int, told("How many bars stood, or are presumed to have stood.", minimum=0)]
    restricts: Annotated[int, told("How many limits stood, or are presumed to have stood.", minimum=0)]
    requires: Annotated[int, told("How many duties stood, or are presumed to have stood.", minimum=0)]
    permits: Annotated[int, told("How many permissions stood, or are presumed to have stood.", minimum=0)]
    practises: Annotated[int, told("How many practices ran, or are presumed to have run.", minimum=0)]
    possible: Annotated[int, told("How many provisions of any effect possibly stood.", minimum=0)]


def _measures(view: View) -> Iterator[MeasureRow]:
    for root, members in view.dataset.measures.items():
        for action_id in members:
            yield MeasureRow(root, action_id, action_id == root)


def _spells(view: View) -> Iterator[SpellRow]:
    for spell in view.spells:
        sure = spell.standing is True
        yield SpellRow(
            provision=f"{spell.action}#{spell.provision}",
            number=spell.number,
            state=_STATES[spell.standing],
            basis=spell.basis,
            first=day(spell.first),
            last=day(spell.last),
            start_earliest=day(spell.start.lo) if sure else None,
            start_latest=day(spell.start.hi) if sure else None,
            end_earliest=day(spell.end.lo) if sure else None,
            end_latest=day(spell.end.hi) if sure else None,
            vouched=day(spell.vouched),
            censored=spell.censored,
        )


def _spell_actions(view: View) -> Iterator[SpellActionRow]:
    for spell in view.spells:
        for names, opens in ((spell.opened_by, True), (spell.closed_by, False)):
            for name in names:
                yield SpellActionRow(f"{spell.action}#{spell.provision}", spell.number, name, opens)


# What a month counts of one provision: its effect, its state, and whether it has begun.
_Counted: TypeAlias = tuple[Effect, ForceState, bool]


def _panel(view: View) -> Iterator[PanelRow]:
    months = list(_months(view))
    ends = [last for _, last in months]
    courses: dict[tuple[str, str], list[tuple[int, _Counted]]] = {}
    for (jurisdiction, subject), members in _groups(view).items():
        turns: dict[int, list[tuple[_Counted | None, _Counted]]] = {}
        for member in members:
            if member not in courses:
                courses[member] = _course(view, *member, ends)
            before = None
            for month, after in courses[member]:
                turns.setdefault(month, []).append((before, after))
                before = after
        counts: Counter[_Counted] = Counter()
        for month, following in pairwise([*sorted(turns), len(months)]):
            for before, after in turns[month]:
                counts[after] += 1
                if before is not None:
                    counts[before] -= 1
            if any(count and begun for (_, _, begun), count in counts.items()):
                cells = _summed(counts)
                for number in range(month, following):
                    yield PanelRow(months[number][0], jurisdiction, subject, *cells)


def _course(view: View, action_id: str, key: str, ends: Sequence[int]) -> list[tuple[int, _Counted]]:
    """Return what a provision counts as from which month on; ``ends`` are the last days of the months."""
    effect = view.dataset.actions[action_id].model.provisions[key].effect
    # Of several turns in one month the last is what stands at its end.
    found = {
        bisect_left(ends, turn.day): (effect, turn.answer.state, turn.answer.basis not in _BEFORE)
        for turn in view.courses[action_id, key]
    }
    return [(month, counted) for month, counted in found.items() if month < len(ends)]


def _groups(view: View) -> dict[tuple[str, Subject], list[tuple[str, str]]]:
    """Return the provisions, as action and key, that govern a class in a place that their action names."""
    found: dict[tuple[str, Subject], list[tuple[str, str]]] = {}
    subjects: dict[tuple[str, ...], list[Subject]] = {}
    for action_id, record in view.dataset.actions.items():
        for key in record.model.provisions:
            by = view.dataset.governed(record.model, key)
            if by not in subjects:
                subjects[by] = [code for code in Subject if any(governs(view.dataset, name, code) for name in by)]
            for jurisdiction in record.model.jurisdictions:
                for subject in subjects[by]:
                    found.setdefault((jurisdiction, subject), []).append((action_id, key))
    return found


def _months(view: View) -> Iterator[tuple[str, int]]:
    """Yield each month, with its last day, from the first to the last day that the data name, however long ago."""
    ordinals = [ordinal for spell in view.spells for ordinal in (spell.first, spell.last, spell.vouched)]
    for record in view.dataset.actions.values():
        for dated in record.model.timeline.dates.values():
            ordinals += [dated.bounds.lo, dated.bounds.hi]
    known = [ordinal for ordinal in ordinals if OPEN_PAST < ordinal < OPEN_FUTURE]
    if not known:
        return
    first, last = date.fromordinal(min(known)), date.fromordinal(max(known))
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = number // 12, number % 12 + 1
        yield f"{year:04}-{month:02}", date(year, month, calendar.monthrange(year, month)[1]).toordinal()


def _summed(counts: Mapping[_Counted, int]) -> tuple[ForceState, int, int, int, int, int, int]:
    """Return the cells of a row, from the state on."""
    stood = dict.fromkeys(Effect, 0)
    states = {ForceState.NO_EVIDENCE}
    possible = 0
    for (effect, state, _), count in counts.items():
        if state in _STANDING:
            stood[effect] += count
        if state is ForceState.POSSIBLY_IN_FORCE:
            possible += count
        if count and effect not in {Effect.PERMITS, Effect.PRACTISES}:
            states.add(state)
    return (
        min(states, key=_STRENGTH.index),
        stood[Effect.PROHIBITS],
        stood[Effect.RESTRICTS],
        stood[Effect.REQUIRES],
        stood[Effect.PERMITS],
        stood[Effect.PRACTISES],
        possible,
    )


FORCE_TABLES = (
    Table(
        "measures",
        "Measures",
        MeasureRow,
        _measures,
        ("measure", "action"),
        (refers("measure", "actions"), refers("action", "actions")),
    ),
    Table("spells", "Spells", SpellRow, _spells, ("provision", "number"), (refers("provision", "provisions"),)),
    Table(
        "spell_actions",
        "Actions that open and close spells",
        SpellActionRow,
        _spell_actions,
        ("provision", "number", "action", "opens"),
        (Foreign(("provision", "number"), "spells", ("provision", "number")), refers("action", "actions")),
    ),
    Table(
        "panel",
        "Panel of months",
        PanelRow,
        _panel,
        ("month", "jurisdiction", "subject"),
        (refers("jurisdiction", "jurisdictions"),),
    ),
)
