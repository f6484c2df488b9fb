"""What a release is against the one before it: its level, its version, the delta between them, and what it corrects."""

from __future__ import annotations

from policytrack.versions.archive import release_at
from policytrack.versions.chain import Version, read_chain
from policytrack.versions.corrections import Claimed, corrected, read_corrections
from policytrack.versions.delta import Delta, DeltaError, apply, as_ndjson, delta, invert, join, of_ndjson
from policytrack.versions.files import HISTORY
from policytrack.versions.levels import Reason, following, level, reasons
from policytrack.versions.notes import NEXT, Notes, read_notes
from policytrack.versions.snapshot import Snapshot, of_composed, of_folder

__all__ = [
    "HISTORY",
    "NEXT",
    "Claimed",
    "Delta",
    "DeltaError",
    "Notes",
    "Reason",
    "Snapshot",
    "Version",
    "apply",
    "as_ndjson",
    "corrected",
    "delta",
    "following",
    "invert",
    "join",
    "level",
    "of_composed",
    "of_folder",
    "of_ndjson",
    "read_chain",
    "read_corrections",
    "read_notes",
    "reasons",
    "release_at",
]
