"""Ids that are no longer in use, and where they lead: an id that was published never vanishes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policytrack.codes import RedirectKind
from policytrack.models.forms import Model, coded
from policytrack.models.values import Day, Id, Text


class Redirect(Model):
    """What became of a retired id, written in `records/redirects.yaml` under `kind/id`."""

    kind: Annotated[RedirectKind, coded(RedirectKind)] = Field(
        description="Why the id is retired.", examples=["merged"]
    )
    to: Id | None = Field(
        default=None, description="The id that takes its place; none for a withdrawn record.", examples=["amazon"]
    )
    reason: Text = Field(description="Why, in our own words.", examples=["Two records of one ordinance."])
    date: Day = Field(description="The day of the decision.", examples=["2026-11-22"])
