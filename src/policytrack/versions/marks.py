"""How a cell of a delta shows that its value is withheld: by the hash, which a reader who has the value can compare."""

from __future__ import annotations

import hashlib
from typing import Final

from policytrack.versions.snapshot import Cells, Rows

_MARK: Final = "redacted:sha256:"


def hashed(value: str) -> str:
    """Return the sha256, in hexadecimal, of a value's UTF-8."""
    return hashlib.sha256(value.encode()).hexdigest()


def marked(digest: str) -> str:
    """Return the text that stands for a value with this sha256."""
    return f"{_MARK}{digest}"


def withheld(cells: Cells) -> bool:
    """Whether a cell of a row is withheld."""
    return any(cell.startswith(_MARK) for cell in cells)


def alike(cells: Cells | None, told: Cells | None) -> bool:
    """Whether a row is the one that a delta tells of, withheld cells compared by their hash."""
    if cells is None or told is None:
        return cells is told
    return len(cells) == len(told) and all(map(_alike, cells, told))


def _alike(cell: str, told: str) -> bool:
    return cell == told or (told.startswith(_MARK) and told == marked(hashed(cell)))


def key_among(rows: Rows, key: Cells) -> Cells:
    """Return the key of ``rows`` that a delta means; one that is withheld in part is found by its hash."""
    if key in rows or not withheld(key):
        return key
    return next((each for each in rows if alike(each, key)), key)
