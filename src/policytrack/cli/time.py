"""The command about time: what was in force on a day, as known on a day."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import UsageFault, day, echo

if TYPE_CHECKING:
    from policytrack.force import Row


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


_NOTE = "Absence from this list is not permission, and none of it is legal advice."


def in_force(
    context: typer.Context,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day that is asked about.")],
    as_known: Annotated[
        str | None, typer.Option("--as-known", metavar="DAY", help="Use only what was known by this day.")
    ] = None,
    measure: Annotated[str | None, typer.Option(help="Only this measure: the id of its first action.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only what this actor issued or what governs it.")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="Only this place, and what reaches it from above.")] = None,
    within: Annotated[str | None, typer.Option(help="Only what lies below this place.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only what governs this class, such as law-enforcement.")] = None,
    all_states: Annotated[bool, typer.Option("--all-states", help="List what is not in force as well.")] = False,
    format: Annotated[Form, typer.Option("--format", help="How to write it.")] = Form.TEXT,
) -> None:
    """Say what was in force on a day, why, and with which exceptions."""
    from policytrack import reporting
    from policytrack.force import Question, ask
    from policytrack.force.query import UnknownNameError

    if jurisdiction and within:
        raise UsageFault(
            "--jurisdiction and --within exclude one another", "ask for a place, or for what lies below it"
        )
    known = day(as_known) if as_known else None
    question = Question(day(on), known, measure, actor, jurisdiction, within, subject, all_states)
    dataset = context.obj.at_hand()
    try:
        rows = ask(dataset, question)
    except UnknownNameError as error:
        raise UsageFault(str(error), error.advice) from None
    match format:
        case Form.JSON:
            echo(reporting.as_json([row.as_json() for row in rows]))
        case Form.CSV:
            echo(_table(rows))
        case Form.TEXT:
            echo(_text(rows, question.on.isoformat(), as_known))


def _table(rows: list[Row]) -> str:
    """Return rows as CSV; the exceptions, a list, are left to JSON."""
    columns = ["measure", "action", "provision", "state", "basis", "since", "until", "vouched_until", "group", "title"]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.as_json() for row in rows)
    return out.getvalue()


def _text(rows: list[Row], on: str, as_known: str | None) -> str:
    known = f", as known on {as_known}" if as_known else ""
    carved = {(other.action, other.provision) for row in rows for other in row.exceptions}
    lines = [f"On {on}{known}:"]
    for group, heading in (("norm", "Norms"), ("practice", "Practices"), ("payment", "Payments")):
        members = [row for row in rows if row.group == group]
        # An exception stands under what it is carved out of, and by itself only where that is not listed.
        free = [row for row in members if (row.answer.action, row.answer.provision) not in carved]
        if free:
            lines += ["", heading]
        for row in free:
            lines += _entry(row, rows)
    if not rows:
        lines += ["", "Nothing that this data set holds."]
    return "\n".join([*lines, "", _NOTE, ""])


def _entry(row: Row, rows: list[Row]) -> list[str]:
    facts = row.as_json()
    since = f", since {facts['since']}" if facts["since"] else ""
    until = f", until {facts['until']}" if facts["until"] else ""
    reach = " (from above)" if row.reach == "above" else ""
    lines = [
        f"  {row.title}{reach}",
        f"    {row.answer.action} {row.answer.provision}: {row.effect} {', '.join(row.conduct)} by {', '.join(row.by)}",
        f"    {facts['state']} ({facts['basis']}){since}{until}",
    ]
    if row.answer.annulled_by:
        lines.append(f"    annulled later by {', '.join(row.answer.annulled_by)}")
    named = {(other.answer.action, other.answer.provision): other for other in rows}
    for exception in row.exceptions:
        other = named.get((exception.action, exception.provision))
        words = f": {other.effect} {', '.join(other.conduct)} by {', '.join(other.by)}" if other else ""
        lines.append(f"    except {exception.action} {exception.provision}{words} ({exception.state})")
    return lines


TIME: dict[str, Callable[..., None]] = {"in-force": in_force}
