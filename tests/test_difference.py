"""What changed is named once, in words, from either side, and the same whether records or a package tell of it."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packages import NAMES, completed, named, record
from packages import dataset as dataset_of
from policytrack import api
from policytrack.dataset import read
from policytrack.difference import (
    Altered,
    Difference,
    DifferenceError,
    Side,
    State,
    as_markdown,
    as_text,
    compare,
    of_dataset,
    of_package,
)
from policytrack.history import HistoryError
from policytrack.package import PackageError, build
from profiles import CHOSEN

ROOT = Path(__file__).parent.parent
BASE = of_dataset(read(Path(__file__).parent / "tree"), "base")
PAUSE = "records/actions/2020/acme-pause-2020.yaml"
RELEASE = "records/sources/2020/acme-release-2020.yaml"
ACME = "records/actors/acme.yaml"
TOLD = [
    of_dataset(told, "told", published=published)
    for told in (read(Path(__file__).parent / "tree"), completed(Path()))
    for published in (False, True)
]
Tree = Callable[[Mapping[str, str | bytes]], Path]


def swapped(found: Difference) -> set[Altered]:
    """Return a difference told from the other side; whose title is shown is left open."""
    states = {State.ADDED: State.REMOVED, State.REMOVED: State.ADDED}
    return {
        replace(
            each,
            state=states.get(each.state, each.state),
            title="",
            id=each.other if each.state is State.RENAMED else each.id,
            other=each.id if each.state is State.RENAMED else each.other,
            changes=tuple(
                sorted((replace(it, before=it.after, after=it.before) for it in each.changes), key=lambda it: it.field)
            ),
        )
        for each in found.records
    }


def told(found: Difference) -> set[Altered]:
    return {
        replace(each, title="", changes=tuple(sorted(each.changes, key=lambda it: it.field))) for each in found.records
    }


def fields(found: Difference) -> list[tuple[str, str]]:
    """Return the record and the field of every change, as often as it is named."""
    return [
        (f"{each.kind}/{each.id}", change.field if change else each.state.value)
        for each in found.records
        for change in each.changes or (None,)
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (PAUSE, "ends: further-notice", "ends: P1Y", ["ends: until further notice -> P1Y"]),
        (PAUSE, ", ends: further-notice", "", ["ends removed: until further notice"]),
        (
            PAUSE,
            "announced: 2020-06-10",
            "announced: 2020-06-10 weekday",
            ["announced: 2020-06-10 -> 2020-06-10 weekday"],
        ),
        (PAUSE, "p1: {prohibits:", "p1: {restricts:", ["provisions.p1.effect: prohibits -> restricts"]),
        (
            PAUSE,
            "evidence:",
            "  p2: {permits: use, by: [acme], except_to: acme-pause-2020#p1}\nevidence:",
            ["provisions +1", "  + p2: permits use; by acme; except_to p1"],
        ),
        (PAUSE, "supports: all}", "supports: [what]}", ["evidence +1 -1"]),
        (PAUSE, "evidence:", "jurisdictions: [xx]\nevidence:", ["jurisdictions +1", "  + xx"]),
        (PAUSE, "state: reviewed, by: curator", "state: reviewed", ["review.by removed: curator"]),
        (RELEASE, "  p2:", "  p3:", ["passages +1 -1"]),
        (ACME, "type: company", "type: person", ["type: company -> person"]),
        (ACME, "type: company", "type: company\nnotes: New.", ["notes added: New."]),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_a_change_is_told_in_words(path: str, old: str, new: str, words: list[str], tree: Tree) -> None:
    before = (Path(__file__).parent / "tree" / path).read_text()
    assert old in before
    after = of_dataset(read(tree({path: before.replace(old, new, 1)})), "after")
    found = compare(BASE, after)
    lines = as_text(found).splitlines()
    assert lines[0] == "base -> after: 1 record differs: 1 changed"
    assert [line.removeprefix("  ") for line in lines[2:]][: len(words)] == words
    assert len(fields(found)) == 1


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PAUSE, "prohibits: sell", "prohibits: [sell]"),
        (PAUSE, "title: ", "# a remark\ntitle: "),
        (PAUSE, "announced: 2020-06-10", "announced: 2020-06-10 stated"),
        (ACME, "type: company", "'type': \"company\""),
        (RELEASE, "type: press-release", "type: press-release\nreliability: good"),
    ],
)
def test_another_way_to_write_it_is_no_change(path: str, old: str, new: str, tree: Tree) -> None:
    before = (Path(__file__).parent / "tree" / path).read_text()
    assert old in before
    assert compare(BASE, of_dataset(read(tree({path: before.replace(old, new, 1)})), "after")).records == ()


def redirect(kind: str, to: str) -> str:
    return f"actor/other-corp: {{kind: {kind}, to: {to}, reason: One firm., date: 2026-11-22}}\n"


def test_a_renamed_record_is_one_change(tree: Tree) -> None:
    root = tree({"records/redirects.yaml": redirect("renamed", "new-corp")})
    (root / "records/actors/other-corp.yaml").rename(root / "records/actors/new-corp.yaml")
    found = compare(BASE, of_dataset(read(root), "after"))
    assert [(each.state, each.id, each.other, each.changes) for each in found.records] == [
        (State.RENAMED, "new-corp", "other-corp", ())
    ]
    assert "(was other-corp, renamed: One firm.)" in as_text(found)


def test_a_merged_record_is_removed_with_its_reason(tree: Tree) -> None:
    root = tree({"records/redirects.yaml": redirect("merged", "acme")})
    (root / "records/actors/other-corp.yaml").unlink()
    found = compare(BASE, of_dataset(read(root), "after"))
    assert [(each.state, each.id, each.other, each.reason) for each in found.records] == [
        (State.REMOVED, "other-corp", "acme", "merged: One firm.")
    ]


def test_what_cannot_be_read_is_not_called_removed(tree: Tree) -> None:
    after = of_dataset(read(tree({ACME: "name: [\n"})), "after")
    found = compare(BASE, after)
    assert [(each.state, each.kind, each.id) for each in found.records] == [(State.UNREADABLE, "actor", "acme")]
    assert compare(after, after).records == ()
    assert compare(after, after).notes == ("actor/acme can be read on neither side",)


COVERAGE = """\
searches:
  - {place: xx, topic: bans, from: 2019..2020, on: 2020-06-10, queries: 4, result: Two ordinances.}
  - {topic: companies, on: 2020-06-10, queries: 1, result: One pause.}
