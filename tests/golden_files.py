"""Texts that a test expects, kept in files beside it; POLICYTRACK_UPDATE_GOLDEN=1 writes them anew, to be looked at."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
UPDATE = os.environ.get("POLICYTRACK_UPDATE_GOLDEN") == "1"


def compare(name: str, found: str) -> None:
    """Hold ``found`` against the file ``name``, or write it there."""
    file = FOLDER / name
    if UPDATE:
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8")
