"""Chain: what one action does to an earlier one can be done, in this place and at this time."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Event, Relation
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, Bounds, greatest
from policytrack.findings import Severity
from policytrack.force.knowledge import births, first_public
from policytrack.models import Action, Link
from policytrack.parsing import Record
from policytrack.rules.certainty import OPERATORS, Bounded, bounds, precedes, shown
from policytrack.rules.circles import chain_circles
from policytrack.rules.ends import scheduled, start_of
from policytrack.rules.registry import Case, Fault, fault, rule

# What puts its target out, or back in: from which day on must be known.
_SWITCHES = OPERATORS - {Relation.EXTENDS, Relation.AMENDS}


def links(case: Case) -> Iterator[tuple[Record[Action], int, Link, Record[Action] | None]]:
    """Yield every link: the action that holds it, its number, the link, and the action it names, if there is one."""
    for record in case.dataset.actions.values():
        for number, link in enumerate(record.model.links):
            yield record, number, link, case.dataset.actions.get(link.target)


def at_target(number: int, link: Link) -> tuple[str | int, ...]:
    """Return where the target of a link stands in the file."""
    return ("links", number, link.relation.value)


@rule("PT301", Severity.ERROR)
def link_to_itself(case: Case) -> Iterator[Fault]:
    """An action is linked to itself.

    A link says how one action bears on another. Name the other action, or remove the link.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        links:
          - supersedes: acme-exit-2020  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        links:
          - supersedes: acme-pause-2020
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record, number, link, _ in links(case):
        if link.target == record.id:
            message = f"`{link.relation}` names this action itself"
            yield fault(record, at_target(number, link), message, "name the other action, or remove the link")


@rule("PT302", Severity.WARNING)
def chain_to_another_place(case: Case) -> Iterator[Fault]:
    """A chain link joins actions of places that have nothing to do with each other.

    To extend, amend, repeal or annul an act one needs power over the place where it applies: the places are the same,
    or one lies in the other. Otherwise the wrong act is named, or a place. A body without a place of its own, such as a
    company, or an act for which no source names a place, is not asked.

    Bad: records/actions/2020/yy-police-ban-2020.yaml
        title: Country Y bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        jurisdictions: [yy]
        timeline: {signed: 2020-02-10, effective: 2020-03-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    Bad: records/actions/2020/xx-town-police-ban-2020.yaml
        title: Town bars police from face recognition
        kind: ban
        instrument: ordinance
        actor: xx-town-council
        jurisdictions: [xx-town]
        timeline: {final_vote: 2020-06-10, effective: 2020-07-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        links:
          - supersedes: yy-police-ban-2020  # <-
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        jurisdictions: [xx]
        timeline: {signed: 2020-02-10, effective: 2020-03-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    Good: records/actions/2020/xx-town-police-ban-2020.yaml
        title: Town bars police from face recognition
        kind: ban
        instrument: ordinance
        actor: xx-town-council
        jurisdictions: [xx-town]
        timeline: {final_vote: 2020-06-10, effective: 2020-07-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        links:
          - supersedes: xx-police-ban-2020
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record, number, link, target in links(case):
        here = record.model.jurisdictions
        there = target.model.jurisdictions if target else ()
        if link.relation.chain and here and there and not _overlap(case.dataset, here, there):
            message = f"{link.relation} an act of {', '.join(there)}; this one applies to {', '.join(here)}"
            advice = "name another act, or mend the jurisdictions or what lies above them"
            yield fault(record, at_target(number, link), message, advice)


def _overlap(dataset: Dataset, here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Whether places of the two lists are equal or lie in each other, or are not known well enough to tell."""
    if not all(place in dataset.jurisdictions for place in (*here, *there)):
        return True
    around, beyond = ({*places, *(up for place in places for up in dataset.above(place))} for places in (here, there))
    if not all(place in dataset.jurisdictions for place in around | beyond):
        return True
    return bool(around & set(there)) or bool(beyond & set(here))


