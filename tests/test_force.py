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


def test_what_is_earlier_by_its_own_dates_or_unknown_bounds_nothing(
    tree: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    early = LATER.format(relation="follows").replace("..2020-08-01", "..2020-03-01")
    law = early.replace("acme-pause-2020", "xx-law-2021")
    target = """\
title: A law on faces
kind: ban
instrument: statute
actor: xx-parliament
jurisdictions: [xx]
timeline: {effective: 2021-07-01}
provisions:
  p1: {prohibits: use, by: [government]}
evidence: [{at: paper-one-2020#p1, supports: all}]
"""
    fold = Fold.of(
        read(
            tree(
                {
                    "records/actions/2020/other-corp-early-2020.yaml": early,
                    "records/actions/2020/other-corp-law-2020.yaml": law.replace("..2020-03-01", "..2021-08-01"),
                    "records/actions/2021/xx-law-2021.yaml": target,
                }
            )
        )
    )
    for name in ("other-corp-early-2020", "other-corp-law-2020"):
        assert fold.provision(name, "p1", date(2019, 1, 1)).state == "possibly_in_force"
