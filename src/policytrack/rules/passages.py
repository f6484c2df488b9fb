"""Passages: a fingerprint points at one place of a text that somebody has read, and gives nothing of it away."""

from __future__ import annotations

from collections.abc import Iterator

from policytrack.codes import Extent
from policytrack.evidence.passages import MOST, least_length_in
from policytrack.findings import Severity
from policytrack.rules.registry import Case, Fault, fault, rule


@rule("PT515", Severity.ERROR)
def passage_of_unread_source(case: Case) -> Iterator[Fault]:
    """A source holds passages, and says that nobody has read it.

    A fingerprint can only be made from a text. Correct `extent`, or move the passages to the copy that was read.

    Bad: records/sources/undated/acme-blog.yaml
        type: company-page
        title: Acme blog entry on police
        notes: No address was seen.
        read: {extent: none}  # <-
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111

    Good: records/sources/undated/acme-blog.yaml
        type: company-page
        title: Acme blog entry on police
        credit: issuer
        notes: No address was seen.
        read: {on: 2026-11-22, extent: opening}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    """
    for record in case.dataset.sources.values():
        if record.model.passages and record.model.read.extent is Extent.NONE:
            message = f"`extent: none` and {len(record.model.passages)} passages"
            advice = "write how much was read and when, or move the passages to the copy that was read"
            yield fault(record, ("read", "extent"), message, advice)


@rule("PT516", Severity.ERROR)
def short_passage(case: Case) -> Iterator[Fault]:
    """A passage is so short that its text can be guessed from its fingerprint.

    Whoever knows the subject can try likely phrases until the hash agrees, and a short text may stand in many places.
    A passage has at least 40 letters and numbers, 20 in languages without spaces between words. Take in the sentence
    before or after it.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: heading
            start: 0
            length: 12  # <-
            sha256: 1111111111111111111111111111111111111111111111111111111111111111

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: heading and paragraph 1
            start: 0
            length: 92
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    """
    for record in case.dataset.sources.values():
        least = least_length_in(record.model.language)
        for key, passage in record.model.passages.items():
            if passage.length < least:
                message = f"the passage has {passage.length} letters and numbers; at least {least} are needed"
                advice = "take in the sentence before or after it: `policytrack cite`"
                yield fault(record, ("passages", key, "length"), message, advice)


@rule("PT517", Severity.WARNING)
def long_passage(case: Case) -> Iterator[Fault]:
    """A passage is longer than any place that a reader could be sent to.

    One changed letter breaks the fingerprint, and nobody can tell which sentence carries the fact. Cite the sentence
    or the paragraph.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: the whole page
            start: 0
            length: 21050  # <-
            sha256: 1111111111111111111111111111111111111111111111111111111111111111

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 4
            start: 820
            length: 210
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    """
    for record in case.dataset.sources.values():
        for key, passage in record.model.passages.items():
            if passage.length > MOST:
                message = f"the passage has {passage.length:,} letters and numbers; {MOST:,} are more than enough"
                yield fault(record, ("passages", key, "length"), message, "cite the sentence or the paragraph")


@rule("PT518", Severity.ERROR)
def passage_twice(case: Case) -> Iterator[Fault]:
    """A source holds one passage under two keys.

    Two keys for one place make one piece of evidence look like two. Keep the key that is cited.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
          p2:
            locator: opening
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111  # <-

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
        passages:
          p1:
            locator: paragraph 1
            start: 0
            length: 60
            sha256: 1111111111111111111111111111111111111111111111111111111111111111
    """
    for record in case.dataset.sources.values():
        first: dict[str, str] = {}
        for key, passage in record.model.passages.items():
            if passage.sha256 in first:
                message = f"`{key}` is the same text as `{first[passage.sha256]}`"
                yield fault(record, ("passages", key, "sha256"), message, f"cite `{first[passage.sha256]}`")
            first.setdefault(passage.sha256, key)
