"""How one action bears on another; the later or dependent one holds the link."""

from typing import Literal

from policytrack.codes.vocabulary import Code

Family = Literal["chain", "context"]


class Relation(Code):
    """What the action that holds the link does to, or has to do with, the action it names.

    `family` is "chain" where the link makes both part of one measure, else "context". `inverse` is the label seen from
    the other end, in lower case.
    """

    family: Family
    inverse: str

    @property
    def chain(self) -> bool:
        """Whether the link makes this action part of the measure of its target."""
        return self.family == "chain"

    @property
    def default_replaces_all(self) -> bool:
        """Whether the link puts every provision of its target out of force when none is named."""
        return self in {Relation.REPEALS, Relation.SUPERSEDES}

    EXTENDS = (
        "extends",
        "Extends",
        "chain",
        "extended by",
        "Replaces the end of the target by a later or an open one.",
        "Any other change of content is amends; an action may hold both links.",
    )
    AMENDS = (
        "amends",
        "Amends",
        "chain",
        "amended by",
        "Changes the content of the target, and puts only those of its provisions out that are named as replaced.",
        "When nothing of the target is left, repeals or supersedes.",
    )
    REPEALS = (
        "repeals",
        "Repeals",
        "chain",
        "repealed by",
        "Ends the target, or the provisions named, and puts nothing in their place.",
        "With new rules on the same matter it is supersedes; by a reviewing court it is annuls.",
    )
    SUPERSEDES = (
        "supersedes",
        "Supersedes",
        "chain",
        "superseded by",
        "Takes the place of the target, or of the provisions named, with rules of its own.",
        "If the target lives on with changes, amends.",
    )
    SUSPENDS = (
        "suspends",
        "Suspends",
        "chain",
        "suspended by",
        "Stops the target from working for a time, without ending it.",
        "A stay or injunction of a court counts.",
    )
    REINSTATES = (
        "reinstates",
        "Reinstates",
        "chain",
        "reinstated by",
        "Makes the target work again by clearing what had suspended, repealed or annulled it earlier.",
        "Setting aside the ruling that hit the target is annuls, aimed at that ruling.",
    )
    ANNULS = (
        "annuls",
        "Annuls",
        "chain",
        "annulled by",
        "A body with power of review sets the target aside.",
        "The issuer's own act of ending is repeals. Unlawful but left standing is condemns.",
    )
    UPHOLDS = (
        "upholds",
        "Upholds",
        "chain",
        "upheld by",
        "A body with power of review leaves the target standing after a challenge.",
        "It changes nothing about force, but shows that the target still stood.",
    )
    REMITS = (
        "remits",
        "Remits",
        "chain",
        "remitted by",
        "Sends the question whether the target may stand back to another body, so that it is open until then.",
        "If the target is set aside at the same time, annuls as well.",
    )
    CONDEMNS = (
        "condemns",
        "Condemns",
        "chain",
        "condemned by",
        "A court or authority finds the target unlawful but orders nothing about it.",
        "An order to stop is suspends or annuls.",
    )
    INTERPRETS = (
        "interprets",
        "Interprets",
        "chain",
        "interpreted by",
        "A court or authority says with authority what the target means or whom it covers.",
        "Commentary by others is no link.",
    )
    IMPLEMENTS = (
        "implements",
        "Implements",
        "context",
        "implemented by",
        "Puts into detail or practice what the target demands or allows.",
        "Punishing a breach of the target is enforces.",
    )
    ENFORCES = (
        "enforces",
        "Enforces",
        "context",
        "enforced by",
        "Sanctions, pursues or settles a breach of the target.",
        "A suit against the target itself is challenges.",
    )
    CHALLENGES = (
        "challenges",
        "Challenges",
        "context",
        "challenged by",
        "Asks a court or authority to strike down or review the target.",
        "The decision on it has a chain link to the target.",
    )
    PROMPTED_BY = (
        "prompted_by",
        "Prompted by",
        "context",
        "prompted",
        "A source says that the target gave the issuer the occasion or reason to act, of its own free choice.",
        "Where the target left the issuer little choice it is consequence_of; mere order in time is follows.",
    )
    CONSEQUENCE_OF = (
        "consequence_of",
        "Consequence of",
        "context",
        "had as consequence",
        "A source says that the target brought this action about: the issuer had to, or could hardly do otherwise.",
        "A free reaction is prompted_by.",
    )
    FOLLOWS = (
        "follows",
        "Follows",
        "context",
        "followed by",
        "Came after the target in the same story, and no source claims a cause.",
        "Also the return of another product after a withdrawal.",
    )
    COMPANION = (
        "companion",
        "Companion of",
        "context",
        "companion of",
        "Issued together with the target as a separate instrument on the same matter.",
        "Stored at one of the two only.",
    )
    FULFILS = (
        "fulfils",
        "Fulfils",
        "context",
        "fulfilled by",
        "Is the event for which the end of the target waits.",
        "Only where the target's end names an event.",
    )
