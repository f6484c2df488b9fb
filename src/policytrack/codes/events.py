"""The dated events of an action, and the stage that follows from them."""

from typing import Literal

from policytrack.codes.vocabulary import Code

Role = Literal["step", "birth", "start", "end", "observation", "death"]


class Event(Code):
    """What happened to an action on a date.

    `role` says what the event does: "step" (on the way), "birth" (brings some form of instrument into being), "start",
    "end", "observation" (someone saw how things stood) or "death" (the action will never come into being).
    """

    role: Role

    @property
    def public(self) -> bool:
        """Whether the action can become known by this event: it is neither scheduled nor a later observation."""
        return self.role in {"step", "birth", "death"}

    INTRODUCED = (
        "introduced",
        "Introduced",
        "step",
        "A bill, ordinance or motion was formally laid before the body that decides on it.",
        "Plans made known before that are proposed.",
    )
    PROPOSED = (
        "proposed",
        "Proposed",
        "step",
        "A draft was made known by those who want it, before or without formal introduction.",
        "A demand of a third party is not a proposal.",
    )
    FIRST_VOTE = (
        "first_vote",
        "First vote",
        "step",
        "The deciding body approved a text that it must vote on again.",
        "Committee votes are not recorded.",
    )
    PASSED = (
        "passed",
        "Passed",
        "step",
        "A legislature finished its votes in favour, while signature or enactment is still to come.",
        "Votes of a council that need no more than publication are final_vote; one chamber of two is no event.",
    )
    FINAL_VOTE = (
        "final_vote",
        "Final vote",
        "birth",
        "The last vote in favour that a local body, rule-maker or electorate needs to cast.",
        "For statutes use passed, and enacted or signed.",
    )
    SIGNED = (
        "signed",
        "Signed",
        "birth",
        "The head of state, governor or mayor put their name to the text, or a treaty was signed.",
    )
    VETOED = (
        "vetoed",
        "Vetoed",
        "death",
        "The text was refused by an office with the power to refuse, and the refusal stood.",
        "A veto that was overridden is told in the notes; enacted then gives the date.",
    )
    ENACTED = (
        "enacted",
        "Enacted",
        "birth",
        "The text became law: the date that the official record gives for the act.",
        "If the record knows only the signature or the gazette, use signed or published.",
    )
    PUBLISHED = (
        "published",
        "Published",
        "birth",
        "The text appeared in an official gazette or was officially issued.",
        "The day of a news article or a page stamp is never this event.",
    )
    ANNOUNCED = (
        "announced",
        "Announced",
        "birth",
        "The issuer, or someone speaking for it, told the public of the act.",
        "For laws and decisions take the formal event instead.",
    )
    ADOPTED = (
        "adopted",
        "Adopted",
        "birth",
        "A body put a policy, guideline or standard in place for itself by an internal decision.",
        "A vote of a legislature or council on a law is passed or final_vote.",
    )
    FILED = (
        "filed",
        "Filed",
        "step",
        "A complaint, suit or petition reached the court or authority, or an inquiry was opened.",
    )
    DECIDED = (
        "decided",
        "Decided",
        "birth",
        "The date a court or authority gives its decision.",
        "When it was made known later, that day may be recorded as published.",
    )
    APPROVED = (
        "approved",
        "Approved",
        "birth",
        "A court or authority with a say over an agreement gave its final consent.",
        "Preliminary approval is no event.",
    )
    SETTLED = (
        "settled",
        "Settled",
        "birth",
        "The parties concluded their agreement or contract.",
        "News of an agreement in principle is announced.",
    )
    EFFECTIVE = (
        "effective",
        "Effective",
        "start",
        "First day on which the provisions apply or the practice runs.",
        "Left out when no source says and none can be worked out; a provision with a later start has its own from.",
    )
    ENDS = (
        "ends",
        "Ends",
        "end",
        "Last day in force as the action itself plans it: a date, a duration, an event or an openness.",
        "An end that someone noticed afterwards is ended.",
    )
    ENDED = (
        "ended",
        "Seen ended",
        "observation",
        "A source shows that the action was over, without another action that ended it; the last day in force.",
        "If a repeal, ruling or new policy ended it, record that and link it.",
    )
    CONFIRMED = (
        "confirmed",
        "Confirmed",
        "observation",
        "The latest day for which a source supports that the action still holds.",
        "It is the day the source speaks of, not the day a curator read it.",
    )
    FAILED = (
        "failed",
        "Failed",
        "death",
        "The proposal was voted down, or lapsed with the session or the time limit.",
        "Taken back by those who brought it, it is withdrawn.",
    )
    WITHDRAWN = (
        "withdrawn",
        "Withdrawn",
        "death",
        "Those who brought the proposal or case took it back before it was decided.",
        "A measure already in being is not withdrawn: record its end or its repeal.",
    )


class Stage(Code):
    """How far an action had come by a given day, as derived from its events."""

    PROPOSED = (
        "proposed",
        "Proposed",
        "Some step is known, but not yet the event that brings this form of instrument into being.",
    )
    IN_BEING = (
        "in-being",
        "In being",
        "The event that brings this form of instrument into being has happened, whether or not it applies yet.",
    )
    DEAD = (
        "dead",
        "Dead",
        "It failed, was withdrawn or was vetoed before it came to anything.",
    )
    UNKNOWN = (
        "unknown",
        "Unknown",
        "No event is known by that day, or the dates are too vague to tell.",
    )
