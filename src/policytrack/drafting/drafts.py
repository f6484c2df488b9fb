"""A new record: from answers to its id, its place and a commented text that `check` accepts but for what is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from policytrack.codes import Event, Extent, Kind, SourceType, Subject
from policytrack.dataset import Dataset
from policytrack.dates import DateError, PartialDate
from policytrack.documents import Data, parse
from policytrack.drafting.questions import QUESTIONS, Form, Question
from policytrack.drafting.rendering import flow, rendered
from policytrack.drafting.shape import Shape
from policytrack.drafting.tree import Node, of_data
from policytrack.drafting.writing import DraftError, create
from policytrack.faults.shape import MISSING_FIELD
from policytrack.findings import Finding, Severity
from policytrack.layout import KINDS, UNDATED, is_id, path_of, spot
from policytrack.parsing import AnyRecord, build
from policytrack.rules import RULES, Case, check
from policytrack.rules.header import header_of

Answers: TypeAlias = Mapping[str, str | Sequence[str]]
Fields: TypeAlias = dict[str, Data]

# Left to the hand that needs them: few records have them, and a draft never does.
_RARE = frozenset(
    {
        "conflicts", "distinct_from", "excluded", "passages", "reliability", "reliability_reason", "review", "title_en",
        "waivers", "public_role", "member_of",
    }
)  # fmt: skip
_WORDS = 3
# Codes of findings about ids that a record names.
_REFERENCES = ("PT104", "PT105")
_YEAR = re.compile("[12][0-9]{3}")


class TakenIdError(DraftError):
    """The id is in use or was retired; ``free`` is the next one that is neither."""

    def __init__(self, message: str, free: str) -> None:
        """Keep the free id."""
        super().__init__(message, f"give it another id: --id {free}")
        self.free = free


class AnswerError(DraftError):
    """An answer that cannot be understood; ``question`` is the one it was given to."""

    def __init__(self, question: Question, message: str, advice: str = "") -> None:
        """Keep the question."""
        super().__init__(message, advice)
        self.question = question


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is not written yet: its kind, id, path relative to the root and text."""

    kind: str
    id: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What `check` says of a draft: values that no record can hold, and what is still to be filled in or mended."""

    wrong: tuple[Finding, ...]
    left: tuple[Finding, ...]


def assemble(kind: str, answers: Answers) -> tuple[Fields, list[AnswerError]]:
    """Return the fields that answers fill, as a record holds them, and the answers that cannot be understood."""
    fields: Fields = {}
    faults: list[AnswerError] = []
    for question in QUESTIONS[kind]:
        given = answers.get(question.name) or ()
        texts = [text for text in ([given] if isinstance(given, str) else given) if text.strip()]
        if not texts:
            continue
        try:
            _put(fields, question.at, _value(question, texts))
        except AnswerError as fault:
            faults.append(fault)
    return fields, faults


def _value(question: Question, texts: list[str]) -> Data:
    match question.form:
        case Form.TEXT:
            return texts[0]
        case Form.TEXTS:
            return list(texts)
        case Form.DATES:
            return dict(_dated(question, text) for text in texts)
        case Form.MAPPING:
            return _mapping(question, texts[0])
        case Form.MAPPINGS:
            items = [_mapping(question, text) for text in texts]
            return {f"p{number}": item for number, item in enumerate(items, 1)} if _keyed(question) else list(items)


def _keyed(question: Question) -> bool:
    return question.at == ("provisions",)


def _dated(question: Question, text: str) -> tuple[str, Data]:
    event, equals, day = text.partition("=")
    if not equals or not event.strip() or not day.strip():
        raise AnswerError(question, f"`{text}` is not an event and a date", "write EVENT=DATE: announced=2020-06-10")
    return event.strip(), day.strip()


def _mapping(question: Question, text: str) -> Data:
    document, faults = parse(question.option, f"value: {{{text}}}".encode())
    value = document.data.get("value") if document is not None and not faults else None
    if not isinstance(value, dict) or document is None or len(document.data) > 1 or not value:
        advice = "write it as between the braces of a record: prohibits: use, by: [law-enforcement]"
        raise AnswerError(question, f"`{text}` is no list of keys and values", advice)
    return value


def _put(fields: Fields, at: tuple[str, ...], value: Data) -> None:
    here = fields
    for step in at[:-1]:
        inner = here.setdefault(step, {})
        here = inner if isinstance(inner, dict) else here
    here[at[-1]] = (
        {**kept, **value} if isinstance(kept := here.get(at[-1]), dict) and isinstance(value, dict) else value
    )


def draft(kind: str, fields: Fields, record_id: str = "", notes: Sequence[str] = ()) -> Draft:
    """Return the draft of a record: canonical YAML with a comment for each field that is still to be filled in.

    Without ``record_id`` the id is made from the fields; ``notes`` are further comments of what is to be done.
    """
    record_id = record_id or proposed_id(kind, fields)
    if not is_id(record_id):
        message = f"`{record_id}` is not an id"
        raise DraftError(message, "use lower-case ASCII letters, digits and single hyphens: --id ID")
    path = path_of(kind, record_id, _folder(kind, fields))
    shape = Shape(KINDS[kind].model)
    root = of_data(fields)
    _comment(root, shape, kind, fields)
    root.below += [f"# todo: {_one_line(note)}" for note in notes]
    return Draft(kind, record_id, path, rendered(root, shape, header_of(path)))


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _comment(root: Node, shape: Shape, kind: str, fields: Fields) -> None:
    """Hang a comment for every field that is absent where the field would stand."""
    entries = {entry.key: entry for entry in root.entries or ()}
    waiting: list[str] = []
    wanted = _wanted(kind, fields)
    for name, info in shape.fields().items():
        if name in entries:
            entries[name].above += waiting
            waiting = []
        elif info.is_required() or name in wanted:
            example = flow(of_data(_plain((info.examples or [""])[0])), shape.inside(name)) or ""
            waiting += [f"# todo: {name}: {wanted.get(name) or info.description}", f"#   {name}: {example}"]
        elif name not in _RARE:
            waiting.append(f"# optional: {name}: {info.description}")
    root.below += waiting


def _plain(value: object) -> Data:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else str(value)


def _wanted(kind: str, fields: Fields) -> dict[str, str]:
    """Return the fields that the model leaves open and that this draft needs all the same, with words of their own."""
    wanted: dict[str, str] = {}
    if kind == "action" and fields.get("kind") in set(Kind):
        code = Kind(str(fields["kind"]))
        if code.force == "provisions" or (code.force == "links" and not fields.get("links")):
            wanted["provisions"] = ""
        if code.relation is not None:
            wanted["links"] = f"The action that this one {code.relation}."
    if kind == "source":
        if fields.get("type") not in {each.value for each in SourceType if each.primary}:
            wanted["credit"] = ""
        if not fields.get("archive_url"):
            wanted["url"] = "Its address; without one, say in `notes` why there is none."
    return wanted


def _folder(kind: str, fields: Fields) -> str:
    return (_year(kind, fields) or UNDATED) if KINDS[kind].dated else ""


def _year(kind: str, fields: Fields) -> str:
    """Return the year of the first date, as `layout.year_of` will find it."""
    timeline = fields.get("timeline")
    if kind == "action":
        inner = timeline if isinstance(timeline, dict) else {}
        texts = [text for event, text in inner.items() if event in set(Event) and event != Event.ENDS]
    else:
        texts = [fields.get("published") or fields.get("updated")]
    found = []
    for text in texts:
        try:
            bounds = PartialDate.parse(str(text)).bounds
        except DateError:
            continue
        day = bounds.earliest or bounds.latest
        found += [day] if day else []
    return str(min(found).year) if found else ""


def slug(text: str) -> str:
    """Return a text as part of an id: lower-case ASCII words joined by hyphens."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", folded.replace("'", "")))[:80].strip("-")


