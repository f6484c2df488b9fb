"""A document to a typed record, or findings: each fault of the model at its place, in words, with a fix."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from policytrack.codes import Effect, Relation
from policytrack.documents import Data, Document, Path
from policytrack.faults.place import MISPLACED
from policytrack.faults.shape import (
    BAD_DATE,
    BAD_LIST,
    BAD_VALUE,
    EMPTY_VALUE,
    MISSING_FIELD,
    NOT_ONE_CODE,
    UNKNOWN_CODE,
    UNKNOWN_KEY,
    WRONG_SHAPE,
)
from policytrack.findings import Check, Finding, Place
from policytrack.layout import RecordKind, RecordModel, Spot, path_of, resembled, year_of
from policytrack.spelling import advise, nearest

M = TypeVar("M", bound=RecordModel)

_CHECKS: dict[str, Check] = {
    "missing": MISSING_FIELD,
    "extra_forbidden": UNKNOWN_KEY,
    "unknown_key": UNKNOWN_KEY,
    "empty": EMPTY_VALUE,
    "code": UNKNOWN_CODE,
    "not_text": WRONG_SHAPE,
    "pattern": BAD_VALUE,
    "date": BAD_DATE,
    "repeated": BAD_LIST,
    "too_long": BAD_LIST,
    "too_short": BAD_LIST,
    "no_code": NOT_ONE_CODE,
    "two_codes": NOT_ONE_CODE,
}
_SHAPES = {
    "model_type": ("a mapping of fields", "write `key: value` lines under it"),
    "model_attributes_type": ("a mapping of fields", "write `key: value` lines under it"),
    "dict_type": ("a mapping", "write `key: value` lines under it"),
    "tuple_type": ("a list", "write it in brackets: [a, b], or with a hyphen before each item"),
}


@dataclass(frozen=True, slots=True)
class Record(Generic[M]):
    """A typed record with the document it came from."""

    id: str
    kind: str
    year: str
    model: M
    document: Document

    @property
    def subject(self) -> str:
        """The name under which findings speak of this record."""
        return f"{self.kind}/{self.id}"

    def place(self, *at: str | int, key: bool = False) -> Place:
        """Return where the value (or the key) at a path of the file stands."""
        return self.document.place(at, key=key)


AnyRecord: TypeAlias = Record[Any]


def build(document: Document, spot: Spot) -> tuple[Record[Any] | None, list[Finding]]:
    """Return the record that ``document`` holds, or None and what keeps it from being one."""
    try:
        model = spot.kind.model.model_validate(document.data)
    except ValidationError as error:
        other = resembled(document.data, spot.kind)
        if other is not None:
            return None, [_foreign(document, spot, other)]
        return None, explain(document, spot.kind.model, error, f"{spot.kind.name}/{spot.id}")
    return Record(spot.id, spot.kind.name, spot.year, model, document), []


def _foreign(document: Document, spot: Spot, kind: RecordKind) -> Finding:
    """Return the one finding of a record that lies among those of another kind; its subject is what it should be."""
    year = spot.year or "<year>"
    with suppress(ValidationError):  # what else is wrong with it shows where it belongs
        year = year_of(kind.model.model_validate(document.data))
    message = f"this reads like {_a(kind)}, and lies in the folder of {_a(spot.kind)}"
    advice = f"move it to {path_of(kind.name, spot.id, year if kind.dated else '')}"
    return MISPLACED.at(document.place(), message, advice, f"{kind.name}/{spot.id}")


def _a(kind: RecordKind) -> str:
    return f"a{'n' if kind.name[0] == 'a' else ''} {kind.name}"


def explain(
    document: Document, model: type[BaseModel], error: ValidationError, subject: str, at: Path = ()
) -> list[Finding]:
    """Return the findings for what ``model`` did not accept of the mapping at ``at``: each mistake once."""
    found: dict[tuple[Place, str], Finding] = {}
    details = error.errors(include_url=False)
    misspelt = _misspelt(model, details)
    # What a value must be is unknown where its key is.
    strange = {detail["loc"][:-1] for detail in details if detail["loc"][-1:] == ("[key]",)}
    for detail in details:
        fault = _Fault(document, model, detail, at)
        if fault.follows or fault.loc in misspelt or fault.loc in strange:
            continue
        finding = _finding(fault, subject)
        # What follows at the same spot follows from the first; two missing fields share a place and are two mistakes.
        label = finding.message if finding.code == MISSING_FIELD.code else ""
        found.setdefault((finding.place, label), finding)
    return list(found.values())


def _misspelt(model: type[BaseModel], details: list[ErrorDetails]) -> set[tuple[str | int, ...]]:
    """Return the missing fields that stand there under another name: the unknown key is the mistake."""
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    strangers = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    if not missing:
        return set()
    return missing & {(*loc[:-1], nearest(str(loc[-1]), sorted(_options(model, loc))) or "") for loc in strangers}


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error of a model, and the mapping of a file in which it lies."""

    document: Document
    model: type[BaseModel]
    detail: ErrorDetails
    base: Path

    @property
    def loc(self) -> tuple[str | int, ...]:
        """Where the model saw it."""
        return self.detail["loc"]

    @property
    def name(self) -> str:
        """The last step: a field's name."""
        return str(self.loc[-1]) if self.loc else ""

    @property
    def follows(self) -> bool:
        """Whether it only follows from others: a list of nothing but wrong entries counts as empty."""
        value = _at(self.document.data, (*self.base, *self.loc)) if self.detail["type"] == "too_short" else None
        return bool(value)

    @property
    def context(self) -> dict[str, Any]:
        """The message and the advice of our own validators."""
        return self.detail.get("ctx", {})

    def place(self, *steps: str | int, key: bool = False) -> Place:
        """Return the place in the file."""
        return self.document.place((*self.base, *steps), key=key)


