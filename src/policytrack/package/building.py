"""A data set to a package on disk: all of it or nothing, and the same bytes for the same records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from policytrack.dataset import Dataset
from policytrack.package import checksums
from policytrack.package.cells import write
from policytrack.package.descriptor import (
    DATA,
    NAME,
    PackageError,
    block,
    data_path,
    describe,
    read_descriptor,
)
from policytrack.package.edition import Edition, Export, Metadata, cells
from policytrack.package.journal import lay
from policytrack.package.placing import staged, telling
from policytrack.schemas import FOLDER, files, written
from policytrack.tables import TABLES, CorrectionRow, Row, rows

# What a package may hold at its top. A folder that holds anything else is somebody's, and is never replaced.
_OURS: Final = frozenset({NAME, DATA, FOLDER})


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: the folder, the version, the number of rows of each table, and the files beside them."""

    folder: Path
    version: str
    rows: Mapping[str, int]
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """The content of a package before it is written: path to bytes, the edition it was made of, the extras' paths."""

    files: Mapping[str, bytes]
    edition: Edition
    extras: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The version of the edition."""
        return self.edition.metadata.version

    @property
    def rows(self) -> Mapping[str, int]:
        """The number of rows of each table."""
        return {name: len(each) for name, each in self.edition.rows.items()}


@dataclass(frozen=True, slots=True)
class Content:
    """What of a package depends on neither version nor moment: the block by hand, the rows, and the CSV of each table.

    To make it is nearly all the work of a package.
    """

    by_hand: Mapping[str, Any]
    rows: Mapping[str, Sequence[Row]]
    tables: Mapping[str, bytes]


def content(dataset: Dataset, corrections: Sequence[CorrectionRow] = ()) -> Content:
    """Return the content of the package of ``dataset``; the descriptor's block is that of the data set's root."""
    made = rows(dataset, corrections)
    tables = {
        data_path(name): write([column.name for column in table.columns], cells(name, made[name])).encode()
        for name, table in TABLES.items()
    }
    return Content(block(dataset.root), made, tables)


def compose(
    dataset: Dataset,
    *,
    exports: Iterable[Export] = (),
    version: str | None = None,
    created: datetime | None = None,
    corrections: Sequence[CorrectionRow] = (),
) -> Composed:
    """Return every file of the package of ``dataset``: its `content`, as `composed` lays it out."""
    return composed(content(dataset, corrections), exports=exports, version=version, created=created)


def composed(
    told: Content,
    *,
    exports: Iterable[Export] = (),
    version: str | None = None,
    created: datetime | None = None,
) -> Composed:
    """Return every file of the package that has a content; ``version`` None is that of its block.

    Each of ``exports`` makes one or more files of the edition, and the descriptor names them.
    """
    metadata = Metadata.of(told.by_hand, created=created)
    if version is not None:
        metadata = changed(metadata, version=version)
    edition = Edition(metadata, told.rows, told.tables)
    extras = [extra for export in exports for extra in export(edition)]
    descriptor = describe(told.by_hand, metadata, told.tables, extras)
    schemas = {path: text.encode() for path, text in files(metadata.version).items()}
    beside = {extra.path: extra.content for extra in extras}
    return Composed({NAME: written(descriptor).encode(), **told.tables, **schemas, **beside}, edition, tuple(beside))


def build(
    dataset: Dataset,
    out: Path | str,
    *,
    exports: Iterable[Export] = (),
    version: str | None = None,
    created: datetime | None = None,
) -> Built:
    """Write the package of ``dataset`` to the folder ``out``: `compose`, then `save`."""
    return save(compose(dataset, exports=exports, version=version, created=created), out)


def save(made: Composed, out: Path | str) -> Built:
    """Write a package to the folder ``out``, in place of the package that was there.

    An interrupted call leaves the former package whole, at worst under the name `.NAME.former` beside it. Raises
    `PackageError` when ``out`` holds something that is no package, or cannot be written.
    """
    folder = Path(out).resolve()
    with telling(folder):
        _guard(folder)
    with staged(folder) as fresh:
        lay(fresh, made.files)
    return Built(folder, made.version, made.rows, made.extras)


def _guard(folder: Path) -> None:
    """Refuse to replace what is not a package of ours."""
    if not folder.exists():
        return
    advice = "name a new folder, or one that holds nothing but a package"
    if not folder.is_dir():
        message = f"{folder} is not a folder"
        raise PackageError(message, advice)
    ours = _OURS | _extras(folder) | _release(folder)
    strangers = sorted(entry.name for entry in folder.iterdir() if entry.name not in ours)
    if strangers:
        message = f"{folder} holds `{strangers[0]}`, which is not part of a package"
        raise PackageError(message, advice)


def bundle_name(name: str, version: str) -> str:
    """Return what the folder inside the zip of a release is called, and the zip before `.zip`."""
    return f"{name}-{version}"


def _release(folder: Path) -> set[str]:
    """Return the names at the top of a release that its own list of hashes speaks of, the list and the zip."""
    try:
        listed = checksums.listed((folder / checksums.NAME).read_text(encoding="utf-8"))
        descriptor = read_descriptor(folder)
    except (OSError, ValueError):
        return set()
    bundle = bundle_name(str(descriptor.get("name")), str(descriptor.get("version")))
    tops = {path.partition("/")[0] for path in listed}
    return {*tops, checksums.NAME, checksums.SIGNATURE, f"{bundle}.zip"}


def _extras(folder: Path) -> set[str]:
    """Return the names at the top of a package that its own descriptor speaks of."""
    try:
        resources = read_descriptor(folder).get("resources")
    except PackageError:
        return set()
    paths = [each.get("path") for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    return {path.partition("/")[0] for path in paths if isinstance(path, str)}
