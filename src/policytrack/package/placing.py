"""A folder written whole or not at all: it is laid down beside its place first, and takes that place when done."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from policytrack.package.descriptor import PackageError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class UnwritableError(PackageError):
    """A folder that cannot be written."""


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give the path of a new folder to write into; at the end it takes the place of ``folder``, whatever was there.

    When anything fails on the way ``folder`` is as it was; killed on the way, it is at worst called `.NAME.former`, and
    the next call brings it back. Raises `UnwritableError` where the disk or the rights refuse.
    """
    fresh, former = (folder.with_name(f".{folder.name}.{word}") for word in ("next", "former"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if former.exists() and not folder.exists():
            former.rename(folder)
        for leftover in (fresh, former):
            shutil.rmtree(leftover, ignore_errors=True)
        yield fresh
        _replace(fresh, folder, former)
    except OSError as error:
        raise _refused(folder, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _replace(fresh: Path, folder: Path, former: Path) -> None:
    """Put ``fresh`` in the place of ``folder``; when that fails the former one comes back."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(former)
    try:
        fresh.rename(folder)
    except BaseException:
        former.rename(folder)
        raise
    shutil.rmtree(former)


def _refused(folder: Path, error: OSError) -> UnwritableError:
    """Return why a folder cannot be written, and what to do."""
    # What stands in the way has a better name than "File exists", which is what the system says of it.
    file = next((each for each in folder.parents if each.is_file()), None)
    if file is not None:
        return UnwritableError(f"{folder} cannot be written: {file} is a file", "name a folder that can be made")
    message = f"{folder} cannot be written: {error.strerror or error}"
    if error.errno in _FULL:
        return UnwritableError(message, "make room, or name a folder on another disk")
    return UnwritableError(message, "name a folder that you may write to")
