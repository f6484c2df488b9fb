"""The imprint of an edition: what every dialect of metadata says of it, so that none can say something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from policytrack.package import Contributor, License, Metadata

_DOI: Final = re.compile(r"(?:(?:https?://(?:dx\.)?doi\.org/)|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_WRITING: Final = frozenset({"creator", "author"})
_PUBLISHING: Final = "publisher"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that the descriptor lists: its path, its words, its size in bytes and its hash; ``table`` for a CSV."""

    name: str
    path: str
    title: str
    description: str
    mediatype: str
    size: int
    sha256: str
    table: bool

    @classmethod
    def of(cls, resource: Mapping[str, Any]) -> Part:
        """Return what a resource of a descriptor of ours describes."""
        return cls(
            name=resource["name"],
            path=resource["path"],
            title=resource["title"],
            description=resource["description"],
            mediatype=resource["mediatype"],
            size=resource["bytes"],
            sha256=resource["hash"].removeprefix("sha256:"),
            table=resource.get("type") == "table",
        )


@dataclass(frozen=True, slots=True)
class Imprint:
    """The metadata of an edition, the day on which it was released (ISO 8601, empty for none), and its parts."""

    metadata: Metadata
    day: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """Those who are named as creator or author; all contributors where nobody is."""
        named = self.metadata.contributors
        return tuple(each for each in named if _WRITING & set(each.roles)) or named

    @property
    def others(self) -> tuple[Contributor, ...]:
        """The contributors who are no authors."""
        return tuple(each for each in self.metadata.contributors if each not in self.authors)

    @property
    def publishers(self) -> tuple[Contributor, ...]:
        """Those who are named as publisher; the authors where nobody is, for they publish it themselves."""
        return tuple(each for each in self.metadata.contributors if _PUBLISHING in each.roles) or self.authors

    @property
    def license(self) -> License | None:
        """The first licence."""
        return next(iter(self.metadata.licenses), None)

    @property
    def doi(self) -> str:
        """The DOI that the metadata name as id or homepage, without a prefix; empty for none."""
        found = (_DOI.fullmatch(each) for each in (self.metadata.id, self.metadata.homepage))
        return next((each[1] for each in found if each), "")

    @property
    def identifier(self) -> str:
        """The id that the metadata name: a DOI as an address, anything else as it is; empty for none."""
        return f"https://doi.org/{self.doi}" if self.doi else self.metadata.id

    @property
    def homepage(self) -> str:
        """The homepage, unless it is the DOI once more."""
        return "" if _DOI.fullmatch(self.metadata.homepage) else self.metadata.homepage

    @property
    def year(self) -> str:
        """The year of the day."""
        return self.day[:4]

    @property
    def citation(self) -> str:
        """The edition in one sentence, as a list of references has it."""
        names = "; ".join(each.name for each in self.authors)
        year = f" ({self.year})" if self.year else ""
        end = f". {self.identifier}" if self.identifier else ""
        head = f"{names}{year}. " if names else ""
        return f"{head}{self.metadata.title}, version {self.metadata.version}{end}"


def license_address(license: License) -> str:  # noqa: A002 - the word of the standard
    """Return the address of a licence: its own, else that of its name at SPDX."""
    return license.path or f"https://spdx.org/licenses/{license.name}"


def told(**pairs: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return what is not empty: what the metadata do not name is left out of every dialect."""
    return {key: value for key, value in pairs.items() if value not in ("", (), [], {}, None)}
