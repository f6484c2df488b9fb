"""The data of a release as text: its descriptor and its tables, apart from what is only another format of the same.

Cells stay text, so that what is put together again is the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from policytrack.package import NAME, Composed, PackageError
from policytrack.package.cells import CellError, as_value, lines, write
from policytrack.package.descriptor import read_descriptor
from policytrack.package.reading import is_inside
from policytrack.schemas import written

Cells: TypeAlias = tuple[str, ...]
Rows: TypeAlias = Mapping[Cells, Cells]

_ADVICE = "name a package that `policytrack check-package` finds nothing wrong with"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table's columns are: their names and types in order, and which of them are its key."""

    columns: Cells
    types: Cells
    key: Cells

    @classmethod
    def of(cls, schema: Mapping[str, Any]) -> Shape:
        """Return the shape that a Table Schema states."""
        fields = schema["fields"]
        return cls(
            tuple(str(each["name"]) for each in fields),
            tuple(str(each["type"]) for each in fields),
            tuple(schema["primaryKey"]),
        )

    def key_of(self, cells: Cells) -> Cells:
        """Return the cells of the key of a row."""
        return tuple(cells[self.columns.index(name)] for name in self.key)

    def ordered(self, rows: Iterable[Cells]) -> list[Cells]:
        """Return rows in the order of a package: by the values of the key, not by their text."""
        at = [(self.columns.index(name), self.types[self.columns.index(name)]) for name in self.key]
        return sorted(rows, key=lambda cells: [as_value(cells[column], kind) for column, kind in at])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its shape, its path, and its rows by key."""

    path: str
    shape: Shape
    rows: Rows

    def content(self) -> bytes:
        """Return the CSV."""
        rows = self.shape.ordered(self.rows.values())
        return write(self.shape.columns, ([cell or None for cell in row] for row in rows)).encode()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The descriptor, which lists tables alone, and each table by its name."""

    descriptor: Mapping[str, Any]
    sheets: Mapping[str, Sheet]

    @property
    def version(self) -> str:
        """The version of the release."""
        return str(self.descriptor.get("version", ""))

    def files(self) -> dict[str, bytes]:
        """Return path to bytes, the descriptor among them."""
        tables = {sheet.path: sheet.content() for sheet in self.sheets.values()}
        return {NAME: written(self.descriptor).encode(), **tables}


def of_folder(folder: Path | str) -> Snapshot:
    """Return the data of the package in ``folder``; raises `PackageError` where it cannot be read."""
    root = Path(folder)
    descriptor = read_descriptor(root)

    def content(path: str) -> bytes:
        if not is_inside(path):
            message = f"`{path}` lies outside the package"
            raise PackageError(message, _ADVICE)
        try:
            return (root / path).read_bytes()
        except OSError as error:
            message = f"{root / path} cannot be read: {error.strerror}"
            raise PackageError(message, _ADVICE) from None

    try:
        paths = [each["path"] for each in tables_of(descriptor)["resources"]]
    except (KeyError, TypeError, AttributeError):
        message = f"{root / NAME} does not list its tables"
        raise PackageError(message, _ADVICE) from None
    return of_files(descriptor, {path: content(str(path)) for path in paths})


def of_composed(made: Composed) -> Snapshot:
    """Return the data of a package that was not written yet."""
    return of_files(json.loads(made.files[NAME]), made.files)


def of_files(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> Snapshot:
    """Return the data of a package of which descriptor and content (path to bytes) are at hand."""
    bare = tables_of(descriptor)
    try:
        sheets = {str(each["name"]): _sheet(each, files[each["path"]]) for each in bare["resources"]}
    except (KeyError, TypeError, ValueError) as error:
        message = f"the tables are not as {NAME} describes them: {error}"
        raise PackageError(message, _ADVICE) from None
    return Snapshot(bare, sheets)


def tables_of(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Return a descriptor without what is no table: the other formats are made of the tables."""
    return {**descriptor, "resources": [each for each in descriptor["resources"] if each.get("type") == "table"]}


def _sheet(resource: Mapping[str, Any], raw: bytes) -> Sheet:
    shape = Shape.of(resource["schema"])
    header, *body = lines(raw.decode())
    if header.cells != shape.columns:
        message = f"{resource['path']} has other columns"
        raise CellError(message)
    rows = {shape.key_of(line.cells): line.cells for line in body}
    if len(rows) != len(body):
        message = f"{resource['path']} repeats a key"
        raise CellError(message)
    return Sheet(str(resource["path"]), shape, rows)
