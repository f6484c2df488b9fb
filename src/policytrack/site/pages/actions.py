"""The page of each action, and the same as data."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policytrack import dossier
from policytrack.site.account import Account
from policytrack.site.citing import Citing
from policytrack.site.grounds import Grounds
from policytrack.site.life import life
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield a page, its JSON and its YAML for each action."""
    book = renderer.book
    for record in book.actions:
        path = book.path("action", record.id)
        account = Account(book, record)
        yield renderer.page(
            path,
            "action.html",
            account=account,
            grounds=Grounds(account),
            life=life(book, record.id),
            standing=book.standing(record.id),
            corrections=book.corrected("action", record.id),
            citing=Citing(book, record.id, record.model.title, renderer.address(path)),
            correction=renderer.correction(record.id),
        )
        stem = path.removesuffix(".html")
        facts = dossier.describe(book.dataset, record, book.on, book.fold)
        yield Page(f"{stem}.json", f"{json.dumps(facts, ensure_ascii=False)}\n".encode())
        yield Page(f"{stem}.yaml", record.document.text.encode())
