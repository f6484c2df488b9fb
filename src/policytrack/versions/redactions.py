"""Values that were published and must not be read any more: known by their hash alone.

What is public in an earlier release is not taken back by writing that release anew: it is withdrawn. But nothing that
is published from now on tells the value again: neither a delta that leads away from it nor the history before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from policytrack.versions.delta import Delta, Edited, Pair, Reshaped, Step
from policytrack.versions.files import HISTORY, kept, spoilt
from policytrack.versions.marks import hashed, marked
from policytrack.versions.snapshot import Cells, Sheet

PATH: Final = f"{HISTORY}/redactions.ndjson"


@dataclass(frozen=True, slots=True)
class Redaction:
    """A tombstone: the record and the field that held a value, its sha256, why it went and on which day."""

    record: str
    id: str
    field: str
    sha256: str
    reason: str
    date: str


def read_redactions(root: Path) -> tuple[Redaction, ...]:
    """Return the tombstones of the project at ``root``; raises `PackageError` where their file was spoilt."""
    text = kept(root, PATH) or ""
    try:
        return tuple(Redaction(**json.loads(line)) for line in text.splitlines())
    except (ValueError, TypeError) as error:
        raise spoilt(f"{PATH} holds no redactions: {error}") from None


def hashes(root: Path) -> frozenset[str]:
    """Return the hashes of the values that are withheld."""
    return frozenset(each.sha256 for each in read_redactions(root))


def as_ndjson(redactions: Iterable[Redaction]) -> str:
    """Return tombstones as their file holds them: one JSON object a line."""
    return "".join(f"{json.dumps(asdict(each), ensure_ascii=False)}\n" for each in redactions)


def redacted(change: Delta, withheld: frozenset[str]) -> Delta:
    """Return a delta in which every cell whose hash is among ``withheld`` shows the hash instead."""
    if not withheld:
        return change
    hide = _hider(withheld)
    return replace(change, tables={name: _step(step, hide) for name, step in change.tables.items()})


def _hider(withheld: frozenset[str]) -> Callable[[Cells], Cells]:
    def hide(cells: Cells) -> Cells:
        return tuple(marked(found) if cell and (found := hashed(cell)) in withheld else cell for cell in cells)

    return hide


def _step(step: Step, hide: Callable[[Cells], Cells]) -> Step:
    if isinstance(step, Reshaped):
        return Reshaped(_sheet(step.before, hide), _sheet(step.after, hide))
    pairs: Mapping[Cells, Pair] = {
        hide(key): (before and hide(before), after and hide(after)) for key, (before, after) in step.pairs.items()
    }
    return Edited(step.path, step.shape, pairs)


def _sheet(sheet: Sheet | None, hide: Callable[[Cells], Cells]) -> Sheet | None:
    if sheet is None:
        return None
    return replace(sheet, rows={hide(key): hide(cells) for key, cells in sheet.rows.items()})
