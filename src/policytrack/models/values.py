"""The values that fields hold: texts with a pattern, dates, amounts, credits, references.

Every value is text in a record. A type here reads it once, says what is wrong in words a contributor can use, and
gives the JSON Schema that accepts the same texts (and the numbers that an editor makes of digits).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

from pydantic.json_schema import JsonSchemaValue

from policytrack.codes import AmountKind, CreditKind
from policytrack.dates import DATE_PATTERN, DAY_PATTERN, END_PATTERN, POINT, DateError, End, PartialDate
from policytrack.models.forms import Parsed, fault, matching, plain_text

T = TypeVar("T")

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
# `$` alone also matches before a last line feed in some engines; the schema's reader must not.
_END = r"$(?!\n)"
ID_PATTERN = rf"^{_SLUG}{_END}"
PROVISION_KEY = "p[1-9][0-9]{0,2}"


def _read_text(value: object) -> str:
    text = plain_text(value, "this")
    if not text.strip():
        raise fault("empty", "the text is empty", "fill it in, or delete the line")
    return text


Text = Annotated[
    str,
    Parsed(_read_text, {"type": "string", "pattern": r"\S"}),
]

_ID_ADVICE = "use lower-case ASCII letters, digits and single hyphens"
Id = Annotated[str, matching(ID_PATTERN, "an id", _ID_ADVICE)]

Handle = Annotated[
    str, matching(rf"^[A-Za-z0-9][A-Za-z0-9-]{{0,38}}{_END}", "a handle", "letters, digits and hyphens, at most 39")
]

FindingCode = Annotated[str, matching(rf"^PT[0-9]{{3}}{_END}", "a code of a finding", "codes look like PT203")]

Sha256 = Annotated[
    str, matching(rf"^[0-9a-f]{{64}}{_END}", "a sha256 in hexadecimal", "let `policytrack cite` write the passage")
]

Language = Annotated[
    str,
    matching(
        rf"^[a-z]{{2,3}}(?:-[A-Z][a-z]{{3}})?(?:-[A-Z]{{2}})?{_END}", "a language tag (BCP 47)", "write en, de, pt-BR"
    ),
]

OcdId = Annotated[
    str,
    matching(
        rf"^ocd-division/country:[a-z]{{2}}(?:/[a-z_]+:[a-z0-9.~_-]+)*{_END}",
        "an OCD division id",
        "write ocd-division/country:us/state:or",
    ),
]

Iso3166 = Annotated[str, matching(rf"^[A-Z]{{2}}(?:-[A-Z0-9]{{1,3}})?{_END}", "an ISO 3166 code", "write US or US-OR")]

ProvisionRef = Annotated[
    str,
    matching(
        rf"^(?:{_SLUG}#)?{PROVISION_KEY}{_END}", "a provision", "write p1, or ACTION#p1 for one of another action"
    ),
]

Target = Annotated[
    str,
    matching(
        rf"^[a-z][a-z0-9_]*(?::{_SLUG})?{_END}",
        "a name of something to support",
        "write what, an event, a provision key, a relation (or relation:ID), identifiers, jurisdictions or all",
    ),
]

Term = Annotated[str, matching(rf"^\S+(?: \S+){{0,2}}{_END}", "a key term", "a key term has at most three words")]


def _read_count(value: object) -> int:
    text = plain_text(value, "a number", digits=True)
    if not re.fullmatch("0|[1-9][0-9]{0,8}", text):
        raise fault("pattern", f"`{text}` is not a whole number", "write digits only")
    return int(text)


Count = Annotated[
    int,
    Parsed(
        _read_count,
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 999_999_999},
                {"type": "string", "pattern": rf"^(?:0|[1-9][0-9]{{0,8}}){_END}"},
            ]
        },
    ),
]


def _dated(parse: Callable[[str], T], what: str) -> Callable[[object], T]:
    """Return a reader that turns a date's fault into a contributor's message."""

    def read(value: object) -> T:
        try:
            return parse(plain_text(value, what, digits=True))
        except DateError as error:
            raise fault("date", str(error), error.advice) from None

    return read


def _dated_schema(pattern: str) -> JsonSchemaValue:
    """Return the schema of a date; an editor reads a bare year as a number."""
    year = {"type": "integer", "minimum": 1000, "maximum": 2999}
    return {"anyOf": [{"type": "string", "pattern": pattern}, year]}


Date = Annotated[PartialDate, Parsed(_dated(PartialDate.parse, "a date"), _dated_schema(DATE_PATTERN))]
EndDate = Annotated[End, Parsed(_dated(End.parse, "an end"), _dated_schema(END_PATTERN))]


def _parse_day(text: str) -> date:
    found = PartialDate.parse(text).bounds.earliest
    if found is None or not re.search(DAY_PATTERN, text):
        message = f"`{text}` is not one day"
        raise DateError(message, "write the day: YYYY-MM-DD")
    return found


Day = Annotated[
    date,
    Parsed(_dated(_parse_day, "a day"), {"type": "string", "pattern": DAY_PATTERN}),
]


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date that stands on a page, and what it stands there as."""

    date: PartialDate
    note: str

    def __str__(self) -> str:
        """Return the text as a record holds it."""
        return f"{self.date} {self.note}".strip()


