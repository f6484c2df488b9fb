"""What an edition of the data is: its metadata and its rows, from which every file beside the tables is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final, TypeAlias

from policytrack.tables import TABLES, Row, Value

# What the version ends in where the data are those of no release: build metadata, which orders nothing (semver.org).
_UNRELEASED: Final = "+unreleased"


def unreleased(version: str) -> str:
    """Return the version of data that are no longer those of the release ``version``; empty where there is none."""
    return f"{version.partition('+')[0]}{_UNRELEASED}" if version else ""


def is_unreleased(version: str) -> bool:
    """Whether a version is that of data that were not released."""
    return version.endswith(_UNRELEASED)


@dataclass(frozen=True, slots=True)
class License:
    """A licence: its SPDX id, its name in words, and its address."""

    name: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the data: a name in full or in two parts, perhaps an address, and in which roles."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""
    path: str = ""
    email: str = ""
    organization: str = ""
    roles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in full."""
        return self.title or f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What people wrote of the package, in the descriptor at the root, and the version and moment of this edition.

    Texts that nobody wrote are empty. ``created`` has a time zone; None where no moment was given.
    """

    name: str
    title: str
    version: str
    description: str = ""
    id: str = ""
    homepage: str = ""
    created: datetime | None = None
    licenses: tuple[License, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, block: Mapping[str, Any], *, created: datetime | None = None) -> Metadata:
        """Read the block of a descriptor. What is not of its form is left out: a check of the package names it."""
        texts = ("name", "title", "version", "description", "id", "homepage")
        return cls(
            **{key: _text(block, key) for key in texts},
            created=None if created is None else created.astimezone(UTC),
            licenses=tuple(map(_license, _objects(block, "licenses"))),
            contributors=tuple(map(_contributor, _objects(block, "contributors"))),
            keywords=_texts(block, "keywords"),
        )

    @property
    def stamp(self) -> str:
        """The moment in ISO 8601, in UTC and to the second; empty where none was given."""
        return "" if self.created is None else self.created.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def release(self) -> str:
        """The release that data are of, or that they no longer are."""
        return self.version.removesuffix(_UNRELEASED)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: metadata, the typed rows of each table (sorted by its key), and its CSV (path in the package)."""

    metadata: Metadata
    rows: Mapping[str, Sequence[Row]]
    tables: Mapping[str, bytes]

    def cells(self, table: str) -> Iterator[tuple[Value, ...]]:
        """Yield the cells of each row of a table, in the order of its columns."""
        return cells(table, self.rows[table])

    def columns(self, table: str) -> dict[str, tuple[Value, ...]]:
        """Return the cells of each column of a table, in the order of its rows."""
        return {each.name: tuple(map(attrgetter(each.name), self.rows[table])) for each in TABLES[table].columns}


def cells(table: str, rows: Iterable[Row]) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of each of ``rows`` of a table; every table has more than one column."""
    return map(attrgetter(*(column.name for column in TABLES[table].columns)), rows)


@dataclass(frozen=True, slots=True)
class Extra:
    """A file that a package carries beside its tables, for tools that read neither CSV nor descriptors."""

    name: str
    path: str
    title: str
    description: str
    mediatype: str
    content: bytes


Export: TypeAlias = Callable[[Edition], Sequence[Extra]]


def _license(item: Mapping[str, Any]) -> License:
    return License(_text(item, "name"), _text(item, "title"), _text(item, "path"))


def _contributor(item: Mapping[str, Any]) -> Contributor:
    return Contributor(
        title=_text(item, "title"),
        given_name=_text(item, "givenName"),
        family_name=_text(item, "familyName"),
        path=_text(item, "path"),
        email=_text(item, "email"),
        organization=_text(item, "organization"),
        roles=_texts(item, "roles"),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _texts(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = item.get(key)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _objects(item: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = item.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
