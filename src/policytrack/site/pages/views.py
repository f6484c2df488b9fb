"""Questions that many ask, answered as a list each: a table to read, the same as CSV, and how the list was drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from policytrack.codes import ActorType, Conduct, Effect, JurisdictionLevel, Kind, Stage, Subject
from policytrack.dates import OPEN_FUTURE
from policytrack.force.query import governs
from policytrack.models import Action, Provision
from policytrack.parsing import Record
from policytrack.site.account import Name
from policytrack.site.book import STANDING, Book
from policytrack.site.lists import as_csv
from policytrack.site.page import Page
from policytrack.site.pages.records import name_of
from policytrack.site.rendering import Renderer
from policytrack.site.words import bounded, listed, summed

Cells: TypeAlias = tuple[Name, ...]

_LOCAL: Final = frozenset(
    {
        JurisdictionLevel.COUNTY,
        JurisdictionLevel.MUNICIPALITY,
        JurisdictionLevel.DISTRICT,
        JurisdictionLevel.SPECIAL,
    }
)


@dataclass(frozen=True, slots=True)
class View:
    """A question: where its page stands, what is asked, how the list is drawn, and what draws it."""

    slug: str
    title: str
    noun: str
    how: str
    columns: tuple[str, ...]
    rows: Callable[[Book], Iterator[Cells]]

    @property
    def path(self) -> str:
        """Where its page stands."""
        return f"views/{self.slug}.html"


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield a page and a CSV for each view."""
    for view in VIEWS:
        rows = list(view.rows(renderer.book))
        yield renderer.page(view.path, "view.html", view=view, rows=rows)
        yield Page(f"views/{view.slug}.csv", _csv(view, rows))


def _csv(view: View, rows: list[Cells]) -> bytes:
    return as_csv(("record", *view.columns), ((_record(row), *(cell.text for cell in row)) for row in rows))


def _record(row: Cells) -> str:
    """Return the id of the action that a row is about."""
    first = next((cell.path for cell in row if cell.path.startswith("actions/")), "")
    return first.partition("#")[0].removeprefix("actions/").removesuffix(".html")


def _local_bans(book: Book) -> Iterator[Cells]:
    found = []
    for record in book.actions:
        places = [name for name in record.model.jurisdictions if _in_the_states(book, name)]
        for key, provision in record.model.provisions.items():
            answer = book.answers[record.id][key]
            if places and answer.state in STANDING and _bars_police(book, record, key, provision):
                found.append((places, record, key, answer))
    for places, record, key, answer in sorted(
        found, key=lambda row: (book.title("jurisdiction", row[0][0]), row[1].id)
    ):
        carved = len(book.carved_by.get(f"{record.id}#{key}", ()))
        place = name_of(book, "jurisdiction", places[0])
        parent = book.dataset.jurisdictions[places[0]].model.parent
        state = name_of(book, "jurisdiction", parent) if parent else Name("")
        yield (
            replace(place, text=place.text.removesuffix(f", {state.text}")),
            state,
            Name(record.model.title, f"{book.path('action', record.id)}#{key}"),
            Name(bounded(answer.since) or "not known"),
            Name(answer.state.label),
            Name(f"{carved}" if carved else "none"),
            Name(book.grades[record.id].value),
        )


def _in_the_states(book: Book, place: str) -> bool:
    record = book.dataset.jurisdictions.get(place)
    return record is not None and record.model.level in _LOCAL and "us" in book.dataset.above(place)


def _bars_police(book: Book, record: Record[Action], key: str, provision: Provision) -> bool:
    return (
        provision.effect is Effect.PROHIBITS
        and Conduct.USE in provision.conduct
        and not provision.conditions
        and not provision.technology
        and not provision.purposes
        and any(
            governs(book.dataset, name, Subject.LAW_ENFORCEMENT) for name in book.dataset.governed(record.model, key)
        )
    )


def _fines(book: Book) -> Iterator[Cells]:
    for record in book.actions:
        action = record.model
        issuer = book.dataset.actors.get(action.actor)
        if action.kind is Kind.FINE and issuer is not None and issuer.model.type is ActorType.REGULATOR:
            paying = {name: None for key in action.provisions for name in action.provisions[key].by}
            yield (
                Name(book.opening(record.id)),
                name_of(book, "actor", action.actor),
                Name(listed([book.governs(name)[0] for name in paying])),
                Name(
                    "; ".join(summed(sum_) for each in action.provisions.values() for sum_ in each.amount)
                    or "not known"
                ),
                name_of(book, "action", record.id),
                Name(book.grades[record.id].value),
            )


def _ending(book: Book) -> Iterator[Cells]:
    today = book.on.toordinal()
    found = []
    for record in book.actions:
        for key in record.model.provisions:
            until = book.answers[record.id][key].until
            if until is not None and today <= until.hi < OPEN_FUTURE and book.stage(record.id) is Stage.IN_BEING:
                found.append((until.hi, record, key, until))
    for _, record, key, until in sorted(found, key=lambda row: (row[0], row[1].id, row[2])):
        yield (
            Name(bounded(until)),
            Name(book.rule(record.model, key)),
            Name(record.model.title, f"{book.path('action', record.id)}#{key}"),
            Name(book.answers[record.id][key].state.label),
            Name(book.grades[record.id].value),
        )


VIEWS: Final = (
    View(
        "us-local-bans-on-police-use",
        "US cities and counties that bar police from face recognition",
        "ban",
        (
            "Provisions of places below the states that prohibit use by police or by all public bodies, of any "
            "product, without condition or purpose, and that stand, presumably stand or possibly stand on this day. An "
            "exception is a provision that carves out of the ban: the page of the action says what it allows."
        ),
        ("Place", "State", "Action", "Since", "Standing", "Exceptions", "Grade"),
        _local_bans,
    ),
    View(
        "fines-by-regulators",
        "Fines by regulators",
        "fine",
        "Actions of kind fine whose issuer is a regulator. Sums are those of the decisions, in their currency.",
        ("Date", "Regulator", "Fined", "Sum", "Action", "Grade"),
        _fines,
    ),
    View(
        "about-to-end",
        "What has an end ahead",
        "provision",
        "Provisions in being whose last day is laid down and still to come, the soonest first.",
        ("Last day", "What", "Action", "Standing", "Grade"),
        _ending,
    ),
)
