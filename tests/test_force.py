"""The fold against the hard stories, and the parts of it that no story reaches."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from policytrack.dataset import Dataset, read
from policytrack.force import Fold
from stories import answers, stories

STORIES = stories()


@pytest.fixture(scope="module")
def all_stories() -> Dataset:
    return STORIES


def test_the_stories_have_forty_seven_answers() -> None:
    assert len(answers()) == 47


@pytest.mark.parametrize("row", answers(), ids=" ".join)
def test_story(row: list[str]) -> None:
    action, provision, day, known, state = row
    fold = Fold.of(STORIES, None if known == "-" else date.fromisoformat(known))
    assert fold.provision(action, provision, date.fromisoformat(day)).state == state


LATER = """\
title: Other Corp asks Acme to stop
kind: sales-suspension
instrument: corporate-policy
actor: other-corp
timeline: {{announced: ..2020-08-01, ends: further-notice}}
provisions:
  p1: {{prohibits: sell, technology: acme-match}}
links:
  - {relation}: acme-pause-2020
evidence: [{{at: paper-one-2020#p1, supports: all}}]
"""


@pytest.mark.parametrize(
    ("relation", "before"),
    [("follows", "not_in_force"), ("amends", "not_in_force"), ("companion", "possibly_in_force")],
)
def test_what_refers_to_another_came_after_it(
    tree: Callable[[Mapping[str, str | bytes]], Path], relation: str, before: str
) -> None:
    text = LATER.format(relation=relation)
    fold = Fold.of(read(tree({"records/actions/2020/other-corp-stop-2020.yaml": text})))
    days = (date(2020, 6, 9), date(2020, 6, 10), date(2020, 8, 1))
    states = [fold.provision("other-corp-stop-2020", "p1", day).state.value for day in days]
    assert states == [before, "possibly_in_force", "presumed_in_force"]
