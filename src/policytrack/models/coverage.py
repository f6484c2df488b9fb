"""What was searched, and which leads were turned down: without it an absence has no meaning."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policytrack.codes import RejectionKind
from policytrack.models.forms import Model, coded
from policytrack.models.values import Count, Date, Day, Id, Text


class Search(Model):
    """One topic that was searched for one place and stretch of time, on one day, and what came of it."""

    place: Id | None = Field(
        default=None, description="The place; left out for what has none, such as a company.", examples=["us-or"]
    )
    topic: Text = Field(description="What was looked for.", examples=["city bans and what became of them"])
    since: Date | None = Field(
        default=None, alias="from", description="The beginning of the time searched.", examples=["2019"]
    )
    until: Date | None = Field(default=None, description="The end of the time searched.", examples=["2026-11"])
    on: Day = Field(description="The day of the search.", examples=["2026-11-22"])
    queries: Count = Field(description="How many questions were asked of search tools.", examples=[4])
    result: Text = Field(
        description="What came of it, in our own words.", examples=["Two ordinances; no repeal found."]
    )


class Rejection(Model):
    """A lead that did not become a record, and why."""

    lead: Text = Field(description="What the lead claims, in our own words.", examples=["A ban in Springfield, 2019"])
    reason: Annotated[RejectionKind, coded(RejectionKind)] = Field(
        description="Why it is no record.", examples=["not-supported"]
    )
    on: Day = Field(description="The day of the decision.", examples=["2026-11-22"])
    note: Text | None = Field(
        default=None, description="What a later curator should know.", examples=["The page is a list of demands."]
    )


class Coverage(Model):
    """The searches and the rejected leads, written in `records/coverage.yaml`."""

    searches: tuple[Search, ...] = Field(
        default=(),
        description="What was searched.",
        examples=[[{"topic": "city bans", "on": "2026-11-22", "queries": 4, "result": "Two ordinances."}]],
    )
    rejected: tuple[Rejection, ...] = Field(
        default=(),
        description="The leads that did not become records.",
        examples=[[{"lead": "A ban in Springfield", "reason": "not-supported", "on": "2026-11-22"}]],
    )
