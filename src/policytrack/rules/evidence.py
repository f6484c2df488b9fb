"""Evidence: every fact of an action leads to a place in a source, and every such place supports a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from policytrack.codes import Event, Extent
from policytrack.dataset import Dataset
from policytrack.evidence.support import JURISDICTIONS, Targets, supported
from policytrack.findings import Severity
from policytrack.models import Action
from policytrack.models.values import PROVISION_KEY, Citation
from policytrack.rules.registry import Case, Fault, fault, places, rule
from policytrack.rules.scope import lacks_provision

_EVENTS = frozenset(event.value for event in Event)


def targets_of(dataset: Dataset) -> dict[str, Targets]:
    """Return, for each action, the names by which evidence can speak of its fields."""
    return {action_id: Targets(record.model) for action_id, record in dataset.actions.items()}


@rule("PT501", Severity.ERROR)
def field_without_support(case: Case) -> Iterator[Fault]:
    """A fact of the record is supported by no evidence.

    A reader must be able to go from each fact to the words that carry it. Name the field under `supports` of an
    evidence item, or take the fact out. A date that is `computed` or `assumed` follows from others and needs none.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
          p2: {permits: sell, to: [schools], technology: acme-match, except_to: p1}  # <-
        evidence: [{at: acme-release-2020#p1, supports: [what, announced, ends, p1]}]

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
          p2: {permits: sell, to: [schools], technology: acme-match, except_to: p1}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, ends, p1]}
          - {at: acme-release-2020#p2, supports: p2}
    """
    for record in case.dataset.actions.values():
        action = record.model
        targets = case.once(targets_of)[record.id]
        carriers = supported(action, targets)
        written = {target for item in action.evidence for target in item.supports}
        # A name that is misspelt is a finding of its own, and its mending supports the field.
        strangers = [target for target in written if not targets.carried(target)]
        spelt = {_other_event(action, targets, target) or targets.meant(target) for target in strangers}
        for field in targets.required:
            # Where it applies is looked after by the family of scope.
            if not carriers[field.target] and field.target not in {JURISDICTIONS, *spelt}:
                advice = f"add `{field.target}` to the `supports` of the evidence that says it, or take the fact out"
                yield fault(record, field.path, f"no evidence supports `{field.target}`", advice, key=True)


@rule("PT502", Severity.ERROR)
def support_for_nothing(case: Case) -> Iterator[Fault]:
    """An evidence item supports something that the record does not hold.

    The name is misspelt, or the fact was taken out and its support left behind. `supports` takes `what`, the events of
    the timeline, provision keys, relations (`annuls:ID` where one relation stands twice), `identifiers`,
    `jurisdictions`, or `all`.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, ends, p1, effective]}  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, ends, p1]}
    """
    for record in case.dataset.actions.values():
        targets = case.once(targets_of)[record.id]
        strangers: dict[str, list[tuple[str | int, ...]]] = {}
        for number, item in enumerate(record.model.evidence):
            for position, target in enumerate(item.supports):
                if not targets.carried(target):
                    strangers.setdefault(target, []).append(("evidence", number, "supports", position))
        for target, found in strangers.items():
            if _missing_already(record.model, target):
                continue
            message = f"`{target}` is supported, and the record does not hold it{places(len(found))}"
            other = _other_event(record.model, targets, target)
            advice = f"did you mean `{other}`?" if other else targets.advise(target)
            yield fault(record, found[0], message, advice)


def _other_event(action: Action, targets: Targets, target: str) -> str:
    """Return the event that is meant by the name of another: the one that nothing supports, where there is but one."""
    if target not in _EVENTS:
        return ""  # before anything is counted: a hostile file has thousands of names
    carriers = supported(action, targets)
    bare = [field.target for field in targets.required if field.target in _EVENTS and not carriers[field.target]]
    return bare[0] if len(bare) == 1 else ""


def _missing_already(action: Action, target: str) -> bool:
    """Whether the rule about actions without any provision speaks of this one already."""
    return lacks_provision(action) and re.fullmatch(PROVISION_KEY, target) is not None


@rule("PT503", Severity.ERROR)
def unknown_passage(case: Case) -> Iterator[Fault]:
    """An evidence item names a passage that its source does not hold.

    The place that carries the fact cannot be found or checked. Correct the key, or add the passage to the source:
    `policytrack cite` writes it.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p7, supports: all}]  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.actions.values():
        missing: dict[Citation, list[int]] = {}
        for number, item in enumerate(record.model.evidence):
            source = case.dataset.sources.get(item.at.source)
            if source and item.at.passage and item.at.passage not in source.model.passages:
                missing.setdefault(item.at, []).append(number)
        for at, numbers in missing.items():
            message = f"the source {at.source} holds no passage `{at.passage}`{places(len(numbers))}"
            advice = _passages(case.dataset.sources[at.source].model.passages) or "add it with `policytrack cite`"
            yield fault(record, ("evidence", numbers[0], "at"), message, advice)


def _passages(keys: Iterable[str]) -> str:
    shown = ", ".join(f"`{key}`" for key in keys)
    return f"it holds {shown}; `policytrack cite` adds one" if shown else ""


@rule("PT504", Severity.ERROR)
def support_told_twice(case: Case) -> Iterator[Fault]:
    """One passage is said twice to bear on one field.

    The second item adds nothing, and where the two differ in their reading one of them is wrong. Keep one.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: all}
          - {at: acme-release-2020#p1, supports: p1, reading: inferred}  # <-

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: [what, announced, ends]}
          - {at: acme-release-2020#p1, supports: p1, reading: inferred}
    """
    for record in case.dataset.actions.values():
        targets = case.once(targets_of)[record.id]
        seen: set[tuple[str, str]] = set()
        for number, item in enumerate(record.model.evidence):
            told = Counter(name for target in item.supports for name in targets.carried(target))
            twice = next((name for name, times in told.items() if times > 1 or (str(item.at), name) in seen), None)
            seen.update((str(item.at), name) for name in told)
            if twice is not None:
                message = f"{item.at} bears on `{twice}` twice"
                yield fault(record, ("evidence", number, "at"), message, "keep one of the two")


@rule("PT509", Severity.ERROR)
def unread_source_cited(case: Case) -> Iterator[Fault]:
    """An evidence item cites a source that nobody here has read.

    A work is recorded unread so that its copies can point to it. What it says is known through a copy or a report:
    cite that, and name the unread work under `relays` where the report takes its words from it.

    Bad: records/sources/undated/acme-blog.yaml
        type: company-page
        title: Acme blog entry on police (title not seen)
        notes: No address was seen.
        read: {extent: none}
    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: all}
          - {at: acme-blog, supports: what}  # <-

    Good: records/sources/undated/acme-blog.yaml
        type: company-page
        title: Acme blog entry on police (title not seen)
        notes: No address was seen.
        read: {extent: none}
    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence:
          - {at: acme-release-2020#p1, supports: all}
          - {at: paper-one-2020#p1, supports: what, relays: acme-blog}
    """
    for record in case.dataset.actions.values():
        for number, item in enumerate(record.model.evidence):
            source = case.dataset.sources.get(item.at.source)
            # A passage of an unread source is a finding at the source, or an unknown passage.
            if source and source.model.read.extent is Extent.NONE and not item.at.passage:
                message = f"{item.at.source} is cited, and nobody has read it"
                advice = "cite the copy or the report that was read, with `relays` where it reports from this one"
                yield fault(record, ("evidence", number, "at"), message, advice)
