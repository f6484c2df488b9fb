"""YAML text to plain data with a mark on every key and value; whatever cannot be read becomes a finding.

Read from the parser's events, without recursion: depth is bounded before anything is built, aliases and tags are
refused instead of resolved, and every scalar stays the text that stands in the file. A text without faults is read
for its data alone; one with faults, and one of which somebody asks where a value stands, is read again with marks.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, TypeAlias

import yaml

from policytrack.faults.text import (
    ALIAS,
    BYTE_ORDER_MARK,
    CONTROL_CHARACTER,
    DUPLICATE_KEY,
    NOT_A_MAPPING,
    NOT_UTF8,
    SYNTAX,
    TAG,
    TOO_DEEP,
    TOO_LARGE,
)
from policytrack.findings import Check, Finding, Place

Data: TypeAlias = str | list["Data"] | dict[str, "Data"] | None
Path: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
# Texts of at most so many characters (codes, days, short ids) stand in many files: each is kept once.
_SHORT = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# C0 and C1 controls, and what YAML counts as the end of a line and editors do not: separators, a lone return.
# A key that runs into its value, which YAML takes for one text.
_TIGHT = re.compile(r"\s*(?:- )?([a-z_]+):(?=[^\s:])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)")
_BOM = "\ufeff"
_NODES = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file: its plain data, the text it came from, and where each key and value stands in it.

    ``marks``: line and column, from 0, of the whole, then of each key and value in the order of ``data``: few are
    looked up, and numbers take the least memory.
    """

    path: str
    text: str
    data: dict[str, Data]
    marks: Sequence[int] = ()

    @property
    def values(self) -> Mapping[Path, Mark]:
        """Where each value stands, by its path."""
        return {at: self._mark(number) for number, (at, key) in enumerate(_spots(self.data)) if not key}

    @property
    def keys(self) -> Mapping[Path, Mark]:
        """Where each key stands, by the path of its value."""
        return {at: self._mark(number) for number, (at, key) in enumerate(_spots(self.data)) if key}

    def holds(self, at: Path) -> bool:
        """Whether a value stands at ``at``."""
        return _numbers(self.data, at) is not None

    def place(self, at: Path = (), *, key: bool = False) -> Place:
        """Return where the value (or the key) at ``at`` stands; what is absent points at its nearest parent's key."""
        found = _numbers(self.data, at)
        if found is not None and not key:
            return Place(self.path, *self._mark(found[1]))
        while found is None:
            at = at[:-1]
            found = _numbers(self.data, at)
        of_key, of_value = found
        return Place(self.path, *self._mark(of_value if of_key is None else of_key))

    def _mark(self, number: int) -> Mark:
        line, column = self.marks[2 * number : 2 * number + 2] or (0, 0)  # a document made by hand may have none
        return line + 1, column + 1

    def line(self, number: int) -> str:
        """Return a source line (from 1), or empty past the end."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def parse(path: str, raw: bytes) -> tuple[Document | None, list[Finding]]:
    """Read ``raw``, the bytes of the file at ``path``, to a document and the faults of its text.

    The document is None where no mapping of fields can be made of the text.
    """
    text, faults = _decode(path, raw)
    if text is None:
        return None, faults
    plain = _plain(path, text)
    if plain is not None:
        return plain, faults
    builder = _build(path, text)
    faults += builder.faults
    data = builder.root if not builder.broken else None
    if data is None:
        if not faults:
            faults.append(NOT_A_MAPPING.at(Place(path), "the file holds no fields", "write `field: value` lines"))
        return None, faults
    marks = [builder.keys[at] if key else builder.values[at] for at, key in _spots(data)]  # not what it dropped
    return Document(path, text, data, array("I", (number - 1 for mark in marks for number in mark))), faults


def _plain(path: str, text: str) -> Document | None:
    """Return the document of a text without faults, or None where the builder has to say what is wrong."""
    marks = array("I")
    try:
        following = _Loader(text).get_event
        following(), following()  # the stream begins; the document begins, or there is none
        root = _plain_value(following(), following, marks.append, 0)
        following()  # the document ends
        alone = isinstance(following(), yaml.StreamEndEvent)
    except (_Refused, yaml.YAMLError, RecursionError):
        return None
    return Document(path, text, root, marks) if alone and isinstance(root, dict) else None


def _plain_value(event: Any, following: Callable[[], Any], note: Callable[[int], None], depth: int) -> Data:  # noqa: ANN401
    """Return the value that begins with ``event``; raise `_Refused` at what only the builder can speak of."""
    kind = event.__class__
    if kind not in _NODES or event.anchor is not None or event.tag is not None:
        raise _Refused
    mark = event.start_mark
    note(mark.line)
    note(mark.column)
    if kind is yaml.ScalarEvent:
        text: str = event.value
        if len(text) > _SHORT:
            return text
        return intern(text) if text or event.style else None
    if depth >= MAX_DEPTH:
        raise _Refused
    if kind is yaml.SequenceStartEvent:
        items: list[Data] = []
        while (event := following()).__class__ is not yaml.SequenceEndEvent:
            items.append(_plain_value(event, following, note, depth + 1))
        return items
    fields: dict[str, Data] = {}
    while (event := following()).__class__ is not yaml.MappingEndEvent:
        plain = event.__class__ is yaml.ScalarEvent and event.anchor is None and event.tag is None
        name = intern(event.value) if plain else ""  # the same few names in every file
        if not plain or name in fields:
            raise _Refused
        mark = event.start_mark
        note(mark.line)
        note(mark.column)
        fields[name] = _plain_value(following(), following, note, depth + 1)
    return fields


def _numbers(data: Data, at: Path) -> tuple[int | None, int] | None:
    """Return which marks the key and the value at ``at`` have, or None where nothing stands there.

    Counted along the way, without a path for each value of the file.
    """
    key, value = None, 0
    for step in at:
        if isinstance(data, dict) and isinstance(step, str) and step in data:
            key = value + 1
            for name, item in data.items():
                if name == step:
                    break
                key += 1 + _count(item)
            value = key + 1
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            key = None
            value += 1 + sum(map(_count, data[:step]))
            data = data[step]
        else:
            return None
    return key, value


def _count(data: Data) -> int:
    """Return how many marks a value has: its own, and those of what it holds."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_count, data.values()))
    return 1 + sum(map(_count, data)) if isinstance(data, list) else 1


