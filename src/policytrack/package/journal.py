"""Several files exchanged as one: whoever is killed on the way leaves what it takes to put the former ones back.

The new files are laid down beside the old ones first, then copies of the old ones, then the journal that names them;
only then is any file exchanged. While the journal stands, nobody reads the half-made state as a package.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

FOLDER: Final = ".release"
_JOURNAL: Final = f"{FOLDER}/journal.json"
_NEXT: Final = f"{FOLDER}/next"
_FORMER: Final = f"{FOLDER}/former"


def interrupted(root: Path) -> bool:
    """Whether an exchange at ``root`` was begun and not ended."""
    return (root / _JOURNAL).exists()


def exchange(root: Path, files: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
    """Write ``files`` (path to bytes) below ``root`` and take ``gone`` away, all of it or nothing.

    Raises `OSError` where that fails, with everything as it was. Killed on the way, `undo` puts the former files back.
    """
    undo(root)
    left = sorted(set(gone) - files.keys())
    try:
        lay(root / _NEXT, files)
        kept = [path for path in (*files, *left) if (root / path).exists()]
        lay(root / _FORMER, {path: (root / path).read_bytes() for path in kept})
        told = {"written": sorted(files), "gone": left, "kept": sorted(kept)}
        _write(root / f"{_JOURNAL}.new", json.dumps(told).encode())
        (root / f"{_JOURNAL}.new").replace(root / _JOURNAL)
        for path in files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / _NEXT / path).replace(root / path)
        for path in left:
            (root / path).unlink(missing_ok=True)
    except OSError:
        undo(root)
        raise
    (root / _JOURNAL).unlink()
    shutil.rmtree(root / FOLDER)


def undo(root: Path) -> bool:
    """Put back what an interrupted exchange at ``root`` had replaced, and say whether there was one."""
    found = interrupted(root)
    if found:
        told = json.loads((root / _JOURNAL).read_text(encoding="utf-8"))
        for path in told["kept"]:
            # A copy is kept until the end: this may be killed too.
            _write(root / _NEXT / "undo", (root / _FORMER / path).read_bytes())
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / _NEXT / "undo").replace(root / path)
        for path in set(told["written"]) - set(told["kept"]):
            (root / path).unlink(missing_ok=True)
        (root / _JOURNAL).unlink()
    shutil.rmtree(root / FOLDER, ignore_errors=True)
    return found


def lay(folder: Path, content_of: Mapping[str, bytes]) -> None:
    """Write files into a new folder, down to the disk."""
    for path, raw in content_of.items():
        _write(folder / path, raw)


def _write(target: Path, raw: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
