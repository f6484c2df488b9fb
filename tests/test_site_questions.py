"""What the site offers beside pages of records: feeds, the calendar, pinned releases, the timeline, its own server."""

import gzip
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from policytrack import api
from policytrack.cli import app
from policytrack.codes import ForceState
from policytrack.dataset import Dataset, read
from policytrack.package import Metadata
from policytrack.release import Asked, release
from policytrack.site import SiteError, scripts
from policytrack.site.book import Book
from policytrack.site.building import pages
from policytrack.site.pages.composer import pages as composer
from policytrack.site.pages.explorer import pages as explorer
from policytrack.site.pages.feeds import ending
from policytrack.site.pages.feeds import pages as feeds
from policytrack.site.pages.force import answer_on
from policytrack.site.pages.timeline import pages as timeline
from policytrack.site.rendering import Renderer
from releases import MOMENT, commit, project

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
ATOM = "{http://www.w3.org/2005/Atom}"
ACTION = """\
title: Acme stops {name}
kind: sales-suspension
instrument: corporate-policy
actor: acme
timeline: {timeline}
provisions:
  p1: {{prohibits: sell, to: [law-enforcement], technology: acme-match}}
evidence:
  - {{at: acme-release-2020#p1, supports: all}}
"""

Files = Mapping[str, bytes]
Tree = Callable[[Mapping[str, str | bytes]], Path]


def made(dataset: Dataset, base_url: str = "") -> Files:
    """Return the files of the site of a data set."""
    book = Book(dataset, Metadata("policytrack", "Test", "0.1.0"), TODAY)
    return {page.path: page.content for page in pages(Renderer(book, base_url, ROOT))}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read(ROOT)


@pytest.fixture(scope="module")
def files(dataset: Dataset) -> Files:
    """Give the pages of the record that are asked about here: to make all of them takes longer than to ask."""
    renderer = Renderer(Book(dataset, Metadata("policytrack", "Test", "0.1.0"), TODAY), "", ROOT)
    families = (explorer, feeds, timeline, composer)
    found = {page.path: page.content for family in families for page in family(renderer)}
    style = {"static/site.css": (scripts.STATIC / "site.css").read_bytes()}
    return {**found, **style, **{page.path: page.content for page in scripts.pages()}}


def test_feeds_are_what_readers_of_feeds_need(files: Files, dataset: Dataset) -> None:
    told = {path: ET.fromstring(content) for path, content in files.items() if path.endswith(".atom")}  # noqa: S314 - ours
    assert len(told) > 100
    ids = [feed.findtext(f"{ATOM}id") for feed in told.values()]
    assert len(set(ids)) == len(ids)
    for path, feed in told.items():
        entries = feed.findall(f"{ATOM}entry")
        assert entries, path
        for each in (feed, *entries):
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each.findtext(f"{ATOM}id") or "")
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", each.findtext(f"{ATOM}updated") or "")
            assert each.findtext(f"{ATOM}title")
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        for each in entries:
            link = each.find(f"{ATOM}link")
            assert link is not None
            target = (Path("/") / path).parent.joinpath(link.attrib["href"]).resolve()
            assert str(target.parent) == "/actions", (path, link.attrib["href"])
            assert target.stem in dataset.actions


def test_an_entry_keeps_its_id_whatever_address_the_site_has(tree: Tree) -> None:
    root = tree({})
    one, other = (
        made(read(root), address)["feeds/actions.atom"].decode() for address in ("", "https://example.org/pt")
    )
    assert re.findall(r"<id>.*?</id>", one) == re.findall(r"<id>.*?</id>", other)
    assert 'href="https://example.org/pt/actions/acme-pause-2020.html"' in other


def events(calendar: str) -> Iterator[dict[str, str]]:
    """Yield the events of a calendar as RFC 5545 has it: lines end with CR LF, long ones are folded."""
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    assert "\n" not in calendar.replace("\r\n", "")
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for block in "\n".join(lines).split("BEGIN:VEVENT\n")[1:]:
        told = dict(line.split(":", 1) for line in block.split("\nEND:VEVENT")[0].split("\n"))
        yield {name.partition(";")[0]: value for name, value in told.items()}


