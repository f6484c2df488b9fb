"""What level a change of the published data has, computed from both sides: nobody has to judge it, nobody can hide it.

The version belongs to those who load the data: what breaks a program that read the last release is major, what gives
it more is minor, what mends a value is a patch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policytrack.codes import ChangeLevel
from policytrack.gate.forms import SEMVER
from policytrack.versions.snapshot import Cells, Sheet, Snapshot


@dataclass(frozen=True, slots=True)
class Reason:
    """One change and the level that it has; ``what`` says it in words."""

    level: ChangeLevel
    what: str


# Tables of ids that were published: each id is somebody's link.
_IDS: Final = {
    "actions": "action",
    "actors": "actor",
    "technologies": "technology",
    "jurisdictions": "jurisdiction",
    "sources": "source",
}
# Tables in which a new row tells something new of the world; elsewhere it is support, or follows from others.
_TELLING: Final = frozenset({*_IDS, "provisions", "dates", "links", "redirects", "codebook"} - {"sources"})
_STATUS: Final = frozenset({"stage"})
_RETIRED: Final = "redirects"
_CODES: Final = "codebook"
# What the block of the descriptor says to people; the rest of it is numbers that follow from the tables.
_FOLLOWING: Final = frozenset({"version", "created", "resources"})
_LICENCE: Final = "licenses"


def reasons(before: Snapshot, after: Snapshot) -> list[Reason]:
    """Return what changed from one release to the next, the gravest first; nothing where they are the same."""
    found = [
        *_block(before.descriptor, after.descriptor),
        *_tables(before, after),
        *_gone(before, after),
    ]
    return sorted(set(found), key=lambda each: (-each.level.rank, each.what))


def level(found: Iterable[Reason]) -> ChangeLevel:
    """Return the highest level among reasons."""
    return highest(each.level for each in found)


def highest(levels: Iterable[ChangeLevel]) -> ChangeLevel:
    """Return the highest of levels, none where there are none."""
    return max(levels, key=lambda each: each.rank, default=ChangeLevel.NONE)


def following(version: str, step: ChangeLevel) -> str:
    """Return the version that follows ``version``: while that is 0.y.z, major and minor both raise y."""
    match = re.fullmatch(SEMVER, version, re.ASCII)
    if match is None:
        message = f"`{version}` is not a version"
        raise ValueError(message)
    major, minor, patch = (int(part) for part in match.groups()[:3])
    if step is ChangeLevel.NONE:
        return version
    if step is ChangeLevel.PATCH:
        return f"{major}.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if step is ChangeLevel.MAJOR and major else f"{major}.{minor + 1}.0"


def _block(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Reason]:
    for key in dict.fromkeys((*before, *after)):
        if key in _FOLLOWING or before.get(key) == after.get(key):
            continue
        yield Reason(ChangeLevel.MAJOR if key == _LICENCE else ChangeLevel.PATCH, f"the package's `{key}` changed")


def _tables(before: Snapshot, after: Snapshot) -> Iterator[Reason]:
    former = {str(each["name"]): each for each in before.descriptor["resources"]}
    later = {str(each["name"]): each for each in after.descriptor["resources"]}
    for name in dict.fromkeys((*former, *later)):
        if name not in later:
            yield Reason(ChangeLevel.MAJOR, f"the table {name} is gone")
        elif name not in former:
            yield Reason(ChangeLevel.MAJOR, f"the table {name} is new")
        else:
            yield from _resource(name, former[name], later[name])
            yield from _rows(name, before.sheets[name], after.sheets[name])


def _resource(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield how the description of a table changed."""
    for key in dict.fromkeys((*before, *after)):
        if key in {"schema", "bytes", "hash"} or before.get(key) == after.get(key):
            continue
        level = ChangeLevel.PATCH if key in {"title", "description"} else ChangeLevel.MAJOR
        yield Reason(level, f"{name}: `{key}` changed")
    yield from _schema(name, before["schema"], after["schema"])


def _schema(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Reason]:
    former = {str(each["name"]): each for each in before["fields"]}
    later = {str(each["name"]): each for each in after["fields"]}
    for column in former.keys() - later.keys():
        yield Reason(ChangeLevel.MAJOR, f"{name}: the column {column} is gone")
    for column in later.keys() - former.keys():
        yield Reason(ChangeLevel.MAJOR, f"{name}: the column {column} is new")
    if former.keys() == later.keys() and list(former) != list(later):
        yield Reason(ChangeLevel.MAJOR, f"{name}: the columns stand in another order")
    for column in former.keys() & later.keys():
        yield from _column(f"{name}.{column}", former[column], later[column])
    for key in dict.fromkeys((*before, *after)):
        # `$id` and `version` of a schema follow the version of the package.
        if key not in {"fields", "$id", "version"} and before.get(key) != after.get(key):
            level = ChangeLevel.PATCH if key in {"title", "description"} else ChangeLevel.MAJOR
            yield Reason(level, f"{name}: `{key}` of the schema changed")


