"""Delimited text to rows by a dialect, line by line: what is not laid out so is told and read as well as can be."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from policytrack.findings import Check, Place
from policytrack.gate.descriptors import position
from policytrack.gate.dialects import Dialect
from policytrack.gate.faults import ADVICE, FILE, TABLE
from policytrack.gate.files import MAX_LINE, text_lines
from policytrack.gate.paths import Target
from policytrack.gate.report import Report
from policytrack.gate.rows import TextRow

# A cell of more characters has lost its closing quotation mark.
MAX_CELL: Final = 2**20
_BAD: Final = re.compile("[\0\udc80-\udcff]")
_ENDS: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one file or text, what it is called in findings, and where it stands within a descriptor."""

    path: str
    lines: Iterable[str]
    inline: Place | None = None


class Reader:
    """Cuts lines into rows by one dialect."""

    def __init__(self, dialect: Dialect, report: Report) -> None:
        """Prepare the patterns of the dialect."""
        self.dialect = dialect
        self.report = report
        quote, escape = re.escape(dialect.quote), re.escape(dialect.escape)
        parts = [f"[^{quote}{escape}]++"]
        parts += [f"{escape}[\\s\\S]"] if dialect.escape else []
        parts += [f"{quote}{quote}"] if dialect.doubled else []
        self._quoted = re.compile(f"(?:{'|'.join(parts)})*+")
        self._escaped = re.compile(f"{escape}([\\s\\S])") if dialect.escape else None
        plain = f"(?:{escape}[\\s\\S]|(?!{re.escape(dialect.delimiter)})[^{escape}])*+" if dialect.escape else ""
        self._plain = re.compile(plain) if plain else None

    def rows(self, source: Lines) -> Iterator[TextRow]:
        """Yield the rows, blank ones and comments too."""
        self.path, self.inline = source.path, source.inline
        number, begun, kept = 0, 0, ""
        state = _State()
        try:
            for line in source.lines:
                number += 1
                if len(line) >= MAX_LINE:
                    self._say(TABLE, "table.endless", Place(self.path, number), "the line has no end")
                    return
                text = self._inspected(line, number)
                if not kept and self._is_simple(text):
                    yield self._row(number, text, self._split(text), [])
                    continue
                begun = begun or number
                kept += text
                if self._cut(kept, state, begun):
                    yield self._row(begun, kept, state.cells, state.offsets)
                    begun, kept, state = 0, "", _State()
                elif len(kept) - state.at > MAX_CELL:
                    break
        except UnicodeError:
            self._say(FILE, "file.encoding.lost", Place(self.path, number + 1), "the text is not in its encoding")
            return
        except OSError as error:
            self._say(FILE, "file.closed", Place(self.path), f"the file cannot be read: {error.strerror or error}")
            return
        if kept:
            line_, column = position(kept, state.begun)
            place = Place(self.path, begun + line_ - 1, column)
            self._say(TABLE, "table.unclosed", place, "nothing closes this quotation mark")

    def _row(self, line: int, text: str, cells: list[str | None], offsets: list[int]) -> TextRow:
        return TextRow(self.path, line, text, cells, self.dialect.delimiter, offsets, self.inline)

    def is_comment(self, row: TextRow) -> bool:
        """Whether a row is one that the dialect leaves out by its first characters."""
        return bool(self.dialect.comment) and row.text.startswith(self.dialect.comment)

    def _say(self, check: Check, key: str, place: Place, message: str, advice: str = "") -> None:
        self.report.say(check, key, self.inline or place, message, advice)

    def _inspected(self, line: str, number: int) -> str:
        """Tell of what no text should hold, and return the line without a mark of byte order."""
        if number == 1 and line.startswith("\ufeff"):
            self._say(
                ADVICE, "file.mark", Place(self.path), "the file begins with a byte-order mark", "save it without"
            )
            line = line[1:]
        found = _BAD.search(line)
        if found is not None:
            place = Place(self.path, number, found.start() + 1)
            if found.group() == "\0":
                self._say(FILE, "file.nul", place, "NUL stands in the text")
            else:
                byte = ord(found.group()) & 0xFF
                self._say(FILE, "file.encoding", place, f"the byte {byte:#04x} is none of the encoding")
        return line

    def _is_simple(self, text: str) -> bool:
        dialect = self.dialect
        return (
            dialect.quote not in text
            and not (dialect.escape and dialect.escape in text)
            and not dialect.skips_space
            and dialect.null is None
        ) or (bool(dialect.comment) and text.startswith(dialect.comment))

    def _split(self, text: str) -> list[str | None]:
        bare = self._bare(text)
        return [*bare.split(self.dialect.delimiter)] if bare else []

    def _bare(self, text: str) -> str:
        """Return a line without its end."""
        terminator = self.dialect.terminator
        return text.rstrip(_ENDS) if set(terminator) <= set(_ENDS) else text.removesuffix(terminator)

    def _cut(self, text: str, state: _State, begun: int) -> bool:
        """Cut what is kept of a row into cells, from where the last try ended; False when a quotation is still open."""
        end = len(self._bare(text))
        while state.at <= end:
            if not state.inside:
                state.at += self._space(text, state.at, end)
                state.begun = state.at
                if not text.startswith(self.dialect.quote, state.at):
                    self._take_plain(text, state, end, begun)
                    continue
                state.inside, state.at = True, state.at + 1
            found = self._quoted.match(text, state.at)
            state.at = found.end() if found else state.at
            if state.at >= len(text):
                return False
            self._close(text, state, end, begun)
        return True

    def _space(self, text: str, at: int, end: int) -> int:
        if not self.dialect.skips_space:
            return 0
        return len(text[at:end]) - len(text[at:end].lstrip(" "))

    def _close(self, text: str, state: _State, end: int, begun: int) -> None:
        """Take a quoted cell whose closing mark has been found at ``state.at``."""
        body = text[state.begun + 1 : state.at]
        if self.dialect.doubled:
            body = body.replace(self.dialect.quote * 2, self.dialect.quote)
        if self._escaped:
            body = self._escaped.sub(r"\1", body)
        state.inside, state.at = False, state.at + 1
        stop = self._next(text, state.at, end)
        if stop != state.at:
            line, column = position(text, state.at)
            place = Place(self.path, begun + line - 1, column)
            message = f"{text[state.at]!r} stands behind the quotation mark that closes the cell"
            self._say(TABLE, "table.quote", place, message, "double the marks within a cell")
        state.take(body + text[state.at : stop], stop, len(self.dialect.delimiter))

    def _take_plain(self, text: str, state: _State, end: int, begun: int) -> None:
        """Take a cell that is not quoted."""
        if self._plain is None:
            stop = self._next(text, state.at, end)
            cell = text[state.at : stop]
        else:
            found = self._plain.match(text, state.at, end)
            stop = found.end() if found else end
            cell = self._escaped.sub(r"\1", text[state.at : stop]) if self._escaped else text[state.at : stop]
        mark = text.find(self.dialect.quote, state.at, stop)
        if mark >= 0 and not (self.dialect.escape and text[mark - 1 : mark] == self.dialect.escape):
            line, column = position(text, mark)
            place = Place(self.path, begun + line - 1, column)
            self._say(
                ADVICE, "table.bare", place, "a quotation mark stands in a cell that none opens", "quote the cell"
            )
        state.take(None if cell == self.dialect.null else cell, stop, len(self.dialect.delimiter))

    def _next(self, text: str, at: int, end: int) -> int:
        """Return where the next delimiter stands, or the end of the line."""
        found = text.find(self.dialect.delimiter, at, end)
        return end if found < 0 else found


class _State:
    """How far a row is cut."""

    def __init__(self) -> None:
        self.at = self.begun = 0
        self.inside = False
        self.cells: list[str | None] = []
        self.offsets: list[int] = []

    def take(self, cell: str | None, stop: int, width: int) -> None:
        self.cells.append(cell)
        self.offsets.append(self.begun)
        self.at = stop + width


def of_file(target: Target, encoding: str, terminator: str) -> Lines:
    """Return the lines of a file."""
    return Lines(target.path, text_lines(target, encoding, terminator))


def of_text(place: Place, text: str) -> Lines:
    """Return the lines of a text that stands in a descriptor, where it has no lines of its own."""
    return Lines(place.path, io.StringIO(text, newline=""), place)
