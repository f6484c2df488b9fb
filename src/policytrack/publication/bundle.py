"""The zip of a release: one file to hand on, with nothing in it that depends on the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

# The earliest moment that a zip can hold.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o100644 << 16
_UNIX: Final = 3


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip with ``files`` (path to bytes) in one folder, sorted by path."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, files[path], compresslevel=9)
    return out.getvalue()


def unzipped(raw: bytes, folder: str) -> dict[str, bytes]:
    """Return the files of such a zip: path to bytes; raises `ValueError` where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return {name.removeprefix(f"{folder}/"): archive.read(name) for name in archive.namelist()}
    except Exception as error:  # noqa: BLE001 - a spoilt zip raises whatever the module happened to meet
        raise ValueError(str(error) or type(error).__name__) from None