rejected:
  - {lead: A ban in Town, reason: not-supported, on: 2020-06-10}
"""
CHANGED = """\
rejected:
  - {lead: A ban in Town, reason: not-supported, on: 2020-06-10, note: A list of <demands>.}
  - {lead: A fine, reason: not-supported, on: 2020-06-11}
searches:
  - {topic: companies, on: 2020-06-10, queries: 1, result: One pause.}
  - {place: xx, topic: bans, from: 2019..2020, on: 2020-06-11, queries: 1, result: Nothing new.}
  - {place: xx, topic: bans, from: 2019..2021, on: 2020-06-10, queries: 4, result: Three ordinances.}
"""
WORDS = """\
added search/xx: bans (2): Nothing new.
changed search/xx: bans
  from: 2019..2020 -> 2019..2021
  result: Two ordinances. -> Three ordinances.
added lead/A fine: not-supported
changed lead/A ban in Town
  note added: A list of <demands>.
"""


def test_what_was_searched_is_told_entry_by_entry(tree: Tree) -> None:
    before = of_dataset(read(tree({"records/coverage.yaml": COVERAGE})), "before")
    assert compare(before, before).records == ()
    found = compare(before, of_dataset(read(tree({"records/coverage.yaml": CHANGED})), "after"))
    lines = as_text(found).splitlines()
    assert lines[0] == "before -> after: 4 records differ: 2 added, 2 changed"
    assert sorted(lines[1:]) == sorted(WORDS.splitlines())
    assert "note added: A list of &lt;demands&gt;." in as_markdown(found)
    assert {(each["kind"], each["id"], each["state"]) for each in found.as_json()["records"]} == {
        ("search", "xx: bans", "changed"),
        ("search", "xx: bans (2)", "added"),
        ("lead", "A ban in Town", "changed"),
        ("lead", "A fine", "added"),
    }


def test_a_package_carries_what_was_searched(tree: Tree, tmp_path: Path) -> None:
    files = {"records/coverage.yaml": COVERAGE, "datapackage.json": (ROOT / "datapackage.json").read_text()}
    root = tree(files)
    build(read(root), tmp_path / "package")
    assert api.diff(str(tmp_path / "package"), "worktree", root).records == ()
    (root / "records/coverage.yaml").write_text(CHANGED)
    lines = as_text(api.diff(str(tmp_path / "package"), "worktree", root)).splitlines()
    assert sorted(lines[1:]) == sorted(WORDS.splitlines())


@pytest.mark.parametrize("name", ["coverage", "redirects"])
def test_entries_of_a_file_that_cannot_be_read_are_not_called_removed(tree: Tree, name: str) -> None:
    path = f"records/{name}.yaml"
    before = of_dataset(read(tree({path: COVERAGE if name == "coverage" else redirect("merged", "acme")})), "before")
    after = of_dataset(read(tree({path: "searches: [\n"})), "after")
    found = compare(before, after)
    assert [(each.state, each.kind, each.id) for each in found.records] == [(State.UNREADABLE, "file", path)]
    assert "cannot be read in after" in as_text(found)
    assert compare(after, after).notes == (f"file/{path} can be read on neither side",)


def test_the_order_of_authors_says_something_and_that_of_aliases_does_not(tree: Tree) -> None:
    def of(authors: str, aliases: str) -> Side:
        return of_dataset(
            read(
                tree(
                    {
                        RELEASE: f"type: press-release\ntitle: T\nauthors: [{authors}]\nread: {{extent: full}}\n",
                        ACME: f"name: Acme\ntype: company\naliases: [{aliases}]\n",
                    }
                )
            ),
            "side",
        )

    found = compare(of("A, B", "X, Y"), of("B, A", "Y, X"))
    assert fields(found) == [("source/acme-release-2020", "authors")]
    assert "authors: A, B -> B, A" in as_text(found)


# Sides made of plain content, some of it shared, so that every way of being different comes up.
texts = st.sampled_from(["a", "b", "c", "further-notice"])
items = st.one_of(texts, st.fixed_dictionaries({"at": texts}, optional={"supports": st.lists(texts)}))
contents = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "ends": texts,
        "authors": st.lists(texts),
        "evidence": st.lists(items, max_size=4),
        "timeline": st.dictionaries(st.sampled_from(["announced", "ends"]), texts),
        "review": st.fixed_dictionaries({"state": texts}),
        "provisions": st.dictionaries(
            st.sampled_from(["p1", "p2"]),
            st.fixed_dictionaries({"effect": texts}, optional={"by": st.lists(texts, max_size=2)}),
        ),
    },
)
names = st.sampled_from(["action/a", "action/b", "actor/a", "source/c"])
retired = st.dictionaries(
    names,
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["renamed", "merged", "withdrawn"]), "reason": texts},
        optional={"to": st.sampled_from("abc")},
    ),
    max_size=2,
)
sides = st.builds(
    lambda records, redirects, broken: Side(
        "side", {name: each for name, each in records.items() if name not in broken}, redirects, broken
    ),
    st.dictionaries(names, contents),
    retired,
    st.frozensets(names, max_size=1),
)


@CHOSEN
@given(sides)
def test_a_side_does_not_differ_from_itself(side: Side) -> None:
    assert compare(side, copy.deepcopy(side)).records == ()


@CHOSEN
@given(sides, sides)
def test_the_way_back_mirrors_the_way_there(first: Side, second: Side) -> None:
    assert swapped(compare(first, second)) == told(compare(second, first))


@CHOSEN
@given(sides, sides)
def test_no_record_is_told_of_twice_and_none_in_silence(first: Side, second: Side) -> None:
    found = compare(first, second)
    subjects = [f"{each.kind}/{each.id}" for each in found.records]
    assert len(subjects) == len(set(subjects))
    lone = {name for name in first.records.keys() ^ second.records.keys() if name not in first.broken | second.broken}
    named_ids = {*subjects, *(f"{each.kind}/{each.other}" for each in found.records)}
    assert lone <= named_ids


def plant(data: st.DataObject, content: dict[str, Any]) -> str:
    """Change one field of a record in one of all ways, and return the name of the change."""
    path = ""
    here = content
    # One level down, into what people give keys to or what has fields of its own.
    nested = [name for name, value in here.items() if isinstance(value, dict)]
    deeper = data.draw(st.booleans(), label="deeper")
    if nested and deeper:
        name = data.draw(st.sampled_from(nested), label="into")
        path, here = f"{name}.", here[name]
        if name in {"provisions", "passages"}:
            key = data.draw(st.sampled_from(sorted(here)), label="entry")
            path, here = f"{path}{key}.", here[key]
    name = data.draw(st.sampled_from([*here, "notes"]), label="field")
    value = here.get(name)
    entries = not path and name in {"provisions", "passages"}
    takes = data.draw(st.booleans(), label="take away")
    if value is None:
        here[name] = "planted"
    elif isinstance(value, list):
        if value and takes:
            value.pop(data.draw(st.integers(0, len(value) - 1)))
        else:
            value.append("planted")
    elif isinstance(value, dict) and entries:
        value["p99"] = {"effect": "planted"}
    elif isinstance(value, dict) or (path and takes):
        del here[name]
    else:
        here[name] = f"{value} planted"
    return f"{path}{name}"


@CHOSEN
@given(st.data())
def test_every_planted_change_is_named_exactly_once(data: st.DataObject) -> None:
    side = data.draw(st.sampled_from(TOLD), label="side")
    other = copy.deepcopy(side)
    subjects = data.draw(st.lists(st.sampled_from(sorted(side.records)), unique=True, min_size=1, max_size=4))
    planted = sorted((subject, plant(data, dict(other.records)[subject])) for subject in subjects)
    found = compare(side, other)
    assert sorted(fields(found)) == planted
    assert swapped(found) == told(compare(other, side))
    for _, field in planted:
        assert field.removeprefix("timeline.").replace("_", " ") in as_text(found)


# The records themselves are many; a workflow compares them with each release as well.
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name == "records" else []) for name in NAMES]
)
def test_a_package_holds_what_the_records_say(name: str, tmp_path: Path) -> None:
    source = named(name, tmp_path)
    build(source, tmp_path / "package")
    records, package = of_dataset(source, "records", published=True), of_package(tmp_path / "package", "package")
    assert compare(records, package).records == ()
    assert records.records.keys() == package.records.keys()


def test_a_change_is_told_of_a_package_in_the_same_words(tmp_path: Path, tree: Tree) -> None:
    root = tree({"datapackage.json": (ROOT / "datapackage.json").read_text()})
    build(read(root), tmp_path / "package")
    text = (root / PAUSE).read_text()
    (root / PAUSE).write_text(text.replace("ends: further-notice", "ends: 2021-06-10"))
    found = api.diff(str(tmp_path / "package"), "worktree", root)
    assert as_text(found).splitlines()[2:] == ["  ends: until further notice -> 2021-06-10"]


def test_the_stories_hold_a_link_that_replaces_other_than_its_relation_means() -> None:
    # Else the comparison of packages above shows nothing about such links.
    links = [each for content in TOLD[-1].records.values() for each in content.get("links", ())]
    assert any("replaces" in each for each in links)


def test_sides_are_named(tmp_path: Path, tree: Tree) -> None:
    root = tree({"datapackage.json": (ROOT / "datapackage.json").read_text()})
    with pytest.raises(DifferenceError, match="there is no release"):
        api.diff(root=root)
    with pytest.raises(DifferenceError, match="holds neither"):
        api.diff(str(tmp_path / "root" / "records" / "actors"), "worktree", root)
    with pytest.raises(HistoryError):
        api.diff("no-such-revision", "worktree", root)
    assert api.diff("worktree", str(root), root).records == ()
    build(read(root), tmp_path / "out")
    assert api.diff(str(tmp_path / "out"), str(tmp_path / "out"), root).records == ()
    (tmp_path / "out/data/actors.csv").write_text("id\nx\n")
    with pytest.raises(PackageError):
        api.diff(str(tmp_path / "out"), "worktree", root)


def test_the_default_compares_the_release_with_the_work_tree(tree: Tree, tmp_path: Path) -> None:
    root = tree({"datapackage.json": (ROOT / "datapackage.json").read_text()})
    build(read(root), tmp_path / "out")
    shutil.copytree(tmp_path / "out" / "data", root / "data")
    shutil.copy(tmp_path / "out" / "datapackage.json", root)
    assert api.diff(root=root).records == ()
    (root / "records/actors/new.yaml").write_text("name: New\ntype: company\n")
    found = api.diff(root=root)
    assert (found.before, found.after) == ("release", "worktree")
    assert fields(found) == [("actor/new", "added")]


def test_markdown_holds_records_as_text_alone() -> None:
    hostile = "<script>x</script> [a](javascript:1) `b` | @octavia #12 **bold** \u202e"
    first = of_dataset(dataset_of(Path(), [record("actor", "a", {"name": "A", "type": "company"})]), "a")
    second = of_dataset(dataset_of(Path(), [record("actor", "a", {"name": hostile, "type": "company"})]), "b")
    said = as_markdown(compare(first, second))
    for spoken in ("<script>", "[a](", "`b`", "@octavia", "#12", "**bold**", "\u202e"):
        assert spoken not in said.replace("- **changed** ", "")
    assert "name: A → &lt;script&gt;" in said


def test_json_has_the_published_shape(tree: Tree) -> None:
    found = compare(BASE, of_dataset(read(tree({ACME: "name: Acme\ntype: person\n"})), "after"))
    shown = json.loads(json.dumps(found.as_json()))
    assert list(shown) == ["before", "after", "notes", "records"]
    assert shown["records"][0]["changes"][-1] == {"field": "type", "before": ["company"], "after": ["person"]}
