"""A saved page to what is known of the document: title, publisher, authors, dates with their basis, address, credit.

What a page says of itself to machines (JSON-LD, meta elements) is told apart from dates that merely stand on it: the
first are `published` and `updated`, the others `page_dates`. The text is read for comparison alone and never kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from policytrack.codes import CreditKind, Extent, SourceType
from policytrack.dataset import Dataset
from policytrack.dates import DateError, PartialDate
from policytrack.evidence import squash
from policytrack.evidence.copies import MAX_BYTES, copies_in, decode, seen
from policytrack.evidence.passages import Squashed
from policytrack.evidence.verification import Haystack
from policytrack.rules.addresses import canonical, untracked

# Squashed characters to a shingle, and how many of the smaller text's shingles both must hold to be near-identical.
SHINGLE = 24
NEAR = 0.6
# More than any article has; a search of a page of megabytes for every passage would take minutes.
_SEARCHED = 100_000

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|meta|body)\b", re.IGNORECASE)
_DAY = re.compile(r"\s*([12][0-9]{3}-[01][0-9]-[0-3][0-9])")
_AGENCIES = {
    "associated press": "AP", "ap": "AP", "the associated press": "AP", "reuters": "Reuters",
    "thomson reuters": "Reuters", "afp": "AFP", "agence france-presse": "AFP", "dpa": "dpa", "pti": "PTI",
    "press trust of india": "PTI", "ansa": "ANSA",
    "efe": "EFE", "kyodo": "Kyodo", "kyodo news": "Kyodo", "xinhua": "Xinhua", "upi": "UPI", "pa media": "PA Media",
    "bloomberg": "Bloomberg", "bloomberg news": "Bloomberg",
}  # fmt: skip
_STAFF = re.compile(r"(?:staff|newsroom|editors?|editorial|redaktion|redacci[oó]n|r[ée]daction)\b", re.IGNORECASE)
_NEWS = frozenset({"newsarticle", "reportagenewsarticle", "analysisnewsarticle"})
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
)
_UPDATED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified")
_OTHERS = ("date", "dc.date", "dcterms.date", "pubdate", "sailthru.date", "parsely-pub-date")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_](?:[A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}))?$")


class MissingExtraError(RuntimeError):
    """The library that reads pages is not installed; ``advice`` says how to get them."""

    advice = "install it: pip install 'policytrack[capture]'"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__("reading saved pages needs trafilatura, which is not installed")


class UnreadableError(ValueError):
    """The file is no text, or too large."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A known source, or a file in the folder of copies, that this page may be: why, and how much of it is the same."""

    name: str
    why: str
    share: float = 1.0


@dataclass(slots=True)
class Captured:
    """What a page says of itself, as answers to the questions of a source; ``text`` is for comparison alone."""

    answers: dict[str, str | list[str]]
    text: str
    notes: list[str] = field(default_factory=list)


