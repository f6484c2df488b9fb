"""Whether a folder is the release that it says it is: every byte, who signed it, and its place among the releases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from policytrack.findings import Finding, Place, Severity
from policytrack.package import NAME, PackageError, check_package
from policytrack.package.building import bundle_name
from policytrack.package.cells import CellError, lines
from policytrack.package.checksums import NAME as SUMS
from policytrack.package.checksums import SIGNATURE as SIG
from policytrack.package.checksums import as_text, listed, sha256
from policytrack.publication import bundle, signature
from policytrack.publication.assembly import DELTA, VERSIONS, hash_of
from policytrack.publication.faults import CHAIN, DOUBTFUL, FILE, PROVENANCE, SIGNATURE, UNVERIFIED
from policytrack.publication.provenance import PATH as STATEMENT
from policytrack.publication.provenance import ProvenanceError, Statement
from policytrack.versions import DeltaError, Version, of_ndjson, read_chain
from policytrack.versions import chain as chains

_AGAIN: Final = "fetch the release again"


@dataclass(frozen=True)
class Folder:
    """A folder that is read whole: path to bytes, and the paths that are no ordinary files."""

    root: Path
    files: dict[str, bytes]
    strange: tuple[str, ...]

    @classmethod
    def read(cls, root: Path) -> Folder:
        """Read every file below ``root``; links are not followed."""
        files: dict[str, bytes] = {}
        strange: list[str] = []
        # A list and no recursion: folders can be nested deeper than Python calls.
        ahead = [("", root)]
        while ahead:
            name, path = ahead.pop()
            try:
                if path.is_dir() and (path == root or not path.is_symlink()):
                    ahead += [(f"{name}/{each.name}".removeprefix("/"), each) for each in path.iterdir()]
                elif path.is_file() and not path.is_symlink():
                    files[name] = path.read_bytes()
                else:
                    strange.append(name)
            except OSError:
                strange.append(name)
        return cls(root, dict(sorted(files.items())), tuple(sorted(strange)))

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The descriptor, empty where it cannot be read."""
        try:
            found = json.loads(self.files.get(NAME, b"{}"))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def version(self) -> str:
        """The version that the descriptor names."""
        return str(self.descriptor.get("version", ""))

    @property
    def zip_name(self) -> str:
        """What the zip of this release is called."""
        return f"{bundle_name(str(self.descriptor.get('name', '')), self.version)}.zip"

    @property
    def covered(self) -> dict[str, bytes]:
        """The files that the list of hashes covers."""
        return {path: raw for path, raw in self.files.items() if path not in {SUMS, SIG, self.zip_name}}


def verify_release(
    folder: Path | str, *, key: Path | None = None, known: Sequence[Version] | None = None
) -> list[Finding]:
    """Return what is wrong with the release in ``folder``; places are relative to it. Bad files never raise.

    ``key`` is a file of public keys or of allowed signers; ``known`` are the releases that are known already. Raises
    `PackageError` where ``folder`` is none or the key cannot be read.
    """
    root = Path(folder)
    if not root.is_dir():
        message = f"{root} is no folder"
        raise PackageError(message, "name the folder of a release, unpacked")
    if key is not None:
        signature.allowed(key)
    if not (root / SUMS).is_file():
        # It may be anybody's folder, however large: nothing else in it is looked at.
        return [_listless()]
    held = Folder.read(root)
    found = [*_files(held), *_signature(held, key)]
    # Only what is whole and signed is worth reading on: else every later finding would be a shadow of the first.
    if not any(each.severity is Severity.ERROR for each in found):
        found += [*_zip(held), *_chain(held, known or ()), *_provenance(held), *check_package(root)]
    return sorted(found, key=lambda each: each.order)


def _files(held: Folder) -> Iterator[Finding]:
    for path in held.strange:
        yield FILE.at(Place(path), "it is no ordinary file that can be read", _AGAIN)
    if SUMS not in held.files:
        yield _listless()
        return
    raw = held.files[SUMS]
    try:
        told = listed(raw.decode())
    except ValueError as error:
        yield FILE.at(Place(SUMS), f"it is no list of hashes: {error}", _AGAIN)
        return
    line_of = {path: number for number, path in enumerate(told, 1)}
    for path in sorted(told.keys() - held.covered.keys()):
        yield FILE.at(Place(SUMS, line_of[path]), f"{path} is missing", _AGAIN)
    for path, content in held.covered.items():
        if path not in told:
            yield FILE.at(Place(path), f"{SUMS} does not name it: it is no part of the release", "take it away")
        elif sha256(content) != told[path]:
            yield FILE.at(Place(path), f"it is not the file that {SUMS} names: another sha256", _AGAIN)
    if told.keys() == held.covered.keys() and raw != as_text(held.covered).encode():
        yield FILE.at(Place(SUMS), "it is not written as a release writes it", _AGAIN)


def _listless() -> Finding:
    message = "there is no list of hashes, so this is no release"
    return FILE.at(Place(SUMS), message, "name the folder of a release, or build one: policytrack build")


def _signature(held: Folder, key: Path | None) -> Iterator[Finding]:
    if SIG not in held.files:
        if key is not None:
            yield SIGNATURE.at(Place(SIG), "the release is not signed", "ask whoever published it")
        else:
            yield UNVERIFIED.at(Place(SIG), "the release is not signed", "hashes say nothing of who made it")
        return
    try:
        fault = signature.fault(held.files.get(SUMS, b""), held.files[SIG], key)
    except signature.ProgramMissingError as error:
        check = UNVERIFIED if key is None else SIGNATURE
        yield check.at(Place(SIG), f"the signature was not checked: {error}", "install OpenSSH")
        return
    if fault:
        yield SIGNATURE.at(Place(SIG), f"the signature does not hold: {fault}", _AGAIN)
    elif key is None:
        message = "the signature fits the files; whose it is was not asked"
        yield UNVERIFIED.at(Place(SIG), message, "name the public key: --key")


