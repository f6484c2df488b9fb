"""Dates against brute force over concrete days, against edtf, and against the slips that people make."""

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import example, given
from hypothesis import strategies as st

from policytrack.codes import DateBasis, EndKind
from policytrack.dates import (
    ALWAYS,
    DATE_PATTERN,
    DAY_PATTERN,
    END_PATTERN,
    NEVER,
    OPEN_FUTURE,
    OPEN_PAST,
    SOMETIME,
    Bounds,
    DateError,
    Duration,
    End,
    PartialDate,
    Truth,
    before,
    both,
    day,
    either,
    greatest,
    least,
    negate,
    not_after,
)
from profiles import CHOSEN

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
POINTS = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda value: value.isoformat()[:7]),
    DAYS.map(lambda value: value.isoformat()[:4]),
)
# Small numbers stand for days: every pair of spans among them can be tried day by day.
SMALL = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda ends: Bounds(min(ends), max(ends)))


def first_of(point: str) -> date:
    """The first day of a year, a month or a day, by padding."""
    return date.fromisoformat(point + "0000-01-01"[len(point) :])


def last_of(point: str) -> date:
    """The last day of a year, a month or a day, by trying: the last day whose text begins like the point."""
    return max(
        start + timedelta(days)
        for start in (first_of(point),)
        for days in range(366 if len(point) == 4 else 31)
        if (start + timedelta(days)).isoformat().startswith(point)
    )


@given(POINTS)
@CHOSEN
@example("2000-02")
@example("1900-02")
@example("2020-02-29")
@example("2999")
def test_a_point_is_bounded_by_its_first_and_last_day(point: str) -> None:
    bounds = PartialDate.parse(point).bounds
    assert (bounds.earliest, bounds.latest) == (first_of(point), last_of(point))
    assert bounds.exact == (len(point) == 10)


@given(POINTS, POINTS)
@CHOSEN
def test_a_span_reaches_from_the_first_day_of_one_point_to_the_last_of_the_other(one: str, two: str) -> None:
    first, last = sorted((one, two), key=first_of)
    assert PartialDate.parse(f"{first}..{last}").bounds == Bounds(
        first_of(first).toordinal(), last_of(last).toordinal()
    )
    until = PartialDate.parse(f"..{last}").bounds
    since = PartialDate.parse(f"{first}..").bounds
    assert (until.earliest, until.latest) == (None, last_of(last))
    assert (since.earliest, since.latest) == (first_of(first), None)


@given(DAYS, DAYS, st.sampled_from([4, 7, 10]), st.booleans())
@CHOSEN
def test_edtf_sees_the_same_bounds(one: date, two: date, length: int, span: bool) -> None:  # noqa: FBT001 - drawn
    """Years, months, days, and one-of-a-set spans whose ends are both known and equally exact.

    That is the subset in which edtf is right: it makes ten years of an unknown or open end, lets reversed spans pass,
    and does not read a span from a day to a month.
    """
    first, last = (each.isoformat()[:length] for each in sorted((one, two)))
    found = PartialDate.parse(f"{first}..{last}" if span else first)
    theirs = parse_edtf(found.edtf)
    assert date(*theirs.lower_strict()[:3]) == found.bounds.earliest
    assert date(*theirs.upper_strict()[:3]) == found.bounds.latest


@given(POINTS, POINTS)
@CHOSEN
def test_a_span_written_backwards_says_so_and_is_bounded_as_it_was_meant(one: str, two: str) -> None:
    first, last = sorted((one, two), key=first_of)
    meant, found = PartialDate.parse(f"{first}..{last}"), PartialDate.parse(f"{last}..{first}")
    assert found.backwards == (first_of(last) > last_of(first))
    assert not meant.backwards
    assert found.bounds == meant.bounds or not found.backwards
    assert str(found) == f"{last}..{first}"
    assert not PartialDate.parse(f"{one}..").backwards
    assert not PartialDate.parse(f"..{one}").backwards
    assert not PartialDate.parse(one).backwards


def truth(answers: Iterable[bool]) -> Truth:
    """What is true of all worlds is true, of none false, of some unknown."""
    seen = set(answers)
    return seen.pop() if len(seen) == 1 else None


def worlds(bounds: Bounds) -> range:
    """Every day that it can be."""
    return range(bounds.lo, bounds.hi + 1)


@given(SMALL, SMALL)
@CHOSEN
def test_comparisons_are_known_exactly_when_all_days_agree(one: Bounds, two: Bounds) -> None:
    pairs = [(first, second) for first in worlds(one) for second in worlds(two)]
    assert before(one, two) is truth(first < second for first, second in pairs)
    assert not_after(one, two) is truth(first <= second for first, second in pairs)


