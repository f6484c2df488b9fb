"""Cutting a passage out of a copy: from a few words of it to its place, length and fingerprint."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from policytrack.evidence.passages import Squashed, fingerprint, least_length, lines_of, squash
from policytrack.findings import AdvisedError
from policytrack.models import Source

# A sentence ends at a full stop, with or without closing quotes, before a space; ideographic stops need no space.
_CLOSING = "\"'\u201d\u2019\u00bb)\\]"
_IDEOGRAPHIC = "\u3002\uff01\uff1f"
_SENTENCE_END = re.compile(rf"(?<=[.!?\u2026])[{_CLOSING}]*\s+|(?<=[{_IDEOGRAPHIC}])")
# A full stop that ends no sentence: after an initial, a shortened word, a day or an item's number, and wherever a small
# letter or, after a year, a number goes on.
_SHORTENED = frozenset({
    "abs", "al", "app", "apr", "approx", "art", "aug", "bzw", "ca", "capt", "ch", "cir", "civ", "co", "col", "corp",
    "dec", "dept", "dr", "ed", "eds", "etc", "feb", "fed", "fig", "gen", "gov", "hon", "inc", "jan", "jr", "jul",
    "jun", "lt", "ltd", "mar", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "nr", "num", "núm", "oct", "para", "pág",
    "pp", "prof", "rep", "rev", "sec", "sen", "sep", "sept", "sgt", "sr", "sra", "st", "supp", "sup", "vol", "vs",
})  # fmt: skip
_BEFORE_STOP = re.compile(r"([^\W_]+)\.$")
_DAY = 2
_SHOWN = 6
_MANY = 5


class CiteError(AdvisedError):
    """No passage can be cut; ``advice`` says what to do."""


class NotFoundError(CiteError):
    """The words do not stand in the copy; ``line`` is where the nearest paragraph begins, 0 when none is near."""

    def __init__(self, message: str, advice: str, line: int) -> None:
        """Keep the line of the nearest paragraph."""
        super().__init__(message, advice)
        self.line = line


class AmbiguousError(CiteError):
    """The words stand in several places; ``lines`` are the lines of the copy."""

    def __init__(self, message: str, advice: str, lines: tuple[int, ...]) -> None:
        """Keep the lines."""
        super().__init__(message, advice)
        self.lines = lines


class TooShortError(CiteError):
    """The passage is so short that its text could be guessed from its fingerprint."""


class CitedAlreadyError(CiteError):
    """The source holds this passage already, under ``key``."""

    def __init__(self, message: str, advice: str, key: str) -> None:
        """Keep the key."""
        super().__init__(message, advice)
        self.key = key


@dataclass(frozen=True, slots=True)
class Cutting:
    """A passage as a source records it; ``line`` (from 1) of the copy, and how often its text stands there."""

    locator: str
    start: int
    length: int
    sha256: str
    line: int
    occurrences: int

    def as_yaml(self, key: str) -> str:
        """Return the lines of a source's file under `passages`, indented as they stand there."""
        # A locator in quotes is valid YAML whatever it holds; plain where it can be.
        locator = self.locator if re.fullmatch(r"[A-Za-z][\w, -]*\w", self.locator) else json.dumps(self.locator)
        lines = (f"locator: {locator}", f"start: {self.start}", f"length: {self.length}", f"sha256: {self.sha256}")
        return "\n".join([f"  {key}:", *(f"    {line}" for line in lines), ""])


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph or a sentence: its range in squashed characters, where it begins, and what to call it."""

    start: int
    end: int
    locator: str


def next_key(source: Source) -> str:
    """Return the key of the next passage: keys are never given again, so gaps stay."""
    return f"p{max((int(key[1:]) for key in source.passages), default=0) + 1}"


def candidates(text: str, words: str) -> list[Cutting]:
    """Return the passages of ``text`` in which ``words`` stand, each widened to whole sentences.

    A sentence too short to be safe is widened to its paragraph. Both are compared in squashed form.
    """
    wanted = squash(words)
    copy = Squashed.of(text)
    paragraphs = list(_paragraphs(text))
    found = {}
    for offset in _offsets(copy.text, wanted):
        start, end, locator = _widen(paragraphs, copy.text, offset, offset + len(wanted))
        found[start, end] = Cutting(
            locator=locator,
            start=start,
            length=end - start,
            sha256=fingerprint(copy.text[start:end]),
            line=copy.line(start),
            occurrences=sum(1 for _ in _offsets(copy.text, copy.text[start:end])),
        )
    return list(found.values())


def cite(text: str, words: str, source: Source | None = None, line: int | None = None) -> Cutting:
    """Return the one passage of ``text`` in which ``words`` stand; ``line`` picks among several.

    Raises `NotFoundError`, `AmbiguousError`, `TooShortError`, or `CitedAlreadyError` where ``source`` holds it.
    """
    if not squash(words):
        message = "nothing to look for: no letter and no number is given"
        raise NotFoundError(message, "give some words of the passage", 0)
    found = candidates(text, words)
    if not found:
        raise _not_found(text, words)
    picked = [cutting for cutting in found if line in {None, cutting.line}]
    if not picked:
        message = f"the words do not stand in a passage that begins on line {line}"
        raise AmbiguousError(message, f"choose line {_listed(found)}", tuple(cutting.line for cutting in found))
    if len(picked) > 1:
        message = f"the words stand in {len(picked)} places: line {_listed(picked)}"
        raise AmbiguousError(message, "give more words, or name the line", tuple(cutting.line for cutting in picked))
    cutting = picked[0]
    least = least_length(Squashed.of(text).text[cutting.start : cutting.start + cutting.length])
    if cutting.length < least:
        message = f"the passage has {cutting.length} letters and numbers; at least {least} are needed"
        raise TooShortError(message, "a shorter one could be guessed: give words that run on into the next sentence")
    known = next((key for key, each in source.passages.items() if each.sha256 == cutting.sha256), "") if source else ""
    if known:
        message = f"the source holds this passage already, as `{known}`"
        raise CitedAlreadyError(message, f"cite `{known}`", known)
    return cutting


def _offsets(text: str, wanted: str) -> Iterator[int]:
    offset = text.find(wanted) if wanted else -1
    while offset >= 0:
        yield offset
        offset = text.find(wanted, offset + 1)


def _paragraphs(text: str) -> Iterator[list[_Part]]:
    """Yield the paragraphs of a text, each as its sentences; a blank line parts them, else every line is one."""
    lines = lines_of(text)
    blocks = "\n".join(line.strip() for line in lines).split("\n\n")
    if len(blocks) == 1:
        blocks = lines
    offset = 0
    number = 0
    for block in blocks:
        length = len(squash(block))
        if length:
            number += 1
            yield list(_sentences(block, offset, f"paragraph {number}"))
        offset += length


def _sentences(block: str, offset: int, locator: str) -> Iterator[_Part]:
    ends = [match.end() for match in _SENTENCE_END.finditer(block) if not _goes_on(block, match)]
    lengths = [len(squash(block[first:last])) for first, last in zip([0, *ends], [*ends, len(block)], strict=True)]
    if sum(lengths) != len(squash(block)):
        # A cut between two signs that normalise to one: the paragraph stays whole.
        lengths = [len(squash(block))]
    lengths = [length for length in lengths if length]
    for number, length in enumerate(lengths, 1):
        yield _Part(offset, offset + length, locator if len(lengths) == 1 else f"{locator}, sentence {number}")
        offset += length


def _goes_on(block: str, stop: re.Match[str]) -> bool:
    """Whether a sentence goes on after what looks like its end."""
    word = _BEFORE_STOP.search(block, 0, stop.start())
    after = block[stop.end() : stop.end() + 1]
    if word is None:
        return False
    if after.islower():
        return True
    text = word[1].casefold()
    if text.isdigit():
        return len(text) <= _DAY or after.isdigit()
    return text in _SHORTENED or len(text) == 1


def _widen(paragraphs: list[list[_Part]], text: str, start: int, end: int) -> tuple[int, int, str]:
    """Return the range of the sentences that the words touch, or of the paragraph where they are too short."""
    touched = [part for sentences in paragraphs for part in sentences if part.start < end and start < part.end]
    first, last = touched[0], touched[-1]
    if last.end - first.start < least_length(text[first.start : last.end]):
        around = [sentences for sentences in paragraphs if any(part in touched for part in sentences)]
        name = first.locator.partition(",")[0]
        first, last = around[0][0], around[-1][-1]
        locator = name if len(around) == 1 else f"{name} to {last.locator.partition(',')[0]}"
        return first.start, last.end, locator
    return first.start, last.end, first.locator if first is last else f"{first.locator} to {last.locator}"


def _not_found(text: str, words: str) -> NotFoundError:
    """Say which paragraph shares most words with those that were not found."""
    wanted = {squash(word) for word in words.split()} - {""}
    best, near, opening = 0, 0, ""
    for number, line in enumerate(lines_of(text), 1):
        shared = len(wanted & {squash(word) for word in line.split()})
        if shared > best:
            best, near, opening = shared, number, " ".join(line.split()[:_SHOWN])
    if best * 2 < len(wanted):
        return NotFoundError("the words do not stand in the copy", "copy some words from the text itself", 0)
    advice = f"did you mean line {near}, which begins: {opening} …?"
    return NotFoundError("the words do not stand in the copy as given", advice, near)


def _listed(found: list[Cutting]) -> str:
    lines = [str(cutting.line) for cutting in found]
    return ", ".join(lines[:_MANY]) + (", …" if len(lines) > _MANY else "")
