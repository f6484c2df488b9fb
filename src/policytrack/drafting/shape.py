"""What the models say about the layout of a record: the order of keys, and which texts stand for dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from policytrack.codes import Event
from policytrack.dates import End, PartialDate
from policytrack.models import Passage, Timeline
from policytrack.models.forms import Keyed, Parsed
from policytrack.models.values import PageDate

# Laid out over several lines, whatever their length: they grow, and a change shows one line.
_TALL = frozenset({"provisions", "links", "evidence", "conflicts", "page_dates", "passages", "waivers", "member_of"})


class Shape:
    """What stands at a place of a record: the field, the model inside it, and how its texts are read."""

    def __init__(self, model: type[BaseModel] | None, name: str = "", annotation: Any = None) -> None:  # noqa: ANN401
        self.model = model
        self.name = name
        self.by_key = "dict[" in str(annotation)
        self.parsed = next(_parsed(annotation), None) if annotation is not None and model is None else None

    @property
    def tall(self) -> bool:
        """Whether a collection here is never written in brackets."""
        return self.name in _TALL or (self.model is Passage and not self.by_key)

    @property
    def counts(self) -> bool:
        """Whether digits may stand here without quotes: a year or a number is meant."""
        options = self.parsed.schema.get("anyOf", ()) if self.parsed else ()
        return any(option.get("type") == "integer" for option in options)

    def order(self, keys: list[str]) -> list[str]:
        """Return the keys as the model states its fields, given ones sorted; what it does not know stays behind."""
        if self.by_key:
            numbered = all(key[:1] == "p" and key[1:].isdigit() for key in keys)
            return sorted(keys, key=lambda key: int(key[1:])) if numbered else sorted(keys)
        if self.model is None:
            return keys
        known = {key: number for number, key in enumerate(_fields(self.model))}
        return sorted(keys, key=lambda key: known.get(key, len(known)))

    def inside(self, key: str | None) -> Shape:
        """Return the shape of a value under ``key``, or of an item (None)."""
        if key is None:
            return _item(self)
        if self.by_key:
            return Shape(self.model, "")
        info = _fields(self.model).get(key) if self.model else None
        if info is None:
            return NOTHING
        annotation = _annotated(info)
        return Shape(_model(annotation), key, annotation)

    def described(self, key: str) -> str:
        """Return what the model says of a field."""
        info = _fields(self.model).get(key) if self.model else None
        return (info.description or "") if info else ""

    def fields(self) -> dict[str, FieldInfo]:
        """Return the fields of the model under the keys that people write."""
        return _fields(self.model) if self.model else {}

    def spelled(self, text: str) -> str:
        """Return the canonical spelling of a date or an end, and any other text as it is."""
        if self.parsed is None:
            return text
        try:
            value = self.parsed.read(text)
        except PydanticCustomError:
            return text
        return str(value) if isinstance(value, PartialDate | End | PageDate) else text


def _item(shape: Shape) -> Shape:
    found = Shape(shape.model)
    found.parsed = shape.parsed
    return found


@cache
def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model under the keys that people write."""
    found: dict[str, FieldInfo] = {}
    for name, info in model.model_fields.items():
        if issubclass(model, Timeline):
            continue
        if issubclass(model, Keyed) and name in {model.code_field, model.value_field}:
            if name == model.value_field:
                found |= {code.value: info for code in model.vocabulary}
        else:
            found[info.alias or name] = info
    if issubclass(model, Timeline):
        dates, ends = model.model_fields["dates"], model.model_fields["ends"]
        found = {event.value: ends if event is Event.ENDS else dates for event in Event}
    return found


def _annotated(info: FieldInfo) -> Any:  # noqa: ANN401 - an annotation may be anything
    """Return what a field holds, with its metadata; of a timeline's dates that of one date."""
    annotation: Any = info.annotation
    if str(annotation).startswith("dict[") and _model(annotation) is None:
        annotation = get_args(annotation)[1]
    return (annotation, *info.metadata)


def _model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = annotation if isinstance(annotation, tuple) else get_args(annotation)
    return next(filter(None, map(_model, parts)), None)


def _parsed(annotation: Any) -> Iterator[Parsed]:  # noqa: ANN401
    if isinstance(annotation, Parsed):
        yield annotation
    parts = annotation if isinstance(annotation, tuple) else get_args(annotation)
    for part in (*parts, *getattr(annotation, "__metadata__", ())):
        yield from _parsed(part)


NOTHING = Shape(None)
