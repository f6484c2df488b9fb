"""How to cite one record: as text, for TeX, and for what reads the Citation Style Language."""

from __future__ import annotations

import json
from dataclasses import dataclass

from policytrack.exports.bibliography.bibtex import escaped
from policytrack.site.book import Book
from policytrack.site.words import spoken


@dataclass(frozen=True, slots=True)
class Citing:
    """A record of ``book`` to be cited, or without an id the whole edition.

    ``address`` is where its page stands, "" where unknown. The day is that of the site: it is what "today" means on
    every page of it.
    """

    book: Book
    record_id: str = ""
    title: str = ""
    address: str = ""

    @property
    def _authors(self) -> list[str]:
        metadata = self.book.metadata
        return [each.name for each in metadata.contributors if each.name] or [metadata.name]

    @property
    def _key(self) -> str:
        return "-".join(filter(None, (self.book.metadata.name, self.record_id)))

    @property
    def _entry(self) -> str:
        return f"record {self.record_id}" if self.record_id else "data set"

    @property
    def text(self) -> str:
        """The citation for people."""
        metadata = self.book.metadata
        subject = f"\u201c{self.title}\u201d. In: {metadata.name}" if self.title else metadata.name
        parts = [f"{'; '.join(self._authors)}: {subject}", f"version {metadata.version}", self._entry]
        return ", ".join([*parts, f"as of {spoken(self.book.on)}", *filter(None, [self.address])]) + "."

    @property
    def bibtex(self) -> str:
        """The citation as an entry of BibTeX."""
        metadata, day = self.book.metadata, self.book.on
        fields = {
            "author": " and ".join(f"{{{escaped(name)}}}" for name in self._authors),
            "title": f"{{{escaped(self.title or metadata.title)}}}",
            "year": str(day.year),
            "howpublished": f"{escaped(metadata.name)}, version {escaped(metadata.version)}",
            "note": escaped(self._entry),
            "url": self.address,
            "urldate": day.isoformat(),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self._key},\n{lines}}}"

    @property
    def csl(self) -> str:
        """The citation as an item of CSL-JSON."""
        metadata, day = self.book.metadata, self.book.on
        item = {
            "id": self._key,
            "type": "dataset",
            "title": self.title or metadata.title,
            "author": [{"literal": name} for name in self._authors],
            "container-title": metadata.name if self.title else "",
            "version": metadata.version,
            "note": self._entry,
            "URL": self.address,
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
        }
        return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)
