"""The files that the history of releases is kept in: where they lie, and how they are read back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from policytrack.package import PackageError

HISTORY: Final = "data/history"
_ADVICE: Final = "take it back from the last commit"


def kept(root: Path, path: str) -> str | None:
    """Return the text of a file of the history, None where there is none; `PackageError` where it cannot be read."""
    try:
        return (root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise PackageError(message, _ADVICE) from None


def spoilt(message: str) -> PackageError:
    """Return what is raised of a file of the history that does not hold what it should."""
    return PackageError(message, _ADVICE)
