"""Faults of a filled issue form: answers from which no field of a record can be made."""

from __future__ import annotations

from policytrack.findings import Severity, declare

UNKNOWN_ANSWER = declare(
    "PT039",
    "unknown-answer",
    Severity.ERROR,
    """
    An answer of a filled issue form cannot become a field of a record.

    `policytrack from-issue` drafts records from the text of an issue and leaves out what it cannot take: a code that
    is none, a date on no calendar, a name that no record has. The message names the label of the form. Mend the draft
    by hand, or ask in the issue.
    """,
)
