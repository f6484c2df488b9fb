"""Questions to the fold: what was in force on a day, for whom, where, and with which exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from policytrack.codes import Conduct, ForceState, Subject
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, SOMETIME, Bounds
from policytrack.findings import AdvisedError
from policytrack.force.fold import Answer, Fold
from policytrack.models import Action, Provision
from policytrack.spelling import advise


class UnknownNameError(AdvisedError):
    """A question names what the data set does not hold; ``advice`` names the nearest thing it does."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the day, by when it was known (None: with all that is known), and what it is narrowed to.

    ``jurisdiction`` takes in what applies there from above; ``within`` is what lies below a place. ``subject`` is a
    class whose conduct is governed. ``all_states`` keeps what is not in force.
    """

    on: date
    as_known: date | None = None
    measure: str | None = None
    actor: str | None = None
    jurisdiction: str | None = None
    within: str | None = None
    subject: str | None = None
    all_states: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One provision of one measure, with its answer, how it came to be listed, and what is excepted from it.

    ``reach`` is "here", "above" or "below" the place asked for, else empty. ``group`` is norm, practice or payment.
    """

    measure: str
    answer: Answer
    title: str
    group: str
    effect: str
    conduct: tuple[str, ...]
    by: tuple[str, ...]
    reach: str = ""
    exceptions: tuple[Answer, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the published JSON shape: ids, codes, and dates in EDTF or null where open."""
        answer = self.answer
        return {
            "measure": self.measure,
            "action": answer.action,
            "provision": answer.provision,
            "state": answer.state.value,
            "basis": answer.basis.value,
            "since": written(answer.since),
            "until": written(answer.until),
            "vouched_until": written(_vouched(answer)),
            "title": self.title,
            "group": self.group,
            "effect": self.effect,
            "conduct": list(self.conduct),
            "by": list(self.by),
            "reach": self.reach or None,
            "operators": list(answer.operators),
            "annulled_by": list(answer.annulled_by),
            "exceptions": [
                {"action": other.action, "provision": other.provision, "state": other.state.value}
                for other in self.exceptions
            ],
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the row for a frame: as `as_json`, but each day as a date or None where open or not known.

        A first or last day that is not exact lies between its ``_earliest`` and its ``_latest``.
        """
        since, until = self.answer.since or SOMETIME, self.answer.until or SOMETIME
        days = {
            "since": {"since_earliest": since.earliest, "since_latest": since.latest},
            "until": {"until_earliest": until.earliest, "until_latest": until.latest},
            "vouched_until": {"vouched_until": Bounds(self.answer.vouched, self.answer.vouched).earliest},
        }
        found: dict[str, Any] = {}
        for name, value in self.as_json().items():
            found |= days.get(name, {name: value})
        return found


def _vouched(answer: Answer) -> Bounds | None:
    return Bounds(answer.vouched, answer.vouched) if answer.vouched > OPEN_PAST else None


def written(bounds: Bounds | None) -> str | None:
    """Return bounds in EDTF: a day, or one of a set in brackets; None when nothing is known."""
    if bounds is None or (bounds.lo <= OPEN_PAST and bounds.hi >= OPEN_FUTURE):
        return None
    if bounds.exact:
        return str(bounds.earliest)
    return f"[{bounds.earliest or ''}..{bounds.latest or ''}]"


def ask(dataset: Dataset, question: Question) -> list[Row]:
    """Answer a question, sorted by measure, action and provision; raise `UnknownNameError` for names nobody has."""
    _recognise(dataset, question)
    fold = Fold.of(dataset, question.as_known)
    rows = [
        row
        for measure, action_id in _members(dataset, question)
        for row in _rows(dataset, fold, question, measure, action_id)
    ]
    return sorted(rows, key=lambda row: (row.measure, row.answer.action, _number(row.answer.provision)))


def _number(key: str) -> int:
    return int(key[1:])


def _members(dataset: Dataset, question: Question) -> Iterator[tuple[str, str]]:
    wanted = dataset.measures_of.get(question.measure, (question.measure,)) if question.measure else ()
    for action_id in dataset.actions:
        for measure in dataset.measures_of.get(action_id, (action_id,)):
            if not wanted or measure in wanted:
                yield measure, action_id


def _rows(dataset: Dataset, fold: Fold, question: Question, measure: str, action_id: str) -> Iterator[Row]:
    action = dataset.actions[action_id].model
    reach = _reach(dataset, question, action)
    if reach is None:
        return
    for key, provision in action.provisions.items():
        governed = dataset.governed(action, key)
        if not _concerns(dataset, question, action, governed):
            continue
        answer = fold.provision(action_id, key, question.on)
        if question.all_states or answer.state not in {ForceState.NOT_IN_FORCE, ForceState.NO_EVIDENCE}:
            yield Row(
                measure=measure,
                answer=answer,
                title=action.title,
                group=_group(provision),
                effect=provision.effect.value,
                conduct=tuple(conduct.value for conduct in provision.conduct),
                by=governed,
                reach=reach,
                exceptions=tuple(exceptions(dataset, fold, action_id, key, question.on)),
            )


def exceptions(dataset: Dataset, fold: Fold, action_id: str, key: str, on: date) -> Iterator[Answer]:
    """Yield the answers of the provisions that carve out of one, those that do not stand left out."""
    target = f"{action_id}#{key}"
    for other_id in sorted(dataset.reaching(action_id), key=lambda name: (name != action_id, name)):
        for other_key, other in dataset.actions[other_id].model.provisions.items():
            if target in other.except_to or (other_id == action_id and key in other.except_to):
                answer = fold.provision(other_id, other_key, on)
                if answer.standing is not False:
                    yield answer


def _group(provision: Provision) -> str:
    """Return whether a provision is a norm, a practice or a payment: they are told apart."""
    if not provision.effect.norm:
        return "practice"
    return "payment" if Conduct.PAY in provision.conduct else "norm"


def _reach(dataset: Dataset, question: Question, action: Action) -> str | None:
    """Return how an action reaches the place asked for; None when it does not."""
    if question.jurisdiction is not None:
        above = dataset.above(question.jurisdiction)
        if {question.jurisdiction, *above} & set(action.excluded):
            return None
        if question.jurisdiction in action.jurisdictions:
            return "here"
        return "above" if set(above) & set(action.jurisdictions) else None
    if question.within is not None:
        below = set(dataset.below(question.within))
        return "below" if below & set(action.jurisdictions) else None
    return ""


def _concerns(dataset: Dataset, question: Question, action: Action, governed: tuple[str, ...]) -> bool:
    issuers = dataset.issuers(action)
    if question.actor is not None and question.actor not in {*issuers, *governed}:
        return False
    return question.subject is None or any(governs(dataset, name, Subject(question.subject)) for name in governed)


def governs(dataset: Dataset, name: str, subject: Subject) -> bool:
    """Whether ``name`` takes in the class: as the class itself, a wider one, or an actor that belongs to it."""
    actor = dataset.actors.get(name)
    if actor is not None:
        return actor.model.type.subject == subject
    return name in {subject.value, Subject.ANY.value, *subject.broader}


def _recognise(dataset: Dataset, question: Question) -> None:
    """Raise for a name that nothing in the data set has."""
    places = {name: record.model.name for name, record in dataset.jurisdictions.items()}
    actors = {name: record.model.name for name, record in dataset.actors.items()}
    titles = {name: record.model.title for name, record in dataset.actions.items()}
    subjects = {code.value: code.label for code in Subject}
    for what, name, known in (
        ("measure", question.measure, titles),
        ("actor", question.actor, actors),
        ("jurisdiction", question.jurisdiction, places),
        ("jurisdiction", question.within, places),
        ("subject", question.subject, subjects),
    ):
        if name is not None and name not in known:
            raise UnknownNameError(f"`{name}` is no {what} here", advise(name, known, known))
