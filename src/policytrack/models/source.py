"""A source: one document, what was read of it, what it copies, and fingerprints of the passages that are cited."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policytrack.codes import CopyKind, Extent, Reliability, SourceType
from policytrack.models.forms import Many, Model, Several, coded, matching
from policytrack.models.review import Waiver
from policytrack.models.values import (
    PROVISION_KEY,
    Count,
    CreditLine,
    Date,
    Day,
    Id,
    Language,
    PageStamp,
    Sha256,
    Term,
    Text,
)

PassageKey = Annotated[str, matching(rf"^{PROVISION_KEY}$(?!\n)", "a passage key", "number passages p1, p2, p3")]


class Read(Model):
    """Who reads a source reads it on a day, and perhaps not to its end."""

    on: Day | None = Field(default=None, description="The day it was read.", examples=["2026-11-22"])
    extent: Annotated[Extent, coded(Extent)] = Field(description="How much of it could be read.", examples=["full"])


class Copy(Model):
    """The work that a document copies, and how that is known."""

    source: Id | None = Field(
        default=None,
        description="The source that is copied; left out for a compiled copy of unknown origin.",
        examples=["npr-amazon-halts-original-2020"],
    )
    kind: Annotated[CopyKind, coded(CopyKind)] = Field(description="How it was copied.", examples=["syndicated"])
    basis: Text = Field(description="How that is known, in our own words.", examples=["The copyright line names NPR."])


class Passage(Model):
    """A place in a source that can be found again in a copy of it without publishing its text.

    The fingerprint is `squash/1`: NFKC, casefold, NFKC, letters, marks and numbers only; sha256 of the UTF-8.
    """

    locator: Text = Field(
        description="Where it stands, for a person, as counted in what was read of the document.",
        examples=["paragraph 2"],
    )
    start: Count = Field(description="Where it begins, in squashed characters; a hint.", examples=[215])
    length: Count = Field(description="How long it is, in squashed characters.", examples=[164])
    sha256: Sha256 = Field(description="The sha256 of the squashed passage, in hexadecimal.", examples=["0" * 64])
    terms: Annotated[tuple[Term, ...], Several(most=6)] = Field(
        default=(),
        description="Up to six key terms of at most three words.",
        examples=[["one-year moratorium"]],
    )


class Source(Model):
    """One document: an article, a statute, an order, a press release, a decision."""

    type: Annotated[SourceType, coded(SourceType)] = Field(
        description="What kind of document it is.", examples=["news-article"]
    )
    title: Text = Field(description="Its title in its own language.", examples=["Amazon Halts Police Use"])
    title_en: Text | None = Field(
        default=None, description="Our translation of a title that is not English.", examples=["Stop to recognition"]
    )
    publisher: Text | None = Field(default=None, description="Who published it.", examples=["NPR"])
    container: Text | None = Field(
        default=None, description="The journal, site or collection it stands in.", examples=["Alabama Public Radio"]
    )
    authors: Many[Text] = Field(default=(), description="Names as printed.", examples=[["Bobby Allyn"]])
    credit: CreditLine | None = Field(
        default=None, description="Who the document says wrote it.", examples=["own-byline"]
    )
    issuer: Id | None = Field(
        default=None,
        description="The actor whose own text it is: primary for what that actor did, and for nothing else.",
        examples=["gb-ico"],
    )
    url: Text | None = Field(default=None, description="Its address.", examples=["https://example.org/story"])
    archive_url: Text | None = Field(
        default=None, description="Its address in a public archive.", examples=["https://web.archive.org/web/2020/x"]
    )
    published: Date | None = Field(default=None, description="The day it was published.", examples=["2020-06-10"])
    updated: Date | None = Field(default=None, description="The day of the version read.", examples=["2020-06-12"])
    page_dates: Many[PageStamp] = Field(
        default=(),
        description="Other dates that stand on the page, and as what; a stamp is not the day of an event.",
        examples=[["2020-11-26 date in the page header"]],
    )
    language: Language | None = Field(default=None, description="Its language (BCP 47).", examples=["en"])
    reliability: Annotated[Reliability, coded(Reliability)] = Field(
        default=Reliability.GOOD, description="Whether its wording can be relied on.", examples=["low"]
    )
    reliability_reason: Text | None = Field(
        default=None, description="Why its reliability is low.", examples=["Reworded by a machine."]
    )
    read: Read = Field(description="When and how far it was read.", examples=[{"on": "2026-11-22", "extent": "full"}])
    copy_of: Copy | None = Field(
        default=None,
        description="The work it copies.",
        examples=[{"source": "geekwire-original-2020", "kind": "rewritten", "basis": "The captions credit it."}],
    )
    notes: Text | None = Field(
        default=None, description="What a curator should know.", examples=["The page has no date."]
    )
    passages: dict[PassageKey, Passage] = Field(
        default_factory=dict,
        description="Key to passage.",
        examples=[{"p1": {"locator": "paragraph 2", "start": 0, "length": 40, "sha256": "0" * 64}}],
    )
    waivers: tuple[Waiver, ...] = Field(
        default=(),
        description="Warnings that stand, with the reason.",
        examples=[[{"code": "PT704", "reason": "the only address there is", "date": "2026-11-22"}]],
    )