def _column(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Reason]:
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) == after.get(key):
            continue
        if key in {"title", "description", "example"}:
            yield Reason(ChangeLevel.PATCH, f"{name}: its {key} changed")
        elif key == "constraints":
            yield from _constraints(name, before.get(key, {}), after.get(key, {}))
        elif key == "categories":
            yield from _options(name, _texts(before.get(key)), _texts(after.get(key)))
        else:
            yield Reason(ChangeLevel.MAJOR, f"{name}: its {key} changed")


def _constraints(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Reason]:
    for key in dict.fromkeys((*before, *after)):
        former, later = before.get(key), after.get(key)
        if former == later:
            continue
        if key == "enum" and former is not None and later is not None:
            yield from _options(name, _texts(former), _texts(later))
        elif later is None or (key == "minimum" and former is not None and later < former) or later is False:
            yield Reason(ChangeLevel.MINOR, f"{name}: the constraint {key} is relaxed")
        else:
            yield Reason(ChangeLevel.MAJOR, f"{name}: the constraint {key} is tighter, or another")


def _texts(values: Any) -> tuple[str, ...]:  # noqa: ANN401 - a list of codes, bare or with labels
    return tuple(str(each.get("value")) if isinstance(each, dict) else str(each) for each in values or ())


def _options(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Reason]:
    for code in before:
        if code not in after:
            yield Reason(ChangeLevel.MAJOR, f"{name}: the code {code} is gone")
    for code in after:
        if code not in before:
            yield Reason(ChangeLevel.MINOR, f"{name}: the code {code} is new")
    if before != after and set(before) == set(after):
        yield Reason(ChangeLevel.PATCH, f"{name}: the codes stand in another order")


def _rows(name: str, before: Sheet, after: Sheet) -> Iterator[Reason]:
    if before.shape != after.shape:
        return
    come = after.rows.keys() - before.rows.keys()
    gone = before.rows.keys() - after.rows.keys()
    if come:
        level = ChangeLevel.MINOR if name in _TELLING else ChangeLevel.PATCH
        yield Reason(level, f"{name}: rows are new")
    if gone and name == _CODES:
        yield Reason(ChangeLevel.MAJOR, f"{name}: a code is gone")
    if gone and name == _RETIRED:
        yield Reason(ChangeLevel.MAJOR, f"{name}: a retired id leads nowhere any more")
    if gone:
        yield Reason(ChangeLevel.PATCH, f"{name}: rows are gone")
    yield from _values(name, before, after)


def _values(name: str, before: Sheet, after: Sheet) -> Iterator[Reason]:
    changed: set[int] = set()
    for key in before.rows.keys() & after.rows.keys():
        former, later = before.rows[key], after.rows[key]
        if former != later:
            changed |= {number for number, cell in enumerate(former) if cell != later[number]}
    for number in changed:
        column = before.shape.columns[number]
        progressed = name == "actions" and column in _STATUS
        yield Reason(
            ChangeLevel.MINOR if progressed else ChangeLevel.PATCH,
            f"{name}.{column}: {'a status is another' if progressed else 'values changed'}",
        )


def _gone(before: Snapshot, after: Snapshot) -> Iterator[Reason]:
    """Yield the ids that are no more: with a redirect they lead on, without one they break."""
    told = _retired(after)
    for table, kind in _IDS.items():
        for number in _ids(before, table) - _ids(after, table):
            if (kind, number) in told:
                yield Reason(ChangeLevel.MINOR, f"{kind} {number} is retired")
            else:
                yield Reason(ChangeLevel.MAJOR, f"{kind} {number} is gone without a redirect")


def _ids(side: Snapshot, table: str) -> set[str]:
    sheet = side.sheets.get(table)
    return {_cell(sheet, cells, "id") for cells in sheet.rows.values()} if sheet else set()


def _retired(side: Snapshot) -> set[tuple[str, str]]:
    sheet = side.sheets.get(_RETIRED)
    if sheet is None:
        return set()
    return {(_cell(sheet, cells, "record"), _cell(sheet, cells, "id")) for cells in sheet.rows.values()}


def _cell(sheet: Sheet, cells: Cells, column: str) -> str:
    return cells[sheet.shape.columns.index(column)] if column in sheet.shape.columns else ""
