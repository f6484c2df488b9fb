"""Time: the dates of one action fit with one another."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import DateBasis, Event
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, PartialDate
from policytrack.documents import Path
from policytrack.findings import Severity
from policytrack.models import Action
from policytrack.rules.certainty import YEAR, bounds, precedes, written
from policytrack.rules.registry import Case, Fault, fault, rule

# Each event of a row comes after those before it; what stands together in a set has no order of its own.
_ORDERS: tuple[tuple[frozenset[Event], ...], ...] = (
    (
        frozenset({Event.PROPOSED}),
        frozenset({Event.INTRODUCED}),
        frozenset({Event.FIRST_VOTE}),
        frozenset({Event.PASSED, Event.FINAL_VOTE}),
        frozenset({Event.SIGNED, Event.VETOED}),
        frozenset({Event.ENACTED}),
        frozenset({Event.PUBLISHED}),
    ),
    (
        frozenset({Event.PROPOSED, Event.INTRODUCED, Event.FIRST_VOTE, Event.FILED}),
        frozenset({Event.FAILED, Event.WITHDRAWN}),
    ),
    (frozenset({Event.FILED}), frozenset({Event.DECIDED, Event.SETTLED}), frozenset({Event.PUBLISHED, Event.APPROVED})),
)
_RANKS = [{event: rank for rank, events in enumerate(order) for event in events} for order in _ORDERS]
_BIRTHS = frozenset(event for event in Event if event.role == "birth")


@rule("PT201", Severity.ERROR)
def span_written_backwards(case: Case) -> Iterator[Fault]:
    """A span ends before it begins.

    A span names the first and the last day on which something can lie. Backwards it holds no day at all. Swap the two,
    or look at the source again.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10..2020-06-08}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-08..2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.records:
        for at, date in written(record):
            if date.backwards:
                first, _, last = date.text.partition("..")
                yield fault(record, at, f"`{date.text}` ends before it begins", f"write {last}..{first}")


@rule("PT202", Severity.ERROR)
def steps_out_of_order(case: Case) -> Iterator[Fault]:
    """A step of a procedure lies before one that must come first.

    A bill is introduced before it is passed, passed before it is signed, and a case is filed before it is decided. Two
    dates the wrong way round mean that one of them is wrong, or belongs to another step or another act.

    Bad: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline:
          introduced: 2020-03-02
          passed: 2020-02-20  # <-
          signed: 2020-06-10
          effective: 2020-07-01
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline:
          introduced: 2020-03-02
          passed: 2020-05-20
          signed: 2020-06-10
          effective: 2020-07-01
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        dates = dict(record.model.timeline.dates)
        while clashes := _clashes(dates):
            # One wrong date clashes with many: blame the one with the most clashes, and of two the later step.
            worst = max(clashes, key=lambda event: (len(clashes[event]), list(Event).index(event)))
            other = clashes[worst][0]
            first, second = (worst, other) if _after(other, worst) else (other, worst)
            message = f"{second} {dates[second].text} lies before {first} {dates[first].text}"
            advice = "one of the two dates is wrong, or is that of another step"
            yield fault(record, ("timeline", worst.value), message, advice)
            del dates[worst]


def _clashes(dates: dict[Event, PartialDate]) -> dict[Event, list[Event]]:
    """Return, for each event that is out of order for certain, those with which it clashes."""
    found: dict[Event, list[Event]] = {}
    for first, early in dates.items():
        for second, late in dates.items():
            if _after(second, first) and precedes(late.bounds, early.bounds):
                found.setdefault(first, []).append(second)
                found.setdefault(second, []).append(first)
    return found


def _after(event: Event, other: Event) -> bool:
    """Whether ``event`` cannot come before ``other``."""
    return any(event in ranks and other in ranks and ranks[event] > ranks[other] for ranks in _RANKS)


@rule("PT203", Severity.ERROR)
def effective_before_it_existed(case: Case) -> Iterator[Fault]:
    """An action takes effect before it came into being, and the date is not marked as retrospective.

    A ban cannot apply before anybody announced or enacted it, unless it reaches back, or tells of a practice that is
    older than the announcement. If so, write `retrospective` behind the date; if not, one of the dates is wrong.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-06-10
          effective: 2020-05-01  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-06-10
          effective: 2020-05-01 retrospective
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        dates = record.model.timeline.dates
        births = {event: date for event, date in dates.items() if event in _BIRTHS}
        for at, start in _starts(record.model):
            early = start.basis is not DateBasis.RETROSPECTIVE and bool(births)
            if early and all(precedes(start.bounds, date.bounds) for date in births.values()):
                event, date = min(births.items(), key=lambda item: item[1].bounds)
                message = f"{at[-1]} {start.text} lies before {event} {date.text}"
                advice = "write `retrospective` behind the date if it reaches back, else look at the source again"
                yield fault(record, at, message, advice)


def _starts(action: Action) -> Iterator[tuple[Path, PartialDate]]:
    effective = action.timeline.get(Event.EFFECTIVE)
    if effective:
        yield ("timeline", "effective"), effective
    for key, provision in action.provisions.items():
        if provision.starts:
            yield ("provisions", key, "from"), provision.starts


@rule("PT204", Severity.WARNING)
def start_within_more_than_a_year(case: Case) -> Iterator[Fault]:
    """The span in which an action or a provision began is longer than a year.

    For every day of the span the answer is only "possibly in force". So long a span usually means that a narrower one
    follows from the sources: from the day of the act, or the day of the first report. An open side is no such span: it
    says plainly that nobody knows.

    Bad: records/actions/2018/xx-police-cameras-2018.yaml
        title: Police of Country X run face recognition cameras
        kind: deployment
        instrument: agency-decision
        actor: xx-police
        timeline:
          announced: 2018
          effective: 2018-01-01..2019-06-30  # <-
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2018/xx-police-cameras-2018.yaml
        title: Police of Country X run face recognition cameras
        kind: deployment
        instrument: agency-decision
        actor: xx-police
        timeline:
          announced: 2018
          effective: 2018
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for at, start in _starts(record.model):
            span = start.bounds
            if span.lo > OPEN_PAST and YEAR.after(span.lo) <= span.hi < OPEN_FUTURE:
                message = f"`{start.text}` leaves more than a year for the first day"
                yield fault(record, at, message, "narrow it by the day of the act or of the first report")


@rule("PT205", Severity.ERROR)
def over_before_last_seen(case: Case) -> Iterator[Fault]:
    """An action was over before the last day on which it is said to have held.

    `ended` is the last day in force, `confirmed` the latest day for which a source supports that it still held. The
    later of the two cannot be true together with the other.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-05-02
          confirmed: 2020-06-10
          ended: 2020-06-01  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline:
          announced: 2020-05-02
          confirmed: 2020-05-20
          ended: 2020-06-01
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        dates = record.model.timeline.dates
        if precedes(bounds(record.model, Event.ENDED), bounds(record.model, Event.CONFIRMED)):
            message = f"ended {dates[Event.ENDED].text} lies before confirmed {dates[Event.CONFIRMED].text}"
            yield fault(record, ("timeline", "ended"), message, "one of the two is wrong, or it was taken up again")
