"""Pinned versions: each release as it was published, and a list of what it held, under an address that stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policytrack.site.book import Book
from policytrack.site.page import Page
from policytrack.site.pages.data import weighed
from policytrack.site.rendering import Renderer
from policytrack.site.words import partial
from policytrack.versions import DeltaError, Snapshot, Version, read_chain, release_at


@dataclass(frozen=True, slots=True)
class File:
    """One file of a release: its name in the folder of the page, its size, and its hash."""

    name: str
    weight: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """An action as a release told it, and the page that it has today, "" where it has none any more."""

    id: str
    title: str
    kind: str
    path: str


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield for each release a page, and its files beside it."""
    root = renderer.book.dataset.root
    for version in read_chain(root):
        folder = f"v/{version.version}"
        try:
            snapshot = release_at(root, version.version)
        except DeltaError as error:
            yield _page(renderer, folder, version, {}, (), str(error))
            continue
        files = snapshot.files()
        for path, content in files.items():
            yield Page(f"{folder}/{path}", content)
        yield _page(renderer, folder, version, files, tuple(_held(renderer.book, snapshot)), "")


def _page(  # noqa: PLR0913, PLR0917 - a page is this much
    renderer: Renderer, folder: str, version: Version, files: Mapping[str, bytes], held: tuple[Held, ...], gone: str
) -> Page:
    return renderer.page(
        f"{folder}/index.html",
        "version.html",
        version=version,
        released=partial(version.released),
        files=[
            File(path, weighed(len(content)), hashlib.sha256(content).hexdigest()) for path, content in files.items()
        ],
        held=held,
        gone=gone,
    )


def _held(book: Book, snapshot: Snapshot) -> Iterator[Held]:
    """Yield the actions that a release held, by id."""
    sheet = snapshot.sheets["actions"]
    at = {name: sheet.shape.columns.index(name) for name in ("id", "title", "kind")}
    known = {*book.dataset.actions, *(name.removeprefix("action/") for name in book.dataset.redirects)}
    for cells in sheet.shape.ordered(sheet.rows.values()):
        name = cells[at["id"]]
        yield Held(name, cells[at["title"]], cells[at["kind"]], book.path("action", name) if name in known else "")
