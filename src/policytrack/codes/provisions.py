"""What one provision says: its effect, the conduct it speaks of, the conditions it sets and the kind of its amount."""

from policytrack.codes.vocabulary import Code


class Direction(Code):
    """Which way something moves the spread of the technology."""

    RESTRICTIVE = (
        "restrictive",
        "Restrictive",
        "Narrows what someone may do with the technology, or puts a burden on it.",
    )
    PERMISSIVE = (
        "permissive",
        "Permissive",
        "Allows, eases or demands a conduct that spreads the technology.",
    )
    PRACTICE = (
        "practice",
        "Practice",
        "Shows the technology being made, bought or used, without setting a rule.",
    )
    MIXED = (
        "mixed",
        "Mixed",
        "Narrows in one respect and widens in another, beyond the exceptions to its own rules.",
        "A ban with exceptions written into it stays restrictive.",
    )
    NEUTRAL = (
        "neutral",
        "Neutral",
        "Moves the spread neither way, or not yet.",
        "Inquiries, pending suits and studies, for example.",
    )


class Effect(Code):
    """What a provision does to a conduct. `direction` is where it points by itself."""

    direction: Direction

    @property
    def norm(self) -> bool:
        """Whether it sets a rule; the other case states a fact."""
        return self is not Effect.PRACTISES

    PROHIBITS = (
        "prohibits",
        "Prohibits",
        Direction.RESTRICTIVE,
        "The conduct is not allowed.",
        (
            "Narrow exceptions are provisions of their own that permit, with except_to. An exception that is a mere "
            "condition, such as leave by statute, may stand in conditions."
        ),
    )
    RESTRICTS = (
        "restricts",
        "Restricts",
        Direction.RESTRICTIVE,
        "The conduct is allowed only under the conditions or for the purposes named.",
        "If it was barred before and the provision opens it, permits.",
    )
    REQUIRES = (
        "requires",
        "Requires",
        Direction.RESTRICTIVE,
        "The conduct is a duty.",
        "Its direction is that of the duty to the conduct: a mandate to use the technology is permissive.",
    )
    PERMITS = (
        "permits",
        "Permits",
        Direction.PERMISSIVE,
        "The conduct is allowed, as an exception to a bar or as a basis in law of its own.",
        "What no rule mentions is not permitted by a provision.",
    )
    PRACTISES = (
        "practises",
        "Practises",
        Direction.PRACTICE,
        "The conduct takes place: a fact, not a norm.",
        "For deployments, pilots, purchases and stated practices.",
    )


class Conduct(Code):
    """What someone does with the technology or with the data it needs or makes.

    `noun` names it in a sentence: a rule prohibits sale, or requires deletion. `duty` is where a duty to do it points:
    permissive where the conduct itself spreads the technology.
    """

    noun: str
    duty: Direction

    DEVELOP = (
        "develop",
        "Develop",
        "development",
        Direction.PERMISSIVE,
        "To research, build, train or improve a system.",
        "Gathering the images for it is collect.",
    )
    SELL = (
        "sell",
        "Sell",
        "sale",
        Direction.PERMISSIVE,
        "To sell, license, lease or otherwise provide a system, or biometric data, to others, paid or free.",
        "A vendor's bar on what customers do with it is a provision on use.",
    )
    PROCURE = (
        "procure",
        "Procure",
        "procurement",
        Direction.PERMISSIVE,
        "To buy, license, lease, accept or contract for a system or its results.",
        "Putting it in place is deploy.",
    )
    DEPLOY = (
        "deploy",
        "Deploy",
        "deployment",
        Direction.PERMISSIVE,
        "To install a system or make it ready for operation at a place or in a service.",
        "Running it on faces is use. Where a source says only that a body deploys it, take use.",
    )
    USE = (
        "use",
        "Use",
        "use",
        Direction.PERMISSIVE,
        "To run a system on faces, to have it run by another, or to act on its results.",
    )
    COLLECT = (
        "collect",
        "Collect",
        "collection",
        Direction.PERMISSIVE,
        "To obtain face images or templates for recognition, including by scraping.",
        "Keeping what was obtained is retain.",
    )
    RETAIN = (
        "retain",
        "Retain",
        "retention",
        Direction.PERMISSIVE,
        "To keep face images, templates or match results after the moment of use.",
        "A time limit on keeping restricts retain; a duty to erase is delete.",
    )
    SHARE = (
        "share",
        "Share",
        "sharing",
        Direction.PERMISSIVE,
        "To let another named or described body search, receive or use the data or results for its own recognition.",
        "If no recipient or no recognition by the recipient is in view, disclose.",
    )
    DISCLOSE = (
        "disclose",
        "Disclose",
        "disclosure",
        Direction.RESTRICTIVE,
        (
            "To reveal biometric data or results, or the fact of use, to the person concerned, a court, the public or "
            "anyone else."
        ),
        "Notice as a condition of another conduct is the condition notice, not a provision.",
    )
    DELETE = (
        "delete",
        "Delete",
        "deletion",
        Direction.RESTRICTIVE,
        "To erase face images, templates, results or models made from them.",
    )
    PAY = (
        "pay",
        "Pay",
        "payment",
        Direction.RESTRICTIVE,
        "To pay a sum as a fine, in damages or under an agreement.",
        "The price of a purchase is not recorded here.",
    )


