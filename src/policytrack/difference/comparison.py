"""Two sides to what changed, record by record, each change once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from policytrack.codes import RedirectKind
from policytrack.difference.content import Content, Side
from policytrack.layout import COVERAGE, KINDS, REDIRECTS

# Lists whose order says something; elsewhere it does not.
_ORDERED: Final = frozenset({"authors"})
# Mappings whose keys people give: an entry comes and goes as a whole.
_ENTRIES: Final = frozenset({"provisions", "passages"})
_KINDS: Final = {kind: number for number, kind in enumerate((*KINDS, "redirect", "search", "lead", "file"))}
# Entries of these kinds stand in one file each: where that cannot be read, nothing can be said of any of them.
_FILES: Final = {"redirect": REDIRECTS, "search": COVERAGE, "lead": COVERAGE}


class State(StrEnum):
    """What became of a record."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: its values before and after, none where it was not there.

    ``several`` marks lists, of which only the items that differ are named.
    """

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    several: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the published JSON shape of a change."""
        return {"field": self.field, "before": list(self.before), "after": list(self.after)}


@dataclass(frozen=True, slots=True)
class Altered:
    """One record that differs. ``other`` is the id that a retired one leads to, or came from; ``reason`` says why."""

    kind: str
    id: str
    state: State
    title: str = ""
    changes: tuple[Change, ...] = ()
    other: str = ""
    reason: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """Sort key: by kind as the folders come, then by id."""
        return _KINDS.get(self.kind, len(_KINDS)), self.id, self.state.value

    def as_json(self) -> dict[str, Any]:
        """Return the published JSON shape of a record that differs."""
        return {
            "kind": self.kind,
            "id": self.id,
            "state": self.state.value,
            "title": self.title,
            "other": self.other,
            "reason": self.reason,
            "changes": [change.as_json() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two sides; ``notes`` say what could not be compared."""

    before: str
    after: str
    records: tuple[Altered, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the published JSON shape of a difference."""
        return {
            "before": self.before,
            "after": self.after,
            "notes": list(self.notes),
            "records": [record.as_json() for record in self.records],
        }


def compare(before: Side, after: Side) -> Difference:
    """Return what changed from ``before`` to ``after``."""
    found = sorted(_altered(before, after), key=lambda each: each.order)
    unread = sorted(before.broken & after.broken)
    notes = [f"{subject} can be read on neither side" for subject in unread]
    return Difference(
        before.label, after.label, tuple(found), tuple(dict.fromkeys((*before.notes, *after.notes, *notes)))
    )


def _altered(before: Side, after: Side) -> Iterator[Altered]:
    broken = before.broken | after.broken
    for subject in sorted(broken - (before.broken & after.broken)):
        kind, _, name = subject.partition("/")
        side = before.label if subject in before.broken else after.label
        yield Altered(kind, name, State.UNREADABLE, reason=f"cannot be read in {side}")
    told = set(broken)
    for redirect in _moves(before, after):
        told |= {redirect.old, redirect.new} if redirect.renamed else {redirect.old}
        yield redirect.altered(before, after)
    retired = {each.old for each in _moves(before, after)}
    unread = {kind for kind, path in _FILES.items() if f"file/{path}" in broken}
    for subject in before.records.keys() | after.records.keys():
        if subject not in told and subject.partition("/")[0] not in unread:
            yield from _record(subject, before.records.get(subject), after.records.get(subject))
    for subject in before.redirects.keys() | after.redirects.keys():
        if subject not in retired and "redirect" not in unread:
            former, later = before.redirects.get(subject), after.redirects.get(subject)
            yield from _record(f"redirect/{subject}", former, later)


def _record(subject: str, before: Content | None, after: Content | None) -> Iterator[Altered]:
    """Yield what became of one record, nothing where it stayed."""
    kind, _, name = subject.partition("/")
    if before is None or after is None:
        state = State.ADDED if before is None else State.REMOVED
        yield Altered(kind, name, state, _title(after or before or {}))
    elif before != after:
        changes = tuple(_changes(before, after, ""))
        if changes:
            # The name of an entry says what it is about already.
            yield Altered(kind, name, State.CHANGED, "" if kind in {"search", "lead"} else _title(after), changes)


@dataclass(frozen=True, slots=True)
class _Move:
    """A record that is on one side alone, and the redirect on the other side that tells why."""

    old: str
    new: str
    redirect: Content
    backwards: bool
    renamed: bool

    def altered(self, before: Side, after: Side) -> Altered:
        """Return what became of the record."""
        kind, _, old = self.old.partition("/")
        new = self.new.partition("/")[2]
        reason = f"{self.redirect.get('kind', '')}: {self.redirect.get('reason', '')}"
        if not self.renamed:
            state = State.ADDED if self.backwards else State.REMOVED
            content = (after if self.backwards else before).records[self.old]
            return Altered(kind, old, state, _title(content), other=new, reason=reason)
        first, last = (new, old) if self.backwards else (old, new)
        former, later = before.records[f"{kind}/{first}"], after.records[f"{kind}/{last}"]
        return Altered(kind, last, State.RENAMED, _title(later), tuple(_changes(former, later, "")), first, reason)


def _moves(before: Side, after: Side) -> Iterator[_Move]:
    """Yield the records that a redirect of only one side speaks of and the other side still holds."""
    for holder, other, backwards in ((before, after, False), (after, before, True)):
        for old, redirect in sorted(other.redirects.items()):
            gone = old in holder.records and old not in other.records and old not in holder.redirects
            if not gone or old in other.broken:
                continue
            new = f"{old.partition('/')[0]}/{redirect['to']}" if redirect.get("to") else ""
            fresh = bool(new) and new in other.records and new not in holder.records and new not in holder.broken
            renamed = redirect.get("kind") == RedirectKind.RENAMED and fresh
            yield _Move(old, new, redirect, backwards, renamed)


def _title(content: Content) -> str:
    return str(content.get("title") or content.get("name") or content.get("result") or content.get("reason") or "")


def _changes(before: Content, after: Content, path: str) -> Iterator[Change]:
    """Yield the fields that differ, in the order of the record."""
    for name in dict.fromkeys((*before, *after)):
        here = f"{path}{name}"
        former, later = before.get(name), after.get(name)
        if former == later:
            continue
        if not path and name in _ENTRIES:
            yield from _entries(former or {}, later or {}, here)
        elif isinstance(former, dict) and isinstance(later, dict):
            yield from _changes(former, later, f"{here}.")
        elif isinstance(former, list) or isinstance(later, list):
            yield from _items(former or [], later or [], here)
        else:
            yield Change(here, _words(former), _words(later))


def _entries(before: Content, after: Content, path: str) -> Iterator[Change]:
    gone = tuple(f"{key}: {worded(before[key])}" for key in before if key not in after)
    come = tuple(f"{key}: {worded(after[key])}" for key in after if key not in before)
    if gone or come:
        yield Change(path, gone, come, several=True)
    for key in (key for key in before if key in after):
        yield from _changes(before[key], after[key], f"{path}.{key}.")


def _items(before: Sequence[Any], after: Sequence[Any], path: str) -> Iterator[Change]:
    former, later = Counter(map(worded, before)), Counter(map(worded, after))
    if former != later:
        gone, come = tuple((former - later).elements()), tuple((later - former).elements())
        yield Change(path, gone, come, several=True)
    elif path in _ORDERED:
        yield Change(path, (", ".join(before),), (", ".join(after),))


def _words(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - content is plain data of any shape
    return () if value is None else (worded(value),)


# What needs no name in front of it: the first thing that an item says.
_BARE: Final = frozenset({"at", "relation", "target", "effect", "conduct", "jurisdiction", "field", "code", "locator"})


def worded(value: Any) -> str:  # noqa: ANN401
    """Return plain data as a phrase; the order in lists within an item says nothing."""
    if isinstance(value, dict):
        bare = " ".join(worded(each) for name, each in value.items() if name in _BARE)
        named = [f"{name} {worded(each)}" for name, each in value.items() if name not in _BARE]
        return "; ".join(filter(None, (bare, *named)))
    return ", ".join(sorted(map(worded, value))) if isinstance(value, list) else str(value)
