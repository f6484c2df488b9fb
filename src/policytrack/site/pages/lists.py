"""Each list of actions as CSV, beside the page that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.site.lists import HEAD, as_csv, groups, row
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield a CSV for each place, actor, technology, kind and year that has actions."""
    book = renderer.book
    rows = {record.id: row(book, record) for record in book.actions}
    for group in groups(book):
        table = as_csv(HEAD, (rows[record.id] for record in group.actions))
        yield Page(f"{group.folder}/{group.name}.csv", table)
