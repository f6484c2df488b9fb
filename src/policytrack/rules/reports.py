"""Time, seen from the sources: the dates of an action fit with the dates of those that report it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from policytrack.codes import DateBasis, Event, Reading
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Bounds, Duration, PartialDate, day
from policytrack.evidence.support import ALL
from policytrack.findings import Severity
from policytrack.models import Action, Source
from policytrack.parsing import Record
from policytrack.rules.certainty import precedes, reporting, shown, written
from policytrack.rules.registry import Case, Fault, fault, rule

_WEEK = 7
_FIFTY_YEARS = Duration.parse("P50Y")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b", re.IGNORECASE)


@rule("PT206", Severity.WARNING)
def event_after_every_report(case: Case) -> Iterator[Fault]:
    """Every source that reports an event is older than the event.

    Nobody reports what has not happened: the date is wrong, or the sources only announce it. What is scheduled
    (`effective`, `ends` and the dates of provisions) may lie ahead. Sources without a date are not asked. Across time
    zones a report can carry the date of the day before; a waiver says so.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-07-10}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, effective: 2020-07-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for event, happened in record.model.timeline.dates.items():
            issued = [
                span for source in reporting(case.dataset, record.model, event).values() if (span := _issued(source))
            ]
            if event.role != "start" and issued and all(precedes(span, happened.bounds) for span in issued):
                latest = shown(max(issued, key=lambda span: span.hi))
                message = f"{event} {happened.text} lies after every source that reports it, the last of {latest}"
                yield fault(record, ("timeline", event.value), message, "look at the sources again for the day")


def _issued(source: Source) -> Bounds | None:
    """Return when the version read of a source was issued: its update, else its publication."""
    dated = source.updated or source.published
    return dated.bounds if dated else None


@rule("PT215", Severity.WARNING)
def planned_for_a_far_day(case: Case) -> Iterator[Fault]:
    """A planned day lies more than fifty years after the last source was read or issued.

    Hardly any measure is set for another generation: two digits of the year are more likely the wrong way round. If the
    source does say so, a waiver with the reason keeps the date.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, effective: 2202-07-10}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, effective: 2022-07-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        last = _last_seen(case, record.model)
        if last is None:
            continue
        limit = Bounds(OPEN_PAST, _FIFTY_YEARS.after(last))
        for at, date_ in written(record):
            # What lies after its report is another rule's, unless it is planned.
            planned = at[0] != "timeline" or at[-1] in {Event.EFFECTIVE, Event.ENDS}
            if planned and date_.bounds.lo > OPEN_PAST and precedes(limit, date_.bounds):
                message = f"{at[-1]} {date_.text} lies more than 50 years after {date.fromordinal(last)}"
                advice = "look at the year again: the last of its sources was read or issued on that day"
                yield fault(record, at, message, advice)


def _last_seen(case: Case, action: Action) -> int | None:
    """Return the last day, today at most, on which a source that the action cites was read or issued."""
    known = case.dataset.sources
    sources = [known[item.at.source].model for item in action.evidence if item.at.source in known]
    read = [day(source.read.on) for source in sources if source.read.on]
    days = [span.hi for span in (*read, *filter(None, map(_issued, sources))) if OPEN_PAST < span.hi < OPEN_FUTURE]
    return min(max(days), case.today.toordinal()) if days else None


@rule("PT207", Severity.WARNING)
def page_stamp_as_date(case: Case) -> Iterator[Fault]:
    """The date of an event is a stamp on the page of its only source.

    Headers, footers and feeds stamp pages with the day of a copy, a crawl or a visit. Such a day is no statement about
    the event. Look for what the text itself says; if it only limits the day, write a span such as `..2020-11-26`.

    Bad: records/sources/undated/paper-four.yaml
        type: news-article
        title: Acme out of the market
        publisher: Paper Four
        credit: own-byline
        url: https://paper-four.example/acme
        page_dates: [2020-11-26 date in the page header]
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: "4444444444444444444444444444444444444444444444444444444444444444"
    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-11-26}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: paper-four#p1, supports: all}]

    Good: records/sources/undated/paper-four.yaml
        type: news-article
        title: Acme out of the market
        publisher: Paper Four
        credit: own-byline
        url: https://paper-four.example/acme
        page_dates: [2020-11-26 date in the page header]
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: "4444444444444444444444444444444444444444444444444444444444444444"
    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: ..2020-11-26}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: paper-four#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for event, happened in record.model.timeline.dates.items():
            sources = reporting(case.dataset, record.model, event)
            if happened.basis is not DateBasis.STATED or len(sources) != 1:
                continue
            [(name, source)] = sources.items()
            if any(stamp.date.bounds == happened.bounds for stamp in source.page_dates):
                message = f"{event} {happened.text} is a stamp on the page of `{name}`, the only source"
                advice = f"take the day from the text; if it only limits the day, write ..{happened.text}"
                yield fault(record, ("timeline", event.value), message, advice)


