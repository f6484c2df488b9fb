"""How single faults are planted into the small package, and where the finding of each belongs."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gate_package
from gate_package import TYPES, index

Steps = tuple[str | int, ...]
GONE = object()
_HERE = "@@here@@"


@dataclass
class Draft:
    """The package while it is being spoilt: its descriptor as data, and its other files."""

    told: dict[str, Any] = field(default_factory=gate_package.descriptor)
    files: dict[str, bytes] = field(default_factory=gate_package.raw_files)

    def put(self, pointer: str, value: Any) -> None:
        *way, last = steps(pointer)
        holder: Any = self.told
        for step in way:
            holder = holder[step]
        if value is GONE:
            del holder[last]
        elif isinstance(holder, list) and last == len(holder):
            holder.append(value)
        else:
            holder[last] = value


@dataclass(frozen=True)
class Mutant:
    """One fault. ``place`` is a JSON pointer into the descriptor, or path, line and column."""

    code: str
    key: str
    change: Callable[[Draft], None]
    place: str | tuple[str, int, int]
    raw: bytes | None = None

    def planted(self) -> tuple[dict[str, bytes], tuple[str, int, int]]:
        """Return the files of the spoilt package, and where the finding belongs."""
        draft = Draft()
        self.change(draft)
        told = gate_package.sealed(draft.told, draft.files)
        files = {**draft.files, "datapackage.json": gate_package.text_of(told).encode()}
        if self.raw is not None:
            files["datapackage.json"] = self.raw
        place = self.place if isinstance(self.place, tuple) else spot(told, self.place)
        return {path: raw for path, raw in files.items() if raw != b"@@gone@@"}, place


def steps(pointer: str) -> Steps:
    """Return the steps of a pointer; a resource may be named instead of counted."""
    found: list[str | int] = []
    for step in pointer.split("/"):
        if step.startswith("@"):
            found += ["resources", index(step[1:])]
        elif step.startswith("."):
            found += ["schema", "fields", next(number for number, each in enumerate(TYPES) if each[0] == step[1:])]
        elif step:
            found.append(int(step) if step.isdigit() else step)
    return tuple(found)


def spot(told: dict[str, Any], pointer: str) -> tuple[str, int, int]:
    """Return where a value of a descriptor stands, found by laying a sign in its stead."""
    if not pointer:
        return ("datapackage.json", 1, 1)
    marked = copy.deepcopy(told)
    *way, last = steps(pointer)
    holder: Any = marked
    for step in way:
        holder = holder[step]
    holder[last] = _HERE
    lines = gate_package.text_of(marked).split("\n")
    number = next(number for number, line in enumerate(lines) if _HERE in line)
    return ("datapackage.json", number + 1, len(lines[number]) - len(lines[number].lstrip()) + 1)


MUTANTS: list[Mutant] = []


def told(code: str, key: str, pointer: str, value: Any, place: str | None = None) -> None:
    """Add a mutant of one value of the descriptor."""
    MUTANTS.append(Mutant(code, key, lambda draft: draft.put(pointer, value), pointer if place is None else place))


def both(code: str, key: str, place: str, *changes: tuple[str, Any]) -> None:
    """Add a mutant for which several values have to change."""

    def change(draft: Draft) -> None:
        for pointer, value in changes:
            draft.put(pointer, value)

    MUTANTS.append(Mutant(code, key, change, place))


def text(code: str, key: str, path: str, old: str, new: str, *spot: int) -> None:
    """Add a mutant of the text of a file, which ``old`` finds once; then the line and the column of its finding."""
    encoding = gate_package.ENCODED.get(path, "utf-8")

    def change(draft: Draft) -> None:
        raw = draft.files[path]
        assert raw.count(old.encode(encoding)) == 1, (key, old)
        draft.files[path] = raw.replace(old.encode(encoding), new.encode("latin-1" if "\xff" in new else encoding))

    line, column = spot
    MUTANTS.append(Mutant(code, key, change, (path, line, column)))


def cell(key: str, column: str, value: str, row: int = 0) -> None:
    """Add a mutant of a cell of the table that has all types."""
    number = next(number for number, each in enumerate(TYPES) if each[0] == column)
    before = [each[2][row] for each in TYPES[:number]]
    place = ("data/types.csv", row + 2, len("".join(before)) + len(before) + 1)

    def change(draft: Draft) -> None:
        lines = draft.files["data/types.csv"].decode().split("\n")
        cells = [each[2][row] for each in TYPES]
        cells[number] = value
        lines[row + 1] = ";".join(cells)
        draft.files["data/types.csv"] = "\n".join(lines).encode()

    MUTANTS.append(Mutant("PT042", key, change, place))


def of_raw(key: str, raw: bytes, line: int, column: int, code: str = "PT040") -> None:
    """Add a mutant of the bytes of the descriptor."""
    MUTANTS.append(Mutant(code, key, lambda _: None, ("datapackage.json", line, column), raw))
