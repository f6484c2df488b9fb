"""Faults of where a file stands: its folder and its name, which are its kind and its id."""

from __future__ import annotations

from policytrack.findings import Severity, declare

MISPLACED = declare(
    "PT020",
    "misplaced-file",
    Severity.ERROR,
    """
    A file stands where no record is looked for.

    The folder says what kind of record a file holds, and actions and sources lie in a folder per year. A file
    elsewhere, or with another ending than `.yaml`, would be left out of the data in silence; a file with the fields of
    another kind than its folder's cannot be read.

    Bad: records/actors/2020/acme.yaml
        name: Acme Corporation  # <-
        type: company
    Bad: records/actors/xx-village.yaml
        name: Village  # <-
        level: municipality
        parent: xx

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    Good: records/jurisdictions/xx-village.yaml
        name: Village
        level: municipality
        parent: xx
    """,
)
BAD_ID = declare(
    "PT021",
    "bad-id",
    Severity.ERROR,
    """
    A file's name is not an id.

    The file name without `.yaml` is the record's id for ever. Ids are lower-case ASCII letters and digits in words
    joined by single hyphens, so that they can stand in addresses, file names and citations unquoted. `index` is the
    name of a page that lists records, and so no id.

    Bad: records/actors/Acme_Corp.yaml
        name: Acme Corporation  # <-
        type: company

    Good: records/actors/acme-corp.yaml
        name: Acme Corporation
        type: company
    """,
)
DUPLICATE_ID = declare(
    "PT022",
    "duplicate-id",
    Severity.ERROR,
    """
    Two files hold a record of one kind and id.

    An id names one record, whatever folder the file lies in. Remove one file, or give the other a new id.

    Bad: records/sources/undated/acme-release-2020.yaml
        type: press-release  # <-
        title: Acme release
        read: {extent: none}

    Good: records/sources/undated/acme-release-undated.yaml
        type: press-release
        title: Acme release
        publisher: Acme
        notes: Found in print.
        read: {extent: none}
    """,
)
