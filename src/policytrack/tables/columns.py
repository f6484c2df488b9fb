"""How a published table is stated: a row class whose annotations say type, words and constraints of each column.

A column that publishes a field of a record borrows the field's description and pattern, so that both stand once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from types import NoneType
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policytrack.codes import Code
from policytrack.dataset import Dataset
from policytrack.force import Fold, Spell, Turn, course, spells_of
from policytrack.models.forms import Parsed

Source: TypeAlias = tuple[type[BaseModel], str]
Value: TypeAlias = str | int | bool | date | Decimal | None

_TYPES: Final[tuple[tuple[type, str], ...]] = (
    (bool, "boolean"),
    (int, "integer"),
    (str, "string"),
    (date, "date"),
    (Decimal, "number"),
)
_NO_FORM = r"\S"


@dataclass(frozen=True)
class Told:
    """What the annotation of a column says beside its type; ``sources`` are the models and fields that it publishes."""

    description: str
    pattern: str | None = None
    minimum: int | None = None
    sources: tuple[Source, ...] = ()


def told(
    description: str, *, pattern: str | None = None, minimum: int | None = None, sources: tuple[Source, ...] = ()
) -> Told:
    """Describe a column that no single field of a record holds; ``sources`` where it publishes several."""
    return Told(description, pattern, minimum, sources)


def of(model: type[BaseModel], field: str, description: str = "", *, minimum: int | None = None) -> Told:
    """Describe a column that publishes ``field`` of ``model``; its own ``description`` only where it holds a part."""
    info = model.model_fields[field]
    return Told(description or info.description or "", _form(info), minimum, ((model, field),))


def portable(pattern: str) -> str:
    r"""Return a pattern of ours as Table Schema has it: the whole cell is matched, and there is no ``(?:``."""
    return pattern.removeprefix("^").removesuffix(r"$(?!\n)").replace("(?:", "(")


def _form(info: FieldInfo) -> str | None:
    """Return the pattern of a field of text, or of the texts in a field of lists."""
    parts: list[Any] = [Annotated[info.annotation, *info.metadata]] if info.metadata else [info.annotation]
    while parts:
        part = parts.pop()
        if get_origin(part) is Annotated:
            base, *metadata = get_args(part)
            patterns = [item.schema.get("pattern") for item in metadata if isinstance(item, Parsed)]
            if base is str and patterns and patterns[0] not in {None, _NO_FORM}:
                return portable(str(patterns[0]))
        parts += [] if get_origin(part) is dict else [item for item in get_args(part) if not isinstance(item, Parsed)]
    return None


@dataclass(frozen=True)
class Column:
    """One column: its name, its type in Table Schema, its words, and what its cells must be."""

    name: str
    datatype: str
    told: Told
    required: bool
    vocabulary: type[Code] | None = None
    options: tuple[str, ...] = ()

    @property
    def enum(self) -> tuple[str, ...]:
        """The only values that may stand in it; empty when there is no such limit."""
        return tuple(code.value for code in self.vocabulary) if self.vocabulary else self.options


@dataclass(frozen=True)
class Foreign:
    """Columns that name a row of another table by its columns; empty cells name nothing."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...] = ("id",)


@dataclass(frozen=True)
class View:
    """What rows are made from: the data set, the fold with all that is known, what releases corrected so far."""

    dataset: Dataset
    fold: Fold
    corrections: Sequence[Any] = ()

    @cached_property
    def courses(self) -> dict[tuple[str, str], tuple[Turn, ...]]:
        """The course of every provision, by its action and its key; several tables tell of it."""
        return {
            (action_id, key): course(self.fold, action_id, key)
            for action_id, record in self.dataset.actions.items()
            for key in record.model.provisions
        }

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        """The spells of every provision."""
        return tuple(spell for turns in self.courses.values() for spell in spells_of(turns))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; subclasses annotate the columns in their order."""


@dataclass(frozen=True)
class Table:
    """A published table. ``rows`` makes its rows; ``key`` and ``unique`` name columns whose values do not repeat."""

    name: str
    title: str
    row: type[Row]
    rows: Callable[[View], Iterable[Row]]
    key: tuple[str, ...]
    foreign: tuple[Foreign, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()

    @property
    def description(self) -> str:
        """What one row is."""
        return " ".join((self.row.__doc__ or "").split())

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order."""
        hints = get_type_hints(self.row, include_extras=True)
        return tuple(_column(field.name, hints[field.name], self.key) for field in fields(self.row))


R = TypeVar("R", bound=Row)


def filled(row: type[R], model: BaseModel, **given: Any) -> R:  # noqa: ANN401 - a cell of any type
    """Return a row: the cells that are given, and in every other column the field of ``model`` that it publishes."""
    fields_of = _borrowed(row, type(model))  # type: ignore[arg-type] # mypy takes the hash of the rows for the class's
    borrowed = {column: _cell(getattr(model, field)) for column, field in fields_of if column not in given}
    return row(**borrowed, **given)


@cache
def _borrowed(row: type[Row], model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the columns that publish a field of ``model``, each with the field."""
    found: list[tuple[str, str]] = []
    for column, hint in get_type_hints(row, include_extras=True).items():
        found += [(column, field) for owner, field in get_args(hint)[1].sources if owner is model]
    return tuple(found)


def _cell(value: object) -> Value:
    return value if value is None or isinstance(value, str | int | date | Decimal) else str(value)


def refers(column: str, table: str, target: str = "id") -> Foreign:
    """Return the foreign key of one column."""
    return Foreign((column,), table, (target,))


def _column(name: str, hint: Any, key: tuple[str, ...]) -> Column:  # noqa: ANN401 - an annotation may be anything
    annotated, words = get_args(hint)
    options = get_args(annotated) if get_origin(annotated) is not Literal else (annotated,)
    inner = next((option for option in options if option is not NoneType), annotated)
    optional = NoneType in options
    if optional and name in key:
        message = f"key column {name} may be empty"
        raise TypeError(message)
    if get_origin(inner) is Literal:
        return Column(name, "string", words, not optional, options=get_args(inner))
    vocabulary = inner if issubclass(inner, Code) else None
    kind = next(kind for base, kind in _TYPES if issubclass(inner, base))
    return Column(name, kind, words, not optional, vocabulary)
