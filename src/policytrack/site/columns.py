"""What scripts filter and ask: every action and provision in columns, each word once.

The columns are written as a script that sets one name, because a page that is opened from disk may load a script but
not fetch a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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
from policytrack.dates import OPEN_FUTURE, OPEN_PAST
from policytrack.models import Action
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
    """Return the script that sets `PT_DATA`: codes, names, and the columns of actions and provisions."""
    return _script("PT_DATA", columns(book))


def text_script(book: Book) -> str:
    """Return the script that sets `PT_TEXT`: what the search box looks through beside titles, one text an action."""
    return _script("PT_TEXT", [_searched(book, record.model) for record in book.actions])


def _searched(book: Book, action: Action) -> str:
    names = [book.title("technology", each) for part in action.provisions.values() for each in part.technology]
    identifiers = [f"{each.scheme.label} {each.value}" for each in action.identifiers]
    return " ".join(filter(None, (action.summary, action.notes, *dict.fromkeys(names), *identifiers)))


def _script(name: str, data: object) -> str:
    # Inside a script element `</` would end it, and `<!--` begin a comment: neither is left.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/").replace("<!--", "<\\!--")
    return f"window.{name}={text};\n"


def columns(book: Book) -> dict[str, Any]:
    """Return the columns as plain data."""
    since = _Words()
    actors = {name: number for number, name in enumerate(sorted(book.dataset.actors))}
    places = {name: number for number, name in enumerate(sorted(book.dataset.jurisdictions))}
    return {
        "version": book.metadata.version,
        "on": book.on.toordinal() - _EPOCH,
        "codes": {
            "kind": _codes(Kind),
            "subjects": _codes(Subject),
            "direction": _codes(Direction),
            "stage": _codes(Stage),
            "grade": _codes(Grade),
            "effect": _codes(Effect),
            "conduct": _codes(Conduct),
            "state": _codes(ForceState),
            "basis": _codes(ForceBasis),
        },
        "actor": [[name, book.title("actor", name)] for name in actors],
        "jurisdiction": [
            [name, book.title("jurisdiction", name), _parent(book.dataset, name, places)] for name in places
        ],
        "actions": _actions(book, actors, places),
        "provisions": _provisions(book, since),
        "since": since.listed,
    }


def _codes(vocabulary: Iterable[Code]) -> list[list[str]]:
    return [[code.value, code.label] for code in vocabulary]


def _parent(dataset: Dataset, name: str, places: dict[str, int]) -> int:
    return places.get(dataset.jurisdictions[name].model.parent or "", -1)


def _actions(book: Book, actors: dict[str, int], places: dict[str, int]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {
        name: []
        for name in (
            "id",
            "title",
            "kind",
            "actor",
            "jurisdiction",
            "subjects",
            "direction",
            "stage",
            "grade",
            "first",
            "last",
        )
    }
    kinds, directions, stages, grades, subjects = (list(each) for each in (Kind, Direction, Stage, Grade, Subject))
    for record in book.actions:
        action = record.model
        first, last = _begun(action)
        for name, value in (
            ("id", record.id),
            ("title", action.title),
            ("kind", kinds.index(action.kind)),
            ("actor", _numbers(book.dataset.issuers(action), actors)),
            ("jurisdiction", _numbers(action.jurisdictions, places)),
            ("subjects", sorted({subjects.index(each) for each in governed_classes(book.dataset, action)})),
            ("direction", directions.index(book.directions[record.id])),
            ("stage", stages.index(book.stage(record.id))),
            ("grade", grades.index(book.grades[record.id])),
            ("first", _day(first)),
            ("last", _day(last)),
        ):
            found[name].append(value)
    return found


def _begun(action: Action) -> tuple[int, int]:
    """Return the days between which an action began: the bounds of its first date."""
    dates = [each.bounds for event, each in action.timeline.dates.items() if event is not Event.CONFIRMED]
    first = min(dates, key=lambda each: (each.lo if each.earliest else each.hi, each.hi), default=None)
    return (first.lo, first.hi) if first else (OPEN_PAST, OPEN_FUTURE)


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


def _numbers(names: Iterable[str], known: dict[str, int]) -> list[int]:
    return [known[name] for name in names if name in known]


def _day(ordinal: int) -> int:
    """Return a day as scripts count it."""
    if ordinal <= OPEN_PAST + 1:
        return _ALWAYS
    return _NEVER if ordinal >= OPEN_FUTURE else ordinal - _EPOCH


def _provisions(book: Book, since: _Words) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {name: [] for name in ("action", "key", "effect", "conduct", "by", "turns")}
    effects, conducts, states, bases = list(Effect), list(Conduct), list(ForceState), list(ForceBasis)
    for number, record in enumerate(book.actions):
        for key, provision in record.model.provisions.items():
            found["action"].append(number)
            found["key"].append(key)
            found["effect"].append(effects.index(provision.effect))
            found["conduct"].append([conducts.index(each) for each in provision.conduct])
            found["by"].append([book.governs(name)[0] for name in book.dataset.governed(record.model, key)])
            turns: list[int] = []
            for turn in book.courses[record.id, key]:
                answer = turn.answer
                turns += [
                    _day(turn.day),
                    states.index(answer.state),
                    bases.index(answer.basis),
                    since(bounded(answer.since)),
                    since(bounded(answer.until)),
                ]
            found["turns"].append(turns)
    return found
