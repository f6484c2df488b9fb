"""The published tables: the contract with those who use the data, apart from the models of the records."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

from pydantic import BaseModel

from policytrack.dataset import Dataset
from policytrack.force import Fold
from policytrack.models import Action, ChangeNote, Correcting, Review, Waiver
from policytrack.tables.actions import ACTION_TABLES
from policytrack.tables.columns import Column, Foreign, Row, Table, Value, View
from policytrack.tables.entities import ENTITY_TABLES
from policytrack.tables.force import FORCE_TABLES
from policytrack.tables.provisions import PROVISION_TABLES
from policytrack.tables.register import REGISTER_TABLES, CorrectionRow
from policytrack.tables.sources import SOURCE_TABLES
from policytrack.tables.support import SUPPORT_TABLES

__all__ = ["TABLES", "WITHHELD", "Column", "CorrectionRow", "Foreign", "Row", "Table", "Value", "rows"]

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        *ACTION_TABLES,
        *PROVISION_TABLES,
        *SUPPORT_TABLES,
        *SOURCE_TABLES,
        *ENTITY_TABLES,
        *FORCE_TABLES,
        *REGISTER_TABLES,
    )
}

# Fields of records that no table holds, each with the reason.
WITHHELD: Final[dict[tuple[type[BaseModel], str], str]] = {
    (Action, "distinct_from"): "a word to the check for duplicates, not a fact",
    (Waiver, "code"): "waivers speak of the checks of this repository, not of the data",
    (Waiver, "reason"): "as above",
    (Waiver, "date"): "as above",
    (Review, "by"): "a handle belongs to a person; the repository names its reviewers",
    (Review, "note"): "a word between reviewer and curator",
    (ChangeNote, "change"): "words for the changelog",
    (ChangeNote, "level"): "it raises the version, which is published",
    (Correcting, "records"): "it picks the records whose corrections are published",
    (Correcting, "fields"): "as above",
}


def rows(dataset: Dataset, corrections: Sequence[CorrectionRow] = ()) -> dict[str, list[Row]]:
    """Return the rows of every table, sorted by its key; the same for the same records, whatever day it is.

    ``corrections`` are those of the releases so far, which no record holds.
    """
    view = View(dataset, Fold.of(dataset), corrections)
    return {name: sorted(table.rows(view), key=_by(table)) for name, table in TABLES.items()}


def _by(table: Table) -> Any:  # noqa: ANN401 - a getter of one value or of a tuple, which sort alike
    return attrgetter(*table.key)
