"""What was read of a file: plain data, and where each key and value stands, looked up by counting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from policytrack.findings import Place

Data: TypeAlias = str | list["Data"] | dict[str, "Data"] | None
Path: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]
# Which marks a key (None for an item of a list) and its value have; None where nothing stands.
Numbers: TypeAlias = tuple[int | None, int] | None

# A file of which more places are asked is full of faults: to count anew for each would grow with the square.
_MANY: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file: its plain data, the text it came from, and where each key and value stands in it.

    ``marks``: line and column, from 0, of the whole, then of each key and value in the order of ``data``: few are
    looked up, and numbers take the least memory.
    """

    path: str
    text: str
    data: dict[str, Data]
    marks: Sequence[int] = ()
    _known: dict[Path, Numbers] = field(default_factory=dict, init=False, repr=False)

    @property
    def values(self) -> Mapping[Path, Mark]:
        """Where each value stands, by its path."""
        return {at: self._mark(number) for number, (at, key) in enumerate(spots(self.data)) if not key}

    @property
    def keys(self) -> Mapping[Path, Mark]:
        """Where each key stands, by the path of its value."""
        return {at: self._mark(number) for number, (at, key) in enumerate(spots(self.data)) if key}

    def holds(self, at: Path) -> bool:
        """Whether a value stands at ``at``."""
        return self._numbers(at) is not None

    def place(self, at: Path = (), *, key: bool = False) -> Place:
        """Return where the value (or the key) at ``at`` stands; what is absent points at its nearest parent's key."""
        found = self._numbers(at)
        if found is not None and not key:
            return Place(self.path, *self._mark(found[1]))
        while found is None:
            at = at[:-1]
            found = self._numbers(at)
        of_key, of_value = found
        return Place(self.path, *self._mark(of_value if of_key is None else of_key))

    def _numbers(self, at: Path) -> Numbers:
        if at not in self._known:
            if len(self._known) < _MANY:
                self._known[at] = _counted(self.data, at)
            elif len(self._known) == _MANY:
                self._known.update(_numbered(self.data))
        return self._known.get(at)

    def _mark(self, number: int) -> Mark:
        line, column = self.marks[2 * number : 2 * number + 2] or (0, 0)  # a document made by hand may have none
        return line + 1, column + 1

    def line(self, number: int) -> str:
        """Return a source line (from 1), or empty past the end."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def _numbered(data: Data) -> Iterator[tuple[Path, Numbers]]:
    """Yield the path of every value with the marks of its key and of itself."""
    of_key = None
    for number, (at, key) in enumerate(spots(data)):
        if key:
            of_key = number
        else:
            yield at, (of_key, number)
            of_key = None


def _counted(data: Data, at: Path) -> Numbers:
    """Return the marks of the key and the value at ``at``, counted along the way: no other value gets a path."""
    key, value = None, 0
    for step in at:
        if isinstance(data, dict) and isinstance(step, str) and step in data:
            key = value + 1
            for name, item in data.items():
                if name == step:
                    break
                key += 1 + _count(item)
            value = key + 1
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            key = None
            value += 1 + sum(map(_count, data[:step]))
            data = data[step]
        else:
            return None
    return key, value


def _count(data: Data) -> int:
    """Return how many marks a value has: its own, and those of what it holds."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_count, data.values()))
    return 1 + sum(map(_count, data)) if isinstance(data, list) else 1


def spots(data: Data, at: Path = ()) -> Iterator[tuple[Path, bool]]:
    """Yield the paths of values (False) and keys (True) in the order of their marks."""
    yield at, False
    if isinstance(data, dict):
        for name, item in data.items():
            yield (*at, name), True
            yield from spots(item, (*at, name))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from spots(item, (*at, number))


def walk(data: Data, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text in ``data`` with its path, keys not included; depth is bounded by the reader."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from walk(item, (*at, number))
    elif isinstance(data, dict):
        for name, item in data.items():
            yield from walk(item, (*at, name))
