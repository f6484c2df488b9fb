"""Faults of a file's text: what keeps it from being read to plain data."""

from __future__ import annotations

from policytrack.findings import Severity, declare

UNREADABLE = declare(
    "PT001",
    "unreadable-file",
    Severity.ERROR,
    """
    A file of the record tree cannot be opened as an ordinary file.

    Links are refused: a record must stand in the tree itself, or a change could read any file of the machine that
    checks it. Replace the link by the file it points to.
    """,
)
NOT_UTF8 = declare(
    "PT002",
    "not-utf8",
    Severity.ERROR,
    r"""
    A record is not UTF-8 text.

    Other encodings turn names into other names on other machines. Save the file as UTF-8.

    Bad (escaped): records/actors/acme.yaml
        name: Acm\xe9 Corporation  # <-
        type: company

    Good (escaped): records/actors/acme.yaml
        name: Acm\xc3\xa9 Corporation
        type: company
    """,
)
BYTE_ORDER_MARK = declare(
    "PT003",
    "byte-order-mark",
    Severity.ERROR,
    r"""
    A record holds a byte-order mark.

    The mark is invisible, belongs to no YAML key and breaks tools that read the first key. Save without it.

    Bad (escaped): records/actors/acme.yaml
        \xef\xbb\xbfname: Acme Corporation  # <-
        type: company

    Good (escaped): records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
CONTROL_CHARACTER = declare(
    "PT004",
    "control-character",
    Severity.ERROR,
    r"""
    A record holds a control character.

    NUL and its kin end strings early in some tools and hide text in others; Unicode line separators move the line
    numbers. Delete the character.

    Bad (escaped): records/actors/acme.yaml
        name: Acme\x00 Corporation  # <-
        type: company

    Good (escaped): records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
TOO_LARGE = declare(
    "PT005",
    "file-too-large",
    Severity.ERROR,
    """
    A file is larger than any record can be.

    Records are a few kilobytes. A file over 256 KiB is not read, so that no change can make checking slow. Split the
    record, or remove what is not part of it.
    """,
)
SYNTAX = declare(
    "PT006",
    "yaml-syntax",
    Severity.ERROR,
    """
    The text is not YAML.

    The place is where the parser gave up; the mistake is there or on the line above. A value with a colon and a space,
    or one that begins with a quotation mark, a bracket, `@`, `%` or a backtick, needs quotes. Lines of `<<<<<<<`,
    `=======` and `>>>>>>>` are what a merge leaves where two sides differ: keep one side and take them out.

    Bad: records/actors/acme.yaml
        name: Acme: the corporation  # <-
        type: company
    Bad: records/technologies/acme-match.yaml
        name: Acme Match
        <<<<<<< HEAD  # <-
        vendor: acme
        =======
        vendor: other-corp
        >>>>>>> other-vendor

    Good: records/actors/acme.yaml
        name: "Acme: the corporation"
        type: company
    Good: records/technologies/acme-match.yaml
        name: Acme Match
        vendor: acme
    """,
)
DUPLICATE_KEY = declare(
    "PT007",
    "duplicate-key",
    Severity.ERROR,
    """
    A mapping holds one key twice.

    Many readers keep the last value and say nothing, so one of two facts would vanish. Keep one of them.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        name: Acme Limited  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        aliases: [Acme Limited]
        type: company
    """,
)
ALIAS = declare(
    "PT008",
    "yaml-alias",
    Severity.ERROR,
    """
    A record uses a YAML anchor or alias.

    Aliases let a few bytes grow to gigabytes, and a diff no longer shows what changed. Write the value out.

    Bad: records/actors/acme.yaml
        name: &name Acme Corporation  # <-
        type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
TAG = declare(
    "PT009",
    "yaml-tag",
    Severity.ERROR,
    """
    A record uses a YAML tag.

    Values are text and the models give them their type; a tag can make some readers run code. Remove it.

    Bad: records/actors/acme.yaml
        name: !!str Acme Corporation  # <-
        type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
TOO_DEEP = declare(
    "PT010",
    "too-deep",
    Severity.ERROR,
    """
    Values are nested deeper than any record is.

    No field lies deeper than a few levels; brackets without end are a way to exhaust a reader. Close the brackets.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        aliases: [[[[[[[[[[[[[[[[[[[[Acme]]]]]]]]]]]]]]]]]]]]  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        aliases: [Acme]
    """,
)
NOT_A_MAPPING = declare(
    "PT011",
    "not-a-mapping",
    Severity.ERROR,
    """
    A file does not hold exactly one mapping of fields.

    A record is one YAML document of the form `field: value`. An empty file, a list, bare text, a key that is itself a
    list, or a second document after `---` is not a record.

    Bad: records/actors/acme.yaml
        - name: Acme Corporation  # <-
          type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