@rule("PT208", Severity.ERROR)
def weekday_of_no_single_day(case: Case) -> Iterator[Fault]:
    """A date that rests on a weekday is not one day.

    A source that names a weekday names one day, resolved against the date of the source. If it cannot be resolved, the
    date is `bounded`, and the notes say what is known.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-08..2020-06-10 weekday}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10 weekday}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for event, happened in record.model.timeline.dates.items():
            # A reversed span has a rule of its own.
            if happened.basis is DateBasis.WEEKDAY and happened.bounds.lo < happened.bounds.hi:
                message = f"{event} {happened.text} rests on a weekday and is not one day"
                yield fault(record, ("timeline", event.value), message, "write the day, or leave out the basis")


@rule("PT209", Severity.WARNING)
def weekday_far_from_its_report(case: Case) -> Iterator[Fault]:
    """A day that rests on a weekday lies more than a week before every source that reports it.

    A bare weekday means the last one before the report. A day of an earlier week was resolved against another date, or
    against the wrong month. Look at the date of the source again, or cite the source whose weekday it is.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-05-13 weekday}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10 weekday}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record, event, happened in _weekdays(case.dataset):
        sources = reporting(case.dataset, record.model, event).values()
        issued = [span for source in sources for span in _dates(source)]
        last = Bounds(happened.bounds.lo + _WEEK, happened.bounds.hi + _WEEK)
        if issued and all(map(_dates, sources)) and all(precedes(last, span) for span in issued):
            message = f"{event} {happened.text} rests on a weekday, but lies more than a week before every report"
            yield fault(record, ("timeline", event.value), message, "resolve it against the date of the report again")


def _dates(source: Source) -> list[Bounds]:
    return [dated.bounds for dated in (source.published, source.updated) if dated]


@rule("PT210", Severity.ERROR)
def weekday_that_is_not_that_weekday(case: Case) -> Iterator[Fault]:
    """A day that rests on a weekday falls on another weekday than the passage names.

    The key terms and the locator of a passage may name the weekday that the source gives. The date must fall on it;
    a slip of a day or a week, or of a year, shows here. Mind the time zone of the place where it happened.

    Bad: records/actions/2020/other-corp-exit-2020.yaml
        title: Other Corporation leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: other-corp
        timeline: {announced: 2020-06-10 weekday}  # <-
        provisions:
          p1: {prohibits: sell}
        evidence: [{at: paper-two-2020#p2, supports: all}]

    Good: records/actions/2020/other-corp-exit-2020.yaml
        title: Other Corporation leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: other-corp
        timeline: {announced: 2020-06-11 weekday}
        provisions:
          p1: {prohibits: sell}
        evidence: [{at: paper-two-2020#p2, supports: all}]
    """
    for record, event, happened in _weekdays(case.dataset):
        named = _named_weekdays(case.dataset, record.model, event)
        falls = _WEEKDAYS[date.fromordinal(happened.bounds.lo).weekday()]
        if named and falls not in named:
            told = " or ".join(day.capitalize() for day in _WEEKDAYS if day in named)
            message = f"{event} {happened.text} is a {falls.capitalize()}; the passage names {told}"
            yield fault(record, ("timeline", event.value), message, "resolve the weekday against the report again")


def _weekdays(dataset: Dataset) -> Iterator[tuple[Record[Action], Event, PartialDate]]:
    """Yield the events whose day rests on a weekday."""
    for record in dataset.actions.values():
        for event, happened in record.model.timeline.dates.items():
            if happened.basis is DateBasis.WEEKDAY and happened.bounds.exact:
                yield record, event, happened


def _named_weekdays(dataset: Dataset, action: Action, event: Event) -> set[str]:
    """Return the weekdays that the cited passages name, in lower case."""
    found: set[str] = set()
    for item in action.evidence:
        source = dataset.sources.get(item.at.source)
        passage = source.model.passages.get(item.at.passage) if source else None
        if passage and item.reading is not Reading.CONTRADICTS and {event.value, ALL} & set(item.supports):
            text = " ".join((passage.locator, *passage.terms))
            found |= {match.casefold() for match in _WEEKDAY.findall(text)}
    return found
