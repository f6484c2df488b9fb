"""Faults of a record's shape: fields and values that the model does not accept."""

from __future__ import annotations

from policytrack.findings import Severity, declare

MISSING_FIELD = declare(
    "PT030",
    "missing-field",
    Severity.ERROR,
    """
    A field that every record of this kind has is missing.

    Without it nobody can tell what the record claims. The place is the mapping in which it belongs.

    Bad: records/actors/acme.yaml
        name: Acme Corporation  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
UNKNOWN_KEY = declare(
    "PT031",
    "unknown-key",
    Severity.ERROR,
    """
    A key is not a field of this record.

    A misspelt key would be left out in silence. `policytrack codes` and docs/reference list the fields and codes.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        alias: [Acme]  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        aliases: [Acme]
    """,
)
EMPTY_VALUE = declare(
    "PT032",
    "empty-value",
    Severity.ERROR,
    """
    A key stands without a value.

    Nobody can tell whether it is empty on purpose. What no source says is left out, key and all.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        aliases:  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
UNKNOWN_CODE = declare(
    "PT033",
    "unknown-code",
    Severity.ERROR,
    """
    A value is not a code of its vocabulary.

    Vocabularies are closed, so that records can be compared. `policytrack codes VOCABULARY` lists the codes with their
    definitions; where none fits, the vocabulary grows by a change of its own.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: compny  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
    """,
)
WRONG_SHAPE = declare(
    "PT034",
    "wrong-shape",
    Severity.ERROR,
    """
    A list, a mapping or a text stands where another of them belongs.

    Bad: records/actors/acme.yaml
        name: [Acme, Acme Corporation]  # <-
        type: company

    Good: records/actors/acme.yaml
        name: Acme Corporation
        aliases: [Acme]
        type: company
    """,
)
BAD_VALUE = declare(
    "PT035",
    "bad-value",
    Severity.ERROR,
    """
    A text does not have the form that its field needs.

    Ids, identifiers, amounts, hashes and places in sources have forms that other tools rely on.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        parent: Acme Holding  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        parent: acme-holding
    Good: records/actors/acme-holding.yaml
        name: Acme Holding
        type: company
    """,
)
BAD_DATE = declare(
    "PT036",
    "bad-date",
    Severity.ERROR,
    """
    A date is on no calendar or is not written as dates are here.

    Write `2020`, `2020-06`, `2020-06-10`, or a span in which the day lies: `2020-06-07..2020-06-09`, `..2020-06-12`,
    `2020-06-10..`; behind it what it rests on, unless the source states it: weekday, computed, assumed, retrospective.
    An end is a date, `P1Y`, `further-notice`, `none`, `unknown`, `event SLUG` or `first-of A | B`.

    Bad: records/jurisdictions/xx-town.yaml
        name: Town
        level: municipality
        parent: xx
        member_of: [{jurisdiction: xx, from: 2021-02-29}]  # <-

    Good: records/jurisdictions/xx-town.yaml
        name: Town
        level: municipality
        parent: xx
        member_of: [{jurisdiction: xx, from: 2021-02-28}]
    """,
)
BAD_LIST = declare(
    "PT037",
    "bad-list",
    Severity.ERROR,
    """
    A list is empty, too long, or holds a value twice.

    Bad: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        aliases: [Acme, Acme]  # <-

    Good: records/actors/acme.yaml
        name: Acme Corporation
        type: company
        aliases: [Acme]
    """,
)
NOT_ONE_CODE = declare(
    "PT038",
    "not-one-code",
    Severity.ERROR,
    """
    An entry that is named by one code has none, or several.

    A provision has one effect (`prohibits: use`), a link one relation (`extends: ID`). Two effects are two provisions.

    Bad: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, restricts: use, to: [law-enforcement]}  # <-
        evidence:
          - {at: acme-release-2020#p1, supports: all}

    Good: records/actions/2020/acme-pause-2020.yaml
        title: Acme pauses sales to police
        kind: sales-suspension
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10, ends: further-notice}
        provisions:
          p1: {prohibits: sell, to: [law-enforcement]}
        evidence:
          - {at: acme-release-2020#p1, supports: all}
    """,
)
