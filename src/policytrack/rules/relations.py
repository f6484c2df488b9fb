"""Relations: a kind of action does what it is called after, and nothing that it cannot do."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Form, Kind, Relation
from policytrack.findings import Severity
from policytrack.models import Action, Link
from policytrack.rules.certainty import OPERATORS
from policytrack.rules.chain import at_target, links
from policytrack.rules.registry import Case, Fault, fault, rule

# Only a body with power of review does this to the act of another.
_REVIEWS = frozenset({Relation.ANNULS, Relation.UPHOLDS, Relation.REMITS})


@rule("PT304", Severity.ERROR)
def kind_without_its_link(case: Case) -> Iterator[Fault]:
    """An action of a kind that changes another action names none.

    An extension extends something, an amendment amends, a repeal repeals, a reinstatement reinstates. Without the link
    it stands alone and changes nothing. Link the action it changes, or choose the kind that fits.

    Bad: records/actions/2020/acme-longer-pause-2020.yaml
        title: Acme prolongs its pause
        kind: extension  # <-
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
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
    for record in case.dataset.actions.values():
        needed = record.model.kind.relation
        if needed is not None and all(link.relation is not needed for link in record.model.links):
            message = f"kind {record.model.kind} without a link `{needed}`"
            yield fault(record, ("kind",), message, f"add `- {needed}: ID` to links, or choose another kind")


@rule("PT305", Severity.ERROR)
def link_that_the_kind_cannot_hold(case: Case) -> Iterator[Fault]:
    """A link says that an action does what its kind or its form cannot do.

    Three mismatches are sure. A kind without force (a study, a lawsuit, a warning) neither changes nor ends what has
    force. Only a body with power of review annuls, upholds, remits or condemns: no company and no body speaking for
    itself. And a repeal ends the whole: where some provisions stay, it is an amendment.

    Bad: records/actions/2020/xx-police-study-2020.yaml
        title: Police of Country X study the pause of Acme
        kind: study
        instrument: agency-decision
        actor: xx-police
        timeline: {announced: 2020-06-11}
        links:
          - suspends: acme-pause-2020  # <-
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/xx-police-study-2020.yaml
        title: Police of Country X study the pause of Acme
        kind: study
        instrument: agency-decision
        actor: xx-police
        timeline: {announced: 2020-06-11}
        links:
          - follows: acme-pause-2020
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record, number, link, target in links(case):
        if target is None or target.id == record.id:
            continue
        message, advice = _mismatch(record.model, link, target.model)
        if message:
            yield fault(record, at_target(number, link), message, advice)


def _mismatch(action: Action, link: Link, target: Action) -> tuple[str, str]:
    """Return what a kind or a form cannot do, and what to do about it; nothing where it can."""
    powerless = not action.kind.has_force and action.kind is not Kind.RULING
    if powerless and link.relation in OPERATORS and target.kind.has_force:
        return f"kind {action.kind} has no force, and cannot say `{link.relation}`", "choose another relation or kind"
    if link.relation in _REVIEWS and action.instrument.form is Form.OWN_ACT:
        message = f"{action.instrument} is an act of the issuer's own: nothing that reviews others by `{link.relation}`"
        return message, "an issuer's own act repeals, suspends or supersedes"
    kept = _kept(link, target)
    if action.kind is Kind.REPEAL and link.relation is Relation.REPEALS and kept:
        message = f"a repeal of some provisions: {', '.join(kept)} of `{link.target}` would stay"
        return message, "make it an amendment that amends, with the same `replaces`"
    return "", ""


def _kept(link: Link, target: Action) -> list[str]:
    """Return the provisions of ``target`` that a repeal leaves; unknown keys have a rule of their own."""
    if link.replaces is None or not set(link.replaces) <= set(target.provisions):
        return []
    return [key for key in target.provisions if key not in link.replaces]
