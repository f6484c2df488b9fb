"""A file as a tree that keeps its comments: each hangs on the entry it speaks of and goes where that entry goes.

The reader of records drops comments, and libraries that keep them hang a comment on what stands before it, so that it
stays behind when the entry below it moves. Here a comment above an entry, or beside it, belongs to that entry.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import yaml

from policytrack.documents import Data

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")

Offsets = tuple[int, int]


@dataclass(slots=True, eq=False)
class Node:
    """A value: a text (or None), or the entries of a mapping or a list; ``below`` are comments after the last one."""

    value: str | None = None
    entries: list[Entry] | None = None
    is_list: bool = False
    below: list[str] = field(default_factory=list)
    # Where a collection in block layout begins, and whether it stands in brackets: what comments are hung up by.
    column: int = 0
    brackets: bool = False

    @property
    def is_scalar(self) -> bool:
        """Whether this is a text or nothing."""
        return self.entries is None

    def data(self) -> Data:
        """Return the plain data."""
        if self.entries is None:
            return self.value
        if self.is_list:
            return [entry.node.data() for entry in self.entries]
        return {entry.key or "": entry.node.data() for entry in self.entries}

    def commented(self) -> bool:
        """Whether a comment hangs anywhere below."""
        return bool(self.below) or any(
            entry.above or entry.beside or entry.node.commented() for entry in self.entries or ()
        )

    def at(self, path: tuple[str | int, ...]) -> Node:
        """Return the node at a path of the data."""
        here = self
        for step in path:
            entries = here.entries or []
            here = entries[step].node if isinstance(step, int) else next(e.node for e in entries if e.key == step)
        return here


@dataclass(slots=True, eq=False)
class Entry:
    """A key with its value, or an item of a list (no key), with the comments above and beside it."""

    node: Node
    key: str | None = None
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def of_data(data: Data) -> Node:
    """Return the tree of plain data, without comments."""
    if isinstance(data, dict):
        return Node(entries=[Entry(of_data(value), key) for key, value in data.items()])
    if isinstance(data, list):
        return Node(entries=[Entry(of_data(value)) for value in data], is_list=True)
    return Node(data)


def of_text(text: str) -> Node:
    """Return the tree of a text that `documents.parse` accepts without faults; line ends are single line feeds."""
    reader = _Reader(text)
    for event in yaml.parse(text, Loader=_Loader):
        reader.take(event)
    reader.hang()
    return reader.root


@dataclass(slots=True)
class _Frame:
    node: Node
    entry: Entry | None
    key: str | None = None
    key_start: int = 0


@dataclass(slots=True)
class _Spot:
    """An entry and where it begins; the collection that holds it, and those around that, outermost first."""

    start: int
    entry: Entry
    around: tuple[Node, ...]


class _Reader:
    """Builds the tree from the parser's events, then hangs the comments on it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.root = Node(entries=[])
        self.stack: list[_Frame] = []
        self.covered: list[Offsets] = []
        self.spots: list[_Spot] = []
        # Entries by where their text or bracket ends: a comment on that line speaks of them.
        self.ends: list[tuple[int, Entry]] = []
        self.in_brackets: list[tuple[Offsets, Node]] = []
        self.open_brackets: list[int] = []

    def offset(self, mark: Any) -> int:  # noqa: ANN401 - the two parsers have marks of their own
        return int(self.starts[mark.line]) + int(mark.column)

    def take(self, event: yaml.Event) -> None:
        """Build one event in."""
        match event:
            case yaml.ScalarEvent():
                self.scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.begin(event)
            case yaml.CollectionEndEvent():
                frame = self.stack.pop()
                if frame.node.brackets:
                    end = self.offset(event.end_mark)
                    self.in_brackets.append(((self.open_brackets.pop(), end), frame.node))
                    if frame.entry is not None:
                        self.ends.append((end, frame.entry))
            case _:
                pass

    def scalar(self, event: Any) -> None:  # noqa: ANN401 - the marks of events may be anything to type checkers
        start, end = self.offset(event.start_mark), self.offset(event.end_mark)
        block = event.style in {"|", ">"}
        if block:
            # The line of the indicator may end in a comment; the text itself begins on the next one.
            self.covered.append((self.starts[event.start_mark.line + 1], end))
        else:
            self.covered.append((start, end))
        frame = self.stack[-1]
        if not frame.node.is_list and frame.key is None:
            frame.key, frame.key_start = event.value, start
            return
        node = Node(None if event.value == "" and not event.style else event.value)
        entry = self.add(node, start)
        self.ends.append((start + 1 if block else end, entry))

    def begin(self, event: Any) -> None:  # noqa: ANN401 - a mapping or a list begins
        node = self.root if not self.stack else Node(entries=[])
        node.is_list = isinstance(event, yaml.SequenceStartEvent)
        node.column = event.start_mark.column
        node.brackets = bool(event.flow_style)
        start = self.offset(event.start_mark)
        entry = self.add(node, start) if self.stack else None
        if node.brackets:
            self.open_brackets.append(start)
        self.stack.append(_Frame(node, entry))

    def add(self, node: Node, start: int) -> Entry:
        """Put a value into the collection that is open."""
        frame = self.stack[-1]
        entry = Entry(node, None if frame.node.is_list else frame.key)
        begin = start if frame.node.is_list else frame.key_start
        frame.key = None
        if frame.node.entries is not None:
            frame.node.entries.append(entry)
        self.spots.append(_Spot(begin, entry, tuple(each.node for each in self.stack)))
        return entry

    def hang(self) -> None:
        """Hang every comment on its entry."""
        self.spots.sort(key=lambda spot: spot.start)
        self.ends.sort(key=lambda each: each[0])
        self.covered.sort()
        begins = [spot.start for spot in self.spots]
        stops = [end for end, _ in self.ends]
        for number, at in self.comments():
            offset = self.starts[number] + at
            comment = self.lines[number][at:].rstrip()
            following = bisect_right(begins, offset)
            before = self.lines[number][:at].strip()
            entry = self.beside(number, offset, begins, stops) if before else None
            if entry is not None:
                entry.beside.append(comment)
            else:
                self.above(offset, at, comment, following)
        for spot in self.spots:
            # Beside an entry there is room for one comment alone: a line has one, however many lines it came from.
            spot.entry.above += spot.entry.beside[:-1]
            spot.entry.beside = spot.entry.beside[-1:]

    def comments(self) -> Iterator[tuple[int, int]]:
        """Yield line and column (from 0) of each comment."""
        firsts = [first for first, _ in self.covered]
        for number, line in enumerate(self.lines):
            for found in _COMMENT.finditer(line):
                offset = self.starts[number] + found.start()
                last = bisect_right(firsts, offset) - 1
                if last < 0 or offset >= self.covered[last][1]:
                    yield number, found.start()
                    break

    def beside(self, number: int, offset: int, begins: list[int], stops: list[int]) -> Entry | None:
        """Return the entry whose value ends on this line before the comment, else the last whose key stands there."""
        line = self.starts[number]
        last = bisect_right(stops, offset) - 1
        if last >= 0 and self.ends[last][0] > line:
            return self.ends[last][1]
        near = bisect_right(begins, offset) - 1
        return self.spots[near].entry if near >= 0 and begins[near] >= line else None

    def above(self, offset: int, column: int, comment: str, following: int) -> None:
        """Hang a comment with a line of its own on the next entry, or under the deeper collection that it ends."""
        after = self.spots[following] if following < len(self.spots) else None
        inside = [(span, node) for span, node in self.in_brackets if span[0] < offset < span[1]]
        if inside:
            node = min(inside, key=lambda each: each[0][1] - each[0][0])[1]
            if after is not None and any(node is each for each in after.around):
                after.entry.above.append(comment)
            else:
                node.below.append(comment)
            return
        ended = self._ended(following, after, column)
        if ended is not None:
            ended.below.append(comment)
        elif after is not None:
            after.entry.above.append(comment)
        else:
            self.root.below.append(comment)

    def _ended(self, following: int, after: _Spot | None, column: int) -> Node | None:
        """Return the deepest collection that ends before the comment and is indented no deeper than it."""
        if not following:
            return None
        last = self.spots[following - 1]
        around = (*last.around, last.entry.node) if not last.entry.node.is_scalar else last.around
        kept = after.around if after is not None else (self.root,)
        least = kept[-1].column
        deeper = [
            node
            for node in around
            if not node.brackets and not any(node is each for each in kept) and least < node.column <= column
        ]
        return deeper[-1] if deeper else None
