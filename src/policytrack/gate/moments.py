"""Dates, times and durations of Table Schema as values that compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(r"\d\d:\d\d:\d\d", re.ASCII)
_DATETIME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_YEAR: Final = re.compile(r"-?(?:[1-9]\d{4,}|\d{4})", re.ASCII)
_YEARMONTH: Final = re.compile(r"(-?(?:[1-9]\d{4,}|\d{4}))-(0[1-9]|1[0-2])", re.ASCII)
_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_SHORTEST_MONTH: Final = 28
_LONGEST_MONTH: Final = 31
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: months and seconds, which no fixed number relates. One is less only when it is in every calendar."""

    months: int
    seconds: Decimal

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The seconds that it lasts at least and at most."""
        ends = [self.seconds + self.months * days * _DAY for days in (_SHORTEST_MONTH, _LONGEST_MONTH)]
        return min(ends), max(ends)

    def __lt__(self, other: Span) -> bool:
        return self.bounds[1] < other.bounds[0]

    def __gt__(self, other: Span) -> bool:
        return other < self

    def __le__(self, other: Span) -> bool:
        return self == other or self < other

    def __ge__(self, other: Span) -> bool:
        return other <= self


def day(text: str) -> date:
    """Return the day of `2024-01-26`."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def clock(text: str) -> time:
    """Return the time of `15:00:00`."""
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return time.fromisoformat(text)


def moment(text: str) -> datetime:
    """Return the moment of `2024-01-26T15:00:00.3Z`; one without a zone is taken for UTC, so that all compare."""
    found = _DATETIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    base, fraction, zone = found.groups()
    micro = ((fraction or ".")[1:7]).ljust(6, "0")
    return aligned(datetime.fromisoformat(f"{base}.{micro}{(zone or '').replace('Z', '+00:00')}"))


def aligned(value: datetime) -> datetime:
    """Return a moment in UTC; at the ends of the calendar the zone is dropped instead."""
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return value.replace(tzinfo=UTC)


def year(text: str) -> int:
    """Return the year of `2024`."""
    if not _YEAR.fullmatch(text):
        raise ValueError(text)
    return int(text)


def month(text: str) -> tuple[int, int]:
    """Return year and month of `2024-01`."""
    found = _YEARMONTH.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]), int(found[2])


def span(text: str) -> Span:
    """Return the duration of `P1Y2M3DT4H5M6.7S`."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    part = {name: Decimal(value or 0) for name, value in found.groupdict().items() if name != "sign"}
    months = int(part["years"] * 12 + part["months"])
    seconds = ((part["days"] * 24 + part["hours"]) * 60 + part["minutes"]) * 60 + part["seconds"]
    return Span(-months, -seconds) if found["sign"] else Span(months, seconds)


def parsed(text: str, pattern: str) -> datetime:
    """Return what a pattern of strptime makes of a text."""
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007 - whether there is a zone is the pattern's matter
    except (re.error, OverflowError):
        raise ValueError(text) from None


def is_pattern(pattern: str) -> bool:
    """Whether a text is a pattern of strptime that reads something."""
    if "%" not in pattern.replace("%%", ""):
        return False
    try:
        parsed_back = datetime.strptime(datetime(2024, 1, 26, 15, 4, 5, tzinfo=UTC).strftime(pattern), pattern)  # noqa: DTZ007
    except (ValueError, re.error, UnicodeError) as error:
        # What a pattern writes it may be unable to read, such as %j beside %d; only directives that are none count.
        return not isinstance(error, re.error) and "bad directive" not in str(error) and "stray" not in str(error)
    return parsed_back is not None
