"""The fold: whether a provision stands on a day, in three-valued logic over the bounds of its dates.

A provision stands when it has begun, is not over, and no operator has put it out. An operator is an action with a
chain link to it; it works while begun, not past its own end and not annulled, so that the sunset or the annulment of
an operator revives its target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from policytrack.codes import EndKind, Event, ForceBasis, ForceState, Form, Relation
from policytrack.dataset import Dataset
from policytrack.dates import (
    NEVER,
    OPEN_FUTURE,
    OPEN_PAST,
    Bounds,
    End,
    Truth,
    before,
    both,
    either,
    greatest,
    least,
    negate,
    not_after,
)
from policytrack.force.knowledge import Knowledge
from policytrack.models import Action, Link

_REPLACING = {Relation.REPEALS, Relation.SUPERSEDES, Relation.AMENDS}
_PRESUPPOSING = _REPLACING | {
    Relation.EXTENDS,
    Relation.SUSPENDS,
    Relation.REINSTATES,
    Relation.ANNULS,
    Relation.REMITS,
}
_AGAINST = (Relation.SUSPENDS, Relation.ANNULS, *_REPLACING)
# What holds only as long as its target does: evidence that it holds vouches for the target as well.
_LEANING = {Relation.EXTENDS, Relation.AMENDS, Relation.REINSTATES}

_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one provision on one day.

    ``since`` and ``until`` are the bounds of its first and last day by its own terms and those of its extensions,
    None when open. ``operators`` work, or may work, against it; ``annulled_by`` annul it later; ``vouched`` is the
    ordinal of the last day that evidence vouches for.
    """

    action: str
    provision: str
    state: ForceState
    basis: ForceBasis
    standing: Truth
    since: Bounds | None = None
    until: Bounds | None = None
    vouched: int = OPEN_PAST
    operators: tuple[str, ...] = ()
    annulled_by: tuple[str, ...] = ()


