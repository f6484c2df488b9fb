"""All records together: reading a tree, look-up, references, and measures against plain reachability."""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytrack.dataset import Dataset, NoRecordsError, read
from policytrack.documents import parse
from policytrack.layout import KINDS, Spot
from policytrack.models import Action, Jurisdiction
from policytrack.parsing import Record, build
from policytrack.references import references
from profiles import CHOSEN

Laid = Callable[[Mapping[str, str | bytes]], Path]

ACTOR = "name: x\ntype: company\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs files that only POSIX systems have")
ORDINARY = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)


def record(kind: str, record_id: str, text: str) -> Record:  # type: ignore[type-arg]
    """A record from its text."""
    document, faults = parse(f"records/{record_id}.yaml", text.encode())
    assert document is not None
    found, more = build(document, Spot(KINDS[kind], record_id))
    assert found is not None, faults + more
    return found


def told(dataset: Dataset) -> list[tuple[str, str, str]]:
    """The findings of reading: code, place and message."""
    return [(each.code, str(each.place), each.message) for each in dataset.findings]


def test_a_tree_is_read_whole_and_in_order(tree: Laid) -> None:
    root = tree({})
    seen: list[tuple[int, int]] = []
    dataset = read(root, lambda done, total: seen.append((done, total)))
    files = sorted(path.relative_to(root).as_posix() for path in (root / "records").rglob("*.yaml"))
    assert sorted(each.document.path for each in dataset.records) == files
    assert dataset.findings == ()
    assert dataset.files == len(files)
    assert seen == [(number, len(files)) for number in range(1, len(files) + 1)]
    for kind in KINDS:
        assert list(dataset.of_kind(kind)) == sorted(dataset.of_kind(kind))
    assert dataset.sources["paper-one-2020"].year == "2020"


def test_without_records_the_call_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(NoRecordsError, match="holds no folder records/"):
        read(tmp_path)
    (tmp_path / "records").write_text("x", encoding="utf-8")
    with pytest.raises(NoRecordsError):
        read(tmp_path)


