"""What a value of a descriptor may look like: one named form to each kind of property."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

Test: TypeAlias = Callable[[Any], bool]

_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_./][a-z0-9]+)*", re.ASCII)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]+[^\s]*")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_LICENSE: Final = re.compile("[-a-zA-Z0-9._]+")
_MEDIATYPE: Final = re.compile(r"[^\s/]+/[^\s/].*")
# https://semver.org: no leading zeros, an optional pre-release and build.
SEMVER: Final = (
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
    r"(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?"
)
_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """What a value has to be, in words, and whether one is."""

    told: str
    holds: Test


def is_text(value: object) -> bool:
    """Whether a value is a text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_number(value: object) -> bool:
    """Whether a value is a whole number; Python takes a truth value for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_name(value: str) -> bool:
    """Whether a name is written as names should be."""
    return bool(_NAME.fullmatch(value))


def is_version(value: str) -> bool:
    """Whether a version is semantic."""
    return bool(re.fullmatch(SEMVER, value, re.ASCII))


def is_url(value: object) -> bool:
    """Whether a value is a full address with a host."""
    return isinstance(value, str) and bool(_URL.fullmatch(value))


def is_uri(value: object) -> bool:
    """Whether a value is a URI with a scheme."""
    return isinstance(value, str) and bool(_URI.fullmatch(value))


def is_email(value: object) -> bool:
    """Whether a value looks like an address of electronic mail."""
    return isinstance(value, str) and bool(_EMAIL.fullmatch(value))


def is_moment(value: object) -> bool:
    """Whether a value is a date and time of RFC 3339."""
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.\d+", "", value.upper()))
    except ValueError:
        return False
    return True


def is_encoding(value: object) -> bool:
    """Whether a value names an encoding of text."""
    if not isinstance(value, str):
        return False
    try:
        return "".encode(value) is not None and bool(codecs.lookup(value))
    except (LookupError, ValueError, UnicodeError):
        return False


def is_list_of(test: Test, value: object, *, least: int = 0) -> bool:
    """Whether a value is a list of at least so many members that all pass."""
    return isinstance(value, list) and len(value) >= least and all(map(test, value))


def matching(pattern: re.Pattern[str]) -> Test:
    """Return the test whether a value is a text of one pattern."""
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


TEXT: Final = Form("a text", lambda value: isinstance(value, str))
FILLED: Final = Form("a text that says something", is_text)
FLAG: Final = Form("true or false", lambda value: isinstance(value, bool))
COUNT: Final = Form("a whole number, not below 0", lambda value: is_number(value) and value >= 0)
NUMBER: Final = Form("a whole number from 1", lambda value: is_number(value) and value > 0)
NUMBERS: Final = Form(
    "a list of whole numbers from 1", lambda value: is_list_of(lambda each: is_number(each) and each > 0, value)
)
TEXTS: Final = Form("a list of texts", lambda value: is_list_of(is_text, value, least=1))
SIGNS: Final = Form(
    "a list of texts that holds something",
    lambda value: is_list_of(lambda each: isinstance(each, str), value, least=1),
)
CHARACTER: Final = Form("one character", lambda value: isinstance(value, str) and len(value) == 1)
SEQUENCE: Final = Form("a text of one or more characters", lambda value: isinstance(value, str) and bool(value))
URL: Final = Form("a full address such as https://example.org/", is_url)
URI: Final = Form("a URI", is_uri)
EMAIL: Final = Form("an address of electronic mail", is_email)
MOMENT: Final = Form("a date and time of RFC 3339, such as 2024-01-26T15:00:00Z", is_moment)
ENCODING: Final = Form("an encoding that is known", is_encoding)
LICENSE: Final = Form("an identifier of letters, digits, `.`, `-` and `_`", matching(_LICENSE))
MEDIATYPE: Final = Form("a media type such as text/csv", matching(_MEDIATYPE))
LIST: Final = Form("a list", lambda value: isinstance(value, list))
FULL_LIST: Final = Form("a list that holds something", lambda value: isinstance(value, list) and bool(value))
OBJECT: Final = Form("an object", lambda value: isinstance(value, dict))
ANY: Final = Form("anything", lambda _: True)


def one_of(*words: str) -> Form:
    """Return the form of a closed list of words."""
    return Form(f"one of {', '.join(words)}", lambda value: isinstance(value, str) and value in words)