@given(st.lists(SMALL, min_size=1, max_size=3))
@CHOSEN
def test_least_and_greatest_bound_the_first_and_the_last_of_all_days(spans: list[Bounds]) -> None:
    combinations: list[tuple[int, ...]] = [()]
    for span in spans:
        combinations = [(*chosen, number) for chosen in combinations for number in worlds(span)]
    firsts, lasts = [min(each) for each in combinations], [max(each) for each in combinations]
    assert least(spans) == Bounds(min(firsts), max(firsts))
    assert greatest(spans) == Bounds(min(lasts), max(lasts))


@pytest.mark.parametrize(
    ("one", "two", "answer"),
    [
        (ALWAYS, day(date(1000, 1, 1)), True),
        (day(date(2999, 12, 31)), NEVER, True),
        (NEVER, day(date(2999, 12, 31)), False),
        (NEVER, NEVER, False),
        (ALWAYS, ALWAYS, False),
        (SOMETIME, day(date(2020, 1, 1)), None),
        (day(date(2020, 1, 1)), SOMETIME, None),
        (PartialDate.parse("..2019").bounds, day(date(2020, 1, 1)), True),
        (PartialDate.parse("..2020").bounds, day(date(2020, 1, 1)), None),
        (PartialDate.parse("2020..").bounds, day(date(2020, 1, 1)), False),
        (day(date(2019, 12, 31)), PartialDate.parse("2020..").bounds, True),
    ],
)
def test_open_ends_compare(one: Bounds, two: Bounds, answer: Truth) -> None:
    assert before(one, two) is answer


TRUTHS: tuple[Truth, ...] = (True, False, None)


def resolved(value: Truth) -> tuple[bool, ...]:
    """The two-valued truths that a three-valued one can turn out to be."""
    return (True, False) if value is None else (value,)


@pytest.mark.parametrize("one", TRUTHS)
@pytest.mark.parametrize("two", TRUTHS)
def test_three_valued_logic_says_what_all_resolutions_say(one: Truth, two: Truth) -> None:
    pairs = [(first, second) for first in resolved(one) for second in resolved(two)]
    assert both(one, two) is truth(first and second for first, second in pairs)
    assert either((one, two)) is truth(first or second for first, second in pairs)
    assert negate(one) is truth(not first for first in resolved(one))


def test_nothing_at_all_is_true_of_all_and_of_none() -> None:
    assert both() is True
    assert either(()) is False


def counted(start: date, months: int, days: int) -> date:
    """The day ``months`` and ``days`` after ``start``, found by walking month by month and day by day."""
    year, month = start.year, start.month
    for _ in range(months):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    landed = start.day
    while landed > calendar.monthrange(year, month)[1]:
        landed -= 1
    return date(year, month, landed) + timedelta(days)


@given(DAYS, st.tuples(st.integers(0, 20), st.integers(0, 30), st.integers(0, 60), st.integers(0, 400)).filter(any))
@CHOSEN
@example(date(2020, 2, 29), (1, 0, 0, 0))
@example(date(2020, 2, 29), (4, 0, 0, 0))
@example(date(2020, 1, 31), (0, 1, 0, 0))
@example(date(2021, 1, 31), (0, 1, 0, 0))
@example(date(2020, 12, 31), (0, 2, 0, 0))
@example(date(2020, 7, 31), (0, 1, 0, 0))
def test_durations_count_months_then_days(start: date, parts: tuple[int, int, int, int]) -> None:
    years, months, weeks, days = parts
    text = "P" + "".join(f"{number}{unit}" for number, unit in zip(parts, "YMWD", strict=True) if number)
    end = counted(start, 12 * years + months, 7 * weeks + days)
    duration = End.parse(text).duration
    assert duration is not None
    assert date.fromordinal(duration.after(start.toordinal())) == end
    # "For one year" may mean through the last day or up to it: both are within the bounds, and nothing else.
    assert duration.last_day(day(start)) == Bounds(end.toordinal() - 1, end.toordinal())


@given(SMALL, st.integers(0, 40))
@CHOSEN
def test_the_last_day_of_an_uncertain_start_bounds_that_of_every_day(start: Bounds, months: int) -> None:
    moved = Bounds(start.lo + 737_000, start.hi + 737_000)
    duration = Duration("", months=months)
    each = [duration.after(ordinal) for ordinal in worlds(moved)]
    assert duration.last_day(moved) == Bounds(min(each) - 1, max(each))


