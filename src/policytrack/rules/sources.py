"""Sources: what was read and when, in which language, and how far a text can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policytrack.codes import Extent, Reliability
from policytrack.dates import Bounds, before, day
from policytrack.findings import Severity
from policytrack.models import Source
from policytrack.rules.registry import Case, Fault, fault, rule


@rule("PT608", Severity.ERROR)
def low_reliability_without_reason(case: Case) -> Iterator[Fault]:
    """A source is called unreliable, and nothing says why.

    Readers must be able to judge the judgement. Say in `reliability_reason` what is wrong with the text.

    Bad: records/sources/2020/rumour-2020.yaml
        type: news-article
        title: Acme and the police
        credit: staff
        url: https://rumour.example/acme
        published: 2020-06-12
        reliability: low  # <-
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/rumour-2020.yaml
        type: news-article
        title: Acme and the police
        credit: staff
        url: https://rumour.example/acme
        published: 2020-06-12
        reliability: low
        reliability_reason: names and dates of other stories are mixed in
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        if record.model.reliability is Reliability.LOW and record.model.reliability_reason is None:
            message = "the reliability is low, and no reason is given"
            yield fault(record, ("reliability",), message, "say in `reliability_reason` what is wrong with the text")


@rule("PT609", Severity.ERROR)
def reason_without_low_reliability(case: Case) -> Iterator[Fault]:
    """A source is said to be reliable, and a reason is given why it is not.

    One of the two is wrong. Write `reliability: low`, or move the remark to `notes`.

    Bad: records/sources/2020/rumour-2020.yaml
        type: news-article
        title: Acme and the police
        credit: staff
        url: https://rumour.example/acme
        published: 2020-06-12
        reliability_reason: names and dates of other stories are mixed in  # <-
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/rumour-2020.yaml
        type: news-article
        title: Acme and the police
        credit: staff
        url: https://rumour.example/acme
        published: 2020-06-12
        reliability: low
        reliability_reason: names and dates of other stories are mixed in
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        if record.model.reliability is Reliability.GOOD and record.model.reliability_reason is not None:
            message = "a reason for low reliability is given, and the reliability is good"
            yield fault(record, ("reliability_reason",), message, "write `reliability: low`, or move it to `notes`")


@rule("PT610", Severity.ERROR)
def reading_without_day(case: Case) -> Iterator[Fault]:
    """A source was read, and nothing says when.

    Pages change and vanish; the day says which state of it the record speaks of. Write `on`.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        read: {extent: full}  # <-

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        read = record.model.read
        if read.extent is not Extent.NONE and read.on is None:
            message = f"read to the extent `{read.extent}`, and no day is given"
            yield fault(record, ("read", "extent"), message, "write `on: YYYY-MM-DD`, the day it was read")


@rule("PT611", Severity.ERROR)
def day_without_reading(case: Case) -> Iterator[Fault]:
    """A source was not read, and a day says when it was.

    One of the two is wrong. Write how much was read, or take the day out.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        url: https://acme.example/police
        published: 2020-06-10
        read: {on: 2026-11-22, extent: none}  # <-

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        url: https://acme.example/police
        published: 2020-06-10
        read: {extent: none}
    """
    for record in case.dataset.sources.values():
        read = record.model.read
        if read.extent is Extent.NONE and read.on is not None:
            message = f"read on {read.on}, and to the extent `none`"
            yield fault(record, ("read", "on"), message, "write how much was read, or take the day out")


@rule("PT612", Severity.WARNING)
def title_without_translation(case: Case) -> Iterator[Fault]:
    """A title that is not English has no translation.

    Lists of sources are read by people who do not know the language. Write our translation in `title_en`.

    Bad: records/sources/2020/zeitung-2020.yaml
        type: news-article
        title: Acme verkauft nicht mehr an die Polizei  # <-
        credit: own-byline
        url: https://zeitung.example/acme
        published: 2020-06-12
        language: de
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/zeitung-2020.yaml
        type: news-article
        title: Acme verkauft nicht mehr an die Polizei
        title_en: Acme no longer sells to the police
        credit: own-byline
        url: https://zeitung.example/acme
        published: 2020-06-12
        language: de
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        source = record.model
        if source.language is not None and not _english(source.language) and source.title_en is None:
            message = f"the title is in the language `{source.language}` and has no translation"
            yield fault(record, ("title",), message, "write our translation in `title_en`")


def _english(language: str) -> bool:
    return language.partition("-")[0] == "en"


@rule("PT613", Severity.WARNING)
def translation_of_english_title(case: Case) -> Iterator[Fault]:
    """An English title has a translation into English.

    Either the language is wrong, or the second title is not a translation but another title. Take it out, or correct
    the language.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        title_en: What Acme sells to the police  # <-
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        language: en
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        source = record.model
        if source.language is not None and _english(source.language) and source.title_en is not None:
            message = f"the language is `{source.language}`, and the title is translated into English"
            yield fault(record, ("title_en",), message, "take it out, or correct `language`")


