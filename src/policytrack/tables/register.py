"""What keeps the data set readable over time: the codebook, retired ids, corrections, and what was searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from inspect import get_annotations
from typing import Annotated

from policytrack.codes import VOCABULARIES, Code, CorrectionReason, RedirectKind, RejectionKind
from policytrack.models import Correcting, Redirect, Rejection, Search
from policytrack.tables.columns import Foreign, Row, Table, View, filled, of, refers, told
from policytrack.tables.days import dated


@dataclass(frozen=True, slots=True)
class CodebookRow(Row):
    """One code of one closed vocabulary."""

    vocabulary: Annotated[str, told("The name of the vocabulary.")]
    code: Annotated[str, told("The code.")]
    position: Annotated[int, told("The place in the order of the codebook, from 1.", minimum=1)]
    label: Annotated[str, told("The name for people.")]
    definition: Annotated[str, told("What it means.")]
    note: Annotated[str | None, told("Where the border to the neighbouring codes runs.")]


@dataclass(frozen=True, slots=True)
class CodebookPropertyRow(Row):
    """One thing that follows from one code, such as the form of an instrument or the inverse of a relation."""

    vocabulary: Annotated[str, told("The name of the vocabulary.")]
    code: Annotated[str, told("The code.")]
    property: Annotated[str, told("What follows.")]
    value: Annotated[str, told("The value, often a code of another vocabulary.")]


@dataclass(frozen=True, slots=True)
class RedirectRow(Row):
    """One id that was published and is no longer in use."""

    record: Annotated[str, told("The kind of record.")]
    id: Annotated[str, told("The retired id.")]
    kind: Annotated[RedirectKind, of(Redirect, "kind")]
    target: Annotated[str | None, of(Redirect, "to")]
    reason: Annotated[str, of(Redirect, "reason")]
    retired_on: Annotated[date, of(Redirect, "date")]


@dataclass(frozen=True, slots=True)
class CorrectionRow(Row):
    """One value of an earlier release that was wrong, and was corrected."""

    version: Annotated[str, told("The release that corrects it.")]
    record: Annotated[str, told("The kind of record.")]
    id: Annotated[str, told("The id of the record.")]
    field: Annotated[str, told("The field.")]
    position: Annotated[int, told("The number of the item where the field is a list, else 1.", minimum=1)]
    before: Annotated[str | None, told("The value until then; empty where an item came.")]
    after: Annotated[str | None, told("The value since then; empty where an item or the field went.")]
    reason: Annotated[CorrectionReason, of(Correcting, "reason")]
    note: Annotated[str, of(Correcting, "why")]


@dataclass(frozen=True, slots=True)
class CoverageRow(Row):
    """One topic that was searched for one place and stretch of time, so that absence can be told from neglect."""

    position: Annotated[int, told("The number of the search in the file, from 1.", minimum=1)]
    jurisdiction: Annotated[str | None, of(Search, "place")]
    topic: Annotated[str, of(Search, "topic")]
    since: Annotated[str | None, of(Search, "since", "The beginning of the time searched, in EDTF.")]
    until: Annotated[str | None, of(Search, "until", "The end of the time searched, in EDTF.")]
    searched_on: Annotated[date, of(Search, "on")]
    queries: Annotated[int, of(Search, "queries", minimum=0)]
    result: Annotated[str, of(Search, "result")]


@dataclass(frozen=True, slots=True)
class RejectedLeadRow(Row):
    """One lead that did not become a record, and why."""

    position: Annotated[int, told("The number of the lead in the file, from 1.", minimum=1)]
    lead: Annotated[str, of(Rejection, "lead")]
    reason: Annotated[RejectionKind, of(Rejection, "reason")]
    decided_on: Annotated[date, of(Rejection, "on")]
    note: Annotated[str | None, of(Rejection, "note")]


def _codebook(view: View) -> Iterator[CodebookRow]:  # noqa: ARG001 - the same for every data set
    for name, vocabulary in VOCABULARIES.items():
        for number, code in enumerate(vocabulary, 1):
            yield CodebookRow(name, code.value, number, code.label, code.definition, code.note or None)


def _properties(view: View) -> Iterator[CodebookPropertyRow]:  # noqa: ARG001 - the same for every data set
    for name, vocabulary in VOCABULARIES.items():
        for code in vocabulary:
            for prop in get_annotations(vocabulary):
                for value in _texts(getattr(code, prop)):
                    yield CodebookPropertyRow(name, code.value, prop, value)


def _texts(value: object) -> tuple[str, ...]:
    """Return a property of a code as texts: none for nothing, one for each of several."""
    if value is None:
        return ()
    if isinstance(value, bool):
        return (str(value).lower(),)
    if isinstance(value, tuple | frozenset | set):
        return tuple(sorted(str(item) for item in value))
    return (value.value if isinstance(value, Code) else str(value),)


def _coverage(view: View) -> Iterator[CoverageRow]:
    for number, search in enumerate(view.dataset.coverage.searches, 1):
        since, until = dated(search.since).edtf, dated(search.until).edtf
        yield filled(
            CoverageRow,
            search,
            position=number,
            jurisdiction=search.place,
            since=since,
            until=until,
            searched_on=search.on,
        )


def _rejected(view: View) -> Iterator[RejectedLeadRow]:
    for number, lead in enumerate(view.dataset.coverage.rejected, 1):
        yield filled(RejectedLeadRow, lead, position=number)


def _redirects(view: View) -> Iterator[RedirectRow]:
    for name, redirect in view.dataset.redirects.items():
        kind, _, old = name.partition("/")
        yield RedirectRow(kind, old, redirect.kind, redirect.to, redirect.reason, redirect.date)


def _corrections(view: View) -> Iterator[CorrectionRow]:
    return iter(view.corrections)


REGISTER_TABLES = (
    Table("codebook", "Codebook", CodebookRow, _codebook, ("vocabulary", "code")),
    Table(
        "codebook_properties",
        "What follows from codes",
        CodebookPropertyRow,
        _properties,
        ("vocabulary", "code", "property", "value"),
        (Foreign(("vocabulary", "code"), "codebook", ("vocabulary", "code")),),
    ),
    Table("redirects", "Retired ids", RedirectRow, _redirects, ("record", "id")),
    Table("corrections", "Corrections", CorrectionRow, _corrections, ("version", "record", "id", "field", "position")),
    Table(
        "coverage",
        "Coverage",
        CoverageRow,
        _coverage,
        ("position",),
        (refers("jurisdiction", "jurisdictions"),),
    ),
    Table("rejected_leads", "Leads that did not become records", RejectedLeadRow, _rejected, ("position",)),
)
