"""Actions as lines of a list: made once, for an action stands in the lists of its actors, places, kind and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

from policytrack.codes import ForceState, Grade
from policytrack.models import Action
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.words import listed


@dataclass(frozen=True, slots=True)
class Line:
    """One action in a list."""

    id: str
    when: str
    title: str
    path: str
    who: str
    kind: str
    state: ForceState | None
    stage: str
    grade: Grade


Years: TypeAlias = list[tuple[str, list[Line]]]


@dataclass(frozen=True)
class Lines:
    """The lines of all actions of ``book``."""

    book: Book

    @cached_property
    def all(self) -> dict[str, Line]:
        """Every line, by id, the newest first."""
        return {record.id: self._line(record) for record in self.book.actions}

    def of(self, ids: Iterable[str]) -> list[Line]:
        """Return the lines of some actions, in the order given."""
        return [self.all[name] for name in ids]

    def by_year(self, ids: Iterable[str]) -> Years:
        """Return the lines of some actions under their years; ``ids`` stand in the order of the book, newest first."""
        return [(year, self.of(names)) for year, names in groupby(ids, key=self.book.year)]

    def _line(self, record: Record[Action]) -> Line:
        book, action = self.book, record.model
        return Line(
            record.id,
            book.opening(record.id),
            action.title,
            book.path("action", record.id),
            listed([book.title("actor", name) for name in book.dataset.issuers(action)]),
            action.kind.label,
            book.standing(record.id),
            book.stage(record.id).label,
            book.grades[record.id],
        )