def _spots(data: Data, at: Path = ()) -> Iterator[tuple[Path, bool]]:
    """Yield the paths of values (False) and keys (True) in the order of their marks."""
    yield at, False
    if isinstance(data, dict):
        for name, item in data.items():
            yield (*at, name), True
            yield from _spots(item, (*at, name))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _spots(item, (*at, number))


def _build(path: str, text: str) -> _Builder:
    """Return the data, the marks and the faults of a text."""
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _Refused:
        pass
    except yaml.MarkedYAMLError as error:
        builder.fail(error, text)
    except (yaml.YAMLError, RecursionError) as error:
        builder.faults.append(
            SYNTAX.at(Place(path), f"the text is not YAML: {error}", "see `policytrack explain PT006`")
        )
    return builder


def _decode(path: str, raw: bytes) -> tuple[str | None, list[Finding]]:
    """Return the text of a file, or None and the fault that keeps it from being text."""
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read"
        return None, [
            TOO_LARGE.at(Place(path), message, "a record is a few kilobytes: split it or remove what is foreign")
        ]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        return None, [NOT_UTF8.at(_after(path, before), message, "save the file as UTF-8")]
    faults = []
    if _BOM in text:
        place = _after(path, text[: text.index(_BOM)])
        faults.append(BYTE_ORDER_MARK.at(place, "the file holds a byte-order mark", "save it as UTF-8 without BOM"))
        text = text.replace(_BOM, "")
    # Text that can be printed, as most is, holds none; to see that takes a tenth of the time.
    control = None if text.replace("\n", "").isprintable() else _CONTROL.search(text)
    if control is not None:
        message = f"control character U+{ord(control.group()):04X}"
        faults.append(CONTROL_CHARACTER.at(_after(path, text[: control.start()]), message, "delete it"))
        return None, faults
    return text, faults


