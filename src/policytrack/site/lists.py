"""The actions that a page lists: those of a place, an actor, a technology, a kind, a year; and any list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from policytrack.codes import Subject
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
    lists: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
        folder: {name: (book.title(kind, name), ids) for name, ids in found.items()}
        for folder, kind, found in (
            ("jurisdictions", "jurisdiction", book.by_jurisdiction),
            ("actors", "actor", book.by_actor),
            ("technologies", "technology", book.by_technology),
        )
    }
    lists["kinds"] = {kind.value: (kind.label, ids) for kind, ids in book.by_kind.items() if ids}
    lists["years"] = {year: (year, ids) for year, ids in book.by_year.items()}
    for folder, groups_of in lists.items():
        for name, (title, ids) in groups_of.items():
            yield Group(folder, name, title, tuple(book.dataset.actions[each] for each in ids))


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
