"""What an action is by what it says: its direction and how far it binds; both follow from codes, never from a label."""

from __future__ import annotations

from policytrack.codes import Bindingness, Conduct, Direction, Effect, Relation
from policytrack.dataset import Dataset
from policytrack.models import Action, Provision

_OPPOSITE = {Direction.RESTRICTIVE: Direction.PERMISSIVE, Direction.PERMISSIVE: Direction.RESTRICTIVE}
_UNDOES = {Relation.REPEALS, Relation.SUSPENDS, Relation.ANNULS}
_CARRIES_ON = {Relation.EXTENDS, Relation.REINSTATES, Relation.UPHOLDS}


def bindingness(action: Action) -> Bindingness:
    """Return how far an action of this form binds."""
    return action.instrument.bindingness


def direction(dataset: Dataset, action_id: str) -> Direction:
    """Return which way an action moves the spread of the technology.

    Its own provisions decide, exceptions to them apart; an action without any takes the direction of what it carries
    on, or the opposite of what it undoes.
    """
    return _direction(dataset, action_id, frozenset())


def _direction(dataset: Dataset, action_id: str, seen: frozenset[str]) -> Direction:
    record = dataset.actions.get(action_id)
    if record is None or action_id in seen:
        return Direction.NEUTRAL
    action = record.model
    found = {_points(provision) for provision in action.provisions.values() if not _own_exception(provision)}
    if not found:
        for link in action.links:
            below = _direction(dataset, link.target, seen | {action_id})
            if link.relation in _CARRIES_ON:
                found.add(below)
            elif link.relation in _UNDOES:
                found.add(_OPPOSITE.get(below, Direction.NEUTRAL))
    found.discard(Direction.NEUTRAL)
    if not found:
        return Direction.NEUTRAL
    return found.pop() if len(found) == 1 else Direction.MIXED


def _own_exception(provision: Provision) -> bool:
    """Whether a provision only carves out of another one of the same action."""
    return bool(provision.except_to) and not any("#" in target for target in provision.except_to)


def _points(provision: Provision) -> Direction:
    if provision.effect is Effect.REQUIRES:
        duties = {conduct.duty for conduct in provision.conduct}
        return duties.pop() if len(duties) == 1 else Direction.MIXED
    if provision.effect is Effect.PROHIBITS and set(provision.conduct) <= {Conduct.DELETE}:
        return Direction.PERMISSIVE
    return provision.effect.direction