def test_a_duration_from_an_open_start_is_open() -> None:
    assert Duration("P1Y", years=1).last_day(SOMETIME) == SOMETIME
    since = PartialDate.parse("2020-06-10..").bounds
    assert Duration("P1Y", years=1).last_day(since) == Bounds(date(2021, 6, 9).toordinal(), OPEN_FUTURE)


def test_the_longest_duration_stays_within_the_calendar() -> None:
    longest = End.parse("P99Y999M999W9999D").duration
    assert longest is not None
    assert OPEN_PAST < longest.after(date(2999, 12, 31).toordinal()) < OPEN_FUTURE
    assert Duration("", years=9_000).after(date(2999, 1, 1).toordinal()) == OPEN_FUTURE


@given(st.from_regex(DATE_PATTERN))
@CHOSEN
def test_every_date_that_the_pattern_accepts_is_read_and_written_back(text: str) -> None:
    found = PartialDate.parse(text)
    assert PartialDate.parse(str(found)) == found
    default = DateBasis.BOUNDED if ".." in text else DateBasis.STATED
    assert str(found) == text.removesuffix(f" {default}")
    assert found.bounds.lo <= found.bounds.hi


@given(st.from_regex(END_PATTERN))
@CHOSEN
@example("first-of 2023-12-31 | event us-law | P1Y")
@example("last-of 2023 | 2024-02")
def test_every_end_that_the_pattern_accepts_is_read_and_written_back(text: str) -> None:
    found = End.parse(text)
    assert End.parse(str(found)) == found
    assert str(found) == text or found.kind is EndKind.DATE
    assert list(found.events) == re.findall(r"event (\S+)", text)
    for term in found.terms:
        assert End.parse(str(term)) == term


@given(st.from_regex(DAY_PATTERN))
@CHOSEN
def test_every_day_that_the_pattern_accepts_is_on_the_calendar(text: str) -> None:
    assert PartialDate.parse(text).bounds == day(date.fromisoformat(text))


@given(st.integers(1000, 2999), st.integers(0, 13), st.integers(0, 32))
@CHOSEN
@example(1900, 2, 29)
@example(2000, 2, 29)
def test_the_pattern_accepts_a_day_exactly_when_the_calendar_has_it(year: int, month: int, number: int) -> None:
    text = f"{year}-{month:02}-{number:02}"
    try:
        date.fromisoformat(text)
    except ValueError:
        with pytest.raises(DateError):
            PartialDate.parse(text)
    else:
        assert PartialDate.parse(text).bounds.exact


@pytest.mark.parametrize(
    ("text", "basis", "written"),
    [
        ("2020-06-10", DateBasis.STATED, "2020-06-10"),
        ("2020-06-10 stated", DateBasis.STATED, "2020-06-10"),
        ("2020-06-10 weekday", DateBasis.WEEKDAY, "2020-06-10 weekday"),
        ("2020-06-07..2020-06-09", DateBasis.BOUNDED, "2020-06-07..2020-06-09"),
        ("2020-06-07..2020-06-09 stated", DateBasis.STATED, "2020-06-07..2020-06-09 stated"),
        ("2020 bounded", DateBasis.BOUNDED, "2020 bounded"),
    ],
)
def test_the_basis_left_out_is_stated_and_for_spans_bounded(text: str, basis: DateBasis, written: str) -> None:
    found = PartialDate.parse(text)
    assert (found.basis, str(found)) == (basis, written)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("2020-06", "2020-06"), ("2020..2021-03", "[2020..2021-03]"), ("..2020 computed", "[..2020]")],
)
def test_spans_have_brackets_in_edtf(text: str, edtf: str) -> None:
    assert PartialDate.parse(text).edtf == edtf