@rule("PT303", Severity.ERROR)
def link_to_a_later_action(case: Case) -> Iterator[Fault]:
    """A chain link names an action that came later.

    The later action holds the link: it extends, amends or annuls what was there before. Turn the link around and put
    it into the other record, or mend the dates.

    Bad: records/actions/2020/acme-first-pause-2020.yaml
        title: Acme pauses sales to the military
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-03-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [military], technology: acme-match}
        links:
          - amends: acme-pause-2020  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-next-pause-2020.yaml
        title: Acme pauses sales to the military
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [military], technology: acme-match}
        links:
          - amends: acme-pause-2020
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    circling = {name for ring in chain_circles(case.dataset) for name in ring}
    for record, number, link, target in links(case):
        if target is None or not link.relation.chain or record.id in circling:
            continue
        last = greatest(date.bounds for date in record.model.timeline.dates.values())
        first = first_public(target.model)
        if precedes(last, first):
            message = f"`{link.target}` became public {shown(first)}, after the last date of this action, {shown(last)}"
            yield fault(record, at_target(number, link), message, "the later action holds the link: turn it around")


@rule("PT306", Severity.ERROR)
def extension_after_the_end(case: Case) -> Iterator[Fault]:
    """An extension begins when its target was already over.

    What has ended cannot be prolonged, only begun anew. Either a date is wrong, an extension in between is missing, or
    the act is a new measure or a reinstatement.

    Bad: records/actions/2020/acme-trial-2020.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-01-10, ends: 2020-03-31}
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    Bad: records/actions/2020/acme-longer-trial-2020.yaml
        title: Acme prolongs its trial
        kind: extension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: 2020-09-30}
        links:
          - extends: acme-trial-2020  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-trial-2020.yaml
        title: Acme tries out a check on its customers
        kind: pilot
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-01-10, ends: 2020-06-30}
        provisions:
          p1: {practises: use, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    Good: records/actions/2020/acme-longer-trial-2020.yaml
        title: Acme prolongs its trial
        kind: extension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: 2020-09-30}
        links:
          - extends: acme-trial-2020
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record, number, link, target in links(case):
        if link.relation is not Relation.EXTENDS or target is None or target.id == record.id:
            continue
        start, end = start_of(case.fold, record.model), _last_end(case, target, record.id)
        if start and end and precedes(end, start):
            message = f"begins {shown(start)}, but `{link.target}` ended {shown(end)}"
            advice = "mend the dates, record the extension in between, or make it a measure of its own"
            yield fault(record, at_target(number, link), message, advice)


def _last_end(case: Case, target: Record[Action], extension: str) -> Bounded:
    """Return the last day of ``target`` but for ``extension``: as seen, else as it or its other extensions plan it."""
    ended = bounds(target.model, Event.ENDED)
    if ended is not None:
        return ended
    chained = case.dataset.incoming.get(target.id, ())
    others = {each.action for each in chained if each.link.relation is Relation.EXTENDS} - {extension, target.id}
    actions = [target.model, *(case.dataset.actions[name].model for name in sorted(others))]
    ends: list[Bounds] = []
    for action in actions:
        end = scheduled(action.timeline.ends, start_of(case.fold, action))
        if end is None:
            return None
        ends.append(end)
    return greatest(ends)


@rule("PT307", Severity.WARNING)
def operator_without_start(case: Case) -> Iterator[Fault]:
    """A law that puts another action out, or back, has come into being, but nothing says from when it applies.

    Until the day is known, the other action is only "possibly in force" for ever. Laws say when they take effect, or a
    rule of the place does; find the day, bound it, or write what is assumed: `effective: 2020-07-01 assumed`.

    Bad: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-02-10, effective: 2020-03-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    Bad: records/actions/2020/xx-police-ban-repeal-2020.yaml
        title: Country X lifts the bar
        kind: repeal
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-06-10}
        links:
          - repeals: xx-police-ban-2020  # <-
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/xx-police-ban-2020.yaml
        title: Country X bars police from face recognition
        kind: ban
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-02-10, effective: 2020-03-01}
        provisions:
          p1: {prohibits: use, by: [law-enforcement]}
        evidence: [{at: paper-one-2020#p1, supports: all}]
    Good: records/actions/2020/xx-police-ban-repeal-2020.yaml
        title: Country X lifts the bar
        kind: repeal
        instrument: statute
        actor: xx-parliament
        timeline: {signed: 2020-06-10, effective: 2020-07-01}
        links:
          - repeals: xx-police-ban-2020
        evidence: [{at: paper-one-2020#p1, supports: all}]
    """
    for record, number, link, target in links(case):
        works = link.relation in _SWITCHES or (link.relation is Relation.AMENDS and bool(link.replaces))
        born = _undated_birth(case, record.model) if works and target is not None else None
        if born is not None:
            message = f"{link.relation} `{link.target}` from {born} on, with no day on which it takes effect"
            yield fault(record, at_target(number, link), message, "date `effective`, exactly or as a span")


def _undated_birth(case: Case, action: Action) -> Event | None:
    """Return the event that brought an action into being if nothing says from when it applies, else None."""
    start = start_of(case.fold, action)
    if start is None or start.hi < OPEN_FUTURE or action.timeline.get(Event.EFFECTIVE) is not None:
        return None
    return next((event for event in births(action.instrument) if event in action.timeline.dates), None)
