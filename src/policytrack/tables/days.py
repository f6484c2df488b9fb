"""Bounds and partial dates as cells: EDTF text, the earliest and the latest day; an open side is an empty cell."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from policytrack.codes import DateBasis
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, Bounds, PartialDate


class Days(NamedTuple):
    """The earliest and the latest day; None where open."""

    earliest: date | None = None
    latest: date | None = None


class Dated(NamedTuple):
    """A date of a record in four cells."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    basis: DateBasis | None = None


def day(ordinal: int) -> date | None:
    """Return the day of an ordinal, or None for an open one."""
    return date.fromordinal(ordinal) if OPEN_PAST < ordinal < OPEN_FUTURE else None


def days(bounds: Bounds | None) -> Days:
    """Return the two cells of bounds."""
    return Days() if bounds is None else Days(day(bounds.lo), day(bounds.hi))


def dated(value: PartialDate | None) -> Dated:
    """Return the four cells of a date."""
    return Dated() if value is None else Dated(value.edtf, *days(value.bounds), value.basis)


def spread(name: str, value: PartialDate | None) -> dict[str, Any]:
    """Return the four cells of a date under the names of their columns."""
    cells = dated(value)
    return {
        name: cells.edtf,
        f"{name}_earliest": cells.earliest,
        f"{name}_latest": cells.latest,
        f"{name}_basis": cells.basis,
    }
