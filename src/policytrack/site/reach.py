"""What stands, by whose conduct it governs: a bar for each class of subjects, cut by the direction of the actions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from policytrack.codes import Direction, Subject
from policytrack.site.book import STANDING, Book
from policytrack.site.columns import governed_classes


@dataclass(frozen=True, slots=True)
class Piece:
    """The actions of one direction in a bar: how many, and from where to where, in percent of the width."""

    direction: Direction
    number: int
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class of subjects with how many actions that stand, or may, govern it."""

    subject: Subject
    total: int
    pieces: tuple[Piece, ...]


def reach(book: Book) -> tuple[Class, ...]:
    """Return the classes of subjects that actions govern on the day of the site, the most governed first.

    An action counts in each class that a provision of it governs, and in the wider ones: what binds police binds
    government. The numbers are those of the explorer, asked for a class and that day.
    """
    counts: dict[Subject, Counter[Direction]] = {}
    for record in book.actions:
        if any(answer.state in STANDING for answer in book.answers[record.id].values()):
            for subject in set(governed_classes(book.dataset, record.model)):
                counts.setdefault(subject, Counter())[book.directions[record.id]] += 1
    most = max((found.total() for found in counts.values()), default=1)
    order = sorted(counts, key=lambda each: (-counts[each].total(), list(Subject).index(each)))
    return tuple(Class(each, counts[each].total(), tuple(_pieces(counts[each], most))) for each in order)


def _pieces(found: Counter[Direction], most: int) -> list[Piece]:
    pieces, before = [], 0
    for direction in Direction:
        if number := found[direction]:
            pieces.append(Piece(direction, number, f"{100 * before / most:.2f}%", f"{100 * number / most:.2f}%"))
            before += number
    return pieces
