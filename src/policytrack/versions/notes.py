"""The notes that changes leave for the next release: one file each, so that two changes never meet in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from policytrack.codes import ChangeLevel
from policytrack.documents import MAX_BYTES, parse
from policytrack.faults.text import UNREADABLE
from policytrack.findings import Finding, Place
from policytrack.models import ChangeNote
from policytrack.parsing import explain
from policytrack.versions.files import HISTORY
from policytrack.versions.levels import highest

NEXT: Final = f"{HISTORY}/next"


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes by path, in the order of their names, and what is wrong with the files that are none."""

    notes: Mapping[str, ChangeNote] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def level(self) -> ChangeLevel:
        """The highest level that a note declares."""
        return highest(note.level for note in self.notes.values() if note.level)


def read_notes(root: Path) -> Notes:
    """Return the notes that wait for the next release of the project at ``root``."""
    notes: dict[str, ChangeNote] = {}
    findings: list[Finding] = []
    for file in sorted((root / NEXT).glob("*.yaml")):
        path = f"{NEXT}/{file.name}"
        note, faults = _read(file, path)
        findings += faults
        if note is not None:
            notes[path] = note
    return Notes(notes, tuple(findings))


def _read(file: Path, path: str) -> tuple[ChangeNote | None, list[Finding]]:
    if file.is_symlink() or not file.is_file():
        return None, [_unreadable(path, "not an ordinary file")]
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [_unreadable(path, str(error.strerror))]
    document, faults = parse(path, raw)
    if document is None:
        return None, faults
    try:
        return ChangeNote.model_validate(document.data), faults
    except ValidationError as error:
        return None, [*faults, *explain(document, ChangeNote, error, subject="")]


def _unreadable(path: str, why: str) -> Finding:
    return UNREADABLE.at(Place(path), f"the file cannot be read: {why}", "put an ordinary, readable file here")
