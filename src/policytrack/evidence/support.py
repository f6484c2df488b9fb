"""What of an action must be supported by evidence, and what its evidence supports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from policytrack.codes import DateBasis, EndKind, Event, Reading
from policytrack.dates import End, PartialDate
from policytrack.models import Action, Evidence
from policytrack.spelling import advise, nearest

Path: TypeAlias = tuple[str | int, ...]

WHAT = "what"
IDENTIFIERS = "identifiers"
JURISDICTIONS = "jurisdictions"
ALL = "all"

# No real action has more fields; comparing names takes time that a hostile file could multiply.
_COMPARED = 100
_FOLLOWS_FROM_OTHERS = frozenset({DateBasis.COMPUTED, DateBasis.ASSUMED})


class Field(NamedTuple):
    """A factual field: the name by which evidence speaks of it, where it stands, and whether it needs support."""

    target: str
    path: Path
    required: bool = True


_TITLE = Field(WHAT, ("title",))
_JURISDICTIONS = Field(JURISDICTIONS, (JURISDICTIONS,))
_IDENTIFIERS = Field(IDENTIFIERS, (IDENTIFIERS,))


@cache
def _date_field(event: str, *, required: bool) -> Field:
    """Return the field of a date; made once, for it is asked for in every action."""
    return Field(event, ("timeline", event), required)


@cache
def _provision_field(key: str) -> Field:
    return Field(key, ("provisions", key))


def fields(action: Action) -> tuple[Field, ...]:
    """Return every factual field that ``action`` has, in the order of the file."""
    found = [_TITLE]
    found += [field for field in (_JURISDICTIONS, _IDENTIFIERS) if getattr(action, field.target)]
    if action.excluded and not action.jurisdictions:
        found.append(Field(JURISDICTIONS, ("excluded",)))
    for event, date in action.timeline.dates.items():
        found.append(_date_field(event.value, required=_stands_alone(date)))
    end = action.timeline.ends
    if end is not None:
        found.append(_date_field(Event.ENDS.value, required=_end_stands_alone(end)))
    found += map(_provision_field, action.provisions)
    links: dict[str, Field] = {}
    for number, (link, name) in enumerate(zip(action.links, link_targets(action), strict=True)):
        links.setdefault(name, Field(name, ("links", number, link.relation.value)))
    return (*found, *links.values())


def link_targets(action: Action) -> list[str]:
    """Return the names by which evidence speaks of the links: the relation, with the id where the relation repeats."""
    if not action.links:
        return []  # as in most; everything that asks of support comes here
    # A link that stands twice is one link, and a finding of its own.
    count = Counter(relation for relation, _ in {(link.relation, link.target) for link in action.links})
    return [
        f"{link.relation}:{link.target}" if count[link.relation] > 1 else link.relation.value for link in action.links
    ]


class Targets:
    """The names by which evidence can speak of the fields of one action."""

    def __init__(self, action: Action) -> None:
        self.fields = fields(action)
        self.names = tuple(field.target for field in self.fields)
        long = (f"{link.relation}:{link.target}" for link in action.links)
        self._named = dict(zip(long, link_targets(action), strict=True)) | {name: name for name in self.names}

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields that must be supported: all but the dates that follow from supported ones."""
        return tuple(field for field in self.fields if field.required)

    def carried(self, target: str) -> tuple[str, ...]:
        """Return the fields that ``target`` names: `all` names every one, an unknown name none."""
        if target == ALL:
            return self.names
        return (self._named[target],) if target in self._named else ()

    def carried_by(self, targets: Iterable[str]) -> tuple[str, ...]:
        """Return the fields that any of ``targets`` names, each once."""
        return tuple(dict.fromkeys(name for target in targets for name in self.carried(target)))

    def meant(self, target: str) -> str:
        """Return the field of which an unknown name is a misspelling, or nothing."""
        return nearest(target, self.names[:_COMPARED]) or ""

    def advise(self, target: str) -> str:
        """Return what to write for a name that no field has."""
        several = [name for name in self.names if name.startswith(f"{target}:")]
        if several:
            return "the relation stands more than once: write " + " or ".join(f"`{name}`" for name in several)
        return advise(target, [*self.names[:_COMPARED], ALL])


def supported(action: Action, targets: Targets | None = None) -> Mapping[str, tuple[Evidence, ...]]:
    """Return, for every field, the evidence that supports it: stated or inferred, never what contradicts it.

    ``targets`` are those of ``action``, for a caller that has them.
    """
    items = (item for item in action.evidence if item.reading is not Reading.CONTRADICTS)
    return _by_field(targets or Targets(action), items)


def contradicted(action: Action, targets: Targets | None = None) -> Mapping[str, tuple[Evidence, ...]]:
    """Return, for every field, the evidence that contradicts it; ``targets`` as in `supported`."""
    items = (item for item in action.evidence if item.reading is Reading.CONTRADICTS)
    return _by_field(targets or Targets(action), items)


def _by_field(targets: Targets, evidence: Iterable[Evidence]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {name: [] for name in targets.names}
    for item in evidence:
        for target in targets.carried_by(item.supports):
            found[target].append(item)
    return {target: tuple(items) for target, items in found.items()}


def _stands_alone(date: PartialDate) -> bool:
    return date.basis not in _FOLLOWS_FROM_OTHERS


def _end_stands_alone(end: End) -> bool:
    """Whether an end claims something that only a source can say; `unknown` says that nobody found one."""
    if end.kind is EndKind.UNKNOWN:
        return False
    return end.date is None or _stands_alone(end.date)
