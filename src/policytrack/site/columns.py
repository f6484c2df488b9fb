"""What scripts filter and ask: every action and provision in columns, each word once.

The columns are written as scripts that set one name each, because a page that is opened from disk may load a script
but not fetch a file. What only some pages need stands in a script of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from policytrack.codes import (
    Code,
    Conduct,
    Direction,
    Effect,
    Event,
    ForceBasis,
    ForceState,
    Grade,
    Kind,
    Stage,
    Subject,
)
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, PartialDate
from policytrack.models import Action
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.words import bounded

# Days are counted from 1 January 1970, as scripts do; what lies open has a number no calendar reaches.
_EPOCH: Final = 719163
_ALWAYS: Final = -10_000_000
_NEVER: Final = 10_000_000


@dataclass
class _Words:
    """Words by number: each stands once."""

    known: dict[str, int] = field(default_factory=dict)

    def __call__(self, word: str) -> int:
        """Return the number of a word."""
        return self.known.setdefault(word, len(self.known))

    @property
    def listed(self) -> list[str]:
        """The words, by number."""
        return list(self.known)


def data_script(book: Book) -> str:
    """Return the script that sets `PT_DATA`: codes, names, the actions, and when each provision stands."""
    return script("PT_DATA", columns(book))


def terms_script(book: Book) -> str:
    """Return the script that sets `PT_TERMS`: what each provision says, and why and since when it stands."""
    return script("PT_TERMS", terms(book))


def text_script(book: Book) -> str:
    """Return the script that sets `PT_TEXT`: what the search box looks through beside titles, one text an action."""
    return script("PT_TEXT", [_searched(book, record.model) for record in book.actions])


def _searched(book: Book, action: Action) -> str:
    names = [book.title("technology", each) for part in action.provisions.values() for each in part.technology]
    identifiers = [f"{each.scheme.label} {each.value}" for each in action.identifiers]
    return " ".join(filter(None, (action.summary, *dict.fromkeys(names), *identifiers)))


def script(name: str, data: object) -> str:
    """Return the script that sets ``name`` to plain data.

    Inside a script element `</` would end it and `<!--` begin a comment: neither is left.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/").replace("<!--", "<\\!--")
    return f"window.{name}={text};\n"


def columns(book: Book) -> dict[str, Any]:
    """Return the columns that every page with a script needs, as plain data."""
    issuers = {name for record in book.actions for name in book.dataset.issuers(record.model)}
    used = {place for record in book.actions for place in record.model.jurisdictions}
    above = {each for place in used for each in book.dataset.above(place)}
    actors = {name: number for number, name in enumerate(sorted(issuers & set(book.dataset.actors)))}
    places = {name: number for number, name in enumerate(sorted((used | above) & set(book.dataset.jurisdictions)))}
    releases = [release.version for release in reversed(book.past.releases)]
    return {
        "version": book.metadata.version,
        "on": book.on.toordinal() - _EPOCH,
        "codes": {
            "kind": _codes(Kind),
            "subjects": _codes(Subject),
            "direction": _codes(Direction),
            "stage": _codes(Stage),
            "grade": _codes(Grade),
            "state": [[code.value, code.label, code.definition] for code in ForceState],
        },
        "actor": [[name, book.title("actor", name)] for name in actors],
        "jurisdiction": [
            [name, book.title("jurisdiction", name), _parent(book.dataset, name, places)] for name in places
        ],
        "changed": [[version.version, version.released] for version in releases],
        "actions": _actions(book, actors, places),
        "provisions": _provisions(book),
    }


def _codes(vocabulary: Iterable[Code]) -> list[list[str]]:
    return [[code.value, code.label] for code in vocabulary]


def _parent(dataset: Dataset, name: str, places: Mapping[str, int]) -> int:
    return places.get(dataset.jurisdictions[name].model.parent or "", -1)


