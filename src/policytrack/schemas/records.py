"""JSON Schemas of what people write, from the models: what an editor offers and checks while somebody writes.

The schemas describe records as people write them: what is optional may be left out and is never null.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from policytrack.codes import VOCABULARIES
from policytrack.layout import KINDS
from policytrack.models import ChangeNote, Coverage, Redirect
from policytrack.models.values import ID_PATTERN, Date, EndDate

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
REDIRECTS: Final = "redirects"
COVERAGE: Final = "coverage"
CHANGE_NOTE: Final = "change-note"
RECORD_SCHEMAS: Final = (*KINDS, REDIRECTS, COVERAGE, CHANGE_NOTE)

_PARTS = "#/$defs/{model}"


class _AsWritten(GenerateJsonSchema):
    """Describes what may stand in a file, where a missing key and not a null says that there is nothing."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave the null out: models have it for missing keys alone."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Name the default only where it says something: a code, not an empty list."""
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return {**inner, "default": str(default)} if isinstance(default, str) else inner

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Refuse the keys that no pattern admits."""
        found = super().dict_schema(schema)
        return {**found, "additionalProperties": False} if "patternProperties" in found else found

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002
        """Keep the order in which models and examples are written."""
        return value

    def get_title_from_name(self, name: str) -> str:
        """Return a name as words."""
        return name.replace("_", " ").capitalize()


def record_schema(name: str, version: str = "") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of record or of another file that people write.

    ``version`` ends its id.
    """
    others: dict[str, type[BaseModel]] = {REDIRECTS: Redirect, COVERAGE: Coverage, CHANGE_NOTE: ChangeNote}
    model = others[name] if name in others else KINDS[name].model
    schema = model.model_json_schema(ref_template=_PARTS, schema_generator=_AsWritten)
    parts: dict[str, Any] = schema.pop("$defs", {})
    if name == REDIRECTS:
        parts["Redirect"] = schema
        schema = _redirects()
    shared: dict[str, Any] = {}
    schema = _shared(schema, shared)
    parts = {part: _shared(content, shared) for part, content in parts.items()}
    ending = f":{version}" if version else ""
    head = {"$schema": DIALECT, "$id": f"urn:policytrack:schema:{name}{ending}"}
    told = {key: schema.pop(key) for key in ("title", "description", "type")}
    return {**head, **told, **schema, **({"$defs": parts | shared} if parts or shared else {})}


def _redirects() -> dict[str, Any]:
    slug = ID_PATTERN.removeprefix("^")
    return {
        "title": "Redirects",
        "description": "What became of retired ids: `kind/id` to the reason and the id that took its place.",
        "type": "object",
        "patternProperties": {f"^(?:{'|'.join(KINDS)})/{slug}": {"$ref": _PARTS.format(model="Redirect")}},
        "additionalProperties": False,
    }


def _named() -> dict[str, JsonSchemaValue]:
    """Return the parts that stand once and are referred to: vocabularies, dates and ends."""
    found = {"date": TypeAdapter(Date).json_schema(), "end": TypeAdapter(EndDate).json_schema()}
    for name, vocabulary in VOCABULARIES.items():
        words = [f"{code.label}: {code.definition}" for code in vocabulary]
        found[name] = {"type": "string", "enum": [code.value for code in vocabulary], "enumDescriptions": words}
    return found


_NAMED = _named()


def _shared(schema: Any, shared: dict[str, Any]) -> Any:  # noqa: ANN401 - a schema holds any JSON
    """Return ``schema`` with its named parts replaced by references, and put those parts into ``shared``."""
    if isinstance(schema, list):
        return [_shared(item, shared) for item in schema]
    if not isinstance(schema, dict):
        return schema
    for name, part in _NAMED.items():
        if all(schema.get(key) == value for key, value in part.items()):
            shared[name] = part
            rest = {key: value for key, value in schema.items() if key not in part}
            return {"$ref": _PARTS.format(model=name), **rest}
    return {key: _shared(value, shared) for key, value in schema.items()}