def day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def test_the_calendar_holds_the_ends_ahead(files: Files, dataset: Dataset) -> None:
    found = list(events(files["feeds/expiry.ics"].decode()))
    wanted = ending(Book(dataset, Metadata("policytrack", "Test", "0.1.0"), TODAY))
    assert [(day(each["DTSTART"]), day(each["DTEND"]) - timedelta(days=1)) for each in found] == [
        (each.first, each.last) for each in wanted
    ]
    assert len({each["UID"] for each in found}) == len(found) > 1
    assert all(re.sub(r"\\.", "", each["SUMMARY"]).count(",") == 0 for each in found)


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        ("{announced: 2020-06-10, ends: 2027-01-01}", [(date(2027, 1, 1), date(2027, 1, 1))]),
        ("{effective: 2026-10, ends: P1Y}", [(date(2027, 9, 30), date(2027, 10, 31))]),
        ("{announced: 2020-06-10.., ends: P99Y}", []),
        ("{announced: ..2020-06-10, ends: P10Y}", []),
        ("{announced: 2020-06-10, ends: first-of event a-law | P1Y}", []),
        ("{announced: 2020-06-10, ends: none}", []),
        ("{announced: 2020-06-10, ends: 2026-11-21}", []),
    ],
)
def test_only_an_end_that_is_known_and_ahead_is_announced(
    tree: Tree, timeline: str, expected: list[tuple[date, date]]
) -> None:
    text = ACTION.format(name="at last, for now; \\\\ and on", timeline=timeline)
    dataset = read(tree({"records/actions/2020/acme-end-2020.yaml": text}))
    book = Book(dataset, Metadata("policytrack", "Test", "0.1.0"), TODAY)
    found = [(each.first, each.last) for each in ending(book) if each.record.id == "acme-end-2020"]
    assert found == expected
    assert len(list(events(made(dataset)["feeds/expiry.ics"].decode()))) == len(found)


def test_the_explorer_and_the_scripts_stay_small(files: Files, dataset: Dataset) -> None:
    def packed(path: str) -> int:
        return len(gzip.compress(files[path], 9, mtime=0))

    assert packed("static/app.js") + packed("static/composer.js") <= 10 * 1024
    fixed = sum(map(packed, ("actions/index.html", "static/site.css", "static/app.js")))
    data = sum(map(packed, ("static/data.js", "static/text.js")))
    assert fixed + data * max(1, 500 / len(dataset.actions)) <= 60 * 1024
    assert packed("timeline.html") <= 60 * 1024


def test_what_a_script_reads_cannot_end_the_script(tree: Tree) -> None:
    text = ACTION.format(name="</script><!--<script>", timeline="{announced: 2020-06-10}")
    found = made(read(tree({"records/actions/2020/acme-end-2020.yaml": text})))
    for name in ("data", "text", "terms", "known"):
        script = found[f"static/{name}.js"].decode()
        assert "</" not in script
        assert "<!--" not in script
    assert "acme-end-2020" in found["static/data.js"].decode()


def test_each_release_is_pinned_as_it_was(tmp_path: Path) -> None:
    root = project(tmp_path / "root")
    versions = json.loads((root / "data/history/versions.json").read_text())["versions"]
    assert len(versions) == 2
    found = made(read(root))
    for each in versions:
        folder = f"v/{each['version']}"
        descriptor = found[f"{folder}/datapackage.json"]
        assert json.loads(descriptor)["version"] == each["version"]
        page = found[f"{folder}/index.html"].decode()
        for path in (path for path in found if path.startswith(f"{folder}/") and not path.endswith("index.html")):
            assert hashlib.sha256(found[path]).hexdigest() in page
        assert "Acme pauses sales to police" in page
    assert found["v/0.1.1/data/actions.csv"] == (root / "data/actions.csv").read_bytes()
    assert found["v/0.1.0/data/actions.csv"] != found["v/0.1.1/data/actions.csv"]
    assert b'href="v/0.1.0/index.html"' in found["changes.html"]
    assert b"changed" in found["static/data.js"]
    told = json.loads(found["static/data.js"].decode().partition("=")[2].rstrip().rstrip(";"))
    assert [version for version, _ in told["changed"]] == ["0.1.0", "0.1.1"]
    assert told["actions"]["changed"] == [1]


