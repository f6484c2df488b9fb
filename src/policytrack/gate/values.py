"""Texts and values of JSON as values of Table Schema: one reader to each type and format."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias

from policytrack.gate import moments
from policytrack.gate.forms import is_email, is_uri
from policytrack.gate.shapes import shown

Read: TypeAlias = Callable[[Any], Any]

_INTEGER: Final = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|[+-]?inf", re.ASCII | re.IGNORECASE)
_AROUND: Final = re.compile(r"[^\d+\-]*?([+-]?[\d.].*?)\D*", re.ASCII | re.DOTALL)
_UUID: Final = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_TRUE: Final = ("true", "True", "TRUE", "1")
_FALSE: Final = ("false", "False", "FALSE", "0")
_POINT: Final = 2
_GEOMETRIES: Final = {
    **dict.fromkeys(("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"), "coordinates"),
    "GeometryCollection": "geometries",
}
# Larger than any number that is meant: Python refuses to make an integer of more digits.
_LONGEST_NUMBER: Final = 1000


class ValueFault(ValueError):  # noqa: N818 - the fault is in the data, not in the program
    """A value that is not of its type; the message carries both."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How values of one type and format are read: its name in keys and messages, and the function."""

    name: str
    read: Read

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - any JSON in, any value out
        """Return the logical value; raise `ValueFault`."""
        try:
            return self.read(value)
        except (ValueError, TypeError, KeyError, InvalidOperation, OverflowError, RecursionError):
            raise ValueFault(f"{_quoted(value)} is no {self.name.replace('.', ' of format ')}") from None


