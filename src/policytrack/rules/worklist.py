"""The worklist: what awaits somebody. Notices never fail a check, and some depend on the day on which it runs."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Event, ForceState, ReviewState
from policytrack.dates import OPEN_PAST, Bounds, day
from policytrack.evidence.independence import is_primary
from policytrack.findings import Severity
from policytrack.rules.certainty import OPERATORS, TWO_YEARS, precedes, shown
from policytrack.rules.ends import scheduled, start_of
from policytrack.rules.registry import Case, Fault, fault, rule


@rule("PT901", Severity.NOTICE)
def expiry_passed(case: Case) -> Iterator[Fault]:
    """The planned end of an action has passed, and nobody has recorded what came of it.

    Measures with a date are often prolonged in the last week. Look whether it was extended, replaced or let go: record
    the later action, or `ended` with the source that shows it.

    Bad: records/actions/2019/acme-trial-2019.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2019-01-10, ends: P6M}  # <-
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2019/acme-trial-2019.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2019-01-10, ends: P6M, ended: 2019-07-10}
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        action = record.model
        start = start_of(case.fold, action)
        end = scheduled(action.timeline.ends, start)
        followed = any(each.link.relation in OPERATORS for each in case.dataset.incoming.get(record.id, ()))
        known = followed or action.timeline.get(Event.ENDED) is not None
        if start is not None and not known and precedes(end, day(case.today)) and end is not None:
            message = f"the end, {shown(end)}, has passed, and no later action is known"
            advice = "record what came of it, or `ended` with a source that shows it"
            yield fault(record, ("timeline", "ends"), message, advice)


@rule("PT902", Severity.NOTICE)
def long_unconfirmed(case: Case) -> Iterator[Fault]:
    """An action with an open end has not been confirmed for two years.

    It counts as presumed in force, on evidence that grows old. Look for a source that shows it still holds, and date
    it with `confirmed`; or record what ended it.

    Bad: records/actions/2018/acme-screening-2018.yaml
        title: Acme checks visitors by face
        kind: deployment
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2018-05-01}  # <-
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: paper-five-2018#p1, supports: all}]
    Bad: records/sources/2018/paper-five-2018.yaml
        type: news-article
        title: Acme looks at faces
        publisher: Paper Five
        credit: own-byline
        url: https://paper-five.example/acme
        published: 2018-05-02
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: "5555555555555555555555555555555555555555555555555555555555555555"

    Good: records/actions/2018/acme-screening-2018.yaml
        title: Acme checks visitors by face
        kind: deployment
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2018-05-01, confirmed: 2020-06-11}
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        last = case.fold.vouched(record.id)
        if not OPEN_PAST < last <= TWO_YEARS.after(last) < case.today.toordinal():
            continue
        # Only what has an open end is presumed to last, and that is quickly told.
        lasting = [key for key in record.model.provisions if case.fold.open_ended(record.id, key, day(case.today))]
        states = {case.fold.provision(record.id, key, case.today).state for key in lasting}
        if ForceState.PRESUMED_IN_FORCE in states:
            seen = shown(Bounds(last, last))
            message = f"open-ended, and nothing vouches for it after {seen}"
            yield fault(record, ("timeline",), message, "look for a source that shows that it holds, or that it ended")


@rule("PT905", Severity.NOTICE)
def draft(case: Case) -> Iterator[Fault]:
    """Nobody has compared the record with its sources since it was written.

    A second reader finds what the first took for granted. Compare every field with the passages cited, then write
    `review: {state: reviewed, by: HANDLE, on: DAY}`.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        review: {state: draft}  # <-

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        review: {state: reviewed, by: curator, on: 2026-11-22}
    """
    for record in case.dataset.actions.values():
        review = record.model.review
        if review is None or review.state is ReviewState.DRAFT:
            message = "a draft" if review else "nobody has reviewed it"
            yield fault(record, ("review",), message, "compare it with its sources, then write `review:` with a handle")


@rule("PT908", Severity.NOTICE)
def text_of_nobody(case: Case) -> Iterator[Fault]:
    """A text of those who acted does not say whose it is.

    Until it does, it counts as primary for every act that cites it, and what one body says of another's act is a
    report. Name the actor whose text it is under `issuer`; who writes about others is credited as a reporter is.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer  # <-
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        issuer: acme
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        source = record.model
        if source.issuer is None and source.copy_of is None and is_primary(source):
            place = ("credit",) if source.credit else ("type",)
            yield fault(
                record, place, "a text of those who acted, without an `issuer`", "name the actor whose text it is"
            )