def _zip(held: Folder) -> Iterator[Finding]:
    """Tell where the zip is another release than the folder that it lies in; it may be missing."""
    name = held.zip_name
    if name not in held.files:
        return
    folder, raw = name.removesuffix(".zip"), held.files[name]
    inside = {path: content for path, content in held.files.items() if path != name}
    if raw == bundle.zipped(inside, folder):
        return
    try:
        same = bundle.unzipped(raw, folder) == inside
    except ValueError as error:
        yield FILE.at(Place(name), f"the zip cannot be read: {error}", _AGAIN)
        return
    if same:
        message = "the zip holds the same files, and was packed by another program or changed between them"
        yield DOUBTFUL.at(Place(name), message, "use the files, or pack them again")
    else:
        yield FILE.at(Place(name), "the zip does not hold the files beside it", _AGAIN)


def _chain(held: Folder, known: Sequence[Version]) -> Iterator[Finding]:
    place = Place(VERSIONS)
    try:
        chain = read_chain(held.root, VERSIONS)
    except PackageError as error:
        yield CHAIN.at(place, str(error), _AGAIN)
        return
    for fault in chains.faults(chain):
        yield CHAIN.at(place, fault, "the list was changed after it was published: do not use the release")
    yield from _own_entry(held, chain)
    yield from _delta(held, chain)
    yield from _rollback(held, chain, known)


def _own_entry(held: Folder, chain: Sequence[Version]) -> Iterator[Finding]:
    entry = next((each for each in chain if each.version == held.version), None)
    if entry is None:
        message = f"{held.version} is not among the releases: the folder was built between two of them"
        yield DOUBTFUL.at(Place(VERSIONS), message, "cite a release")
        return
    place = _at(held, VERSIONS, f'"version": "{entry.version}"')
    if entry != chain[-1]:
        message = f"the last release of the list is {chain[-1].version}, and {NAME} says {held.version}"
        yield CHAIN.at(place, message, _AGAIN)
    if entry.withdrawn:
        yield DOUBTFUL.at(place, f"the release was withdrawn: {entry.withdrawn}", "use a later one")
    if _hash(held) != entry.descriptor:
        message = f"the data are not those that were released as {held.version}"
        advice = "build from the tag, without SOURCE_DATE_EPOCH, or cite it as unreleased"
        yield CHAIN.at(place, message, advice)


def _hash(held: Folder) -> str:
    try:
        return hash_of(held.descriptor)
    except (KeyError, TypeError, AttributeError):
        return ""


def _delta(held: Folder, chain: Sequence[Version]) -> Iterator[Finding]:
    """Tell of a delta that does not lead from the release before to this one."""
    for path in held.files:
        if path.partition("/")[0] != DELTA:
            continue
        try:
            change = of_ndjson(held.files[path].decode())
        except (DeltaError, UnicodeDecodeError) as error:
            yield CHAIN.at(Place(path), str(error), _AGAIN)
            continue
        ends = [(each.version, each.descriptor) for each in chain[-2:]]
        if [(change.before, change.hashes[0]), (change.after, change.hashes[1])] != ends:
            message = f"the delta from {change.before} to {change.after} does not lead to this release"
            yield CHAIN.at(Place(path), message, _AGAIN)


def _rollback(held: Folder, chain: Sequence[Version], known: Sequence[Version]) -> Iterator[Finding]:
    if not known:
        return
    place = Place(VERSIONS)
    latest = max(known, key=lambda each: _numbers(each.version))
    if _numbers(held.version) < _numbers(latest.version):
        message = f"this is {held.version}, and {latest.version} of {latest.released} is known: an older release"
        yield CHAIN.at(place, message, f"fetch {latest.version}; to look at an older one, name its --known list")
        return
    links = {each.version: each.link for each in chain}
    for each in known:
        if links.get(each.version) != each.link:
            told = "is not in the list" if each.version not in links else "stands in the list with another history"
            yield CHAIN.at(place, f"{each.version}, which is known, {told}", "do not use the release: ask who made it")
            return


def _provenance(held: Folder) -> Iterator[Finding]:
    place = Place(STATEMENT)
    if STATEMENT not in held.files:
        yield PROVENANCE.at(place, "the release does not say what it was made of", _AGAIN)
        return
    try:
        statement = Statement(held.files[STATEMENT])
    except ProvenanceError as error:
        yield PROVENANCE.at(place, str(error), _AGAIN)
        return
    digests = {path: sha256(raw) for path, raw in held.covered.items() if path != STATEMENT}
    for path in sorted(digests.keys() | statement.digests.keys()):
        if digests.get(path) != statement.digests.get(path):
            yield PROVENANCE.at(place, f"it tells another sha256 of {path} than the file has", _AGAIN)
    for path, count in statement.rows.items():
        found = _rows(held.files.get(path, b""))
        if found != count:
            yield PROVENANCE.at(Place(path), f"the table has {found} rows, and {count} were made", _AGAIN)


def _rows(raw: bytes) -> int:
    try:
        return sum(1 for _ in lines(raw.decode())) - 1
    except (CellError, UnicodeDecodeError):
        return -1


def _at(held: Folder, path: str, text: str) -> Place:
    """Return the place of a text in a file."""
    before, found, _ = held.files[path].decode(errors="replace").partition(text)
    return Place(path, before.count("\n") + 1) if found else Place(path)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", version)[:3])
