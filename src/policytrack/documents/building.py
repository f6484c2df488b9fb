"""The long way through a text: data and marks with an explicit stack, and a finding for whatever is wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from policytrack.documents.document import Data, Mark, Path
from policytrack.faults.text import ALIAS, DUPLICATE_KEY, NOT_A_MAPPING, SYNTAX, TAG, TOO_DEEP
from policytrack.findings import Check, Finding, Place

MAX_DEPTH: Final = 16
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A key that runs into its value, which YAML takes for one text.
_TIGHT = re.compile(r"\s*(?:- )?([a-z_]+):(?=[^\s:])")
# What git writes into a file where two sides of a merge differ.
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}) .*|^={7}\r?$", re.MULTILINE)
# A space that no key on a keyboard is labelled with, where YAML takes nothing but a plain one.
_ODD_SPACE = re.compile(r"^[^\S\n]*?([^\S \t\r\n])|:([^\S \t\r\n])")


def build(path: str, text: str) -> Builder:
    """Return the data, the marks and the faults of a text."""
    builder = Builder(path)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except Refused:
        # Above the first field the marker of a merge reads as a text, or as a second document.
        if (conflict := _conflict(path, text)) is not None:
            builder.faults[-1:] = [conflict]
    except yaml.MarkedYAMLError as error:
        builder.fail(error, text)
    except (yaml.YAMLError, RecursionError) as error:
        builder.faults.append(
            SYNTAX.at(Place(path), f"the text is not YAML: {error}", "see `policytrack explain PT006`")
        )
    return builder


class Refused(Exception):  # noqa: N818 - a signal inside this module, not an error of the program
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
class Builder:
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
        raise Refused

    def fail(self, error: yaml.MarkedYAMLError, text: str) -> None:
        """Report where the parser gave up, in its own words."""
        self.broken = True
        if (conflict := _conflict(self.path, text)) is not None:
            self.faults.append(conflict)
            return
        problem = error.problem or "unknown fault"
        # What never closes is found at the end of the file, a key without a colon on a later line: where it opened
        # is where the mistake is.
        opened, found = _mark(error.context_mark), _mark(error.problem_mark)
        late = "end of stream" in problem or "expected ':'" in problem or found > _end(text)
        place = Place(self.path, *((opened or found) if late else (found or opened)))
        message = f"the text is not YAML: {problem}"
        line = text.split("\n")[place.line - 1 : place.line]
        self.faults.append(SYNTAX.at(place, message, _remedy(problem, line[0] if line else "", place.column, opened)))


def _conflict(path: str, text: str) -> Finding | None:
    """Return what a merge left behind, at its first line, or None."""
    found = _CONFLICT.search(text)
    if found is None:
        return None
    place = Place(path, text.count("\n", 0, found.start()) + 1)
    message = f"a merge was left unfinished: `{found.group()[:7]}` opens this line"
    return SYNTAX.at(place, message, "keep one of the two sides, and take the marker lines out")


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
    if "expected ':'" in problem:
        return _without_colon(line)
    if "mapping values" in problem or "cannot start any token" in problem:
        return "quote the value"
    return "look here and at the line above"


def _without_colon(line: str) -> str:
    """Say how to mend a line that is no field: its colon is missing, or what stands behind it is no plain space."""
    odd = _ODD_SPACE.search(line)
    if odd is not None:
        number = 1 if odd[1] else 2
        name = unicodedata.name(odd[number], "space of another kind").lower()
        return f"{name} (U+{ord(odd[number]):04X}) in column {odd.start(number) + 1}: write a plain space instead"
    tight = _TIGHT.match(line)
    if tight is not None:
        return f"put a space behind the colon: `{tight[1]}: …`"
    return "write `field: value`; indent the line if it goes on with the one above, or take it out"