def _actions(book: Book, actors: Mapping[str, int], places: Mapping[str, int]) -> dict[str, list[Any]]:
    kinds, directions, stages, grades, subjects = (list(each) for each in (Kind, Direction, Stage, Grade, Subject))
    releases = [release.version.version for release in reversed(book.past.releases)]
    rows = [
        {
            "id": record.id,
            "title": record.model.title,
            "kind": kinds.index(record.model.kind),
            "actor": _numbers(book.dataset.issuers(record.model), actors),
            "jurisdiction": _numbers(record.model.jurisdictions, places),
            "subjects": sorted({subjects.index(each) for each in governed_classes(book.dataset, record.model)}),
            "direction": directions.index(book.directions[record.id]),
            "stage": stages.index(book.stage(record.id)),
            "grade": grades.index(book.grades[record.id]),
            "when": when.text if (when := opening(record.model)) else "",
            "changed": releases.index(version.version) if (version := book.past.latest(record)) else -1,
        }
        for record in book.actions
    ]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def opening(action: Action) -> PartialDate | None:
    """Return the first date of an action, by its earliest possible day, or None where none is known."""
    dates = [when for event, when in action.timeline.dates.items() if event is not Event.CONFIRMED]
    return min(dates, key=lambda when: when.bounds.lo if when.bounds.earliest else when.bounds.hi, default=None)


def governed_classes(dataset: Dataset, action: Action) -> Iterator[Subject]:
    """Yield the classes of subjects that an action governs, an actor as the class it belongs to, wider ones too."""
    for key in action.provisions:
        for name in dataset.governed(action, key):
            actor = dataset.actors.get(name)
            word = actor.model.type.subject if actor else name
            if word in set(Subject):
                yield from with_broader(Subject(word))


def with_broader(subject: Subject) -> Iterator[Subject]:
    """Yield a class of subjects and those that take it in."""
    yield subject
    for name in subject.broader:
        yield from with_broader(Subject(name))


def _numbers(names: Iterable[str], known: Mapping[str, int]) -> list[int]:
    return [known[name] for name in names if name in known]


def _day(ordinal: int) -> int:
    """Return a day as scripts count it."""
    if ordinal <= OPEN_PAST + 1:
        return _ALWAYS
    return _NEVER if ordinal >= OPEN_FUTURE else ordinal - _EPOCH


def _provisions(book: Book) -> dict[str, list[Any]]:
    """Return the action of each provision, and its turns: from which day on which state holds."""
    states = list(ForceState)
    found: dict[str, list[Any]] = {"action": [], "turns": []}
    for number, record, key in _each_provision(book):
        found["action"].append(number)
        turns = book.courses[record.id, key]
        found["turns"].append([part for turn in turns for part in (_day(turn.day), states.index(turn.answer.state))])
    return found


def terms(book: Book) -> dict[str, Any]:
    """Return what each provision says, and the reason of each of its turns, in the order of `columns`."""
    words = _Words()
    effects, conducts, bases = list(Effect), list(Conduct), list(ForceBasis)
    found: dict[str, list[Any]] = {name: [] for name in ("key", "effect", "conduct", "by", "why")}
    subjects: list[list[str]] = []
    for _, record, key in _each_provision(book):
        provision = record.model.provisions[key]
        governed = book.dataset.governed(record.model, key)
        answers = [turn.answer for turn in book.courses[record.id, key]]
        found["key"].append(key)
        found["effect"].append(effects.index(provision.effect))
        found["conduct"].append([conducts.index(each) for each in provision.conduct])
        found["by"].append([words(book.governs(name)[0]) for name in governed])
        found["why"].append(
            [
                part
                for each in answers
                for part in (bases.index(each.basis), words(bounded(each.since)), words(bounded(each.until)))
            ]
        )
        subjects.append([name for name in governed if name in book.dataset.actors])
    actors = {name: number for number, name in enumerate(sorted({name for names in subjects for name in names}))}
    return {
        "codes": {
            "effect": _codes(Effect),
            "conduct": [[code.value, code.noun] for code in Conduct],
            "basis": _codes(ForceBasis),
        },
        "words": words.listed,
        "actor": [[name, book.title("actor", name)] for name in actors],
        **found,
        "governs": [[actors[name] for name in names] for names in subjects],
    }


def _each_provision(book: Book) -> Iterator[tuple[int, Record[Action], str]]:
    """Yield every provision: the number of its action, the action, and its key."""
    for number, record in enumerate(book.actions):
        for key in record.model.provisions:
            yield number, record, key
