"""From the text of a filled issue form to drafts of records.

A filled form is text from a stranger. It is taken apart by its labels alone; every value is checked as a field of a
record before it enters a draft, and enters as text, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policytrack.codes import Event
from policytrack.dataset import Dataset
from policytrack.documents import parse
from policytrack.drafting.drafts import AnswerError, Draft, Examined, assemble, draft, examine, free_id, slug
from policytrack.drafting.forms import FORMS, Form
from policytrack.drafting.writing import DraftError
from policytrack.faults.form import UNKNOWN_ANSWER
from policytrack.faults.shape import MISSING_FIELD
from policytrack.findings import Finding, Place
from policytrack.layout import is_id, spot
from policytrack.parsing import build
from policytrack.rules.addresses import canonical, untracked
from policytrack.spelling import advise, nearest

MAX_CHARACTERS = 100_000
_LONGEST = 2_000
_EMPTY = "_No response_"
# A file without a field is no record, and nothing to start from either.
_NOTHING = "no draft of {}: none of the answers can stand in one"
_HEADING = re.compile(r"^### (.+?)\s*$", re.MULTILINE)
_OPTION = re.compile(r"([a-z0-9-]+): ")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What comes of a filled form: drafts with what is left to do in them, findings, and what else is to be said."""

    form: str
    drafts: tuple[tuple[Draft, Examined], ...]
    findings: tuple[Finding, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What stands under a label, and the line (from 1) on which it begins."""

    text: str
    line: int


@dataclass
class _Filled:
    """A filled form: answers by the ids of fields, and what is wrong with them."""

    form: Form
    file: str
    answers: dict[str, _Answer]
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.answers[name].text if name in self.answers else ""

    def doubt(self, name: str, message: str, advice: str = "", line: int = 0) -> None:
        """Report an answer, by its label and place."""
        label = next(each.label for each in self.form.fields if each.id == name)
        place = Place(self.file, line or self.answers[name].line)
        self.findings.append(UNKNOWN_ANSWER.at(place, f"{label}: {message}", advice))


def from_issue(dataset: Dataset, text: str, today: date, file: str = "issue.md") -> Proposal:
    """Return what comes of the text of a filled form; nothing is written.

    Raises `DraftError` for a text that is none of the forms.
    """
    filled = _filled(text, file)
    for each in filled.form.fields:
        if each.required and not filled.text(each.id):
            filled.findings.append(
                UNKNOWN_ANSWER.at(Place(file), f"{each.label}: no answer", "ask for it in the issue")
            )
    if filled.form.name == "new-action":
        drafts, told = _action(dataset, filled, today)
    else:
        drafts, told = [], _about_record(dataset, filled)
    return Proposal(filled.form.name, tuple(drafts), tuple(filled.findings), tuple(told))


def _filled(text: str, file: str) -> _Filled:
    if len(text) > MAX_CHARACTERS:
        message = f"the text has {len(text):,} characters; no filled form has more than {MAX_CHARACTERS:,}"
        raise DraftError(message)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    labels = {found[1] for found in _HEADING.finditer(text)}
    form = max(FORMS, key=lambda each: sum(field.label in labels for field in each.fields))
    if not any(each.label in labels for each in form.fields):
        message = "the text is no filled issue form"
        raise DraftError(message, "save the body of the issue as it is: a line `### Label`, then the answer")
    by_label = {each.label: each for each in form.fields}
    filled = _Filled(form, file, {})
    heads = [found for found in _HEADING.finditer(text) if found[1] in by_label or found[1] == "Own words"]
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        if head[1] in by_label:
            name = by_label[head[1]].id
            _take(
                filled, name, text[head.end() : after.start() if after else None], text.count("\n", 0, head.end()) + 2
            )
    return filled


def _take(filled: _Filled, name: str, raw: str, line: int) -> None:
    """Keep the answer under a label; the first of several, and no character that nobody sees."""
    line += len(raw) - len(raw.lstrip("\n")) - 1
    clean = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in raw).strip()
    answer = _Answer("" if clean == _EMPTY else clean[:_LONGEST].strip(), line)
    if name in filled.answers:
        filled.doubt(name, "the label stands twice; the first answer counts", "look at the issue", line)
        return
    filled.answers[name] = answer
    if any(not sign.isprintable() and sign not in "\n\t" for sign in raw):
        filled.doubt(name, "the answer holds characters that nobody sees", "they were taken out")
    if len(clean) > _LONGEST:
        filled.doubt(name, f"the answer has {len(clean)} characters; {_LONGEST} are kept", "shorten it")


def _action(dataset: Dataset, filled: _Filled, today: date) -> tuple[list[tuple[Draft, Examined]], list[str]]:
    told = []
    if filled.text("place"):
        told.append(f"the source says it here: {' '.join(filled.text('place').split())}")
    url = filled.text("source-url")
    if url and canonical(url) is None:
        filled.doubt("source-url", f"`{url}` is no address of the web", "write it whole: https://, the host, the path")
        url = ""
    drafts: list[tuple[Draft, Examined]] = []
    known = _source_at(dataset, url)
    if known:
        told.append(f"the source is known: {known}")
    elif answers := {**_answers(dataset, filled, "source"), **({"url": untracked(url)} if url else {})}:
        drafts.append(_drafted(dataset, "source", {**answers, "extent": "full"}, today))
        known = drafts[0][0].id
    else:
        told.append(_NOTHING.format("a source"))
    answers = _answers(dataset, filled, "action")
    if any(answers.values()):
        cite = f"evidence: cut passages with `policytrack cite {known} --file COPY --find WORDS` and cite {known}#p1"
        note = (
            cite
            if known
            else "evidence: draft its source with `policytrack new source`, then cut passages and cite them"
        )
        drafts.append(_drafted(dataset, "action", answers, today, actor=slug(filled.text("actor")), note=note))
    else:
        told.append(_NOTHING.format("an action"))
    return drafts, told


def _drafted(  # noqa: PLR0913 - what a draft is made of
    dataset: Dataset, kind: str, answers: Mapping[str, str | list[str]], today: date, *, actor: str = "", note: str = ""
) -> tuple[Draft, Examined]:
    """Return the draft of a record under the next free id; ``actor`` stands in it where no actor is known yet."""
    fields, _ = assemble(kind, {name: answer for name, answer in answers.items() if answer})
    read = fields.get("read")
    if isinstance(read, dict):
        read["on"] = today.isoformat()
    named = {**fields, "actor": actor} if actor and "actor" not in fields else fields
    made = draft(kind, fields, free_id(dataset, kind, draft(kind, named).id), [note] if note else [])
    return made, examine(dataset, made, today)


def _source_at(dataset: Dataset, url: str) -> str:
    wanted = canonical(url) if url else None
    urls = ((name, record.model.url) for name, record in dataset.sources.items())
    return next((name for name, held in urls if wanted and held and canonical(held) == wanted), "")


def _answers(dataset: Dataset, filled: _Filled, kind: str) -> dict[str, str | list[str]]:
    """Return the answers about a record of ``kind`` that can stand; what cannot becomes a finding."""
    found: dict[str, str | list[str]] = {}
    for each in filled.form.fields:
        if each.about is None or each.about[0] != kind or not filled.text(each.id):
            continue
        question = each.about[1]
        if question == "date":
            found[question] = _dates(filled, each.id)
        elif question in {"actor", "jurisdiction"}:
            found[question] = _meant(dataset, filled, each.id, question)
        else:
            text = " ".join(filled.text(each.id).split())
            option = _OPTION.match(text) if each.vocabulary else None
            text = option[1] if option else text
            why = _refused(kind, question, text)
            if why is not None:
                filled.doubt(each.id, why.message, why.help)
            else:
                found[question] = text
    return found


def _dates(filled: _Filled, name: str) -> list[str]:
    found = []
    for number, row in enumerate(filled.text(name).split("\n")):
        event, _, day = (part.strip() for part in row.partition(":"))
        if not event:
            continue
        line = filled.answers[name].line + number
        if event == Event.ENDS:
            filled.doubt(name, "`ends` is asked for in a field of its own", "move it there", line)
            continue
        try:
            why = _refused("action", "date", f"{event}={day}")
        except AnswerError:
            filled.doubt(name, f"`{row.strip()}` is not an event and a date", "write announced: 2020-06-10", line)
            continue
        if why is not None:
            filled.doubt(name, why.message, why.help, line)
        else:
            found.append(f"{event}={day}")
    return found


def _refused(kind: str, question: str, text: str) -> Finding | None:
    """Return what a record would not accept of one answer, or None."""
    alone: dict[str, str | list[str]] = {question: [text] if question == "date" else text}
    if question == "ends":
        alone["date"] = ["announced=2020"]  # a timeline is read only where it dates something
    fields, faults = assemble(kind, alone)
    if faults:
        raise faults[0]
    made = draft(kind, fields, "a")
    document, findings = parse(made.path, made.text.encode())
    if document is not None:
        findings = [*findings, *build(document, spot(made.path))[1]]
    return next((finding for finding in findings if finding.code != MISSING_FIELD.code), None)


def _meant(dataset: Dataset, filled: _Filled, name: str, kind: str) -> str:
    """Return the id of the record that a name means; a name that none has is a finding."""
    text = " ".join(filled.text(name).split())
    table = dataset.of_kind(kind)
    names = {each: [record.model.name, *getattr(record.model, "aliases", ())] for each, record in table.items()}
    for record_id, called in names.items():
        if text == record_id or text.casefold() in {each.casefold() for each in called}:
            return record_id
    labels = {each: called[0] for each, called in names.items()}
    match = nearest(text, table, labels)
    shown = f"did you mean `{match}` ({labels[match]})?" if match else f"draft it: policytrack new {kind}"
    filled.doubt(name, f"no {kind} is called `{text}`", shown)
    return ""


def _about_record(dataset: Dataset, filled: _Filled) -> list[str]:
    """Return what a correction or a dispute is about, for whoever looks into it."""
    named = filled.text("record").rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".yaml")
    records = dataset.find(named) if is_id(named) else []
    told = []
    if not records:
        ids = [record.id for record in dataset.records]
        if filled.text("record"):
            filled.doubt("record", f"no record has the id `{named}`", advise(named, ids))
    for record in records:
        at = _path(filled.text("field"))
        told.append(f"{record.document.place(at)}: {record.subject}, {filled.text('field')}")
        told.append(f"  now: {record.document.line(record.document.place(at).line).strip()}")
    told += [
        f"  {each.label}: {' '.join(filled.text(each.id).split())}"
        for each in filled.form.fields
        if each.id not in {"record", "field"} and filled.text(each.id)
    ]
    known = _source_at(dataset, filled.text("source-url"))
    if filled.text("source-url"):
        told.append(
            f"  the source is known: {known}" if known else "  the source is not recorded: policytrack new source"
        )
    return told


def _path(name: str) -> tuple[str, ...]:
    """Return where a field stands, by the name under which evidence and people speak of it."""
    name = name.strip()
    if name in set(Event):
        return ("timeline", name)
    return ("provisions", name) if re.fullmatch("p[0-9]+", name) else tuple(name.split("."))