def _quoted(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return f"`{text}`" if len(text) <= 80 else shown(text)  # noqa: PLR2004 - the width of a line


def number_of(options: Mapping[str, Any]) -> Read:
    """Return the reader of numbers with a decimal character, groups and what may stand around them."""
    decimal, group = options.get("decimalChar", "."), options.get("groupChar", "")

    def read(value: Any) -> Decimal:  # noqa: ANN401
        if not isinstance(value, str):
            return _native_number(value)
        text = _bared(value) if options.get("bareNumber") is False else value
        text = text.replace(group, "") if group else text
        if decimal != ".":
            text = text.replace(".", "_").replace(decimal, ".")
        if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            raise ValueError(text)
        return Decimal(text)

    return read


def integer_of(options: Mapping[str, Any]) -> Read:
    """Return the reader of whole numbers with groups and what may stand around them."""
    group = options.get("groupChar", "")

    def read(value: Any) -> int:  # noqa: ANN401
        if not isinstance(value, str):
            number = _native_number(value)
            if number != number.to_integral_value():
                raise ValueError(value)
            return int(number)
        text = _bared(value) if options.get("bareNumber") is False else value
        text = text.replace(group, "") if group else text
        if len(text) > _LONGEST_NUMBER or not _INTEGER.fullmatch(text):
            raise ValueError(text)
        return int(text)

    return read


def _native_number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(value)
    return Decimal(str(value))


def _bared(text: str) -> str:
    """Return a number without what stands around it, such as a currency or a percent sign."""
    found = _AROUND.fullmatch(text)
    return found[1] if found else text


def boolean_of(options: Mapping[str, Any]) -> Read:
    """Return the reader of truth values by the words for them."""
    words = dict.fromkeys(options.get("falseValues", _FALSE), False)
    words.update(dict.fromkeys(options.get("trueValues", _TRUE), True))
    return lambda value: value if isinstance(value, bool) else words[value]


def list_of(options: Mapping[str, Any]) -> Read:
    """Return the reader of lists: what stands between the delimiters, each of the type of the items."""
    delimiter = options.get("delimiter", ",")
    item = reader(options.get("itemType", "string"), "default", {})

    def read(value: Any) -> list[Any]:  # noqa: ANN401
        if isinstance(value, list):
            return [item(each) for each in value]
        return [item(each) for each in _text(value).split(delimiter)] if value else []

    return read


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _tested(test: Callable[[str], object]) -> Read:
    """Return a reader of texts that pass a test."""

    def read(value: Any) -> str:  # noqa: ANN401
        if not test(_text(value)):
            raise ValueError(value)
        return str(value)

    return read


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _json(kind: type, test: Callable[[Any], bool] = lambda _: True) -> Read:
    """Return a reader of JSON of one kind that passes a test."""

    def read(value: Any) -> Any:  # noqa: ANN401
        found = json.loads(value, parse_constant=_refuse) if isinstance(value, str) else value
        if not isinstance(found, kind) or not test(found):
            raise TypeError(value)
        return found

    return read


def _refuse(word: str) -> None:
    raise ValueError(word)


def _point(longitude: object, latitude: object) -> bool:
    east, north = (_native_number(each) for each in (longitude, latitude))
    return -180 <= east <= 180 and -90 <= north <= 90  # noqa: PLR2004 - degrees


def _point_text(value: Any) -> tuple[Decimal, ...]:  # noqa: ANN401
    parts = tuple(Decimal(part.strip()) for part in _text(value).split(",") if _NUMBER.fullmatch(part.strip()) or _no())
    if len(parts) != _POINT or not _point(*parts):
        raise ValueError(value)
    return parts


def _no() -> bool:
    raise ValueError


def _is_geojson(value: Mapping[str, Any]) -> bool:
    kind = value.get("type")
    if kind == "FeatureCollection":
        features = value.get("features")
        return isinstance(features, list) and all(isinstance(each, dict) and _is_geojson(each) for each in features)
    if kind == "Feature":
        geometry = value.get("geometry")
        return geometry is None or (isinstance(geometry, dict) and geometry.get("type") in _GEOMETRIES
                                    and _is_geojson(geometry))  # fmt: skip
    return isinstance(kind, str) and kind in _GEOMETRIES and isinstance(value.get(_GEOMETRIES[kind]), list)


def _is_topojson(value: Mapping[str, Any]) -> bool:
    return (
        value.get("type") == "Topology"
        and isinstance(value.get("objects"), dict)
        and isinstance(value.get("arcs"), list)
    )


def _from_text(make: Callable[[str], Any]) -> Read:
    return lambda value: make(_text(value))


def _year(value: Any) -> int:  # noqa: ANN401
    return value if isinstance(value, int) and not isinstance(value, bool) else moments.year(_text(value))


_READERS: Final[Mapping[str, Read]] = {
    "string.default": _text,
    "string.email": _tested(is_email),
    "string.uri": _tested(is_uri),
    "string.binary": _tested(_is_base64),
    "string.uuid": _tested(_UUID.fullmatch),
    "object.default": _json(dict),
    "array.default": _json(list),
    "datetime.default": _from_text(moments.moment),
    "date.default": _from_text(moments.day),
    "time.default": _from_text(moments.clock),
    # Whatever some library can make a date of: that there is a number in it is all that can be demanded.
    **dict.fromkeys(("datetime.any", "date.any", "time.any"), _tested(_DIGIT.search)),
    "year.default": _year,
    "yearmonth.default": _from_text(moments.month),
    "duration.default": _from_text(moments.span),
    "geopoint.default": _point_text,
    "geopoint.array": _json(list, lambda found: len(found) == _POINT and _point(*found)),
    "geopoint.object": _json(dict, lambda found: set(found) == {"lon", "lat"} and _point(found["lon"], found["lat"])),
    "geojson.default": _json(dict, _is_geojson),
    "geojson.topojson": _json(dict, _is_topojson),
    "any.default": lambda value: value,
}
_MADE: Final[Mapping[str, Callable[[Mapping[str, Any]], Read]]] = {
    "number": number_of,
    "integer": integer_of,
    "boolean": boolean_of,
    "list": list_of,
}
_PATTERNED: Final = {"date": "date", "time": "time", "datetime": "datetime"}
TYPES: Final = sorted({name.partition(".")[0] for name in _READERS} | set(_MADE))


def formats(datatype: str) -> list[str]:
    """Return the formats of a type that have names."""
    return [name.partition(".")[2] for name in _READERS if name.startswith(f"{datatype}.")] or ["default"]


def takes_pattern(datatype: str) -> bool:
    """Whether a type may have a pattern of strptime as its format."""
    return datatype in _PATTERNED


def reader(datatype: str, form: str, options: Mapping[str, Any]) -> Reader:
    """Return the reader of a type and format that exist; ``options`` are the other properties of the field."""
    if datatype in _MADE:
        return Reader(datatype, _MADE[datatype](options))
    if f"{datatype}.{form}" in _READERS:
        name = datatype if form == "default" else f"{datatype}.{form}"
        return Reader(name, _READERS[f"{datatype}.{form}"])
    return Reader(f"{datatype}.pattern", _patterned(datatype, form))


def _patterned(datatype: str, pattern: str) -> Read:
    def read(value: Any) -> Any:  # noqa: ANN401
        found: datetime = moments.parsed(_text(value), pattern)
        match datatype:
            case "date":
                return found.date()
            case "time":
                return found.time()
            case _:
                return moments.aligned(found)

    return read
