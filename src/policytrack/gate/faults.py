"""The faults of a package: what its descriptor, its files or its rows say that does not hold."""

from __future__ import annotations

from policytrack.findings import Severity, declare

DESCRIPTOR = declare(
    "PT040",
    "package-descriptor",
    Severity.ERROR,
    """
    The descriptor of a package is not what Data Package 2.0 says.

    `datapackage.json` is the only thing that every reader opens. A property of the wrong form is dropped by some
    readers, guessed by others and stops the rest. The message begins with the JSON pointer of the property. In a
    package of ours descriptors are generated; only the block above `resources` is written by hand.
    """,
)
FILE = declare(
    "PT041",
    "package-file",
    Severity.ERROR,
    """
    A file of a package is missing, lies outside, or is not the one that the descriptor describes.

    `bytes` and `hash` say which file was meant, so that a changed byte shows. Paths are relative ones that stay in the
    package: others open files of whoever reads it. Bytes that the encoding does not know become other letters.
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
    Two rows of a table have the same key, or a row has none.

    A key names one row, or joins multiply rows. `primaryKey`, `uniqueKeys` and the constraint `unique` each say that
    no two rows are equal in these columns; only a primary key may not be empty.
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
SCHEMA = declare(
    "PT045",
    "package-schema",
    Severity.ERROR,
    """
    The schema of a table is not what Table Schema 2.0 says, or contradicts itself.

    A constraint that its type does not know, a key of columns that are not there, a least value above the greatest:
    readers skip such a rule or refuse the table, and nobody learns that it was never applied.
    """,
)
DIALECT = declare(
    "PT046",
    "package-dialect",
    Severity.ERROR,
    """
    The dialect of a table is not what Table Dialect 2.0 says, or contradicts itself.

    The dialect says how cells are cut out of the text. Where it is wrong, columns move and every cell is another one.
    """,
)
TABLE = declare(
    "PT047",
    "package-table",
    Severity.ERROR,
    """
    The text of a table is not laid out as its dialect and its schema say.

    A header with other names, a row with a cell too many, a quotation mark that nothing closes: what follows is read
    into the wrong columns. The place is where the layout breaks.
    """,
)
PROFILE = declare(
    "PT048",
    "package-profile",
    Severity.ERROR,
    """
    The descriptor breaks the profile that it names, or names one that cannot be.

    A profile is a JSON Schema for descriptors. `$schema` names it; one that lies in the package, or a `profile.json` at
    its top, is applied. Other tools leave such a profile unread, so that its demands stand on paper alone.
    """,
)
PORTABLE = declare(
    "PT049",
    "package-portability",
    Severity.ERROR,
    """
    A package of ours leaves the subset of Data Package 2.0 that every reader accepts.

    Some of the standard is read by few tools: lists, missing values of a field, categories without an enum, exclusive
    bounds. Packages of this project do without, state size and sha256 of each file, and write their tables in one way,
    in the order of the key, so that equal tables are equal files. Other packages are held to this by `--portable`.
    """,
)
ADVICE = declare(
    "PT050",
    "package-advice",
    Severity.WARNING,
    """
    Something in a package is allowed, and probably a mistake.

    A property one letter away from a standard one is ignored by every reader. Names with capitals, versions that cannot
    be compared, byte-order marks and properties of the first version of the standard are taken differently by different
    tools.
    """,
)
UNREAD = declare(
    "PT051",
    "package-unread",
    Severity.NOTICE,
    """
    A part of a package was not read, so nothing is said of it.

    Addresses on the web, compressed files, spreadsheets and databases are not opened by this check, which never touches
    the network. What they hold may be right or wrong.
    """,
)
