"""A personal datum goes out of the record, the history and whatever is published from then on."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policytrack.dataset import read
from policytrack.frames import load
from policytrack.package import PackageError
from policytrack.redaction import RedactionError, redact
from policytrack.release import Asked, release
from policytrack.rules import check
from policytrack.versions import DeltaError, chain, release_at
from policytrack.versions.redactions import PATH, read_redactions
from test_release import BLOCK, commit, files

ON = date(2026, 11, 22)
NAME = "Ada Nobody"
SOURCE = "records/sources/2020/paper-one-2020.yaml"


@pytest.fixture
def root(tree: Callable[[dict[str, str]], Path]) -> Path:
    """Give a repository with one release in which a source names its author, and a second that corrected the name."""
    made = tree({"datapackage.json": json.dumps(BLOCK)})
    text = (made / SOURCE).read_text(encoding="utf-8").rstrip("\n")
    assert "authors" not in text
    (made / SOURCE).write_text(f"{text}\nauthors: [{NAME}, Somebody Else] # as on the page\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", made], check=True, capture_output=True)
    commit(made)
    again(made)
    (made / SOURCE).write_text(f"{text}\nauthors: [{NAME}, Somebody Other] # as on the page\n", encoding="utf-8")
    note = made / "data/history/next/name.yaml"
    note.parent.mkdir(parents=True)
    note.write_text(
        "change: A name was misspelt.\n"
        "corrections: [{records: source/*, fields: authors, reason: error, why: Misspelt.}]\n",
        encoding="utf-8",
    )
    commit(made)
    again(made)
    return made


def again(root: Path) -> str:
    data = read(root)
    version = release(data, check(data, ON), Asked(ON)).version
    commit(root)
    return version


def holders(root: Path, text: str) -> list[str]:
    return [path for path, raw in files(root).items() if text.encode() in raw]


def test_nothing_that_comes_after_tells_the_value(root: Path) -> None:
    assert {path.split("/")[0] for path in holders(root, NAME)} == {"data", "records"}
    done = redact(read(root), "source/paper-one-2020", "authors.0", why="The person asked for it.", on=ON)
    assert (done.path, done.values) == (SOURCE, 1)
    assert read(root).sources["paper-one-2020"].model.authors == ("Somebody Other",)
    assert "# as on the page" in (root / SOURCE).read_text(encoding="utf-8")
    assert all(path.endswith(".csv") for path in holders(root, NAME)), "only the tables of the last release"
    commit(root)
    assert again(root) == "0.1.2"
    assert holders(root, NAME) == []
    assert [row["name"] for row in load("source_authors", root)] == ["Somebody Other"]


def test_a_tombstone_stays_and_earlier_releases_are_withdrawn(root: Path) -> None:
    redact(read(root), "source/paper-one-2020", "authors", why="The person asked for it.", on=ON)
    tombs = read_redactions(root)
    assert {(each.record, each.id, each.field) for each in tombs} == {("source", "paper-one-2020", "authors")}
    assert len(tombs) == 2
    assert all(len(each.sha256) == 64 for each in tombs)
    commit(root)
    again(root)
    listed = chain.read_chain(root)
    assert [bool(each.withdrawn) for each in listed] == [True, True, False]
    assert chain.faults(listed) == []
    assert release_at(root, "0.1.2").version == "0.1.2"
    with pytest.raises(DeltaError, match=r"release 0\.1\.1") as caught:
        release_at(root, "0.1.1")
    assert "redacted" in caught.value.advice


def test_what_was_redacted_is_no_correction(root: Path) -> None:
    before = load("corrections", root)
    assert any("Somebody Else" in str(row["before"]) for row in before)
    redact(read(root), "source/paper-one-2020", "authors", why="The person asked for it.", on=ON)
    commit(root)
    again(root)
    assert len(load("corrections", root)) == len(before)


@pytest.mark.parametrize(
    ("subject", "field", "message"),
    [
        ("source/paper-on-2020", "authors", "no record"),
        ("paper-one-2020", "authors", "no record"),
        ("source/paper-one-2020", "author", "no value"),
        ("source/paper-one-2020", "authors.7", "no value"),
        ("source/paper-one-2020", "title", "cannot do without"),
        ("source/paper-one-2020", "title.0", "no value"),
    ],
)
def test_what_cannot_be_taken_out_is_refused_and_nothing_changes(
    root: Path, subject: str, field: str, message: str
) -> None:
    before = files(root)
    with pytest.raises(RedactionError, match=message) as caught:
        redact(read(root), subject, field, why="Why not.", on=ON)
    assert caught.value.advice
    assert files(root) == before


def test_a_spoilt_file_of_tombstones_is_refused(root: Path) -> None:
    (root / PATH).write_text("{}\n", encoding="utf-8")
    with pytest.raises(PackageError):
        read_redactions(root)
