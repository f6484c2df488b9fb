"""One action as a reader sees it: what it says, on what grounds, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from policytrack.codes import DateBasis, Effect, Event, ForceBasis, ForceState, Reading, Relation, Stage
from policytrack.dates import PartialDate
from policytrack.evidence import Field, fields, supported
from policytrack.evidence.support import contradicted
from policytrack.force import Answer
from policytrack.models import Action, Evidence, Passage, Provision, Source
from policytrack.parsing import Record
from policytrack.site.book import Book
from policytrack.site.words import dated, ended, listed

_WHAT: Final = {"what": "What, and who", "jurisdictions": "Where", "identifiers": "Identifiers"}


@dataclass(frozen=True, slots=True)
class Name:
    """Something that is named: how it is called, and the path of its page, "" where it has none."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source: which source, where in it, how it says the thing, and whose words it passes on."""

    id: str
    passage: str
    source: Source | None
    locator: str
    reading: Reading
    relays: str
    origin: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the record says, and the places that say so, or otherwise."""

    target: str
    what: str
    says: str
    citations: tuple[Citation, ...]
    against: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision in words, with what holds of it on the day of the site."""

    key: str
    effect: Effect
    provision: Provision
    by: tuple[Name, ...]
    to: tuple[Name, ...]
    technology: tuple[Name, ...]
    carved: tuple[Name, ...]
    answer: Answer

    @property
    def state(self) -> ForceState:
        """Whether it stands."""
        return self.answer.state

    @property
    def basis(self) -> ForceBasis:
        """Why."""
        return self.answer.basis


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between actions, seen from this one."""

    label: str
    action: Name
    outward: bool
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
        return Rule(
            key,
            provision.effect,
            provision,
            tuple(Name(*self.book.governs(name)) for name in governed),
            tuple(Name(*self.book.governs(name)) for name in provision.to),
            tuple(self.named("technology", name) for name in provision.technology),
            tuple(self._provision(str(target)) for target in provision.except_to),
            self.book.fold.provision(self.id, key, self.book.on),
        )

    def _provision(self, target: str) -> Name:
        action, _, key = target.rpartition("#")
        if not action or action == self.id:
            return Name(f"provision {key.removeprefix('p')}", f"{self.book.path('action', self.id)}#{key}")
        title = self.book.title("action", action)
        return Name(f"provision {key.removeprefix('p')} of {title}", f"{self.book.path('action', action)}#{key}")

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """The links from here and to here."""
        out = [
            Tie(link.relation.label, self.named("action", link.target), outward=True, chain=link.relation.chain)
            for link in self.action.links
        ]
        back = [
            Tie(
                chained.link.relation.inverse,
                self.named("action", chained.action),
                outward=False,
                chain=chained.link.relation.chain,
            )
            for chained in self.book.dataset.incoming.get(self.id, ())
        ]
        return (*out, *back)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the record says, claim by claim, with the places that carry each."""
        carried, denied = supported(self.action), contradicted(self.action)
        return tuple(self._claims(carried, denied))

    def _claims(
        self, carried: Mapping[str, tuple[Evidence, ...]], denied: Mapping[str, tuple[Evidence, ...]]
    ) -> Iterator[Claim]:
        for field in fields(self.action):
            yield Claim(
                field.target,
                self._what(field),
                self._says(field),
                tuple(map(self._cited, carried.get(field.target, ()))),
                tuple(map(self._cited, denied.get(field.target, ()))),
            )

    def _what(self, field: Field) -> str:
        """Return what a field is, in a word or two."""
        target = field.target.partition(":")[0]
        if target in self.action.provisions:
            return f"Provision {target.removeprefix('p')}"
        if target in set(Event):
            return Event(target).label
        if target in set(Relation):
            return f"Link: {Relation(target).label.lower()}"
        return _WHAT.get(target, target)

    def _says(self, field: Field) -> str:  # noqa: PLR0911 - one for each kind of field
        """Return what the record says there."""
        action, target = self.action, field.target
        if target in action.provisions:
            return provision_words(self.rule(target))
        if target == Event.ENDS:
            return ended(action.timeline.ends)
        if target in set(Event):
            when = action.timeline.dates[Event(target)]
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

    def _cited(self, item: Evidence) -> Citation:
        source = self.book.source(item.at.source)
        passage: Passage | None = source.passages.get(item.at.passage) if source and item.at.passage else None
        return Citation(
            item.at.source,
            item.at.passage or "",
            source,
            passage.locator if passage else "",
            item.reading,
            item.relays or "",
            self.book.origin(item.at.source),
        )


def provision_words(rule: Rule) -> str:
    """Return a provision as one sentence without its end: `Prohibits law enforcement: use`."""
    parts = [f"{rule.effect.label} {listed([code.label.lower() for code in rule.provision.conduct])}"]
    for word, names in (
        ("by", [name.text for name in rule.by]),
        ("to or for", [name.text for name in rule.to]),
        ("of", [name.text for name in rule.technology]),
        ("for", [code.label.lower() for code in rule.provision.purposes]),
        ("under", [code.label.lower() for code in rule.provision.conditions]),
        ("as exception from", [name.text for name in rule.carved]),
    ):
        if names:
            parts.append(f"{word} {listed(names)}")
    amounts = [str(amount) for amount in rule.provision.amount]
    return " ".join([*parts, f"({listed(amounts)})"] if amounts else parts)
