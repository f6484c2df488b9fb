"""Writing into records: what a command adds stands where a curator would have put it, and nothing else moves."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath

from policytrack.documents import Document, parse
from policytrack.findings import AdvisedError

_PASSAGES = "passages"


class DraftError(AdvisedError):
    """A record cannot be written into; ``advice`` says what to do by hand."""


def with_passage(document: Document, key: str, block: str) -> str:
    """Return the text of a source with one more passage; ``block`` is its YAML, indented as under `passages`.

    Raises `DraftError` where the file is laid out so that the passage cannot be set in without touching the rest.
    """
    lines = document.text.split("\n")
    if _PASSAGES in document.data:
        end = _end_of_block(document, lines)
        changed = [*lines[:end], *block.rstrip("\n").split("\n"), *lines[end:]]
    else:
        changed = [*_trimmed(lines), f"{_PASSAGES}:", *block.rstrip("\n").split("\n"), ""]
    text = "\n".join(changed)
    again, faults = parse(document.path, text.encode())
    before = document.data.get(_PASSAGES) or {}
    after = again.data.get(_PASSAGES) if again and not faults else None
    if not isinstance(after, dict) or not isinstance(before, dict) or {**after, key: None} != {**before, key: None}:
        raise DraftError("the passages are not laid out one to a block", "paste the lines below under `passages:`")
    return text


def _trimmed(lines: list[str]) -> list[str]:
    """Return lines without the empty ones at the end."""
    last = max((number for number, line in enumerate(lines) if line.strip()), default=-1)
    return lines[: last + 1]


def _end_of_block(document: Document, lines: list[str]) -> int:
    """Return the index of the line behind the passages: that of the next field, or the end of the file."""
    here, *starts = (document.place((name,), key=True).line for name in (_PASSAGES, *document.data))
    later = [line - 1 for line in starts if line > here]
    end = min(later, default=len(lines))
    while end > here and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def create(root: Path, path: str, text: str) -> None:
    """Write a new file at ``path`` below ``root``, whole or not at all; never over a file, never through a link.

    Raises `DraftError` where something stands there already, or a folder on the way leads out of the project.
    """
    target = root / path
    if target.exists() or target.is_symlink():
        raise DraftError(f"{path} exists already", "choose another id")
    for folder in [root / parent for parent in list(PurePosixPath(path).parents)[:-1]]:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise DraftError(f"{folder.relative_to(root)} is no ordinary folder", "put a folder there")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        # Unlike a rename, a link is refused where somebody else was quicker.
        os.link(name, target)
    except FileExistsError:
        raise DraftError(f"{path} exists already", "choose another id") from None
    finally:
        Path(name).unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Replace a file at once: whoever reads it sees the old text or the new, never a part."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mode = path.stat().st_mode if path.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
