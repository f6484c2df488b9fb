"""The faults of a package: what its files, its descriptor or its rows say that does not hold."""

from __future__ import annotations

from policytrack.findings import Severity, declare

DESCRIPTOR = declare(
    "PT040",
    "package-descriptor",
    Severity.ERROR,
    """
    The descriptor of a package is not in the subset of Data Package 2.0 that every reader accepts.

    Descriptors are generated. Only the block above `resources` in the root datapackage.json is written by hand: name,
    title, version, licences and contributors.
    """,
)
FILE = declare(
    "PT041",
    "package-file",
    Severity.ERROR,
    """
    A file of a package is missing, is not the one that the descriptor describes, or is not CSV as it is written here.

    The descriptor holds the size and the sha256 of each table, so that a changed byte shows. Files of a release are
    written by commands alone: build or release again.
    """,
)
CELL = declare(
    "PT042",
    "package-cell",
    Severity.ERROR,
    """
    A cell of a package does not have the type of its column, or breaks a constraint of it.

    Readers convert by the types that the descriptor declares, and fail or guess where they do not hold.
    """,
)
KEY = declare(
    "PT043",
    "package-key",
    Severity.ERROR,
    """
    Two rows of a table have the same key, or the rows are not in the order of the key.

    A key names one row, or joins multiply rows. The order makes equal tables equal files.
    """,
)
REFERENCE = declare(
    "PT044",
    "package-reference",
    Severity.ERROR,
    """
    A row of a package names a row of another table that is not there.

    Joins would lose it in silence. In records the cause is an id that nothing has: check the records.
    """,
)
