"""The actions that a page lists: those of a place, an actor, a technology, a kind, a year; and any list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from policytrack.codes import Kind, Subject
from policytrack.models import Action
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.columns import governed_classes, opening

# The columns of what the explorer saves.
HEAD: Final = (
    *("id", "title", "kind", "actor", "jurisdiction", "subjects"),
    *("direction", "stage", "grade", "date", "changed"),
)
# What a spreadsheet would run.
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Group:
    """The actions that the page ``folder``/``name`` lists, the newest first."""

    folder: str
    name: str
    title: str
    actions: tuple[Record[Action], ...]


def groups(book: Book) -> Iterator[Group]:
    """Yield what each page of a place, an actor, a technology, a kind and a year lists, where that is anything."""
    known = book.dataset.actions
    for folder, kind, lists in (
        ("jurisdictions", "jurisdiction", book.by_jurisdiction),
        ("actors", "actor", book.by_actor),
        ("technologies", "technology", book.by_technology),
    ):
        for name, members in lists.items():
            yield Group(folder, name, book.title(kind, name), tuple(known[each] for each in members))
    kinds: dict[Kind, list[Record[Action]]] = {}
    years: dict[str, list[Record[Action]]] = {}
    for record in book.actions:
        kinds.setdefault(record.model.kind, []).append(record)
        years.setdefault(book.year(record.id), []).append(record)
    for code, records in kinds.items():
        yield Group("kinds", code.value, code.label, tuple(records))
    for year, records in years.items():
        yield Group("years", year, year, tuple(records))


def row(book: Book, record: Record[Action]) -> tuple[str, ...]:
    """Return an action as a row under `HEAD`: codes and ids, several of them with a space between."""
    action, when, version = record.model, opening(record.model), book.past.latest(record)
    classes = sorted(set(governed_classes(book.dataset, action)), key=list(Subject).index)
    return (
        record.id,
        action.title,
        action.kind.value,
        " ".join(book.dataset.issuers(action)),
        " ".join(action.jurisdictions),
        " ".join(map(attrgetter("value"), classes)),
        book.directions[record.id].value,
        book.stage(record.id).value,
        book.grades[record.id].value,
        when.text if when else "",
        version.version if version else "",
    )


def as_csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as CSV (RFC 4180, line feeds); no cell runs when a spreadsheet opens it."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in cells] for cells in rows)
    return text.getvalue().encode()
