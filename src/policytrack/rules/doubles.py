"""Doubles: one fact told twice, as a link or as a whole action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, OPEN_PAST
from policytrack.findings import Severity
from policytrack.force.knowledge import first_public
from policytrack.models import Action, Link
from policytrack.parsing import Record
from policytrack.rules.registry import Case, Fault, fault, rule

_DAYS_APART = 30


@rule("PT109", Severity.ERROR)
def link_stored_twice(case: Case) -> Iterator[Fault]:
    """One link stands twice, in one action or at both of its ends.

    A link is stored once; what it is called from the other end is derived. Stored twice it would be counted twice, and
    one of the two would be forgotten when the other is mended. Remove one.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        links:
          - companion: acme-pause-2020
          - companion: acme-pause-2020  # <-
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
          - companion: acme-pause-2020
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for action_id, record in case.dataset.actions.items():
        seen: set[tuple[str, str]] = set()
        for number, link in enumerate(record.model.links):
            said = f"`{link.relation}: {link.target}`"
            at = ("links", number, link.relation.value)
            if (link.relation, link.target) in seen:
                yield fault(record, at, f"{said} stands in this action already", "remove one of the two")
            elif _also_from_the_other_end(case.dataset, action_id, link):
                message = f"{said} stands at the other end as well: `{link.relation}: {action_id}`"
                yield fault(record, at, message, "keep it in the later or dependent action alone")
            seen.add((link.relation, link.target))


def _also_from_the_other_end(dataset: Dataset, action_id: str, link: Link) -> bool:
    """Whether the target, earlier in order, holds the same link back; chain links that do are a circle."""
    other = dataset.actions.get(link.target)
    if other is None or link.relation.chain or link.target >= action_id:
        return False
    return any(back.relation is link.relation and back.target == action_id for back in other.model.links)


@rule("PT110", Severity.WARNING)
def likely_duplicate(case: Case) -> Iterator[Fault]:
    """Two actions look like one: same issuer, same kind, same governed, at most thirty days apart.

    Two records of one act count it twice. Merge them, and send the id that goes to `records/redirects.yaml`. Where
    they are two acts, link them (`companion` for two instruments of one day), give each its official number, or name
    the other one in `distinct_from`.

    Bad: records/actions/2020/acme-pause-again-2020.yaml
        title: Acme stops serving police forces  # <-
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-11, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]

    Good: records/actions/2020/acme-pause-again-2020.yaml
        title: Acme stops serving police forces
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-11, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]
        distinct_from: [acme-pause-2020]
    """
    alike: dict[tuple[str, str], list[Record[Action]]] = defaultdict(list)
    for record in case.dataset.actions.values():
        alike[record.model.actor, record.model.kind].append(record)
    for group in alike.values():
        for first, second in _near(group):
            if _same_governed(case.dataset, first.model, second.model) and not _told_apart(first, second):
                act = f"{second.model.kind} by `{second.model.actor}`"
                message = f"like `{first.id}`: the same {act}, at most {_DAYS_APART} days apart"
                yield fault(second, ("title",), message, "merge the two, link them, or name the other in distinct_from")


def _near(group: list[Record[Action]]) -> Iterator[tuple[Record[Action], Record[Action]]]:
    """Yield the pairs that became public within thirty days of each other for certain, the earlier one first."""
    dated = sorted(((first_public(record.model), record) for record in group), key=lambda item: (item[0], item[1].id))
    exact = [(bounds, record) for bounds, record in dated if OPEN_PAST < bounds.lo <= bounds.hi < OPEN_FUTURE]
    for number, (early, first) in enumerate(exact):
        for late, second in exact[number + 1 :]:
            if late.lo - early.lo > _DAYS_APART:
                break
            if max(late.hi - early.lo, early.hi - late.lo) <= _DAYS_APART:
                yield first, second


def _same_governed(dataset: Dataset, first: Action, second: Action) -> bool:
    """Whether both govern somebody, or neither says whom."""
    one, other = (
        {name for key in action.provisions for name in dataset.governed(action, key)} for action in (first, second)
    )
    return one == other or bool(one & other)


def _told_apart(first: Record[Action], second: Record[Action]) -> bool:
    """Whether the records say that they are two: by a link, by distinct_from, by numbers or by what they bear on."""
    for one, other in ((first, second), (second, first)):
        if other.id in one.model.distinct_from or any(link.target == other.id for link in one.model.links):
            return True
    numbers, others = (set(record.model.identifiers) for record in (first, second))
    targets, bases = ({link.target for link in record.model.links if link.relation.chain} for record in (first, second))
    return any(bool(one and other) and not one & other for one, other in ((numbers, others), (targets, bases)))
