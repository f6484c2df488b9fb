"""Every kind of finding has a page, and the examples of the page are true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from policytrack.dataset import read
from policytrack.findings import CATALOGUE, Example, Finding, Severity
from policytrack.rules import RULES, check

Tree = Callable[[Mapping[str, str | bytes]], Path]

# Notices ask for the time: a day that the base tree, which tells of June 2020, was confirmed less than two years ago.
TODAY = date(2021, 6, 1)
# The base tree was read later than that.
DAYS = {"PT909": date(2026, 11, 22)}

# What no text of one file can show: each has a test of its own.
WITHOUT_EXAMPLES = {
    "PT001",  # a link or an unreadable file
    "PT005",  # a file of a quarter of a megabyte
    # faults of a package and of a release, not of records
    *(f"PT{number:03}" for number in range(40, 59)),
    "PT039",  # a filled form, which is no file of the tree
    "PT510",  # needs copies of the articles, which are not here
}


def checked(tree: Tree, examples: list[Example], today: date = TODAY) -> list[Finding]:
    return check(read(tree({example.path: example.content for example in examples})), today)


def test_the_base_tree_is_clean(tree: Tree) -> None:
    assert [each for each in checked(tree, []) if each.severity is not Severity.NOTICE] == []


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_page_has_a_summary_a_reason_and_examples(code: str) -> None:
    page = CATALOGUE[code]
    assert page.summary.endswith(".")
    assert page.page.splitlines()[1] == ""
    assert page.page.splitlines()[2].strip()
    assert all(page.examples.values()) or code in WITHOUT_EXAMPLES


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - WITHOUT_EXAMPLES))
def test_a_bad_example_gives_this_finding_at_the_marked_lines_and_nothing_else(code: str, tree: Tree) -> None:
    examples = CATALOGUE[code].examples["Bad"]
    marked = sorted((example.path, line) for example in examples for line in example.marked)
    told = checked(tree, examples, DAYS.get(code, TODAY))
    found = [each for each in told if each.code == code or each.severity is not Severity.NOTICE]
    assert marked
    assert sorted((each.place.path, each.place.line) for each in found if each.code == code) == marked
    assert [each for each in found if each.code != code] == []


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - WITHOUT_EXAMPLES))
def test_a_good_example_is_clean(code: str, tree: Tree) -> None:
    examples = CATALOGUE[code].examples["Good"]
    found = checked(tree, examples, DAYS.get(code, TODAY))
    assert [each for each in found if each.code == code or each.severity is not Severity.NOTICE] == []


def test_each_rule_has_the_severity_and_the_name_of_its_page() -> None:
    for code, rule in RULES.items():
        assert rule.check is CATALOGUE[code]
        assert rule.check.name == rule.function.__name__.replace("_", "-")