class _Head(HTMLParser):
    """Collects what a page tells machines: meta elements, links, JSON-LD, the language, and `time` elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.language = ""
        self.title = ""
        self.scripts: list[str] = []
        self.times: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "html":
                self.language = self.language or told.get("lang", "")
            case "meta":
                name = (
                    told.get("property") or told.get("name") or told.get("itemprop") or told.get("http-equiv", "")
                ).lower()
                self.meta.setdefault(name, told.get("content", "").strip())
            case "link" if "canonical" in told.get("rel", "").lower().split():
                self.canonical = self.canonical or told.get("href", "").strip()
            case "time" if told.get("datetime"):
                self.times.append(told["datetime"])
            case "title" if not self.title:
                self._inside = "title"
            case "script" if "ld+json" in told.get("type", "").lower():
                self._inside = "script"
                self.scripts.append("")
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside == "title":
            self.title += data


def capture(file: Path) -> Captured:
    """Read a saved page, HTML or text, to what it says of itself.

    Raises `MissingExtraError` for HTML without trafilatura, `UnreadableError` for what is no text.
    """
    text = _text(file)
    if file.suffix.casefold() not in {".html", ".htm", ".xhtml"} and not _MARKUP.search(text[:2000]):
        title = next((line.strip() for line in text.splitlines() if line.strip()), "")
        return Captured(
            {"title": title, "extent": Extent.FULL.value} if title else {}, text, ["a text file tells little of itself"]
        )
    return page(text)


def _text(file: Path) -> str:
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if file.is_file() and size <= MAX_BYTES else None
    except OSError:
        raw = None
    text = decode(raw) if raw is not None else None
    if text is None:
        message = f"{file} cannot be read as text of at most {MAX_BYTES:,} bytes"
        raise UnreadableError(message)
    return text


def page(markup: str) -> Captured:
    """Read the markup of a page; raises `MissingExtraError` without trafilatura."""
    try:
        import trafilatura  # noqa: PLC0415 - an extra: only who captures pages needs it
    except ImportError:
        raise MissingExtraError from None
    head = _Head()
    head.feed(markup)
    head.close()
    told = _Told(head, _linked(head.scripts))
    found = trafilatura.extract_metadata(markup)
    body = trafilatura.extract(markup, include_comments=False, favor_recall=True) or seen(markup)
    title = told.first("og:title", "headline") or getattr(found, "title", None) or head.title
    publisher = told.publisher() or getattr(found, "sitename", None) or ""
    authors = told.authors() or _names(str(getattr(found, "author", None) or "").split(";"))
    values = {
        "title": _clean(title),
        "publisher": _clean(publisher),
        "author": [name for name in authors if _is_person(name, publisher)],
        "credit": _credit(authors, publisher),
        "url": told.address(),
        "language": told.language(),
        "type": told.type(),
        "extent": Extent.FULL.value,
        **told.dates(_day(str(getattr(found, "date", None) or ""))),
    }
    return Captured({name: value for name, value in values.items() if value}, body)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page's meta elements and JSON-LD say."""

    head: _Head
    linked: Mapping[str, Any]

    def first(self, *names: str) -> str:
        for name in names:
            value = self.head.meta.get(name) or self.linked.get(name)
            if isinstance(value, str) and value.strip():
                return value
        return ""

    def publisher(self) -> str:
        return self.first("og:site_name") or next(iter(_names([self.linked.get("publisher")])), "")

    def authors(self) -> list[str]:
        found = _names(_listed(self.linked.get("author")))
        return found or _names([self.head.meta.get("author") or self.head.meta.get("citation_author")])

    def address(self) -> str:
        """Return the page's own address without tracking parameters, where it is one."""
        for address in (self.head.canonical, self.head.meta.get("og:url", ""), self.linked.get("url")):
            if isinstance(address, str) and canonical(address) is not None:
                return untracked(address)
        return ""

    def language(self) -> str:
        for tag in (self.head.language, self.first("inlanguage"), self.head.meta.get("og:locale", "")):
            found = _LANGUAGE.match(tag.strip())
            if found:
                return found[1].lower()
        return ""

    def type(self) -> str:
        return SourceType.NEWS_ARTICLE.value if str(self.linked.get("@type", "")).casefold() in _NEWS else ""

    def dates(self, guess: str) -> dict[str, str | list[str]]:
        """Return the days that the page states as its own, and the others with where they stand."""
        published, updated = _day(self.first(*_PUBLISHED)), _day(self.first(*_UPDATED))
        known = {published, updated, ""}
        stamps = {_day(self.head.meta.get(name, "")): f"in the page's {name} field" for name in _OTHERS}
        stamps |= {_day(time): "on the page, without a label" for time in self.head.times[:20]}
        stamps.setdefault(guess, "seen on the page by a program")
        others = [f"{day} {where}" for day, where in sorted(stamps.items()) if day not in known]
        return {"published": published, "updated": updated if updated != published else "", "page-date": others}


