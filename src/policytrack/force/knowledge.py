"""What was known by a day: which actions, which of their dates, and which event brought each into being."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from policytrack.codes import Event, Form, Instrument, Reading, Relation, Stage
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Bounds, least
from policytrack.models import Action

_ENACTED = (Event.ENACTED, Event.SIGNED, Event.PUBLISHED)
_VOTED_INTO_BEING = {Instrument.ORDINANCE, Instrument.REFERENDUM, Instrument.REGULATION}
# Told in advance: once the action is known, so are these, whatever day they name.
_SCHEDULED = {Event.EFFECTIVE, Event.ENDS}


def births(instrument: Instrument) -> tuple[Event, ...]:
    """Return the events that bring an action of this form into being; the first of them to happen does."""
    match instrument.form:
        case Form.LAW:
            return (*_ENACTED, Event.FINAL_VOTE) if instrument in _VOTED_INTO_BEING else _ENACTED
        case Form.DECISION:
            return (Event.DECIDED,)
        case Form.AGREEMENT:
            return (Event.APPROVED, Event.SETTLED) if instrument is Instrument.CONTRACT else (Event.APPROVED,)
        case _:
            return (Event.ANNOUNCED, Event.ADOPTED, Event.EFFECTIVE)


def first_public(action: Action) -> Bounds:
    """Return the bounds of the first event by which an action can become known.

    What nobody made known in advance becomes known when it takes effect, or when it was first seen.
    """
    dates = action.timeline.dates
    public = [dated.bounds for event, dated in dates.items() if event.public]
    return least(public or [dated.bounds for dated in dates.values()])


@dataclass(frozen=True)
class Knowledge:
    """A data set as somebody knew it at the end of the day ``day`` (an ordinal); `OPEN_FUTURE` is all there is."""

    dataset: Dataset
    day: int = OPEN_FUTURE
    _births: dict[int, Bounds | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def by(cls, dataset: Dataset, known: date | None) -> Knowledge:
        """Return what was known by ``known``, or everything."""
        return cls(dataset, OPEN_FUTURE if known is None else known.toordinal())

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """The actions that were known, by id."""
        return {
            action_id: record.model
            for action_id, record in self.dataset.actions.items()
            if first_public(record.model).hi <= self.day
        }

    def dated(self, action: Action, event: Event) -> Bounds | None:
        """Return the bounds of an event, or None when it has no date or was not known yet."""
        found = action.timeline.get(event)
        if found is None:
            return None
        return found.bounds if event in _SCHEDULED or found.bounds.hi <= self.day else None

    def after(self, action: Action) -> int:
        """Return the first day that what ``action`` refers to allows for it, `OPEN_PAST` where that says nothing.

        A link stands with the later of two actions; only a companion may be the earlier one.
        """
        named = (link.target for link in action.links if link.relation is not Relation.COMPANION)
        return max((self._first(target) for target in named), default=OPEN_PAST)

    def _first(self, action_id: str) -> int:
        action = self.actions.get(action_id)
        if action is None:
            return OPEN_PAST
        # A law may be amended before it takes effect: only the steps to it and its birth count.
        steps = {event for event in action.timeline.dates if event.role in {"step", "birth"}}
        known = (self.dated(action, event) for event in steps | {*births(action.instrument)})
        return min((bounds.lo for bounds in known if bounds is not None), default=OPEN_PAST)

    def dead(self, action: Action) -> bool:
        """Whether it failed, was withdrawn or was vetoed."""
        return any(self.dated(action, event) is not None for event in action.timeline.dates if event.role == "death")

    def birth(self, action: Action) -> Bounds | None:
        """Return the bounds of the day on which an action came into being, or None when it did not."""
        # The fold asks this of every action for every day; the models do not change, so that one answer is enough.
        if id(action) not in self._births:
            found = [] if self.dead(action) else [self.dated(action, event) for event in births(action.instrument)]
            known = [bounds for bounds in found if bounds is not None]
            self._births[id(action)] = least(known) if known else None
        return self._births[id(action)]

    def stage(self, action_id: str) -> Stage:
        """Return how far an action had come."""
        action = self.actions.get(action_id)
        if action is None:
            return Stage.UNKNOWN
        if self.dead(action):
            return Stage.DEAD
        return Stage.PROPOSED if self.birth(action) is None else Stage.IN_BEING

    def publications(self, action: Action) -> Iterator[int]:
        """Yield the first day on which each supporting source, in the version read, can have been published."""
        for evidence in action.evidence:
            source = self.dataset.sources.get(evidence.at.source)
            if source is None or evidence.reading is Reading.CONTRADICTS:
                continue
            for dated in (source.model.published, source.model.updated):
                if dated is not None and dated.bounds.hi <= self.day:
                    yield dated.bounds.lo