def _after(path: str, text: str) -> Place:
    """Return the place right behind ``text``."""
    return Place(path, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


class _Refused(Exception):  # noqa: N818 - a signal inside this module, not an error of the program
    """Reading stops here: what follows cannot be built."""


@dataclass(slots=True)
class _Frame:
    """A collection under construction: its path, its data, and the key that waits for a value."""

    path: Path
    data: dict[str, Data] | list[Data]
    key: str | None = None
    # A repeated key's value is read for its own faults and then dropped: the first one stays.
    dropped: bool = False


@dataclass(slots=True)
class _Builder:
    """Takes parser events and builds data and marks with an explicit stack."""

    path: str
    root: dict[str, Data] | None = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0
    broken: bool = False

    def take(self, event: yaml.Event) -> None:
        """Build one event in."""
        match event:
            case yaml.ScalarEvent():
                self.screen(event)
                self.scalar(event)
            case yaml.MappingStartEvent():
                self.screen(event)
                self.open(event, {})
            case yaml.SequenceStartEvent():
                self.screen(event)
                self.open(event, [])
            case yaml.CollectionEndEvent():
                self.stack.pop()
            case yaml.AliasEvent():
                message, advice = f"alias `*{event.anchor}`", "write the value out"
                self.refuse(ALIAS, event, message, advice)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.refuse(NOT_A_MAPPING, event, "a second document begins here", "one file holds one record")
            case _:
                pass  # the stream's begin and end carry nothing

    def screen(self, event: yaml.NodeEvent) -> None:
        """Report an anchor or a tag; the value itself is still read."""
        if event.anchor is not None:
            self.faults.append(ALIAS.at(self.where(event), f"anchor `&{event.anchor}`", "remove the anchor"))
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            self.faults.append(TAG.at(self.where(event), f"tag `{shown}`", "remove the tag: every value is text"))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Take a key or a value."""
        frame = self.stack[-1] if self.stack else None
        if frame is None:
            message = "the file holds text, not fields" if event.value else "the file holds no fields"
            self.refuse(NOT_A_MAPPING, event, message, "write `field: value` lines")
        elif isinstance(frame.data, dict) and frame.key is None:
            self.key(frame, event)
        else:
            empty = event.value == "" and not event.style
            self.place(frame, None if empty else event.value, event)

    def key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        """Take the key of the next value."""
        frame.key = event.value
        path = (*frame.path, event.value)
        frame.dropped = event.value in frame.data
        if frame.dropped:
            line = self.keys[path][0]
            message = f"key `{event.value}` stands twice, first on line {line}"
            self.faults.append(DUPLICATE_KEY.at(self.where(event), message, "keep one of the two"))
        else:
            self.keys[path] = self.mark(event)

    def open(self, event: yaml.NodeEvent, data: dict[str, Data] | list[Data]) -> None:
        """Begin a mapping or a list."""
        if not self.stack:
            if isinstance(data, list):
                self.refuse(NOT_A_MAPPING, event, "the file holds a list, not fields", "write `field: value` lines")
            self.values[()] = self.mark(event)
            self.root = data if isinstance(data, dict) else None
            self.stack.append(_Frame((), data))
            return
        if len(self.stack) >= MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} deep"
            self.refuse(TOO_DEEP, event, message, "close the brackets; no field lies so deep")
        frame = self.stack[-1]
        if isinstance(frame.data, dict) and frame.key is None:
            self.refuse(NOT_A_MAPPING, event, "a key is a list or a mapping", "keys are plain words")
        self.stack.append(_Frame(self.place(frame, data, event), data))

    def place(self, frame: _Frame, value: Data, event: yaml.NodeEvent) -> Path:
        """Put a value into its collection and return its path."""
        if isinstance(frame.data, list):
            path: Path = (*frame.path, len(frame.data))
            frame.data.append(value)
        else:
            key = frame.key or ""
            path = (*frame.path, key)
            frame.key = None
            if frame.dropped:
                return (*frame.path, f"{key} (again)")
            frame.data[key] = value
        self.values[path] = self.mark(event)
        return path

    def mark(self, event: yaml.Event) -> Mark:
        """Return line and column, from 1."""
        line, column = _mark(event.start_mark)
        return (line, column)

    def where(self, event: yaml.Event) -> Place:
        """Return the place of an event."""
        return Place(self.path, *self.mark(event))

    def refuse(self, check: Check, event: yaml.Event, message: str, advice: str) -> None:
        """Report what ends the reading of this file."""
        self.broken = True
        self.faults.append(check.at(self.where(event), message, advice))
        raise _Refused

    def fail(self, error: yaml.MarkedYAMLError, text: str) -> None:
        """Report where the parser gave up, in its own words."""
        self.broken = True
        problem = error.problem or "unknown fault"
        # What never closes is found at the end of the file, a key without a colon on a later line: where it opened
        # is where the mistake is.
        opened, found = _mark(error.context_mark), _mark(error.problem_mark)
        late = "end of stream" in problem or "expected ':'" in problem or found > _end(text)
        place = Place(self.path, *((opened or found) if late else (found or opened)))
        message = f"the text is not YAML: {problem}"
        line = text.split("\n")[place.line - 1 : place.line]
        self.faults.append(SYNTAX.at(place, message, _remedy(problem, line[0] if line else "", place.column, opened)))


def _mark(mark: Any) -> tuple[int, ...]:  # noqa: ANN401 - the two parsers have marks of their own
    return () if mark is None else (mark.line + 1, mark.column + 1)


def _end(text: str) -> tuple[int, int]:
    """Return the last place at which anything stands."""
    written = text.rstrip()
    return written.count("\n") + 1, len(written) - written.rfind("\n") - 1


def _remedy(problem: str, line: str, column: int, opened: tuple[int, ...]) -> str:
    """Say how to mend a text that is not YAML, as far as the parser's words and the line at its place show it."""
    character = line[column - 1 : column]
    if character == "\t":
        return "indent with spaces: YAML takes no tab here"
    if character in {"'", '"'} and "end of stream" in problem:
        return "close the quotation mark that opens here"
    if "expected ',' or" in problem and opened:
        return f"close the bracket that opens on line {opened[0]}, and put a comma between its items"
    tight = _TIGHT.match(line) if "expected ':'" in problem else None
    if tight is not None:
        return f"put a space behind the colon: `{tight[1]}: …`"
    if "mapping values" in problem or "cannot start any token" in problem:
        return "quote the value"
    return "look here and at the line above"


def walk(data: Data, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text in ``data`` with its path, keys not included; depth is bounded by the reader."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from walk(item, (*at, number))
    elif isinstance(data, dict):
        for name, item in data.items():
            yield from walk(item, (*at, name))
