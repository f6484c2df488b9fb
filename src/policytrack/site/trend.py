"""Actions over time, one row of bars for each direction, all on one scale; the same numbers as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from policytrack.codes import Direction
from policytrack.layout import UNDATED
from policytrack.site.book import Book

HEIGHT: Final = 64
_GAP: Final = 0.2
_MOST_YEARS: Final = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One year of a row: its number, and its rectangle in percent of the width and pixels of the height."""

    year: str
    number: int
    left: str
    width: str
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Row:
    """One direction over the years; its height is that of its highest column, so that no room stands empty."""

    direction: Direction
    total: int
    height: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The rows, and the years under them, each with the place of its middle."""

    rows: tuple[Row, ...]
    years: tuple[tuple[str, str], ...]


def trend(book: Book) -> Trend:
    """Return how many actions began in each year, by direction; years with nothing in between count as none."""
    counts: dict[Direction, Counter[str]] = {each: Counter() for each in Direction}
    for record in book.actions:
        year = book.year(record.id)
        if year != UNDATED:
            counts[book.directions[record.id]][year] += 1
    dated = sorted({int(year) for found in counts.values() for year in found})
    years = [str(year) for year in range(max(dated[0], dated[-1] - _MOST_YEARS), dated[-1] + 1)] if dated else []
    most = max((number for found in counts.values() for number in found.values()), default=1)
    rows = [_row(each, found, years, most) for each, found in counts.items() if found]
    return Trend(tuple(rows), tuple((year, f"{100 * (at + 0.5) / len(years):.2f}%") for at, year in enumerate(years)))


def _row(direction: Direction, found: Counter[str], years: list[str], most: int) -> Row:
    # One action is still to be seen beside sixty.
    heights = [max(round(HEIGHT * found[year] / most), 2) if found[year] else 0 for year in years]
    room, highest = 100 / len(years), max(heights, default=0)
    columns = (
        Column(
            year,
            found[year],
            f"{room * (at + _GAP / 2):.2f}%",
            f"{room * (1 - _GAP):.2f}%",
            highest - height,
            height,
        )
        for at, (year, height) in enumerate(zip(years, heights, strict=True))
    )
    return Row(direction, sum(found.values()), highest, tuple(columns))
