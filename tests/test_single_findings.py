"""One mistake gives one finding, however many places of a record it shows at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from policytrack.dataset import read
from policytrack.findings import Severity
from policytrack.rules import check

PAUSE = "records/actions/2020/acme-pause-2020.yaml"
Tree = Callable[[Mapping[str, str | bytes]], Path]

GOOD = """\
title: Acme forbids police to use Acme Match for a year
kind: moratorium
instrument: corporate-policy
actor: acme
timeline: {announced: 2020-06-10, ends: P1Y}
provisions:
  p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
  p2: {permits: use, by: [xx-police], technology: acme-match, except_to: p1}
links:
  - follows: acme-exit-2019
evidence:
  - {at: acme-release-2020#p1, supports: [what, announced, ends, p1, p2, follows]}
  - {at: paper-one-2020#p1, supports: [what, announced, ends, p1, p2, follows]}
  - {at: paper-two-2020#p1, supports: [announced], reading: contradicts}
  - {at: paper-two-2020#p1, supports: [what, p1]}
conflicts:
  - {field: announced, values: [10 June, 11 June], chosen: 10 June, reason: the release is dated}
"""
EXIT = """\
title: Acme leaves the market
kind: market-exit
instrument: corporate-policy
actor: acme
timeline: {announced: 2019}
provisions:
  p1: {prohibits: sell, technology: acme-match}
evidence: [{at: paper-two-2020#p1, supports: all}]
"""
TREE = {PAUSE: GOOD, "records/actions/2019/acme-exit-2019.yaml": EXIT}


def found(tree: Tree, files: Mapping[str, str | bytes], removed: str = "") -> list[tuple[str, str, int]]:
    root = tree({**TREE, **files})
    if removed:
        (root / removed).unlink()
    faults = check(read(root), date(2021, 6, 1))
    return [(each.code, each.place.path, each.place.line) for each in faults if each.severity is not Severity.NOTICE]


def test_the_good_record_is_good(tree: Tree) -> None:
    assert found(tree, {}) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (", ends: P1Y", "", "PT502", 12),
        ("announced: 2020-06-10, ", "effective: 2020-06-10 computed, ", "PT502", 12),
        ("ends: P1Y", "endz: P1Y", "PT033", 5),
        ("links:\n  - follows: acme-exit-2019\n", "", "PT502", 10),
        ("  - follows: acme-exit-2019\n", "  - follows: acme-exit-2019\n  - follows: acme-exit-2019\n", "PT109", 11),
        ("field: announced", "field: anounced", "PT511", 17),
        ("field: announced", "field: something_else", "PT511", 17),
        ("technology: acme-match", "technology: acme-mtch", "PT104", 7),
        ("actor: acme\n", "actor: acmee\n", "PT104", 4),
    ],
)
def test_one_mistake_gives_one_finding(old: str, new: str, code: str, line: int, tree: Tree) -> None:
    assert old in GOOD
    assert found(tree, {PAUSE: GOOD.replace(old, new)}) == [(code, PAUSE, line)]


def test_provisions_that_are_all_missing_are_told_of_once(tree: Tree) -> None:
    lines = [line for line in GOOD.splitlines(keepends=True) if not line.startswith(("provisions:", "  p"))]
    assert found(tree, {PAUSE: "".join(lines)}) == [("PT401", PAUSE, 2)]


def test_a_conflict_over_what_is_missing_is_told_of_with_its_support(tree: Tree) -> None:
    text = GOOD.replace(", ends: P1Y", "").replace("field: announced", "field: ends")
    text = text.replace("[announced], reading", "[ends], reading")
    assert found(tree, {PAUSE: text}) == [("PT502", PAUSE, 12)]


def test_a_deleted_record_gives_one_finding_for_each_record_that_names_it(tree: Tree) -> None:
    gone = found(tree, {}, "records/technologies/acme-match.yaml")
    assert [(code, path) for code, path, _ in gone] == [
        ("PT104", "records/actions/2019/acme-exit-2019.yaml"),
        ("PT104", PAUSE),
    ]
    lost = found(tree, {}, "records/sources/2020/paper-two-2020.yaml")
    assert [(code, path) for code, path, _ in lost] == [
        ("PT104", "records/actions/2019/acme-exit-2019.yaml"),
        ("PT104", PAUSE),
    ]


@pytest.mark.parametrize("name", ["actors/Acme.yaml", "actors/acme.yml", "actors/2020/acme.yaml", "actors/acme .yaml"])
def test_a_file_with_a_wrong_name_gives_one_finding_and_none_for_who_names_it(tree: Tree, name: str) -> None:
    text = (Path(__file__).parent / "tree/records/actors/acme.yaml").read_text()
    told = found(tree, {f"records/{name}": text}, "records/actors/acme.yaml")
    assert [(code, path) for code, path, _ in told if code != "PT706"] in (
        [("PT020", f"records/{name}")],
        [("PT021", f"records/{name}")],
    )


def test_codes_that_are_equally_near_are_both_named(tree: Tree) -> None:
    root = tree({PAUSE: GOOD.replace("instrument: corporate-policy", "instrument: Company policy")})
    (finding,) = (each for each in read(root).findings)
    assert finding.help == "did you mean `agency-policy` or `corporate-policy`?"


def test_a_deleted_passage_gives_one_finding_for_each_record_that_cites_it(tree: Tree) -> None:
    path = "records/sources/2020/paper-two-2020.yaml"
    text = (Path(__file__).parent / "tree" / path).read_text()
    head, _, rest = text.partition("  p1:\n")
    assert rest
    faults = found(tree, {path: f"{head}  p9:\n{rest}"})
    assert [(code, path) for code, path, _ in faults] == [
        ("PT503", "records/actions/2019/acme-exit-2019.yaml"),
        ("PT503", PAUSE),
    ]
