"""Dates, ends and states in the words of a reader; nothing is told more precisely than it is known."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from policytrack.codes import Conduct, EndKind
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Bounds, Duration, End, PartialDate
from policytrack.models.values import Amount

_UNITS: Final = (("years", "year"), ("months", "month"), ("weeks", "week"), ("days", "day"))


def dated(when: PartialDate | None) -> str:
    """Return a date as people write it: `10 June 2020`, `June 2020`, `between 7 and 9 June 2020`."""
    if when is None:
        return ""
    first, dots, last = when.text.partition("..")
    if not dots:
        return partial(first)
    if not first:
        return f"by {partial(last)}"
    return f"between {_shortened(first, last)} and {partial(last)}" if last else f"from {partial(first)} on"


def _shortened(first: str, last: str) -> str:
    """Return the first of two dates without what it shares with the last: `7` of `7 and 9 June 2020`."""
    one, other = partial(first).split(" "), partial(last).split(" ")
    while len(one) > 1 and len(one) == len(other) and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return " ".join(one)


@lru_cache(maxsize=8192)
def partial(text: str) -> str:
    """Return `2020`, `2020-06` or `2020-06-10` as people write it."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    month = f"{calendar.month_name[parts[1]]} {parts[0]}"
    return month if len(parts) == 2 else f"{parts[2]} {month}"  # noqa: PLR2004 - year and month


def spoken(day: date | int) -> str:
    """Return a day, or the ordinal of one, as people write it."""
    return partial((date.fromordinal(day) if isinstance(day, int) else day).isoformat())


@lru_cache(maxsize=8192)
def bounded(bounds: Bounds | None) -> str:
    """Return the days between which something lies, or "" where nothing is known of it."""
    if bounds is None or bounds.lo >= OPEN_FUTURE or (bounds.lo <= OPEN_PAST and bounds.hi >= OPEN_FUTURE):
        return ""
    if bounds.exact and bounds.earliest:
        return spoken(bounds.earliest)
    earliest, latest = bounds.earliest, bounds.latest
    if earliest and latest and (whole := _whole(earliest, latest)):
        return partial(whole)
    if earliest and latest:
        return f"between {_shortened(earliest.isoformat(), latest.isoformat())} and {spoken(latest)}"
    if latest:
        return f"by {spoken(latest)}"
    return f"{spoken(earliest)} or later" if earliest else ""


def _whole(first: date, last: date) -> str:
    """Return the year or the month that runs from ``first`` to ``last``: `2021`, `2021-06`; "" for any other days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    ends = calendar.monthrange(last.year, last.month)[1]
    one = (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == ends
    return f"{first.year}-{first.month:02}" if one else ""


def ended(end: End | None) -> str:
    """Return how a measure ends: a last day, a duration, an event, or an openness."""
    if end is None:
        return "not said"
    match end.kind:
        case EndKind.DATE:
            return f"last day {dated(end.date)}"
        case EndKind.DURATION:
            return f"after {lasting(end.duration)}" if end.duration else end.text
        case EndKind.EVENT:
            return f"when this happens: {end.event.replace('-', ' ')}"
        case EndKind.FIRST_OF | EndKind.LAST_OF:
            word = "the first of" if end.kind is EndKind.FIRST_OF else "the last of"
            return f"{word}: {'; '.join(map(ended, end.terms))}"
        case _:
            return end.kind.label[:1].lower() + end.kind.label[1:]


def lasting(duration: Duration) -> str:
    """Return a duration: `1 year`, `2 months and 3 days`."""
    told = [f"{number} {one if number == 1 else many}" for many, one in _UNITS if (number := getattr(duration, many))]
    return " and ".join(told)


def conducts(codes: Iterable[Conduct]) -> str:
    """Return what is done as a phrase that fits behind an effect: `collection and use`."""
    return listed([code.noun for code in codes])


def summed(amount: Amount) -> str:
    """Return a sum of money: `7,552,800 GBP, imposed`."""
    whole, point, rest = amount.value.partition(".")
    kind = f", {amount.kind.label.lower()}" if amount.kind else ""
    return f"{int(whole):,}{point}{rest} {amount.currency}{kind}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 source`, `1,051 sources`, `2 countries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """Return names as a phrase: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
