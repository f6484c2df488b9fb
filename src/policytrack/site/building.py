"""The records to a folder of pages: all of it or nothing, and the same bytes for the same records and day."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from policytrack.dataset import Dataset
from policytrack.findings import AdvisedError
from policytrack.package import Metadata
from policytrack.package.descriptor import block
from policytrack.site import scripts
from policytrack.site.book import Book
from policytrack.site.page import Page
from policytrack.site.pages import FAMILIES
from policytrack.site.rendering import Renderer

MARK: Final = ".policytrack-site"

Family: TypeAlias = Callable[[Renderer], Iterable[Page]]


class SiteError(AdvisedError):
    """A folder that cannot take a site; ``advice`` says what to do."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: the folder, and how many files with how many bytes."""

    folder: Path
    files: int
    size: int


def build(
    dataset: Dataset, out: Path | str, *, on: date, base_url: str = "", package: Path | str | None = None
) -> Site:
    """Write the site of ``dataset`` to the folder ``out``, as things stand on the day ``on``.

    ``base_url`` is the public address of the site; without one, what needs it is left out. ``package`` is the folder
    whose files the site offers, else the release at the root. Raises `SiteError` when ``out`` holds something that is
    no site of ours, and `PackageError` when ``package`` holds none.
    """
    folder = Path(out).resolve()
    _guard(folder)
    book = Book(dataset, Metadata.of(block(dataset.root)), on)
    with _without_collection():
        made = list(pages(Renderer(book, base_url.rstrip("/"), Path(package or dataset.root))))
    staged = folder.with_name(f".{folder.name}.next")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        for parent in {page.path.rpartition("/")[0] for page in made}:
            (staged / parent).mkdir(parents=True, exist_ok=True)
        for page in made:
            (staged / page.path).write_bytes(page.content)
        (staged / MARK).write_bytes(b"A site that policytrack made; it is replaced as a whole.\n")
        shutil.rmtree(folder, ignore_errors=True)
        staged.rename(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Site(folder, len(made), sum(len(page.content) for page in made))


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield every file of the site, each path once."""
    seen: set[str] = set()
    for page in _all(renderer):
        if page.path in seen:
            message = f"two pages want to stand at {page.path}"
            raise ValueError(message)
        seen.add(page.path)
        yield page


def _all(renderer: Renderer) -> Iterator[Page]:
    for family in FAMILIES:
        yield from family(renderer)
    yield from scripts.pages()
    for file in sorted(scripts.STATIC.glob("*.css")):
        yield Page(f"static/{file.name}", file.read_bytes())


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the search for circles of garbage away: all that is made here stays to the end, and it is much to search."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _guard(folder: Path) -> None:
    """Refuse to replace what is no site of ours."""
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} holds something that is no site of ours"
        raise SiteError(message, "name a new folder, or an empty one")
