"""The records to a folder of pages: all of it or nothing, and the same bytes for the same records and day."""

from __future__ import annotations

import gc
import re
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
from policytrack.package.placing import staged, telling
from policytrack.site import scripts
from policytrack.site.book import Book
from policytrack.site.page import Page
from policytrack.site.pages import FAMILIES
from policytrack.site.rendering import Renderer

MARK: Final = ".policytrack-site"
# Links are made by joining: what follows the path of an address would stand in their middle.
_ADDRESS: Final = re.compile(r"https?://[\w.:\[\]-]+(/[^\s?#\"'<>]*)?")

Family: TypeAlias = Callable[[Renderer], Iterable[Page]]


class SiteError(AdvisedError):
    """A site that cannot be made as asked for; ``advice`` says what to do."""


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
    whose files the site offers and whose version it bears, else the release at the root. Raises `SiteError` when
    ``out`` holds something that is no site of ours, or ``base_url`` is no address; `PackageError` when ``package``
    holds none, or ``out`` cannot be written.
    """
    folder = Path(out).resolve()
    with telling(folder):
        _guard(folder)
    if base_url and not _ADDRESS.fullmatch(base_url):
        message = f"`{base_url}` is no address that a site can have"
        raise SiteError(message, "write it whole, without query or fragment: https://example.org/folder")
    offered = Path(package or dataset.root)
    book = Book(dataset, Metadata.of(block(offered)), on)
    with _without_collection():
        made = list(pages(Renderer(book, base_url.rstrip("/"), offered)))
    with staged(folder) as fresh:
        for parent in {page.path.rpartition("/")[0] for page in made}:
            (fresh / parent).mkdir(parents=True, exist_ok=True)
        for page in made:
            (fresh / page.path).write_bytes(page.content)
        (fresh / MARK).write_bytes(b"A site that policytrack made; it is replaced as a whole.\n")
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
