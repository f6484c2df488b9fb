"""What changed between two states of the data, record by record and in words."""

from __future__ import annotations

from policytrack.difference.comparison import Altered, Change, Difference, State, compare
from policytrack.difference.content import Side, of_dataset
from policytrack.difference.packages import of_package
from policytrack.difference.sides import RELEASE, WORKTREE, DifferenceError, diff
from policytrack.difference.wording import as_markdown, as_stat, as_text

__all__ = [
    "RELEASE",
    "WORKTREE",
    "Altered",
    "Change",
    "Difference",
    "DifferenceError",
    "Side",
    "State",
    "as_markdown",
    "as_stat",
    "as_text",
    "compare",
    "diff",
    "of_dataset",
    "of_package",
]