def _linked(scripts: Iterable[str]) -> dict[str, Any]:
    """Return the fields of the first article in a page's JSON-LD, keys in lower case."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for each in _objects(data):
            if "headline" in each or str(each.get("@type", "")).casefold().endswith("article"):
                kind = each.get("@type")
                lower = {str(key).lower(): value for key, value in each.items()}
                return {**lower, "@type": kind[0] if isinstance(kind, list) and kind else kind}
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    ahead = [data]
    while ahead:
        here = ahead.pop(0)
        if isinstance(here, list):
            ahead += here
        elif isinstance(here, dict):
            yield here
            graph = here.get("@graph")
            ahead += graph if isinstance(graph, list) else []


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def _names(values: Iterable[Any]) -> list[str]:
    found = [value.get("name") if isinstance(value, dict) else value for value in values]
    clean = (
        _clean(re.sub(r"^(?:by|von|par|por)\s+", "", name, flags=re.IGNORECASE))
        for name in found
        if isinstance(name, str)
    )
    return list(dict.fromkeys(name for name in clean if name and "://" not in name))


def _clean(text: str | None) -> str:
    """Return a text on one line, without characters that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())[:300]


def _day(text: str) -> str:
    found = _DAY.match(text or "")
    try:
        return PartialDate.parse(found[1]).text if found else ""
    except DateError:
        return ""


def _is_person(name: str, publisher: str) -> bool:
    folded = name.casefold()
    return folded != publisher.casefold() and folded not in _AGENCIES and not _STAFF.match(name)


def _credit(authors: list[str], publisher: str) -> str:
    """Return who the page says wrote it."""
    agencies = [_AGENCIES[name.casefold()] for name in authors if name.casefold() in _AGENCIES]
    if agencies and agencies[0].casefold() != publisher.casefold():
        return f"{CreditKind.AGENCY} {agencies[0]}"
    if any(_is_person(name, publisher) for name in authors):
        return CreditKind.OWN_BYLINE.value
    return CreditKind.STAFF.value if authors else CreditKind.UNSTATED.value


def same_address(dataset: Dataset, address: str) -> str:
    """Return the id of the source that has this address, or nothing."""
    wanted = canonical(address)
    for name, record in dataset.sources.items():
        held = (record.model.url, record.model.archive_url)
        if wanted is not None and any(each and canonical(each) == wanted for each in held):
            return name
    return ""


def alike(dataset: Dataset, text: str, articles: Path | None = None) -> list[Likeness]:
    """Return the sources of which the text holds passages, and the files in ``articles`` with nearly the same text.

    Raises `NoFolderError` where there is no such folder.
    """
    found = _passages(dataset, text)
    if articles is not None:
        ours = _shingles(text)
        for copy in copies_in(articles):
            share = _share(ours, _shingles(copy.text() or ""))
            if share >= NEAR:
                named = copy.stem if copy.stem in dataset.sources else copy.name
                found.append(Likeness(named, f"{share:.0%} of the text is the same", share))
    best: dict[str, Likeness] = {}
    for each in sorted(found, key=lambda likeness: -likeness.share):
        best.setdefault(each.name, each)
    return list(best.values())


def _passages(dataset: Dataset, text: str) -> list[Likeness]:
    """Return the sources that have a passage which stands in the text word for word."""
    haystack = Haystack(Squashed.of(text[:_SEARCHED]))
    probes: dict[int, dict[str, list[str]]] = {}
    for name, record in dataset.sources.items():
        for key, passage in record.model.passages.items():
            probes.setdefault(passage.length, {}).setdefault(passage.sha256, []).append(f"{name}#{key}")
    held: dict[str, list[str]] = {}
    for length, hashes in probes.items():
        for digest in haystack.find(length, hashes):
            for place in hashes[digest]:
                name, _, key = place.partition("#")
                held.setdefault(name, []).append(key)
    return [
        Likeness(name, f"it holds the passage{'s' if len(keys) > 1 else ''} {', '.join(keys)} word for word")
        for name, keys in held.items()
    ]


def _shingles(text: str) -> set[str]:
    squashed = squash(text)
    return {squashed[at : at + SHINGLE] for at in range(max(len(squashed) - SHINGLE + 1, 0))}


def _share(ours: set[str], theirs: set[str]) -> float:
    """Return how much of the smaller text stands in the larger: a page holds more than the article."""
    smaller = min(len(ours), len(theirs))
    return len(ours & theirs) / smaller if smaller >= SHINGLE else 0.0
