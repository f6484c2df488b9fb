"""How much a release changed, and why a published value was corrected."""

from __future__ import annotations

from policytrack.codes.vocabulary import Code


class ChangeLevel(Code):
    """How much a change asks of those who use the data; each level outranks those before it."""

    NONE = "none", "None", "Nothing that is published differs."
    PATCH = (
        "patch",
        "Patch",
        "Values were corrected, words bettered or support added; whatever read the last release reads this one.",
    )
    MINOR = (
        "minor",
        "Minor",
        "The release tells more: new records or codes, a status that progressed, an id that leads on to another.",
    )
    MAJOR = (
        "major",
        "Major",
        "What read the last release may fail: tables, columns, types or keys changed, a code or an id is gone.",
    )

    @property
    def rank(self) -> int:
        """The place among the levels, from 0."""
        return list(ChangeLevel).index(self)


class CorrectionReason(Code):
    """Why a value that was published is another now, though the world did not change."""

    ERROR = (
        "error",
        "Error",
        "The value was wrong: its source never said so.",
        "Also where a value claimed more than its source did.",
    )
    SOURCE_UPDATED = (
        "source-updated",
        "Source updated",
        "The source that was followed was itself corrected, or a better one was found.",
    )
    RECODE = (
        "recode",
        "Recoded",
        "The fact stands; it is told with another code or in another form.",
    )
