"""A site on this machine alone: for a look at it before it stands anywhere else."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from policytrack.site.building import MARK, SiteError

# Nobody but this machine is answered: a draft is not published by looking at it.
HOST: Final = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Answers with files, says nothing, and shows the page of the site for what is not there."""

    extensions_map = {  # noqa: RUF012 - the library's own form
        **SimpleHTTPRequestHandler.extensions_map,
        ".atom": "application/atom+xml",
        ".ics": "text/calendar",
        ".js": "text/javascript",
        ".yaml": "text/yaml",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: who looks at a page sees it."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the page of the site for what is not there."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def server(folder: Path | str, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of the site in ``folder`` that listens on this machine; `serve_forever` makes it answer.

    ``port`` 0 takes a free one. Raises `SiteError` when the folder holds no site of ours, or the port is taken.
    """
    if not (Path(folder) / MARK).is_file():
        message = f"{folder} holds no site"
        raise SiteError(message, "make one with: policytrack site build")
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}"
        raise SiteError(message, "name another one with --port") from None
