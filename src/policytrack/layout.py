"""Kind, folder and model of each record, and what a path says about the record at it: one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import Final, TypeAlias

from policytrack.dates import OPEN_PAST, Bounds
from policytrack.findings import AdvisedError
from policytrack.models import Action, Actor, Jurisdiction, Source, Technology
from policytrack.models.values import ID_PATTERN

RecordModel: TypeAlias = Action | Actor | Technology | Jurisdiction | Source

RECORDS = "records"
REDIRECTS = f"{RECORDS}/redirects.yaml"
COVERAGE = f"{RECORDS}/coverage.yaml"
# Files of which there is one, with the name of their schema.
SINGLE = {REDIRECTS: "redirects", COVERAGE: "coverage"}
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its name, its folder under `records/`, its model, and whether its folder has years."""

    name: str
    folder: str
    model: type[RecordModel]
    dated: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        RecordKind("action", "actions", Action, dated=True),
        RecordKind("actor", "actors", Actor),
        RecordKind("technology", "technologies", Technology),
        RecordKind("jurisdiction", "jurisdictions", Jurisdiction),
        RecordKind("source", "sources", Source, dated=True),
    )
}
_BY_FOLDER = {kind.folder: kind for kind in KINDS.values()}
# Every folder of records has a page of this name on the site.
_TAKEN = "index"
# A single slip does not make a record one of another kind; a record under a foreign folder lacks fields and has others.
_SLIPS: Final = 2
_YEAR = re.compile(rf"[12][0-9]{{3}}|{UNDATED}")


@dataclass(frozen=True, slots=True)
class Spot:
    """What a path says of the record at it: kind, id, and the year folder (empty where there is none)."""

    kind: RecordKind
    id: str
    year: str = ""


class MisplacedError(AdvisedError):
    """A path at which no record can stand; ``advice`` says where it belongs."""


def spot(path: str) -> Spot:
    """Return what ``path`` (relative to the root, with `/`) says of its record, or raise `MisplacedError`."""
    parts = PurePosixPath(path).parts[1:]
    name = parts[-1] if parts else ""
    kind = _BY_FOLDER.get(parts[0]) if len(parts) > 1 else None
    if kind is None:
        folders = ", ".join(f"{RECORDS}/{folder}/" for folder in _BY_FOLDER)
        message = "no kind of record has this folder"
        raise MisplacedError(message, f"records lie in {folders}")
    years = parts[1:-1]
    if kind.dated and not (len(years) == 1 and _YEAR.fullmatch(years[0])):
        message = f"a record of kind {kind.name} lies in a folder for its year"
        raise MisplacedError(message, f"move it to {RECORDS}/{kind.folder}/<year>/{name}")
    if not kind.dated and years:
        message = f"a record of kind {kind.name} lies right in {RECORDS}/{kind.folder}/"
        raise MisplacedError(message, f"move it to {RECORDS}/{kind.folder}/{name}")
    if not name.endswith(".yaml"):
        message = f"`{name}` does not end in .yaml"
        raise MisplacedError(message, f"rename it to {PurePosixPath(name).stem}.yaml, or remove it")
    return Spot(kind, name.removesuffix(".yaml"), years[0] if years else "")


def held(known: Iterable[str], wanted: Iterable[PurePath]) -> set[str]:
    """Return those of the ``known`` files that are one of ``wanted`` or lie below it; all relative to the root.

    Raises `AdvisedError` where one of ``wanted`` is or holds none.
    """
    files = set(known)
    found: set[str] = set()
    for each in wanted:
        name = each.as_posix()
        inside = {path for path in files if path == name or path.startswith(f"{name}/") or name == "."}
        if not inside:
            raise AdvisedError(f"{name} holds no records", f"name files or folders below {RECORDS}/")
        found |= inside
    return found


def meant(path: str) -> set[str]:
    """Return the `kind/id` that a file with a wrong name or folder was probably meant to have; nothing if none shows.

    Whoever names that id makes no mistake of their own.
    """
    parts = PurePosixPath(path).parts[1:]
    kind = _BY_FOLDER.get(parts[0]) if len(parts) > 1 else None
    name = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(path).stem.lower()).strip("-")
    return {f"{kind.name}/{name}"} if kind and name else set()


def resembled(data: Mapping[str, object], kind: RecordKind) -> RecordKind | None:
    """Return the kind whose fields ``data`` has, where ``kind`` has them not: the file lies in the wrong folder."""
    strange = _strange(data, kind)
    own = len(strange) + _lacking(data, kind)
    misfits = {
        other: len(_strange(data, other)) + _lacking(data, other)
        for other in KINDS.values()
        if strange - _strange(data, other)
    }
    best = min(misfits, key=lambda other: misfits[other], default=kind)
    return best if own >= _SLIPS and misfits.get(best, own) * 3 <= own else None


def _strange(data: Mapping[str, object], kind: RecordKind) -> set[str]:
    """Return the keys that a kind does not know."""
    return data.keys() - {info.alias or name for name, info in kind.model.model_fields.items()}


def _lacking(data: Mapping[str, object], kind: RecordKind) -> int:
    """Return how many of a kind's required fields are missing."""
    fields = kind.model.model_fields.items()
    return sum((info.alias or name) not in data for name, info in fields if info.is_required())


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id: it has the form of one, and no page of the site has its name."""
    return text != _TAKEN and re.search(ID_PATTERN, text) is not None


def path_of(kind: str, record_id: str, year: str = "") -> str:
    """Return where the record stands, relative to the root."""
    return "/".join(part for part in (RECORDS, KINDS[kind].folder, year, f"{record_id}.yaml") if part)


def year_of(model: RecordModel) -> str:
    """Return the year folder of a record: the year of its first date's earliest bound, else of its latest."""
    match model:
        case Action():
            return _first_year(date.bounds for date in model.timeline.dates.values())
        case Source():
            return _first_year(date.bounds for date in (model.published or model.updated,) if date)
        case _:
            return ""


def _first_year(dates: Iterable[Bounds]) -> str:
    first = min(dates, default=None, key=lambda bounds: (bounds.lo if bounds.lo > OPEN_PAST else bounds.hi, bounds.hi))
    if first is None:
        return UNDATED
    known = first.earliest or first.latest
    return str(known.year) if known else UNDATED
