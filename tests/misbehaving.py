"""A server on this machine that misbehaves as its paths say, and a web that leads every name to it."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from policytrack import links
from policytrack.cli.web import Internet

HERE = "127.0.0.1"


class Site(ThreadingHTTPServer):
    """A server on this machine that misbehaves as its paths say, and remembers who asked what."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__((HERE, 0), _Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.robots = (404, b"")
        self.at_once: Counter[str] = Counter()
        self.most_at_once = 0
        self.sent = 0
        self.stop = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str, host: str = "site.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self, path: str) -> list[str]:
        return [method for method, asked, _ in self.asked if asked == path]


class _Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        site, host = self.server, self.headers["Host"].partition(":")[0]
        site.asked.append((self.command, self.path, host))
        site.headers.append(dict(self.headers))
        site.at_once[host] += 1
        site.most_at_once = max(site.most_at_once, site.at_once[host])
        try:
            getattr(self, "on_" + re.split(r"[/?]", self.path)[1].replace(".", "_"), self.on_ok)()
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            site.at_once[host] -= 1

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def on_ok(self) -> None:
        self.say(200, b"a document", Set_Cookie="visit=1")

    def on_robots_txt(self) -> None:
        self.say(*self.server.robots)

    def on_status(self) -> None:
        self.say(int(self.path.split("/")[2]))

    def on_without_head(self) -> None:
        self.say(405 if self.command == "HEAD" else 200, b"a document")

    def on_busy(self) -> None:
        """429 with the wait that the path names, twice; then the document."""
        before = len(self.server.paths(self.path))
        wait = self.path.split("/")[2]
        self.say(429, Retry_After=wait) if before < 3 else self.say(200, b"a document")

    def on_to(self) -> None:
        """Redirect to what stands behind `?`."""
        self.say(int(self.path.split("/")[2].partition("?")[0]), Location=self.path.partition("?")[2])

    def on_circle(self) -> None:
        self.say(302, Location="/circle/2" if self.path == "/circle" else "/circle")

    def on_far(self) -> None:
        self.say(302, Location=f"/far/{int(self.path.split('/')[2]) + 1}")

    def on_stall(self) -> None:
        self.server.stop.wait(20)

    def on_drip(self) -> None:
        """A header a byte at a time: every read is in time, the answer never is."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not self.server.stop.wait(0.05):
            self.wfile.write(b"x")

    def on_early(self) -> None:
        """Less than was promised, and to HEAD nothing at all."""
        if self.command == "GET":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        self.close_connection = True

    def on_endless(self) -> None:
        if self.command == "HEAD":
            self.say(405)
            return
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not self.server.stop.is_set():
            self.server.sent += self.wfile.write(b"x" * 8192)

    def on_garbage(self) -> None:
        self.wfile.write(b"\x00\xff no protocol\r\n\r\n")
        self.close_connection = True


class Local(Internet):
    """The real questions, asked of this machine: names are made up, and time passes when somebody waits."""

    def __init__(self, names: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(connect=1, read=1, total=2)
        self.names = names or {}
        self.now = 0.0
        self.waits: list[float] = []
        self.looked_up: list[str] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        assert port
        self.looked_up.append(host)
        if host.endswith(".invalid"):
            message = f"{host} has no address"
            raise links.NoAnswerError(message, again=False)
        is_address = re.fullmatch(r"[0-9.]+|.*:.*", host)
        return [host] if is_address else self.names.get(host, [HERE])

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now
