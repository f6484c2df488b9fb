"""Tables as they are written here: one way to write each row, in the order of the key, so that equal is equal bytes."""

from __future__ import annotations

from typing import Any, Final

from policytrack.findings import Place
from policytrack.gate import Report, Table
from policytrack.gate.faults import PORTABLE
from policytrack.package.cells import CellError, Line, as_value, lines, write

_AGAIN: Final = "build the package again"


def inspect(table: Table, report: Report) -> None:
    """Tell where a sound table is not written as ours are, and which of its rows stand out of order."""
    path = table.targets[0].path
    try:
        text = table.targets[0].file.read_bytes().decode()
    except (OSError, ValueError):
        return
    try:
        header, *body = lines(text)
    except (CellError, ValueError) as error:
        place = Place(path, getattr(error, "line", 1) or 1)
        report.say(PORTABLE, "portable.csv", place, f"the table is not written as ours are: {error}", _AGAIN)
        return
    written = write(header.cells, ([cell or None for cell in line.cells] for line in body))
    if written != text:
        report.say(
            PORTABLE,
            "portable.quotes",
            Place(path, _differing(written, text)),
            "quotes are missing or more than needed",
            _AGAIN,
        )
    _inspect_order(table, path, body, report)


def _differing(written: str, text: str) -> int:
    """Return the first line, from 1, on which two texts differ."""
    pairs = zip(written.split("\n"), text.split("\n"), strict=False)
    return next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 1)


def _inspect_order(table: Table, path: str, body: list[Line], report: Report) -> None:
    if table.schema is None or not table.schema.keys.primary:
        return
    names = [each.name for each in table.schema.fields]
    spots = [names.index(name) for name in table.schema.keys.primary]
    types = [table.schema.fields[spot].datatype for spot in spots]
    before: tuple[Any, ...] | None = None
    for line in body:
        try:
            cells = tuple(as_value(line.cells[spot], kind) for spot, kind in zip(spots, types, strict=True))
        except (CellError, IndexError):
            return
        if before is not None and cells < before:
            told = ", ".join(table.schema.keys.primary)
            report.say(
                PORTABLE,
                "portable.order",
                Place(path, line.number),
                f"the row stands out of the order of {told}",
                _AGAIN,
            )
        before = cells
