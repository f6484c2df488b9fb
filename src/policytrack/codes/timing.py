"""How dates are known, how measures end, and what can be said of their force on a day."""

from policytrack.codes.vocabulary import Code


class DateBasis(Code):
    """How a date came to be known."""

    STATED = "stated", "Stated", "A source gives the date as written."
    BOUNDED = (
        "bounded",
        "Bounded",
        "Sources only limit it: the day lies in the span written.",
        "The default for spans.",
    )
    WEEKDAY = (
        "weekday",
        "Weekday",
        "A source names a weekday, resolved against the date of the source.",
        "Mind the time zone of the place where it happened.",
    )
    COMPUTED = (
        "computed",
        "Computed",
        "Follows by a rule from other dates of the record, such as a start some days after signature.",
    )
    ASSUMED = (
        "assumed",
        "Assumed",
        "No source gives it; it is the plainest reading, such as a start on the day of the announcement.",
        "If it follows by a rule it is computed.",
    )
    RETROSPECTIVE = (
        "retrospective",
        "Retrospective",
        "The date lies before the act that set it: the issuer gave effect to the past, or told of it afterwards.",
    )


class EndKind(Code):
    """In which way the end of a measure is laid down."""

    DATE = "date", "Date", "A calendar date, exact or as a span; the last day in force."
    DURATION = "duration", "Duration", "A length of time, counted from the start."
    FURTHER_NOTICE = (
        "further-notice",
        "Until further notice",
        "The issuer says that it holds until the issuer says otherwise.",
        "Indefinitely counts here, unless the source means for ever.",
    )
    NONE = "none", "No end", "By its terms or its nature it has no end."
    UNKNOWN = "unknown", "Unknown", "Nobody has found out whether it has an end.", "The default."
    EVENT = "event", "Event", "It ends with an event whose day is not fixed."
    FIRST_OF = "first-of", "First of", "The earliest of several ends counts."
    LAST_OF = "last-of", "Last of", "The latest of several ends counts."


class ForceState(Code):
    """Whether a provision was in force on a day, as far as known by a day."""

    IN_FORCE = "in_force", "In force", "It applied on that day, and what was known vouches for that day."
    PRESUMED_IN_FORCE = (
        "presumed_in_force",
        "Presumed in force",
        "It had begun and has no fixed end, nothing shows that it ended, but nothing vouches for so late a day either.",
    )
    POSSIBLY_IN_FORCE = (
        "possibly_in_force",
        "Possibly in force",
        "The dates known, or an open ruling, leave room for both answers.",
    )
    NOT_IN_FORCE = "not_in_force", "Not in force", "It had not begun, was over, had been put out, or never came to be."
    NO_EVIDENCE = (
        "no_evidence",
        "No evidence",
        "Nothing known by then shows that it existed, or it was only proposed.",
        "Says nothing about whether the conduct was allowed.",
    )


class ForceBasis(Code):
    """Why a provision has its force state. `state` is the state that the reason leads to."""

    state: ForceState

    STANDING = (
        "standing",
        "Standing",
        ForceState.IN_FORCE,
        "Begun, not over, not put out, and the day lies before a fixed end or within what evidence vouches for.",
    )
    OPEN_END = (
        "open_end",
        "Open end",
        ForceState.PRESUMED_IN_FORCE,
        "Standing and open-ended, and the day lies after the last one that evidence vouches for.",
    )
    UNCERTAIN_START = (
        "uncertain_start",
        "Uncertain start",
        ForceState.POSSIBLY_IN_FORCE,
        "The day lies within the span in which the provision began.",
    )
    UNCERTAIN_END = (
        "uncertain_end",
        "Uncertain end",
        ForceState.POSSIBLY_IN_FORCE,
        "The day lies within the span in which the provision ended.",
    )
    UNCERTAIN_OPERATOR = (
        "uncertain_operator",
        "Uncertain operator",
        ForceState.POSSIBLY_IN_FORCE,
        "It cannot be told whether an action that would put the provision out worked on that day.",
    )
    CONTESTED = (
        "contested",
        "Contested",
        ForceState.POSSIBLY_IN_FORCE,
        "It would stand, but a ruling sent the question back and no later ruling has answered it.",
    )
    NOT_BEGUN = (
        "not_begun",
        "Not begun",
        ForceState.NOT_IN_FORCE,
        "The day lies before the first on which the provision applies.",
    )
    SCHEDULED_END = (
        "scheduled_end",
        "Scheduled end",
        ForceState.NOT_IN_FORCE,
        "The day lies after the end that the action, or an extension of it, had planned.",
    )
    OBSERVED_END = (
        "observed_end",
        "Observed end",
        ForceState.NOT_IN_FORCE,
        "The day lies after one on which a source saw that it was over.",
    )
    OPERATOR = (
        "operator",
        "Put out by another action",
        ForceState.NOT_IN_FORCE,
        "Another action that suspends, annuls, repeals, supersedes or replaces it worked on that day.",
    )
    DEAD = (
        "dead",
        "Never came to be",
        ForceState.NOT_IN_FORCE,
        "The action failed, was withdrawn or was vetoed.",
    )
    PENDING = (
        "pending",
        "Pending",
        ForceState.NO_EVIDENCE,
        "By the day of knowledge the action was no more than proposed.",
    )
    UNKNOWN_ACTION = (
        "unknown_action",
        "Action unknown",
        ForceState.NO_EVIDENCE,
        "By the day of knowledge nothing about the action was public.",
    )
