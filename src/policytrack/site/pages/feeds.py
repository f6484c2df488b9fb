"""Feeds of what is new, and the calendar of what is about to end."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from xml.etree import ElementTree as ET

from policytrack.codes import Stage
from policytrack.dates import OPEN_PAST, Bounds
from policytrack.models import Action
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.lists import groups
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer
from policytrack.site.words import bounded, listed

_ATOM: Final = "http://www.w3.org/2005/Atom"
# Ids of entries are made of the ids of records, so that they stay whatever address the site has.
_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:policytrack:records")
_SHOWN: Final = 50
_LINE: Final = 75


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield a feed of all actions, one for each place, actor, technology, kind and year, and the calendar."""
    book = renderer.book
    yield _feed(renderer, "feeds/actions.atom", "actions", "Newest and lately changed actions", book.actions)
    for group in groups(book):
        name = f"{group.folder}/{group.name}"
        yield _feed(renderer, f"feeds/{name}.atom", name, group.title, group.actions)
    yield Page("feeds/expiry.ics", _calendar(book).encode())


def _feed(renderer: Renderer, path: str, name: str, title: str, records: Sequence[Record[Action]]) -> Page:
    book = renderer.book
    dated = sorted(((_updated(book, record), record) for record in records), key=lambda each: each[0], reverse=True)
    feed = ET.Element("feed", {"xmlns": _ATOM})
    _put(feed, "title", f"policytrack: {title}")
    _put(feed, "id", uuid.uuid5(_SPACE, f"feed/{name}").urn)
    _put(feed, "updated", _moment(dated[0][0] if dated else book.on))
    _put(ET.SubElement(feed, "author"), "name", "policytrack contributors")
    if renderer.base_url:
        ET.SubElement(feed, "link", {"rel": "self", "href": f"{renderer.base_url}/{path}"})
    for updated, record in dated[:_SHOWN]:
        entry = ET.SubElement(feed, "entry")
        action = record.model
        _put(entry, "title", action.title)
        _put(entry, "id", uuid.uuid5(_SPACE, f"action/{record.id}").urn)
        _put(entry, "updated", _moment(updated))
        address = f"{renderer.base_url}/" if renderer.base_url else "../" * path.count("/")
        ET.SubElement(entry, "link", {"rel": "alternate", "href": f"{address}{book.path('action', record.id)}"})
        ET.SubElement(entry, "category", {"term": action.kind.value, "label": action.kind.label})
        _put(entry, "summary", action.summary or action.title)
    text = ET.tostring(feed, encoding="unicode", xml_declaration=False)
    return Page(path, f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode())


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _updated(book: Book, record: Record[Action]) -> date:
    """Return the day on which a record was last published otherwise; before that, the day of the first release."""
    version = book.past.latest(record)
    return date.fromisoformat(version.released) if version else book.on


def _calendar(book: Book) -> str:
    """Return the planned ends that are not over on the day of the site, as iCalendar (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//policytrack//ends//EN", "X-WR-CALNAME:policytrack: ends"]
    for each in ending(book):
        name = "/".join(["end", each.record.id, *each.keys])
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid.uuid5(_SPACE, name)}",
            f"DTSTAMP:{book.on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{each.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{each.last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'Last day: {each.record.model.title}')}",
            f"DESCRIPTION:{_escaped(_told(each))}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


@dataclass(frozen=True, slots=True)
class Ending:
    """A last day that is laid down and still to come: its bounds, and the provisions it is of, none for all of them."""

    first: date
    last: date
    record: Record[Action]
    keys: tuple[str, ...]

    @property
    def words(self) -> str:
        """The day in words."""
        return bounded(Bounds(self.first.toordinal(), self.last.toordinal()))


def ending(book: Book) -> list[Ending]:
    """Return the last days that are known and still to come, the soonest first, one for each action and day."""
    found: list[Ending] = []
    for record in book.actions:
        if book.stage(record.id) is not Stage.IN_BEING:
            continue
        keys: dict[Bounds, list[str]] = {}
        for key, answer in book.answers[record.id].items():
            if answer.until is not None and _is_ahead(answer.until, book.on):
                keys.setdefault(answer.until, []).append(key)
        every = len(record.model.provisions)
        found += [
            Ending(
                date.fromordinal(until.lo), date.fromordinal(until.hi), record, tuple(own) if len(own) < every else ()
            )
            for until, own in keys.items()
        ]
    return sorted(found, key=lambda each: (each.last, each.first, each.record.id, each.keys))


def _is_ahead(until: Bounds, on: date) -> bool:
    # The last day of the calendar is what an end without a known beginning comes to.
    return until.lo > OPEN_PAST and on.toordinal() <= until.hi < date.max.toordinal()


def _told(each: Ending) -> str:
    which = f"Of {listed([name.replace('p', 'provision ', 1) for name in each.keys])}. " if each.keys else ""
    return f"Last day {each.words}. {which}Whether it was extended since is for you to look up."


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, as the format asks; no sign is cut in two."""
    piece, room = "", _LINE
    for sign in line:
        if len(sign.encode()) > room:
            yield piece
            piece, room = " ", _LINE - 1
        piece += sign
        room -= len(sign.encode())
    yield piece
