"""On what grounds an action is told: its claims, the places in the sources that carry them, and their origins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from policytrack.codes import CopyKind, Extent, Reading, Reliability
from policytrack.evidence import Origin, supported
from policytrack.evidence.independence import is_pile, is_primary, lineage
from policytrack.evidence.support import Targets, contradicted
from policytrack.models import Evidence, Source
from policytrack.site.account import Account, Name
from policytrack.site.words import counted, dated, listed

_UNFAITHFUL: Final = frozenset({CopyKind.REWRITTEN, CopyKind.COMPILED})


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source, how it says what it says, and what that carries."""

    passage: str
    locator: str
    reading: Reading
    relays: Name | None
    carries: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that is cited: its number on the page, and the places in it."""

    number: int
    id: str
    title: str
    by: str
    source: Source | None
    places: tuple[Place, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An origin with all that was cited of it: what it is in a word, and why."""

    label: str
    why: str
    root: Name | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the record says, and the numbers of the sources that state it, imply it, or say otherwise."""

    anchor: str
    what: str
    says: str
    stated: tuple[int, ...]
    inferred: tuple[int, ...]
    against: tuple[int, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """What sources disagree about, and which reading was chosen."""

    what: str
    values: tuple[str, ...]
    chosen: str
    reason: str


@dataclass(frozen=True)
class Grounds:
    """The grounds of one account."""

    account: Account

    @cached_property
    def _origins(self) -> tuple[Origin, ...]:
        return self.account.book.origins[self.account.id]

    @cached_property
    def _targets(self) -> Targets:
        return Targets(self.account.action)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The sources in the order in which the page lists them: by origin, the strongest first, then the rest."""
        by_origin = [name for origin in self._origins for name in origin.sources]
        rest = [item.at.source for item in self.account.action.evidence]
        return {name: number for number, name in enumerate(dict.fromkeys([*by_origin, *rest]), 1)}

    @cached_property
    def _words(self) -> dict[str, str]:
        return {field.target: self.account.what(field) for field in self._targets.fields}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the record says, claim by claim."""
        action = self.account.action
        carried, denied = supported(action, self._targets), contradicted(action, self._targets)
        return tuple(
            Claim(
                field.target.replace(":", "-"),
                self._words[field.target],
                self.account.says(field),
                self._by_number(carried[field.target], Reading.STATED),
                self._by_number(carried[field.target], Reading.INFERRED),
                self._by_number(denied[field.target], Reading.CONTRADICTS),
                self._independent(carried[field.target]),
            )
            for field in self._targets.fields
        )

    def _by_number(self, items: tuple[Evidence, ...], reading: Reading) -> tuple[int, ...]:
        return tuple(sorted({self._numbers[item.at.source] for item in items if item.reading is reading}))

    def _independent(self, items: tuple[Evidence, ...]) -> int:
        """Return how many independent origins carry a claim; those of which nobody knows the writer are one."""
        book = self.account.book
        roots = {book.origin(item.at.source) for item in items if item.relays is None}
        solid = [origin for origin in self._origins if origin.solid and origin.root in roots]
        return sum(not origin.unstated for origin in solid) + any(origin.unstated for origin in solid)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The origins, then what counts as none; each source stands in the first origin that it leads to."""
        return tuple(group for group in self._groups() if group.cited or group.root)

    def _groups(self) -> Iterator[Group]:
        told: set[str] = set()
        for origin in self._origins:
            here = [name for name in origin.sources if name not in told]
            told.update(here)
            label, why = _nature(origin)
            unseen = origin.root not in origin.sources
            root = self.account.named("source", origin.root) if unseen else None
            yield Group(label, why, root, tuple(map(self._cited, here)))
        for name in self._numbers:
            if name not in told:
                label, why = self._apart(name)
                yield Group(label, why, None, (self._cited(name),))

    def _apart(self, name: str) -> tuple[str, str]:
        """Return why a source is no origin."""
        if is_pile(self.account.book.dataset, name):
            return "Not counted", "Compiled from works that nobody here knows."
        readings = {item.reading for item in self.account.action.evidence if item.at.source == name}
        if readings == {Reading.CONTRADICTS}:
            return "Against", "Cited only because it says otherwise."
        return "Not counted", "Speaks of how this action stands to others, not of the action itself."

    def _cited(self, name: str) -> Cited:
        source = self.account.book.source(name)
        items = [item for item in self.account.action.evidence if item.at.source == name]
        return Cited(
            self._numbers[name],
            name,
            source.title if source else name,
            bibliographic(source) if source else "",
            source,
            tuple(self._place(source, item) for item in items),
            tuple(self._notes(name)),
        )

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield every source that is cited with the place in it, in the order of the record."""
        for item in self.account.action.evidence:
            yield item.at.source, self._place(self.account.book.source(item.at.source), item)

    def _place(self, source: Source | None, item: Evidence) -> Place:
        passage = source.passages.get(item.at.passage) if source else None
        carried = self._targets.carried_by(item.supports)
        return Place(
            item.at.passage,
            passage.locator if passage else "the whole document",
            item.reading,
            self.account.named("source", item.relays) if item.relays else None,
            "everything"
            if len(carried) == len(self._words) > 1
            else ", ".join(_lower(self._words[n]) for n in carried),
        )

    def _notes(self, name: str) -> Iterator[str]:
        """Yield what makes a source a copy, or weak, on its way from the origin."""
        book = self.account.book
        for step in lineage(book.dataset, name):
            source = book.source(step)
            if source is None:
                continue
            if source.reliability is Reliability.LOW:
                yield f"Low reliability: {source.reliability_reason or 'no reason given'}"
            copy = source.copy_of
            if copy is not None:
                # The page names the root beside the origin; only what lies between is named here.
                original = "" if copy.source else " of unknown works"
                if copy.source and copy.source != book.origin(name):
                    original = f" of {book.title('source', copy.source)}"
                weak = f" {copy.kind.definition}" if copy.kind in _UNFAITHFUL else ""
                yield f"{copy.kind.label} copy{original}: {copy.basis}{'' if copy.basis.endswith('.') else '.'}{weak}"
            if source.read.extent is Extent.OPENING:
                yield source.read.extent.definition

    @cached_property
    def tally(self) -> str:
        """What the grade rests on, in words."""
        number = self.account.book.corroboration(self.account.id)
        weak = sum(origin.weak for origin in self._origins)
        primary = sum(origin.primary and origin.solid for origin in self._origins)
        unread = sum(origin.primary and not origin.read for origin in self._origins)
        sources = sum(len(group.cited) for group in self.groups)
        parts = [counted(number, "independent origin") + (f" ({primary} primary)" if primary else "")]
        parts += [counted(weak, "weak one")] if weak else []
        parts += [counted(unread, "primary document") + " that nobody here has read"] if unread else []
        return f"{counted(sources, 'source')} cited, from {listed(parts)}"

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """What sources disagree about."""
        return tuple(
            Dispute(self._words.get(each.field, each.field), each.values, each.chosen, each.reason)
            for each in self.account.action.conflicts
        )


def _nature(origin: Origin) -> tuple[str, str]:
    """Return what an origin is, and what that means."""
    if origin.primary and not origin.read:
        return "Primary, not held", "From those who acted, known only through what others report of it."
    if origin.weak:
        return "Weak origin", "No reliable text of it was read, so that it does not count."
    if origin.primary:
        return "Primary document", "From those who acted."
    if origin.unstated:
        return "Unsigned report", "Does not say who wrote it; all such reports together count as one origin."
    return "Independent report", ""


def bibliographic(source: Source) -> str:
    """Return publisher, container and day of a source, and what it is."""
    names = [name for name in dict.fromkeys((source.publisher, source.container)) if name]
    when = dated(source.published or source.updated)
    kind = source.type.label.lower() + (", primary" if is_primary(source) else "")
    return " · ".join(part for part in (", ".join(names), when, kind) if part)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
