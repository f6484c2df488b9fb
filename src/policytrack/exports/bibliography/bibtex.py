"""Works as BibTeX: fields that the classic styles and biblatex both read, with all that TeX would run escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from policytrack.codes import SourceType
from policytrack.exports.bibliography.works import ARTICLES, Work

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even behind a backslash, so that a lone one must be written by its name.
_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s{}\\]|%(?![0-9A-Fa-f]{2})")


def written(works: Iterable[Work]) -> str:
    """Return the entries, one after the other; the fields' text is UTF-8."""
    return "\n".join(_entry(work) for work in works)


def _entry(work: Work) -> str:
    kind = "article" if work.type in ARTICLES else "techreport" if work.type is SourceType.REPORT else "misc"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(work, kind))
    return f"@{kind}{{{work.id},\n{fields}}}\n"


def _fields(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    if work.authors:
        # A name in braces is one name as printed: which part is the family's is not for us to guess.
        yield "author", f"{{{' and '.join(_whole(name) for name in work.authors)}}}"
    # Braces keep the capitals of names, and languages other than English, as they are.
    yield "title", f"{{{_whole(work.title)}}}"
    body = work.container or work.publisher
    if body:
        yield {"article": "journal", "techreport": "institution"}.get(kind, "publisher"), f"{{{escaped(body)}}}"
    if kind == "misc":
        yield "howpublished", f"{{{work.type.label}}}"
    for name, part in zip(("year", "month", "day"), work.published.parts, strict=False):
        yield name, _MONTHS[part - 1] if name == "month" else f"{{{part}}}"
    if work.url:
        yield "url", f"{{{_address(work.url)}}}"
    if work.read_on:
        yield "urldate", f"{{{work.read_on}}}"
    if work.language:
        yield "language", f"{{{work.language}}}"
    notes = [
        f"In English: {work.title_en}" if work.title_en else "",
        f"{work.published.words[:1].upper()}{work.published.words[1:]}",
        f"Archived at {work.archive_url}" if work.archive_url else "",
    ]
    if any(notes):
        yield "note", f"{{{escaped('. '.join(filter(None, notes)))}}}"


def _whole(text: str) -> str:
    return f"{{{escaped(text)}}}"


def escaped(text: str) -> str:
    """Return text that TeX sets as it stands."""
    return text.translate(_ESCAPES)


def _address(url: str) -> str:
    """Return an address for a field that is set word for word: what would end the field is percent-encoded."""
    return _NOT_IN_ADDRESSES.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), url)
