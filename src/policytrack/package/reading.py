"""A package on disk back to typed rows, by the types that its descriptor declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from policytrack.package.cells import CellError, as_value, lines
from policytrack.package.descriptor import NAME, PackageError, read_descriptor
from policytrack.spelling import advise
from policytrack.tables import Value

TypedRow: TypeAlias = dict[str, Value]

_ADVICE = "see `policytrack check-package`, or build it again"


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as text: its path, its CSV, and the types of its columns (Table Schema)."""

    path: str
    raw: bytes
    types: Mapping[str, str]

    def rows(self) -> list[TypedRow]:
        """Return the rows: column to text, int, Decimal, bool, date or None; `PackageError` for a cell of no type."""
        try:
            header, *body = lines(self.raw.decode())
            if header.cells != tuple(self.types):
                message = "its columns are others"
                raise CellError(message)
            return [
                {name: as_value(cell, kind) for (name, kind), cell in zip(self.types.items(), line.cells, strict=True)}
                for line in body
            ]
        except ValueError as error:
            message = f"{self.path} is not the table that {NAME} describes: {error}"
            raise PackageError(message, _ADVICE) from None


def table_text(table: str, folder: Path) -> TableText:
    """Return a table of the package in ``folder``; no other one is read.

    Raises `PackageError` when there is no such package or table, and when it is not described or cannot be read.
    """
    tables = _tables(read_descriptor(folder))
    return _text(folder, tables[named(table, tables)])


def load_package(folder: Path | str) -> dict[str, list[TypedRow]]:
    """Return the rows of every table of the package in ``folder``; files that are no tables are left aside."""
    root = Path(folder)
    return {name: _text(root, each).rows() for name, each in _tables(read_descriptor(root)).items()}


def named(table: str, tables: Mapping[str, object]) -> str:
    """Return the name of a table; raises `PackageError`, with the nearest name, where ``tables`` have no such one."""
    if table not in tables:
        message = f"`{table}` is no table of the package"
        raise PackageError(message, advise(table, tables) or f"the tables are: {', '.join(tables)}")
    return table


def _tables(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    try:
        return {str(each["name"]): each for each in descriptor["resources"] if each.get("type") == "table"}
    except (TypeError, KeyError, AttributeError):
        message = f"{NAME} does not list its tables"
        raise PackageError(message, _ADVICE) from None


def _text(root: Path, resource: Mapping[str, Any]) -> TableText:
    try:
        path = str(resource["path"])
        types = {str(field["name"]): str(field["type"]) for field in resource["schema"]["fields"]}
    except (TypeError, KeyError):
        message = f"{NAME} does not describe the table `{resource['name']}`"
        raise PackageError(message, _ADVICE) from None
    if not is_inside(path):
        message = f"`{path}` lies outside the package"
        raise PackageError(message, _ADVICE)
    try:
        return TableText(path, (root / path).read_bytes(), types)
    except OSError as error:
        message = f"{root / path} cannot be read: {error.strerror or error}"
        raise PackageError(message, _ADVICE) from None


def is_inside(path: str) -> bool:
    """Whether a resource's path is a plain relative one that stays in the package."""
    parts = PurePosixPath(path).parts
    strange = "\\" in path or ":" in path or path.startswith(("/", "~"))
    return bool(parts) and not strange and not any(part.startswith(".") for part in parts)
