"""Copies: two texts from one hand are not two reports, so a source says who wrote it and what it copies."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import CopyKind, CreditKind, Extent
from policytrack.evidence import root_of
from policytrack.findings import Severity
from policytrack.models import Source
from policytrack.rules.registry import Case, Fault, fault, rule


@rule("PT601", Severity.ERROR)
def copy_of_nothing(case: Case) -> Iterator[Fault]:
    """A source is a copy, and does not say of what.

    Copies count as their origin, so the origin must have an id, even if nobody here has held it: record it with
    `read: {extent: none}` and name it. Only a compiled text of unknown origin may leave it out.

    Bad: records/sources/2020/wire-copy-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: agency Wire
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        copy_of: {kind: syndicated, basis: credited at the foot}  # <-

    Good: records/sources/2020/wire-copy-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: agency Wire
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        copy_of: {source: paper-two-2020, kind: syndicated, basis: credited at the foot}
    """
    for record in case.dataset.sources.values():
        copy = record.model.copy_of
        if copy is not None and copy.source is None and copy.kind is not CopyKind.COMPILED:
            advice = "name the work under `source`; if nobody has held it, record it with `read: {extent: none}`"
            yield fault(record, ("copy_of",), f"a {copy.kind} copy of no named source", advice, key=True)


@rule("PT602", Severity.WARNING)
def same_text_in_two_sources(case: Case) -> Iterator[Fault]:
    """Two sources hold the same text, and neither is said to be a copy.

    A sentence that stands word for word in two articles came from one of them, or both took it from a third. Counted
    as two origins it would make one report look like two. Say under `copy_of` what is a copy of what; a quotation of
    the same statement in two independent reports is a reason for a waiver.

    Bad: records/sources/2020/paper-zero-2020.yaml
        type: news-article
        title: Acme stops selling to police
        credit: own-byline
        url: https://paper-zero.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 58
            sha256: d1687b3c5e995219c62cb55e06fb300c4bc8b4007b64b2d2a2cf2fbc075a09b1  # <-

    Good: records/sources/2020/paper-zero-2020.yaml
        type: news-article
        title: Acme stops selling to police
        credit: own-byline
        url: https://paper-zero.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        copy_of: {source: paper-one-2020, kind: reposted, basis: same words throughout}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 58
            sha256: d1687b3c5e995219c62cb55e06fb300c4bc8b4007b64b2d2a2cf2fbc075a09b1
    """
    first: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for record in case.dataset.sources.values():
        for key, passage in record.model.passages.items():
            other = first.setdefault(passage.sha256, record.id)
            if (other, record.id) in told or root_of(case.dataset, other) == root_of(case.dataset, record.id):
                continue
            told.add((other, record.id))
            message = f"the passage `{key}` stands in {other} word for word"
            advice = "say under `copy_of` which is a copy of which"
            yield fault(record, ("passages", key, "sha256"), message, advice)


@rule("PT617", Severity.WARNING)
def credit_missing(case: Case) -> Iterator[Fault]:
    """A source that was read does not say who is credited.

    Two outlets that carry one agency's text are one origin, so it matters who wrote it. Write own-byline, staff,
    issuer, `agency` and its name, or unstated where the document does not say.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article  # <-
        title: Acme stops selling to police
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling to police
        credit: unstated
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        source = record.model
        if source.credit is None and source.read.extent is not Extent.NONE and not source.type.primary:
            advice = "write own-byline, staff, issuer, unstated, or agency and its name"
            yield fault(record, ("credit",), "the source was read, and `credit` is missing", advice)


@rule("PT618", Severity.WARNING)
def agency_text_without_origin(case: Case) -> Iterator[Fault]:
    """A text is credited to an agency, and is not said to be a copy of the agency's.

    Every outlet that carries an agency's story would count as an origin of its own. Record the agency's story, unread
    if nobody held it, and name it under `copy_of`.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling to police
        credit: agency Wire  # <-
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling to police
        credit: agency Wire
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        copy_of: {source: wire-2020, kind: syndicated, basis: credited under the headline}
    Good: records/sources/undated/wire-2020.yaml
        type: news-article
        title: Story on Acme (title not seen)
        publisher: Wire
        credit: agency Wire
        notes: Not held; known through a newspaper that carries it.
        read: {extent: none}
    """
    for record in case.dataset.sources.values():
        source = record.model
        agency = source.credit is not None and source.credit.kind is CreditKind.AGENCY
        if agency and source.copy_of is None and source.read.extent is not Extent.NONE and not _by_itself(source):
            message = f"credited to `{source.credit}`, and `copy_of` is missing"
            yield fault(record, ("credit",), message, "record the agency's story and name it under `copy_of`")


def _by_itself(source: Source) -> bool:
    """Whether the agency that is credited is also the publisher: then this is its story."""
    names = {name.casefold() for name in (source.publisher, source.container) if name}
    return source.credit is not None and source.credit.agency.casefold() in names
