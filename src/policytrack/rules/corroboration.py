"""Corroboration: no fact rests on a reworded, unreliable or compiled text alone, no cause on order in time."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import CopyKind, Extent, Grade, Reading, Relation, ReviewState
from policytrack.dataset import Dataset
from policytrack.evidence import grade, origins
from policytrack.evidence.independence import grade_of, is_pile, is_weak, lineage
from policytrack.evidence.support import link_targets, supported
from policytrack.findings import Severity
from policytrack.models import Action
from policytrack.rules.registry import Case, Fault, fault, rule

_CAUSES = frozenset({Relation.PROMPTED_BY, Relation.CONSEQUENCE_OF})


@rule("PT505", Severity.ERROR)
def compiled_text_alone(case: Case) -> Iterator[Fault]:
    """A fact rests on a text alone that was compiled from unknown works.

    Nobody can say who wrote the sentence, when, or of what. It may stand beside better evidence and never by itself.

    Bad: records/sources/undated/sentence-pile.yaml
        type: news-article
        title: Sentences on Acme run together
        credit: unstated
        notes: No address was seen.
        reliability: low
        reliability_reason: sentences of many pages in no order
        read: {on: 2026-11-22, extent: full}
        copy_of: {kind: compiled, basis: sentences break off}
        passages:
          p1:
            locator: sentence 3
            start: 80
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, p1]}
          - {at: sentence-pile#p1, supports: ends}  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, p1]}
          - {at: paper-one-2020#p1, supports: ends}
    """
    yield from _alone(case, "compiled", "a text compiled from unknown works")


@rule("PT506", Severity.WARNING)
def rewritten_copy_alone(case: Case) -> Iterator[Fault]:
    """A fact rests on a rewritten copy alone.

    Rewording loses and inverts facts. Find the work itself or another report; if there is none, a waiver says so.

    Bad: records/sources/2020/spun-copy-2020.yaml
        type: news-article
        title: Acme ends selling of faces
        credit: unstated
        url: https://spun.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        copy_of: {source: paper-one-2020, kind: rewritten, basis: synonyms throughout}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, p1]}
          - {at: spun-copy-2020#p1, supports: ends}  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, p1]}
          - {at: paper-one-2020#p1, supports: ends}
    """
    yield from _alone(case, "rewritten", "a rewritten copy")


@rule("PT507", Severity.WARNING)
def unreliable_source_alone(case: Case) -> Iterator[Fault]:
    """A fact rests on sources of low reliability alone.

    What they say may be garbled or invented. Find another report, or give the reason to trust them in a waiver.

    Bad: records/sources/2020/rumour-2020.yaml
        type: news-article
        title: Acme and the police
        credit: staff
        url: https://rumour.example/acme
        published: 2020-06-12
        reliability: low
        reliability_reason: the site has invented stories before
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, p1]}
          - {at: rumour-2020#p1, supports: ends}  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, p1]}
          - {at: paper-one-2020#p1, supports: ends}
    """
    yield from _alone(case, "unreliable", "sources of low reliability")


def _alone(case: Case, weakness: str, what: str) -> Iterator[Fault]:
    """Yield a fault for each evidence item that is the first of those weak ones on which fields rest alone."""
    weak = case.once(_weaknesses)
    for record in case.dataset.actions.values():
        resting: dict[int, list[str]] = {}
        told = {id(item): weak.get(item.at.source, "") for item in record.model.evidence}
        if weakness not in told.values():
            continue
        numbers = {id(item): number for number, item in enumerate(record.model.evidence)}
        for target, items in supported(record.model).items():
            weaknesses = [told[id(item)] for item in items]
            if weaknesses and all(weaknesses) and _worst_but_best(weaknesses) == weakness:
                resting.setdefault(numbers[id(items[0])], []).append(target)
        for number, targets in resting.items():
            verb = "rest" if len(targets) > 1 else "rests"
            message = f"{', '.join(f'`{target}`' for target in targets)} {verb} on {what} alone"
            yield fault(record, ("evidence", number, "at"), message, "cite a better source beside it")


def _worst_but_best(weaknesses: list[str]) -> str:
    """Return the least bad of several weaknesses: it is what the field rests on."""
    return min(weaknesses, key=("rewritten", "unreliable", "compiled").index)


def _weaknesses(dataset: Dataset) -> dict[str, str]:
    """Return, for each source that may not carry a fact alone, why."""
    found = {name: _weakness(dataset, name) for name in dataset.sources}
    return {name: weakness for name, weakness in found.items() if weakness}


def _weakness(dataset: Dataset, name: str) -> str:
    """Return why a source may not carry a fact alone, or nothing."""
    if is_pile(dataset, name):
        return "compiled"
    if not is_weak(dataset, name):
        return ""
    copies = [dataset.sources[step].model.copy_of for step in lineage(dataset, name) if step in dataset.sources]
    return "rewritten" if any(copy and copy.kind is CopyKind.REWRITTEN for copy in copies) else "unreliable"


@rule("PT513", Severity.WARNING)
def cause_only_inferred(case: Case) -> Iterator[Fault]:
    """A link claims a cause that no source states.

    That one act came after another does not make it its consequence. Without a source that says so in so many words
    the link is `follows`; where the text leaves hardly another reading, `notes` says what it says.

    Bad: records/actions/2020/town-halt-2020.yaml
        title: Town Council halts face recognition
        kind: use-suspension
        instrument: agency-decision
        actor: xx-town-council
        timeline: {announced: 2020-06-11}
        provisions:
          p1: {prohibits: use, technology: acme-match}
        links:
          - consequence_of: acme-pause-2020  # <-
        evidence:
          - {at: paper-one-2020#p2, supports: [what, announced, p1]}
          - {at: paper-one-2020#p2, supports: consequence_of, reading: inferred}

    Good: records/actions/2020/town-halt-2020.yaml
        title: Town Council halts face recognition
        kind: use-suspension
        instrument: agency-decision
        actor: xx-town-council
        timeline: {announced: 2020-06-11}
        provisions:
          p1: {prohibits: use, technology: acme-match}
        links:
          - follows: acme-pause-2020
        evidence:
          - {at: paper-one-2020#p2, supports: [what, announced, p1]}
          - {at: paper-one-2020#p2, supports: follows, reading: inferred}
    """
    for record in case.dataset.actions.values():
        if all(link.relation not in _CAUSES for link in record.model.links):
            continue
        carriers = supported(record.model)
        for number, (link, target) in enumerate(zip(record.model.links, link_targets(record.model), strict=True)):
            items = carriers[target]
            inferred = items and all(item.reading is Reading.INFERRED for item in items)
            if link.relation in _CAUSES and inferred and record.model.notes is None:
                message = f"no source states that this is `{link.relation}` {link.target}; it is inferred only"
                advice = "write `follows`, or say in `notes` what the source says of the cause"
                yield fault(record, ("links", number, link.relation.value), message, advice, key=True)


@rule("PT514", Severity.ERROR)
def reviewed_on_weak_sources(case: Case) -> Iterator[Fault]:
    """A record of grade D is marked as reviewed.

    Grade D says that nothing but weak sources bears the act out. Such a record stays a draft until a better one is
    found: a reader takes a reviewed record for settled.

    Bad: records/sources/2020/rumour-2020.yaml
        type: news-article
        title: Acme and the police
        credit: staff
        url: https://rumour.example/acme
        published: 2020-06-12
        reliability: low
        reliability_reason: the site has invented stories before
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: rumour-2020#p1, supports: all}]
        waivers: [{code: PT507, reason: nothing else was found, date: 2026-11-22}]
        review: {state: reviewed, by: curator, on: 2026-11-22}  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        review: {state: reviewed, by: curator, on: 2026-11-22}
    """
    for record in case.dataset.actions.values():
        review = record.model.review
        # What cites unread or unknown sources is a finding of its own, and its mending may change the grade.
        if review is None or review.state is ReviewState.DRAFT or not _all_read(case.dataset, record.model):
            continue
        if grade(case.dataset, record) is Grade.D:
            advice = "leave it a draft, or cite a better source"
            message = f"the record is {review.state}, and its grade is D"
            yield fault(record, ("review", "state"), message, advice)


def _all_read(dataset: Dataset, action: Action) -> bool:
    sources = [dataset.sources.get(item.at.source) for item in action.evidence]
    return all(source is not None and source.model.read.extent is not Extent.NONE for source in sources)


@rule("PT903", Severity.NOTICE)
def single_origin(case: Case) -> Iterator[Fault]:
    """An action is known from one secondary origin alone.

    Work for whoever has time: a primary document or a second, independent report would raise the grade from C.
    Copies of the same report do not count.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:  # <-
          - {at: paper-one-2020#p1, supports: all}
          - {at: paper-one-copy-2020#p1, supports: all}

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: paper-one-2020#p1, supports: all}
          - {at: paper-two-2020#p1, supports: all}
    """
    for record in case.dataset.actions.values():
        found = origins(case.dataset, record)
        if grade_of(found) is Grade.C:
            known = [origin.root for origin in found if not origin.weak]
            message = f"one origin only: {', '.join(known)}"
            advice = "look for a primary document or an independent report"
            yield fault(record, ("evidence",), message, advice, key=True)
