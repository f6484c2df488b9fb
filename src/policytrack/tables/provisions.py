"""The provisions of actions and what they are about: conduct, people, technologies, purposes, conditions, sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from policytrack.codes import AmountKind, DateBasis, Effect, EndKind
from policytrack.models import Action, Provision
from policytrack.models.values import ID_PATTERN, PROVISION_KEY
from policytrack.tables.columns import Row, Table, View, of, portable, refers, told
from policytrack.tables.days import dated, days

Facet: TypeAlias = Literal["conduct", "by", "to", "technology", "purpose", "condition"]

_FACETS = tuple((Provision, field) for field in ("conduct", "by", "to", "technology", "purposes", "conditions"))
_EXCEPTED = told("The id of the provision that it carves out of.", sources=((Provision, "except_to"),))
_ID = told("The id of the provision: the action's, `#` and the key.", pattern=f"{portable(ID_PATTERN)}#{PROVISION_KEY}")


@dataclass(frozen=True, slots=True)
class ProvisionRow(Row):
    """One effect of one action on the conduct of some, for some, with some technology, under some conditions."""

    id: Annotated[str, _ID]
    action: Annotated[str, told("The id of the action.")]
    key: Annotated[str, of(Action, "provisions", "The key of the provision in its action; never given again.")]
    effect: Annotated[Effect, of(Provision, "effect")]
    starts: Annotated[str | None, of(Provision, "starts")]
    starts_basis: Annotated[DateBasis | None, told("How the provision's own first day came to be known.")]
    begins_earliest: Annotated[date | None, told("The earliest day that can be the first, the action's included.")]
    begins_latest: Annotated[date | None, told("The latest day that can be the first, the action's included.")]
    ends: Annotated[str | None, of(Provision, "ends")]
    ends_kind: Annotated[EndKind, told("In which way its end, or else the action's, is laid down.")]
    ends_earliest: Annotated[date | None, told("The earliest day that can be the last, extensions left aside.")]
    ends_latest: Annotated[date | None, told("The latest day that can be the last, extensions left aside.")]


@dataclass(frozen=True, slots=True)
class ProvisionValueRow(Row):
    """One value of one facet of a provision: conduct, who is governed or served, technology, purpose or condition.

    An actor or a technology is named by its id, everything else by its code; the other columns say which it is.
    """

    provision: Annotated[str, _ID]
    facet: Annotated[Facet, told("What the value is: conduct, by (whose conduct), to (who is served), and so on.")]
    value: Annotated[str, told("The code, or the id of the actor or the technology.", sources=_FACETS)]
    actor: Annotated[str | None, told("The id of the actor, where the value is one.")]
    technology: Annotated[str | None, told("The id of the technology, where the value is one.")]
    implied: Annotated[bool, told("Whether the record leaves it out: a provision governs its own issuers then.")]


@dataclass(frozen=True, slots=True)
class ProvisionAmountRow(Row):
    """One sum of money of one provision."""

    provision: Annotated[str, _ID]
    position: Annotated[int, told("1 for the first sum of the record.", minimum=1)]
    value: Annotated[Decimal, of(Provision, "amount", "The sum.", minimum=0)]
    currency: Annotated[str, told("The currency (ISO 4217).", pattern="[A-Z]{3}")]
    kind: Annotated[AmountKind | None, told("Which sum it is, where several are told.")]


@dataclass(frozen=True, slots=True)
class ProvisionExceptionRow(Row):
    """One provision that carves out of another."""

    provision: Annotated[str, told("The id of the provision that is the exception.")]
    excepted_from: Annotated[str, _EXCEPTED]


def _each(view: View) -> Iterator[tuple[str, str, Provision]]:
    for action_id, record in view.dataset.actions.items():
        for key, provision in record.model.provisions.items():
            yield action_id, key, provision


def _provisions(view: View) -> Iterator[ProvisionRow]:
    for action_id, key, provision in _each(view):
        action = view.dataset.actions[action_id].model
        starts, end = dated(provision.starts), view.fold.end_term(action, key)
        yield ProvisionRow(
            f"{action_id}#{key}",
            action_id,
            key,
            provision.effect,
            starts.edtf,
            starts.basis,
            *days(view.fold.start(action, key)),
            str(provision.ends) if provision.ends else None,
            end.kind if end else EndKind.UNKNOWN,
            *days(view.fold.planned(action_id, key)),
        )


def _values(view: View) -> Iterator[ProvisionValueRow]:
    for action_id, key, provision in _each(view):
        governed = view.dataset.governed(view.dataset.actions[action_id].model, key)
        facets: tuple[tuple[Facet, tuple[str, ...]], ...] = (
            ("conduct", provision.conduct),
            ("by", governed),
            ("to", provision.to),
            ("technology", provision.technology),
            ("purpose", provision.purposes),
            ("condition", provision.conditions),
        )
        for facet, values in facets:
            for value in dict.fromkeys(values):
                yield ProvisionValueRow(
                    provision=f"{action_id}#{key}",
                    facet=facet,
                    value=str(value),
                    actor=value if facet in {"by", "to"} and view.dataset.knows("actor", value) else None,
                    technology=value if facet == "technology" else None,
                    implied=facet == "by" and not provision.by,
                )


def _amounts(view: View) -> Iterator[ProvisionAmountRow]:
    for action_id, key, provision in _each(view):
        for number, amount in enumerate(provision.amount, 1):
            value = Decimal(amount.value)
            yield ProvisionAmountRow(f"{action_id}#{key}", number, value, amount.currency, amount.kind)


def _exceptions(view: View) -> Iterator[ProvisionExceptionRow]:
    for action_id, key, provision in _each(view):
        targets = (target if "#" in target else f"{action_id}#{target}" for target in provision.except_to)
        for target in dict.fromkeys(targets):
            yield ProvisionExceptionRow(f"{action_id}#{key}", target)


_OF_PROVISION = refers("provision", "provisions")

PROVISION_TABLES = (
    Table(
        "provisions",
        "Provisions of actions",
        ProvisionRow,
        _provisions,
        ("id",),
        (refers("action", "actions"),),
        (("action", "key"),),
    ),
    Table(
        "provision_values",
        "What provisions are about",
        ProvisionValueRow,
        _values,
        ("provision", "facet", "value"),
        (_OF_PROVISION, refers("actor", "actors"), refers("technology", "technologies")),
    ),
    Table(
        "provision_amounts",
        "Sums of provisions",
        ProvisionAmountRow,
        _amounts,
        ("provision", "position"),
        (_OF_PROVISION,),
    ),
    Table(
        "provision_exceptions",
        "Exceptions",
        ProvisionExceptionRow,
        _exceptions,
        ("provision", "excepted_from"),
        (_OF_PROVISION, refers("excepted_from", "provisions")),
    ),
)
