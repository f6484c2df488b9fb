"""`fmt`: a record's file in the one layout of this project, with its comments, its data as they were."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit, urlunsplit

from policytrack.documents import Data, parse
from policytrack.drafting import tree
from policytrack.drafting.rendering import rendered
from policytrack.drafting.shape import Shape
from policytrack.drafting.tree import Node
from policytrack.drafting.writing import write
from policytrack.faults.text import BYTE_ORDER_MARK
from policytrack.layout import COVERAGE, RECORDS, REDIRECTS, SINGLE, MisplacedError, held, spot
from policytrack.models import Coverage, Redirect
from policytrack.rules.header import HEADER, header_of

_ADDRESSES = ("url", "archive_url")
# Below records/, a kind and a year there are no records, however deep folders are nested.
_DEEPEST = 3
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Formatted:
    """What became of a file: its text before and after, or why it stays as it is."""

    path: str
    before: str
    after: str
    problem: str = ""

    @property
    def changed(self) -> bool:
        """Whether the file is not as it should be."""
        return self.before != self.after

    def diff(self) -> str:
        """Return what changes, as a unified diff."""
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        lines = difflib.unified_diff(before, after, self.path, self.path, n=1)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ no line feed at the end\n" for line in lines)


def shape_of(path: str) -> Shape:
    """Return the shape of the file at ``path``, relative to the root; `MisplacedError` where no record can stand."""
    if path == REDIRECTS:
        return Shape(Redirect, annotation=dict[str, Redirect])
    if path == COVERAGE:
        return Shape(Coverage)
    return Shape(spot(path).kind.model)


def formatted(path: str, raw: bytes) -> Formatted:
    """Return how the file at ``path`` should read; a text with faults of its own stays as it is, with the reason."""
    before = raw.decode(errors="replace")
    try:
        shape, header = shape_of(path), header_of(path)
    except MisplacedError as error:
        return Formatted(path, before, before, str(error))
    document, faults = parse(path, raw)
    serious = [fault for fault in faults if fault.code != BYTE_ORDER_MARK.code]
    if document is None or serious:
        return Formatted(path, before, before, serious[0].message if serious else "the file holds no fields")
    text = document.text.replace("\r\n", "\n")
    root = tree.of_text(HEADER.sub("", text))
    canonical(root, shape)
    wanted = root.data()
    after = rendered(root, shape, header)
    again, faults = parse(path, after.encode())
    if again is None or faults or _spelled(again.data, shape) != _spelled(wanted, shape):
        return Formatted(path, before, before, "it cannot be laid out anew without changing what it says")
    return Formatted(path, before, after)


def canonical(root: Node, shape: Shape) -> None:
    """Spell the addresses of a source in the usual way: scheme and host in lower case, no default port."""
    if shape.model is None or "archive_url" not in shape.model.model_fields:
        return
    for entry in root.entries or ():
        if entry.key in _ADDRESSES and entry.node.value:
            entry.node.value = address(entry.node.value)


def address(text: str) -> str:
    """Return an address with scheme and host in lower case and without the port that the scheme has anyway."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    if parts.scheme not in _PORTS or not parts.hostname or re.search(r"\s", text):
        return text
    login, at, _ = parts.netloc.rpartition("@")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"
    return urlunsplit((parts.scheme, f"{login}{at}{place}", parts.path, parts.query, parts.fragment))


def _spelled(data: Data, shape: Shape) -> Data:
    """Return data with every date in its canonical spelling."""
    if isinstance(data, dict):
        return {key: _spelled(value, shape.inside(key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_spelled(value, shape.inside(None)) for value in data]
    return None if data is None else shape.spelled(data)


def fmt(root: Path | str, paths: Iterable[PurePath] | None = None, *, check: bool = False) -> list[Formatted]:
    """Lay out the records under ``root`` anew, or those in ``paths``, relative to it; return every file looked at.

    With ``check`` nothing is written. Links and files where no record can stand are left alone, and told when they are
    named. Raises `AdvisedError` for one of ``paths`` that holds no records.
    """
    root = Path(root)
    files = list(record_files(root))
    found = []
    for path in files if paths is None else _chosen(root, files, paths):
        result = _laid_out(root, path)
        found.append(result)
        if result.changed and not check:
            write(root / path, result.after)
    return found


def _chosen(root: Path, files: Iterable[str], paths: Iterable[PurePath]) -> list[str]:
    """Return those of ``files`` that lie in one of ``paths``, and every other file that is named."""
    wanted = set(paths)
    named = {each for each in wanted if each.is_relative_to(RECORDS) and (root / each).is_file()}
    return sorted({each.as_posix() for each in named} | held(files, wanted - named))


def _laid_out(root: Path, path: str) -> Formatted:
    if (root / path).is_symlink():
        return Formatted(path, "", "", "a link, not a file")
    try:
        return formatted(path, (root / path).read_bytes())
    except OSError as error:
        return Formatted(path, "", "", f"the file cannot be read: {error.strerror}")


def record_files(root: Path) -> Iterator[str]:
    """Yield the files below `records/` at which a record can stand, relative to ``root``; no links, nothing hidden."""
    ahead = [root / RECORDS]
    while ahead:
        folder = ahead.pop(0)
        if folder.is_symlink() or not folder.is_dir():
            continue
        for entry in sorted(folder.iterdir()):
            path = entry.relative_to(root).as_posix()
            if _holds_a_record(path) and not entry.is_symlink() and entry.is_file():
                yield path
            elif path.count("/") < _DEEPEST:
                ahead.append(entry)


def _holds_a_record(path: str) -> bool:
    try:
        return bool(path in SINGLE or spot(path))
    except MisplacedError:
        return False
