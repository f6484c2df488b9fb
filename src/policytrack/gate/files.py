"""The files of a package: whether they are those that were described, and their text as lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from policytrack.findings import Check, Place
from policytrack.gate.descriptors import MAX_BYTES, Document, JsonFault, Node, parse
from policytrack.gate.faults import ADVICE, DESCRIPTOR, FILE
from policytrack.gate.paths import Target, Unopened, opened
from policytrack.gate.report import Report

DESCRIPTOR_NAME: Final = "datapackage.json"
# How long a line may be: one without an end would be all of the file at once.
MAX_LINE: Final = 2**24
_CHUNK: Final = 2**20
_HASH: Final = re.compile(r"(?:(?P<name>[A-Za-z0-9-]+):)?(?P<digest>[0-9a-fA-F]+)")
_DIGITS: Final = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}


def document_at(root: Path, path: str, report: Report, check: Check = DESCRIPTOR) -> Document | None:
    """Return a JSON file of the package, and tell what is wrong with it as JSON; None where it cannot be read."""
    try:
        file = opened(root, path).file
        if file.stat().st_size > MAX_BYTES:
            report.say(check, "json.large", Place(path), f"the file is larger than {MAX_BYTES // 2**20} MiB")
            return None
        document, faults = parse(path, file.read_bytes())
    except Unopened as error:
        key = "descriptor.missing" if path == DESCRIPTOR_NAME else error.key
        report.say(DESCRIPTOR if path == DESCRIPTOR_NAME else FILE, key, Place(path), str(error))
        return None
    except OSError as error:
        report.say(FILE, "file.closed", Place(path), f"the file cannot be read: {error.strerror or error}")
        return None
    except JsonFault as error:
        report.say(check, error.key, Place(path, error.line, error.column), str(error))
        return None
    for each in faults:
        report.say(check, each.key, Place(path, each.line, each.column), str(each))
    return document


def targets(root: Path, nodes: Sequence[Node], report: Report) -> list[Target] | None:
    """Return the files at some paths; None, and why, when one of them cannot be opened."""
    found: list[Target] = []
    for node in nodes:
        try:
            found.append(opened(root, str(node.value)))
        except Unopened as error:
            report.at(FILE, error.key, node, f"`{node.value}`: {error}", "add the file, or mend the path")
    return found if len(found) == len(nodes) else None


def inspect_size(resource: Node, files: Sequence[Target], report: Report) -> None:
    """Tell when a resource's files, laid end to end, have another size than the descriptor says."""
    told = resource["bytes"]
    if not isinstance(told.value, int) or isinstance(told.value, bool):
        return
    try:
        size = sum(each.file.stat().st_size for each in files)
    except OSError:
        return
    if size != told.value:
        message = f"the file has {size} bytes; the descriptor says {told.value}"
        report.say(FILE, "file.bytes", Place(files[0].path), message, _AGAIN)


def inspect_hash(resource: Node, files: Sequence[Target], report: Report) -> None:
    """Tell when a resource's files, laid end to end, have another hash than the descriptor says."""
    told = resource["hash"]
    if not isinstance(told.value, str):
        return
    found = _HASH.fullmatch(told.value)
    if found is None:
        report.at(DESCRIPTOR, "hash.form", told, f"`{told.value}` is no hash", "write sha256: and 64 digits")
        return
    name = (found["name"] or "md5").lower().replace("sha-", "sha")
    if name not in _DIGITS:
        advice = f"one of {', '.join(_DIGITS)} is known everywhere"
        report.at(ADVICE, "hash.algorithm", told, f"`{name}` is not known here, so the hash says nothing", advice)
    elif len(found["digest"]) != _DIGITS[name]:
        message = f"{len(found['digest'])} digits; {name} has {_DIGITS[name]}"
        report.at(DESCRIPTOR, "hash.digits", told, message)
    else:
        digest = _digest(name, files)
        if digest is not None and digest != found["digest"].lower():
            message = f"the file's hash is {name}:{digest}; the descriptor says {told.value}"
            report.say(FILE, "file.hash", Place(files[0].path), message, _AGAIN)


_AGAIN: Final = "restore the file, or describe it anew"


def _digest(name: str, files: Sequence[Target]) -> str | None:
    made = hashlib.new(name, usedforsecurity=False)
    try:
        for each in files:
            with each.file.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    made.update(chunk)
    except OSError:
        return None
    return made.hexdigest()


def text_lines(target: Target, encoding: str, terminator: str) -> Iterator[str]:
    """Yield the lines of a file with their ends; bytes that the encoding does not know are lone surrogates.

    A line longer than `MAX_LINE` comes without an end. Raises `UnicodeError` and `OSError` in the midst.
    """
    usual = terminator in {"\r\n", "\n", "\r"}
    with target.file.open(encoding=encoding, errors="surrogateescape", newline="" if usual else "\n") as stream:
        if usual:
            while line := stream.readline(MAX_LINE):
                yield line
            return
        rest = ""
        while chunk := stream.read(_CHUNK):
            *whole, rest = (rest + chunk).split(terminator)
            yield from (line + terminator for line in whole)
            if len(rest) > MAX_LINE:
                break
        if rest:
            yield rest
