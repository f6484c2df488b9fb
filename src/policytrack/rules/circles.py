"""Circles: links and parents that lead back to where they began."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from policytrack.dataset import Dataset
from policytrack.findings import Severity
from policytrack.layout import KINDS
from policytrack.parsing import AnyRecord
from policytrack.references import Reference, references
from policytrack.rules.registry import Case, Fault, fault, rule

# Nobody mends more at once, and a tree made of circles must not hold up the check.
_MOST = 50


def circles(graph: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Return the circles of a graph (node to the nodes it points at), each beginning and ending with its least node.

    No two share an arrow, so that one wrong arrow is told once; there are at most fifty. A node that points at itself
    is a circle of one.
    """
    ahead = {node: sorted(targets) for node, targets in sorted(graph.items())}
    found: list[tuple[str, ...]] = []
    while len(found) < _MOST:
        try:
            TopologicalSorter(ahead).prepare()
        except CycleError as error:
            ring = error.args[1][:0:-1]
            first = ring.index(min(ring))
            ring = (*ring[first:], *ring[: first + 1])
            found.append(ring)
            for node, target in pairwise(ring):
                ahead[node].remove(target)
        else:
            break
    return found


def chain_circles(dataset: Dataset) -> list[tuple[str, ...]]:
    """Return the circles that chain links make among different actions."""
    graph = {
        action_id: {link.target for link in record.model.links if link.relation.chain and link.target != action_id}
        for action_id, record in dataset.actions.items()
    }
    return circles(graph)


@rule("PT107", Severity.ERROR)
def chain_in_a_circle(case: Case) -> Iterator[Fault]:
    """Chain links lead from an action back to itself.

    A chain link says that this action does something to an earlier one. In a circle each would be earlier than the
    other, and nobody could tell what is in force. Keep the link that the later action holds, and remove the other.

    Bad: records/actions/2020/acme-longer-pause-2020.yaml
        title: Acme prolongs its pause
        kind: extension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        links:
          - extends: acme-new-pause-2020  # <-
        evidence: [{at: acme-release-2020#p1, supports: all}]
    Bad: records/actions/2020/acme-new-pause-2020.yaml
        title: Acme pauses sales to the town
        kind: amendment
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [government], technology: acme-match}
        links:
          - amends: acme-longer-pause-2020
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
    for ring in chain_circles(case.dataset):
        record = case.dataset.actions[ring[0]]
        links = enumerate(record.model.links)
        number, link = next((number, link) for number, link in links if link.relation.chain and link.target == ring[1])
        message = f"chain links run in a circle: {' -> '.join(ring)}"
        yield fault(record, ("links", number, link.relation.value), message, "keep only the link from later to earlier")


@rule("PT108", Severity.ERROR)
def part_of_itself(case: Case) -> Iterator[Fault]:
    """A record is its own ancestor.

    Parents, memberships and copies lead upwards: to the company above, the place around, the work that was copied. In
    a circle there is no top, and a rule of the top would apply everywhere or nowhere. Remove the link that leads down.

    Bad: records/jurisdictions/xx.yaml
        name: Country X
        level: country
        parent: xx-town  # <-

    Good: records/jurisdictions/xx.yaml
        name: Country X
        level: country
    """
    for kind in KINDS:
        if kind == "action":
            continue
        above = {name: list(_upwards(record)) for name, record in case.dataset.of_kind(kind).items()}
        graph = {name: {reference.id for reference in found} for name, found in above.items()}
        for ring in circles(graph):
            at = next(reference.at for reference in above[ring[0]] if reference.id == ring[1])
            message = f"the {kind} is part of itself: {' -> '.join(ring)}"
            yield fault(case.dataset.of_kind(kind)[ring[0]], at, message, "remove the link that leads down")


def _upwards(record: AnyRecord) -> Iterator[Reference]:
    """Yield the references of a record to others of its kind: parent, membership, the work it copies."""
    return (reference for reference in references(record) if record.kind in reference.kinds)
