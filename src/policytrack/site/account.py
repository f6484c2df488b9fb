"""One action as a reader sees it: what it says, where and when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from policytrack.codes import Code, DateBasis, Effect, EndKind, Event, ForceBasis, ForceState, Relation, Stage
from policytrack.dates import PartialDate
from policytrack.evidence import Field
from policytrack.force import Answer
from policytrack.models import Action, Provision
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.words import bounded, conducts, dated, ended, listed, summed

_WHAT: Final = {"what": "Who and what", "jurisdictions": "Where", "identifiers": "Identifiers"}
_EVENTS: Final = {str(event): event for event in Event}
_RELATIONS: Final = {str(relation): relation for relation in Relation}


@dataclass(frozen=True, slots=True)
class Name:
    """Something that is named: how it is called, and the path of its page, "" where it has none."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision in words, with what holds of it on the day of the site."""

    key: str
    effect: Effect
    provision: Provision
    conduct: str
    by: tuple[Name, ...]
    to: tuple[Name, ...]
    technology: tuple[Name, ...]
    purposes: str
    conditions: str
    amounts: str
    carved: tuple[Name, ...]
    carved_by: tuple[Name, ...]
    answer: Answer
    operators: tuple[Name, ...]
    annulled_by: tuple[Name, ...]

    @property
    def state(self) -> ForceState:
        """Whether it stands."""
        return self.answer.state

    @property
    def basis(self) -> ForceBasis:
        """Why."""
        return self.answer.basis

    @property
    def since(self) -> str:
        """The first day, "" where nothing is known of it."""
        return bounded(self.answer.since)

    @property
    def until(self) -> str:
        """The last day, "" where nothing is known of it."""
        return bounded(self.answer.until)


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between actions, seen from this one."""

    label: str
    action: Name
    when: str
    first: int
    chain: bool


@dataclass(frozen=True)
class Account:
    """One action of ``book``, ready to be told."""

    book: Book
    record: Record[Action]

    @property
    def id(self) -> str:
        """The id."""
        return self.record.id

    @property
    def action(self) -> Action:
        """The model."""
        return self.record.model

    @cached_property
    def grounds(self) -> Mapping[ForceBasis, None]:
        """The reasons of the answers about its provisions, each once."""
        return dict.fromkeys(rule.basis for rule in self.rules)

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return self.book.stage(self.id)

    def named(self, kind: str, record_id: str) -> Name:
        """Return how a record is called and where its page is."""
        known = record_id in self.book.dataset.of_kind(kind)
        return Name(self.book.title(kind, record_id), self.book.path(kind, record_id) if known else "")

    @cached_property
    def actors(self) -> tuple[Name, ...]:
        """Who acts."""
        return tuple(self.named("actor", name) for name in self.book.dataset.issuers(self.action))

    @cached_property
    def places(self) -> tuple[Name, ...]:
        """Where it applies."""
        return tuple(self.named("jurisdiction", name) for name in self.action.jurisdictions)

    @cached_property
    def excluded(self) -> tuple[Name, ...]:
        """Where it does not apply."""
        return tuple(self.named("jurisdiction", name) for name in self.action.excluded)

    @cached_property
    def distinct(self) -> tuple[Name, ...]:
        """What looks alike and is not this one."""
        return tuple(self.named("action", name) for name in self.action.distinct_from)

    @cached_property
    def bases(self) -> tuple[DateBasis, ...]:
        """What the dates rest on, where no source states them."""
        found = dict.fromkeys(when.basis for _, when in self.dates)
        return tuple(basis for basis in found if basis is not DateBasis.STATED)

    @cached_property
    def last_day(self) -> str:
        """The days on which it ends as far as can be told, "" where that says no more than its own words."""
        end = self.action.timeline.ends
        if end is None or end.kind is EndKind.DATE or self.stage is not Stage.IN_BEING:
            return ""
        return bounded(self.book.fold.planned(self.id))

    @cached_property
    def dates(self) -> tuple[tuple[Event, PartialDate], ...]:
        """The dated events, the earliest first."""
        dates = self.action.timeline.dates.items()
        return tuple(sorted(dates, key=lambda item: (item[1].bounds.hi, item[1].bounds.lo)))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The provisions."""
        return tuple(self._rule(key, provision) for key, provision in self.action.provisions.items())

    def _rule(self, key: str, provision: Provision) -> Rule:
        governed = self.book.dataset.governed(self.action, key)
        answer = self.book.answers[self.id][key]
        return Rule(
            key,
            provision.effect,
            provision,
            conducts(provision.conduct),
            tuple(map(self._subject, governed)),
            tuple(map(self._subject, provision.to)),
            tuple(self.named("technology", name) for name in provision.technology),
            _phrase(provision.purposes),
            _phrase(provision.conditions),
            listed([summed(amount) for amount in provision.amount]),
            tuple(self._provision(str(target)) for target in provision.except_to),
            tuple(self._provision(target) for target in self.book.carved_by.get(f"{self.id}#{key}", ())),
            answer,
            tuple(self.named("action", name) for name in answer.operators),
            tuple(self.named("action", name) for name in answer.annulled_by),
        )

    def _subject(self, name: str) -> Name:
        return Name(*self.book.governs(name))

    def _provision(self, target: str) -> Name:
        action, _, key = target.rpartition("#")
        if not action or action == self.id:
            return Name(f"provision {key.removeprefix('p')}", f"{self.book.path('action', self.id)}#{key}")
        title = self.book.title("action", action)
        return Name(f"provision {key.removeprefix('p')} of {title}", f"{self.book.path('action', action)}#{key}")

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The links from here and to here, the earliest act first."""
        out = [
            Tie(
                link.relation.label,
                self.named("action", link.target),
                self.book.opening(link.target),
                self.book.first(link.target),
                chain=link.relation.chain,
            )
            for link in self.action.links
        ]
        back = [
            Tie(
                chained.link.relation.inverse.capitalize(),
                self.named("action", chained.action),
                self.book.opening(chained.action),
                self.book.first(chained.action),
                chain=chained.link.relation.chain,
            )
            for chained in self.book.dataset.incoming.get(self.id, ())
        ]
        return tuple(sorted((*out, *back), key=lambda tie: (tie.first, tie.action.text)))

    def what(self, field: Field) -> str:
        """Return what a field is, in a word or two."""
        target = field.target.partition(":")[0]
        if target in self.action.provisions:
            return f"Provision {target.removeprefix('p')}"
        if target in _EVENTS:
            return _EVENTS[target].label
        if target in _RELATIONS:
            return f"Link: {_RELATIONS[target].label.lower()}"
        return _WHAT.get(target, target)

    def says(self, field: Field) -> str:  # noqa: PLR0911 - one for each kind of field
        """Return what the record says there."""
        action, target = self.action, field.target
        if target in action.provisions:
            return provision_words(self.rule(target))
        if target == Event.ENDS:
            return ended(action.timeline.ends)
        if target in _EVENTS:
            when = action.timeline.dates[_EVENTS[target]]
            return dated(when) + ("" if when.basis is DateBasis.STATED else f" ({when.basis.label.lower()})")
        if field.path[0] == "links":
            return self.book.title("action", action.links[int(field.path[1])].target)
        if target == "identifiers":
            return listed([f"{each.scheme.label} {each.value}" for each in action.identifiers])
        if target == "jurisdictions":
            return listed([name.text for name in self.places]) or "excluded places"
        who = listed([name.text for name in self.actors])
        return f"{action.kind.label}, {action.instrument.label.lower()}, by {who}"

    def rule(self, key: str) -> Rule:
        """Return a provision by its key."""
        return next(rule for rule in self.rules if rule.key == key)


def provision_words(rule: Rule) -> str:
    """Return a provision as one sentence without its end: `Prohibits law enforcement: use`."""
    parts = [f"{rule.effect.label} {rule.conduct}"]
    for word, names in (
        ("by", listed([name.text for name in rule.by])),
        ("to or for", listed([name.text for name in rule.to])),
        ("of", listed([name.text for name in rule.technology])),
        ("for", rule.purposes),
        ("under", rule.conditions),
        ("as exception from", listed([name.text for name in rule.carved])),
    ):
        if names:
            parts.append(f"{word} {names}")
    return " ".join([*parts, f"({rule.amounts})"] if rule.amounts else parts)


def _phrase(codes: Iterable[Code]) -> str:
    return listed([code.label.lower() for code in codes])