def test_an_empty_tree_is_an_empty_dataset(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    dataset = read(tmp_path)
    assert (list(dataset.records), dataset.findings, dataset.files) == ([], (), 0)


def test_a_file_out_of_place_is_a_finding_and_no_record(tree: Laid) -> None:
    dataset = read(tree({"records/actors/2020/b.yaml": ACTOR, "records/actors/c.yml": ACTOR, "records/.hidden": "x"}))
    assert told(dataset) == [
        ("PT020", "records/actors/2020/b.yaml:1:1", "a record of kind actor lies right in records/actors/"),
        ("PT020", "records/actors/c.yml:1:1", "`c.yml` does not end in .yaml"),
    ]
    assert not {"b", "c"} & dataset.actors.keys()


def test_a_name_that_is_no_id_is_a_finding(tree: Laid) -> None:
    dataset = read(tree({"records/actors/Big Corp.yaml": ACTOR}))
    assert told(dataset) == [("PT021", "records/actors/Big Corp.yaml:1:1", "`Big Corp` is not an id")]


def test_an_id_in_two_folders_is_read_once(tree: Laid) -> None:
    source = "type: report\ntitle: x\nread: {extent: none}\n"
    dataset = read(tree({"records/sources/2019/twin.yaml": source, "records/sources/undated/twin.yaml": source}))
    message = "the source `twin` stands in records/sources/2019/twin.yaml already"
    assert told(dataset) == [("PT022", "records/sources/undated/twin.yaml:1:1", message)]
    assert dataset.sources["twin"].year == "2019"


def test_one_id_may_name_records_of_two_kinds(tree: Laid) -> None:
    dataset = read(tree({"records/technologies/acme.yaml": "name: Acme\n"}))
    assert dataset.findings == ()
    assert [each.kind for each in dataset.find("acme")] == ["actor", "technology"]


def test_what_cannot_be_read_is_known_all_the_same(tree: Laid) -> None:
    dataset = read(tree({"records/actors/b.yaml": "name: x\n", "records/actors/c.yaml": b"\xff"}))
    assert dataset.broken == {"actor/b", "actor/c"}
    assert dataset.knows("actor", "b")
    assert not dataset.knows("technology", "b")
    assert dataset.find("b") == []


REDIRECTS = """\
actor/acme-inc: {kind: merged, to: acme, reason: r, date: 2026-11-22}
actor/gone: {kind: withdrawn, reason: r, date: 2026-11-22}
action/acme-inc: {kind: merged, to: nowhere, reason: r, date: 2026-11-22}
"""


def test_a_retired_id_finds_what_took_its_place(tree: Laid) -> None:
    dataset = read(tree({"records/redirects.yaml": REDIRECTS}))
    assert dataset.findings == ()
    assert [each.subject for each in dataset.find("acme-inc")] == ["actor/acme"]
    assert dataset.find("gone") == []
    assert dataset.find("never-was") == []


def test_mistakes_among_retired_ids_are_findings_each(tree: Laid) -> None:
    text = (
        REDIRECTS + "actor/b: {kind: mergd, to: acme, reason: r, date: 2026-11-22}\nacme: x\nactor/c: [x]\nactor/d:\n"
    )
    dataset = read(tree({"records/redirects.yaml": text}))
    assert [(each.code, each.place.line, each.place.column, each.message) for each in dataset.findings] == [
        ("PT033", 4, 17, "`mergd` is no code of the vocabulary redirect-kind"),
        ("PT035", 5, 1, "`acme` is not a retired id"),
        ("PT034", 6, 10, "`actor/c` is a list, not a mapping of fields"),
        ("PT032", 7, 1, "`actor/d` has no value"),
    ]
    assert set(dataset.redirects) == {"actor/acme-inc", "actor/gone", "action/acme-inc"}


def test_every_id_that_a_record_names_is_a_reference_at_its_place() -> None:
    text = """\
title: x
kind: ban
instrument: ordinance
actor: a-actor
co_actors: [a-co]
jurisdictions: [j-in]
excluded: [j-out]
distinct_from: [c-other]
timeline: {enacted: 2020}
provisions:
  p1: {prohibits: use, by: [law-enforcement, a-by], to: a-to, technology: t-one, except_to: [p2, c-far#p1]}
links: [{extends: c-old}]
evidence: [{at: s-one#p1, supports: all, relays: s-two}]
"""
    found = record("action", "x", text)
    prefixes = {"a": "actor", "c": "action", "j": "jurisdiction", "s": "source", "t": "technology"}
    ids = [reference.id for reference in references(found)]
    assert sorted(ids) == sorted(
        ["a-actor", "a-co", "a-by", "a-to", "j-in", "j-out", "c-other", "c-far", "c-old", "s-one", "s-two", "t-one"]
    )
    lines = text.splitlines()
    for reference in references(found):
        assert reference.kinds == (prefixes[reference.id[0]],)
        place = found.place(*reference.at)
        # A value that stands alone has no entry of its own: the place is then its key.
        assert reference.id in lines[place.line - 1][place.column - 1 :]


EXTENDS = """\
title: x
kind: ban
instrument: statute
actor: a
timeline: {enacted: 2020}
links: [%s]
evidence: [{at: s, supports: all}]
"""
# Who links to whom, and by a chain link or another; links to nowhere and circles among them.
LINKS = st.dictionaries(
    st.sampled_from("abcdef"), st.dictionaries(st.sampled_from("abcdefz"), st.booleans(), max_size=3), max_size=6
)


@given(LINKS)
@CHOSEN
def test_measures_are_what_reaches_a_root_by_chain_links(links: dict[str, dict[str, bool]]) -> None:
    def written(targets: dict[str, bool]) -> str:
        return EXTENDS % ", ".join(f"{{{'amends' if chain else 'follows'}: {to}}}" for to, chain in targets.items())

    actions: dict[str, Record[Action]] = {name: record("action", name, written(to)) for name, to in links.items()}
    dataset = Dataset(Path(), actions=actions)
    steps = {name: {to for to, chain in targets.items() if chain and to in links} for name, targets in links.items()}
    roots = {name for name, to in steps.items() if not to}

    def reached(name: str) -> set[str]:
        found = {name}
        while more := {to for each in found for to in steps[each]} - found:
            found |= more
        return found

    assert set(dataset.roots) == roots
    for root in roots:
        members = {name for name in links if root in reached(name)}
        assert dataset.measures[root][0] == root
        assert len(dataset.measures[root]) == len(members)
        assert set(dataset.measures[root]) == members == dataset.reaching(root)
    pointing = {name for name, targets in links.items() if targets.get("z")}
    assert dataset.reaching("z") == {name for name in links if reached(name) & pointing}
    for name in links:
        assert set(dataset.measures_of.get(name, ())) == reached(name) & roots
    back = {(chained.action, target) for target, found in dataset.incoming.items() for chained in found}
    assert back == {(name, to) for name, targets in links.items() for to in targets}


PLACES = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefz"), max_size=3), max_size=6)


@given(PLACES)
@CHOSEN
def test_places_above_and_below_are_each_others_inverse(parents: dict[str, list[str]]) -> None:
    def written(above: list[str]) -> str:
        parent = f"parent: {above[0]}\n" if above else ""
        members = ", ".join(f"{{jurisdiction: {name}}}" for name in above[1:])
        return f"name: x\nlevel: state\n{parent}member_of: [{members}]\n"

    places: dict[str, Record[Jurisdiction]] = {
        name: record("jurisdiction", name, written(above)) for name, above in parents.items()
    }
    dataset = Dataset(Path(), jurisdictions=places)
    for name, above in parents.items():
        found = dataset.above(name)
        assert len(set(found)) == len(found)
        assert name not in found
        assert set(above) - {name} <= set(found)
        assert {to for each in found for to in parents.get(each, [])} - {name} <= set(found)
        assert list(dataset.below(name)) == sorted(each for each in parents if name in dataset.above(each))
    assert dataset.above("nowhere") == ()


@POSIX
def test_a_link_is_a_finding_and_what_it_points_to_is_not_read(tree: Laid, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("name: secret words\n", encoding="utf-8")
    root = tree({})
    (root / "records/actors/file.yaml").symlink_to(outside / "secret.yaml")
    (root / "records/actors/broken.yaml").symlink_to(outside / "nothing.yaml")
    (root / "records/sources/2019").symlink_to(outside)
    dataset = read(root)
    assert told(dataset) == [
        ("PT001", "records/actors/broken.yaml:1:1", "a link, not a file"),
        ("PT001", "records/actors/file.yaml:1:1", "a link, not a file"),
        ("PT001", "records/sources/2019:1:1", "a link, not a file"),
    ]


@POSIX
def test_a_tree_that_is_a_link_is_not_read(tree: Laid, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/records").symlink_to(tree({}) / "records")
    dataset = read(tmp_path / "elsewhere")
    assert told(dataset) == [("PT001", "records:1:1", "a link, not a file")]
    assert list(dataset.records) == []


@POSIX
def test_a_pipe_is_a_finding_and_nobody_waits_for_it(tree: Laid) -> None:
    root = tree({})
    os.mkfifo(root / "records/actors/pipe.yaml")
    found: list[Dataset] = []
    # Beside the test, so that a reader that waits for a writer fails it and does not hold it for ever.
    reader = threading.Thread(target=lambda: found.append(read(root)), daemon=True)
    reader.start()
    reader.join(timeout=20)
    message = "the file cannot be read: not an ordinary file"
    assert [told(dataset) for dataset in found] == [[("PT001", "records/actors/pipe.yaml:1:1", message)]]


@POSIX
@ORDINARY
def test_what_may_not_be_read_is_a_finding(tree: Laid) -> None:
    root = tree({"records/actors/shut.yaml": ACTOR, "records/sources/2019/x.yaml": "type: report\n"})
    (root / "records/actors/shut.yaml").chmod(0)
    (root / "records/sources/2019").chmod(0)
    try:
        assert told(read(root)) == [
            ("PT001", "records/actors/shut.yaml:1:1", "the file cannot be read: Permission denied"),
            ("PT001", "records/sources/2019:1:1", "the folder cannot be read: Permission denied"),
        ]
    finally:
        (root / "records/sources/2019").chmod(0o700)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name be any bytes")
def test_a_name_that_is_not_utf8_is_a_finding(tree: Laid) -> None:
    root = tree({})
    folder = os.fsencode(root / "records/actors")
    Path(os.fsdecode(folder + b"/caf\xe9.yaml")).write_text(ACTOR, encoding="utf-8")
    Path(os.fsdecode(folder + b"/\xff")).mkdir()
    dataset = read(root)
    assert told(dataset) == [
        ("PT001", "records/actors/?:1:1", "the name is not UTF-8"),
        ("PT001", "records/actors/caf?.yaml:1:1", "the name is not UTF-8"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no path can be that long")
def test_folders_nested_without_end_are_read_to_the_bottom(tmp_path: Path) -> None:
    depth = 2 * (sys.getrecursionlimit() // 2) + 200
    paths = [tmp_path / "records" / "/".join("d" * number) for number in range(depth)]
    for path in paths:
        path.mkdir()
    try:
        (paths[-1] / "x.yaml").write_text(ACTOR, encoding="utf-8")
        found = read(tmp_path)
        assert [each.code for each in found.findings] == ["PT020"]
    finally:
        # The tools that clear a folder call themselves for each one below.
        (paths[-1] / "x.yaml").unlink()
        for path in reversed(paths):
            path.rmdir()
