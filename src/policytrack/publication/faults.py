"""The faults of a release: what is in the folder is not what was released, or nobody can tell."""

from __future__ import annotations

from policytrack.findings import Severity, declare

FILE = declare(
    "PT052",
    "release-file",
    Severity.ERROR,
    """
    A file of a release is changed, missing or was never part of it.

    `SHA256SUMS` names every file with its hash. A byte that was flipped on the way, on purpose or not, a file that was
    added or left out: none of it is what was released. Fetch the release again.
    """,
)
SIGNATURE = declare(
    "PT053",
    "release-signature",
    Severity.ERROR,
    """
    A release is not signed by the key that it should be signed by.

    Hashes alone say that the files fit together, not who made them: whoever changes a file can change its hash. The
    signature of `SHA256SUMS` says who. Get the public key on another way than the release.
    """,
)
CHAIN = declare(
    "PT054",
    "release-chain",
    Severity.ERROR,
    """
    A release does not stand where it should in the list of releases.

    `versions.json` lists every release with the hash of its data and of the entry before it. A list whose links are
    broken, data that are others than those listed, an older release than the one already known: somebody hands out
    something else than what was published last.
    """,
)
PROVENANCE = declare(
    "PT055",
    "release-provenance",
    Severity.ERROR,
    """
    What a release says of its own making does not hold.

    `provenance.intoto.jsonl` names the commit that a release was made of, the hash of every file and the number of rows
    of every table.
    """,
)
REBUILT = declare(
    "PT056",
    "release-rebuild",
    Severity.ERROR,
    """
    A release is not what its own commit makes.

    The same records give the same bytes, so anybody can make a release again and compare. A file that differs was not
    made of the records under the tag, or by another version of the program: the message says which.
    """,
)
DOUBTFUL = declare(
    "PT057",
    "release-doubt",
    Severity.WARNING,
    """
    A folder holds together, and is still not a release to rely on.

    It was built between releases, it was withdrawn since, or its zip was packed by another program.
    """,
)
UNVERIFIED = declare(
    "PT058",
    "release-unverified",
    Severity.NOTICE,
    """
    A part of a release could not be verified here.

    Nobody signed it, no key was given, a program or library is missing, or a library has another version than the one
    that wrote the file. What was not verified may be right or wrong.
    """,
)
