"""What a constraint asks of a cell, as one function to a constraint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from policytrack.gate.shapes import shown


@dataclass(frozen=True, slots=True)
class CellTest:
    """A question to a cell that holds something: its name in keys, whether it holds, and the words when not."""

    name: str
    holds: Callable[[Any], bool]
    told: str


def of_categories(values: list[Any]) -> CellTest:
    """Return the test whether a cell is one of the categories."""
    known = set(values)
    return CellTest("categories", lambda value: value in known, "is none of the categories")


def of_constraint(name: str, limit: Any, told: object) -> Iterator[CellTest]:  # noqa: ANN401 - as the type of the field is
    """Yield the test that a constraint makes; ``limit`` is its value as cells are compared with it."""
    match name:
        case "minimum":
            yield CellTest(name, lambda value: value >= limit or _undecided(value, limit), f"is below {told}")
        case "maximum":
            yield CellTest(name, lambda value: value <= limit or _undecided(value, limit), f"is above {told}")
        case "exclusiveMinimum":
            yield CellTest(name, lambda value: value > limit or _undecided(value, limit), f"is not above {told}")
        case "exclusiveMaximum":
            yield CellTest(name, lambda value: value < limit or _undecided(value, limit), f"is not below {told}")
        case "minLength":
            yield CellTest(name, lambda value: len(value) >= limit, f"is shorter than {told}")
        case "maxLength":
            yield CellTest(name, lambda value: len(value) <= limit, f"is longer than {told}")
        case "pattern":
            yield CellTest(name, lambda value: bool(limit.fullmatch(value)), f"does not match {told}")
        case "enum":
            yield CellTest(name, lambda value: value in limit, f"is none of {shown(told)}")
        case "jsonSchema":
            yield CellTest(name, limit.is_valid, "does not satisfy its JSON Schema")
        case _:
            return


def _undecided(value: Any, limit: Any) -> bool:  # noqa: ANN401
    """Whether a value is neither less nor more nor equal, as one month is to thirty days."""
    return not (value < limit or value > limit or value == limit)
