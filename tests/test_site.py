"""The site as files: links lead somewhere, pages stay small, nothing of a record runs, and the same gives the same."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from policytrack.dataset import Dataset, read
from policytrack.evidence import fields, supported
from policytrack.package import Metadata, PackageError
from policytrack.site import SiteError, build
from policytrack.site.account import Account
from policytrack.site.book import Book
from policytrack.site.building import pages
from policytrack.site.grounds import Grounds
from policytrack.site.life import life
from policytrack.site.rendering import HEAD_SCRIPT, Renderer, content_policy

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
# What people write of a package before its first release.
PACKAGE = {"datapackage.json": '{"name": "pt", "title": "A small record", "version": "0.1.0"}'}
MORATORIUM = "amazon-rekognition-police-moratorium-2020"

Files = Mapping[str, bytes]


@dataclass
class Seen(HTMLParser):
    """What a page links to, what can be linked to in it, and what could run."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    tags: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()
        self._script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= given.keys()
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given[name] or "" for name in ("href", "action") if name in given and tag != "link"]
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "alternate"}:
            (self.loads if given["rel"] == "stylesheet" else self.links).append(given["href"] or "")
        if "src" in given:
            self.loads.append(given["src"] or "")
        self._script = given if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self._script = None if tag == "script" else self._script

    def handle_data(self, data: str) -> None:
        if self._script is not None and "src" not in self._script and self._script.get("type") != "application/ld+json":
            self.scripts.append(data)

    @classmethod
    def of(cls, content: bytes) -> "Seen":
        seen = cls()
        seen.feed(content.decode())
        return seen


def made(dataset: Dataset, base_url: str = "") -> Files:
    metadata = Metadata.of(json.loads((ROOT / "datapackage.json").read_text()))
    return {page.path: page.content for page in pages(Renderer(Book(dataset, metadata, TODAY), base_url))}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read(ROOT)


@pytest.fixture(scope="module")
def files(dataset: Dataset) -> Files:
    return made(dataset)


@pytest.fixture(scope="module")
def seen(files: Files) -> Mapping[str, Seen]:
    return {path: Seen.of(content) for path, content in files.items() if path.endswith(".html")}


def broken(files: Files, seen: Mapping[str, Seen]) -> set[str]:
    """Return the links that lead nowhere in the site, with the page that holds each."""
    found = set()
    for path, page in seen.items():
        for link in {*page.links, *page.loads}:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            here = normpath(str(PurePosixPath(path).parent / unquote(parts.path))) if parts.path else path
            if here not in files or (parts.fragment and here in seen and parts.fragment not in seen[here].ids):
                found.add(f"{path}: {link}")
    return found


def test_every_link_and_fragment_leads_somewhere(files: Files, seen: Mapping[str, Seen]) -> None:
    assert len(seen) > 2000
    assert not broken(files, seen)


def test_a_missing_target_is_seen() -> None:
    page = b'<a href="../x.html">x</a><a href="#no">y</a><p id="a"></p><a href="#a">z</a>'
    assert broken({"d/p.html": page}, {"d/p.html": Seen.of(page)}) == {"d/p.html: ../x.html", "d/p.html: #no"}


def test_no_id_stands_twice_in_a_page(seen: Mapping[str, Seen]) -> None:
    assert not {path for path, page in seen.items() if len(page.ids) != len(set(page.ids))}


def test_home_and_records_stay_small(files: Files, seen: Mapping[str, Seen]) -> None:
    small = [path for path in seen if path == "index.html" or (path.startswith("actions/") and "/index" not in path)]
    sizes = {path: len(gzip.compress(files[path], mtime=0)) for path in small}
    assert len(sizes) > 300
    assert max(sizes.values()) <= 12_000, max(sizes, key=lambda path: sizes[path])
    # The page itself, and what it loads.
    assert max(1 + len(seen[path].loads) for path in small) <= 6


