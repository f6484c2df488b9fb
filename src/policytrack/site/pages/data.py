"""Every file of the release: what it is, how large, its hash, how to load and to cite it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from policytrack.package import NAME
from policytrack.package.descriptor import read_descriptor
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer
from policytrack.site.words import partial
from policytrack.versions import read_chain

_FOLDER: Final = "data"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the release: its path in the site, what it is, its rows (None for no table), size and hash."""

    path: str
    title: str
    description: str
    size: int
    sha256: str

    @property
    def weight(self) -> str:
        """The size as people read it."""
        return weighed(self.size)


def weighed(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"  # noqa: PLR2004 - a megabyte


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the files of the release and the page about them."""
    package = renderer.package
    descriptor = read_descriptor(package)
    told = {str(each["path"]): each for each in descriptor.get("resources", ()) if isinstance(each, dict)}
    files = []
    for path in _listed(package, told):
        content = (package / path).read_bytes()
        files.append(_file(path, content, told.get(path, {})))
        yield Page(f"{_FOLDER}/{path}", content)
    version = next(reversed(read_chain(renderer.book.dataset.root)), None)
    tables = [file for file in files if file.path.endswith(".csv")]
    yield renderer.page(
        "data.html",
        "data.html",
        descriptor=next(file for file in files if file.path == f"{_FOLDER}/{NAME}"),
        tables=tables,
        others=[file for file in files if file not in tables and not file.path.endswith(NAME)],
        version=version.version if version else "",
        released=partial(version.released) if version else "",
        linked=_linked(renderer, files),
    )


def _listed(package: Path, told: dict[str, Any]) -> list[str]:
    """Return the files of a package: those that it sums up, else those that its descriptor names."""
    sums = package / "SHA256SUMS"
    if sums.is_file():
        lines = sums.read_text(encoding="utf-8").splitlines()
        return [*(line.split(maxsplit=1)[1].lstrip("*") for line in lines), sums.name]
    return [NAME, *told]


def _file(path: str, content: bytes, resource: dict[str, Any]) -> File:
    return File(
        f"{_FOLDER}/{path}",
        str(resource.get("title", "")) or _WORDS.get(path.rpartition("/")[2], ""),
        str(resource.get("description", "")),
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


_WORDS: Final = {
    NAME: "The descriptor: every table, its columns and their words",
    "SHA256SUMS": "The hash of every file",
    "CITATION.cff": "How to cite it, for programs",
    "CODEBOOK.md": "Tables, columns and codes in words",
    "CHANGELOG.md": "What changed from release to release",
    "provenance.intoto.jsonl": "What it was made of",
}


def _linked(renderer: Renderer, files: list[File]) -> str:
    """Return the description of the data set for search engines (schema.org, JSON-LD), safe inside a script element."""
    metadata = renderer.book.metadata
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": metadata.title,
        "description": metadata.description,
        "version": metadata.version,
        "license": next((each.path for each in metadata.licenses if each.path), None),
        "keywords": list(metadata.keywords),
        "creator": [{"@type": "Organization", "name": each.name} for each in metadata.contributors],
        "url": f"{renderer.base_url}/data.html" if renderer.base_url else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title or file.path,
                "contentUrl": f"{renderer.base_url}/{file.path}",
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in files
            if renderer.base_url
        ],
    }
    kept = {key: value for key, value in told.items() if value}
    return json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c")