class Condition(Code):
    """What must be met for a conduct to be allowed."""

    CONSENT = (
        "consent",
        "Consent",
        "The person whose face is processed must agree beforehand.",
        "A right to object afterwards is not consent.",
    )
    NOTICE = (
        "notice",
        "Notice",
        "The persons concerned must be told, by a sign, a text or directly.",
        "Telling the public or an overseer about the use in general is reporting.",
    )
    APPROVAL = (
        "approval",
        "Approval",
        "A body other than the user, or a superior, must agree beforehand.",
        "If that body is a judge deciding on a single case, warrant.",
    )
    WARRANT = (
        "warrant",
        "Warrant",
        "A judge must allow the single use or search.",
    )
    LISTED_USES = (
        "listed-uses",
        "Listed uses",
        "Only uses on a closed list are allowed.",
        "If the list fits the vocabulary of purposes, give the purposes as well.",
    )
    EXCLUDED_USES = (
        "excluded-uses",
        "Excluded uses",
        "Certain uses on a list remain forbidden, all others are allowed.",
    )
    ACCURACY_TEST = (
        "accuracy-test",
        "Accuracy test",
        "The system must have passed a test of accuracy or of bias.",
    )
    HUMAN_REVIEW = (
        "human-review",
        "Human review",
        "A person must check a result before it is acted on, or it may not be the sole basis of a decision.",
    )
    IMPACT_ASSESSMENT = (
        "impact-assessment",
        "Impact assessment",
        "Risks to rights or data protection must be assessed in writing beforehand.",
    )
    POLICY = (
        "policy",
        "Written policy",
        "The user must have, and usually publish, a written policy on use, retention or deletion.",
    )
    REPORTING = (
        "reporting",
        "Reporting",
        "The user must keep records for, or report to, an overseer or the public.",
    )
    WATCHLIST_LIMITS = (
        "watchlist-limits",
        "Limits on watchlists",
        "Only certain faces may be searched for or compared against.",
        "Covers limits on the reference database as well as on a list of wanted persons.",
    )
    OPT_OUT = (
        "opt-out",
        "Opt-out",
        "People must be able to object, and are left out then.",
        "Agreement beforehand is consent; another way to the same end is alternative.",
    )
    URGENCY = (
        "urgency",
        "Urgency",
        "Only in an emergency, such as danger to life, flight or the loss of evidence.",
    )
    OVERSIGHT = (
        "oversight",
        "Oversight",
        "A body that watches over the use must exist and be at work.",
        "If it must agree beforehand, approval; if it must be told, reporting.",
    )
    ON_DEVICE = (
        "on-device",
        "On the person's device",
        "The template may be kept only by the person: on a card or device of their own.",
    )
    ALTERNATIVE = (
        "alternative",
        "Alternative",
        "People must be offered another way that does without their face.",
        "A mere right to refuse is consent.",
    )
    LEGAL_DUTY = (
        "legal-duty",
        "Legal duty",
        "Allowed as far as another law, order or higher level of government demands the conduct.",
        "If that law needs only to allow it, statutory-authorization.",
    )
    STATUTORY_AUTHORIZATION = (
        "statutory-authorization",
        "Authorization by statute",
        "Allowed only once a statute expressly allows it.",
    )


class AmountKind(Code):
    """Which sum an amount is, where several are known for one sanction or deal."""

    IMPOSED = "imposed", "Imposed", "The sum that the decision set.", "The usual case for a fine; also if not paid yet."
    REDUCED = "reduced", "Reduced", "The sum to which a later decision or review lowered the one first set."
    PAID = "paid", "Paid", "The sum that was really paid, according to a source."
    SUSPENDED = "suspended", "Suspended", "The part that falls due only if terms are broken."
    AGREED = "agreed", "Agreed", "The sum on which the parties settled, as finally approved if approval was needed."
