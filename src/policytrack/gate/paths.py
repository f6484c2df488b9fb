"""Where a descriptor may point: addresses on the web, which are not opened, and paths that stay in the package."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from policytrack.findings import Check
from policytrack.gate.descriptors import Node
from policytrack.gate.faults import ADVICE, DESCRIPTOR
from policytrack.gate.report import Report

_REMOTE: Final = re.compile(r"(?:https?|ftps?)://", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_STRANGE: Final = re.compile(r"[\x00-\x1f\x7f]")


def is_remote(path: str) -> bool:
    """Whether a path is an address on the web."""
    return bool(_REMOTE.match(path))


@dataclass(frozen=True, slots=True)
class Target:
    """A file of the package: its path as told, and where that is on this machine."""

    path: str
    file: Path


class Unopened(OSError):  # noqa: N818 - nothing is wrong with the program
    """A file that cannot be opened or must not be; ``key`` says what was tested."""

    def __init__(self, key: str, message: str) -> None:
        """Keep the parts apart."""
        super().__init__(message)
        self.key = key


def fault(path: str) -> tuple[str, str] | None:
    """Return the key and the words of what is unsafe in a path; nothing for one that stays in the package."""
    parts = path.split("/")
    if _STRANGE.search(path):
        return "path.control", "the path holds a control character"
    if "\\" in path:
        return "path.backslash", "the path is not written with `/`"
    if path.startswith(("/", "~")):
        return "path.absolute", "the path does not begin in the package"
    if _SCHEME.match(path):
        return "path.scheme", "the address is neither a path nor one of http, https and ftp"
    if ".." in parts:
        return "path.parent", "the path leads out of the package"
    if path.startswith(".") or not all(parts):
        return "path.plain", "the path is not a plain one, such as data/table.csv"
    return None


def is_sound(node: Node, report: Report, check: Check = DESCRIPTOR) -> bool:
    """Whether a value is a safe path or an address of the web; what it is not is told."""
    found = fault(str(node.value))
    if is_remote(str(node.value)) or found is None:
        return True
    report.at(check, found[0], node, f"`{node.value}`: {found[1]}", "write a path relative to datapackage.json")
    return False


def opened(root: Path, path: str) -> Target:
    """Return the file at a safe path; raise `Unopened` when it is not there, no file, or outside by a link."""
    file = root / PurePosixPath(path)
    try:
        inside = file.resolve().is_relative_to(root.resolve())
        if not inside:
            raise Unopened("file.outside", "a link leads out of the package")
        if not file.exists():
            raise Unopened("file.missing", "the file is not there")
        if not file.is_file():
            raise Unopened("file.kind", "this is no ordinary file")
        if not os.access(file, os.R_OK):
            raise Unopened("file.closed", "the file cannot be read")
    except Unopened:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise Unopened("file.closed", f"the file cannot be opened: {error}") from None
    return Target(path, file)


def inspect_link(root: Path, node: Node, report: Report) -> None:
    """Tell when a link of the metadata is unsafe, or leads to a file that the package does not hold."""
    if not isinstance(node.value, str) or not node.value.strip() or not is_sound(node, report):
        return
    if is_remote(node.value):
        return
    try:
        opened(root, node.value)
    except Unopened as error:
        report.at(ADVICE, "link.missing", node, f"`{node.value}`: {error}", "add the file, or name an address")
