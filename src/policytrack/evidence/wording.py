"""Whether text of ours says what an article says in the article's words: nothing of an article may be redistributed.

Compared are runs of words without case, punctuation and line ends. What is bibliographic or a proper name (titles of
sources, names, authors) is a fact and may agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from policytrack.dataset import Dataset
from policytrack.documents import Document, walk
from policytrack.evidence.copies import copies_in
from policytrack.evidence.passages import unspaced
from policytrack.findings import Finding, Place, Severity, declare

RUN = 8
_EXEMPT = frozenset({"title", "title_en", "publisher", "container", "authors", "credit", "url", "archive_url"})
_NAMES = frozenset({"name", "aliases", "identifiers"})
_ASCII_WORD = re.compile("[a-z0-9]+")
_COMMENT = re.compile(r"^\s*#+\s?(.*)$")

SHARED_WORDING = declare(
    "PT510",
    "shared-wording",
    Severity.ERROR,
    """
    A text of ours shares eight or more consecutive words with an article.

    The project never redistributes an article, and the records are published under a licence that the article does
    not have. `policytrack verify` compares every free text with the copies that a reader holds; it alone reports this
    finding. Say it in other words. Titles of sources and proper names are facts and are not compared; in scripts
    without spaces between words two signs count as one word.
    """,
)

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of ours: the words, and where they stand."""

    words: Words
    place: Place
    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that stand in a text of ours and in a copy."""

    first: int
    last: int
    count: int
    file: str


def words_of(text: str) -> Words:
    """Return the words of a text without case and punctuation; a sign of a script without spaces is one by itself."""
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower()))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = {sign for sign in set(folded) if unicodedata.category(sign)[0] in "LMN"}
    alone = {sign for sign in kept if unspaced(sign)}
    spread = {ord(sign): f" {sign} " if sign in alone else sign if sign in kept else " " for sign in set(folded)}
    return tuple(folded.translate(spread).split())


def weight(words: Words) -> float:
    """Return how many words these count as: two signs of a script without spaces are one."""
    return sum(0.5 if not word.isascii() and unspaced(word) else 1 for word in words)


def shared_wording(dataset: Dataset, folder: Path) -> list[Finding]:
    """Return a finding for each free text of ours that shares a run of words with a file in ``folder``.

    Raises `NoFolderError` where there is no such folder.
    """
    index = _Index(list(_texts(dataset)))
    for copy in copies_in(folder):
        text = copy.text()
        if text is not None:
            index.compare(words_of(text), copy.name)
    return sorted(index.findings(), key=lambda finding: finding.order)


@dataclass
class _Index:
    """The runs of our texts, so that each copy is gone through once."""

    texts: list[_Text]
    runs: dict[Words, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[int, _Run] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, text in enumerate(self.texts):
            for offset in range(len(text.words) - RUN + 1):
                self.runs[text.words[offset : offset + RUN]].append((number, offset))

    def compare(self, theirs: Words, file: str) -> None:
        """Note the longest run that each text of ours shares with a copy."""
        for offset in range(len(theirs) - RUN + 1):
            for number, first in self.runs.get(theirs[offset : offset + RUN], ()):
                ours = self.texts[number].words
                if offset and first and theirs[offset - 1] == ours[first - 1]:
                    continue  # part of a run that began before
                last = first + RUN
                while (
                    last < len(ours)
                    and ours[last : last + 1] == theirs[offset + last - first : offset + last - first + 1]
                ):
                    last += 1
                run = _Run(first, last, int(weight(ours[first:last])), file)
                if run.count >= RUN and (number not in self.longest or run.count > self.longest[number].count):
                    self.longest[number] = run

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for each text of ours that shares a run."""
        for number, run in self.longest.items():
            text = self.texts[number]
            shown = " ".join(text.words[run.first : run.last])
            message = f"{text.name} shares {run.count} consecutive words with {run.file}: {shown}"
            yield SHARED_WORDING.at(text.place, message, "say it in words of our own", text.subject)


def _texts(dataset: Dataset) -> Iterator[_Text]:
    """Yield every free text of ours, comments included."""
    for record in dataset.records:
        exempt = _EXEMPT if record.kind == "source" else _NAMES
        yield from _texts_in(record.document, exempt, record.subject)
    if dataset.redirects_document is not None:
        yield from _texts_in(dataset.redirects_document, frozenset(), "")


def _texts_in(document: Document, exempt: frozenset[str], subject: str) -> Iterator[_Text]:
    told = ""
    for at, value in walk(document.data):
        words = words_of(value)
        told += f" {' '.join(words)} "
        if len(words) >= RUN and at[0] not in exempt:
            name = ".".join(str(step) for step in at)
            yield _Text(words, document.place(at), f"`{name}`", subject)
    block: list[str] = []
    for number, line in enumerate([*document.text.split("\n"), ""], 1):
        comment = _COMMENT.match(line)
        if comment is not None:
            block.append(comment[1])
        elif block:
            words = words_of(" ".join(block))
            # What looks like a comment inside a text of several lines was compared with the text.
            if len(words) >= RUN and " ".join(words) not in told:
                yield _Text(words, Place(document.path, number - len(block)), "a comment", subject)
            block = []
