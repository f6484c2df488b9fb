"""Lists of everything, for reading and for those without scripts: by kind and year, by name, by country."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from policytrack.codes import JurisdictionLevel
from policytrack.layout import UNDATED, year_of
from policytrack.site.account import Name
from policytrack.site.book import Book
from policytrack.site.citing import Citing
from policytrack.site.grounds import bibliographic
from policytrack.site.page import Page
from policytrack.site.pages.records import name_of
from policytrack.site.rendering import Renderer
from policytrack.site.trend import trend
from policytrack.site.words import counted


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in an index, a remark, and how many actions stand behind it."""

    name: Name
    remark: str
    number: int
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Entries under one letter, year or heading."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages of kinds and years, and the index of each folder."""
    book = renderer.book
    yield from _kinds(renderer)
    yield from _years(renderer)
    actors = [
        Entry(name_of(book, "actor", name), record.model.type.label, len(book.by_actor.get(name, ())))
        for name, record in book.dataset.actors.items()
    ]
    yield _index(renderer, "actors", "Actors", "Who acts, and whose conduct is governed by name.", _letters(actors))
    technologies = [
        Entry(
            name_of(book, "technology", name),
            book.title("actor", record.model.vendor) if record.model.vendor else "",
            len(book.by_technology.get(name, ())),
        )
        for name, record in book.dataset.technologies.items()
    ]
    lede = "Products and classes of systems that actions name. Most name none and speak of face recognition at large."
    yield _index(renderer, "technologies", "Technologies", lede, _letters(technologies))
    lede = "Places with rule-making power, by country; behind each, the number of actions by its own rules."
    countries = sorted(_countries(book), key=_by_letter)
    yield _index(renderer, "jurisdictions", "Places", lede, [Block("places", "", tuple(countries))])
    lede = "Every document that is cited, by the year in which it was published."
    yield _index(renderer, "sources", "Sources", lede, _published(book))


def _index(renderer: Renderer, folder: str, heading: str, lede: str, blocks: list[Block]) -> Page:
    total = counted(len(renderer.book.dataset.of_kind(_KIND_OF[folder])), "record")
    return renderer.page(f"{folder}/index.html", "names.html", heading=heading, lede=lede, blocks=blocks, total=total)


# Where a place stands in the list says as much.
_USUAL = {JurisdictionLevel.COUNTRY, JurisdictionLevel.STATE, JurisdictionLevel.MUNICIPALITY}
_KIND_OF = {"actors": "actor", "technologies": "technology", "jurisdictions": "jurisdiction", "sources": "source"}


def _letters(entries: Iterable[Entry]) -> list[Block]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_by_letter):
        letter = _plain(entry.name.text)[:1].upper()
        found[letter if letter.isascii() and letter.isalpha() else "#"].append(entry)
    return [
        Block(f"at-{letter if letter != '#' else 'other'}", letter, tuple(found[letter])) for letter in sorted(found)
    ]


def _by_letter(entry: Entry) -> tuple[str, str]:
    return _plain(entry.name.text), entry.name.path


def _plain(text: str) -> str:
    """Return a name as it is sorted: without case, and letters without their marks."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


def _countries(book: Book) -> list[Entry]:
    below: dict[str, list[str]] = defaultdict(list)
    tops = []
    for name, record in book.dataset.jurisdictions.items():
        parent = record.model.parent
        if parent and parent in book.dataset.jurisdictions and name not in book.dataset.above(parent):
            below[parent].append(name)
        else:
            tops.append(name)
    return [_place(book, name, below) for name in tops]


def _place(book: Book, name: str, below: dict[str, list[str]]) -> Entry:
    within = sorted((_place(book, each, below) for each in below[name]), key=_by_letter)
    level = book.dataset.jurisdictions[name].model.level
    remark = "" if level in _USUAL else level.label.lower()
    return Entry(name_of(book, "jurisdiction", name), remark, len(book.by_jurisdiction.get(name, ())), tuple(within))


def _published(book: Book) -> list[Block]:
    records = sorted(
        book.dataset.sources.values(),
        key=lambda record: (year_of(record.model) == UNDATED, year_of(record.model), record.model.title.casefold()),
    )
    by_year = [(year, list(group)) for year, group in groupby(records, key=lambda record: year_of(record.model))]
    by_year.sort(key=lambda item: (item[0] != UNDATED, item[0]), reverse=True)
    return [
        Block(
            f"y{year}",
            year.capitalize(),
            tuple(
                Entry(
                    name_of(book, "source", record.id),
                    bibliographic(record.model),
                    len(book.by_source.get(record.id, ())),
                )
                for record in group
            ),
        )
        for year, group in by_year
    ]


def _kinds(renderer: Renderer) -> Iterator[Page]:
    book = renderer.book
    entries = [
        Entry(Name(kind.label, f"kinds/{kind.value}.html"), kind.definition, len(ids))
        for kind, ids in book.by_kind.items()
    ]
    yield renderer.page(
        "kinds/index.html",
        "names.html",
        heading="Kinds of actions",
        lede="What an action does to the conduct, whatever its form.",
        blocks=[Block("kinds", "", tuple(entries))],
        total=counted(len(book.by_kind), "kind"),
    )
    for kind, ids in book.by_kind.items():
        yield renderer.page(
            f"kinds/{kind.value}.html",
            "list.html",
            heading=kind.label,
            lede=f"{kind.definition} {kind.note}".strip(),
            crumb=Name("Kinds", "kinds/index.html"),
            years=renderer.lines.by_year(ids),
            total=counted(len(ids), "action"),
            explore=f"kind={kind.value}",
            page_of=("kinds", kind.value),
        )


def _years(renderer: Renderer) -> Iterator[Page]:
    book = renderer.book
    entries = [Entry(Name(year.capitalize(), f"years/{year}.html"), "", len(ids)) for year, ids in book.by_year.items()]
    yield renderer.page(
        "years/index.html",
        "years.html",
        blocks=[Block("years", "", tuple(entries))],
        trend=trend(book),
        citing=Citing(book, title="Actions over time", address=renderer.address("years/index.html")),
    )
    for year, ids in book.by_year.items():
        explore = f"from={year}-01-01&to={year}-12-31" if year != UNDATED else ""
        yield renderer.page(
            f"years/{year}.html",
            "list.html",
            heading=f"Actions of {year}" if year != UNDATED else "Actions without a date",
            lede="By the first date that is known of each.",
            crumb=Name("Years", "years/index.html"),
            years=renderer.lines.by_year(ids),
            total=counted(len(ids), "action"),
            explore=explore,
            page_of=("years", year),
        )
