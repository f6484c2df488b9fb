"""How fields are read: from text, once, with words of our own for what is wrong, and a JSON Schema that agrees."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from policytrack.codes import VOCABULARIES, Code
from policytrack.spelling import advise

T = TypeVar("T")

VOCABULARY_NAMES = {vocabulary: name for name, vocabulary in VOCABULARIES.items()}


def fault(kind: str, message: str, advice: str = "", **context: str) -> PydanticCustomError:
    """Return an error whose message and advice reach the contributor as they are."""
    return PydanticCustomError(kind, "{message}", {"message": message, "advice": advice, **context})


_NOT_KEPT: set[str] = set()


class Model(BaseModel):
    """A part of a record: unknown keys and empty values are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    @field_validator("*", mode="before")
    @classmethod
    def refuse_empty(cls, value: object) -> object:
        """Refuse a key without a value: nobody can tell whether it was meant to be filled in."""
        if value is None:
            raise fault("empty", "the key has no value", "fill it in, or delete the line")
        return value

    def model_post_init(self, _: object) -> None:
        """Forget which fields were given: nobody asks, and a set for each part took a sixth of all memory."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_KEPT)


class Keyed(Model):
    """A mapping in which exactly one key is a code, and its value is what the code is about.

    `{extends: ID}` is read as relation and target; the code's own name stands where people read it.
    """

    vocabulary: ClassVar[type[Code]]
    codes: ClassVar[frozenset[str]]
    code_field: ClassVar[str]
    value_field: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - whatever pydantic takes
        """Look the codes up once, and not for each record."""
        super().__init_subclass__(**options)
        cls.codes = frozenset(cls.vocabulary)

    @model_validator(mode="before")
    @classmethod
    def unfold(cls, data: object) -> object:
        """Turn `{code: value, ...}` into the model's fields."""
        if not isinstance(data, dict):
            return data
        named = [key for key in data if key in cls.codes]
        inner = [key for key in data if key in {cls.code_field, cls.value_field}]
        if inner:
            raise fault("unknown_key", f"unknown key `{inner[0]}`", f"write one of {cls.options()}", key=inner[0])
        if not named:
            raise fault("no_code", f"no {cls.code_field} is named", f"write one of {cls.options()} as a key")
        if len(named) > 1:
            both = " and ".join(f"`{key}`" for key in named)
            raise fault("two_codes", f"{both} stand in one entry", "write an entry for each")
        rest = {key: value for key, value in data.items() if key != named[0]}
        return {**rest, cls.code_field: named[0], cls.value_field: data[named[0]]}

    @classmethod
    def options(cls) -> str:
        """Return the codes as a message names them."""
        return ", ".join(f"`{code}`" for code in cls.vocabulary)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the mapping as people write it."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        properties = schema["properties"]
        properties.pop(cls.code_field, None)
        value = properties.pop(cls.value_field, None)
        if value is not None:
            told = {code: {"title": code.label, "description": code.definition} for code in cls.vocabulary}
            codes = {code.value: {**value, **told[code]} for code in cls.vocabulary}
            schema["properties"] = {**codes, **properties}
            schema["required"] = [
                name for name in schema.get("required", []) if name not in {cls.code_field, cls.value_field}
            ]
            schema["oneOf"] = [{"required": [code.value]} for code in cls.vocabulary]
        return schema


def plain_text(value: object, what: str, *, digits: bool = False) -> str:
    """Return text; with ``digits`` also of a whole number, which is what an editor makes of digits."""
    if isinstance(value, str):
        return value
    if digits and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list | dict):
        raise fault("not_text", f"{what} is one value, not a {'list' if isinstance(value, list) else 'mapping'}")
    raise fault("not_text", f"{what} is text, not {value!r}", "put it in quotes")


@dataclass(frozen=True, eq=False)
class Parsed:
    """Metadata of a type that is read from text: how it is read, and the schema of the texts it accepts."""

    read: Callable[[object], object]
    schema: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read with our own words for what is wrong; write the text that a record holds."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.to_string_ser_schema(when_used="json")
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of the accepted texts."""
        return dict(self.schema)


def matching(pattern: str, what: str, advice: str) -> Parsed:
    """Return the metadata of a text that matches ``pattern``."""
    search = re.compile(pattern).search

    def read(value: object) -> str:
        text = plain_text(value, what)
        if not search(text):
            raise fault("pattern", f"`{text}` is not {what}", advice)
        return text

    return Parsed(read, {"type": "string", "pattern": pattern})


def coded(vocabulary: type[Code]) -> Parsed:
    """Return the metadata of a code of ``vocabulary``; a label instead of the code finds its code."""
    what = VOCABULARY_NAMES[vocabulary]
    codes = {code.value: code for code in vocabulary}

    def read(value: object) -> Code:
        text = plain_text(value, f"a {what}")
        if text not in codes:
            labels = {code.value: code.label for code in vocabulary}
            definitions = {code.value: code.definition for code in vocabulary}
            listed = f"`policytrack codes {what}` lists them all"
            advice = advise(text, vocabulary, labels, definitions, elsewhere=listed)
            raise fault("code", f"`{text}` is no code of the vocabulary {what}", advice)
        return codes[text]

    words = [f"{code.label}: {code.definition}" for code in vocabulary]
    return Parsed(read, {"type": "string", "enum": [code.value for code in vocabulary], "enumDescriptions": words})


@dataclass(frozen=True, eq=False)
class Several:
    """Metadata of a list of different values, at least one; with ``alone`` one may stand without the list."""

    alone: bool = False
    most: int | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Count the values and refuse a repeated one."""
        listed = core_schema.no_info_after_validator_function(self.count, handler(source))
        return core_schema.no_info_before_validator_function(self.wrap, listed) if self.alone else listed

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say the same in JSON Schema."""
        array = {**handler(schema), "minItems": 1, "uniqueItems": True}
        if self.most is not None:
            array["maxItems"] = self.most
        return {"anyOf": [array["items"], array]} if self.alone else array

    def wrap(self, value: object) -> object:
        """Put a value that stands alone into a list."""
        return value if isinstance(value, list | tuple) else [value]

    def count(self, value: tuple[T, ...]) -> tuple[T, ...]:
        """Refuse an empty list, a list that is too long, and a value that stands twice."""
        if not value:
            raise fault("too_short", "the list is empty", "fill it in, or delete the line")
        if self.most is not None and len(value) > self.most:
            raise fault("too_long", f"the list has {len(value)} values", f"keep at most {self.most}")
        seen: set[T] = set()
        for item in value:
            if item in seen:
                raise fault("repeated", f"`{item}` stands twice in the list", "keep one of them")
            seen.add(item)
        return value


Many = Annotated[tuple[T, ...], Several()]
OneOrMany = Annotated[tuple[T, ...], Several(alone=True)]
