"""A data set to a package on disk: all of it or nothing, and the same bytes for the same records."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from policytrack.dataset import Dataset
from policytrack.package.cells import write
from policytrack.package.descriptor import (
    DATA,
    NAME,
    Extra,
    PackageError,
    block,
    data_path,
    describe,
    read_descriptor,
)
from policytrack.schemas import FOLDER, files, written
from policytrack.tables import TABLES, Row, rows

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
    """The content of a package before it is written: path to bytes, the number of rows of each table, the extras."""

    files: Mapping[str, bytes]
    version: str
    rows: Mapping[str, int]
    extras: tuple[str, ...] = ()


Export: TypeAlias = Callable[[Mapping[str, Sequence[Row]]], Extra]


def compose(
    dataset: Dataset,
    *,
    exports: Iterable[Export] = (),
    version: str | None = None,
    created: datetime | None = None,
) -> Composed:
    """Return every file of the package of ``dataset``; the descriptor's block is that of the data set's root.

    Each of ``exports`` makes one more file of the rows (table to rows).
    """
    by_hand = block(dataset.root)
    made = rows(dataset)
    tables = {
        data_path(name): write([column.name for column in table.columns], map(astuple, made[name])).encode()
        for name, table in TABLES.items()
    }
    extras = [export(made) for export in exports]
    descriptor = describe(by_hand, tables, extras, version=version, created=created)
    told = str(descriptor.get("version", ""))
    schemas = {path: text.encode() for path, text in files(told).items()}
    beside = {extra.path: extra.content for extra in extras}
    all_files = {NAME: written(descriptor).encode(), **tables, **schemas, **beside}
    return Composed(all_files, told, {name: len(each) for name, each in made.items()}, tuple(beside))


def build(
    dataset: Dataset,
    out: Path | str,
    *,
    exports: Iterable[Export] = (),
    version: str | None = None,
    created: datetime | None = None,
) -> Built:
    """Write the package of ``dataset`` to the folder ``out``, in place of the package that was there.

    An interrupted build leaves the former package whole, at worst under the name `.NAME.former` beside it. Raises
    `PackageError` when ``out`` holds something that is no package, or the root no descriptor.
    """
    folder = Path(out).resolve()
    _guard(folder)
    made = compose(dataset, exports=exports, version=version, created=created)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged, former = (folder.with_name(f".{folder.name}.{word}") for word in ("next", "former"))
    if former.exists() and not folder.exists():
        former.rename(folder)
    for leftover in (staged, former):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        lay(staged, made.files)
        replace(staged, folder, former)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Built(folder, made.version, made.rows, made.extras)


def lay(folder: Path, content_of: Mapping[str, bytes]) -> None:
    """Write files into a new folder, down to the disk."""
    for path, raw in content_of.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())


def replace(staged: Path, folder: Path, former: Path) -> None:
    """Put ``staged`` in the place of ``folder``; when that fails the former one comes back."""
    if not folder.exists():
        staged.rename(folder)
        return
    folder.rename(former)
    try:
        staged.rename(folder)
    except BaseException:
        former.rename(folder)
        raise
    shutil.rmtree(former)


def _guard(folder: Path) -> None:
    """Refuse to replace what is not a package of ours."""
    if not folder.exists():
        return
    advice = "name a new folder, or one that holds nothing but a package"
    if not folder.is_dir():
        message = f"{folder} is not a folder"
        raise PackageError(message, advice)
    ours = _OURS | _extras(folder)
    strangers = sorted(entry.name for entry in folder.iterdir() if entry.name not in ours)
    if strangers:
        message = f"{folder} holds `{strangers[0]}`, which is not part of a package"
        raise PackageError(message, advice)


def _extras(folder: Path) -> set[str]:
    """Return the names at the top of a package that its own descriptor speaks of."""
    try:
        resources = read_descriptor(folder).get("resources")
    except PackageError:
        return set()
    paths = [each.get("path") for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    return {path.partition("/")[0] for path in paths if isinstance(path, str)}
