"""An action: one act by one issuer, with its dates, its provisions, its links and its evidence."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from policytrack.codes import (
    Code,
    Condition,
    Conduct,
    Effect,
    Event,
    Instrument,
    Kind,
    Purpose,
    Reading,
    Relation,
)
from policytrack.dates import PartialDate
from policytrack.models.forms import Keyed, Many, Model, OneOrMany, coded, fault, matching
from policytrack.models.identifiers import ActionIdentifier
from policytrack.models.review import Review, Waiver
from policytrack.models.values import PROVISION_KEY, Cited, Date, EndDate, Id, Money, ProvisionRef, Target, Text

_KEY_PATTERN = rf"^{PROVISION_KEY}$(?!\n)"
ProvisionKey = Annotated[str, matching(_KEY_PATTERN, "a provision key", "number provisions p1, p2, p3")]


class Timeline(Model):
    """When each step happened: event to date, and when the action ends."""

    dates: dict[Annotated[Event, coded(Event)], Date] = Field(
        default_factory=dict, description="The dated events.", examples=["2020-06-10"]
    )
    ends: EndDate | None = Field(
        default=None,
        description="The last day in force, inclusive, or what it depends on; left out when nobody found one.",
        examples=["P1Y"],
    )

    @model_validator(mode="before")
    @classmethod
    def unfold(cls, data: object) -> object:
        """Set the end apart from the dated events."""
        if not isinstance(data, dict):
            return data
        dates = {key: value for key, value in data.items() if key != Event.ENDS}
        if not dates:
            raise fault("missing", "the timeline dates no event", "date the first step that a source tells of")
        return {"dates": dates, "ends": data["ends"]} if "ends" in data else {"dates": dates}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the mapping as people write it: one property per event."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        inner = schema["properties"]
        if "dates" in inner:
            dated, end = inner["dates"]["additionalProperties"], inner["ends"]
            schema["properties"] = {
                event.value: {
                    **(end if event is Event.ENDS else dated),
                    "title": event.label,
                    "description": event.definition,
                }
                for event in Event
            }
            schema["anyOf"] = [{"required": [event.value]} for event in Event if event is not Event.ENDS]
        return schema

    def get(self, event: Event) -> PartialDate | None:
        """Return the date of ``event``, or None when no source says."""
        return self.dates.get(event)


class Provision(Keyed):
    """One effect on the conduct of some, for some, with some technology, under some conditions."""

    vocabulary: ClassVar[type[Code]] = Effect
    code_field: ClassVar[str] = "effect"
    value_field: ClassVar[str] = "conduct"

    effect: Effect = Field(description="What the provision does to the conduct.", examples=["prohibits"])
    conduct: OneOrMany[Annotated[Conduct, coded(Conduct)]] = Field(
        description="The conduct it is about.", examples=["use"]
    )
    by: OneOrMany[Id] = Field(
        default=(),
        description="Whose conduct is governed: classes and actor ids; left out, the action's own actor.",
        examples=[["law-enforcement"]],
    )
    to: OneOrMany[Id] = Field(
        default=(), description="Who is served by the conduct: classes and actor ids.", examples=[["law-enforcement"]]
    )
    technology: OneOrMany[Id] = Field(
        default=(),
        description="The technology it is about; left out, face recognition at large.",
        examples=["amazon-rekognition"],
    )
    purposes: OneOrMany[Annotated[Purpose, coded(Purpose)]] = Field(
        default=(), description="The purposes it is limited to.", examples=[["missing-children"]]
    )
    conditions: OneOrMany[Annotated[Condition, coded(Condition)]] = Field(
        default=(), description="The conditions it sets or depends on.", examples=[["consent", "notice"]]
    )
    amount: OneOrMany[Money] = Field(
        default=(), description="The sum to be paid, and which sum where several are told.", examples=["7552800 GBP"]
    )
    starts: Date | None = Field(
        default=None,
        alias="from",
        description="The first day of this provision, where it is not the action's.",
        examples=["2021-01-01"],
    )
    ends: EndDate | None = Field(
        default=None,
        description="The last day of this provision, where it is not the action's.",
        examples=["2021-06-10"],
    )
    except_to: OneOrMany[ProvisionRef] = Field(
        default=(),
        description="The provision, of this or another action, that this one carves out of.",
        examples=["p1"],
    )


class Link(Keyed):
    """How an action bears on another; stored once, on the later action, the inverse is derived."""

    vocabulary: ClassVar[type[Code]] = Relation
    code_field: ClassVar[str] = "relation"
    value_field: ClassVar[str] = "target"

    relation: Relation = Field(description="The relation.", examples=["extends"])
    target: Id = Field(
        description="The id of the other action.", examples=["amazon-rekognition-police-moratorium-2020"]
    )
    replaces: tuple[ProvisionKey, ...] | None = Field(
        default=None,
        description="The target's provisions that this action takes the place of; empty when none.",
        examples=[["p1"]],
    )


class Evidence(Model):
    """A place in a source, and what it supports."""

    at: Cited = Field(description="The source and its passage.", examples=["npr-amazon-halts-2020#p1"])
    supports: OneOrMany[Target] = Field(
        description="What it carries: what, events, provision keys, relations, identifiers, jurisdictions or all.",
        examples=[["what", "announced", "p1"]],
    )
    reading: Annotated[Reading, coded(Reading)] = Field(
        default=Reading.STATED, description="How the passage carries it.", examples=["inferred"]
    )
    relays: Id | None = Field(
        default=None, description="The source that this one reports from.", examples=["amazon-announcement-2020"]
    )


class Conflict(Model):
    """Sources that disagree about a field, and why one reading was chosen."""

    field: Target = Field(description="The field, named as evidence names it.", examples=["announced"])
    values: Many[Text] = Field(
        description="The values that sources give.", examples=[["2022-04-11 signed", "2022-04-27 chaptered"]]
    )
    chosen: Text = Field(description="The value that the record holds.", examples=["2022-04-27 chaptered"])
    reason: Text = Field(description="Why it was chosen.", examples=["the chapter is the primary document"])


class Action(Model):
    """One act by one issuer that sets, changes, ends, enforces, judges or carries out policy on facial recognition."""

    title: Text = Field(
        description="What was done, in our own words.",
        examples=["Amazon pauses police use of Rekognition for one year"],
    )
    summary: Text | None = Field(
        default=None,
        description="The act in at most 60 words of our own.",
        examples=["Amazon bars police from Rekognition for a year."],
    )
    kind: Annotated[Kind, coded(Kind)] = Field(description="What the act does to the conduct.", examples=["moratorium"])
    instrument: Annotated[Instrument, coded(Instrument)] = Field(
        description="The form of the act.", examples=["corporate-policy"]
    )
    actor: Id = Field(description="The issuer.", examples=["amazon"])
    co_actors: Many[Id] = Field(default=(), description="Who issued it together with the actor.", examples=[["thorn"]])
    jurisdictions: Many[Id] = Field(
        default=(),
        description="The places where it applies; left out when no source says.",
        examples=[["us-or-portland"]],
    )
    excluded: Many[Id] = Field(
        default=(), description="Places that a source says are left out.", examples=[["us-il", "us-tx"]]
    )
    identifiers: Many[ActionIdentifier] = Field(
        default=(), description="Official numbers: a scheme and a value.", examples=[["bill HB2031"]]
    )
    timeline: Timeline = Field(
        description="Event to date; what no source dates is left out.",
        examples=[{"announced": "2020-06-10 weekday", "ends": "P1Y"}],
    )
    provisions: dict[ProvisionKey, Provision] = Field(
        default_factory=dict,
        description="Key to effect; keys are stable and never given again.",
        examples=[{"p1": {"prohibits": "use", "by": ["law-enforcement"]}}],
    )
    links: tuple[Link, ...] = Field(
        default=(), description="How the act bears on earlier ones.", examples=[[{"extends": "an-action-2020"}]]
    )
    evidence: tuple[Evidence, ...] = Field(
        min_length=1,
        description="Where the sources say it.",
        examples=[[{"at": "npr-amazon-halts-2020#p1", "supports": ["what", "announced"]}]],
    )
    conflicts: tuple[Conflict, ...] = Field(
        default=(),
        description="Where sources disagree.",
        examples=[
            [
                {
                    "field": "announced",
                    "values": ["2020-06-09", "2020-06-10"],
                    "chosen": "2020-06-10",
                    "reason": "two to one",
                }
            ]
        ],
    )
    distinct_from: Many[Id] = Field(
        default=(),
        description="Actions that look alike and are not this one.",
        examples=[["us-or-portland-public-ban-2020"]],
    )
    waivers: tuple[Waiver, ...] = Field(
        default=(),
        description="Warnings that stand, with the reason.",
        examples=[[{"code": "PT603", "reason": "one copy is all there is", "date": "2026-11-22"}]],
    )
    review: Review | None = Field(
        default=None, description="Whether somebody else has read it.", examples=[{"state": "draft"}]
    )
    notes: Text | None = Field(
        default=None, description="What a curator should know.", examples=["No seed gives the place."]
    )
