"""Replacement: what links and carve-outs name inside another action is there, and is theirs to name."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Relation
from policytrack.findings import Severity
from policytrack.models import Action
from policytrack.rules.chain import at_target, links
from policytrack.rules.registry import Case, Fault, fault, rule
from policytrack.spelling import advise

_REPLACING = (Relation.AMENDS, Relation.REPEALS, Relation.SUPERSEDES)


@rule("PT308", Severity.ERROR)
def replaces_an_unknown_provision(case: Case) -> Iterator[Fault]:
    """A link replaces a provision that its target does not have.

    `replaces` names provisions of the target by their keys. A key that is not there would leave in force what the
    action put out.

    Bad: records/actions/2020/acme-new-pause-2020.yaml
        title: Acme pauses sales to all public bodies
        kind: amendment
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [government], technology: acme-match}
        links:
          - {amends: acme-pause-2020, replaces: [p2]}  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-new-pause-2020.yaml
        title: Acme pauses sales to all public bodies
        kind: amendment
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [government], technology: acme-match}
        links:
          - {amends: acme-pause-2020, replaces: [p1]}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record, number, link, target in links(case):
        if target is None or link.relation not in _REPLACING:
            continue
        for position, key in enumerate(link.replaces or ()):
            if key not in target.model.provisions:
                message = f"`{link.target}` has no provision {key}"
                yield fault(record, ("links", number, "replaces", position), message, _keys(key, target.model))


def _keys(key: str, action: Action) -> str:
    return advise(key, action.provisions) if action.provisions else "it has no provisions at all"


@rule("PT309", Severity.ERROR)
def replaces_on_another_relation(case: Case) -> Iterator[Fault]:
    """A link that replaces nothing names provisions that it replaces.

    `replaces` belongs to amends, repeals and supersedes. Other relations concern the target as a whole: an extension
    moves its end, a ruling annuls it. Remove `replaces`, or choose the relation that says what was done.

    Bad: records/actions/2020/acme-longer-pause-2020.yaml
        title: Acme prolongs its pause
        kind: extension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        links:
          - {extends: acme-pause-2020, replaces: [p1]}  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-longer-pause-2020.yaml
        title: Acme prolongs its pause
        kind: extension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        links:
          - extends: acme-pause-2020
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record, number, link, _ in links(case):
        if link.replaces is not None and link.relation not in _REPLACING:
            message = f"`replaces` on `{link.relation}`, which replaces no provisions"
            advice = f"remove it, or use {', '.join(_REPLACING)}"
            yield fault(record, ("links", number, "replaces"), message, advice, key=True)


@rule("PT310", Severity.ERROR)
def exception_to_an_unknown_provision(case: Case) -> Iterator[Fault]:
    """A provision is an exception to one that does not exist.

    `except_to` names a provision of this action by its key, or one of another as `ACTION#p1`. An exception to nothing
    hides what the rule is.

    Bad: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for a year
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
          p2:
            permits: use
            by: [law-enforcement]
            technology: acme-match
            purposes: [missing-children]
            except_to: p3  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-moratorium-2020.yaml
        title: Acme forbids police to use Acme Match for a year
        kind: moratorium
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: P1Y}
        provisions:
          p1: {prohibits: use, by: [law-enforcement], technology: acme-match}
          p2:
            permits: use
            by: [law-enforcement]
            technology: acme-match
            purposes: [missing-children]
            except_to: p1
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for key, provision in record.model.provisions.items():
            for position, exception in enumerate(provision.except_to):
                name, _, wanted = exception.rpartition("#")
                target = case.dataset.actions.get(name or record.id)
                if target is not None and wanted not in target.model.provisions:
                    whose = f"`{name}`" if name else "this action"
                    at = ("provisions", key, "except_to", position)
                    yield fault(record, at, f"{whose} has no provision {wanted}", _keys(wanted, target.model))


@rule("PT311", Severity.ERROR)
def fulfils_what_does_not_wait(case: Case) -> Iterator[Fault]:
    """An action fulfils another that waits for no event.

    `fulfils` says: this is the event for which the end of the target waits. The target's `ends` must then name an
    event. If the actions only follow each other, the relation is `follows`.

    Bad: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-06-11, effective: 2020-07-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        links:
          - fulfils: acme-pause-2020  # <-
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/acme-other-pause-2020.yaml
        title: Acme pauses sales to schools until there is a law
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-01-10, ends: event xx-law}
        provisions:
          p1: {prohibits: sell, to: [schools], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    Good: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-06-11, effective: 2020-07-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        links:
          - fulfils: acme-other-pause-2020
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record, number, link, target in links(case):
        if link.relation is Relation.FULFILS and target is not None and not _awaited(target.model):
            message = f"`{link.target}` waits for no event"
            yield fault(record, at_target(number, link), message, "write `ends: event SLUG` there, or `follows` here")


def _awaited(action: Action) -> bool:
    ends = (action.timeline.ends, *(provision.ends for provision in action.provisions.values()))
    return any(end.events for end in ends if end)
