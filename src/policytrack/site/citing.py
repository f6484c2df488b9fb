"""How to cite one record: as text, for TeX, and for what reads the Citation Style Language."""

from __future__ import annotations

import json
from dataclasses import dataclass

from policytrack.exports.bibliography.bibtex import escaped
from policytrack.site.book import Book
from policytrack.site.words import spoken


@dataclass(frozen=True, slots=True)
class Citing:
    """A citation in three forms."""

    text: str
    bibtex: str
    csl: str


def citing(book: Book, record_id: str = "", title: str = "", address: str = "") -> Citing:
    """Return how to cite a record, or the whole edition; ``address`` is where its page stands, "" where unknown.

    The day is that of the site: it is what "today" means on every page of it.
    """
    metadata = book.metadata
    authors = [each.name for each in metadata.contributors if each.name] or [metadata.name]
    subject = f"“{title}”. In: {metadata.name}" if title else metadata.name
    entry = f"record {record_id}" if record_id else "data set"
    parts = [f"{'; '.join(authors)}: {subject}", f"version {metadata.version}", entry]
    parts += [f"as of {spoken(book.on)}", *([address] if address else [])]
    key = f"{metadata.name}-{record_id}" if record_id else metadata.name
    return Citing(
        ", ".join(parts) + ".",
        _bibtex(book, key, title, entry, authors, address),
        _csl(book, key, title, entry, authors, address),
    )


def _bibtex(book: Book, key: str, title: str, entry: str, authors: list[str], address: str) -> str:
    metadata, day = book.metadata, book.on
    fields = {
        "author": " and ".join(f"{{{escaped(name)}}}" for name in authors),
        "title": f"{{{escaped(title or metadata.title)}}}",
        "year": str(day.year),
        "howpublished": f"{escaped(metadata.name)}, version {escaped(metadata.version)}",
        "note": escaped(entry),
        **({"url": address} if address else {}),
        "urldate": day.isoformat(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}}}"


def _csl(book: Book, key: str, title: str, entry: str, authors: list[str], address: str) -> str:
    metadata, day = book.metadata, book.on
    item = {
        "id": key,
        "type": "dataset",
        "title": title or metadata.title,
        "author": [{"literal": name} for name in authors],
        "container-title": metadata.name if title else "",
        "version": metadata.version,
        "note": entry,
        "URL": address,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)
