"""The one place where the project touches the network: names looked up and questions asked, for the check of links.

httpx's transport is used without its client: it keeps no cookies, follows nothing, knows no password files and no
proxies, and connects to the IP address that it is given, while the certificate is held against the host's name.
"""

from __future__ import annotations

import asyncio
import socket
import time
from importlib.metadata import version

import httpx

from policytrack.links import Answer, NoAnswerError, Request

CONNECT = 10.0
READ = 10.0
TOTAL = 30.0


class Internet:
    """The world outside as it is. ``total`` bounds one question from the first byte to the last, in seconds."""

    def __init__(self, *, connect: float = CONNECT, read: float = READ, total: float = TOTAL) -> None:
        """Keep the time limits."""
        self._total = total
        self._limits = {"connect": connect, "read": read, "write": read, "pool": connect}
        self._trust = httpx.create_ssl_context(trust_env=False)
        self._agent = f"policytrack/{version('policytrack')} (check of links)"

    async def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a name; raises `NoAnswerError` where nobody knows it."""
        look_up = asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        try:
            async with asyncio.timeout(self._total):
                found = await look_up
        except socket.gaierror as error:
            message = f"{host} has no address"
            raise NoAnswerError(message, again=error.errno == socket.EAI_AGAIN) from None
        except (TimeoutError, OSError, UnicodeError):
            message = f"{host} could not be looked up"
            raise NoAnswerError(message) from None
        return list(dict.fromkeys(str(each[4][0]) for each in found))

    async def ask(self, request: Request) -> Answer:
        """Ask, and read at most the limit of what comes back."""
        try:
            async with asyncio.timeout(self._total):
                return await self._exchange(request)
        except TimeoutError:
            message = f"no whole answer within {self._total:g} seconds"
            raise NoAnswerError(message) from None
        except httpx.TimeoutException as error:
            message = f"no answer in time ({_kind(error)})"
            raise NoAnswerError(message) from None
        except httpx.ConnectError as error:
            certificate = "certificate" in str(error).lower()
            message = "the certificate is not valid" if certificate else "no connection"
            raise NoAnswerError(message, again=not certificate) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            message = f"the answer broke off ({_kind(error)})"
            raise NoAnswerError(message) from None

    async def _exchange(self, asked: Request) -> Answer:
        shown = f"[{asked.host}]" if ":" in asked.host else asked.host
        usual = asked.port == {"http": 80, "https": 443}[asked.scheme]
        request = httpx.Request(
            asked.method,
            httpx.URL(scheme=asked.scheme, host=asked.address, port=asked.port, raw_path=asked.target.encode("ascii")),
            headers={
                "Host": shown if usual else f"{shown}:{asked.port}",
                "User-Agent": self._agent,
                "Accept": "*/*",
                # What is packed could unpack to gigabytes; nothing here needs it.
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
            extensions={"timeout": self._limits, "sni_hostname": asked.host},
        )
        async with httpx.AsyncHTTPTransport(verify=self._trust, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            try:
                body = b"" if asked.method == "HEAD" else await _read(response, asked.limit)
            finally:
                await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, body)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    def clock(self) -> float:
        """Return the seconds of a clock that nobody sets."""
        return time.monotonic()


async def _read(response: httpx.Response, limit: int) -> bytes:
    """Return the beginning of a body; whoever sends without end is left as soon as there is enough."""
    body = bytearray()
    async for piece in response.aiter_raw(16 * 1024):
        body += piece
        if len(body) >= limit:
            break
    return bytes(body[:limit])


def _kind(error: Exception) -> str:
    return type(error).__name__
