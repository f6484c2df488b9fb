"""What a source is, where its text comes from, and how well it supports what is said."""

from typing import Literal

from policytrack.codes.vocabulary import Code

Tier = Literal["primary", "secondary"]


class SourceType(Code):
    """What a document is. `tier` is "primary" where it comes from those who acted, else "secondary"."""

    tier: Tier

    @property
    def primary(self) -> bool:
        """Whether such a document comes from those who acted."""
        return self.tier == "primary"

    NEWS_ARTICLE = (
        "news-article",
        "News article",
        "secondary",
        "Report in a general newspaper, broadcaster, agency or news site, also when reposted elsewhere.",
        "Outlets for one trade are trade-press.",
    )
    PRESS_RELEASE = (
        "press-release",
        "Press release",
        "primary",
        "Announcement that the issuer wrote for the press.",
        (
            "An article built on it is a news-article; a release by a campaign about the act of others is an "
            "advocacy-page."
        ),
    )
    STATUTE = (
        "statute",
        "Statute text",
        "primary",
        "Text of an enacted law, or of a code section, in an official edition.",
    )
    BILL = (
        "bill",
        "Bill text or history",
        "primary",
        "Text or official history of a draft law or draft ordinance.",
        "A private database of bills is a tracker.",
    )
    ORDINANCE = "ordinance", "Ordinance text", "primary", "Text of an enacted local law or of a municipal code."
    REGULATION = "regulation", "Regulation text", "primary", "Text of a general rule made under a law, as issued."
    COURT_DECISION = (
        "court-decision",
        "Court decision text",
        "primary",
        "Judgment, order or official docket of a court.",
        "Pleadings of a party are a court-filing.",
    )
    COURT_FILING = (
        "court-filing",
        "Court filing",
        "secondary",
        "Pleading, complaint, brief or agreement that a party laid before a court.",
        "Primary for what the party itself did, as a suit or a settlement: say so by the credit issuer.",
    )
    REGULATOR_DECISION = (
        "regulator-decision",
        "Regulator's decision text",
        "primary",
        "Decision, notice or order of a supervisory authority, in full or in its official extract.",
        "Its news about the decision is a press-release.",
    )
    GOVERNMENT_PAGE = (
        "government-page",
        "Government page",
        "primary",
        "Other page or document of a public body: minutes, policies, answers, registers.",
    )
    COMPANY_PAGE = (
        "company-page",
        "Company page",
        "primary",
        "Other page of a company about itself: blog, terms, documentation, filings.",
    )
    REPORT = (
        "report",
        "Report",
        "secondary",
        "Longer study or review by researchers, auditors or institutions.",
        "The official report of the acting body about its own act is a government-page.",
    )
    TRADE_PRESS = "trade-press", "Trade press", "secondary", "Report in an outlet for one profession or industry."
    LAW_FIRM_NOTE = "law-firm-note", "Law firm note", "secondary", "Briefing or blog post by a law firm for clients."
    TRACKER = (
        "tracker",
        "Tracker",
        "secondary",
        "Entry in a database or list of laws, cases or deployments kept by others.",
    )
    ADVOCACY_PAGE = (
        "advocacy-page",
        "Advocacy page",
        "secondary",
        "Page or statement of a campaign, association or interest group.",
    )


class CreditKind(Code):
    """Whom a document names as the maker of its text."""

    OWN_BYLINE = "own-byline", "Own byline", "Names a writer of the publishing outlet."
    STAFF = (
        "staff",
        "Staff",
        "Names the outlet, its desk or its staff, but no person.",
        "So does what a firm, an association or a tracker publishes of its own; news without a name is unstated.",
    )
    AGENCY = (
        "agency",
        "Agency",
        "Names the news agency or other outlet from which the text was taken.",
        "A picture credit says nothing about the text; a byline that says only that agencies wrote it is unstated.",
    )
    ISSUER = "issuer", "Issuer", "The text comes from the body that acted."
    UNSTATED = "unstated", "Unstated", "The document, as held, does not say who made the text."