@dataclass
class Fold:
    """Answers about one data set as known by one day; what has been worked out is kept."""

    knowledge: Knowledge
    _planned: dict[tuple[str, str], Bounds] = field(default_factory=dict)
    _vouched: dict[str, int] = field(default_factory=dict)
    _annulled: dict[tuple[str, Bounds], Truth] = field(default_factory=dict)
    _over: dict[tuple[str, str, Bounds], Truth] = field(default_factory=dict)
    # Links that run in a circle, or without end, are an error of the data; here they stop instead of running for ever.
    _asking: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, dataset: Dataset, known: date | None = None) -> Fold:
        """Return the fold of ``dataset`` as known by the day ``known``, or with all that is known now."""
        return cls(Knowledge.by(dataset, known))

    def operators(self, target: str, *relations: Relation) -> Iterator[tuple[str, Action, Link]]:
        """Yield the actions in being that bear on ``target`` by one of ``relations``."""
        for chained in self.knowledge.dataset.incoming.get(target, ()):
            action = self.knowledge.actions.get(chained.action)
            if action is not None and chained.link.relation in relations and self.knowledge.birth(action) is not None:
                yield chained.action, action, chained.link

    # Beginning and end

    def start(self, action: Action, key: str = "") -> Bounds:
        """Return the bounds of the first day of a provision, or of an action that is in being.

        Where its own dates leave the past open, it came no earlier than what it refers to; where its own dates are
        earlier than that, they stand, and nothing is concluded.
        """
        told = self._told_start(action, key)
        if told.lo > OPEN_PAST:
            return told
        after = self.knowledge.after(action)
        return Bounds(after, told.hi) if after <= told.hi else told

    def _told_start(self, action: Action, key: str) -> Bounds:
        provision = action.provisions.get(key)
        if provision is not None and provision.starts is not None:
            return provision.starts.bounds
        effective = self.knowledge.dated(action, Event.EFFECTIVE)
        if effective is not None:
            return effective
        birth = self.knowledge.birth(action) or NEVER
        return Bounds(birth.lo, OPEN_FUTURE) if action.instrument.form is Form.LAW else birth

    def own_end(self, action_id: str, key: str = "") -> Bounds:
        """Return the bounds of the last day by the action's own terms, and by its having been seen to be over."""
        action = self.knowledge.actions[action_id]
        planned = self.planned(action_id, key)
        ended = self.knowledge.dated(action, Event.ENDED)
        return planned if ended is None else least([planned, ended])

    def planned(self, action_id: str, key: str = "") -> Bounds:
        """Return the bounds of the last day as planned: the provision's, else the action's."""
        if (action_id, key) not in self._planned:
            action = self.knowledge.actions[action_id]
            end = self.end_term(action, key)
            planned = NEVER if end is None else self._resolve(end, action_id, self.start(action, key))
            self._planned[action_id, key] = planned
        return self._planned[action_id, key]

    @staticmethod
    def end_term(action: Action, key: str) -> End | None:
        """Return the end that governs a provision: its own, else the action's."""
        provision = action.provisions.get(key)
        own = provision.ends if provision is not None else None
        return own or action.timeline.ends

    def _resolve(self, end: End, action_id: str, start: Bounds) -> Bounds:
        match end.kind:
            case EndKind.DATE if end.date is not None:
                return end.date.bounds
            case EndKind.DURATION if end.duration is not None:
                return end.duration.last_day(start)
            case EndKind.EVENT:
                return self.fulfilled(action_id)
            case EndKind.FIRST_OF:
                return least(self._resolve(term, action_id, start) for term in end.terms)
            case EndKind.LAST_OF:
                return greatest(self._resolve(term, action_id, start) for term in end.terms)
            case _:
                return NEVER

    def fulfilled(self, action_id: str) -> Bounds:
        """Return when the event came that an end waits for: the start of an action that fulfils it, else never."""
        starts = [self.start(action) for _, action, _ in self.operators(action_id, Relation.FULFILS)]
        return least(starts) if starts else NEVER

    def extensions(self, action_id: str, key: str) -> dict[str, Bounds]:
        """Return the extensions in being with their first days; none where a provision has an end of its own."""
        provision = self.knowledge.actions[action_id].provisions.get(key)
        if provision is not None and provision.ends is not None:
            return {}
        return {name: self.start(action) for name, action, _ in self.operators(action_id, Relation.EXTENDS)}

    def holders(self, action_id: str, key: str, day: Bounds) -> list[str]:
        """Return the actions whose end may be the one that counts on ``day``; ``action_id`` stands for its own terms.

        The extension in being that began last counts, an annulled one not at all; where the order or an annulment
        cannot be told there are several.
        """
        starts = self.extensions(action_id, key)
        if not starts:
            return [action_id]
        lost = {name: self.annulled(name, day) for name in starts}
        found = [
            name
            for name, start in starts.items()
            if lost[name] is not True
            and all(lost[other] is not False for other in starts if before(start, starts[other]) is True)
        ]
        return found if any(value is False for value in lost.values()) else [*found, action_id]

    def end(self, action_id: str, key: str, day: Bounds) -> Bounds:
        """Return the bounds of the last day, by the extensions that may count on ``day``."""
        holders = self.holders(action_id, key, day)
        if holders == [action_id] or not self._enter("end", action_id):
            return self.own_end(action_id, key)
        ends = [self.own_end(action_id, key) if name == action_id else self.end(name, "", day) for name in holders]
        self._asking.discard(("end", action_id))
        ended = self.knowledge.dated(self.knowledge.actions[action_id], Event.ENDED)
        hull = Bounds(min(end.lo for end in ends), max(end.hi for end in ends))
        return hull if ended is None else least([hull, ended])

    def over(self, action_id: str, key: str, day: Bounds) -> Truth:
        """Whether ``day`` lies after the last day."""
        own = before(self.own_end(action_id, key), day)
        if not self.extensions(action_id, key):
            return own
        if (action_id, key, day) in self._over:
            return self._over[action_id, key, day]
        if not self._enter("over", action_id):
            return own
        ended = self.knowledge.dated(self.knowledge.actions[action_id], Event.ENDED)
        seen_over = ended is not None and before(ended, day)
        found = {
            own if name == action_id else either([self.over(name, "", day), seen_over])
            for name in self.holders(action_id, key, day)
        }
        self._asking.discard(("over", action_id))
        self._over[action_id, key, day] = found.pop() if len(found) == 1 else None
        return self._over[action_id, key, day]

    def open_ended(self, action_id: str, key: str, day: Bounds) -> bool:
        """Whether nothing fixes the last day: it is open, or waits for an event that has not come."""
        if self.end(action_id, key, day).hi >= OPEN_FUTURE:
            return True
        return any(self._waits(name, key if name == action_id else "") for name in self.holders(action_id, key, day))

    def _waits(self, action_id: str, key: str) -> bool:
        end = self.end_term(self.knowledge.actions[action_id], key)
        return end is not None and bool(end.events) and self.fulfilled(action_id).hi >= OPEN_FUTURE

    # Operators

    def works(self, operator: str, day: Bounds) -> Truth:
        """Whether an operator works on ``day``: begun, not past its own end, not annulled."""
        action = self.knowledge.actions[operator]
        begun = not_after(self.start(action), day)
        return both(begun, negate(self.over(operator, "", day)), negate(self.annulled(operator, day)))

    def annulled(self, action_id: str, day: Bounds) -> Truth:
        """Whether a working ruling annuls the action on ``day``."""
        if (action_id, day) in self._annulled:
            return self._annulled[action_id, day]
        if not self._enter("annulled", action_id):
            return False
        found = either([self.works(name, day) for name, _, _ in self.operators(action_id, Relation.ANNULS)])
        self._asking.discard(("annulled", action_id))
        self._annulled[action_id, day] = found
        return found

    def against(self, action_id: str, key: str, day: Bounds) -> dict[str, Truth]:
        """Return the operators that put a provision out, and whether each does on ``day``."""
        found: dict[str, Truth] = {}
        for name, action, link in self.operators(action_id, *_AGAINST):
            if link.relation not in _REPLACING or covers(link, key):
                cleared = self.cleared(action_id, self.start(action), day)
                found[name] = both(self.works(name, day), negate(cleared))
        return found

    def cleared(self, action_id: str, start: Bounds, day: Bounds) -> Truth:
        """Whether a working reinstatement clears an operator that began at ``start``."""
        return either(
            [
                both(before(start, self.start(action)), self.works(name, day))
                for name, action, _ in self.operators(action_id, Relation.REINSTATES)
            ]
        )

    def contested(self, action_id: str, day: Bounds) -> Truth:
        """Whether a ruling has sent the question back and no later ruling has answered it."""
        return either(
            [
                both(self.works(name, day), negate(self._answered(action_id, self.start(action), day)))
                for name, action, _ in self.operators(action_id, Relation.REMITS)
            ]
        )

    def _answered(self, action_id: str, remitted: Bounds, day: Bounds) -> Truth:
        chain = [relation for relation in Relation if relation.chain]
        return either(
            [
                both(before(remitted, self.start(action)), self.works(name, day))
                for name, action, _ in self.operators(action_id, *chain)
                if action.instrument.form is Form.DECISION
            ]
        )

    # Answers

    def vouched(self, action_id: str) -> int:
        """Return the ordinal of the last day for which evidence vouches that the action holds."""
        if action_id in self._vouched:
            return self._vouched[action_id]
        if not self._enter("vouched", action_id):
            return OPEN_PAST
        action = self.knowledge.actions[action_id]
        confirmed = self.knowledge.dated(action, Event.CONFIRMED)
        days = [self.start(action).lo, *self.knowledge.publications(action)]
        days += [confirmed.lo] if confirmed else []
        for name, operator, link in self.operators(action_id, *_PRESUPPOSING):
            days.append(self.start(operator).lo)
            if link.relation is Relation.EXTENDS:
                planned = self.planned(action_id)
                days.append(planned.lo if planned.lo < OPEN_FUTURE else OPEN_PAST)
            if link.relation in _LEANING:
                days.append(self.vouched(name))
        self._asking.discard(("vouched", action_id))
        self._vouched[action_id] = max(days)
        return self._vouched[action_id]

    def provision(self, action_id: str, key: str, on: date | int) -> Answer:
        """Return what is known of provision ``key`` of an action on a day (a date or its ordinal)."""
        ordinal = on if isinstance(on, int) else on.toordinal()
        action = self.knowledge.actions.get(action_id)
        if action is None:
            return self._bare(action_id, key, ForceBasis.UNKNOWN_ACTION)
        if self.knowledge.dead(action):
            return self._bare(action_id, key, ForceBasis.DEAD)
        if self.knowledge.birth(action) is None:
            return self._bare(action_id, key, ForceBasis.PENDING)
        return self._weigh(action_id, action, key, Bounds(ordinal, ordinal))

    @staticmethod
    def _bare(action_id: str, key: str, basis: ForceBasis) -> Answer:
        return Answer(action_id, key, basis.state, basis, standing=False)

    def _weigh(self, action_id: str, action: Action, key: str, day: Bounds) -> Answer:
        start, end = self.start(action, key), self.end(action_id, key, day)
        begun, over = not_after(start, day), self.over(action_id, key, day)
        against = self.against(action_id, key, day)
        out = either(against.values())
        standing = both(begun, negate(over), negate(out))
        vouched = self.vouched(action_id)
        if standing is False:
            basis = self._why_not(action_id, key, day, begun, over)
        elif standing is None:
            basis = ForceBasis.UNCERTAIN_OPERATOR if out is None else ForceBasis.UNCERTAIN_END
            basis = ForceBasis.UNCERTAIN_START if begun is None else basis
        elif self.contested(action_id, day) is not False:
            basis = ForceBasis.CONTESTED
        else:
            late = self.open_ended(action_id, key, day) and day.lo > vouched
            basis = ForceBasis.OPEN_END if late else ForceBasis.STANDING
        return Answer(
            action=action_id,
            provision=key,
            state=basis.state,
            basis=basis,
            standing=None if basis is ForceBasis.CONTESTED else standing,
            since=start if start.lo > OPEN_PAST or start.hi < OPEN_FUTURE else None,
            until=end if end.lo < OPEN_FUTURE else None,
            vouched=vouched,
            operators=tuple(name for name, works in against.items() if works is not False),
            annulled_by=tuple(
                name
                for name, annuller, _ in self.operators(action_id, Relation.ANNULS)
                if day.lo < self.start(annuller).hi
            ),
        )

    def _why_not(self, action_id: str, key: str, day: Bounds, begun: Truth, over: Truth) -> ForceBasis:
        if begun is False:
            return ForceBasis.NOT_BEGUN
        if over is not True:
            return ForceBasis.OPERATOR
        ended = self.knowledge.dated(self.knowledge.actions[action_id], Event.ENDED)
        observed = ended is not None and before(ended, day) is True
        extended = self.holders(action_id, key, day) != [action_id]
        by_plan = not extended and before(self.planned(action_id, key), day) is True
        return ForceBasis.OBSERVED_END if observed and not by_plan else ForceBasis.SCHEDULED_END

    def _enter(self, question: str, action_id: str) -> bool:
        """Note that a question is being asked; False in a circle of links, or deeper than any history goes."""
        if (question, action_id) in self._asking or len(self._asking) >= _DEEPEST:
            return False
        self._asking.add((question, action_id))
        return True


def covers(link: Link, key: str) -> bool:
    """Whether a link takes the place of its target's provision ``key``."""
    if link.replaces is None:
        return link.relation.default_replaces_all
    return key in link.replaces
