"""A package on disk back to typed rows, by the types that its descriptor declares."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from policytrack.package.cells import CellError, as_value, lines
from policytrack.package.descriptor import NAME, PackageError, read_descriptor
from policytrack.spelling import advise
from policytrack.tables import Value

TypedRow: TypeAlias = dict[str, Value]


def load(table: str, folder: Path | str = ".") -> list[TypedRow]:
    """Return the rows of a table of the package in ``folder``: column to text, int, Decimal, bool, date or None.

    Raises `PackageError` when there is no such package or table, or when a cell is not of its type.
    """
    root = Path(folder)
    resources = _resources(read_descriptor(root))
    if table not in resources:
        message = f"`{table}` is no table of the package"
        raise PackageError(message, advise(table, resources))
    return _rows(root, resources[table])


def load_package(folder: Path | str) -> dict[str, list[TypedRow]]:
    """Return the rows of every table of the package in ``folder``; files that are no tables are left aside."""
    root = Path(folder)
    resources = _resources(read_descriptor(root))
    return {name: _rows(root, each) for name, each in resources.items() if each.get("type") != "file"}


def _resources(descriptor: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    try:
        return {resource["name"]: resource for resource in descriptor.get("resources", ())}
    except (TypeError, KeyError):
        message = f"{NAME} lists resources without names"
        raise PackageError(message, "build the package again") from None


def _rows(root: Path, resource: Mapping[str, Any]) -> list[TypedRow]:
    try:
        path = str(resource["path"])
        types = {str(field["name"]): str(field["type"]) for field in resource["schema"]["fields"]}
    except (TypeError, KeyError):
        message = f"{NAME} does not describe the table `{resource['name']}`"
        raise PackageError(message, "build the package again") from None
    if not is_inside(path):
        message = f"`{path}` lies outside the package"
        raise PackageError(message, "build the package again")
    try:
        text = (root / path).read_bytes().decode()
        header, *body = lines(text)
        if header.cells != tuple(types):
            message = f"{path} does not have the columns that {NAME} says"
            raise PackageError(message, "build the package again")
        return [
            {name: as_value(cell, kind) for (name, kind), cell in zip(types.items(), line.cells, strict=True)}
            for line in body
        ]
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise PackageError(message, "build the package again") from None
    except (CellError, ValueError) as error:
        if isinstance(error, PackageError):
            raise
        message = f"{path} is not the table that {NAME} describes: {error}"
        raise PackageError(message, "see `policytrack.package.check_package`, or build it again") from None


def is_inside(path: str) -> bool:
    """Whether a resource's path is a plain relative one that stays in the package."""
    parts = PurePosixPath(path).parts
    strange = "\\" in path or ":" in path or path.startswith(("/", "~"))
    return bool(parts) and not strange and not any(part.startswith(".") for part in parts)