_PAGE_DATE = rf"^{POINT}(?: \S.*)?{_END}"


def _read_page_date(value: object) -> PageDate:
    text = plain_text(value, "a page date", digits=True)
    if not re.search(_PAGE_DATE, text):
        raise fault("pattern", f"`{text}` is not a page date", "write the date, then what it stands for on the page")
    stamp, _, note = text.partition(" ")
    return PageDate(PartialDate.parse(stamp), note)


PageStamp = Annotated[PageDate, Parsed(_read_page_date, _dated_schema(_PAGE_DATE))]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who a document says wrote it; ``agency`` is the agency's name."""

    kind: CreditKind
    agency: str = ""

    def __str__(self) -> str:
        """Return the text as a record holds it."""
        return f"{self.kind} {self.agency}".strip()


_CREDIT = f"^(?:{'|'.join(kind for kind in CreditKind if kind is not CreditKind.AGENCY)}|agency \\S.*){_END}"


def _read_credit(value: object) -> Credit:
    text = plain_text(value, "a credit")
    if not re.search(_CREDIT, text):
        advice = "write own-byline, staff, issuer, unstated, or agency and its name"
        raise fault("pattern", f"`{text}` is not a credit", advice)
    kind, _, agency = text.partition(" ")
    return Credit(CreditKind(kind), agency)


CreditLine = Annotated[Credit, Parsed(_read_credit, {"type": "string", "pattern": _CREDIT})]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: the digits as written, an ISO 4217 code, and which sum it is where several are told."""

    value: str
    currency: str
    kind: AmountKind | None = None

    def __str__(self) -> str:
        """Return the text as a record holds it."""
        return f"{self.value} {self.currency} {self.kind or ''}".strip()


_AMOUNT = rf"^(?:0|[1-9][0-9]{{0,14}})(?:\.[0-9]{{1,2}})? [A-Z]{{3}}(?: (?:{'|'.join(AmountKind)}))?{_END}"


def _read_amount(value: object) -> Amount:
    text = plain_text(value, "an amount")
    if not re.search(_AMOUNT, text):
        advice = "write digits without separators, the currency, and perhaps which sum: 7552800 GBP, 5000 EUR reduced"
        raise fault("pattern", f"`{text}` is not an amount", advice)
    number, currency, *kind = text.split(" ")
    return Amount(number, currency, AmountKind(kind[0]) if kind else None)


Money = Annotated[Amount, Parsed(_read_amount, {"type": "string", "pattern": _AMOUNT})]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source: the source's id and the key of a passage, empty when the whole document is meant."""

    source: str
    passage: str = ""

    def __str__(self) -> str:
        """Return the text as a record holds it."""
        return f"{self.source}#{self.passage}" if self.passage else self.source


_CITATION = rf"^{_SLUG}(?:#{PROVISION_KEY})?{_END}"


def _read_citation(value: object) -> Citation:
    text = plain_text(value, "a place in a source")
    if not re.search(_CITATION, text):
        raise fault("pattern", f"`{text}` is not a place in a source", "write SOURCE#p1, the source's id and a passage")
    source, _, passage = text.partition("#")
    return Citation(source, passage)


Cited = Annotated[
    Citation,
    Parsed(_read_citation, {"type": "string", "pattern": _CITATION}),
]
