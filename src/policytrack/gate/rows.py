"""One row of a table as it stands in its file: its cells, and the place of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from policytrack.findings import Place
from policytrack.gate.descriptors import Node, position


class Row(Protocol):
    """A row: the cells in the order of the labels, texts or values of JSON; None where there is nothing."""

    @property
    def cells(self) -> Sequence[Any]:
        """The cells."""

    @property
    def line(self) -> int:
        """The line that it begins on, from 1."""

    def place(self, index: int) -> Place:
        """Return where a cell stands; for one past the last, where the row ends."""


@dataclass(slots=True)
class TextRow:
    """A row of a delimited text. ``offsets`` say where in ``text`` each cell begins; empty: they can be counted.

    ``inline`` is where the whole text stands when that is a value of a descriptor.
    """

    path: str
    line: int
    text: str
    cells: list[str | None]
    delimiter: str
    offsets: list[int] = field(default_factory=list)
    inline: Place | None = None

    def place(self, index: int) -> Place:
        """Return where a cell begins; for one past the last, the end of the row."""
        if self.inline is not None:
            return self.inline
        if index >= len(self.cells):
            offset = len(self.text.rstrip("\r\n"))
        elif self.offsets:
            offset = self.offsets[index]
        else:
            offset = sum(len(cell or "") + len(self.delimiter) for cell in self.cells[:index])
        line, column = position(self.text, offset)
        return Place(self.path, self.line + line - 1, column)


@dataclass(slots=True)
class JsonRow:
    """A row of a JSON document. ``steps`` lead from the row to each cell."""

    node: Node
    cells: list[Any]
    steps: list[str | int]

    @property
    def line(self) -> int:
        """The line that it begins on."""
        return self.node.place.line

    def place(self, index: int) -> Place:
        """Return where a cell stands; of one that is not there, where the row does."""
        return self.node[self.steps[index]].place if index < len(self.steps) else self.node.place
