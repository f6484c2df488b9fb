"""Where a descriptor may point: addresses on the web, which are not opened, and paths that stay in the package."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
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


_FAULTS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "control": ("the path holds a control character", _STRANGE.search),
    "backslash": ("the path is not written with `/`", lambda path: "\\" in path),
    "absolute": ("the path does not begin in the package", lambda path: path.startswith(("/", "~"))),
    "scheme": ("the address is neither a path nor one of http, https and ftp", _SCHEME.match),
    "parent": ("the path leads out of the package", lambda path: ".." in path.split("/")),
    "plain": (
        "the path is not a plain one, such as data/table.csv",
        lambda path: path.startswith(".") or not all(path.split("/")),
    ),
}


def fault(path: str) -> tuple[str, str] | None:
    """Return the key and the words of what is unsafe in a path; nothing for one that stays in the package."""
    return next(((f"path.{key}", told) for key, (told, is_so) in _FAULTS.items() if is_so(path)), None)


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
        key = _unopened(root, file)
    except (OSError, ValueError, RuntimeError) as error:
        # The message of a loop of links names folders of this machine.
        reason = getattr(error, "strerror", None) or "the path leads nowhere"
        raise Unopened("file.closed", f"the file cannot be opened: {reason}") from None
    if key:
        raise Unopened(f"file.{key}", _UNOPENED[key])
    return Target(path, file)


_UNOPENED: Final = {
    "outside": "a link leads out of the package",
    "missing": "the file is not there",
    "kind": "this is no ordinary file",
    "closed": "the file cannot be read",
}


def _unopened(root: Path, file: Path) -> str:
    """Return why a file cannot be opened, nothing for one that can."""
    if not file.resolve().is_relative_to(root.resolve()):
        return "outside"
    if not file.exists():
        return "missing"
    if not file.is_file():
        return "kind"
    return "" if os.access(file, os.R_OK) else "closed"


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
