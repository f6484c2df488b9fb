"""Templates to pages: one environment, in which nothing of a record is ever taken for markup."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policytrack.codes import Code
from policytrack.site import words
from policytrack.site.book import Book
from policytrack.site.listing import Lines
from policytrack.site.markup import PIECES
from policytrack.site.page import Page, up

_HERE: Final = Path(__file__).parent
# Runs before anything is painted: what only a script can do keeps its room from the start, and nothing jumps.
HEAD_SCRIPT: Final = 'document.documentElement.className="js"'
# What the head of every page leads to.
_MAIN: Final = {
    "actions/index.html": "Explore",
    "in-force.html": "In force",
    "map.html": "Map",
    "timeline.html": "Timeline",
    "changes.html": "Changes",
    "data.html": "Data",
    "method.html": "Method",
    "contribute/new.html": "Contribute",
}
_WEB: Final = ("http://", "https://")


@dataclass(frozen=True)
class Renderer:
    """Renders pages of ``book``.

    ``base_url`` is the public address of the site, "" where it has none; ``package`` the folder of the release that the
    site carries.
    """

    book: Book
    base_url: str = ""
    package: Path = Path()

    @cached_property
    def lines(self) -> Lines:
        """The actions as lines of lists."""
        return Lines(self.book)

    @cached_property
    def environment(self) -> Environment:
        """The templates, with the filters that they may use."""
        made = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        filters: dict[str, Callable[..., Any]] = {
            "dated": words.dated,
            "bounded": words.bounded,
            "ended": words.ended,
            "spoken": words.spoken,
            "listed": words.listed,
            "label": label,
            "summed": words.summed,
            "counted": words.counted,
            "provision": provision,
            "host": host,
            "web": web,
        }
        made.filters.update(filters)
        made.globals.update(
            book=self.book,
            metadata=self.book.metadata,
            base_url=self.base_url,
            head_script=HEAD_SCRIPT,
            csp=content_policy(),
            main_pages=_MAIN,
            **PIECES,
        )
        # Above and below, pages of one folder are alike: most are made once.
        frame: Any = made.get_template("frame.html").module
        made.globals.update(masthead=lru_cache(frame.masthead), foot=lru_cache(frame.foot))
        return made

    def page(self, path: str, template: str, **given: Any) -> Page:  # noqa: ANN401 - whatever the template takes
        """Return the page at ``path`` that ``template`` makes of what is given; `up` leads to the top of the site."""
        text = self.environment.get_template(template).render({"path": path, "up": up(path), **given})
        return Page(path, text.encode())

    def address(self, path: str) -> str:
        """Return the public address of a page, "" where the site has none."""
        return f"{self.base_url}/{path}" if self.base_url else ""

    def correction(self, record_id: str) -> str:
        """Return where a mistake in a record can be reported: a form of the repository, if the metadata names one."""
        home = self.book.metadata.homepage.rstrip("/")
        if not home.startswith("https://") or home.split("/")[2:3] != ["github.com"]:
            return ""
        return f"{home}/issues/new?template=correction.yml&record={quote(record_id)}"


def label(code: Code) -> str:
    """Return the label of a code."""
    return code.label


def provision(key: str) -> str:
    """Return how the provision with this key is called."""
    return f"provision {key.removeprefix('p')}"


def web(address: str | None) -> str:
    """Return an address if a browser may follow it; "" for any other scheme, which could run something."""
    return address if address and address.lower().startswith(_WEB) else ""


def host(address: str) -> str:
    """Return the host of an address, for people who want to know where a link leads."""
    return (urlsplit(address).hostname or "its address").removeprefix("www.")


def content_policy() -> str:
    """Return what a page may load: its own files, and the one script in its head, by its hash."""
    digest = base64.b64encode(hashlib.sha256(HEAD_SCRIPT.encode()).digest()).decode()
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            f"script-src 'self' 'sha256-{digest}'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )
