"""Addresses: a source can be found again, by an address that names the document and nobody's visit to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlencode, urlsplit, urlunsplit

from policytrack.findings import Severity
from policytrack.models import Source
from policytrack.rules.registry import Case, Fault, fault, rule

_SCHEMES = frozenset({"http", "https"})
_PORTS = {"http": 80, "https": 443}
_FIELDS = ("url", "archive_url")
_TRACKING = re.compile(
    "utm_.*|_ga|_gl|_hsenc|_hsmi|[dg]clid|gclsrc|[gw]braid|fbclid|igsh|igshid|mc_[ce]id|mkt_tok|msclkid|"
    "oly_(anon|enc)_id|s_cid|t[tw]clid|vero_id|yclid",
    re.IGNORECASE,
)
_ARCHIVES = re.compile(
    r"(.+\.)?(archive\.(fo|is|li|md|org|ph|today|vn)|archive-it\.org|arquivo\.pt|ghostarchive\.org|megalodon\.jp|"
    r"perma\.cc|webarchive\.(loc\.gov|nationalarchives\.gov\.uk|org\.uk)|webcitation\.org)\.?"
)


def _split(address: str) -> SplitResult | None:
    """Return the parts of a usable web address, or None: the library raises on bad ports and brackets."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable and not any(sign.isspace() for sign in address) else None


def _is_tracking(name: str) -> bool:
    return _TRACKING.fullmatch(name) is not None


def _parameters(parts: SplitResult) -> list[tuple[str, str]]:
    try:
        return parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    except ValueError:
        return []


def canonical(address: str) -> str | None:
    """Return the address without what does not say which document it is, or None where it is no web address.

    Dropped: the scheme, upper case in the host, a default port, credentials, the fragment, tracking parameters, the
    order of the others, and a slash at the end.
    """
    parts = _split(address)
    if parts is None:
        return None
    port = f":{parts.port}" if parts.port and parts.port != _PORTS[parts.scheme] else ""
    kept = sorted(pair for pair in _parameters(parts) if not _is_tracking(pair[0]))
    query = f"?{urlencode(kept, errors='surrogateescape')}" if kept else ""
    return f"{parts.hostname}{port}{parts.path.rstrip('/')}{query}"


def untracked(address: str) -> str:
    """Return the address without its tracking parameters, all else as it is written."""
    parts = _split(address)
    if parts is None:
        return address
    kept = [each for each in parts.query.split("&") if not _is_tracking(unquote_plus(each.partition("=")[0]))]
    query = "&".join(kept)
    return address if query == parts.query else urlunsplit(parts._replace(query=query))


def _addresses(source: Source) -> Iterator[tuple[str, str]]:
    for name in _FIELDS:
        address = getattr(source, name)
        if address is not None:
            yield name, address


@rule("PT603", Severity.ERROR)
def address_of_two_sources(case: Case) -> Iterator[Fault]:
    """Two sources have one address.

    They are one document under two ids, and would count as two. Keep one; a later version of the same page has an
    `archive_url` of its own. Compared are addresses without scheme, fragment, tracking parameters and closing slash.

    Bad: records/sources/2020/paper-uno-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://Paper-Two.example:443/acme-match/  # <-
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-uno-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://paper-uno.example/acme-match
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    first: dict[str, str] = {}
    for record in sorted(case.dataset.sources.values(), key=lambda record: record.id):
        name = canonical(record.model.url) if record.model.url else None
        if name is not None and name in first:
            message = f"the address is that of {first[name]}"
            yield fault(record, ("url",), message, "keep one record of the document, and cite that")
        elif name is not None:
            first[name] = record.id


@rule("PT604", Severity.WARNING)
def tracking_parameters(case: Case) -> Iterator[Fault]:
    """An address carries parameters that track whoever follows it.

    They name a campaign or a visit, not the document, and hide that two addresses are one. Take them out; see that
    the address still works.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://paper-four.example/acme?utm_source=mail&id=7  # <-
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://paper-four.example/acme?id=7
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        for field, address in _addresses(record.model):
            parts = _split(address)
            names = [name for name, _ in _parameters(parts) if _is_tracking(name)] if parts else []
            if names:
                shown = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
                yield fault(record, (field,), f"the address carries {shown}", "take them out of the address")


@rule("PT605", Severity.ERROR)
def not_a_web_address(case: Case) -> Iterator[Fault]:
    """An address is not one of the web.

    Only `http` and `https` lead a reader to a document; other schemes can run code on the pages that show them. Write
    the whole address with its host and without spaces.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: www.paper-four.example/acme  # <-
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://www.paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        for field, address in _addresses(record.model):
            if _split(address) is None:
                message = f"`{address}` is no address of the web"
                yield fault(record, (field,), message, "write it whole: https://, the host, the path")


@rule("PT606", Severity.ERROR)
def credentials_in_address(case: Case) -> Iterator[Fault]:
    """An address holds a user name or a password.

    Records are public. Take it out, and change the password if it is a real one.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://reader:secret@paper-four.example/acme  # <-
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        for field, address in _addresses(record.model):
            parts = _split(address)
            if parts is not None and "@" in parts.netloc:
                message = f"the address of {parts.hostname} holds a user name or a password"
                yield fault(record, (field,), message, "take out what stands before the `@`")


@rule("PT607", Severity.WARNING)
def no_address(case: Case) -> Iterator[Fault]:
    """A source has no address, and nothing says why.

    Nobody can look it up. Give the address, one in a public archive, or the reason in `notes`: seen in print, not
    held, the copy does not show it.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article  # <-
        title: Acme stops selling
        credit: own-byline
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
        notes: Read in print; the page was never on the web.
    """
    for record in case.dataset.sources.values():
        source = record.model
        if source.url is None and source.archive_url is None and source.notes is None:
            advice = "give `url` or `archive_url`, or say in `notes` why there is none"
            yield fault(record, (), "the source has no address, and `notes` gives no reason", advice)


@rule("PT614", Severity.ERROR)
def not_a_public_archive(case: Case) -> Iterator[Fault]:
    """An archived address does not lead to a public archive.

    A copy on somebody's own site is a republication, and it may vanish or change. Save the page in a public archive
    and give that address.

    Bad: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://paper-four.example/acme
        archive_url: https://my-copies.example/acme.html  # <-
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}

    Good: records/sources/2020/paper-four-2020.yaml
        type: news-article
        title: Acme stops selling
        credit: own-byline
        url: https://paper-four.example/acme
        archive_url: https://web.archive.org/web/20200612000000/https://paper-four.example/acme
        published: 2020-06-12
        read: {on: 2026-11-22, extent: full}
    """
    for record in case.dataset.sources.values():
        address = record.model.archive_url
        parts = _split(address) if address else None
        if parts is not None and not _ARCHIVES.fullmatch(parts.hostname or ""):
            message = f"{parts.hostname} is not known as a public archive"
            yield fault(record, ("archive_url",), message, "use web.archive.org, perma.cc, archive.today or the like")
