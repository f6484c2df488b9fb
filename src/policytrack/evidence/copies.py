"""The copies of sources that a reader holds: whatever lies in a folder, read as text as far as that can be done."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

MAX_BYTES = 5_000_000
MAX_FILES = 10_000
MAX_DEPTH = 8

_SNIFFED = 8192
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = frozenset({".html", ".htm", ".xhtml"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


class NoFolderError(ValueError):
    """The folder of copies that was named is not there: the call is wrong, not the data."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that may be a copy of a source: its path, and its name relative to the folder, with `/`."""

    path: Path
    name: str

    @property
    def stem(self) -> str:
        """The file's name up to the first dot, which may be the id of a source."""
        return self.path.name.partition(".")[0].casefold()

    def text(self) -> str | None:
        """Return the text, or None for what is no text, too large, or cannot be read."""
        raw = _bytes(self.path)
        text = None if raw is None else decode(raw)
        return seen(text) if text is not None and self.path.suffix.casefold() in _MARKUP else text


def copies_in(folder: Path) -> list[Copy]:
    """Return the ordinary files in ``folder`` and below, by name: no links, no hidden files, a bounded number.

    Raises `NoFolderError` where there is no such folder.
    """
    if not folder.is_dir():
        message = f"{folder} is not a folder"
        raise NoFolderError(message)
    found: list[Copy] = []
    for copy in _walk(folder, "", MAX_DEPTH):
        found.append(copy)
        if len(found) == MAX_FILES:
            break
    return sorted(found, key=lambda copy: copy.name)


def _walk(folder: Path, prefix: str, depth: int) -> Iterator[Copy]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        # Names that are not UTF-8 reach us with stand-ins that cannot be printed.
        name = f"{prefix}{entry.name}".encode(errors="replace").decode()
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_file():
            yield Copy(Path(entry.path), name)
        elif entry.is_dir() and depth:
            yield from _walk(Path(entry.path), f"{name}/", depth - 1)


def _bytes(path: Path) -> bytes | None:
    try:
        # Opening neither follows a link nor waits for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        return None
    return raw if len(raw) <= MAX_BYTES else None


def decode(raw: bytes) -> str | None:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else Windows-1252; None where it is no text."""
    if raw.startswith(_UTF16):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw[:_SNIFFED]:
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


class _Reader(HTMLParser):
    """Collects the text that a page shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        self.hidden += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _UNSEEN and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def seen(markup: str) -> str:
    """Return the text that a saved page shows: no tags, no scripts."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "".join(reader.parts)