NOTE = """\
change: The day of the announcement was wrong.
corrections:
  - records: [action/acme-pause-2020]
    fields: [timeline.announced]
    reason: error
    why: Two reports had taken the day of the print for it.
"""


def test_a_corrected_fact_is_told_where_the_record_is_and_where_the_changes_are(tmp_path: Path) -> None:
    root = project(tmp_path / "root")
    action = root / "records/actions/2020/acme-pause-2020.yaml"
    text = action.read_text(encoding="utf-8")
    assert "announced: 2020-06-10" in text
    action.write_text(text.replace("announced: 2020-06-10", "announced: 2020-06-09"), encoding="utf-8")
    (root / "data/history/next").mkdir(parents=True, exist_ok=True)
    (root / "data/history/next/day.yaml").write_text(NOTE, encoding="utf-8")
    commit(root)
    release(read(root), [], Asked(date(2026, 11, 24), MOMENT))
    found = made(read(root))
    told = "<code>timeline.announced</code>: <del>2020-06-10</del> → <ins>2020-06-09</ins>"
    for path in ("actions/acme-pause-2020.html", "changes.html"):
        page = found[path].decode()
        assert page.count(told) == 1, path
        assert "Two reports had taken the day of the print for it." in page
    assert "<summary>1 value of 1 record</summary>" in found["changes.html"].decode()
    assert "<del>" not in found["sources/acme-release-2020.html"].decode()


def test_the_timeline_tells_when_each_measure_stood(files: Files, dataset: Dataset) -> None:
    page = files["timeline.html"].decode()
    rows = re.findall(r'<tr><th scope="row".*?</tr>', page)
    book = Book(dataset, Metadata("policytrack", "Test", "0.1.0"), TODAY)
    standing = {ForceState.IN_FORCE, ForceState.PRESUMED_IN_FORCE, ForceState.POSSIBLY_IN_FORCE}
    ever = {
        root
        for root, members in dataset.measures.items()
        if any(
            turn.answer.state in standing and answer_on(book.courses[name, key], turn.day) == turn.answer
            for name in members
            for key, provision in dataset.actions[name].model.provisions.items()
            for turn in book.courses[name, key]
            if provision.effect != "permits"
        )
    }
    linked = {re.findall(r'href="actions/(.*?)\.html"', row)[0] for row in rows}
    assert ever <= linked
    moratorium = next(row for row in rows if "amazon-rekognition-police-moratorium-2020" in row)
    assert "10 June 2020" in moratorium
    assert re.search(r'<line class="presumed_in_force"', moratorium)
    assert all('aria-hidden="true"' in svg for svg in re.findall(r"<svg[^>]*>", page))


@pytest.fixture
def built(tree: Tree, tmp_path: Path) -> Path:
    root = tree({"datapackage.json": (ROOT / "datapackage.json").read_bytes()})
    return api.site_build(read(root), tmp_path / "site", on=TODAY, package=ROOT).folder


def test_a_site_is_shown_to_this_machine_alone(built: Path) -> None:
    with api.site_serve(built) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        assert host == "127.0.0.1"
        with urlopen(f"http://{host}:{port}/feeds/actions.atom") as answer:
            assert answer.headers["Content-Type"] == "application/atom+xml"
        with pytest.raises(HTTPError) as missing:
            urlopen(f"http://{host}:{port}/nothing")
        assert missing.value.code == 404
        assert missing.value.read() == (built / "404.html").read_bytes()
        asked = HTTPConnection(str(host), port)
        asked.putrequest("GET", "/../../../etc/passwd")
        asked.endheaders()
        assert asked.getresponse().status == 404
        with pytest.raises(SiteError, match="cannot be used"):
            api.site_serve(built, port)
        server.shutdown()


def test_what_is_no_site_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="holds no site"):
        api.site_serve(tmp_path)
    done = CliRunner().invoke(app, ["site", "serve", str(tmp_path)])
    assert done.exit_code != 0
