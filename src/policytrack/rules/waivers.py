"""Waivers: warnings that somebody looked at and let stand, each with a reason; and what is wrong with a waiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policytrack.dataset import Dataset
from policytrack.findings import CATALOGUE, Finding, Severity
from policytrack.models import Action, Source, Waiver
from policytrack.parsing import AnyRecord
from policytrack.rules.registry import Case, Fault, fault, rule
from policytrack.spelling import advise

_FAMILY = "PT8"


def waive(dataset: Dataset, found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that no waiver of their record lets stand."""
    waived = {
        (record.subject, waiver.code)
        for record in dataset.records
        for _, waiver in _waivers(record)
        if _can_be_waived(waiver.code)
    }
    return [finding for finding in found if (finding.subject, finding.code) not in waived]


def _waivers(record: AnyRecord) -> Iterator[tuple[int, Waiver]]:
    match record.model:
        case Action(waivers=waivers) | Source(waivers=waivers):
            yield from enumerate(waivers)
        case _:
            return


def _can_be_waived(code: str) -> bool:
    """Whether a code is that of a warning; a warning about waivers is mended, not waived."""
    return code in CATALOGUE and CATALOGUE[code].severity is Severity.WARNING and not code.startswith(_FAMILY)


@rule("PT801", Severity.WARNING, last=True)
def waiver_that_waives_nothing(case: Case) -> Iterator[Fault]:
    """A waiver stands in a record that has no such warning.

    The warning is gone, or the waiver names another code than was meant. It would hide the next one unseen. Remove it.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        waivers:
          - {code: PT110, reason: Two acts of one week., date: 2026-11-22}  # <-

    Good: records/actions/2020/acme-pause-again-2020.yaml
        title: Acme stops serving police forces
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-11, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement], technology: acme-match}
        evidence: [{at: paper-one-2020#p1, supports: all}]
        waivers:
          - {code: PT110, reason: Two acts of one week., date: 2026-11-22}
    """
    warned = {(finding.subject, finding.code) for finding in case.found}
    for record in case.dataset.records:
        seen: set[str] = set()
        for number, waiver in _waivers(record):
            if not _can_be_waived(waiver.code):
                continue
            if waiver.code in seen:
                message = f"{waiver.code} is waived already"
                yield fault(record, ("waivers", number, "code"), message, "remove one of the two waivers")
            # Of a file that cannot be read nobody knows what it would have been warned of, here or elsewhere.
            elif (record.subject, waiver.code) not in warned and not case.dataset.broken:
                message = f"the record has no warning {waiver.code} ({CATALOGUE[waiver.code].name})"
                yield fault(record, ("waivers", number, "code"), message, "remove the waiver")
            seen.add(waiver.code)


@rule("PT802", Severity.ERROR)
def waiver_of_what_cannot_be_waived(case: Case) -> Iterator[Fault]:
    """A waiver names a code that is no warning.

    Warnings say that a record is probably wrong, and somebody may know better. An error is mended, a notice awaits its
    day, and an unknown code waives nothing. `policytrack explain CODE` tells what a code is.

    Bad: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
        waivers:
          - {code: PT401, reason: The act has no text., date: 2026-11-22}  # <-

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
    for record in case.dataset.records:
        for number, waiver in _waivers(record):
            if _can_be_waived(waiver.code):
                continue
            check = CATALOGUE.get(waiver.code)
            what = f"{check.name}, is of severity {check.severity}" if check else "is no code of a finding"
            message = f"{waiver.code}{',' if check else ''} {what}"
            advice = "mend what it says" if check else advise(waiver.code, filter(_can_be_waived, CATALOGUE))
            yield fault(record, ("waivers", number, "code"), message, advice)
