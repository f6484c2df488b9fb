"""What is wrong, where, and how to mend it: findings are values, and every kind of finding has a page.

A ``Check`` is a kind of finding (code, name, severity, page). Reading faults, model faults and rules all declare
their checks here, so that ``policytrack explain CODE`` and the tests of the pages see every one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from inspect import cleandoc
from textwrap import dedent


class AdvisedError(ValueError):
    """What cannot be carried out, and is no fault of a record: the message says why, ``advice`` what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        """Keep the message and the advice apart."""
        super().__init__(message)
        self.advice = advice
        # A traceback shows it too: whoever calls us from Python sees nothing else.
        if advice:
            self.add_note(f"help: {advice}")


class Severity(StrEnum):
    """How bad: an error is wrong, a warning probably wrong, a notice is work that awaits somebody."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A spot in a file: ``path`` relative to the project's root with ``/``, ``line`` and ``column`` from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return the form that terminals and editors follow: ``path:line:column``."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place. ``subject`` is what a waiver can name: ``kind/id`` of the record, or empty."""

    code: str
    name: str
    severity: Severity
    place: Place
    message: str
    help: str = ""
    subject: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key that is the same on every machine."""
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)

    def as_json(self) -> dict[str, str | int]:
        """Return the published JSON shape of a finding."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity.value,
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "help": self.help,
        }


@dataclass(frozen=True, slots=True)
class Example:
    """One file of a page's example: where it is laid in the tree, its bytes, and the marked lines (from 1)."""

    path: str
    content: bytes
    marked: tuple[int, ...]


_MARK = "# <-"
_HEADING = re.compile(r"^(Bad|Good)( \(escaped\))?: (\S+)$")


@dataclass(frozen=True)
class Check:
    """A kind of finding. ``page`` is text with a summary line, why it matters, and Bad and Good examples."""

    code: str
    name: str
    severity: Severity
    page: str

    def at(self, place: Place, message: str, advice: str = "", subject: str = "") -> Finding:
        """Return a finding of this kind at ``place``."""
        return Finding(self.code, self.name, self.severity, place, message, advice, subject)

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.strip().splitlines()[0]

    @cached_property
    def examples(self) -> dict[str, list[Example]]:
        """The files under ``Bad:`` and ``Good:``, in the order of the page."""
        found: dict[str, list[Example]] = {"Bad": [], "Good": []}
        lines = self.page.splitlines()
        for number, line in enumerate(lines):
            heading = _HEADING.match(line)
            if heading is None:
                continue
            label, escaped, path = heading.groups()
            found[label].append(_example(path, _indented(lines[number + 1 :]), escaped=bool(escaped)))
        return found


def _indented(lines: list[str]) -> str:
    """Return the indented block that opens ``lines``, dedented."""
    block: list[str] = []
    for line in lines:
        if line and not line.startswith("    "):
            break
        block.append(line)
    return dedent("\n".join(block)).strip("\n") + "\n"


def _example(path: str, text: str, *, escaped: bool) -> Example:
    marked = tuple(number for number, line in enumerate(text.splitlines(), 1) if _MARK in line)
    # Bytes that no source file should hold (NUL, invalid UTF-8, a byte-order mark) are written as escapes.
    content = text.encode("ascii").decode("unicode_escape").encode("latin-1") if escaped else text.encode()
    return Example(path, content, marked)


CATALOGUE: dict[str, Check] = {}


def declare(code: str, name: str, severity: Severity, page: str) -> Check:
    """Add a check to the catalogue and return it; a code is given once."""
    if code in CATALOGUE:
        msg = f"code {code} is taken by {CATALOGUE[code].name}"
        raise ValueError(msg)
    check = Check(code, name, severity, cleandoc(page) + "\n")
    CATALOGUE[code] = check
    return check
