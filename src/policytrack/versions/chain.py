"""The releases so far, each with the hash of its descriptor and of the entry before it: a chain nobody can shorten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from policytrack.versions.files import HISTORY, kept, spoilt

PATH: Final = f"{HISTORY}/versions.json"


@dataclass(frozen=True, slots=True)
class Version:
    """One release: its version, day and level, and the hash of its descriptor, which has those of the tables.

    ``previous`` is the hash of the entry before, empty for the first. ``withdrawn`` says why a release is not to be
    used any more; it takes no part in the hash, for a release is withdrawn after it was linked.
    """

    version: str
    released: str
    level: str
    descriptor: str
    previous: str
    notes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    withdrawn: str = ""

    @property
    def link(self) -> str:
        """The hash by which the next entry names this one."""
        told = {name: value for name, value in asdict(self).items() if name != "withdrawn"}
        return f"sha256:{hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()}"


def read_chain(folder: Path, path: str = PATH) -> tuple[Version, ...]:
    """Return the releases that the file ``path`` lists, oldest first, none where there is no file.

    Raises `PackageError` where the file cannot be read. `faults` says whether the links hold.
    """
    text = kept(folder, path)
    if text is None:
        return ()
    try:
        return tuple(_version(entry) for entry in json.loads(text)["versions"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise spoilt(f"{path} does not list versions: {error}") from None


def _version(entry: dict[str, Any]) -> Version:
    made = Version(**{**entry, "notes": tuple(entry["notes"]), "reasons": tuple(entry["reasons"])})
    if not all(isinstance(each, str) for each in asdict(made).values() if not isinstance(each, tuple)):
        message = "a value is no text"
        raise TypeError(message)
    return made


def as_json(chain: Sequence[Version]) -> str:
    """Return the chain as its file holds it."""
    return json.dumps({"versions": [asdict(each) for each in chain]}, ensure_ascii=False, indent=2) + "\n"


def faults(chain: Sequence[Version]) -> list[str]:
    """Return where the chain is broken: an entry that does not name the one before it, a version that stands twice."""
    found = []
    before = ""
    seen: set[str] = set()
    for each in chain:
        if each.previous != before:
            found.append(f"the entry of {each.version} does not follow the one before it")
        if each.version in seen:
            found.append(f"{each.version} stands twice")
        seen.add(each.version)
        before = each.link
    return found


def withdrawn(chain: Sequence[Version], why: str) -> tuple[Version, ...]:
    """Return the chain with every release withdrawn that was not yet."""
    return tuple(each if each.withdrawn else replace(each, withdrawn=why) for each in chain)
