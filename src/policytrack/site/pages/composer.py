"""The composer: a form made from the schemas of the records, which writes what a pull request needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from policytrack.codes import (
    Code,
    Conduct,
    CreditKind,
    DateBasis,
    Effect,
    Event,
    Extent,
    Instrument,
    Kind,
    Purpose,
    SourceType,
    Subject,
)
from policytrack.models import Action, Source
from policytrack.models.source import Read
from policytrack.models.values import ID_PATTERN
from policytrack.site.book import Book
from policytrack.site.columns import script
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer

PATH: Final = "contribute/new.html"
_DAY: Final = r"\d{4}-\d{2}-\d{2}"
_DATE: Final = r"\d{4}(-\d{2}(-\d{2})?)?(\.\.(\d{4}(-\d{2}(-\d{2})?)?)?)?"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: where it stands in a record, its words, and what may stand in it."""

    at: str
    label: str
    help: str
    required: bool = False
    long: bool = False
    options: tuple[Code, ...] = ()
    names: str = ""
    pattern: str = ""
    example: str = ""

    @property
    def id(self) -> str:
        """The id of the control."""
        return self.at.replace(".", "-")


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the form, and the script of what is known already."""
    book = renderer.book
    yield renderer.page(
        PATH,
        "composer.html",
        action=_ACTION,
        source=_SOURCE,
        events=[event for event in Event if event is not Event.ENDS],
        bases=list(DateBasis),
        effects=list(Effect),
        conducts=list(Conduct),
        purposes=list(Purpose),
        date_pattern=_DATE,
        actors=sorted(book.dataset.actors),
        subjects=[*(subject.value for subject in Subject)],
        jurisdictions=sorted(book.dataset.jurisdictions),
        project=book.metadata.homepage,
    )
    yield Page("static/known.js", _known(book).encode())


def _words(model: Any, name: str) -> str:  # noqa: ANN401 - a model class
    return str(model.model_fields[name].description or "")


def _plain_id() -> str:
    return re.sub(r"\$\(\?!\\n\)$|^\^|\$$", "", ID_PATTERN)


_PLAIN: Final = tuple(kind.value for kind in CreditKind if kind is not CreditKind.AGENCY)
_CREDIT: Final = rf"{'|'.join(_PLAIN)}|agency \S.*"
_CREDIT_HELP: Final = f"{_words(Source, 'credit')} One of {', '.join(_PLAIN)}, or agency and its name."
_ACTION: Final = (
    Field("action.title", "What was done", _words(Action, "title"), required=True),
    Field("action.summary", "Summary", _words(Action, "summary"), long=True),
    Field("action.kind", "Kind", _words(Action, "kind"), required=True, options=tuple(Kind)),
    Field("action.instrument", "Instrument", _words(Action, "instrument"), required=True, options=tuple(Instrument)),
    Field("action.actor", "Actor", _words(Action, "actor"), required=True, names="actors", pattern=_plain_id()),
    Field("action.jurisdictions", "Jurisdictions", _words(Action, "jurisdictions"), names="jurisdictions"),
    Field("action.ends", "Planned end", "The last day in force, P1Y, further-notice; empty if no source says."),
    Field("action.id", "Id of the action", "Lower case, with hyphens.", required=True, pattern=_plain_id()),
)
_SOURCE: Final = (
    Field("source.url", "Address", _words(Source, "url"), required=True, pattern="https?://.+", example="https://…"),
    Field("source.title", "Title", _words(Source, "title"), required=True),
    Field("source.type", "Type", _words(Source, "type"), required=True, options=tuple(SourceType)),
    Field("source.publisher", "Publisher", _words(Source, "publisher")),
    Field("source.published", "Published", _words(Source, "published"), pattern=_DATE, example="2020-06-10"),
    Field(
        "source.language", "Language", _words(Source, "language"), pattern="[a-z]{2,3}(-[A-Za-z0-9]+)*", example="en"
    ),
    Field("source.authors", "Authors", f"{_words(Source, 'authors')} With commas between."),
    Field("source.credit", "Credit line", _CREDIT_HELP, pattern=_CREDIT, example="own-byline"),
    Field("source.read.extent", "How far you read it", _words(Read, "extent"), required=True, options=tuple(Extent)),
    Field("source.read.on", "Read on", _words(Read, "on"), pattern=_DAY, example="2026-11-22"),
    Field("source.id", "Id of the source", "Publisher, topic, year.", required=True, pattern=_plain_id()),
)


def _known(book: Book) -> str:
    """Return the script with the addresses and titles that there are already, for a warning of likely doubles."""
    urls = {name: record.model.url for name, record in book.dataset.sources.items() if record.model.url}
    told = {
        "sources": list(urls),
        "urls": [_bare(url) for url in urls.values()],
        "actions": [[record.id, record.model.title, record.model.actor] for record in book.actions],
    }
    return script("PT_KNOWN", told)


def _bare(url: str) -> str:
    """Return an address without what differs between links to one page: scheme, `www.`, query, fragment, a last `/`."""
    parts = urlsplit(url)
    return (parts.netloc.removeprefix("www.") + parts.path.rstrip("/")).lower()