def _finding(fault: _Fault, subject: str) -> Finding:
    data = _at(fault.document.data, fault.base)
    at, key = _locate(data, fault.loc)
    value = _at(data, at)
    named = _named((*fault.base, *at))
    kind = fault.detail["type"]
    if kind in _SHAPES and value is not None:
        wanted, advice = _SHAPES[kind]
        return WRONG_SHAPE.at(fault.place(*at), f"{named} is {_shape(value)}, not {wanted}", advice, subject)
    if kind == "not_text" and not fault.context["advice"]:
        message = f"{named} is {_shape(value)}, not one value"
        return WRONG_SHAPE.at(fault.place(*at), message, "write one value, without brackets or keys", subject)
    if kind == "missing" and "message" not in fault.context:
        advice = _example(fault)
        return MISSING_FIELD.at(fault.place(*at, fault.name), f"field `{fault.name}` is missing", advice, subject)
    stranger = _stranger(fault, value)
    if stranger:
        known = advise(stranger, _options(fault.model, fault.loc)) or str(fault.context.get("advice", ""))
        advice = known or "docs/reference/fields.md lists the fields"
        steps = at if at and at[-1] == stranger else (*at, stranger)
        return UNKNOWN_KEY.at(fault.place(*steps, key=True), f"unknown key `{stranger}`", advice, subject)
    check = EMPTY_VALUE if value is None else _CHECKS.get(kind, BAD_VALUE)
    advice = str(fault.context.get("advice", "")) or _FALLBACK.get(kind, "")
    if check is EMPTY_VALUE:
        return check.at(fault.place(*at, key=True), f"{named} has no value", _FALLBACK["empty"], subject)
    message = f"{named} is empty" if kind == "too_short" else str(fault.context.get("message", fault.detail["msg"]))
    # What a mapping lacks points at the key that it stands under, like a missing field.
    return check.at(fault.place(*at, key=key or kind == "missing"), message, advice, subject)


_FALLBACK = {"empty": "fill it in, or delete the line", "too_short": "write at least one entry"}
_UNFOLDED: dict[str, set[str]] = {"conduct": set(Effect), "target": set(Relation)}


def _locate(data: Data, loc: tuple[str | int, ...]) -> tuple[Path, bool]:
    """Follow a model's error into the file; say whether it is about a key.

    Models unfold some mappings: a step that the file lacks is looked through, or stands for the code that is the key.
    """
    at: list[str | int] = []
    here = data
    for step in loc:
        if step == "[key]":
            return tuple(at), True
        if isinstance(here, dict) and step not in here:
            step = next((key for key in here if key in _UNFOLDED.get(str(step), ())), step)  # noqa: PLW2901
        if isinstance(here, dict) and step in here:
            here = here[str(step)]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        at.append(step)
    return tuple(at), False


def _at(data: Data, path: Path) -> Data:
    for step in path:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
    return data


def _named(at: Path) -> str:
    name = next((str(step) for step in reversed(at) if isinstance(step, str)), "")
    position = f"entry {at[-1] + 1} of " if at and isinstance(at[-1], int) else ""
    return f"{position}`{name}`" if name else "the record"


def _shape(value: Data) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "text"


def _model_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model that reads the mapping at ``loc``."""
    here: type[BaseModel] | None = model
    for step in loc:
        for name, info in here.model_fields.items() if here else ():
            if step in {name, info.alias}:
                here = _inner_model(info.annotation)
                break
    return here


def _inner_model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - an annotation may be anything
    """Return the model inside ``tuple[Model, ...]``, ``dict[str, Model]`` or ``Model | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner_model(part) for part in getattr(annotation, "__args__", ()))
    return next(filter(None, found), None)


def _options(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand in the mapping at ``loc``, or the one above it."""
    here = _model_at(model, loc) or _model_at(model, loc[:-1])
    if here is None:
        return []
    codes = list(getattr(here, "vocabulary", ()))
    inner = {getattr(here, "code_field", ""), getattr(here, "value_field", "")}
    return codes + [info.alias or name for name, info in here.model_fields.items() if name not in inner]


def _stranger(fault: _Fault, value: Data) -> str:
    """Return the key that the model does not know, where that is what is wrong."""
    kind = fault.detail["type"]
    if kind == "extra_forbidden":
        return fault.name
    if kind == "unknown_key":
        return str(fault.context["key"])
    if kind == "no_code" and isinstance(value, dict):
        options = _options(fault.model, fault.loc)
        return next((key for key in value if key not in options), "")
    return ""


def _example(fault: _Fault) -> str:
    """Return the description and the example of a missing field."""
    here = _model_at(fault.model, fault.loc[:-1])
    for field, info in here.model_fields.items() if here else ():
        if fault.name in {field, info.alias}:
            return f"{info.description} For example: {fault.name}: {_flow((info.examples or [''])[0])}"
    return ""


def _flow(value: object) -> str:
    """Return an example as people write it in a record."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]" if isinstance(value, list) else str(value)