def proposed_id(kind: str, fields: Fields) -> str:
    """Return the readable id of a new record, as far as its fields tell one."""
    text = {name: value for name, value in fields.items() if isinstance(value, str)}
    name = slug(text.get("name", "").partition(",")[0])
    match kind:
        case "action":
            parts = [slug(text.get("actor", "")), slug(text.get("kind", "")), _year(kind, fields)]
        case "source":
            words = slug(text.get("title", "")).split("-")
            telling = [word for word in words if len(word) > _WORDS] or words
            year = _year(kind, fields)
            publisher = slug(text.get("publisher", "")).removeprefix("the-")
            parts = ["-".join(publisher.split("-")[:2]), *telling[:_WORDS], year]
        case "jurisdiction":
            parts = (
                [slug(text.get("iso_3166", ""))]
                if text.get("iso_3166")
                else [_joined(slug(text.get("parent", "")), name)]
            )
        case "actor" if text.get("type") not in {"company", "organisation", "person", None}:
            parts = [_joined(slug(text.get("jurisdiction", "")), name)]
        case _:
            parts = [name]
    return "-".join(part for part in parts if part) or f"new-{kind}"


def _joined(place: str, name: str) -> str:
    """Return a place and a name as one id; what ends the one and begins the other stands once."""
    first, second = (text.split("-") if text else [] for text in (place, name))
    shared = next((size for size in range(len(second), 0, -1) if first[-size:] == second[:size]), 0)
    return "-".join([*first, *second[shared:]])


