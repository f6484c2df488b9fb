"""Findings as people read them: the place, what is wrong, the source line with a caret, the fix."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from policytrack.documents import MAX_BYTES
from policytrack.findings import Finding, Severity
from policytrack.reporting.escapes import harmless, sentence

Paint: TypeAlias = Callable[[str, str], str]

_WIDTH = 120
COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


def plain(text: str, color: str) -> str:  # noqa: ARG001 - the painter that paints nothing
    """Return ``text`` as it is."""
    return text


class Sources:
    """The lines of the files that findings point at, read once each."""

    def __init__(self, root: Path) -> None:
        """Look for files under ``root``."""
        self.root = root
        self.files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Return line ``number`` (from 1), or None where there is no such line."""
        if path not in self.files:
            self.files[path] = self._read(path)
        lines = self.files[path]
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None

    def _read(self, path: str) -> list[str]:
        file = self.root / path
        try:
            if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_BYTES:
                return []
            return file.read_bytes().decode(errors="replace").split("\n")
        except OSError:
            return []


def text(findings: Iterable[Finding], root: Path, paint: Paint = plain) -> str:
    """Return findings as people read them: place, what is wrong, the source line with a caret, the fix."""
    sources = Sources(root)
    return "".join(_entry(finding, sources, paint) for finding in findings)


def _entry(finding: Finding, sources: Sources, paint: Paint) -> str:
    severity = paint(finding.severity.value, COLORS[finding.severity])
    head = f"{harmless(str(finding.place))}: {severity} {finding.code} {finding.name}: {sentence(finding.message)}\n"
    line = sources.line(finding.place.path, finding.place.line)
    excerpt = _excerpt(line, finding.place.column, paint) if line else ""
    advice = f"  help: {sentence(finding.help)}\n" if finding.help else ""
    return head + excerpt + advice


def _excerpt(line: str, column: int, paint: Paint) -> str:
    """Return the source line, cut to what fits around the column, and a caret under it."""
    # A line may be as long as its file and carry a fault on every word: only what can be shown is looked at.
    fault = column - 1
    before = harmless(line[max(0, fault - _WIDTH) : fault])
    after = harmless(line[fault : fault + _WIDTH + 1])
    cut = max(0, len(before) - _WIDTH // 2)
    shown = ("…" if cut else "") + before[cut:]
    rest = after[: _WIDTH - len(shown)]
    tail = "…" if len(rest) < len(after) else ""
    return f"  | {shown}{rest}{tail}\n  | {' ' * _columns(shown)}{paint('^', 'red')}\n"


def _columns(shown: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters two, marks upon a letter none."""
    if shown.isascii():
        return len(shown)
    wide = sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in shown)
    marks = sum(unicodedata.category(character) in {"Mn", "Me"} for character in shown)
    return len(shown) + wide - marks


def summary(findings: Iterable[Finding], files: int, shown: int | None = None) -> str:
    """Return the line that ends a report; ``shown`` is of how many files the findings are told, None: of all."""
    counts = Counter(finding.severity for finding in findings)
    parts = [count(counts[severity], severity.value) for severity in Severity if counts[severity]]
    checked = f"{count(files, 'file')} checked" if shown is None else f"{count(shown, 'file')} shown, {files} checked"
    return f"{checked}: {', '.join(parts) or 'no findings'}"


def count(number: int, word: str) -> str:
    """Return a number with its word, in the plural where it needs one."""
    return f"{number} {word}{'' if number == 1 else 's'}"
