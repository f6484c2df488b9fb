"""Asking one address, politely: its robots.txt first, one request at a time per host, few tries, each hop looked at."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from policytrack.links import robots
from policytrack.links.report import State
from policytrack.links.targets import RefusedError, Target, follow, target, vetted
from policytrack.links.web import Answer, NoAnswerError, Request, Web

PAUSE = 2.0
HOPS = 8
BODY = 64 * 1024
# Whoever asks for more patience than this is not asked again in this run.
LONGEST_WAIT = 60.0

_BACKOFF = 3.0
# Servers that do not know HEAD, or lie to it, are asked for the document.
_PAGE = ("HEAD", "GET", "GET")
_FILE = ("GET", "GET", "GET")
_ADDRESSES = 3
_OK = range(200, 300)
_REDIRECTS = {301, 302, 303, 307, 308}
_LASTING = {301, 308}
_GONE = {404, 410}
_BUSY = 429
_AILING = range(500, 600)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one address answered: ``status`` is 0 without an answer, ``final`` where redirects ended."""

    state: State
    status: int = 0
    detail: str = ""
    final: str = ""
    lasting: bool = False


class _EndedError(Exception):
    """Nothing more to ask: the outcome is known."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.detail)
        self.outcome = outcome


@dataclass
class _Host:
    """One host's turn: who asks now, when it was last asked, and the pause that it wants."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    pause: float = PAUSE


@dataclass
class Asker:
    """Asks addresses through ``web``; ``exempt`` are IP addresses that may be asked although they are not public."""

    web: Web
    exempt: Collection[str] = ()
    hosts: defaultdict[str, _Host] = field(default_factory=lambda: defaultdict(_Host))
    rules: dict[tuple[str, str, int], robots.Robots | Outcome] = field(default_factory=dict)

    async def ask(self, url: str) -> Outcome:
        """Return what became of ``url``."""
        try:
            first = target(url)
            outcome = await self._chase(first)
        except RefusedError as refused:
            return Outcome(State.REFUSED, detail=str(refused))
        return replace(outcome, final="" if outcome.final == first.url else outcome.final)

    async def _chase(self, first: Target) -> Outcome:
        """Follow redirects from ``first`` to the end, each hop as carefully as the first."""
        here, lasting, seen = first, True, {first}
        for _ in range(HOPS):
            try:
                await self._permit(here)
                answer = await self._patiently(_PAGE, here, BODY)
            except _EndedError as ended:
                return replace(ended.outcome, final=here.url)
            location = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not location:
                return _judge(answer, first, here, lasting=lasting)
            lasting = lasting and answer.status in _LASTING
            here = follow(here, location)
            if here in seen:
                return Outcome(State.ERROR, answer.status, "the redirects lead in a circle", here.url)
            seen.add(here)
        return Outcome(State.ERROR, detail=f"more than {HOPS} redirects", final=here.url)

    async def _permit(self, here: Target) -> None:
        """End where robots.txt asks programs to stay away."""
        if here.origin not in self.rules:
            self.rules[here.origin] = await self._robots(here)
        rules = self.rules[here.origin]
        if isinstance(rules, Outcome):
            raise _EndedError(rules)
        host = self.hosts[here.host]
        host.pause = max(host.pause, rules.pause)
        if not rules.allows(here.path):
            raise _EndedError(Outcome(State.BLOCKED, detail="robots.txt asks programs not to"))

    async def _robots(self, site: Target) -> robots.Robots | Outcome:
        """Return the rules of a site, or the outcome of every address on it."""
        here, moved = Target(site.scheme, site.host, site.port, "/robots.txt"), False
        try:
            for _ in range(HOPS):
                answer = await self._patiently(_FILE, here, robots.LIMIT)
                if answer.status not in _REDIRECTS or "location" not in answer.headers:
                    break
                moved = True
                here = follow(here, answer.headers["location"])
            else:
                return robots.NONE
        except _EndedError as ended:
            return ended.outcome
        except RefusedError as refused:
            return Outcome(State.REFUSED, detail=f"robots.txt: {refused}" if moved else str(refused))
        if answer.status in _OK:
            return robots.parse(answer.body)
        # As RFC 9309 has it: no robots.txt allows everything, one that cannot be had allows nothing.
        if answer.status in _AILING:
            return Outcome(State.BLOCKED, answer.status, f"robots.txt answers {answer.status}")
        return robots.NONE

    async def _patiently(self, methods: tuple[str, ...], here: Target, limit: int) -> Answer:
        """Ask by one method after the other until there is an answer that stands."""
        answer, failure = None, ""
        for number, method in enumerate(methods):
            wait = _BACKOFF * 2**number
            try:
                answer = await self._once(method, here, limit)
            except NoAnswerError as error:
                answer, failure = None, str(error)
                if not error.again:
                    break
            if answer is not None:
                busy = answer.status == _BUSY or answer.status in _AILING
                if not busy and (method != "HEAD" or answer.status in _OK or answer.status in _REDIRECTS):
                    return answer
                wait = (_wished(answer) or wait) if busy else 0.0
            if wait > LONGEST_WAIT:
                break
            if number + 1 < len(methods):
                host = self.hosts[here.host]
                host.free_at = max(host.free_at, self.web.clock() + wait)
        if answer is None:
            raise _EndedError(Outcome(State.UNREACHABLE, detail=failure))
        if answer.status == _BUSY:
            raise _EndedError(Outcome(State.THROTTLED, answer.status, "asks for fewer requests"))
        return answer

    async def _once(self, method: str, here: Target, limit: int) -> Answer:
        """Ask one time, at the address that was looked at and at no other."""
        async with self._turn(here.host):
            found = vetted(here.host, await self.web.resolve(here.host, here.port), self.exempt)
            failure = NoAnswerError(f"{here.host} has no address")
            for address in found[:_ADDRESSES]:
                try:
                    return await self.web.ask(
                        Request(method, here.scheme, here.host, here.port, here.path, address, limit)
                    )
                except NoAnswerError as error:
                    failure = error
            raise failure

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncIterator[None]:
        """Wait until nobody asks this host and its pause is over."""
        host = self.hosts[name]
        async with host.turn:
            ahead = host.free_at - self.web.clock()
            if ahead > 0:
                await self.web.sleep(ahead)
            try:
                yield
            finally:
                host.free_at = self.web.clock() + host.pause


def _judge(answer: Answer, first: Target, here: Target, *, lasting: bool) -> Outcome:
    """Return what the last answer of a chain means for its first address."""
    final = here.url if here != first else ""
    if answer.status in _OK:
        if not final:
            return Outcome(State.OK, answer.status)
        home = here.path == "/" and first.path != "/"
        detail = "leads to the front page: see whether the document is still there" if home else ""
        return Outcome(State.REDIRECTED, answer.status, detail, final, lasting)
    if answer.status in _GONE:
        return Outcome(State.GONE_ONCE, answer.status, "the document is not there", final)
    return Outcome(State.ERROR, answer.status, f"answers {answer.status}", final)


def _wished(answer: Answer) -> float:
    """Return for how many seconds an answer asks to wait, 0 where it does not say.

    A moment is counted from the answer's own date, so that no clock of ours is needed.
    """
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), 1e9)
    try:
        until, since = parsedate_to_datetime(text), parsedate_to_datetime(answer.headers.get("date", ""))
        return max((_aware(until) - _aware(since)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
