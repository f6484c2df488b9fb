"""One mistake gives one finding, however many places of a record it shows at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from policytrack.dataset import read
from policytrack.findings import Severity
from policytrack.rules import check
from policytrack.spelling import closest

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


@pytest.mark.parametrize("folder", ["sources/2020", "sources/undated", "actors", "jurisdictions"])
def test_a_record_in_the_folder_of_another_kind_gives_one_finding_and_none_for_who_names_it(
    tree: Tree, folder: str
) -> None:
    path = f"records/{folder}/acme-exit-2019.yaml"
    root = tree({PAUSE: GOOD, path: EXIT})
    faults = [each for each in check(read(root), date(2021, 6, 1)) if each.severity is not Severity.NOTICE]
    assert [(each.code, each.place.path, each.help) for each in faults] == [
        ("PT020", path, "move it to records/actions/2019/acme-exit-2019.yaml")
    ]
    assert faults[0].message.startswith("this reads like an action, and lies in the folder of a")


@pytest.mark.parametrize(
    ("path", "text", "belongs"),
    [
        (
            "technologies/xx-city",
            "name: C\nlevel: municipality\nparent: xx\niso_3166: XX-C\n",
            "jurisdictions/xx-city.yaml",
        ),
        ("jurisdictions/firm", "name: F\ntype: company\njurisdiction: xx\n", "actors/firm.yaml"),
        ("actors/match", "name: M\nvendor: acme\ndescription: Compares faces.\n", "technologies/match.yaml"),
        ("actions/2020/news", "type: report\ntitle: T\nread: {extent: nowhere}\n", "sources/2020/news.yaml"),
        ("actors/news", "type: report\ntitle: T\nurl: x\nread: {extent: nowhere}\n", "sources/<year>/news.yaml"),
    ],
)
def test_a_record_of_each_kind_is_known_in_a_foreign_folder(path: str, text: str, belongs: str, tree: Tree) -> None:
    (finding,) = read(tree({f"records/{path}.yaml": text})).findings
    assert (finding.code, finding.help) == ("PT020", f"move it to records/{belongs}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("actors/firm", "name: F\n"),
        ("actors/firm", "aliases: [F]\n"),
        ("actors/firm", "name: F\ntype: company\nvendor: acme\n"),
        ("actors/firm", "nme: F\ntpe: company\n"),
        ("technologies/match", "title: M\nvendor: acme\n"),
        ("jurisdictions/xx-city", "{}\n"),
    ],
)
def test_a_record_with_slips_stays_what_its_folder_says(path: str, text: str, tree: Tree) -> None:
    assert "PT020" not in {finding.code for finding in read(tree({f"records/{path}.yaml": text})).findings}


def test_support_under_the_name_of_another_event_is_told_of_once(tree: Tree) -> None:
    root = tree({**TREE, PAUSE: GOOD.replace("[what, announced, ends", "[what, effective, ends")})
    faults = [each for each in check(read(root), date(2021, 6, 1)) if each.severity is not Severity.NOTICE]
    assert [(each.code, each.place.line, each.help) for each in faults] == [("PT502", 12, "did you mean `announced`?")]


@pytest.mark.parametrize(
    ("title", "says", "advice"),
    [
        (
            ">\n  Acme Corporation\n",
            "`name` ends with a line end",
            "write it on one line, or begin the block text with `>-`",
        ),
        ('"Acme\\tCorporation"\n', "`name` holds a tab", "write a space instead"),
        ("' Acme'\n", "`name` begins or ends with a space", "write it on one line, without spaces around it"),
    ],
)
def test_what_is_ragged_about_a_title_is_said(title: str, says: str, advice: str, tree: Tree) -> None:
    root = tree({"records/actors/acme.yaml": f"name: {title}type: company\n"})
    faults = [each for each in check(read(root), date(2021, 6, 1)) if each.severity is not Severity.NOTICE]
    assert [(each.code, each.message, each.help) for each in faults] == [("PT705", says, advice)]


def test_a_word_of_a_definition_finds_its_code(tree: Tree) -> None:
    root = tree({"records/jurisdictions/xx-city.yaml": "name: C\nlevel: city\nparent: xx\n"})
    (finding,) = read(root).findings
    assert finding.help.startswith("did you mean `municipality`? ")


@pytest.mark.parametrize(("word", "options"), [("nope", ["openai", "nz-opc"]), ("city", ["county", "district", "x"])])
def test_a_word_is_near_to_nothing_that_only_shares_letters(word: str, options: list[str]) -> None:
    assert closest(word, options) == []


def test_codes_that_are_equally_near_are_both_named(tree: Tree) -> None:
    root = tree({PAUSE: GOOD.replace("instrument: corporate-policy", "instrument: Company policy")})
    (finding,) = (each for each in read(root).findings)
    told = "`policytrack codes instrument` lists them all"
    assert finding.help == f"did you mean `agency-policy` or `corporate-policy`? {told}"


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
