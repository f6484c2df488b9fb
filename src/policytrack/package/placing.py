"""A folder written whole or not at all: it is laid down beside its place first, and takes that place when done."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, takewhile
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
    fresh = folder.with_name(f".{folder.name}.next")
    with telling(folder):
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            former = _spare(folder)
            shutil.rmtree(fresh, ignore_errors=True)
            yield fresh
            _replace(fresh, folder, former)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Tell what the system refuses on the way to ``folder`` as an `UnwritableError`."""
    try:
        yield
    except OSError as error:
        raise _refused(folder, error) from None


def _spare(folder: Path) -> Path:
    """Return a free name for the former folder; one that a killed call left comes back, or is taken away."""
    left = list(takewhile(Path.exists, _formers(folder)))
    if left and not folder.exists():
        left.pop().rename(folder)
    # From the last one, so that the names in use have no gap and the last is always the latest.
    for each in reversed(left):
        shutil.rmtree(each, ignore_errors=True)
        if each.exists():
            break
    return next(each for each in _formers(folder) if not each.exists())


def _formers(folder: Path) -> Iterator[Path]:
    """Yield the names that a former folder can have: the second where the first one cannot be taken away."""
    yield folder.with_name(f".{folder.name}.former")
    for number in count(2):
        yield folder.with_name(f".{folder.name}.former-{number}")


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
    # The new folder is in place: what cannot be taken away of the former one is no fault of the call.
    shutil.rmtree(former, ignore_errors=True)


def _refused(folder: Path, error: OSError) -> UnwritableError:
    """Return why a folder cannot be written, and what to do."""
    # What stands in the way has a better name than "File exists", which is what the system says of it.
    file = next((each for each in folder.parents if _is_file(each)), None)
    if file is not None:
        return UnwritableError(f"{folder} cannot be written: {file} is a file", "name a folder that can be made")
    message = f"{folder} cannot be written: {error.strerror or error}"
    if error.errno in _FULL:
        return UnwritableError(message, "make room, or name a folder on another disk")
    if error.errno == errno.ENAMETOOLONG:
        return UnwritableError(message, "name a folder with a shorter name")
    return UnwritableError(message, "name a folder that you may write to")


def _is_file(path: Path) -> bool:
    """Whether a path is a file, as far as the rights let us see."""
    with suppress(OSError):
        return path.is_file()
    return False
