"""What stands behind the record: method and limits, accessibility, and the page for what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policytrack.codes import CopyKind, DateBasis, Direction, ForceState, Grade, Reading
from policytrack.site.citing import Citing
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer

_TOLD: Final = {
    "states": ForceState,
    "bases": DateBasis,
    "grades": Grade,
    "readings": Reading,
    "copies": CopyKind,
    "directions": Direction,
}


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages about the site."""
    book = renderer.book
    drafts = sum(
        each.model.review is None or each.model.review.state != "reviewed" for each in book.dataset.actions.values()
    )
    yield renderer.page(
        "method.html",
        "method.html",
        citing=Citing(book, address=renderer.address("index.html")),
        drafts=drafts,
        graded={grade: sum(each is grade for each in book.grades.values()) for grade in Grade},
        coverage=book.dataset.coverage,
        **{name: list(vocabulary) for name, vocabulary in _TOLD.items()},
    )
    yield renderer.page("accessibility.html", "accessibility.html")
    # A host shows this page at the address that was asked for, so that only a full address leads anywhere from it.
    yield renderer.page("404.html", "404.html", up=f"{renderer.base_url}/" if renderer.base_url else "")