FORM = "write YYYY, YYYY-MM, YYYY-MM-DD or a span such as 2020-06-07..2020-06-09, then a basis if it is not stated"
CALENDAR = "no calendar has this day: look at the source again"
DOTS = "write a span with two dots: 2020-06-07..2020-06-09"
BARE = "write spans without brackets: 2020-06-07..2020-06-09"
BASES = "use one of: `assumed`, `bounded`, `computed`, `retrospective`, `stated`, `weekday`"
TERMS = "write two or more terms with a bar: first-of 2023-12-31 | event slug"
PARTS = "write years, months, weeks, days in this order: P1Y, P6M, P90D"
ENDS = "write the last day, a duration such as P1Y, further-notice, none, unknown or event SLUG"


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("10/06/2020", "`10/06/2020` is not a date", FORM),
        ("June 10 2020", "`June 10 2020` is not a date", FORM),
        ("10 June 2020", "`10 June 2020` is not a date", FORM),
        ("2020-6-10", "`2020-6-10` is not a date", FORM),
        ("20200610", "`20200610` is not a date", FORM),
        ("2020-06-10T12:00:00Z", "`2020-06-10T12:00:00Z` is not a date", FORM),
        ("2020?", "`2020?` is not a date", FORM),
        ("0999", "`0999` is not a date", FORM),
        ("2020-06-10 ", "`2020-06-10 ` is not a date", FORM),
        ("2020-06-10\n", "`2020-06-10\n` is not a date", FORM),
        ("٢٠٢٠", "`٢٠٢٠` is not a date", FORM),
        ("..", "`..` is not a date", FORM),
        ("", "`` is not a date", FORM),
        ("2020-02-30", "`2020-02-30` names day 30; February 2020 has 29 days", CALENDAR),
        ("2021-02-29", "`2021-02-29` names day 29; February 2021 has 28 days", CALENDAR),
        ("1900-02-29", "`1900-02-29` names day 29; February 1900 has 28 days", CALENDAR),
        ("2020-06-31 weekday", "`2020-06-31` names day 31; June 2020 has 30 days", CALENDAR),
        ("2020-06-00", "`2020-06-00` names day 00; June 2020 has 30 days", CALENDAR),
        ("2020-13", "`2020-13` names month 13; months run from 01 to 12", CALENDAR),
        ("2020-06-01..2020-06-31", "`2020-06-31` names day 31; June 2020 has 30 days", CALENDAR),
        ("[2020-06-07..2020-06-09]", "`[2020-06-07..2020-06-09]` is not a date", BARE),
        ("{2020, 2021}", "`{2020, 2021}` is not a date", BARE),
        ("2020-06-07/2020-06-09", "`2020-06-07/2020-06-09` is not a date", DOTS),
        ("2020/2021", "`2020/2021` is not a date", DOTS),
        ("2020-06-10 weekdy", "`weekdy` is no basis of a date", "did you mean `weekday`?"),
        ("2020-06-10 Assumed", "`Assumed` is no basis of a date", "did you mean `assumed`?"),
        ("2020-06-10 quux", "`quux` is no basis of a date", BASES),
    ],
)
def test_the_usual_slips_in_dates_are_named(text: str, message: str, advice: str) -> None:
    with pytest.raises(DateError) as caught:
        PartialDate.parse(text)
    assert (str(caught.value), caught.value.advice) == (message, advice)


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("2021-02-29", "`2021-02-29` names day 29; February 2021 has 28 days", CALENDAR),
        ("..2020-31", "`2020-31` names month 31; months run from 01 to 12", CALENDAR),
        ("first-of 2023", "`first-of 2023` is not an end", TERMS),
        ("first-of P1Y and event x", "`first-of P1Y and event x` is not an end", TERMS),
        (
            "event US national law",
            "`event US national law` is not an end",
            "name the event by a slug: event us-national-law",
        ),
        ("P", "`P` is not an end", ENDS),
        ("P6X", "`P6X` is no duration", PARTS),
        ("P1M1Y", "`P1M1Y` is no duration", PARTS),
        ("P1.5Y", "`P1.5Y` is no duration", PARTS),
        ("PT24H", "`PT24H` is no duration", PARTS),
        ("p1y", "`p1y` is no duration", PARTS),
        ("further notice", "`further notice` is not an end", "did you mean `further-notice`?"),
        ("None", "`None` is not an end", "did you mean `none`?"),
        ("until the law", "`until the law` is not an end", ENDS),
        ("", "`` is not an end", ENDS),
        ("one year", "`one year` is not an end", "write the duration as P1Y"),
        ("6 Months", "`6 Months` is not an end", "write the duration as P6M"),
        ("90-day", "`90-day` is not an end", "write the duration as P90D"),
    ],
)
def test_the_usual_slips_in_ends_are_named(text: str, message: str, advice: str) -> None:
    with pytest.raises(DateError) as caught:
        End.parse(text)
    assert (str(caught.value), caught.value.advice) == (message, advice)


@pytest.mark.parametrize("read", [PartialDate.parse, End.parse])
@given(text=st.text() | st.text("0123456789-. [/]PYMWDevntfirsola|", max_size=30))
@CHOSEN
def test_any_other_text_is_refused_and_nothing_else_raised(read: Callable[[str], object], text: str) -> None:
    try:
        found = read(text)
    except DateError:
        return
    assert read(str(found)) == found
