"""What turns one release into the next, row by row: it can be applied, taken back and joined to the following one.

A delta is written as one JSON object a line: first `{"op": "release"}` with both versions and the hashes of both
descriptors, then `"descriptor"` lines (a JSON Pointer, before, after), then per table `"DEL"`, `"ADD"` and `"MOD"`, a
`"shape"` line first where columns or key changed. Cells are text as in the CSV.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from policytrack.findings import AdvisedError
from policytrack.package import NAME
from policytrack.schemas import written
from policytrack.versions.marks import alike, key_among, withheld
from policytrack.versions.patch import Patch, invert_patch, join_patches, patch, patched
from policytrack.versions.snapshot import Cells, Rows, Shape, Sheet, Snapshot

# A row before and after; None where there is none.
Pair: TypeAlias = tuple[Cells | None, Cells | None]


class DeltaError(AdvisedError):
    """A delta that cannot be read, or that does not fit the release it is applied to."""


@dataclass(frozen=True, slots=True)
class Reshaped:
    """A table whose columns or key changed, that came or went: all its rows before, all its rows after."""

    before: Sheet | None
    after: Sheet | None


@dataclass(frozen=True, slots=True)
class Edited:
    """A table that kept its shape: the rows that differ, by key."""

    path: str
    shape: Shape
    pairs: Mapping[Cells, Pair]


Step: TypeAlias = Reshaped | Edited


@dataclass(frozen=True, slots=True)
class Delta:
    """Both versions, the hash of each descriptor, how the descriptor changed, and what became of each table."""

    before: str
    after: str
    hashes: tuple[str, str]
    descriptor: tuple[Patch, ...] = ()
    tables: Mapping[str, Step] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.descriptor and not self.tables


def digest(snapshot: Snapshot) -> str:
    """Return the sha256 of the descriptor, which holds that of every table."""
    return f"sha256:{hashlib.sha256(written(snapshot.descriptor).encode()).hexdigest()}"


def delta(before: Snapshot, after: Snapshot) -> Delta:
    """Return what turns ``before`` into ``after``."""
    tables: dict[str, Step] = {}
    for name in dict.fromkeys((*before.sheets, *after.sheets)):
        step = _step(before.sheets.get(name), after.sheets.get(name))
        if step is not None:
            tables[name] = step
    hashes = digest(before), digest(after)
    return Delta(before.version, after.version, hashes, _patches(before.descriptor, after.descriptor), _sorted(tables))


def apply(change: Delta, snapshot: Snapshot) -> Snapshot:
    """Return ``snapshot`` with a delta applied; raises `DeltaError` where it was made for another release."""
    if digest(snapshot) != change.hashes[0]:
        message = f"the delta leads from another release: {change.before}, and this is {snapshot.version}"
        raise DeltaError(message, "apply the deltas in their order, to packages that nobody edited")
    sheets = dict(snapshot.sheets)
    for name, step in change.tables.items():
        found = _applied(name, step, sheets.pop(name, None))
        if found is not None:
            sheets[name] = found
    try:
        descriptor = patched(snapshot.descriptor, change.descriptor)
    except (LookupError, TypeError, ValueError):
        message = f"the delta does not fit {NAME}"
        raise DeltaError(message, "take the delta as it was published") from None
    made = Snapshot(descriptor, {name: sheets[name] for name in sorted(sheets)})
    if digest(made) != change.hashes[1] or not all(_holds(made, name) for name in change.tables):
        message = f"what the delta makes is not release {change.after}"
        raise DeltaError(message, _why_not(made))
    return made


def _why_not(made: Snapshot) -> str:
    if any(withheld(cells) for sheet in made.sheets.values() for cells in sheet.rows.values()):
        return "a value of that release was redacted since: it cannot be made again, and nobody should"
    return "take the delta as it was published"


def _holds(snapshot: Snapshot, name: str) -> bool:
    """Whether a table is the one that the descriptor has the hash of; true for a table that is no more."""
    resource = next((each for each in snapshot.descriptor["resources"] if each["name"] == name), None)
    if resource is None or name not in snapshot.sheets:
        return resource is None and name not in snapshot.sheets
    return bool(resource["hash"] == f"sha256:{hashlib.sha256(snapshot.sheets[name].content()).hexdigest()}")


def invert(change: Delta) -> Delta:
    """Return the delta that takes ``change`` back."""
    tables = {name: _inverse(step) for name, step in change.tables.items()}
    return Delta(change.after, change.before, change.hashes[::-1], invert_patch(change.descriptor), tables)


def join(first: Delta, second: Delta) -> Delta:
    """Return one delta that does what ``first`` and then ``second`` do."""
    if first.hashes[1] != second.hashes[0]:
        message = f"a delta to {first.after} and one from {second.before} do not follow each other"
        raise DeltaError(message, "join deltas in their order")
    tables: dict[str, Step] = {}
    for name in dict.fromkeys((*first.tables, *second.tables)):
        step = _joined(first.tables.get(name), second.tables.get(name))
        if step is not None:
            tables[name] = step
    patches = join_patches(first.descriptor, second.descriptor)
    return Delta(first.before, second.after, (first.hashes[0], second.hashes[1]), patches, _sorted(tables))


def _patches(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Patch, ...]:
    return tuple(sorted(patch(before, after), key=lambda each: each.at))


def _sorted(tables: Mapping[str, Step]) -> dict[str, Step]:
    return {name: tables[name] for name in sorted(tables)}


def _step(before: Sheet | None, after: Sheet | None) -> Step | None:
    """Return how a table changed, or None where it did not."""
    if before is None or after is None or (before.shape, before.path) != (after.shape, after.path):
        return None if before is after is None else Reshaped(before, after)
    former, later = before.rows, after.rows
    keys = [key for key in dict.fromkeys((*former, *later)) if former.get(key) != later.get(key)]
    pairs = {key: (former.get(key), later.get(key)) for key in keys}
    return Edited(after.path, after.shape, pairs) if pairs else None


def _applied(name: str, step: Step, sheet: Sheet | None) -> Sheet | None:
    if isinstance(step, Reshaped):
        if not _fits(sheet, step.before):
            message = f"the delta does not fit the table {name}"
            raise DeltaError(message, "take the delta as it was published")
        return step.after
    return _edited(name, step, sheet)


def _fits(sheet: Sheet | None, told: Sheet | None) -> bool:
    """Whether a table is the one that a delta tells of."""
    if sheet is None or told is None:
        return sheet is told
    same = (sheet.path, sheet.shape, len(sheet.rows)) == (told.path, told.shape, len(told.rows))
    return same and all(alike(sheet.rows.get(key_among(sheet.rows, key)), row) for key, row in told.rows.items())


def _edited(name: str, step: Edited, sheet: Sheet | None) -> Sheet:
    """Return a table with rows exchanged."""
    fault = DeltaError(f"the delta does not fit the table {name}", "take the delta as it was published")
    if sheet is None or sheet.shape != step.shape:
        raise fault
    rows = dict(sheet.rows)
    for named, (before, after) in step.pairs.items():
        key = key_among(rows, named)
        if not alike(rows.get(key), before):
            raise fault
        rows.pop(key, None)
        if after is not None:
            rows[key] = after
    return replace(sheet, rows=rows)


def _inverse(step: Step) -> Step:
    if isinstance(step, Reshaped):
        return Reshaped(step.after, step.before)
    return Edited(step.path, step.shape, {key: (after, before) for key, (before, after) in step.pairs.items()})


def _joined(first: Step | None, second: Step | None) -> Step | None:
    if first is None or second is None:
        return first or second
    if isinstance(first, Edited) and isinstance(second, Edited):
        pairs = {key: _pair(first.pairs.get(key), second.pairs.get(key)) for key in (*first.pairs, *second.pairs)}
        kept = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        return Edited(second.path, second.shape, kept) if kept else None
    before = first.before if isinstance(first, Reshaped) else _around(first, second, back=True)
    after = second.after if isinstance(second, Reshaped) else _around(second, first, back=False)
    return _step(before, after)


def _around(edited: Edited, reshaped: Step, *, back: bool) -> Sheet | None:
    """Return the whole table on the far side of an edit, from the reshaping that lies beside it."""
    if not isinstance(reshaped, Reshaped):  # pragma: no cover - two edits are joined by their rows
        raise TypeError(reshaped)
    step = _inverse(edited) if back else edited
    return _applied("", step, reshaped.before if back else reshaped.after)


def _pair(first: Pair | None, second: Pair | None) -> Pair:
    if first is None or second is None:
        found = first or second
        assert found is not None  # noqa: S101 - the key came from one of both
        return found
    return first[0], second[1]


_DEL: Final = "DEL"
_ADD: Final = "ADD"
_MOD: Final = "MOD"


def as_ndjson(change: Delta) -> str:
    """Return a delta as published: one JSON object a line."""
    return "".join(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in _lines(change))


def _lines(change: Delta) -> Iterator[dict[str, Any]]:
    yield {
        "op": "release",
        "from": change.before,
        "to": change.after,
        "from_descriptor": change.hashes[0],
        "to_descriptor": change.hashes[1],
    }
    for each in change.descriptor:
        yield {"op": "descriptor", **each.as_json()}
    for name, step in change.tables.items():
        yield from _edits(name, step) if isinstance(step, Edited) else _reshaping(name, step)


def _reshaping(name: str, step: Reshaped) -> Iterator[dict[str, Any]]:
    yield {"op": "shape", "table": name, "before": _form(step.before), "after": _form(step.after)}
    for operation, sheet in ((_DEL, step.before), (_ADD, step.after)):
        for row in sheet.shape.ordered(sheet.rows.values()) if sheet else ():
            yield {"op": operation, "table": name, "row": row}


def _form(sheet: Sheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    shape = sheet.shape
    return {"path": sheet.path, "columns": shape.columns, "types": shape.types, "key": shape.key}


def _edits(name: str, step: Edited) -> Iterator[dict[str, Any]]:
    shape = step.shape
    yield {"op": "edit", "table": name, **(_form(Sheet(step.path, shape, {})) or {})}
    for key in shape.ordered(before or after or () for before, after in step.pairs.values()):
        before, after = step.pairs[shape.key_of(key)]
        if before is None or after is None:
            yield {"op": _ADD if before is None else _DEL, "table": name, "row": before or after}
            continue
        named = zip(shape.columns, before, after, strict=True)
        changed = {column: [was, now] for column, was, now in named if was != now}
        yield {"op": _MOD, "table": name, "row": after, "cells": changed}


def of_ndjson(text: str) -> Delta:
    """Return the delta that was published as ``text``; raises `DeltaError` where it is none."""
    try:
        head, *rest = [json.loads(line) for line in text.splitlines()]
        patches = tuple(Patch.of_json(line) for line in rest if line["op"] == "descriptor")
        tables = _tables(line for line in rest if line["op"] != "descriptor")
        hashes = str(head["from_descriptor"]), str(head["to_descriptor"])
        return Delta(str(head["from"]), str(head["to"]), hashes, patches, tables)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        message = f"this is no delta: {error}"
        raise DeltaError(message, "name a file that a release carries in its folder delta/") from None


def _tables(told: Iterable[Mapping[str, Any]]) -> dict[str, Step]:
    tables: dict[str, Step] = {}
    for line in told:
        name = str(line["table"])
        match line["op"]:
            case "shape":
                tables[name] = Reshaped(_blank(line["before"]), _blank(line["after"]))
            case "edit":
                blank = _blank(line)
                tables[name] = Edited(blank.path, blank.shape, {}) if blank else Reshaped(None, None)
            case _:
                tables[name] = _with(tables[name], line)
    return tables


def _blank(form: Mapping[str, Any] | None) -> Sheet | None:
    if form is None:
        return None
    shape = Shape(tuple(form["columns"]), tuple(form["types"]), tuple(form["key"]))
    return Sheet(str(form["path"]), shape, {})


def _with(step: Step, line: Mapping[str, Any]) -> Step:
    """Put one row into what is known of a table; the maps are this reading's own."""
    row = tuple(str(cell) for cell in line["row"])
    if isinstance(step, Reshaped):
        sheet = step.before if line["op"] == _DEL else step.after
        if sheet is None:
            message = f"a row of the table {line['table']}, which is not there"
            raise ValueError(message)
        _put(sheet.rows, sheet.shape.key_of(row), row)
        return step
    cells: Mapping[str, Any] = line.get("cells", {})
    was = tuple(
        str(cells[column][0]) if column in cells else cell for column, cell in zip(step.shape.columns, row, strict=True)
    )
    pair: Pair = {_DEL: (row, None), _ADD: (None, row), _MOD: (was, row)}[line["op"]]
    _put(step.pairs, step.shape.key_of(row), pair)
    return step


def _put(rows: Rows | Mapping[Cells, Pair], key: Cells, value: Any) -> None:  # noqa: ANN401 - a row or a pair of rows
    assert isinstance(rows, dict)  # noqa: S101 - made empty above
    rows[key] = value
