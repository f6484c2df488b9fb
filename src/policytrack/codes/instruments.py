"""The form of an action: which document it is, how it binds, and by which numbers it is known."""

from policytrack.codes.vocabulary import Code


class Form(Code):
    """The family of an instrument, which decides the event that brings it into being."""

    LAW = (
        "law",
        "Law",
        "A general rule made by a body with power to legislate; it exists once enacted, signed or published.",
        "For ordinances, regulations and referendums the final vote is enough.",
    )
    DECISION = (
        "decision",
        "Decision",
        "An authority or court decides about a named addressee or case; it exists once decided.",
    )
    AGREEMENT = (
        "agreement",
        "Agreement",
        "Parties bind each other; it exists once approved, and a contract also once settled.",
    )
    OWN_ACT = (
        "own-act",
        "Own act",
        "An issuer speaks for or rules over itself; it exists once announced, adopted or effective.",
    )


class Bindingness(Code):
    """How firmly an instrument ties those whose conduct it governs."""

    BINDING = (
        "binding",
        "Binding",
        "General rule that everyone within its scope must follow, and that the state can enforce.",
    )
    ORDERED = (
        "ordered",
        "Ordered",
        "Individual decision that its addressee must follow.",
        "Others may take note of it, but it does not bind them.",
    )
    AGREED = (
        "agreed",
        "Agreed",
        "Binds the parties because they consented, even if a court or regulator approved it.",
    )
    SELF_IMPOSED = (
        "self-imposed",
        "Self-imposed",
        "The issuer binds itself or its own staff and can change its mind alone.",
    )
    NONE = (
        "none",
        "Not binding",
        "Nobody is bound: an utterance, a recommendation or a voluntary norm.",
    )


class Instrument(Code):
    """The form in which an action was issued: what kind of document a reader would look for.

    `form` is the family that decides when it comes into being, `bindingness` how it ties those it governs.
    """

    form: Form
    bindingness: Bindingness

    STATUTE = (
        "statute",
        "Statute",
        Form.LAW,
        Bindingness.BINDING,
        "Law made by a national, regional or state legislature, at any stage from bill to act.",
        "A decree-law and its conversion are one statute. Local legislatures make ordinances.",
    )
    ORDINANCE = (
        "ordinance",
        "Ordinance",
        Form.LAW,
        Bindingness.BINDING,
        "Law made by the council or board of a municipality, county or district.",
        "A council resolution that binds departments counts; one that only voices a view is a public-statement.",
    )
    REGULATION = (
        "regulation",
        "Regulation",
        Form.LAW,
        Bindingness.BINDING,
        "General rule made by an executive body under a power that a law gave it, or an EU regulation or directive.",
        "A decision about one addressee is a regulator-decision; rules for the issuer's own staff are agency-policy.",
    )
    EXECUTIVE_ORDER = (
        "executive-order",
        "Executive order",
        Form.LAW,
        Bindingness.BINDING,
        "Order of a head of government, governor or mayor to the administration below.",
        "An instruction within one agency is agency-policy.",
    )
    AGENCY_POLICY = (
        "agency-policy",
        "Agency policy",
        Form.OWN_ACT,
        Bindingness.SELF_IMPOSED,
        "Written general rule of a public body for its own conduct.",
        "A single act such as starting or halting a programme is an agency-decision.",
    )
    AGENCY_DECISION = (
        "agency-decision",
        "Agency decision",
        Form.OWN_ACT,
        Bindingness.SELF_IMPOSED,
        "Single choice of a public body about its own conduct, such as to start, buy or halt.",
        "A decision that binds someone else is a regulator-decision.",
    )
    REGULATOR_DECISION = (
        "regulator-decision",
        "Regulator's decision",
        Form.DECISION,
        Bindingness.ORDERED,
        "Formal decision of a supervisory authority about a named addressee, such as a fine, notice or order.",
        "Guidance for everyone is a public-statement; a settlement with the authority is a consent-order.",
    )
    COURT_DECISION = (
        "court-decision",
        "Court decision",
        Form.DECISION,
        Bindingness.ORDERED,
        "Judgment or order of a court or tribunal, and the proceedings that lead to it.",
        "A lawsuit takes this form as long as it is pending; a court's approval of a deal does not change its form.",
    )
    CONSENT_ORDER = (
        "consent-order",
        "Consent order",
        Form.AGREEMENT,
        Bindingness.AGREED,
        "Terms agreed with an authority or opponent and made an order by an authority or court.",
        "Without such an order it is a contract.",
    )
    CONTRACT = (
        "contract",
        "Contract",
        Form.AGREEMENT,
        Bindingness.AGREED,
        "Agreement between parties: purchase, licence, data sharing or settlement.",
        "Terms of service that one side sets are corporate-policy.",
    )
    CORPORATE_POLICY = (
        "corporate-policy",
        "Corporate policy",
        Form.OWN_ACT,
        Bindingness.SELF_IMPOSED,
        "Decision or rule of a company about its products, customers or own use, however it was made known.",
        "Words that change nothing the company does are a public-statement.",
    )
    PUBLIC_STATEMENT = (
        "public-statement",
        "Public statement",
        Form.OWN_ACT,
        Bindingness.NONE,
        "Words published or spoken for an issuer, behind which no adopted rule or decision is known.",
        "If the words announce a decision already taken, the form of that decision counts.",
    )
    REFERENDUM = (
        "referendum",
        "Referendum",
        Form.LAW,
        Bindingness.BINDING,
        "Law made or changed by a vote of the electorate.",
        "A consultative vote is a public-statement of the body that held it.",
    )
    TREATY = (
        "treaty",
        "Treaty",
        Form.LAW,
        Bindingness.BINDING,
        "Agreement between states, or between a state and an international organisation, under international law.",
        "A declaration that the parties call non-binding is a public-statement.",
    )
    STANDARD = (
        "standard",
        "Standard",
        Form.OWN_ACT,
        Bindingness.NONE,
        "Technical or professional norm of a standards body or association, for voluntary adoption.",
        "Where a law makes it compulsory, that law is an action of its own.",
    )