@rule("PT615", Severity.ERROR)
def updated_before_published(case: Case) -> Iterator[Fault]:
    """A source was updated before it was published.

    One of the two dates is wrong, or one of them is a stamp of the page: those stand under `page_dates`.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        updated: 2020-06-02  # <-
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        updated: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        published, updated = record.model.published, record.model.updated
        if published and updated and before(updated.bounds, published.bounds):
            message = f"updated {updated} lies before published {published}"
            yield fault(record, ("updated",), message, "correct one of them; a stamp of the page is a `page_dates`")


@rule("PT616", Severity.ERROR)
def read_before_published(case: Case) -> Iterator[Fault]:
    """A source was read before it existed.

    The version that was read cannot be younger than the reading. Correct one of the dates.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        read: {on: 2020-06-01, extent: full}  # <-

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        url: https://acme.example/police
        published: 2020-06-10
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        read = record.model.read.on
        late = [name for name, bounds in _dates(record.model).items() if read and _certainly_after(bounds, read)]
        if late:
            dated = getattr(record.model, late[0])
            message = f"read on {read}, before it was {late[0]} ({dated})"
            yield fault(record, ("read", "on"), message, "correct one of the dates")


def _dates(source: Source) -> dict[str, Bounds]:
    dates = {"published": source.published, "updated": source.updated}
    return {name: each.bounds for name, each in dates.items() if each is not None}


def _certainly_after(bounds: Bounds, read: date) -> bool:
    # What is published late on one day is read on the day before in another time zone.
    return before(day(read), Bounds(bounds.lo - 1, bounds.hi - 1)) is True


@rule("PT909", Severity.NOTICE)
def read_in_the_future(case: Case) -> Iterator[Fault]:
    """A source is said to have been read on a day that is still to come.

    The day is a slip, most often of the year. What was known when is told by it, so look when the source was read.

    Bad: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        issuer: acme
        url: https://acme.example/police
        published: 2020-06-10
        read: {on: 2062-11-22, extent: full}  # <-

    Good: records/sources/2020/acme-page-2020.yaml
        type: company-page
        title: Acme and the police
        credit: issuer
        issuer: acme
        url: https://acme.example/police
        published: 2020-06-10
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        read = record.model.read.on
        # Elsewhere the next day has begun.
        if read is not None and read.toordinal() > case.today.toordinal() + 1:
            message = f"read on {read}, which is still to come"
            yield fault(record, ("read", "on"), message, "correct the day")


@rule("PT904", Severity.NOTICE)
def unused_source(case: Case) -> Iterator[Fault]:
    """A source that no action cites and that no source is a copy of.

    Work for whoever has time: read it for facts that no record holds yet, or take it out.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article  # <-
        title: Acme stops selling to police
        credit: own-byline
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling to police
        credit: own-byline
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        copy_of: {source: paper-one-2020, kind: reposted, basis: same words throughout}
    """
    actions, sources = case.dataset.actions.values(), case.dataset.sources.values()
    used = {item.at.source for record in actions for item in record.model.evidence}
    used |= {item.relays for record in actions for item in record.model.evidence if item.relays}
    used |= {record.model.copy_of.source for record in sources if record.model.copy_of and record.model.copy_of.source}
    broken = any(name.startswith("action/") for name in case.dataset.broken)
    for record in sources:
        # A copy is kept so that nobody takes it for a further report.
        if not broken and record.id not in used and record.model.copy_of is None:
            message = "no action cites this source, and it is no copy"
            yield fault(record, (), message, "read it for facts that no record holds yet, or take it out")
