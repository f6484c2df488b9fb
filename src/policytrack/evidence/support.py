"""What of an action must be supported by evidence, and what its evidence supports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from policytrack.codes import DateBasis, EndKind, Event, Reading
from policytrack.dates import End, PartialDate
from policytrack.models import Action, Evidence, Link

Path: TypeAlias = tuple[str | int, ...]

WHAT = "what"
IDENTIFIERS = "identifiers"
JURISDICTIONS = "jurisdictions"
ALL = "all"

_FOLLOWS_FROM_OTHERS = frozenset({DateBasis.COMPUTED, DateBasis.ASSUMED})


@dataclass(frozen=True, slots=True)
class Field:
    """A factual field: the name by which evidence speaks of it, where it stands, and whether it needs support."""

    target: str
    path: Path
    required: bool = True


def fields(action: Action) -> tuple[Field, ...]:
    """Return every factual field that ``action`` has, in the order of the file."""
    found = [Field(WHAT, ("title",))]
    found += [Field(name, (name,)) for name in (JURISDICTIONS, IDENTIFIERS) if getattr(action, name)]
    if action.excluded and not action.jurisdictions:
        found.append(Field(JURISDICTIONS, ("excluded",)))
    for event, date in action.timeline.dates.items():
        found.append(Field(event.value, ("timeline", event.value), required=_stands_alone(date)))
    end = action.timeline.ends
    if end is not None:
        found.append(Field(Event.ENDS.value, ("timeline", Event.ENDS.value), required=_end_stands_alone(end)))
    found += [Field(key, ("provisions", key)) for key in action.provisions]
    seen: set[str] = set()
    for number, link in enumerate(action.links):
        name = link_target(action, link)
        if name not in seen:
            found.append(Field(name, ("links", number, link.relation.value)))
        seen.add(name)
    return tuple(found)


def required_fields(action: Action) -> tuple[Field, ...]:
    """Return the fields that must be supported: all but the dates that follow from supported ones."""
    return tuple(field for field in fields(action) if field.required)


def link_target(action: Action, link: Link) -> str:
    """Return the name by which evidence speaks of a link: its relation, with the id where the relation repeats."""
    repeated = Counter(other.relation for other in action.links)[link.relation] > 1
    return f"{link.relation}:{link.target}" if repeated else link.relation.value


def carried(action: Action, targets: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of ``action`` that these targets name; `all` names every one, an unknown name none."""
    names = [field.target for field in fields(action)]
    aliases = {f"{link.relation}:{link.target}": link_target(action, link) for link in action.links}
    wanted: list[str] = []
    for target in targets:
        wanted += names if target == ALL else [aliases.get(target, target)]
    return tuple(name for name in dict.fromkeys(wanted) if name in names)


def supported(action: Action) -> Mapping[str, tuple[Evidence, ...]]:
    """Return, for every field, the evidence that supports it: stated or inferred, never what contradicts it."""
    return _by_field(action, (item for item in action.evidence if item.reading is not Reading.CONTRADICTS))


def contradicted(action: Action) -> Mapping[str, tuple[Evidence, ...]]:
    """Return, for every field, the evidence that contradicts it."""
    return _by_field(action, (item for item in action.evidence if item.reading is Reading.CONTRADICTS))


def _by_field(action: Action, evidence: Iterable[Evidence]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {field.target: [] for field in fields(action)}
    for item in evidence:
        for target in carried(action, item.supports):
            found[target].append(item)
    return {target: tuple(items) for target, items in found.items()}


def _stands_alone(date: PartialDate) -> bool:
    return date.basis not in _FOLLOWS_FROM_OTHERS


def _end_stands_alone(end: End) -> bool:
    """Whether an end claims something that only a source can say; `unknown` says that nobody found one."""
    if end.kind is EndKind.UNKNOWN:
        return False
    return end.date is None or _stands_alone(end.date)
