"""Every release that was, from the latest one and the deltas that the history keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from policytrack.versions.chain import read_chain
from policytrack.versions.delta import Delta, DeltaError, apply, invert, of_ndjson
from policytrack.versions.files import HISTORY
from policytrack.versions.snapshot import Snapshot, of_folder

DELTAS: Final = f"{HISTORY}/deltas"


def path_of(version: str) -> str:
    """Return where the delta stands that leads from a release to the next one."""
    return f"{DELTAS}/from-{version}.ndjson"


def read_delta(root: Path, version: str) -> Delta:
    """Return the delta that leads from ``version`` to the next release; raises `DeltaError` where there is none."""
    path = path_of(version)
    try:
        return of_ndjson((root / path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise DeltaError(message, "take it back from the last commit") from None


def release_at(root: Path, version: str) -> Snapshot:
    """Return the data of a release as it was published, by taking back what came after it.

    Raises `DeltaError` for a version that was never released, and for one that cannot be told any more because a value
    was redacted since.
    """
    versions = [each.version for each in read_chain(root)]
    found = of_folder(root)
    if version not in {found.version, *versions}:
        message = f"there is no release {version}"
        raise DeltaError(message, f"the releases are: {', '.join(versions) or found.version}")
    while found.version != version:
        before = versions[versions.index(found.version) - 1]
        found = apply(invert(read_delta(root, before)), found)
    return found
