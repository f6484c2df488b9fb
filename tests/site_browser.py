"""The site in a real browser: Chromium, sites to look at, what a page did, and the explorer's questions in Python."""

from __future__ import annotations

import json
import os
import random
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from policytrack.codes import ForceState, Subject
from policytrack.dataset import Dataset, read
from policytrack.models import Action
from policytrack.package import Metadata
from policytrack.parsing import Record
from policytrack.site import build, server
from policytrack.site.book import Book
from policytrack.site.columns import governed_classes, opening
from policytrack.site.past import Past

ROOT: Final = Path(__file__).parent.parent
TREE: Final = Path(__file__).parent / "tree"
TODAY: Final = date(2026, 11, 22)
SUBPATH: Final = "some/where"
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STANDING: Final = {ForceState.IN_FORCE, ForceState.PRESUMED_IN_FORCE, ForceState.POSSIBLY_IN_FORCE}
FACETS: Final = ("direction", "subjects", "kind", "jurisdiction", "actor", "stage", "grade", "changed")
# Links that save a file keep what they would have saved, so that a test can read it without the disk.
_CATCH: Final = """
URL.createObjectURL = blob => { window.caught = blob; return "about:blank"; };
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () { if (!this.download) click.call(this); };
"""


def chromium() -> str:
    """Return where Chromium is; without one the test is skipped, but in CI it fails."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("POLICYTRACK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        message = "there is no Chromium: apt install chromium, or name one in POLICYTRACK_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """Run Chromium."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class View:
    """A page that is open, and what it did: words on the console, faults, requests."""

    page: Page
    told: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Open an address anew, and forget what came before."""
        self.told.clear()
        self.requests.clear()
        self.page.goto(address)
        return self.page

    def refuse(self, dialog: Dialog) -> None:
        """Note that a page asked something, and dismiss it."""
        self.told.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked, "" for the disk."""
        return {urlsplit(each).netloc for each in self.requests if not each.startswith(("data:", "blob:"))}

    def saved(self, button: str) -> str:
        """Press a button that saves a file, and return the content."""
        self.page.click(button)
        return str(self.page.evaluate("caught.text()"))


@contextmanager
def looking(browser: Browser, *, catch: bool = False, **given: Any) -> Iterator[View]:
    """Open a window; ``given`` is what Playwright takes for a context: viewport, color_scheme, java_script_enabled."""
    context = browser.new_context(viewport=given.pop("viewport", {"width": 1280, "height": 900}), **given)
    try:
        view = View(context.new_page())
        view.page.on("console", lambda message: view.told.append(message.text))
        view.page.on("pageerror", lambda error: view.told.append(str(error)))
        view.page.on("dialog", view.refuse)
        view.page.on("request", lambda request: view.requests.append(request.url))
        if catch:
            view.page.add_init_script(_CATCH)
        yield view
    finally:
        context.close()


@dataclass(frozen=True)
class Made:
    """A site on disk, with the book that it was made of, and where it is served below a path."""

    folder: Path
    book: Book
    served: str

    def on_disk(self, path: str) -> str:
        """Return the address of a page on disk."""
        file, mark, rest = path.partition("?")
        return (self.folder / file).as_uri() + mark + rest

    def over_http(self, path: str) -> str:
        """Return the address of a page below the sub-path of a host."""
        return f"{self.served}/{path}"


@contextmanager
def made(dataset: Dataset, folder: Path, **given: Any) -> Iterator[Made]:
    """Build the site of a data set and serve it below a path, on this machine alone."""
    built = build(dataset, folder / SUBPATH, on=TODAY, **given)
    shutil.copy(built.folder / ".policytrack-site", folder)
    with server(folder) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        host, port = running.server_address[:2]
        yield Made(
            built.folder,
            Book(dataset, Metadata.of(json.loads((dataset.root / "datapackage.json").read_text())), TODAY),
            f"http://{host!s}:{port}/{SUBPATH}",
        )
        running.shutdown()
        thread.join()


def small(folder: Path, files: Mapping[str, str]) -> Dataset:
    """Return the small tree of records with files laid over."""
    shutil.copytree(TREE, folder)
    shutil.copy(ROOT / "datapackage.json", folder)
    told = json.loads((folder / "datapackage.json").read_text())
    (folder / "datapackage.json").write_text(json.dumps({**told, "resources": []}), encoding="utf-8")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return read(folder)


State = Mapping[str, list[str]]


