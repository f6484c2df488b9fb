"""Carve-outs: an exception takes something out of a rule, and leaves something of it."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Conduct, Effect, Subject
from policytrack.dataset import Dataset
from policytrack.findings import Severity
from policytrack.models import Action, Provision
from policytrack.parsing import Record
from policytrack.rules.registry import Case, Fault, fault, rule

# An exception to a bar on installing may speak of using, but no exception to a duty to pay speaks of collecting.
_FAMILIES = (
    frozenset({Conduct.DEVELOP, Conduct.SELL, Conduct.PROCURE, Conduct.DEPLOY, Conduct.USE}),
    frozenset({Conduct.COLLECT, Conduct.RETAIN, Conduct.SHARE, Conduct.DISCLOSE, Conduct.DELETE}),
    frozenset({Conduct.PAY}),
)
_ALLOWING = frozenset({Effect.PERMITS, Effect.RESTRICTS})
_LIMITING = frozenset({Effect.PROHIBITS, Effect.RESTRICTS, Effect.REQUIRES})


@rule("PT407", Severity.ERROR)
def exception_that_excepts_nothing(case: Case) -> Iterator[Fault]:
    """A provision is an exception to one from which it takes nothing out.

    An exception allows what another provision bars, limits or demands. It cannot except from itself or from what
    allows already, a bar or a practice is no exception, and the two must be about conduct of one sort: the system, the
    data, or payment. What stays allowed as a source says it does may stand, whoever it is about.

    Bad: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for a year
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {permits: use, by: [schools], technology: acme-match}
          p2: {prohibits: use, by: [law-enforcement], technology: acme-match}
          p3: {permits: use, by: [commercial], technology: acme-match, except_to: p1}  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for a year
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {permits: use, by: [schools], technology: acme-match}
          p2: {prohibits: use, by: [law-enforcement], technology: acme-match}
          p3: {permits: use, by: [commercial], technology: acme-match, except_to: p2}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record, at, own, exception, rule_of in _exceptions(case.dataset):
        reason = _empty(own, rule_of)
        if reason:
            message = f"{at[1]} excepts nothing from {exception}: {reason}"
            yield fault(record, at, message, "name the provision that bars it, or remove `except_to`")


def _empty(own: Provision, target: Provision) -> str:
    """Say why ``own`` takes nothing out of ``target``, or return nothing."""
    if own is target:
        return "it is the same provision"
    if own.effect not in _ALLOWING:
        return f"it {own.effect}, and allows nothing"
    if target.effect not in _LIMITING:
        return f"that one {target.effect} already"
    shared = [family for family in _FAMILIES if family & set(own.conduct) and family & set(target.conduct)]
    if not shared and target.effect is not Effect.REQUIRES:
        return f"it is about {', '.join(own.conduct)}, that one about {', '.join(target.conduct)}"
    return ""


@rule("PT408", Severity.ERROR)
def exception_that_excepts_everything(case: Case) -> Iterator[Fault]:
    """An exception leaves nothing of the rule from which it is taken.

    It allows the same conduct to the same people with the same technology, for any purpose and without a condition, so
    that the rule bars nobody. Write whom or what the exception is limited to; if the rule is gone altogether, the
    action does not have it.

    Bad: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for a year
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
          p2: {permits: use, by: [government], except_to: p1}  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for a year
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
          p2: {permits: use, by: [government], purposes: [missing-children], except_to: p1}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record, at, own, exception, target in _exceptions(case.dataset):
        # An exception in another action may apply in other places, or from a later day: nobody can tell.
        if "#" not in exception and not _empty(own, target) and _swallows(case.dataset, record.model, own, target):
            message = f"{at[1]} allows all that {exception} bars"
            yield fault(record, at, message, "write the purposes, the conditions or the people it is limited to")


def _exceptions(
    dataset: Dataset,
) -> Iterator[tuple[Record[Action], tuple[str | int, ...], Provision, str, Provision]]:
    """Yield each exception: record, place in the file, provision, what it names, and the provision that it names."""
    for record in dataset.actions.values():
        for key, own in record.model.provisions.items():
            for position, exception in enumerate(own.except_to):
                name, _, wanted = exception.rpartition("#")
                action = dataset.actions.get(name or record.id)
                target = action.model.provisions.get(wanted) if action else None
                if target is not None:
                    yield record, ("provisions", key, "except_to", position), own, exception, target


def _swallows(dataset: Dataset, action: Action, own: Provision, target: Provision) -> bool:
    """Whether ``own`` allows, without any limit, everything that ``target`` of the same action bars."""
    if own.effect is not Effect.PERMITS or own.conditions or own.starts or own.ends:
        return False
    issuers = dataset.issuers(action)
    return (
        set(target.conduct) <= set(own.conduct)
        and _includes(dataset, own.by or issuers, target.by or issuers)
        and (not own.to or (bool(target.to) and _includes(dataset, own.to, target.to)))
        and _within(target.technology, own.technology)
        and _within(target.purposes, own.purposes)
    )


def _within(narrow: tuple[str, ...], wide: tuple[str, ...]) -> bool:
    """Whether all that ``narrow`` names is named by ``wide``; an empty list names everything."""
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _includes(dataset: Dataset, wide: tuple[str, ...], narrow: tuple[str, ...]) -> bool:
    """Whether each of ``narrow`` belongs to one of ``wide``, by itself or by its class."""
    return all(set(wide) & {name, Subject.ANY.value, *_classes(dataset, name)} for name in narrow)


def _classes(dataset: Dataset, name: str) -> set[str]:
    """Return the classes to which a class or an actor always belongs."""
    actor = dataset.actors.get(name)
    subject = actor.model.type.subject if actor else Subject(name) if name in set(Subject) else None
    return {subject.value, *subject.broader} if subject else set()
