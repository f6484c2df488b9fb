"""The fold against the hard stories, and the parts of it that no story reaches."""

from datetime import date

import pytest

from policytrack.dataset import Dataset
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
