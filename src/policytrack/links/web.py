"""What the check of links needs of the world outside: names, answers, time. A command brings it, a test feigns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one machine: ``address`` is the IP address that was checked, and no other may be asked.

    ``target`` is path and query; at most ``limit`` bytes of a body are read.
    """

    method: str
    scheme: str
    host: str
    port: int
    target: str
    address: str
    limit: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the names of ``headers`` are in lower case, ``body`` is cut at the limit."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class NoAnswerError(Exception):
    """No answer, or only a part of one; ``again`` says whether asking once more can help."""

    def __init__(self, message: str, *, again: bool = True) -> None:
        """Keep what happened in a few words."""
        super().__init__(message)
        self.again = again


class Web(Protocol):
    """The world outside. Every method keeps to time limits of its own."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the IP addresses of a name, best first; raises `NoAnswerError` where it has none."""

    async def ask(self, request: Request) -> Answer:
        """Send one request, follow nothing, and return the answer; raises `NoAnswerError` without one."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""

    def clock(self) -> float:
        """Return seconds that only ever grow."""
