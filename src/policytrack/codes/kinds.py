"""What an action does: the code by which most readers will group the data."""

from typing import Literal

from policytrack.codes.relations import Relation
from policytrack.codes.vocabulary import Code

Carries = Literal["provisions", "links", "none"]


class Kind(Code):
    """What an action does to the conduct it speaks of, whatever its form.

    `force` says what an action of the kind must carry: "provisions" (at least one), "links" (a provision or a chain
    link), "none" (neither is needed). `relation` is the chain relation without which the kind makes no sense, or None.
    """

    force: Carries
    relation: Relation | None

    @property
    def has_force(self) -> bool:
        """Whether an action of this kind sets, changes or ends a norm or a practice that can stand."""
        return self.force != "none"

    BAN = (
        "ban",
        "Ban",
        "provisions",
        None,
        "Forbids a conduct with no end in view. It has force.",
        (
            "Exceptions do not make it less of a ban. With a stated end or an awaited event it is a moratorium; "
            "where the conduct stays allowed under conditions, use-rules."
        ),
    )
    MORATORIUM = (
        "moratorium",
        "Moratorium",
        "provisions",
        None,
        "Forbids a conduct for a stated time, or until a named event or further notice. It has force.",
        (
            "Judged by the stated terms, not by the headline. Where an issuer only halts its own running use, sale or "
            "purchase, take the matching suspension."
        ),
    )
    USE_SUSPENSION = (
        "use-suspension",
        "Suspension of use",
        "links",
        None,
        (
            "A user halts its own running use and leaves open whether it will resume. "
            "It has force, by provisions or by the link to the practice it suspends."
        ),
        "A rule for others is a moratorium; a vendor that stops serving a group is a sales-suspension.",
    )
    DISCONTINUATION = (
        "discontinuation",
        "End of use",
        "links",
        None,
        (
            "A user gives up its own use or programme for good. "
            "It has force, by provisions or by the link to the practice it ends."
        ),
        "Left open whether it will resume, it is a use-suspension; a vendor that gives up makes a market-exit.",
    )
    SALES_SUSPENSION = (
        "sales-suspension",
        "Suspension of sales",
        "links",
        None,
        (
            "A vendor halts sale, licence or provision to some or all customers and leaves open if it will resume. "
            "It has force, by provisions or by the link to what it suspends."
        ),
        (
            "A vendor that forbids customers to use what they already have issues a moratorium; leaving for good is a "
            "market-exit."
        ),
    )
    PROCUREMENT_SUSPENSION = (
        "procurement-suspension",
        "Suspension of procurement",
        "links",
        None,
        (
            "A buyer halts its own purchase or tender and leaves open whether it will resume. "
            "It has force, by provisions or by the link to the procurement it suspends."
        ),
        "A rule that other bodies may not buy is a ban or a moratorium on the conduct procure.",
    )
    MARKET_EXIT = (
        "market-exit",
        "Market exit",
        "provisions",
        None,
        "A vendor gives up offering the technology, or offering it to a class of customers, for good. It has force.",
        "One product ended while the business goes on is a product-withdrawal.",
    )
    PRODUCT_WITHDRAWAL = (
        "product-withdrawal",
        "Product withdrawal",
        "provisions",
        None,
        "A company ends one product or feature that it ran or sold. It has force.",
        "The end of the whole line of business is a market-exit; a temporary halt is a suspension.",
    )
    USE_RULES = (
        "use-rules",
        "Rules of use",
        "provisions",
        None,
        "Lets a conduct go on but ties it to conditions such as warrants, review or listed purposes. It has force.",
        (
            "If the only condition is the person's consent, consent-rules; if the only duty is to inform or report, "
            "transparency-rules; if the conduct was barred before, authorization."
        ),
    )
    CONSENT_RULES = (
        "consent-rules",
        "Rules of consent",
        "provisions",
        None,
        "Makes the consent of the persons concerned the main condition of a conduct. It has force.",
        "Biometric privacy laws usually belong here even if they add notice and deletion.",
    )
    TRANSPARENCY_RULES = (
        "transparency-rules",
        "Rules of transparency",
        "provisions",
        None,
        "Demands signs, notices, registers or reports about a conduct and does not otherwise limit it. It has force.",
        "With any further limit on the conduct itself it is use-rules.",
    )
    AUTHORIZATION = (
        "authorization",
        "Authorization",
        "provisions",
        None,
        (
            "Allows a conduct that was barred, or gives it the legal basis it needed, with or without conditions. "
            "It has force."
        ),
        (
            "An exception written into a ban is a provision of the ban. A later exception to an older measure is an "
            "amendment, unless the newer act stands on its own."
        ),
    )
    MANDATE = (
        "mandate",
        "Mandate",
        "provisions",
        None,
        "Obliges someone to deploy or use the technology. It has force.",
        "A duty that only accompanies a use is use-rules; leave to use is an authorization.",
    )
    DEPLOYMENT = (
        "deployment",
        "Deployment",
        "provisions",
        None,
        "A programme that puts the technology to regular use. It has force as a practice that stands, not as a norm.",
        "The programme is the action, never a single day of use. Limited in time or called a test, it is a pilot.",
    )
    PILOT = (
        "pilot",
        "Pilot",
        "provisions",
        None,
        (
            "A programme of use that its issuer calls a trial or test. It has force as a practice that stands, "
            "not as a norm."
        ),
        "A product test without real persons is no action. Once regular use is declared, record a deployment.",
    )
    PROCUREMENT = (
        "procurement",
        "Procurement",
        "provisions",
        None,
        "Buys, licenses or tenders for the technology. It has force as a practice that stands, not as a norm.",
        "If source and date tell only of the use, deployment.",
    )
    EXTENSION = (
        "extension",
        "Extension",
        "links",
        Relation.EXTENDS,
        (
            "Moves the end of an earlier measure to a later day or leaves it open, and changes nothing else. "
            "It has force through its link."
        ),
        "If scope changes as well, record an amendment that carries the extends link too.",
    )
    AMENDMENT = (
        "amendment",
        "Amendment",
        "links",
        Relation.AMENDS,
        (
            "Changes what an earlier measure covers, whom it binds or on which conditions. "
            "It has force through its link or its provisions."
        ),
        "A repeal of some parts is an amendment that replaces them; a change of the end alone is an extension.",
    )
    REPEAL = (
        "repeal",
        "Repeal",
        "links",
        Relation.REPEALS,
        "The issuer, or a body above it, ends an earlier measure as a whole. It has force through its link.",
        "A court or appeal body that sets a measure aside makes a ruling; parts only are an amendment.",
    )
    REINSTATEMENT = (
        "reinstatement",
        "Reinstatement",
        "links",
        Relation.REINSTATES,
        "Puts a suspended, repealed or annulled measure or practice back in place. It has force through its link.",
        "New text that allows again what was barred is an authorization; a judgment that revives is a ruling.",
    )
    FINE = (
        "fine",
        "Fine",
        "provisions",
        None,
        "Imposes a sum to be paid as a sanction for a breach. It has force.",
        (
            "An agreed sum belongs to a settlement; an order to stop or delete is a corrective-order, its companion "
            "where it is an instrument of its own."
        ),
    )
    CORRECTIVE_ORDER = (
        "corrective-order",
        "Corrective order",
        "provisions",
        None,
        "An authority orders one addressee to stop, delete, change or secure something. It has force.",
        "Words of reproach without a duty are a warning; a rule for a whole class is a ban or use-rules.",
    )
    WARNING = (
        "warning",
        "Warning",
        "none",
        None,
        (
            "An authority tells an addressee formally that a conduct is or would be unlawful, and orders nothing. "
            "It has no force."
        ),
        "A reprimand counts here. The result of an inquiry published without an addressee's duty is a finding.",
    )
    FINDING = (
        "finding",
        "Finding",
        "none",
        None,
        "An authority states the result of its inquiry on whether a conduct broke rules. It has no force.",
        "If the same decision fines or orders, take that kind. A court's decision is a ruling; research is a study.",
    )
    RULING = (
        "ruling",
        "Ruling",
        "none",
        None,
        (
            "A court or tribunal decides a case. It has no force by kind: it works through its links "
            "(annuls, suspends, upholds and the like) or through what it orders, recorded as provisions."
        ),
        "A decision of a regulator in its own matter is a fine, corrective-order, warning or finding.",
    )
    INVESTIGATION = (
        "investigation",
        "Investigation",
        "none",
        None,
        "An authority or legislature opens a formal inquiry into a conduct. It has no force.",
        "Its outcome is an action of its own. A call for an inquiry is not an action.",
    )
    CLOSING = (
        "closing",
        "Closing of an inquiry",
        "none",
        None,
        "An authority ends an inquiry or a pursuit without finding, order or sanction. It has no force.",
        "With a result stated it is a finding, with a reproach a warning.",
    )
    LAWSUIT = (
        "lawsuit",
        "Lawsuit",
        "none",
        None,
        "A party brings a case before a court. It has no force.",
        "Interim orders and judgments are rulings, an agreement that ends the case a settlement.",
    )
    SETTLEMENT = (
        "settlement",
        "Settlement",
        "provisions",
        None,
        "Parties end a dispute by agreeing on payments or conduct. It has force between them.",
        "A sanction imposed by an authority is a fine or a corrective-order, even if it is not contested.",
    )
    GUIDANCE = (
        "guidance",
        "Guidance",
        "none",
        None,
        "An authority or standards body explains how rules apply or recommends good practice. It has no force.",
        "A code that binds the body that adopts it is use-rules.",
    )
    COMMITMENT = (
        "commitment",
        "Commitment",
        "provisions",
        None,
        (
            "An issuer promises how it will act from now on, and changes nothing it does today. "
            "It has force as a rule that the issuer set for itself."
        ),
        (
            "If running use or sale stops, a suspension, market-exit or product-withdrawal; if it only reports, "
            "statement-of-practice."
        ),
    )
    STATEMENT_OF_PRACTICE = (
        "statement-of-practice",
        "Statement of practice",
        "provisions",
        None,
        "An issuer declares what it already does or does not do. It has force as a stated practice.",
        "A promise about the future is a commitment. A refusal to comment is no action.",
    )
    RESOLUTION = (
        "resolution",
        "Resolution",
        "none",
        None,
        "A legislature, council or assembly voices a position or asks others to act. It has no force.",
        "A resolution that binds the body's own departments is a ban, moratorium or use-rules by content.",
    )
    STUDY = (
        "study",
        "Study",
        "none",
        None,
        "A public body orders or publishes an evaluation of the technology as a step of policy. It has no force.",
        "Academic and advocacy research is not an action; an inquiry into a breach is an investigation.",
    )
