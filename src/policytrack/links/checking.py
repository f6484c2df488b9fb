"""The run: which addresses to ask, in what order, and what the answers make of what was known before."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from policytrack.dataset import Dataset
from policytrack.links.asking import Asker, Outcome
from policytrack.links.hosts import Exempt, exemption
from policytrack.links.report import Link, Report, State, Unused, Use
from policytrack.links.targets import RefusedError, target
from policytrack.links.web import Web
from policytrack.models import Source

HOSTS_AT_ONCE = 4
# An answer of one of these kinds says that the document is there: what was missing before is forgotten.
_THERE = {State.OK, State.REDIRECTED}
_LOST = {State.GONE_ONCE, State.DEAD}
_ARCHIVE = "https://web.archive.org/web"


@dataclass(frozen=True, slots=True)
class _Address:
    """One address of the records: who uses it, the host it is on, and an archive's address for it."""

    url: str
    uses: tuple[Use, ...]
    host: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Run:
    """How to ask: with what was known ``before``, without ``exempt_hosts``, and at most ``limit`` addresses.

    Asked first are those that were not asked for longest. ``exempt_addresses`` are IP addresses that may be asked
    although they are not public: for tests.
    """

    before: Report | None = None
    exempt_hosts: Mapping[str, Exempt] = field(default_factory=dict)
    limit: int | None = None
    exempt_addresses: Collection[str] = ()


async def check(dataset: Dataset, web: Web, today: date, run: Run) -> Report:
    """Ask the addresses of the sources through ``web`` and return what is known of all of them on the day ``today``."""
    hosts = run.exempt_hosts
    addresses = _addresses(dataset)
    known = {link.url: link for link in run.before.links} if run.before else {}
    exempted = {each.url for each in addresses if exemption(each.host, hosts)}
    asked = _chosen([each for each in addresses if each.url not in exempted], known, run.limit)
    outcomes = await _ask_all(Asker(web, run.exempt_addresses), asked)
    outcomes |= {url: Outcome(State.EXEMPT) for url in exempted}
    links = [_link(each, known.get(each.url), outcomes.get(each.url), today) for each in addresses]
    used = {exemption(each.host, hosts) for each in addresses}
    unused = [Unused(host=host, reason=hosts[host].reason) for host in sorted(hosts) if host not in used]
    return Report(checked=today, links=tuple(links), unused_hosts=tuple(unused))


def _addresses(dataset: Dataset) -> list[_Address]:
    """Return the addresses of the sources, each once, in order."""
    uses: dict[str, list[Use]] = defaultdict(list)
    proposals: dict[str, str] = {}
    for name, record in dataset.sources.items():
        source = record.model
        for spot, url in (("url", source.url), ("archive_url", source.archive_url)):
            if url is not None:
                uses[url].append(Use(source=name, field=spot))
        if source.url is not None and source.archive_url is None:
            proposals[source.url] = _proposal(source, source.url)
    return [_Address(url, tuple(uses[url]), _host(url), proposals.get(url, "")) for url in sorted(uses)]


def _host(url: str) -> str:
    try:
        return target(url).host
    except RefusedError:
        return ""


def _proposal(source: Source, url: str) -> str:
    """Return where an archive would keep the page as it was when it was published, or else read; nobody is asked."""
    dated = source.published or source.updated
    day = (dated.bounds.earliest or dated.bounds.latest) if dated else source.read.on
    return f"{_ARCHIVE}/{day:%Y%m%d}000000/{url}" if day else f"{_ARCHIVE}/{url}"


def _chosen(addresses: list[_Address], known: Mapping[str, Link], limit: int | None) -> list[_Address]:
    """Return those to ask now: the ones never asked, then the ones asked longest ago."""
    last = {url: link.asked or date.min for url, link in known.items()}
    return sorted(addresses, key=lambda each: (last.get(each.url, date.min), each.url))[:limit]


async def _ask_all(asker: Asker, addresses: list[_Address]) -> dict[str, Outcome]:
    """Ask a few hosts at once, and of each host one address after the other."""
    by_host: dict[str, list[_Address]] = defaultdict(list)
    for each in addresses:
        by_host[each.host].append(each)
    outcomes: dict[str, Outcome] = {}
    places = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def visit(host: list[_Address]) -> None:
        async with places:
            for each in host:
                outcomes[each.url] = await asker.ask(each.url)
                if outcomes[each.url].state is State.THROTTLED:
                    # The host asked to be left alone; the rest waits for the next run.
                    return

    async with asyncio.TaskGroup() as group:
        for host in by_host.values():
            group.create_task(visit(host))
    return outcomes


def _link(address: _Address, known: Link | None, outcome: Outcome | None, today: date) -> Link:
    """Return what is known of an address after this run; without an outcome what was known stays."""
    if outcome is None:
        before = known or Link(url=address.url, used_by=(), state=State.WAITING)
        return before.model_copy(update={"used_by": address.uses})
    missing, missed = _missing(known, outcome.state, today)
    state = State.DEAD if outcome.state is State.GONE_ONCE and missing > 1 else outcome.state
    since = known.since if known and known.state is state and known.since else today
    asked = today if state is not State.EXEMPT else known.asked if known else None
    return Link(
        url=address.url,
        used_by=address.uses,
        state=state,
        status=outcome.status,
        detail=outcome.detail,
        final=outcome.final,
        lasting=outcome.lasting,
        since=since,
        asked=asked,
        missing=missing,
        missed=missed,
        proposal=address.proposal if state in _LOST else "",
    )


def _missing(known: Link | None, state: State, today: date) -> tuple[int, date | None]:
    """Return on how many days an address was missing since it was last there, and the last; one day counts once."""
    count, last = (known.missing, known.missed) if known else (0, None)
    if state in _THERE:
        return 0, None
    if state is State.GONE_ONCE and last != today:
        return count + 1, today
    return count, last
