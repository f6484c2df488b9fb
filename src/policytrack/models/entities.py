"""Who, what and where: actors, technologies and jurisdictions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policytrack.codes import ActorType, JurisdictionLevel
from policytrack.models.forms import Many, Model, coded
from policytrack.models.identifiers import EntityIdentifier
from policytrack.models.values import Date, Id, Iso3166, OcdId, Text


class Actor(Model):
    """Whoever acts or is governed: an office rather than its holder, a person only with a public role."""

    name: Text = Field(
        description="The name in its own language, in Latin script where there is one.", examples=["Amazon"]
    )
    type: Annotated[ActorType, coded(ActorType)] = Field(description="What kind of actor it is.", examples=["company"])
    jurisdiction: Id | None = Field(
        default=None, description="The place it belongs to or is seated in.", examples=["us-or-washington-county"]
    )
    parent: Id | None = Field(default=None, description="The actor it is part of.", examples=["amazon"])
    aliases: Many[Text] = Field(default=(), description="Other names that sources use.", examples=[["Amazon.com"]])
    identifiers: Many[EntityIdentifier] = Field(
        default=(), description="Identifiers that others give.", examples=[["wikidata Q3884"]]
    )
    public_role: Text | None = Field(
        default=None,
        description="Persons only: the public office or role that makes them part of the record.",
        examples=["mayor"],
    )
    notes: Text | None = Field(
        default=None, description="What a curator should know.", examples=["Not the county in Washington State."]
    )


class Technology(Model):
    """A product or a class of systems."""

    name: Text = Field(description="The name.", examples=["Amazon Rekognition"])
    aliases: Many[Text] = Field(default=(), description="Other names that sources use.", examples=[["Rekognition"]])
    vendor: Id | None = Field(default=None, description="The actor that offers it.", examples=["amazon"])
    parent: Id | None = Field(
        default=None, description="The technology it is part of or a kind of.", examples=["live-face-recognition"]
    )
    description: Text | None = Field(
        default=None, description="What it does, in our own words.", examples=["A cloud service that compares faces."]
    )
    notes: Text | None = Field(
        default=None, description="What a curator should know.", examples=["Named in two sources."]
    )


class Membership(Model):
    """A place that another place belongs to for a time."""

    jurisdiction: Id = Field(description="The place it is a member of.", examples=["eu"])
    since: Date | None = Field(default=None, alias="from", description="The first day.", examples=["1973-01-01"])
    until: Date | None = Field(default=None, description="The last day.", examples=["2020-01-31"])


class Jurisdiction(Model):
    """A place with rule-making power."""

    name: Text = Field(description="The name.", examples=["Oregon"])
    level: Annotated[JurisdictionLevel, coded(JurisdictionLevel)] = Field(description="Its level.", examples=["state"])
    parent: Id | None = Field(default=None, description="The place it lies in.", examples=["us"])
    ocd_id: OcdId | None = Field(
        default=None, description="Its Open Civic Data division id.", examples=["ocd-division/country:us/state:or"]
    )
    iso_3166: Iso3166 | None = Field(default=None, description="Its ISO 3166 code.", examples=["US-OR"])
    member_of: tuple[Membership, ...] = Field(
        default=(),
        description="Unions of places it belongs to, with dates.",
        examples=[[{"jurisdiction": "eu", "from": "1958-01-01"}]],
    )
    notes: Text | None = Field(default=None, description="What a curator should know.", examples=["Includes Seattle."])
