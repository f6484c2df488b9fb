"""Dates as exact as the source and no more: a day, a month, a year or a span, each with two bounds.

Bounds are ordinals of days (``datetime.date.toordinal``), so that arithmetic is plain; an open side is ``OPEN_PAST``
or ``OPEN_FUTURE``. A comparison of two bounds answers True, False or None for "cannot tell".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policytrack.codes import DateBasis, EndKind
from policytrack.findings import AdvisedError
from policytrack.spelling import advise, nearest

Truth = bool | None

OPEN_PAST = 0
OPEN_FUTURE = date.max.toordinal() + 1

_YEAR = "[12][0-9]{3}"
_LEAP = "(?:(?:1[26]|2[048])00|[12][0-9](?:0[48]|[2468][048]|[13579][26]))"
_DAY = (
    f"(?:{_YEAR}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    f"|{_YEAR}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|{_YEAR}-02-(?:0[1-9]|1[0-9]|2[0-8])|{_LEAP}-02-29)"
)
POINT = f"(?:{_DAY}|{_YEAR}-(?:0[1-9]|1[0-2])|{_YEAR})"
_SPAN = rf"(?:{POINT}\.\.{POINT}|\.\.{POINT}|{POINT}\.\.)"
_BASIS = "(?: (?:" + "|".join(DateBasis) + "))"
_DURATION = "P(?=[0-9])(?:[0-9]{1,2}Y)?(?:[0-9]{1,3}M)?(?:[0-9]{1,3}W)?(?:[0-9]{1,4}D)?"
# Durations as people say them.
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12}
_SPOKEN = re.compile(rf"([0-9]{{1,2}}|{'|'.join(_NUMBERS)})[ -](day|week|month|year)s?", re.IGNORECASE)
_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_TERM = f"(?:{POINT}|{_DURATION}|event {_SLUG})"

# `$` alone also matches before a last line feed in some engines; the schema's reader must not.
DAY_PATTERN = rf"^{_DAY}$(?!\n)"
DATE_PATTERN = rf"^(?:{_SPAN}|{POINT}){_BASIS}?$(?!\n)"
END_PATTERN = (
    rf"^(?:(?:{_SPAN}|{POINT}){_BASIS}?|{_DURATION}|further-notice|none|unknown|event {_SLUG}"
    rf"|(?:first-of|last-of) {_TERM}(?: \| {_TERM})+)$(?!\n)"
)
_is_date = re.compile(DATE_PATTERN).search
_is_end = re.compile(END_PATTERN).search
_SHAPE = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class DateError(AdvisedError):
    """A text that is not a date or an end; ``advice`` says what to write."""


@dataclass(frozen=True, slots=True, order=True)
class Bounds:
    """The first and the last day, as ordinals, on which something can lie."""

    lo: int
    hi: int

    @property
    def earliest(self) -> date | None:
        """The first day it can be, or None when open or beyond every calendar."""
        return date.fromordinal(self.lo) if OPEN_PAST < self.lo < OPEN_FUTURE else None

    @property
    def latest(self) -> date | None:
        """The last day it can be, or None when open or beyond every calendar."""
        return date.fromordinal(self.hi) if OPEN_PAST < self.hi < OPEN_FUTURE else None

    @property
    def exact(self) -> bool:
        """Whether the bounds name one day."""
        return self.lo == self.hi


ALWAYS = Bounds(OPEN_PAST, OPEN_PAST)
NEVER = Bounds(OPEN_FUTURE, OPEN_FUTURE)
SOMETIME = Bounds(OPEN_PAST, OPEN_FUTURE)


def before(first: Bounds, second: Bounds) -> Truth:
    """Whether ``first`` lies before ``second``, each somewhere in its bounds."""
    if first.hi < second.lo:
        return True
    return None if first.lo < second.hi else False


def not_after(first: Bounds, second: Bounds) -> Truth:
    """Whether ``first`` lies on or before ``second``."""
    later = before(second, first)
    return None if later is None else not later


def negate(value: Truth) -> Truth:
    """Three-valued not."""
    return None if value is None else not value


def both(*values: Truth) -> Truth:
    """Three-valued and: False wins, then unknown."""
    if False in values:
        return False
    return None if None in values else True


def either(values: Iterable[Truth]) -> Truth:
    """Three-valued or: True wins, then unknown; of nothing, False."""
    seen = set(values)
    if True in seen:
        return True
    return None if None in seen else False


def least(bounds: Iterable[Bounds]) -> Bounds:
    """Bounds of the first of several."""
    items = list(bounds)
    return Bounds(min(item.lo for item in items), min(item.hi for item in items))


def greatest(bounds: Iterable[Bounds]) -> Bounds:
    """Bounds of the last of several."""
    items = list(bounds)
    return Bounds(max(item.lo for item in items), max(item.hi for item in items))


def day(value: date) -> Bounds:
    """Return the bounds of one known day."""
    ordinal = value.toordinal()
    return Bounds(ordinal, ordinal)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of a record: its text without the basis, its bounds, and what it rests on."""

    text: str
    bounds: Bounds
    basis: DateBasis

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``DATE [BASIS]``; raise `DateError` for anything else."""
        if not _is_date(text):
            raise _explain(text)
        shape, _, basis = text.partition(" ")
        default = DateBasis.BOUNDED if ".." in shape else DateBasis.STATED
        return cls(shape, _bounds(shape), DateBasis(basis) if basis else default)

    @property
    def span(self) -> bool:
        """Whether two ends are written, not one date."""
        return ".." in self.text

    @property
    def backwards(self) -> bool:
        """Whether the span ends before it begins; its bounds are those of the span that was meant."""
        first, dots, last = self.text.partition("..")
        return bool(first and dots and last) and _bounds(first).lo > _bounds(last).hi

    @property
    def edtf(self) -> str:
        """The date in EDTF, level 2: a span is one of a set, so it has brackets."""
        return f"[{self.text}]" if self.span else self.text

    def __str__(self) -> str:
        """Return the text as a record holds it, the basis left out where it is the default."""
        default = DateBasis.BOUNDED if self.span else DateBasis.STATED
        return self.text if self.basis is default else f"{self.text} {self.basis}"


def _bounds(text: str) -> Bounds:
    """Return the bounds of a date or a span that matched the pattern."""
    if ".." in text:
        first, last = text.split("..")
        # Backwards is a finding of a rule; what compares bounds must be able to rely on their order.
        if first and last and _bounds(first).lo > _bounds(last).hi:
            first, last = last, first
        return Bounds(_bounds(first).lo if first else OPEN_PAST, _bounds(last).hi if last else OPEN_FUTURE)
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if len(parts) > 2:  # noqa: PLR2004 - year, month and day
        return day(date(*parts))
    last_month = month or 12
    first_day = date(year, month or 1, 1)
    last_day = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Bounds(first_day.toordinal(), last_day.toordinal())


def _explain(text: str) -> DateError:
    """Say what is wrong with a text that is no date."""
    form = "write YYYY, YYYY-MM, YYYY-MM-DD or a span such as 2020-06-07..2020-06-09, then a basis if it is not stated"
    shape, _, basis = text.partition(" ")
    for part in shape.split(".."):
        impossible = _impossible(part)
        if impossible:
            return DateError(f"`{part}` {impossible}", "no calendar has this day: look at the source again")
    if _is_date(shape) and basis:
        return DateError(f"`{basis}` is no basis of a date", advise(basis, DateBasis))
    if "[" in text or "{" in text:
        return DateError(f"`{text}` is not a date", "write spans without brackets: 2020-06-07..2020-06-09")
    if "/" in text and re.fullmatch(r"[0-9-]+/[0-9-]+", text):
        return DateError(f"`{text}` is not a date", "write a span with two dots: 2020-06-07..2020-06-09")
    return DateError(f"`{text}` is not a date", form)


def _impossible(part: str) -> str:
    """Say why a text of a date's shape is on no calendar, or return nothing."""
    match = _SHAPE.fullmatch(part)
    if match is None or match[2] is None:
        return ""
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return f"names month {match[2]}; months run from 01 to 12"
    days = calendar.monthrange(year, month)[1]
    if match[3] is not None and not 1 <= int(match[3]) <= days:
        return f"names day {match[3]}; {calendar.month_name[month]} {year} has {days} days"
    return ""


