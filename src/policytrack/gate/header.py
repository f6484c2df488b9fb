"""The header of a table against the fields of its schema: which column is read by which field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policytrack.findings import Place
from policytrack.gate.faults import TABLE
from policytrack.gate.fields import Field
from policytrack.gate.report import Report
from policytrack.gate.rows import Row
from policytrack.gate.schemas import Schema
from policytrack.spelling import advise


class Header:
    """The labels of the columns, and where they stand."""

    def __init__(self, names: Sequence[Any], row: Row | None, place: Place) -> None:
        """Take the labels of a table; ``row`` is the last one of the header, ``place`` where it is else looked for."""
        self.names = list(names)
        self._row = row
        self._place = place

    def place(self, index: int) -> Place:
        """Return where a label stands."""
        return self._row.place(index) if self._row is not None else self._place

    @property
    def end(self) -> Place:
        """Where the header ends."""
        return self.place(len(self.names))


def inspect_labels(header: Header, report: Report) -> None:
    """Tell of labels that say nothing or that stand twice."""
    seen: set[Any] = set()
    for number, name in enumerate(header.names):
        if not isinstance(name, str) or not name.strip():
            report.say(TABLE, "header.blank", header.place(number), f"the column {number + 1} has no name")
        elif name in seen:
            report.say(TABLE, "header.twice", header.place(number), f"`{name}` stands twice in the header")
        seen.add(str(name))


def matched(header: Header, schema: Schema, report: Report) -> list[Field | None]:
    """Return the field of each column, None for one that the schema does not know; tell what should not be so."""
    fields = {each.name: each for each in schema.fields}
    names = [str(name) for name in header.names]
    missing = [name for name in fields if name not in names]
    extra = [number for number, name in enumerate(names) if name not in fields]
    match schema.match:
        case "exact":
            return _in_order(header, schema, report)
        case "partial" if len(missing) == len(fields):
            report.say(TABLE, "header.partial.none", header.end, "the header has no field of the schema")
        case "equal" | "subset" if missing:
            report.say(TABLE, f"header.{schema.match}.missing", header.end, f"the column `{missing[0]}` is missing")
        case _:
            pass
    if extra and schema.match in {"equal", "superset"}:
        name, place = names[extra[0]], header.place(extra[0])
        report.say(TABLE, f"header.{schema.match}.extra", place, f"`{name}` is no field", advise(name, fields))
    return [fields.get(name) for name in names]


def _in_order(header: Header, schema: Schema, report: Report) -> list[Field | None]:
    """Match each column with the field at its place."""
    names, wanted = [str(name) for name in header.names], [each.name for each in schema.fields]
    fields = {each.name: each for each in schema.fields}
    if names == wanted:
        return list(schema.fields)
    if len(names) < len(wanted):
        missing = next((name for name in wanted if name not in names), wanted[-1])
        report.say(TABLE, "header.exact.missing", header.end, f"the column `{missing}` is missing")
    elif len(names) > len(wanted):
        number = next((number for number, name in enumerate(names) if name not in fields), len(wanted))
        report.say(TABLE, "header.exact.extra", header.place(number), f"`{names[number]}` is no field")
    elif sorted(names) == sorted(wanted):
        number = next(number for number, (name, other) in enumerate(zip(names, wanted, strict=True)) if name != other)
        message = f"`{names[number]}` stands where the schema has `{wanted[number]}`"
        advice = "move the column, or say fieldsMatch: equal"
        report.say(TABLE, "header.exact.order", header.place(number), message, advice)
    else:
        for number, (name, other) in enumerate(zip(names, wanted, strict=True)):
            if name != other:
                message = f"`{name}` stands where the schema has `{other}`"
                report.say(TABLE, "header.exact.other", header.place(number), message)
        return list(schema.fields)
    return [fields.get(name) for name in names]
