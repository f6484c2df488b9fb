"""A release made once more from its tag, to be compared with the one that was published.

Formats whose library writes its own version into the file are compared by what they hold where their bytes differ; what
names their hashes is then made with the published bytes, so that every other file is still compared to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from policytrack.dataset import NoRecordsError, read
from policytrack.exports import Selection, select
from policytrack.findings import Finding, Place
from policytrack.history import revision, state
from policytrack.package import NAME, Composed, Edition, Export, Extra, PackageError
from policytrack.package.checksums import NAME as SUMS
from policytrack.package.checksums import SIGNATURE
from policytrack.package.descriptor import read_descriptor
from policytrack.package.edition import is_unreleased
from policytrack.publication import likeness, provenance
from policytrack.publication.assembly import Origin, moment, publish
from policytrack.publication.faults import PROVENANCE, REBUILT, UNVERIFIED
from policytrack.publication.provenance import ProvenanceError, Statement
from policytrack.publication.verification import Folder
from policytrack.versions import HISTORY, changelog

# What of a project a release is made of.
_SOURCES: Final = ("records/", f"{HISTORY}/", NAME, changelog.PATH)
# No file of a history is larger; a bound, so that a crafted tag cannot fill the memory.
_MOST: Final = 2**30
_ADVICE: Final = "do not use the release before somebody says why"


def rebuild(folder: Path | str, root: Path) -> list[Finding]:
    """Return where the release in ``folder`` is not what its tag in the repository around ``root`` makes.

    Raises `HistoryError` where there is no such repository or tag.
    """
    held = Folder.read(Path(folder))
    tag = f"v{held.version}"
    if is_unreleased(held.version):
        message = f"{held.version} was not released, so there is no tag to make it from"
        return [REBUILT.at(Place(NAME), message, "release it, or build a release from its tag")]
    try:
        told = Statement(held.files.get(provenance.PATH, b""))
    except ProvenanceError as error:
        return [PROVENANCE.at(Place(provenance.PATH), str(error), "fetch the release again")]
    known = state(root, tag)
    notes: list[Finding] = []
    with revision(root, tag, _SOURCES, most=_MOST) as laid:
        selection = select()
        exports = [_as_published(export, held, notes) for export in selection.exports]
        try:
            # A release by name: were one table another today, every file that names the version would seem so too.
            version = str(read_descriptor(laid).get("version", ""))
            origin = Origin(told.state, told.builder, held.files.get(SIGNATURE, b""), version)
            made = publish(read(laid), exports=exports, created=moment(held.descriptor), origin=origin)
        except (PackageError, NoRecordsError) as error:
            return [REBUILT.at(Place(NAME), f"the tag {tag} makes no release: {error}", _ADVICE)]
    found = [*notes, *_tree(told, known.tree, tag), *_tools(told), *_files(held, made, selection)]
    return sorted(found, key=lambda each: each.order)


def _as_published(export: Export, held: Folder, notes: list[Finding]) -> Export:
    """Return an export of the published files alone, with their bytes where only the toolchain made them differ."""

    def made(edition: Edition) -> list[Extra]:
        return [_likened(each, held, notes) for each in export(edition) if each.path in held.files]

    return made


def _likened(extra: Extra, held: Folder, notes: list[Finding]) -> Extra:
    content = held.files[extra.path]
    if content == extra.content or not likeness.alike(extra.path, content, extra.content):
        return extra
    message = "it holds what the tag makes, and other bytes: another version of the library wrote it"
    notes.append(UNVERIFIED.at(Place(extra.path), message, f"see the versions in {provenance.PATH}"))
    return Extra(extra.name, extra.path, extra.title, extra.description, extra.mediatype, content)


def _tree(told: Statement, tree: str, tag: str) -> Iterator[Finding]:
    place = Place(provenance.PATH)
    if told.state is None:
        yield UNVERIFIED.at(place, "it names no commit: the release was built outside a repository")
    elif told.state.changed:
        yield PROVENANCE.at(place, "the release was built from files that were not committed", _ADVICE)
    elif told.state.tree != tree:
        message = f"it names the tree {told.state.tree}, and {tag} has {tree}"
        yield PROVENANCE.at(place, message, "see that the tag is the one that was published")


def _tools(told: Statement) -> Iterator[Finding]:
    ours = provenance.tools(dict.fromkeys((".parquet", ".xlsx", ".sqlite"), b""))
    for name, version in told.builder.items():
        if ours.get(name) != version:
            message = f"it was built by {name} {version}, and here is {ours.get(name) or 'none'}"
            advice = f"install {name} {version} to compare every byte"
            yield UNVERIFIED.at(Place(provenance.PATH), message, advice)


def _files(held: Folder, made: Composed, selection: Selection) -> Iterator[Finding]:
    """Tell which files differ; those that only carry the hashes of others are told when nothing else is."""
    lacking = {path for path in held.files if _is_of_missing(path, selection)}
    differing = [path for path in sorted(held.files.keys() | made.files.keys()) if not _equal(path, held, made.files)]
    carrying = {NAME, SUMS, SIGNATURE, provenance.PATH, held.zip_name}
    own = [path for path in differing if path not in lacking | carrying]
    for path in sorted(lacking):
        yield UNVERIFIED.at(Place(path), "it was not made again: the library for its format is not installed")
    if own or not lacking:
        for path in own or differing:
            yield REBUILT.at(Place(path), _told(path, held, made.files), _ADVICE)


def _is_of_missing(path: str, selection: Selection) -> bool:
    return any(path.partition("/")[0].endswith(f".{each.name}") for each in selection.missing)


def _equal(path: str, held: Folder, files: Mapping[str, bytes]) -> bool:
    if path == held.zip_name and path not in held.files:
        return True
    return held.files.get(path) == files.get(path)


def _told(path: str, held: Folder, files: Mapping[str, bytes]) -> str:
    if path not in files:
        return "the tag does not make this file"
    if path not in held.files:
        return "the tag makes this file, and the release lacks it"
    pairs = zip(held.files[path].split(b"\n"), files[path].split(b"\n"), strict=False)
    line = next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 0)
    return f"it differs from what the tag makes, first in line {line}" if line else "it is not what the tag makes"
