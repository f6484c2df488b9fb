"""Keys of a table: which columns make them, what they hold, and which rows repeat or name what is not there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from policytrack.gate.faults import KEY, REFERENCE
from policytrack.gate.report import Report
from policytrack.gate.rows import Row

_BYTES: Final = 16


@dataclass(frozen=True)
class Reference:
    """A foreign key: columns of this table that name a row of another one by columns there."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass
class Keys:
    """What the schema of a table says of its keys."""

    primary: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = ()


def digest(values: Iterable[Any]) -> bytes:
    """Return a few bytes that stand for some values: equal for equal ones of whatever way of writing."""
    text = "\x1f".join(map(_canonical, values))
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_BYTES).digest()


def _canonical(value: Any) -> str:  # noqa: ANN401 - any logical value
    match value:
        case str():
            return f"s{value}"
        case bool():
            return f"b{value}"
        case int():
            return f"n{value}"
        case Decimal():
            whole = value.is_finite() and value == value.to_integral_value() and abs(value.adjusted()) < 100  # noqa: PLR2004
            return f"n{int(value)}" if whole else f"n{value.normalize()}"
        case date() | datetime() | time():
            return f"d{value.isoformat()}"
        case _:
            return f"j{json.dumps(value, sort_keys=True, default=str)}"


@dataclass
class Index:
    """The values of some columns that were seen, each with the line on which it stood first."""

    key: str
    columns: tuple[str, ...]
    seen: dict[bytes, int] = field(default_factory=dict)

    def add(self, values: Sequence[Any], row: Row, spot: int, report: Report) -> None:
        """Note a row, and tell when it repeats another one or has no key."""
        told = ", ".join(self.columns)
        if None in values:
            if self.key == "key.primary":
                report.say(KEY, "key.primary.empty", row.place(spot), f"the key {told} has an empty cell", about=told)
            return
        made = digest(values)
        if made not in self.seen:
            self.seen[made] = row.line
            return
        shown = ", ".join(map(str, values))
        message = f"{told} = {shown} stands on line {self.seen[made]} already"
        report.say(KEY, self.key, row.place(spot), message, about=told)


def indexes(keys: Keys, unique: Iterable[str]) -> list[Index]:
    """Return an index to each key of a table; ``unique`` are the columns with that constraint."""
    made = [Index("key.primary", keys.primary)] if keys.primary else []
    made += [Index("key.uniqueKeys", columns) for columns in keys.unique if columns != keys.primary]
    known = {index.columns for index in made}
    return made + [Index("key.unique", (name,)) for name in unique if (name,) not in known]


class Lookup:
    """A foreign key that is followed: the reference, and what the other table holds in its columns."""

    def __init__(self, reference: Reference, known: frozenset[bytes]) -> None:
        """Say which, and what is known."""
        self.reference = reference
        self.known = known

    def inspect(self, values: Sequence[Any], row: Row, spot: int, report: Report) -> None:
        """Tell when a row names what is not there; a key with an empty cell names nothing."""
        if None in values or digest(values) in self.known:
            return
        columns, table = ", ".join(self.reference.columns), self.reference.table
        key = "reference.row" if table else "reference.own"
        message = f"{columns} = {', '.join(map(str, values))} is no row of {table or 'this table'}"
        report.say(REFERENCE, key, row.place(spot), message, about=columns)
