"""Conflicts: where sources disagree, the record says so, says between what, and says why it chose."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Reading
from policytrack.evidence.support import ALL, Targets
from policytrack.findings import Severity
from policytrack.rules.registry import Case, Fault, fault, rule


@rule("PT508", Severity.ERROR)
def contradiction_without_conflict(case: Case) -> Iterator[Fault]:
    """A passage contradicts a field, and no conflict says how that was settled.

    Who reads the record must see that sources disagree, and why one reading was chosen. Add an entry to `conflicts`.

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
          - {at: paper-two-2020#p1, supports: announced, reading: contradicts}  # <-

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
          - {at: paper-two-2020#p1, supports: announced, reading: contradicts}
        conflicts:
          - {field: announced, values: [10 June, 11 June], chosen: 10 June, reason: the release is dated}
    """
    for record in case.dataset.actions.values():
        action = record.model
        if all(item.reading is not Reading.CONTRADICTS for item in action.evidence):
            continue
        targets = Targets(action)
        if any(not targets.carried(conflict.field) for conflict in action.conflicts):
            continue  # a conflict over nothing may be the one that is missing
        settled = set(targets.carried_by(conflict.field for conflict in action.conflicts))
        for number, item in enumerate(action.evidence):
            if item.reading is not Reading.CONTRADICTS or (ALL in item.supports and action.conflicts):
                continue
            for target in targets.carried_by(item.supports):
                if target not in settled:
                    settled.add(target)
                    message = f"{item.at} contradicts `{target}`, and `conflicts` does not speak of it"
                    advice = f"add an entry with `field: {target}`, the values, the chosen one and the reason"
                    yield fault(record, ("evidence", number, "reading"), message, advice)


@rule("PT511", Severity.ERROR)
def conflict_over_nothing(case: Case) -> Iterator[Fault]:
    """A conflict names a field that the record does not hold.

    The name is misspelt, or the fact was taken out and its conflict left behind. A conflict is over one field: `what`,
    an event, a provision key, a relation, `identifiers` or `jurisdictions`.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        conflicts:
          - field: effective  # <-
            values: [10 June, 11 June]
            chosen: 10 June
            reason: the release is dated

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        conflicts:
          - field: announced
            values: [10 June, 11 June]
            chosen: 10 June
            reason: the release is dated
    """
    for record in case.dataset.actions.values():
        if not record.model.conflicts:
            continue
        targets = Targets(record.model)
        # A fact that was taken out and left its support behind is told of there.
        told = {target for item in record.model.evidence for target in item.supports}
        for number, conflict in enumerate(record.model.conflicts):
            if conflict.field == ALL or not (conflict.field in told or targets.carried(conflict.field)):
                message = f"the conflict is over `{conflict.field}`, which is no field of the record"
                advice = "write one entry for each field" if conflict.field == ALL else targets.advise(conflict.field)
                yield fault(record, ("conflicts", number, "field"), message, advice)


@rule("PT512", Severity.ERROR)
def conflict_of_one_value(case: Case) -> Iterator[Fault]:
    """A conflict tells of one value only.

    A disagreement has two sides; without the other nobody can judge the choice. Give what each source says, in our
    own words.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        conflicts:
          - field: announced
            values: [10 June]  # <-
            chosen: 10 June
            reason: the release is dated

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        conflicts:
          - field: announced
            values: [10 June, 11 June]
            chosen: 10 June
            reason: the release is dated
    """
    for record in case.dataset.actions.values():
        for number, conflict in enumerate(record.model.conflicts):
            if len(conflict.values) == 1:
                message = f"the conflict over `{conflict.field}` gives one value: {conflict.values[0]}"
                yield fault(record, ("conflicts", number, "values"), message, "add what the other source says")