def test_no_page_loads_from_elsewhere_or_runs_what_the_policy_does_not_name(seen: Mapping[str, Seen]) -> None:
    digest = b64encode(hashlib.sha256(HEAD_SCRIPT.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in content_policy()
    assert "unsafe" not in content_policy()
    for path, page in seen.items():
        assert not [each for each in page.loads if urlsplit(each).netloc], path
        assert set(page.scripts) <= {HEAD_SCRIPT}, path
        assert "style" not in page.tags, path
        assert not {name for name in page.attributes if name == "style" or name.startswith("on")}, path


def test_pages_parse(files: Files, seen: Mapping[str, Seen]) -> None:
    first: dict[str, str] = {}
    for path in sorted(seen):
        first.setdefault(path.rpartition("/")[0], path)
    chosen = {*first.values(), *(path for path in seen if "/" not in path or path.endswith("/index.html"))}
    for path in sorted({*chosen, f"actions/{MORATORIUM}.html", "sources/npr-amazon-halts-2020.html"}):
        html5lib.HTMLParser(strict=True).parse(files[path].decode())


def test_every_record_and_retired_id_has_a_page(files: Files, dataset: Dataset) -> None:
    for kind, folder in (("action", "actions"), ("actor", "actors"), ("source", "sources")):
        for name in dataset.of_kind(kind):
            assert {f"{folder}/{name}.{form}" for form in ("html", "json", "yaml")} <= files.keys()
    assert dataset.redirects
    for subject, entry in dataset.redirects.items():
        page = files[f"{subject.partition('/')[0]}s/{subject.partition('/')[2]}.html"].decode()
        assert entry.reason.split()[0] in page


def test_a_record_tells_every_claim_with_the_sources_that_carry_it(dataset: Dataset) -> None:
    book = Book(dataset, Metadata("x", "x", "0"), TODAY)
    for record in dataset.actions.values():
        grounds = Grounds(Account(book, record))
        names = {each.number: each.id for group in grounds.groups for each in group.cited}
        carried = supported(record.model)
        for claim, each in zip(grounds.claims, fields(record.model), strict=True):
            assert {names[number] for number in (*claim.stated, *claim.inferred)} == {
                item.at.source for item in carried[each.target]
            }
        cited = [each for group in grounds.groups for each in group.cited]
        assert sorted(each.number for each in cited) == list(range(1, len(cited) + 1))
        assert {each.id for each in cited} == {item.at.source for item in record.model.evidence}
        assert sum(len(each.places) for each in cited) == len(record.model.evidence)


def test_the_page_of_the_moratorium_shows_what_it_rests_on(files: Files) -> None:
    page = re.sub(r"<[^>]+>|\s+", " ", files[f"actions/{MORATORIUM}.html"].decode())
    page = re.sub(r"\s+", " ", page)
    for words in (
        "Primary, not held",
        "Weak origin",
        "Put together from pieces of several documents.",
        "contradicted by",
        "named organisations keep access (chosen)",
        "last day between 9 and 10 June 2021",
        "Extended by",
        "A source names a weekday, resolved against the date of the source.",
        "3 independent origins",
    ):
        assert words in page, words


def test_the_figure_of_a_life_is_what_the_fold_answers(dataset: Dataset) -> None:
    book = Book(dataset, Metadata("x", "x", "0"), TODAY)
    own = next(chapter for chapter in life(book, MORATORIUM).chapters if chapter.id == MORATORIUM)
    told = [(each.state.value, each.since, each.until) for each in own.bars[0].told]
    assert told[0] == ("in_force", "10 June 2020", told[0][2])
    assert told[-1][::2] == ("presumed_in_force", "no known end")
    for chapter in life(book, MORATORIUM).chapters:
        for bar in chapter.bars:
            for each in bar.drawn:
                assert 0 <= float(each.left[:-1]) <= float(each.right[:-1]) <= 100


def test_views_list_what_the_record_holds(files: Files, dataset: Dataset) -> None:
    rows = files["views/us-local-bans-on-police-use.csv"].decode().splitlines()
    assert any(row.startswith("us-ca-san-francisco-ban-2019,San Francisco,California") for row in rows)
    assert not any("washington-county-sheriff" in row for row in rows)  # one product is not the technology
    fines = [each for each in dataset.actions.values() if each.model.kind == "fine"]
    assert 0 < len(files["views/fines-by-regulators.csv"].decode().splitlines()) - 1 <= len(fines)


def test_the_inclusion_rule_is_one_text(files: Files) -> None:
    rule = "that set, change, end, enforce, judge or carry out policy on facial recognition"
    for text in (
        (ROOT / "docs/explanation/what-is-recorded.md").read_bytes(),
        files["index.html"],
        files["method.html"],
    ):
        assert rule in " ".join(text.decode().split())


def test_linked_data_is_json_that_no_record_can_leave(files: Files) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', files["index.html"].decode(), re.DOTALL)
    assert found is not None
    assert json.loads(found[1])["@type"] == "Dataset"


HOSTILE = "<script>alert(1)</script> \"' onload=x {{ 7*7 }} \u202eevil\u202c \u05d0\u05d1"
ACTION = """\
title: {title}
kind: ban
instrument: ordinance
actor: xx-town-council
jurisdictions: [xx-town]
timeline: {{final_vote: 2020-06-10, effective: 2020-07-01, ends: first-of 2021-01-01 | event a-law}}
provisions:
  p1: {{prohibits: use, by: [government]}}
evidence:
  - {{at: hostile-2020, supports: all}}
  - {{at: no-such-source#p9, supports: [what], reading: contradicts, relays: hostile-2020}}
conflicts:
  - {{field: nothing, values: ["<b>"], chosen: "</script>", reason: "<img src=x onerror=y>"}}
notes: {title}
"""
SOURCE = """\
type: news-article
title: {title}
publisher: "</title><script>x</script>"
url: "javascript:alert(document.domain)"
archive_url: "data:text/html,<script>x</script>"
published: 2020-06-11
credit: own-byline
read: {{on: 2026-11-22, extent: full}}
reliability: low
reliability_reason: "<b>bad</b>"
notes: {title}
"""


@pytest.fixture
def hostile(tree: Callable[[Mapping[str, str | bytes]], Path]) -> Files:
    text = json.dumps(HOSTILE)
    root = tree(
        {
            "records/actions/2020/hostile-2020.yaml": ACTION.format(title=json.dumps(HOSTILE + "x" * 300)),
            "records/sources/2020/hostile-2020.yaml": SOURCE.format(title=text),
            "records/actors/xx-town-council.yaml": f"name: {text}\ntype: council\njurisdiction: xx-town\n",
            "records/redirects.yaml": f"action/old-2020:\n  kind: withdrawn\n  reason: {text}\n  date: 2026-11-22\n",
        }
    )
    return made(read(root))


def test_a_hostile_record_does_nothing(hostile: Files) -> None:
    assert "actions/hostile-2020.html" in hostile
    assert "actions/old-2020.html" in hostile
    for path, content in hostile.items():
        if path.endswith(".html"):
            page = Seen.of(content)
            assert set(page.scripts) <= {HEAD_SCRIPT}, path
            assert not {name for name in page.attributes if name.startswith("on")}, path
            assert "49" not in re.findall(r"onload=x (\S+)", content.decode()), path
            schemes = {urlsplit(link).scheme for link in {*page.links, *page.loads}}
            assert schemes <= {"", "http", "https", "data"}, path
            assert [link for link in page.links if link.startswith("data:")] in ([], ["data:,"]), path
            html5lib.HTMLParser(strict=True).parse(content.decode())


def test_a_small_tree_has_no_broken_link(hostile: Files) -> None:
    seen = {path: Seen.of(content) for path, content in hostile.items() if path.endswith(".html")}
    assert not {each for each in broken(hostile, seen) if "no-such-source" not in each}


def test_a_public_address_makes_the_page_for_lost_addresses_work_anywhere(
    tree: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    page = Seen.of(made(read(tree({})), "https://example.org/pt")["404.html"])
    assert all(link.startswith("https://example.org/pt/") for link in page.links if not link.startswith(("#", "data:")))


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://example.org", True),
        ("https://example.org/~me/pt/", True),
        ("http://localhost:8000/", True),
        ("http://[::1]:8000/pt", True),
        ("https://bücher.example/", True),
        ("example.org", False),
        ("//example.org", False),
        ("javascript:alert(1)", False),
        ("https:///pt", False),
        ("https://example.org/pt#top", False),
        ("https://example.org/a b", False),
        ('https://example.org/"', False),
    ],
)
def test_a_public_address_is_one_that_paths_can_follow(
    tree: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path, address: str, *, fits: bool
) -> None:
    (tmp_path / "file").write_text("mine")
    # Where it fits, the next thing that is wrong is told: the folder.
    says = "cannot be written" if fits else "is no address"
    with pytest.raises((SiteError, PackageError), match=says):
        build(read(tree(PACKAGE)), tmp_path / "file" / "site", on=TODAY, base_url=address)


def test_two_builds_are_the_same_whatever_the_seed_of_hashes(
    tree: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path
) -> None:
    root = tree(PACKAGE)
    digests = set()
    for seed in ("1", "2"):
        out = tmp_path / f"site{seed}"
        code = (
            "import sys; from datetime import date; from policytrack.dataset import read; "
            "from policytrack.site import build; build(read(sys.argv[1]), sys.argv[2], on=date(2026, 11, 22))"
        )
        subprocess.run([sys.executable, "-c", code, str(root), str(out)], check=True, env={"PYTHONHASHSEED": seed})
        found = sorted(path for path in out.rglob("*") if path.is_file())
        digests.add(
            tuple((str(path.relative_to(out)), hashlib.sha256(path.read_bytes()).hexdigest()) for path in found)
        )
    assert len(digests) == 1
    assert len(digests.pop()) > 50


def test_what_is_no_site_is_never_replaced(tree: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path) -> None:
    root = tree(PACKAGE)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(SiteError, match="no site of ours"):
        build(read(root), tmp_path / "mine", on=TODAY)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    assert build(read(root), tmp_path / "new", on=TODAY).files > 50
    assert build(read(root), tmp_path / "new", on=TODAY).files > 50
