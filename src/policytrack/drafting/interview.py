"""Asking for a record at a terminal: each question with what it means, what may answer it, and the nearest answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from policytrack.codes import Code, Conduct, Effect, Event, Subject
from policytrack.dataset import Dataset
from policytrack.drafting.questions import QUESTIONS, Form, Question, described
from policytrack.spelling import nearest

# Gives the answer to a prompt; an empty one passes the question by.
Ask: TypeAlias = Callable[[str], str]
Tell: TypeAlias = Callable[[str], None]
Answers: TypeAlias = dict[str, str | list[str]]

_SHOWN = 30
# What a newcomer is asked of a provision, by the name of its key; the rest can be written into the draft.
_GOVERNED = "by"


@dataclass
class Interview:
    """One conversation about one record."""

    dataset: Dataset
    ask: Ask
    tell: Tell
    answers: Answers = field(default_factory=dict)

    def about(self, kind: str, given: Mapping[str, str | list[str]]) -> Answers:
        """Ask for what ``given`` leaves open of a record of ``kind``, and return all answers."""
        self.answers = {name: value for name, value in given.items() if value}
        for question in QUESTIONS[kind]:
            if question.name in self.answers:
                continue
            self.tell("")
            needed = "needed" if question.required else "enter passes it by"
            self.tell(f"{question.name}: {described(kind, question.at)} ({needed})")
            answer = self.answer(question)
            if answer:
                self.answers[question.name] = answer
        return self.answers

    def answer(self, question: Question) -> str | list[str]:
        """Return the answer to one question, a list where it takes several."""
        if question.form is Form.DATES:
            return self.dates(question)
        if question.at == ("provisions",):
            return self.provisions()
        if question.form in {Form.MAPPINGS, Form.MAPPING}:
            self.tell("  as in a record, without the braces; it can be written into the draft as well")
        if not question.several:
            return self.one(question, question.required)
        found: list[str] = []
        while answer := self.one(question, question.required and not found):
            found.append(answer)
        return found

    def one(self, question: Question, required: bool) -> str:  # noqa: FBT001 - the question's own word
        """Return one answer that can stand, or an empty one where none is needed."""
        if question.vocabulary is not None:
            return self.code(question.name, question.vocabulary, required)
        while True:
            answer = self.ask(question.name).strip()
            meant = self.known(question.kinds[0], answer) if answer and question.kinds else answer
            if meant or not (answer or required):
                return meant

    def code(self, prompt: str, vocabulary: type[Code], required: bool) -> str:  # noqa: FBT001
        """Return a code of a vocabulary; a label or a misspelling finds its code, and is confirmed."""
        for code in vocabulary:
            self.tell(f"  {code.value:<24} {code.definition}")
        labels = {code.value: code.label for code in vocabulary}
        while True:
            answer = self.ask(prompt).strip()
            if (not answer and not required) or answer in labels:
                return answer
            match = nearest(answer, labels, labels) if answer else None
            if match and self.agrees(f"did you mean {match}?"):
                return match
            if answer and not match:
                self.tell(f"  `{answer}` is none of these")

    def known(self, kind: str, answer: str) -> str:
        """Return the id of a record that is meant; an id that nothing has yet may stand after a second look."""
        table = self.dataset.of_kind(kind)
        labels = {name: str(getattr(each.model, "name", "")) for name, each in table.items()}
        if answer in table:
            return answer
        match = nearest(answer, table, labels)
        if match and self.agrees(f"did you mean {match} ({labels[match]})?"):
            return match
        if len(table) <= _SHOWN:
            self.tell("  known: " + ", ".join(sorted(table)))
        return answer if self.agrees(f"no {kind} has the id `{answer}` yet; will you write that record next?") else ""

    def agrees(self, question: str) -> bool:
        """Whether the answer to a yes-or-no question is yes."""
        return self.ask(f"  {question} [y/n]").strip().casefold() in {"y", "yes"}

    def dates(self, question: Question) -> list[str]:
        """Return EVENT=DATE for each event that is told, the first one required."""
        names = {event.value: event.label for event in Event if event is not Event.ENDS}
        for name in names:
            self.tell(f"  {name:<14} {Event(name).definition}")
        self.tell("  a date is as exact as the source: 2021, 2021-03, 2021-03-02, ..2021-03-02 (on or before)")
        found: list[str] = []
        while True:
            event = self.ask("event").strip()
            if not event and (found or not question.required):
                return found
            match = event if event in names else nearest(event, names, names) if event else None
            if match and (match == event or self.agrees(f"did you mean {match}?")):
                day = self.ask(f"date of {match}").strip()
                found += [f"{match}={day}"] if day else []

    def provisions(self) -> list[str]:
        """Return provisions as the inside of a mapping: effect, conduct, whose conduct, which technology."""
        self.tell("  one effect at a time; enter at `effect` ends the list")
        found: list[str] = []
        while effect := self.code("effect", Effect, required=False):
            conduct = self.code("conduct", Conduct, required=True)
            self.tell("  whose conduct is it? a class or the id of an actor; enter for the actor's own")
            for subject in Subject:
                self.tell(f"  {subject.value:<24} {subject.label}")
            governed = self.ask(_GOVERNED).strip()
            technology = self.ask("technology (an id; enter for face recognition at large)").strip()
            parts = [f"{effect}: {conduct}"]
            parts += [f"{_GOVERNED}: [{governed}]"] if governed else []
            parts += [f"technology: {technology}"] if technology else []
            found.append(", ".join(parts))
        return found
