"""A page of the site: where it stands and what it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One file: its path in the site, with `/`, and its content."""

    path: str
    content: bytes

    @property
    def up(self) -> str:
        """What leads from the page to the top of the site: "" or "../" for each folder."""
        return up(self.path)


def up(path: str) -> str:
    """Return what leads from ``path`` to the top of the site: every link is relative, so that any host will do."""
    return "../" * path.count("/")