@dataclass(frozen=True, slots=True)
class Duration:
    """A calendar duration (ISO 8601, no time of day)."""

    text: str
    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read a text that matched the pattern of a duration."""
        parts = {unit: int(number) for number, unit in re.findall(r"([0-9]+)([YMWD])", text)}
        return cls(text, parts.get("Y", 0), parts.get("M", 0), parts.get("W", 0), parts.get("D", 0))

    def after(self, ordinal: int) -> int:
        """Return the ordinal of the day this long after ``ordinal``; a day that a month lacks becomes its last."""
        if not OPEN_PAST < ordinal < OPEN_FUTURE:
            return ordinal
        start = date.fromordinal(ordinal)
        months = start.year * 12 + start.month - 1 + self.years * 12 + self.months
        year, month = divmod(months, 12)
        if year > date.max.year:
            return OPEN_FUTURE
        try:
            landed = start.replace(year=year, month=month + 1)
        except ValueError:
            landed = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
        return min(landed.toordinal() + self.weeks * 7 + self.days, OPEN_FUTURE)

    def last_day(self, start: Bounds) -> Bounds:
        """Return the last day in force: between start + P - 1 day and start + P, as sources seldom say which."""
        latest = self.after(start.hi)
        earliest = self.after(start.lo)
        return Bounds(earliest - 1 if OPEN_PAST < earliest < OPEN_FUTURE else earliest, latest)


@dataclass(frozen=True, slots=True)
class End:
    """When something ends: the last day in force, inclusive, or what that day depends on.

    ``kind`` says which of the others is set: ``date``, ``duration``, ``event`` (its slug), or ``terms`` for
    ``first-of`` and ``last-of``.
    """

    text: str
    kind: EndKind
    date: PartialDate | None = None
    duration: Duration | None = None
    event: str = ""
    terms: tuple[End, ...] = ()

    @classmethod
    def parse(cls, text: str) -> End:
        """Read an end; raise `DateError` for anything else."""
        if not _is_end(text):
            raise _explain_end(text)
        if text.startswith("P"):
            return cls(text, EndKind.DURATION, duration=Duration.parse(text))
        if text in {EndKind.FURTHER_NOTICE, EndKind.NONE, EndKind.UNKNOWN}:
            return cls(text, EndKind(text))
        word, _, rest = text.partition(" ")
        if word == EndKind.EVENT:
            return cls(text, EndKind.EVENT, event=rest)
        if word in {EndKind.FIRST_OF, EndKind.LAST_OF}:
            return cls(text, EndKind(word), terms=tuple(cls.parse(term) for term in rest.split(" | ")))
        parsed = PartialDate.parse(text)
        return cls(str(parsed), EndKind.DATE, date=parsed)

    @property
    def events(self) -> tuple[str, ...]:
        """The slugs of the events that this end waits for."""
        return (self.event,) if self.event else tuple(slug for term in self.terms for slug in term.events)

    def __str__(self) -> str:
        """Return the text as a record holds it."""
        return self.text


def _explain_end(text: str) -> DateError:
    """Say what is wrong with a text that is no end."""
    word = text.partition(" ")[0]
    spoken = _SPOKEN.fullmatch(text)
    if spoken is not None:
        number = _NUMBERS.get(spoken[1].lower()) or spoken[1]
        return DateError(f"`{text}` is not an end", f"write the duration as P{number}{spoken[2][0].upper()}")
    if re.match(r"[0-9]|\.\.", text):
        return _explain(text)
    if word in {EndKind.FIRST_OF, EndKind.LAST_OF}:
        return DateError(
            f"`{text}` is not an end", f"write two or more terms with a bar: {word} 2023-12-31 | event slug"
        )
    if word == EndKind.EVENT:
        return DateError(f"`{text}` is not an end", "name the event by a slug: event us-national-law")
    if word.startswith(("P", "p")) and any(character.isdigit() for character in word):
        return DateError(f"`{text}` is no duration", "write years, months, weeks, days in this order: P1Y, P6M, P90D")
    kinds = [kind.value for kind in EndKind if kind not in {EndKind.DATE, EndKind.DURATION}]
    match = nearest(text, kinds)
    advice = "write the last day, a duration such as P1Y, further-notice, none, unknown or event SLUG"
    return DateError(f"`{text}` is not an end", f"did you mean `{match}`?" if match else advice)