class Reliability(Code):
    """Whether a source may carry a record by itself."""

    GOOD = "good", "Good", "No reason is known to doubt that the text says what its maker wrote."
    LOW = (
        "low",
        "Low",
        "Text altered, garbled, of unknown make or by a careless maker, so that it may not stand alone.",
        "A bias of opinion is no reason by itself.",
    )


class Extent(Code):
    """How much of a source a curator has read."""

    FULL = "full", "Full", "The whole text was read."
    OPENING = "opening", "Opening", "Only the start, an extract or a preview was read."
    NONE = "none", "None", "Nobody here has held it; it is recorded so that its copies can point to it."


class CopyKind(Code):
    """How a document was made from another."""

    SYNDICATED = "syndicated", "Syndicated", "Carried by another outlet with leave, the text essentially unchanged."
    REPOSTED = "reposted", "Reposted", "Copied by someone else, as far as known without leave, the text kept."
    REWRITTEN = (
        "rewritten",
        "Rewritten",
        "The same story in other words, without research of its own.",
        "If own research was added it is no copy, and the evidence item says what it relays.",
    )
    TRANSLATED = "translated", "Translated", "The same text in another language."
    COMPILED = (
        "compiled",
        "Compiled",
        "Put together from pieces of several documents.",
        "May never be the only support where the pieces' origin is unknown.",
    )


class Reading(Code):
    """How a passage bears on what it is cited for."""

    STATED = "stated", "Stated", "The passage says it in so many words."
    INFERRED = "inferred", "Inferred", "The passage does not say it, but it follows from what the passage says."
    CONTRADICTS = (
        "contradicts",
        "Contradicts",
        "The passage says something that cannot be true together with the record.",
    )


class ReviewState(Code):
    """Whether a second look has been taken at a record."""

    DRAFT = "draft", "Draft", "Written, but not yet checked against its sources by a reviewer."
    CHECKED = (
        "checked",
        "Checked",
        "Somebody who had not written it compared it with its sources, and no name answers for that.",
        "With the handle of the one who did, reviewed.",
    )
    REVIEWED = "reviewed", "Reviewed", "A named reviewer compared every field with the passages cited."


class Grade(Code):
    """How well independent sources bear out an action; derived, never written."""

    A = "A", "Primary and independent", "A primary document read at the passage cited, and an independent report."
    B = "B", "Primary, or two origins", "A primary document alone, or two independent origins."
    C = "C", "One origin", "One secondary origin only."
    D = "D", "Weak", "Sources of low reliability only.", "Such a record stays a draft."


class PassageState(Code):
    """What a check of a passage against someone's copies of the source found."""

    MATCHED = "matched", "Matched", "A copy holds the passage at the place recorded."
    MOVED = "moved", "Moved", "A copy holds the passage, but at another place."
    AMBIGUOUS = "ambiguous", "Ambiguous", "A copy holds the passage more than once, none of them at the place recorded."
    MISSING = "missing", "Missing", "A copy of the source was there, and does not hold the passage."
    UNCHECKED = "unchecked", "Unchecked", "No copy of the source was there to compare with."


class RedirectKind(Code):
    """Why an id that was once published is no longer in use."""

    MERGED = "merged", "Merged", "Two records told of the same thing; the one named as target remains."
    WITHDRAWN = "withdrawn", "Withdrawn", "The record should not have been made; there may be no target."
    RENAMED = "renamed", "Renamed", "The same record goes on under the target id."


class RejectionKind(Code):
    """Why a lead did not become a record."""

    NOT_FACE_RECOGNITION = "not-face-recognition", "Not face recognition", "It is about another technology."
    NOT_A_POLICY_ACTION = (
        "not-a-policy-action",
        "No policy action",
        "No act sets, changes, ends, enforces, judges or carries out policy: a demand, an opinion, a single event.",
    )
    NOT_SUPPORTED = (
        "not-supported",
        "Not supported",
        "No source that could be read says it, or none says enough for a record.",
    )
    PART_OF_ANOTHER = (
        "part-of-another",
        "Part of another",
        "It is a step or a provision of an action that is recorded, or the same action under another name.",
    )