@dataclass(frozen=True)
class Explorer:
    """The explorer's questions, asked of the records themselves."""

    book: Book

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """What each action counts as in each facet, by its id."""
        return {
            record.id: {name: frozenset(self._values(record, name)) for name in FACETS} for record in self.book.actions
        }

    @cached_property
    def options(self) -> Mapping[str, list[str]]:
        """Every option of each facet that any action has."""
        return {name: sorted({each for told in self.facets.values() for each in told[name]}) for name in FACETS}

    def _values(self, record: Record[Action], facet: str) -> set[str]:  # noqa: PLR0911 - one for each facet
        book, action = self.book, record.model
        match facet:
            case "direction":
                return {str(book.directions[record.id])}
            case "subjects":
                return {str(each) for each in governed_classes(book.dataset, action)}
            case "kind":
                return {str(action.kind)}
            case "jurisdiction":
                return {place for name in action.jurisdictions for place in self._lineage(name)}
            case "actor":
                return set(book.dataset.issuers(action)) & set(book.dataset.actors)
            case "stage":
                return {str(book.stage(record.id))}
            case "grade":
                return {str(book.grades[record.id])}
            case _:
                version = self._past.latest(record)
                return {version.version} if version else set()

    @cached_property
    def _past(self) -> Past:
        return Past(self.book.dataset.root)

    def _lineage(self, place: str) -> Iterator[str]:
        name: str | None = place
        while name and name in self.book.dataset.jurisdictions:
            yield name
            name = self.book.dataset.jurisdictions[name].model.parent

    def matching(self, state: State) -> list[str]:
        """Return the ids of the actions that a state of the explorer shows, the newest first."""
        return [record.id for record in self.book.actions if self._matches(record, state)]

    def _matches(self, record: Record[Action], state: State) -> bool:
        for name in FACETS:
            if state.get(name) and not self.facets[record.id][name] & set(state[name]):
                return False
        days = {
            name: date.fromisoformat(state[name][0]) for name in ("from", "to", "on", "updated_from") if name in state
        }
        when = opening(record.model)
        began = when and (when.bounds.earliest or when.bounds.latest)
        if "from" in days and not (began and began >= days["from"]):
            return False
        if "to" in days and not (began and began <= days["to"]):
            return False
        if "on" in days and not self._stands(record, days["on"]):
            return False
        version = self._past.latest(record)
        if "updated_from" in days and not (version and date.fromisoformat(version.released) >= days["updated_from"]):
            return False
        return all(word in self.texts[record.id] for word in state.get("q", [""])[0].lower().split())

    def _stands(self, record: Record[Action], day: date) -> bool:
        return any(self.book.fold.provision(record.id, key, day).state in STANDING for key in record.model.provisions)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What the search looks through of each action."""
        return {record.id: self._text(record) for record in self.book.actions}

    def _text(self, record: Record[Action]) -> str:
        action, book = record.model, self.book
        named = {name for each in action.provisions.values() for name in each.technology}
        return " ".join(
            [
                action.title,
                record.id,
                *(book.title("actor", name) for name in book.dataset.issuers(action)),
                *(book.title("jurisdiction", name) for name in action.jurisdictions),
                action.summary or "",
                *(book.title("technology", name) for name in named),
                *(f"{each.scheme.label} {each.value}" for each in action.identifiers),
            ]
        ).lower()

    def row(self, action_id: str) -> dict[str, str | list[str]]:
        """Return an action as the explorer saves it."""
        book, record = self.book, self.book.dataset.actions[action_id]
        action, told = record.model, self.facets[action_id]
        subjects = [str(each) for each in Subject if each in told["subjects"]]
        when = opening(action)
        return {
            "id": record.id,
            "title": action.title,
            "kind": str(action.kind),
            "actor": [name for name in book.dataset.issuers(action) if name in book.dataset.actors],
            "jurisdiction": list(action.jurisdictions),
            "subjects": subjects,
            "direction": str(book.directions[record.id]),
            "stage": str(book.stage(record.id)),
            "grade": str(book.grades[record.id]),
            "date": when.text if when else "",
            "changed": next(iter(told["changed"]), ""),
        }

    def draw(self, chance: random.Random) -> State:
        """Return some state of the explorer."""
        state: dict[str, list[str]] = {}
        for name in FACETS:
            if chance.random() < 0.25:
                state[name] = chance.sample(self.options[name], min(len(self.options[name]), chance.randint(1, 3)))
        for name in ("from", "to", "on", "updated_from"):
            if chance.random() < 0.15:
                state[name] = [
                    date(chance.randint(2012, 2027), chance.randint(1, 12), chance.randint(1, 28)).isoformat()
                ]
        if chance.random() < 0.25:
            text = self.texts[chance.choice(self.book.actions).id].split()
            state["q"] = [" ".join(word for word in chance.sample(text, 2) if word.isascii())]
        return {name: values for name, values in state.items() if values != [""]}


def query(state: State) -> str:
    """Return a state as the address tells it."""
    return urlencode([(name, value) for name, values in state.items() for value in values])
