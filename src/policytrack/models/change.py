"""What a change of the records or of the code declares of itself, for the release that will carry it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policytrack.codes import ChangeLevel, CorrectionReason
from policytrack.models.forms import Model, OneOrMany, coded
from policytrack.models.values import Text


class Correcting(Model):
    """Published values that are wrong or told otherwise, and why they are others now."""

    records: OneOrMany[Text] = Field(
        description="The records, as kind/id; `*` stands for any text.", examples=["action/amazon-*"]
    )
    fields: OneOrMany[Text] = Field(
        description="The fields, as `policytrack diff` names them; `*` stands for any text.",
        examples=[["timeline.effective", "provisions*"]],
    )
    reason: Annotated[CorrectionReason, coded(CorrectionReason)] = Field(
        description="Why, as a code.", examples=["error"]
    )
    why: Text = Field(description="Why, in our own words.", examples=["The page stamp had been taken for the day."])


class ChangeNote(Model):
    """What a change means for those who use the data, written in `data/history/next/`, one file for each change."""

    change: Text = Field(description="What changed, in words for the changelog.", examples=["Dates of Amazon mended."])
    level: Annotated[ChangeLevel, coded(ChangeLevel)] | None = Field(
        default=None,
        description="The level that the change declares. It may raise what is computed from the data, never lower it.",
        examples=["minor"],
    )
    corrections: tuple[Correcting, ...] = Field(
        default=(),
        description="Published values that are corrected.",
        examples=[
            [
                {
                    "records": "action/amazon-*",
                    "fields": "timeline*",
                    "reason": "error",
                    "why": "The page stamp was taken.",
                }
            ]
        ],
    )
