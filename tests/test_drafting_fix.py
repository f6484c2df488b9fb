"""`check --fix`: what is safe is mended and shown, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policytrack import api
from policytrack.cli import app
from policytrack.dataset import read
from policytrack.drafting import fix, fixing
from policytrack.findings import CATALOGUE, Example, Severity
from policytrack.rules import check

Tree = Callable[[Mapping[str, str | bytes]], Path]

TODAY = date(2021, 6, 1)
run = CliRunner()

SOURCE = """\
# yaml-language-server: $schema=../../../schemas/source.schema.json
type: news-article
title: "Acme stops selling "
credit: own-byline
url: https://paper-four.example/acme?utm_source=mail&id=7&fbclid=x#top  # seen
published: 2020-06-12
language: en
read: {on: 2026-11-22, extent: full}
"""


def laid(examples: list[Example]) -> dict[str, str | bytes]:
    return {example.path: example.content.replace(b"  # <-", b"").replace(b"# <-", b"") for example in examples}


@pytest.mark.parametrize("code", sorted(fixing.FIXABLE))
def test_the_bad_example_of_every_fix_is_mended(code: str, tree: Tree) -> None:
    root = tree(laid(CATALOGUE[code].examples["Bad"]))
    before = [each for each in check(read(root), TODAY) if each.code == code]
    assert before
    repairs = api.fix(read(root), TODAY)
    assert repairs
    assert all(repair.done and repair.told() for repair in repairs)
    found = check(read(root), TODAY)
    assert [each for each in found if each.code == code or each.severity is not Severity.NOTICE] == []
    assert api.fix(read(root), TODAY) == []


UNSAFE = sorted(set(CATALOGUE) - fixing.FIXABLE)


@pytest.mark.parametrize("code", UNSAFE)
def test_no_other_finding_is_mended(code: str, tree: Tree) -> None:
    examples = CATALOGUE[code].examples["Bad"]
    root = tree(laid(examples))
    found = [each for each in check(read(root), TODAY) if each.code not in {"PT706", "PT906"}]
    assert fix(read(root), found) == []


def test_several_mistakes_of_one_file_are_mended_together_and_comments_stay(tree: Tree) -> None:
    path = "records/sources/2021/paper-four-2020.yaml"
    root = tree({path: SOURCE})
    result = run.invoke(app, ["--root", str(root), "check", "--fix"])
    moved = "records/sources/2020/paper-four-2020.yaml"
    assert not (root / path).exists()
    assert (root / moved).read_text() == SOURCE.replace('"Acme stops selling "', "Acme stops selling").replace(
        "?utm_source=mail&id=7&fbclid=x#top", "?id=7#top"
    )
    assert f"{path}: moved to {moved}" in result.output
    assert f"{path}: took the tracking parameters out of the address" in result.output
    assert "+title: Acme stops selling\n" in result.output
    assert result.exit_code == 0
    assert "15 files checked" in result.output


def test_a_file_is_never_moved_over_another(tree: Tree) -> None:
    path = "records/sources/2021/paper-four-2020.yaml"
    root = tree({path: SOURCE, "records/sources/2020/paper-four-2020.yaml": "type: [\n"})
    run.invoke(app, ["--root", str(root), "check", "--fix"])
    assert (root / path).exists()
    assert (root / "records/sources/2020/paper-four-2020.yaml").read_text() == "type: [\n"


def test_only_the_files_that_are_named_are_mended(tree: Tree) -> None:
    one, two = "records/sources/2020/paper-four-2020.yaml", "records/sources/2020/paper-five-2020.yaml"
    other = SOURCE.replace("paper-four", "paper-five")
    root = tree({one: SOURCE, two: other})
    run.invoke(app, ["--root", str(root), "check", "--fix", str(root / one)])
    assert (root / one).read_text() != SOURCE
    assert (root / two).read_text() == other


def test_a_list_keeps_its_first_of_each_and_a_note_beside_it(tree: Tree) -> None:
    path = "records/actors/two.yaml"
    root = tree({path: "name: Two\ntype: company\naliases:\n  - A  # first\n  - B\n  - A\n"})
    api.fix(read(root), TODAY)
    assert (root / path).read_text().endswith("type: company\naliases:\n  - A  # first\n  - B\n")
