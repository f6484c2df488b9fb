"""Actions over time, one row of bars for each direction, all on one scale; the same numbers as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from policytrack.codes import Direction
from policytrack.layout import UNDATED
from policytrack.site.book import Book

HEIGHT: Final = 36
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
    """One direction over the years."""

    direction: Direction
    total: int
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
    rows = [
        Row(each, sum(found.values()), tuple(_column(years, number, found[year], most) for number, year in enumerate(years)))
        for each, found in counts.items()
        if found
    ]
    return Trend(tuple(rows), tuple((year, f"{100 * (at + 0.5) / len(years):.2f}%") for at, year in enumerate(years)))


def _column(years: list[str], at: int, number: int, most: int) -> Column:
    room = 100 / len(years)
    # One action is still to be seen beside sixty.
    height = max(round(HEIGHT * number / most), 2) if number else 0
    left, width = room * (at + _GAP / 2), room * (1 - _GAP)
    return Column(years[at], number, f"{left:.2f}%", f"{width:.2f}%", HEIGHT - height, height)
