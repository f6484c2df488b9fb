"""The project's own scripts as the site ships them: one for questions, one for drafts, without comments and indents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from policytrack.site.page import Page

STATIC: Final = Path(__file__).parent / "static"
# Each part asks whether its form is on the page; together they weigh less than apart.
_SCRIPTS: Final = {"app.js": ("core.js", "explorer.js", "force.js"), "composer.js": ("composer.js",)}
# Comments begin a line, and no text of a script runs over several.
_GOES_ON: Final = (";", "{", "(", ",")
_COMMENT: Final = re.compile(r"^\s*/\*.*?\*/\s*$\n", re.MULTILINE | re.DOTALL)


def pages() -> Iterator[Page]:
    """Yield the scripts."""
    for name, parts in _SCRIPTS.items():
        text = "".join((STATIC / part).read_text(encoding="utf-8") for part in parts)
        lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
        packed = "".join(line if line.endswith(_GOES_ON) else f"{line}\n" for line in lines)
        yield Page(f"static/{name}", packed.encode())