class IdentifierScheme(Code):
    """Which series of official numbers an identifier belongs to; it stands before the number."""

    BILL = "bill", "Bill", "Number of a draft law in a legislature.", "Keeps its value after enactment."
    ACT = "act", "Act", "Number or citation of an act of parliament where that is the usual name."
    STATUTE = (
        "statute",
        "Statute",
        "Place in a code or compilation of laws.",
        "The number of one session law is a chapter.",
    )
    LAW = "law", "Law", "Number and year of a law in a national series, or of a local law so called."
    DECREE_LAW = "decree-law", "Decree-law", "Number and year of a government decree with the force of law."
    CHAPTER = "chapter", "Chapter", "Chapter number in the laws of one session."
    PUBLIC_ACT = "public-act", "Public act", "Number of an enacted law in a series of public acts or public laws."
    ORDINANCE = "ordinance", "Ordinance", "Number of an enacted ordinance.", "Before enactment it usually has a file."
    RESOLUTION = "resolution", "Resolution", "Number of a resolution of a council or legislature."
    REGULATION = "regulation", "Regulation", "Number of a regulation or place of a rule in an official register."
    FILE = "file", "File", "Number of a legislative file of a council.", "Court and agency files are a docket."
    DOCKET = (
        "docket",
        "Docket",
        "Number under which a court or agency keeps a proceeding.",
        "Official register numbers of the clerk, not citations.",
    )
    CASE = "case", "Case", "Number of a case before a regulator, ombudsman or international court."
    NEUTRAL_CITATION = "neutral-citation", "Neutral citation", "Citation of a judgment that no law report owns."
    ECLI = "ecli", "ECLI", "European Case Law Identifier of a judgment."
    CELEX = "celex", "CELEX", "Number of a document of European Union law."
    DECISION = "decision", "Decision", "Number of a decision of a regulator or agency."
    ORDER = "order", "Order", "Number of an executive order, directive or agency order."
    CONTRACT = "contract", "Contract", "Number of a contract, tender or purchase order."
