"""Files that a package carries beside its tables: one module for each format, all made of the same edition.

A format that needs a library is imported when it is asked for: the library is an extra of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from policytrack.package import Export, PackageError
from policytrack.spelling import advise

EVERY: Final = "all"
# The tables themselves: always made, so to name it asks for no file beside them.
CSV: Final = "csv"


class MissingLibraryError(PackageError):
    """A format was asked for by name and its library is not there."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module of that name in this folder; ``library`` is what the module cannot do without."""

    name: str
    library: str = ""

    def load(self) -> Export:
        """Return the format's export; raise `MissingLibraryError` without its library."""
        try:
            module = import_module(f"{__name__}.{self.name}")
        except ModuleNotFoundError as error:
            if not self.library or (error.name or "").partition(".")[0] != self.library:
                raise
            message = f"the format {self.name} needs the library {self.library}, which is not installed"
            raise MissingLibraryError(message, self.advice) from None
        found: Export = module.export
        return found

    @property
    def advice(self) -> str:
        """How to get the library."""
        return f"pip install 'policytrack[{self.name}]'"


FORMATS: Final[dict[str, Format]] = {
    each.name: each
    for each in (
        Format("parquet", library="pyarrow"),
        Format("sqlite"),
        Format("xlsx", library="xlsxwriter"),
        Format("jsonl"),
        Format("bibliography"),
        Format("codebook"),
    )
}


# Every word that names formats.
NAMES: Final = (CSV, *FORMATS, EVERY)


@dataclass(frozen=True, slots=True)
class Selection:
    """The exports to make, and the formats that are left out because nobody asked for them and a library is missing."""

    exports: tuple[Export, ...]
    missing: tuple[Format, ...] = ()


def select(names: Iterable[str] | None = None) -> Selection:
    """Return the exports of the formats named, of ``["all"]``, or (None) of every format that can be made here.

    ``csv`` may be named, and adds nothing: the tables are made in any case. A format that is named must be possible:
    raises `MissingLibraryError` where its library is missing, and `PackageError` for a name that no format has.
    """
    if names is not None:
        return Selection(tuple(each.load() for each in _named(names)))
    exports: list[Export] = []
    missing: list[Format] = []
    for each in FORMATS.values():
        try:
            exports.append(each.load())
        except MissingLibraryError:
            missing.append(each)
    return Selection(tuple(exports), tuple(missing))


def _named(names: Iterable[str]) -> list[Format]:
    wanted = set(names)
    for name in sorted(wanted.difference(NAMES)):
        message = f"`{name}` is no format"
        raise PackageError(message, advise(name, NAMES))
    return [each for each in FORMATS.values() if each.name in wanted or EVERY in wanted]
