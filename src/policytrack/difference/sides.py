"""What a name stands for that somebody wants compared: the work tree, the release, a folder or a revision."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from policytrack.dataset import NoRecordsError, read
from policytrack.difference.comparison import Difference, compare
from policytrack.difference.content import Side, of_dataset
from policytrack.difference.packages import of_package
from policytrack.findings import AdvisedError
from policytrack.history import revision
from policytrack.layout import RECORDS
from policytrack.package import NAME
from policytrack.package.descriptor import DATA

RELEASE: Final = "release"
WORKTREE: Final = "worktree"


class DifferenceError(AdvisedError):
    """Something that cannot be compared; ``advice`` says what can."""


def diff(before: str = RELEASE, after: str = WORKTREE, root: Path | str = ".") -> Difference:
    """Return what changed from ``before`` to ``after``, each `release`, `worktree`, a folder or a git revision.

    A folder that holds records is taken as such, else as a package. Where one side is a package, what packages do not
    hold (`policytrack.tables.WITHHELD`) is left out of both. Raises `DifferenceError`, `HistoryError` for a revision
    that cannot be read and `PackageError` for a package that cannot.
    """
    top = Path(root)
    published = any(_package(top, name) is not None for name in (before, after))
    return compare(_side(top, before, published=published), _side(top, after, published=published))


def _package(root: Path, name: str) -> Path | None:
    """Return the folder of the package that a name stands for, or None where it stands for records."""
    if name == RELEASE:
        return root
    folder = Path(name)
    if name == WORKTREE or not folder.is_dir() or (folder / RECORDS).is_dir():
        return None
    return folder


def _side(root: Path, name: str, *, published: bool) -> Side:
    package = _package(root, name)
    if package is not None:
        return _opened(package, name)
    if name != WORKTREE and not Path(name).is_dir():
        with revision(root, name) as laid:
            return of_dataset(read(laid), name, published=published)
    try:
        return of_dataset(read(root if name == WORKTREE else Path(name)), name, published=published)
    except NoRecordsError as error:
        raise DifferenceError(str(error), "name a folder that holds records/, or a revision") from None


def _opened(package: Path, name: str) -> Side:
    if name == RELEASE and not (package / DATA).is_dir():
        message = f"there is no release: {package} holds no {DATA}/"
        raise DifferenceError(message, "name what to compare with, such as a revision: HEAD, origin/main")
    if not (package / NAME).is_file():
        message = f"{package} holds neither {RECORDS}/ nor {NAME}"
        raise DifferenceError(message, "name a folder with records, a package folder, or a revision")
    return of_package(package, name)
