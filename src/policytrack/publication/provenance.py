"""provenance.intoto.jsonl: of which commit and by which program each file of a release was made.

One line, an in-toto Statement v1 with a predicate in the form of SLSA provenance. It names no machine, no folder and no
clock, so that whoever makes the release again gets the same line. What vouches for it is the signature of SHA256SUMS.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from policytrack.history import State
from policytrack.package.checksums import sha256
from policytrack.package.descriptor import data_path

PATH: Final = "provenance.intoto.jsonl"
STATEMENT: Final = "https://in-toto.io/Statement/v1"
PREDICATE: Final = "https://slsa.dev/provenance/v1"
_BUILD: Final = "urn:policytrack:build:1"
_BUILDER: Final = "urn:policytrack:builder"
# Which library's version can change the bytes of which format.
_LIBRARIES: Final = {".parquet": "pyarrow", ".xlsx": "xlsxwriter", ".sqlite": "sqlite"}


def tools(paths: Mapping[str, bytes]) -> dict[str, str]:
    """Return the versions of this program and of the libraries that make the bytes of the formats among ``paths``."""
    needed = {library for path in paths for ending, library in _LIBRARIES.items() if path.endswith(ending)}
    return {name: _version(name) for name in ("policytrack", *sorted(needed))}


def _version(name: str) -> str:
    if name == "sqlite":
        return sqlite3.sqlite_version
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def as_line(
    files: Mapping[str, bytes],
    rows: Mapping[str, int],
    *,
    stamp: str,
    state: State | None,
    builder: Mapping[str, str],
) -> bytes:
    """Return the file: ``files`` are all others of the release, ``rows`` counts those of each table.

    ``stamp`` is the moment that the descriptor carries (empty for none), ``builder`` the versions of the tools.
    """
    counts = {data_path(table): count for table, count in rows.items()}
    statement = {
        "_type": STATEMENT,
        "subject": [_subject(path, files[path], counts.get(path)) for path in sorted(files)],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": _BUILD,
                "externalParameters": {"created": stamp} if stamp else {},
                "internalParameters": {},
                "resolvedDependencies": [_tree(state)] if state else [],
            },
            "runDetails": {"builder": {"id": _BUILDER, "version": dict(builder)}},
        },
    }
    return json.dumps(statement, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _subject(path: str, content: bytes, rows: int | None) -> dict[str, Any]:
    annotations = {} if rows is None else {"annotations": {"rows": rows}}
    return {"name": path, "digest": {"sha256": sha256(content)}, **annotations}


def _tree(state: State) -> dict[str, Any]:
    changed = {"annotations": {"changed": True}} if state.changed else {}
    return {"name": "records", "digest": {"gitCommit": state.commit, "gitTree": state.tree}, **changed}


class ProvenanceError(ValueError):
    """A statement that cannot be read."""


class Statement:
    """A statement that was read: what it says of each subject, of the tree, and of the tools."""

    def __init__(self, raw: bytes) -> None:
        """Read the file; raises `ProvenanceError` where it holds no such statement."""
        try:
            (line,) = raw.decode().splitlines()
            told = json.loads(line)
            if (told["_type"], told["predicateType"]) != (STATEMENT, PREDICATE):
                raise ProvenanceError("it is no in-toto statement of how a build was made")
            self.digests = {str(each["name"]): str(each["digest"]["sha256"]) for each in told["subject"]}
            self.rows = {
                str(each["name"]): int(each["annotations"]["rows"]) for each in told["subject"] if "annotations" in each
            }
            definition, run = told["predicate"]["buildDefinition"], told["predicate"]["runDetails"]
            trees = [each for each in definition["resolvedDependencies"] if each.get("name") == "records"]
            self.state = _state(trees[0]) if trees else None
            self.builder = {str(name): str(value) for name, value in run["builder"]["version"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            if isinstance(error, ProvenanceError):
                raise
            raise ProvenanceError("it is no in-toto statement of the form that a release has") from None


def _state(told: Mapping[str, Any]) -> State:
    digest = told["digest"]
    return State(str(digest["gitCommit"]), str(digest["gitTree"]), changed="annotations" in told)
