"""Scope: an action says what it does, whose conduct it governs and where, as far as its kind and form demand."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import ActorType, Conduct, Form, Reading
from policytrack.evidence.support import ALL, JURISDICTIONS
from policytrack.findings import Severity
from policytrack.models import Action
from policytrack.rules.registry import Case, Fault, fault, rule


@rule("PT401", Severity.ERROR)
def force_without_provision(case: Case) -> Iterator[Fault]:
    """An action of a kind that has force says nothing that could be in force.

    A ban, a suspension or a deployment stands or falls with its provisions; without one the data cannot answer what
    was in force. A suspension may instead be linked to the practice that it suspends.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit  # <-
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        action = record.model
        if lacks_provision(action):
            also = " or a link to what it bears on" if action.kind.force == "links" else ""
            message = f"kind {action.kind} without a provision{also}"
            yield fault(record, ("kind",), message, "add `provisions: {p1: ...}`")


def lacks_provision(action: Action) -> bool:
    """Whether an action of a kind that has force says nothing that could be in force."""
    # Where the kind needs one certain link, the rule about that link speaks.
    if action.provisions or not action.kind.has_force or action.kind.relation is not None:
        return False
    return not (action.kind.force == "links" and any(link.relation.chain for link in action.links))


@rule("PT402", Severity.ERROR)
def law_made_by_a_company(case: Case) -> Iterator[Fault]:
    """A law has a company for its issuer.

    Statutes, ordinances, regulations and executive orders come from bodies with power to make them. What a company
    decides is a corporate-policy; a law about a company names the body that made it.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: regulation  # <-
        actor: acme
        timeline: {published: 2020-06-10}
        provisions:
          p1: {prohibits: sell, by: [acme], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, by: [acme], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        issuer = case.dataset.actors.get(record.model.actor)
        if issuer and _law_of_company(case, record.model):
            message = f"a {record.model.instrument} by `{issuer.id}`, which is a company"
            yield fault(record, ("instrument",), message, "write corporate-policy, or name the body that made the law")


def _law_of_company(case: Case, action: Action) -> bool:
    issuer = case.dataset.actors.get(action.actor)
    return action.instrument.form is Form.LAW and issuer is not None and issuer.model.type is ActorType.COMPANY


@rule("PT403", Severity.ERROR)
def governed_left_out(case: Case) -> Iterator[Fault]:
    """A provision does not say whose conduct it governs.

    Only in an act of the issuer's own (a policy, a statement, a decision about itself) is that the issuer. A law, an
    order or an agreement governs others, or some of its parties: write them in `by`.

    Bad: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-06-10, effective: 2020-07-01}
        provisions:
          p1: {prohibits: use}  # <-
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-06-10, effective: 2020-07-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for key, provision in record.model.provisions.items():
            # A company's "law" is the wrong form of an act of its own: that is the mistake.
            is_own = record.model.instrument.form is Form.OWN_ACT or _law_of_company(case, record.model)
            if not provision.by and not is_own:
                message = f"{key} of a {record.model.instrument} does not say whose conduct it governs"
                advice = "add `by:` with classes (`policytrack codes subject`) or actor ids"
                yield fault(record, ("provisions", key), message, advice)


@rule("PT404", Severity.ERROR)
def place_without_evidence(case: Case) -> Iterator[Fault]:
    """An action names places, and no source is cited for them.

    Where an act applies is a claim like any other; the seat of the issuer is no ground for it. Cite a passage with
    `supports: [jurisdictions]`, or leave the places out: no place means that no source says.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market of Country X
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        jurisdictions: [xx]  # <-
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: [what, announced, p1]}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market of Country X
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        jurisdictions: [xx]
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: [what, announced, p1, jurisdictions]}]
    """
    for record in case.dataset.actions.values():
        action = record.model
        field = "jurisdictions" if action.jurisdictions else "excluded"
        places = action.jurisdictions or action.excluded
        items = (item for item in action.evidence if item.reading is not Reading.CONTRADICTS)
        if places and not any({JURISDICTIONS, ALL} & set(item.supports) for item in items):
            message = f"no source is cited for {', '.join(places)}"
            advice = "cite a passage with `supports: [jurisdictions]`, or leave the places out"
            yield fault(record, (field,), message, advice)


@rule("PT405", Severity.ERROR)
def person_without_public_role(case: Case) -> Iterator[Fault]:
    """A person is an actor without a public role.

    The project records offices and bodies. A natural person stands in it only for a public role that the record names;
    nobody else is listed. Name the role, or make the office the actor.

    Bad: records/actors/xx-mayor.yaml
        name: Mayor of Town
        type: person  # <-

    Good: records/actors/xx-mayor.yaml
        name: Mayor of Town
        type: person
        public_role: mayor
    """
    for record in case.dataset.actors.values():
        if record.model.type is ActorType.PERSON and record.model.public_role is None:
            message = f"`{record.id}` is a person, and no public role is named"
            yield fault(record, ("type",), message, "add `public_role:`, or record the office instead of its holder")


@rule("PT406", Severity.ERROR)
def amount_without_payment(case: Case) -> Iterator[Fault]:
    """A provision names a sum, but is not about paying.

    An `amount` is what somebody pays. Put it into a provision of its own, `requires: pay`, or remove it: budgets and
    prices are not part of the record.

    Bad: records/actions/2020/xx-town-contract-2020.yaml
        title: Town buys Acme Match
        kind: procurement
        instrument: contract
        actor: xx-town-council
        timeline: {settled: 2020-06-10}
        provisions:
          p1: {practises: procure, by: [xx-town-council], technology: acme-match, amount: 5000 EUR}  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/xx-town-contract-2020.yaml
        title: Town buys Acme Match
        kind: procurement
        instrument: contract
        actor: xx-town-council
        timeline: {settled: 2020-06-10}
        provisions:
          p1: {practises: procure, by: [xx-town-council], technology: acme-match}
          p2: {requires: pay, by: [xx-town-council], to: [acme], amount: 5000 EUR}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        for key, provision in record.model.provisions.items():
            if provision.amount and Conduct.PAY not in provision.conduct:
                message = f"{key} names {provision.amount[0]}, but {provision.effect} {', '.join(provision.conduct)}"
                yield fault(record, ("provisions", key, "amount"), message, "make it `requires: pay`, or remove it")
