"""SHA256SUMS: the hash of every file of a release, in the form that `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

NAME: Final = "SHA256SUMS"
SIGNATURE: Final = f"{NAME}.sig"
_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S.*)")


def sha256(content: bytes) -> str:
    """Return the hash in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def as_text(files: Mapping[str, bytes]) -> str:
    """Return the list for ``files`` (path to bytes), sorted by path."""
    return "".join(f"{sha256(files[path])}  {path}\n" for path in sorted(files))


def listed(text: str) -> dict[str, str]:
    """Return path to hash; raises `ValueError`, naming the line, where ``text`` is no such list."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        matched = _LINE.fullmatch(line)
        if matched is None or matched[2] in found:
            message = f"line {number} is not the hash of one more file"
            raise ValueError(message)
        found[matched[2]] = matched[1]
    return found
