"""What was in force on a day, as known on a day: the fold of dated actions, their ends and what works on them."""

from policytrack.force.fold import Answer, Fold
from policytrack.force.knowledge import Knowledge
from policytrack.force.nature import bindingness, direction
from policytrack.force.query import Question, Row, ask
from policytrack.force.spells import Spell, Turn, course, spells, spells_of

__all__ = [
    "Answer",
    "Fold",
    "Knowledge",
    "Question",
    "Row",
    "Spell",
    "Turn",
    "ask",
    "bindingness",
    "course",
    "direction",
    "spells",
    "spells_of",
]
