"""Coming into being: what is told as done has the event that makes an act of its form."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Event, Form, Kind
from policytrack.findings import Severity
from policytrack.force.knowledge import births
from policytrack.models import Action
from policytrack.rules.registry import Case, Fault, fault, rule

# A proceeding that is opened decides nothing yet.
_OPEN = frozenset({Kind.INVESTIGATION, Kind.LAWSUIT})


@rule("PT214", Severity.WARNING)
def never_came_into_being(case: Case) -> Iterator[Fault]:
    """An act is told as done, and no event brings an act of its form into being.

    A fine that is only announced counts as pending, and is in force on no day. A decision needs `decided`, a law
    `enacted`, `signed` or `published`, a contract `approved` or `settled`, an act of one's own `announced` or
    `adopted`. Where a source gives only a later day, the event lies on or before it: `..2021-03-02 computed`.

    Bad: records/actions/2020/xx-police-fine-2020.yaml
        title: A court fines Acme
        kind: fine
        instrument: court-decision
        actor: xx-police
        jurisdictions: [xx]
        timeline: {announced: 2020-06-10}  # <-
        provisions:
          p1: {requires: pay, by: [acme], amount: 100 EUR}
        evidence:
          - {at: acme-release-2020#p1, supports: all}

    Good: records/actions/2020/xx-police-fine-2020.yaml
        title: A court fines Acme
        kind: fine
        instrument: court-decision
        actor: xx-police
        jurisdictions: [xx]
        timeline: {announced: 2020-06-10, decided: ..2020-06-10 computed}
        provisions:
          p1: {requires: pay, by: [acme], amount: 100 EUR}
        evidence:
          - {at: acme-release-2020#p1, supports: all}
    """
    for record in case.dataset.actions.values():
        action = record.model
        needed = births(action.instrument)
        dates = action.timeline.dates
        if action.kind in _OPEN or any(event in dates for event in needed) or any(e.role == "death" for e in dates):
            continue
        told = next((event for event in _done(action) if event in dates), None)
        if told is not None:
            message = f"`{told}` is dated, and nothing brings a {action.instrument} into being"
            advice = f"date {' or '.join(f'`{event}`' for event in needed)}; on or before a day is `..DAY computed`"
            yield fault(record, ("timeline",), message, advice)


def _done(action: Action) -> tuple[Event, ...]:
    """Return the events that tell of an act as done, though none of them makes one of its form."""
    seen = (Event.CONFIRMED, Event.ENDED)
    match action.instrument.form:
        case Form.DECISION:
            return (*seen, Event.ANNOUNCED, Event.PUBLISHED, Event.EFFECTIVE)
        case Form.OWN_ACT:
            return (*seen, Event.PUBLISHED, Event.FINAL_VOTE)
        case _:
            return (*seen, Event.EFFECTIVE)
