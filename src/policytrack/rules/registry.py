"""What a rule is, and the table of all rules: a function with a code, whose docstring is its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from inspect import getdoc
from typing import Any, TypeAlias, TypeVar

from policytrack.dataset import Dataset
from policytrack.findings import Check, Finding, Place, Severity, declare
from policytrack.force import Fold
from policytrack.parsing import AnyRecord

T = TypeVar("T")


@dataclass(frozen=True)
class Case:
    """What rules look at: the records, the day on which somebody asks, and what other rules have ``found``."""

    dataset: Dataset
    today: date
    found: tuple[Finding, ...] = ()
    _made: dict[Callable[[Dataset], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def fold(self) -> Fold:
        """What was in force, with all that is known."""
        return Fold.of(self.dataset)

    def once(self, make: Callable[[Dataset], T]) -> T:
        """Return what ``make`` makes of the data set: made once, however many rules ask for it."""
        if make not in self._made:
            self._made[make] = make(self.dataset)
        made: T = self._made[make]
        return made


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found; the registry adds the rule's code, name and severity to make a finding of it."""

    place: Place
    message: str
    advice: str = ""
    subject: str = ""


Function: TypeAlias = Callable[[Case], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and the function that carries it out; ``last`` marks rules about what the others found."""

    check: Check
    function: Function
    last: bool = False

    def find(self, case: Case) -> Iterator[Finding]:
        """Yield what this rule finds."""
        for each in self.function(case):
            yield self.check.at(each.place, each.message, each.advice, each.subject)


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, *, last: bool = False) -> Callable[[Function], Function]:
    """Register a function as the rule ``code``: its name is the rule's name, its docstring the rule's page."""

    def register(function: Function) -> Function:
        name = function.__name__.replace("_", "-")
        RULES[code] = Rule(declare(code, name, severity, getdoc(function) or ""), function, last)
        return function

    return register


def fault(record: AnyRecord, at: tuple[str | int, ...], message: str, advice: str = "", *, key: bool = False) -> Fault:
    """Return a fault at a path of the record's file: at the value, or with ``key`` at the key."""
    # One value may stand without the list that the model makes of it.
    while (
        not key and at and isinstance(at[-1], int) and not record.document.holds(at) and record.document.holds(at[:-1])
    ):
        at = at[:-1]
    return Fault(record.place(*at, key=key), message, advice, record.subject)


def places(count: int) -> str:
    """Return how a message says that its mistake, told once, shows at several places of one record."""
    return f" ({count} places of this record)" if count > 1 else ""