def free_id(dataset: Dataset, kind: str, record_id: str) -> str:
    """Return ``record_id``, or the next one with a number behind it that nothing has or had."""
    number = 1
    found = record_id
    while taken(dataset, kind, found):
        number += 1
        found = f"{record_id}-{number}"
    return found


def taken(dataset: Dataset, kind: str, record_id: str) -> str:
    """Return why an id cannot be given to a new record, or nothing."""
    if dataset.knows(kind, record_id):
        return f"{kind} `{record_id}` exists"
    retired = dataset.redirects.get(f"{kind}/{record_id}")
    if retired is not None:
        return f"the id `{record_id}` was retired on {retired.date}"
    if kind == "actor" and record_id in set(Subject):
        return f"`{record_id}` is a class of subjects"
    return ""


def examine(dataset: Dataset, new: Draft, today: date) -> Examined:
    """Return what `check` will say of a draft once it is written."""
    document, faults = parse(new.path, new.text.encode())
    where = spot(new.path)
    record, more = build(document, where) if document is not None else (None, [])
    # A required field that is missing is left to fill in; any other fault of shape no record can hold.
    wrong = tuple(finding for finding in (*faults, *more) if finding.code != MISSING_FIELD.code)
    before = replace(dataset, findings=(*faults, *more))
    if record is None:
        after = replace(before, broken=dataset.broken | {f"{new.kind}/{new.id}"})
    else:
        after = _with(before, new, record)
    found = [*check(after, today), *([] if record or wrong else _strangers(dataset, new, today))]
    left = (each for each in found if each.place.path == new.path and each.severity is not Severity.NOTICE)
    return Examined(wrong, tuple(each for each in left if each not in wrong))


def _with(dataset: Dataset, new: Draft, record: AnyRecord) -> Dataset:
    table: dict[str, Any] = dict(sorted({**dataset.of_kind(new.kind), new.id: record}.items()))
    return replace(dataset, **{KINDS[new.kind].folder: table})  # type: ignore[arg-type]


def _strangers(dataset: Dataset, new: Draft, today: date) -> Iterator[Finding]:
    """Yield the ids that a draft names and no record has, though a field that it needs is still missing.

    The model takes no record without its fields, so examples stand in for them; what is said of those is left out.
    """
    shape = Shape(KINDS[new.kind].model)
    document, _ = parse(new.path, new.text.encode())
    missing = [(name, info) for name, info in shape.fields().items() if document and name not in document.data]
    filled = of_data({name: _plain((info.examples or [""])[0]) for name, info in missing if info.is_required()})
    full, _ = parse(new.path, f"{new.text}{rendered(filled, shape)}".encode())
    record, _ = build(full, spot(new.path)) if full is not None else (None, [])
    if record is None:
        return
    case = Case(_with(dataset, new, record), today)
    for finding in (each for code in _REFERENCES for each in RULES[code].find(case)):
        if finding.place.path == new.path and finding.place.line <= new.text.count("\n"):
            yield finding


def place(dataset: Dataset, new: Draft) -> None:
    """Write a draft where it belongs; `TakenIdError` for an id that is taken, `DraftError` for what stands there."""
    why = taken(dataset, new.kind, new.id)
    if why:
        raise TakenIdError(why, free_id(dataset, new.kind, new.id))
    create(dataset.root, new.path, new.text)


def new(  # noqa: PLR0913 - what a draft is made of
    dataset: Dataset, kind: str, answers: Answers, today: date, record_id: str = "", *, told: Sequence[str] = ()
) -> tuple[Draft, Examined]:
    """Return the draft of a record of ``kind`` from answers by the names of options, and what `check` says of it.

    ``told`` are notes that the draft carries as comments of what is still to be done.

    Raises `DraftError` for an answer that cannot be understood, and `TakenIdError`. Nothing is written: see `place`.
    """
    fields, faults = assemble(kind, answers)
    if faults:
        raise faults[0]
    read = fields.get("read")
    if isinstance(read, dict) and read.get("extent") not in {None, Extent.NONE}:
        read.setdefault("on", today.isoformat())
    made = draft(kind, fields, record_id, told)
    why = taken(dataset, kind, made.id)
    if why:
        raise TakenIdError(why, free_id(dataset, kind, made.id))
    return made, examine(dataset, made, today)
