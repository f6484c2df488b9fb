"""JSON descriptors with the place of every value, so that a finding can point into the text."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

from policytrack.findings import Place

Steps: TypeAlias = tuple[str | int, ...]

# No descriptor is larger or deeper; brackets without end are a way to exhaust a reader.
MAX_BYTES: Final = 16 * 2**20
MAX_DEPTH: Final = 100

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)

_OPENING: Final = frozenset("{[")
_CLOSING: Final = frozenset("}]")


class JsonFault(ValueError):  # noqa: N818 - the fault is in the text, not in the program
    """A text that is not JSON as descriptors are: ``key`` says what was tested, ``line`` and ``column`` where."""

    def __init__(self, key: str, message: str, line: int = 1, column: int = 1) -> None:
        """Keep the parts apart."""
        super().__init__(message)
        self.key = key
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Document:
    """A JSON file of a package: where it stands, its text, and its data.

    ``shift`` is the number of characters that were put before each line, so that lines of JSON are one list.
    """

    path: str
    text: str
    data: Any
    shift: int = 0

    @property
    def root(self) -> Node:
        """The value of the whole file."""
        return Node(self, (), self.data)

    @cached_property
    def marks(self) -> dict[Steps, int]:
        """Where in the text each value begins, or its key when it has one."""
        return dict(marked(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def place(self, steps: Steps) -> Place:
        """Return the place of a value; of one that is missing, that of what should hold it."""
        while steps and steps not in self.marks:
            steps = steps[:-1]
        offset = self.marks.get(steps, 0)
        line = bisect_right(self._starts, offset)
        return Place(self.path, line, max(1, offset - self._starts[line - 1] + 1 - self.shift))


@dataclass(frozen=True)
class Node:
    """One value of a document, and the steps that lead to it."""

    document: Document
    steps: Steps
    value: Any

    def __getitem__(self, step: str | int) -> Node:
        """Return what an object has under a name, or a list at a number; None as value where there is nothing."""
        try:
            inner = self.value[step]
        except (KeyError, IndexError, TypeError):
            inner = None
        return Node(self.document, (*self.steps, step), inner)

    def __contains__(self, name: object) -> bool:
        """Whether an object has a property."""
        return isinstance(self.value, dict) and name in self.value

    def items(self) -> Iterator[Node]:
        """Yield the members of a list; nothing for what is none."""
        if isinstance(self.value, list):
            yield from (self[number] for number in range(len(self.value)))

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.document.place(self.steps)

    @property
    def pointer(self) -> str:
        """The JSON pointer (RFC 6901), after the name of the file when it is not the package's descriptor."""
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in self.steps)


def parse(path: str, raw: bytes) -> tuple[Document, list[JsonFault]]:
    """Return a document and the faults that do not keep it from being read; raise `JsonFault` for those that do."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        raise JsonFault("json.encoding", "the file is not UTF-8", *position(before, len(before))) from None
    faults = []
    if text.startswith("\ufeff"):
        faults.append(JsonFault("json.mark", "the file begins with a byte-order mark, which JSON does not know"))
        text = " " + text[1:]
    if _depth(text) > MAX_DEPTH:
        raise JsonFault("json.deep", f"values are nested deeper than {MAX_DEPTH} levels")
    strange: list[str] = []
    try:
        data = json.loads(text, parse_constant=strange.append)
    except json.JSONDecodeError as error:
        raise JsonFault("json.syntax", f"the file is not JSON: {error.msg}", error.lineno, error.colno) from None
    except (ValueError, RecursionError) as error:
        raise JsonFault("json.syntax", f"the file is not JSON: {error}") from None
    spots: dict[Steps, int] = {}
    for steps, offset in marked(text):
        if steps in spots:
            where = position(text, offset)
            faults.append(JsonFault("json.twice", f"`{steps[-1]}` stands twice in one object", *where))
        spots[steps] = offset
    if strange:
        found = re.search(rf"(?<![\w\"]){re.escape(strange[0])}(?![\w\"])", text)
        where = position(text, found.start()) if found else (1, 1)
        faults.append(JsonFault("json.number", f"{strange[0]} is no number of JSON", *where))
    return Document(path, text, data), faults


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an offset."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


def _depth(text: str) -> int:
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        depth += (word in _OPENING) - (word in _CLOSING)
        deepest = max(deepest, depth)
    return deepest


def marked(text: str) -> Iterator[tuple[Steps, int]]:
    """Yield the steps to each value of a JSON text and its offset; a value with a key begins where the key does."""
    # The last step of the innermost holder: the number of its member, or its key; None while a key is awaited.
    steps: list[str | int | None] = []
    objects: list[bool] = []
    for token in _TOKEN.finditer(text):
        word, offset = token.group(), token.start()
        if word == ",":
            last = steps[-1]
            steps[-1] = last + 1 if isinstance(last, int) else None
        elif word in _CLOSING:
            steps.pop()
            objects.pop()
        elif steps and steps[-1] is None and word != ":":
            steps[-1] = json.loads(word)
            yield _whole(steps), offset
        elif word != ":":
            if not (objects and objects[-1]):
                yield _whole(steps), offset
            if word in _OPENING:
                objects.append(word == "{")
                steps.append(None if word == "{" else 0)


def _whole(steps: list[str | int | None]) -> Steps:
    return tuple(step for step in steps if step is not None)
