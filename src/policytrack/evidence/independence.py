"""How many independent origins bear an action out: copies lead back to one origin, however many addresses carry them.

Three things are kept apart: an origin that was read (itself or in a faithful copy), one known only through a reworded
or unreliable text (weak), and one that nobody here has held and that others merely report from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policytrack.codes import CopyKind, CreditKind, Extent, Grade, Reading, Relation, Reliability
from policytrack.dataset import Dataset
from policytrack.evidence.support import Targets
from policytrack.models import Action, Evidence, Source
from policytrack.parsing import Record

_UNFAITHFUL = frozenset({CopyKind.REWRITTEN, CopyKind.COMPILED})
_OF_OTHER_ACTIONS = frozenset(relation.value for relation in Relation if not relation.chain)


@dataclass(frozen=True, slots=True)
class Origin:
    """A work from which support comes, and how it reached the record.

    ``root`` is the id of the work; ``sources`` are the ids cited that lead to it, sorted. ``weak``: no reliable text
    carries it. ``primary``: it comes from those who acted, so that what another body says of the act is a report.
    ``read``: somebody here read it or a copy of it. ``pinned``: a passage of what was read is cited. ``unstated``:
    nobody knows who wrote it, so that all such origins together count as one.
    """

    root: str
    sources: tuple[str, ...]
    weak: bool
    primary: bool
    read: bool
    pinned: bool = False
    unstated: bool = False

    @property
    def solid(self) -> bool:
        """Whether it counts as corroboration: read, and reliable."""
        return self.read and not self.weak


@dataclass(frozen=True, slots=True)
class _Way:
    """One way from an evidence item to an origin."""

    root: str
    cited: str
    weak: bool
    read: bool
    pinned: bool


def lineage(dataset: Dataset, source_id: str) -> tuple[str, ...]:
    """Return ``source_id``, what it copies, what that copies, up to the root; in a cycle each id stands once."""
    found = [source_id]
    while (record := dataset.sources.get(found[-1])) is not None:
        copied = record.model.copy_of.source if record.model.copy_of else None
        if copied is None or copied in found:
            break
        found.append(copied)
    return tuple(found)


def root_of(dataset: Dataset, source_id: str) -> str:
    """Return the id of the work that ``source_id`` is a copy of, at however many removes; itself if it is no copy.

    Sources that copy one another in a circle share the first of their ids. The root may be an id without a record.
    """
    line = lineage(dataset, source_id)
    record = dataset.sources.get(line[-1])
    copied = record.model.copy_of.source if record and record.model.copy_of else None
    return min(line[line.index(copied) :]) if copied in line else line[-1]


def origins(dataset: Dataset, action: Record[Action]) -> tuple[Origin, ...]:
    """Return the origins of what supports ``action``, solid ones first, then weak ones, then those nobody held."""
    by_root: dict[str, list[_Way]] = {}
    for way in _ways(dataset, action.model):
        by_root.setdefault(way.root, []).append(way)
    issuers = frozenset(dataset.issuers(action.model))
    found = (_origin(dataset, root, ways, issuers) for root, ways in by_root.items())
    return tuple(sorted(found, key=lambda origin: (not origin.solid, not origin.read, origin.root)))


def corroboration(found: tuple[Origin, ...]) -> int:
    """Return the number of solid origins; those of which nobody knows the writer count as one together."""
    solid = [origin for origin in found if origin.solid]
    return sum(not origin.unstated for origin in solid) + any(origin.unstated for origin in solid)


def grade(dataset: Dataset, action: Record[Action]) -> Grade:
    """Return how well ``action`` is borne out, from A to D."""
    return grade_of(origins(dataset, action))


def grade_of(found: tuple[Origin, ...]) -> Grade:
    """Return how well an action with these origins is borne out."""
    primary = [origin for origin in found if origin.solid and origin.primary]
    report = any(origin.solid and not origin.primary for origin in found)
    if report and any(origin.pinned for origin in primary):
        return Grade.A
    if primary or corroboration(found) > 1:
        return Grade.B
    return Grade.C if any(not origin.weak for origin in found) else Grade.D


def _origin(dataset: Dataset, root: str, ways: list[_Way], issuers: frozenset[str]) -> Origin:
    # Where a faithful text carries it, what the other copies did to it does no harm.
    best = [way for way in ways if not way.weak] or ways
    record = dataset.sources.get(root)
    primary = record is not None and is_primary(record.model) and record.model.issuer in {None, *issuers}
    return Origin(
        root=root,
        sources=tuple(sorted({way.cited for way in ways})),
        weak=all(way.weak for way in ways),
        primary=primary,
        read=any(way.read for way in best),
        pinned=any(way.pinned for way in best),
        unstated=record is not None and not primary and _is_unstated(record.model),
    )


def is_primary(source: Source) -> bool:
    """Whether the text comes from those who acted: by its type, or because it is credited to them."""
    return source.type.primary or (source.credit is not None and source.credit.kind is CreditKind.ISSUER)


def _is_unstated(source: Source) -> bool:
    return source.credit is None or source.credit.kind is CreditKind.UNSTATED


def is_weak(dataset: Dataset, source_id: str) -> bool:
    """Whether a source may not carry a record alone: unreliable, or reworded or compiled on its way from the root."""
    for step in lineage(dataset, source_id):
        record = dataset.sources.get(step)
        if record is None:
            continue
        copy = record.model.copy_of
        if record.model.reliability is Reliability.LOW or (copy is not None and copy.kind in _UNFAITHFUL):
            return True
    return False


def is_pile(dataset: Dataset, source_id: str) -> bool:
    """Whether a source is compiled, or copies what is compiled, from works that nobody knows."""
    record = dataset.sources.get(lineage(dataset, source_id)[-1])
    copy = record.model.copy_of if record else None
    return copy is not None and copy.kind is CopyKind.COMPILED and copy.source is None


def _ways(dataset: Dataset, action: Action) -> Iterator[_Way]:
    targets = Targets(action)
    for item in action.evidence:
        record = dataset.sources.get(item.at.source)
        if record is not None and _counts(targets, item) and not is_pile(dataset, item.at.source):
            yield _way(dataset, item, record)


def _counts(targets: Targets, item: Evidence) -> bool:
    """Whether an item says something of the act itself, not of how another one stands to it in time or cause."""
    if item.reading is Reading.CONTRADICTS:
        return False
    return any(target.partition(":")[0] not in _OF_OTHER_ACTIONS for target in targets.carried_by(item.supports))


def _way(dataset: Dataset, item: Evidence, record: Record[Source]) -> _Way:
    held = record.model.read.extent is not Extent.NONE
    own = item.relays is None
    return _Way(
        root=root_of(dataset, item.relays or record.id),
        cited=record.id,
        weak=is_weak(dataset, record.id) or not held,
        read=held and own,
        pinned=held and own and item.at.passage in record.model.passages,
    )
