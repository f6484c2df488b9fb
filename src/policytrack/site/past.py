"""What each release changed, record by record: read off the deltas that the history keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from policytrack.layout import KINDS
from policytrack.parsing import AnyRecord
from policytrack.versions import Version, archive, read_chain
from policytrack.versions.delta import Delta, Edited

# Tables that follow from others: a change there has its cause in a record that changed as well, or in the computation.
_FOLLOWING: Final = frozenset({"panel", "spells", "spell_actions", "measures", "statements", "codebook", "corrections"})
_FOLDERS: Final = {kind.folder: kind.name for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Release:
    """A release and the records that it changed: kind and id, sorted; ``first`` where there was none before it."""

    version: Version
    new: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    first: bool


@dataclass(frozen=True)
class Past:
    """The releases of the project at ``root``."""

    root: Path

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """The releases, the latest first; those withdrawn are marked by their version."""
        return tuple(reversed(list(_releases(self.root, read_chain(self.root)))))

    @cached_property
    def touched(self) -> Mapping[tuple[str, str], Version]:
        """The latest release that changed each record, where one after the first did."""
        found: dict[tuple[str, str], Version] = {}
        for release in self.releases:
            for subject in (*release.new, *release.changed):
                found.setdefault(subject, release.version)
        return found

    def latest(self, record: AnyRecord) -> Version | None:
        """Return the release that published a record as it is now: the first, where none changed it since."""
        first = self.releases[-1].version if self.releases else None
        return self.touched.get((record.kind, record.id), first)


def _releases(root: Path, chain: Sequence[Version]) -> Iterator[Release]:
    before: Version | None = None
    for version in chain:
        if before is None:
            yield Release(version, (), (), (), first=True)
        else:
            yield _release(version, archive.read_delta(root, before.version))
        before = version


def _release(version: Version, delta: Delta) -> Release:
    new: set[tuple[str, str]] = set()
    changed: set[tuple[str, str]] = set()
    gone: set[tuple[str, str]] = set()
    for table, step in delta.tables.items():
        if table in _FOLLOWING or not isinstance(step, Edited):
            continue
        for key, (before, after) in step.pairs.items():
            subject = _subject(table, step.shape.key, key)
            if subject is None:
                continue
            if table in _FOLDERS and before is None:
                new.add(subject)
            elif table in _FOLDERS and after is None:
                gone.add(subject)
            else:
                changed.add(subject)
    return Release(version, _listed(new), _listed(changed - new - gone), _listed(gone), first=False)


def _subject(table: str, columns: Sequence[str], key: Sequence[str]) -> tuple[str, str] | None:
    """Return the record that a row belongs to: its own, or the one that its key names."""
    if table in _FOLDERS:
        return _FOLDERS[table], key[columns.index("id")]
    for column, cell in zip(columns, key, strict=True):
        if column in KINDS:
            return column, cell
        if column in {"provision", "passage"}:
            return ("action" if column == "provision" else "source"), cell.partition("#")[0]
    return None


def _listed(subjects: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(subjects))
