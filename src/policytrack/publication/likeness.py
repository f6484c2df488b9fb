"""Whether two files of a format that is no text hold the same, though another toolchain wrote other bytes."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final


def alike(path: str, one: bytes, other: bytes) -> bool:
    """Whether two files are equal in what they hold; files of other formats only if their bytes are."""
    judge = _JUDGES.get(PurePosixPath(path).suffix)
    if one == other or judge is None:
        return one == other
    try:
        return judge(one) == judge(other)
    except Exception:  # noqa: BLE001 - a spoilt file raises whatever its reader happened to meet
        return False


def _parquet(raw: bytes) -> object:
    from pyarrow import parquet  # noqa: PLC0415 - a library of an extra

    table = parquet.read_table(io.BytesIO(raw))
    return table.schema.to_string(), table.to_pydict()


def _sqlite(raw: bytes) -> object:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(raw)
        return list(connection.iterdump())
    finally:
        connection.close()


def _xlsx(raw: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_JUDGES: Final[dict[str, Callable[[bytes], object]]] = {".parquet": _parquet, ".sqlite": _sqlite, ".xlsx": _xlsx}
