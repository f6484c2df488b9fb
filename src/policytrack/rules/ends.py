"""Ends: the last day of an action or a provision fits with its first, and with its other ends."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import EndKind, Event, Kind, Relation
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, SOMETIME, End, greatest, least
from policytrack.findings import Severity
from policytrack.force import Fold
from policytrack.models import Action
from policytrack.parsing import Record
from policytrack.rules.certainty import Bounded, bounds, precedes, shown
from policytrack.rules.registry import Case, Fault, fault, rule

_PROLONGS = frozenset({Relation.EXTENDS, Relation.AMENDS, Relation.REINSTATES})


def scheduled(end: End | None, start: Bounded) -> Bounded:
    """Return the bounds of the last day that an end fixes, or None where it fixes none.

    Of several ends that run together the open ones leave their side open: `first-of 2021-12-31 | event x` is over by
    the end of 2021, and nobody can say from when on.
    """
    match end:
        case End(date=date) if date is not None:
            return date.bounds if date.bounds.lo <= date.bounds.hi else None
        case End(duration=duration) if duration is not None:
            return duration.last_day(start) if start is not None and start.lo <= start.hi else None
        case End(kind=EndKind.FIRST_OF, terms=terms):
            return least(scheduled(term, start) or SOMETIME for term in terms)
        case End(kind=EndKind.LAST_OF, terms=terms):
            return greatest(scheduled(term, start) or SOMETIME for term in terms)
        case _:
            return None


def start_of(fold: Fold, action: Action, key: str = "") -> Bounded:
    """Return the bounds of the first day of an action or a provision, or None while nothing dates it."""
    start = fold.start(action, key)
    return start if start.lo < OPEN_FUTURE else None


@rule("PT211", Severity.WARNING)
def ends_that_contradict(case: Case) -> Iterator[Fault]:
    """Two ends of one action cannot both be right.

    An action that ends on a fixed day cannot have been seen to hold, or to end, after it, unless another action
    prolonged it; and a provision does not outlast its action. Record the extension, or correct one of the ends.

    Bad: records/actions/2020/acme-trial-2020.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-01-10
          ends: 2020-03-31
          ended: 2020-06-01  # <-
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-trial-2020.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-01-10
          ends: 2020-05-31..2020-06-30
          ended: 2020-06-01
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        action = record.model
        end = scheduled(action.timeline.ends, start_of(case.fold, action))
        if end is None or _prolonged(case.dataset, record.id):
            continue
        for event in (Event.ENDED, Event.CONFIRMED):
            if precedes(end, bounds(action, event)):
                message = f"{event} {action.timeline.dates[event].text} lies after the end, {shown(end)}"
                yield fault(record, ("timeline", event.value), message, "record the extension, or mend one of the two")
                break
        for key, provision in action.provisions.items():
            own = scheduled(provision.ends, start_of(case.fold, action, key))
            if own is not None and precedes(end, own):
                message = f"{key} ends {shown(own)}, after its action, which ends {shown(end)}"
                yield fault(record, ("provisions", key, "ends"), message, "mend one of the two ends")


def _prolonged(dataset: Dataset, action_id: str) -> bool:
    return any(chained.link.relation in _PROLONGS for chained in dataset.incoming.get(action_id, ()))


@rule("PT212", Severity.WARNING)
def moratorium_without_end(case: Case) -> Iterator[Fault]:
    """A moratorium says nothing of its end.

    A moratorium forbids for a time, until an event or until further notice; what forbids with no end in view is a ban.
    Write what the source says, or `ends: unknown` if nobody found it.

    Bad: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for now
        kind: moratorium  # <-
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for now
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        action = record.model
        ends = [action.timeline.ends, *(provision.ends for provision in action.provisions.values())]
        # An end that was taken out and left its support behind is told of there.
        told = any(Event.ENDS in item.supports for item in action.evidence) and action.timeline.ends is None
        if action.kind is Kind.MORATORIUM and not told and all(end is None or end.kind is EndKind.NONE for end in ends):
            said = "its end is `none`" if action.timeline.ends else "it has no end"
            advice = "write `ends:` as the source has it, or `unknown`; without any end it is a ban"
            yield fault(record, ("kind",), f"a moratorium, but {said}", advice)


@rule("PT213", Severity.ERROR)
def end_before_start(case: Case) -> Iterator[Fault]:
    """The last day lies before the first.

    An action, a provision or a membership that is over before it begins was never there. One of the two dates is
    wrong, or belongs to something else.

    Bad: records/actions/2020/acme-trial-2020.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-06-10
          effective: 2020-07-01
          ends: 2020-06-30  # <-
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-trial-2020.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-06-10
          effective: 2020-07-01
          ends: 2020-07-31
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        yield from _action_ends(case.fold, record)
        yield from _provision_ends(case.fold, record)
    for place in case.dataset.jurisdictions.values():
        for number, membership in enumerate(place.model.member_of):
            since, until = membership.since, membership.until
            if since is not None and until is not None and precedes(until.bounds, since.bounds):
                message = f"until {until.text} lies before from {since.text}"
                yield fault(place, ("member_of", number, "until"), message, "mend one of the two dates")


def _action_ends(fold: Fold, record: Record[Action]) -> Iterator[Fault]:
    action = record.model
    start = start_of(fold, action)
    told = {"ends": scheduled(action.timeline.ends, start), "ended": bounds(action, Event.ENDED)}
    if precedes(told["ended"], bounds(action, Event.CONFIRMED)):
        del told["ended"]  # one mistake, told by another rule
    for name, end in told.items():
        if start and end and precedes(end, start):
            message = f"{name} {shown(end)} lies before the first day, {shown(start)}"
            yield fault(record, ("timeline", name), message, "mend one of the two dates")


def _provision_ends(fold: Fold, record: Record[Action]) -> Iterator[Fault]:
    action = record.model
    for key, provision in action.provisions.items():
        start = start_of(fold, action, key)
        end = scheduled(provision.ends or action.timeline.ends, start)
        if start and end and (provision.ends or provision.starts) and precedes(end, start):
            name = "ends" if provision.ends else "from"
            message = f"{key} ends {shown(end)}, before its first day, {shown(start)}"
            yield fault(record, ("provisions", key, name), message, "mend one of the two dates")
