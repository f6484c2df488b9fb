"""What people decided about a record: warnings that stand, and whether somebody else has read it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policytrack.codes import ReviewState
from policytrack.models.forms import Model, coded
from policytrack.models.values import Day, FindingCode, Handle, Text


class Waiver(Model):
    """A warning that was looked at and stands, with the reason."""

    code: FindingCode = Field(description="The code of the finding.", examples=["PT603"])
    reason: Text = Field(description="Why the record is right all the same.", examples=["two councils, one day"])
    date: Day = Field(description="The day it was decided.", examples=["2026-11-22"])


class Review(Model):
    """Whether somebody else has read the record against its sources."""

    state: Annotated[ReviewState, coded(ReviewState)] = Field(description="How far the review is.", examples=["draft"])
    by: Handle | None = Field(default=None, description="The reviewer's handle.", examples=["octavia"])
    on: Day | None = Field(default=None, description="The day of the review.", examples=["2026-11-22"])
    note: Text | None = Field(
        default=None, description="What the reviewer found.", examples=["no primary document is public"]
    )
