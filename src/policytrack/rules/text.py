"""Text: what a record says is said in our own words, briefly, and holds no character that hides or deceives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from policytrack.dataset import Dataset
from policytrack.documents import Data, Document, Path, walk
from policytrack.evidence.wording import weight, words_of
from policytrack.findings import Place, Severity
from policytrack.parsing import AnyRecord
from policytrack.rules.registry import Case, Fault, fault, rule

Search: TypeAlias = Callable[[str], re.Match[str] | None]

# Fields whose text is ours. Titles of sources, names, authors and publishers are facts and stand as they are.
_FREE = frozenset(
    {
        "basis",
        "chosen",
        "description",
        "locator",
        "note",
        "notes",
        "page_dates",
        "public_role",
        "reason",
        "reliability_reason",
        "summary",
        "terms",
        "values",
    }
)
_ONE_LINE = frozenset({"aliases", "authors", "container", "name", "publisher", "title", "title_en"})
_QUOTES = re.compile(
    "[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02]|\u2018|\u201a|(?<!\\w)'(?=\\w)[^'\\n]*'(?!\\w)"
)
_MOST_SIGNS = {"title": 120}
_MOST_WORDS = {"summary": 60, "notes": 150}

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
_TAGS = "\ufff9-\ufffb\U000e0000-\U000e0fff"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
# Joiners belong to the spelling of Arabic and Indic scripts, and are invisible anywhere else.
_STRAY_JOINER = "(?<![\u0600-\u0dff\ufb50-\ufeff])[\u200c\u200d]"
_HIDDEN = re.compile(f"[{_BIDI}{_INVISIBLE}{_TAGS}{_CONTROL}]|{_STRAY_JOINER}")

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "Latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Cyrillic": re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]"),
}


def _free_texts(dataset: Dataset) -> list[tuple[AnyRecord, Path, str, str]]:
    """Return every text of ours: its record, where it stands, the name of its field, and the text."""
    found: list[tuple[AnyRecord, Path, str, str]] = []
    for record in dataset.records:
        title = record.document.data.get("title")
        if record.kind == "action" and isinstance(title, str):
            found.append((record, ("title",), "title", title))
        found += [(record, at, name, text) for at, name, text in _in_fields(record.document.data, _FREE)]
    return found


def _in_fields(data: Data, names: frozenset[str], at: Path = (), name: str = "") -> list[tuple[Path, str, str]]:
    """Return the texts that stand in the fields of these names, or in lists in them: path, name and text."""
    found: list[tuple[Path, str, str]] = []
    if isinstance(data, dict):
        for key, item in data.items():
            if not isinstance(item, str):
                found += _in_fields(item, names, (*at, key), key)
            elif key in names:
                found.append(((*at, key), key, item))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            if not isinstance(item, str):
                found += _in_fields(item, names, (*at, number), name)
            elif name in names:
                found.append(((*at, number), name, item))
    return found


def _documents(dataset: Dataset) -> Iterator[tuple[Document, str]]:
    """Yield every file that was read, with the name under which findings speak of it."""
    for record in dataset.records:
        yield record.document, record.subject
    if dataset.redirects_document is not None:
        yield dataset.redirects_document, ""


@rule("PT701", Severity.WARNING)
def quotation_marks(case: Case) -> Iterator[Fault]:
    """A text of ours holds quotation marks.

    The record does not quote: sentences of articles stay with their owners, and a passage leads to them. Say it in
    our own words. Titles of sources and names may hold what they hold.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        notes: Calls itself the “biggest” vendor.  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        notes: Claims to be the largest vendor.
    """
    for record, at, name, text in case.once(_free_texts):
        if text.isascii() and '"' not in text and "'" not in text:
            continue  # as most are, and to see that takes no time
        found = _QUOTES.search(text)
        if found is not None:
            message = f"`{name}` holds the quotation mark {found.group()[0]}"
            yield fault(record, at, message, "say it in our own words, without quotation marks")


@rule("PT702", Severity.WARNING)
def long_text(case: Case) -> Iterator[Fault]:
    """A text is longer than its field is meant for.

    Records are read in lists and tables. A title of an action has at most 120 characters, a summary 60 words, notes
    150. Facts belong into fields; what remains can be said briefly.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales of its face recognition product Acme Match to the police forces of all countries in which it has customers today  # <-
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales of Acme Match to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """  # noqa: E501 - the example is a line that is too long
    for record, at, name, text in case.once(_free_texts):
        signs, words = _MOST_SIGNS.get(name), _MOST_WORDS.get(name)
        if signs is not None and len(text) > signs:
            message = f"`{name}` has {len(text)} characters; {signs} are the limit"
            yield fault(record, at, message, "shorten it: facts belong into fields")
        if words is not None and (count := int(weight(words_of(text)))) > words:
            yield fault(record, at, f"`{name}` has {count} words; {words} are the limit", "shorten it")


@rule("PT703", Severity.ERROR)
def hidden_characters(case: Case) -> Iterator[Fault]:
    r"""A file holds a character that nobody sees.

    Characters that turn the direction of writing, and those without width, make a text look other than it is: a
    reviewer reads one id and a program another. They are refused everywhere, in keys and comments too. Delete the
    character; retyping the word is the safest way.

    Bad (escaped): records/actors/acme.yaml
        name: Acme Cor\xe2\x80\x8bporation  # <-
        type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """
    for document, subject in _documents(case.dataset):
        for place, found in _matches(document, _HIDDEN.search):
            yield Fault(place, f"hidden character U+{ord(found[0]):04X}", "delete it, or retype the word", subject)


@rule("PT704", Severity.ERROR)
def mixed_scripts(case: Case) -> Iterator[Fault]:
    r"""A word mixes letters of Latin, Greek and Cyrillic script.

    Some letters look alike and are not the same, so that a word cannot be found, or passes for another. Retype the
    word in one script.

    Bad (escaped): records/actors/acme.yaml
        name: \xd0\x90cme Corporation  # <-
        type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """
    for document, subject in _documents(case.dataset):
        for place, word in _matches(document, _mixed):
            scripts = " and ".join(_scripts(word))
            yield Fault(place, f"the word `{word}` mixes {scripts} letters", "retype it in one script", subject)


def _scripts(word: str) -> list[str]:
    return [name for name, letters in _SCRIPTS.items() if letters.search(word)]


def _mixed(text: str) -> re.Match[str] | None:
    if text.isascii():
        return None
    return next((word for word in _WORD.finditer(text) if len(_scripts(word.group())) > 1), None)


def _matches(document: Document, search: Search) -> Iterator[tuple[Place, str]]:
    """Yield the first match on each line of a file, then what stands in values through escapes only."""
    if document.text.isascii() and "\\" not in document.text:
        return  # no sign that is looked for, and no escape that would make one
    for number, line in enumerate(document.text.split("\n"), 1):
        found = search(line.removesuffix("\r"))
        if found is not None:
            yield Place(document.path, number, found.start() + 1), found.group()
    for at, text in walk(document.data):
        # A line end inside a value stands in the file as one.
        found = search(text.replace("\n", " "))
        if found is not None and found.group() not in document.text:
            yield document.place(at), found.group()


@rule("PT705", Severity.ERROR)
def ragged_title(case: Case) -> Iterator[Fault]:
    """A title or a name begins or ends with a space, runs over a line end, or holds a tab.

    Such a title breaks lists and tables, and does not equal the same title elsewhere. Write it on one line; in a
    block text `>-` leaves no line end behind.

    Bad: records/actors/acme.yaml
        name: "Acme Corporation "  # <-
        type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """
    for record in case.dataset.records:
        for at, name, text in _in_fields(record.document.data, _ONE_LINE):
            if text != text.strip() or "\n" in text or "\t" in text:
                what, advice = _raggedness(text)
                yield fault(record, at, f"`{name}` {what}", advice)


def _raggedness(text: str) -> tuple[str, str]:
    """Return what is ragged about a title, and what mends it."""
    one_line = "write it on one line, without spaces around it"
    if "\n" in text.strip():
        return "runs over a line end", one_line
    if "\t" in text.strip():
        return "holds a tab", "write a space instead"
    if text.endswith("\n") and text.strip() == text[:-1]:
        return "ends with a line end", "write it on one line, or begin the block text with `>-`"
    return "begins or ends with a space", one_line
