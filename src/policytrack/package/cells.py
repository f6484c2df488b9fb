"""Values as CSV and back: one way to write each row, so that equal rows are equal bytes and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from policytrack.tables import Value

_SPECIAL = re.compile('[",\r\n]|^\\s|\\s$')
_CELL = re.compile('"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^",\r\n]*)')
_INTEGER = re.compile("-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTH: Final = {"true": True, "false": False}


class CellError(ValueError):
    """A cell that is not of its type, or text that is not CSV as we write it."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the line (from 1) apart from the message."""
        super().__init__(message)
        self.line = line


def as_text(value: Value) -> str:
    """Return the text of a value; nothing is an empty cell, so that an empty text cannot be told from it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case "":
            message = "an empty text would be read back as nothing"
            raise ValueError(message)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def as_value(text: str, datatype: str) -> Value:
    """Return the value of a cell of a type of Table Schema; raise `CellError` when it is none."""
    if not text:
        return None
    try:
        return _READERS[datatype](text)
    except (ValueError, KeyError):
        message = f"`{text}` is not of type {datatype}"
        raise CellError(message) from None


def _read(pattern: re.Pattern[str], make: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return a reader of texts of one form: what Python would also take, such as spaces or `1_000`, is refused."""

    def read(text: str) -> Value:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return make(text)

    return read


_READERS: Final[dict[str, Callable[[str], Value]]] = {
    "string": str,
    "integer": _read(_INTEGER, int),
    "number": _read(_NUMBER, Decimal),
    "boolean": lambda text: _TRUTH[text],
    "date": _read(_DATE, date.fromisoformat),
}


def write(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return a table as CSV: RFC 4180 quoting where it is needed, a line feed after each row."""
    lines = [",".join(header), *(",".join(map(_cell, row)) for row in rows)]
    return "\n".join(lines) + "\n"


def _cell(value: Value) -> str:
    """Return the text of a value, in quotes where it needs them: only texts can."""
    text = as_text(value)
    return '"' + text.replace('"', '""') + '"' if isinstance(value, str) and _SPECIAL.search(text) else text


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in a file: the line (from 1) it begins on, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def lines(text: str) -> Iterator[Line]:
    """Yield the rows of a CSV text, its header first; raise `CellError` where it is not CSV as we write it."""
    at, number = 0, 1
    while at < len(text):
        begun, cells = number, []
        while True:
            found = _CELL.match(text, at)
            if found is None:  # pragma: no cover - the pattern takes the empty text
                break
            quoted = found["quoted"]
            cells.append(found["plain"] if quoted is None else quoted.replace('""', '"'))
            number += found.group().count("\n")
            at = found.end()
            if text[at : at + 1] != ",":
                break
            at += 1
        if text[at : at + 1] != "\n":
            what = "the last line has no end" if at >= len(text) else f"{text[at]!r} stands where a cell ends"
            raise CellError(what, number)
        at, number = at + 1, number + 1
        yield Line(begun, tuple(cells))
