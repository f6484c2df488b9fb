"""A package to a release: metadata in every dialect, the history, where it comes from, hashes, signature and zip.

Each step covers what the steps before it made, so the order is the design: provenance names the hash of every file,
SHA256SUMS covers the provenance too, the signature covers SHA256SUMS, and the zip holds them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from policytrack.dataset import Dataset
from policytrack.history import HistoryError, State
from policytrack.history import state as state_of
from policytrack.package import NAME, Composed, Export, Metadata, PackageError
from policytrack.package.building import Content, bundle_name, composed, content
from policytrack.package.checksums import NAME as SUMS
from policytrack.package.checksums import SIGNATURE, as_text
from policytrack.package.descriptor import read_descriptor
from policytrack.package.edition import unreleased
from policytrack.publication import bundle, dialects, profile, provenance
from policytrack.publication.imprint import Imprint, Part
from policytrack.publication.signature import sign
from policytrack.versions import Snapshot, Version, archive, chain, changelog, read_chain, read_corrections, redactions
from policytrack.versions.delta import digest
from policytrack.versions.snapshot import tables_of

VERSIONS: Final = "versions.json"
REDACTIONS: Final = "redactions.ndjson"
DELTA: Final = "delta"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a release comes from: the commit (None outside a repository), and the versions of the tools (None: ours).

    ``signature`` is taken over as it is where no key signs anew. ``version`` is that of the tag it is made of; None:
    it is asked whether the records are those of a release.
    """

    state: State | None = None
    builder: Mapping[str, str] | None = None
    signature: bytes = b""
    version: str | None = None


def publish(
    dataset: Dataset,
    *,
    exports: Iterable[Export] = (),
    created: datetime | None = None,
    key: Path | None = None,
    origin: Origin | None = None,
) -> Composed:
    """Return every file of the release of ``dataset``, its zip among them.

    Records that are those of a release carry its version and, without ``created``, its moment; the version of others
    says that they were not released. ``key`` signs it: raises `SignatureError` where it cannot. ``origin`` is that of
    the records' root unless another is told.
    """
    root = dataset.root
    found = origin or Origin(_state(root))
    told = content(dataset, read_corrections(root))
    versions = read_chain(root)
    carried = moment(read_descriptor(root))
    version, entry = found.version, _entry(told, versions, found.version, carried)
    if entry:
        version, created = entry.version, created or carried
    elif version is None:
        version = unreleased(str(told.by_hand.get("version", "")))
    made = composed(told, exports=exports, version=version, created=created)
    # Under another moment it has another hash than the release, and is not told as that one.
    entry = entry if created == carried else None
    files = {**made.files, **_history(root, versions, entry), **_described(made, entry)}
    files[provenance.PATH] = provenance.as_line(
        files,
        made.rows,
        stamp=made.edition.metadata.stamp,
        state=found.state,
        builder=found.builder or provenance.tools(files),
    )
    files[SUMS] = as_text(files).encode()
    signature = sign(files[SUMS], key) if key else found.signature
    if signature:
        files[SIGNATURE] = signature
    folder = bundle_name(made.edition.metadata.name, made.version)
    return replace(made, files={**files, f"{folder}.zip": bundle.zipped(files, folder)})


def _entry(
    told: Content, versions: tuple[Version, ...], version: str | None, carried: datetime | None
) -> Version | None:
    """Return the release that a content is: the last one where it is called ``version``, or (None) has these data.

    ``carried`` is the moment of the last release, which is part of it.
    """
    if version is None:
        return released(json.loads(composed(told, created=carried).files[NAME]), versions)
    return next((each for each in versions[-1:] if each.version == version), None)


def released(descriptor: Mapping[str, Any], versions: tuple[Version, ...]) -> Version | None:
    """Return the last of ``versions`` where a descriptor is the one it names: the data are that release."""
    here = descriptor.get("version"), hash_of(descriptor)
    return next((each for each in versions[-1:] if (each.version, each.descriptor) == here), None)


def hash_of(descriptor: Mapping[str, Any]) -> str:
    """Return the hash by which the list of versions names a release: that of the descriptor of its tables alone."""
    return digest(Snapshot(tables_of(descriptor), {}))


def moment(descriptor: Mapping[str, Any]) -> datetime | None:
    """Return the moment that a release carries."""
    stamp = descriptor.get("created")
    try:
        return datetime.fromisoformat(stamp) if isinstance(stamp, str) else None
    except ValueError:
        return None


def citation(metadata: Metadata, day: str) -> bytes:
    """Return the CITATION.cff of an edition, as of the day of its release."""
    return dialects.cff.text(Imprint(metadata, day)).encode()


def _described(made: Composed, entry: Version | None) -> dict[str, bytes]:
    """Return the profile and the dialects of metadata; ``entry`` is the release that it is."""
    metadata = made.edition.metadata
    descriptor = json.loads(made.files[NAME])
    day = entry.released if entry else metadata.stamp[:10]
    imprint = Imprint(metadata, day, tuple(map(Part.of, descriptor["resources"])))
    own = profile.text(metadata.name, metadata.version).encode()
    return {profile.PATH: own, **dialects.written(imprint)}


def _history(root: Path, versions: tuple[Version, ...], entry: Version | None) -> dict[str, bytes]:
    """Return what the history holds for those who use a release, under the paths of a release."""
    found = {VERSIONS: chain.as_json(versions).encode()}
    kept = {changelog.PATH: changelog.PATH, redactions.PATH: REDACTIONS}
    if len(versions) > 1 and entry:
        path = archive.path_of(versions[-2].version)
        kept[path] = f"{DELTA}/{Path(path).name}"
    for path, name in kept.items():
        try:
            found[name] = (root / path).read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            message = f"{path} cannot be read: {error.strerror}"
            raise PackageError(message, "take it back from the last commit") from None
    return found


def _state(root: Path) -> State | None:
    try:
        return state_of(root)
    except HistoryError:
        return None
