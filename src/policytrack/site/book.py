"""What every page is made of, derived once: the records, what follows from them, and how each is called and found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from policytrack import dossier
from policytrack.codes import Direction, Effect, Event, ForceState, Grade, Kind, Stage, Subject
from policytrack.dataset import Dataset
from policytrack.dates import OPEN_FUTURE, OPEN_PAST, PartialDate
from policytrack.evidence import Origin, corroboration, grade, origins, root_of
from policytrack.force import Answer, Fold, Turn, course, direction
from policytrack.layout import KINDS, UNDATED
from policytrack.models import Action, Source
from policytrack.package import Metadata
from policytrack.parsing import AnyRecord, Record
from policytrack.references import references
from policytrack.site.past import Past
from policytrack.site.words import conducts, dated, listed
from policytrack.tables import CorrectionRow
from policytrack.versions import read_corrections

# The states of what stands, or may, from the surest on: what is listed and drawn.
STANDING: Final = (ForceState.IN_FORCE, ForceState.PRESUMED_IN_FORCE, ForceState.POSSIBLY_IN_FORCE)
FOLDERS: Mapping[str, str] = {kind.name: kind.folder for kind in KINDS.values()}


@dataclass(frozen=True)
class Book:
    """The records of ``dataset`` as the site tells them on the day ``on``, of the edition that ``metadata`` names."""

    dataset: Dataset
    metadata: Metadata
    on: date

    @cached_property
    def fold(self) -> Fold:
        """The fold with all that is known."""
        return Fold.of(self.dataset)

    def title(self, kind: str, record_id: str) -> str:
        """Return how a record is called; its id where there is none."""
        record = self.dataset.of_kind(kind).get(record_id)
        return dossier.title(record) if record else record_id

    def path(self, kind: str, record_id: str) -> str:
        """Return where the page of a record stands."""
        return f"{FOLDERS[kind]}/{record_id}.html"

    def governs(self, name: str) -> tuple[str, str]:
        """Return how a governed subject is called, and the path of its page, "" for a class of subjects."""
        if name in self.dataset.actors:
            return self.title("actor", name), self.path("actor", name)
        label = Subject(name).label if name in set(Subject) else name
        return label[:1].lower() + label[1:], ""

    def rule(self, action: Action, key: str) -> str:
        """Return what a provision says, in short: `Prohibits procurement and use by Essex Police`."""
        provision = action.provisions[key]
        by = listed([self.governs(name)[0] for name in self.dataset.governed(action, key)])
        return f"{provision.effect.label} {conducts(provision.conduct)} by {by}"

    @cached_property
    def actions(self) -> tuple[Record[Action], ...]:
        """The actions, the newest first: by the earliest day of their first date, then by id."""
        return tuple(sorted(self.dataset.actions.values(), key=lambda record: (-self.first(record.id), record.id)))

    def first(self, action_id: str) -> int:
        """Return the first day (an ordinal) on which an action can have begun, or the last where none is known."""
        record = self.dataset.actions.get(action_id)
        dates = record.model.timeline.dates.items() if record else ()
        return min((_first_day(when) for event, when in dates if event is not Event.CONFIRMED), default=0)

    def opening(self, action_id: str) -> str:
        """Return the first date of an action in words, "" where there is no such action."""
        record = self.dataset.actions.get(action_id)
        if record is None:
            return ""
        dates = record.model.timeline.dates
        known = [when for event, when in dates.items() if event is not Event.CONFIRMED] or list(dates.values())
        return dated(min(known, key=_first_day)) if known else ""

    def year(self, action_id: str) -> str:
        """Return the year under which lists show an action."""
        first = self.first(action_id)
        return str(date.fromordinal(first).year) if OPEN_PAST < first < OPEN_FUTURE else UNDATED

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, Answer]]:
        """What holds of each provision of each action on the day of the site."""
        return {
            record.id: {key: self.fold.provision(record.id, key, self.on) for key in record.model.provisions}
            for record in self.actions
        }

    def standing(self, action_id: str) -> ForceState | None:
        """Return the strongest state of an action's provisions, exceptions to them apart.

        None where it has none, or where it is not in being: then its stage says more.
        """
        if self.stage(action_id) is not Stage.IN_BEING:
            return None
        provisions = self.dataset.actions[action_id].model.provisions
        answers = self.answers[action_id]
        rules = [key for key, each in provisions.items() if each.effect is not Effect.PERMITS] or list(provisions)
        return min((answers[key].state for key in rules), key=list(ForceState).index, default=None)

    @cached_property
    def carved_by(self) -> Mapping[str, tuple[str, ...]]:
        """The provisions (`ACTION#p1`) that carve out of each provision."""
        found: dict[str, list[str]] = defaultdict(list)
        for record in self.actions:
            for key, provision in record.model.provisions.items():
                for target in provision.except_to:
                    found[target if "#" in target else f"{record.id}#{target}"].append(f"{record.id}#{key}")
        return _fixed(found)

    @cached_property
    def named_by(self) -> Mapping[str, tuple[str, ...]]:
        """The subjects (`kind/id`) of the records that name each record, by its subject."""
        found: dict[str, set[str]] = defaultdict(set)
        for record in self.dataset.records:
            for reference in references(record):
                for kind in reference.kinds:
                    if reference.id in self.dataset.of_kind(kind):
                        found[f"{kind}/{reference.id}"].add(record.subject)
        return {name: tuple(sorted(found[name])) for name in sorted(found)}

    @cached_property
    def courses(self) -> Mapping[tuple[str, str], tuple[Turn, ...]]:
        """What holds of each provision from which day on: every answer about force is read off here."""
        return {
            (record.id, key): course(self.fold, record.id, key)
            for record in self.actions
            for key in record.model.provisions
        }

    @cached_property
    def origins(self) -> Mapping[str, tuple[Origin, ...]]:
        """The independent origins of each action."""
        return {record.id: origins(self.dataset, record) for record in self.actions}

    def corroboration(self, action_id: str) -> int:
        """Return how many origins of an action are independent and not weak."""
        return corroboration(self.origins[action_id])

    @cached_property
    def grades(self) -> Mapping[str, Grade]:
        """The grade of each action."""
        return {record.id: grade(self.dataset, record) for record in self.actions}

    @cached_property
    def directions(self) -> Mapping[str, Direction]:
        """Whether each action restricts, permits, practises, does both or none of it."""
        return {record.id: direction(self.dataset, record.id) for record in self.actions}

    def stage(self, action_id: str) -> Stage:
        """Return how far an action has come."""
        return self.fold.knowledge.stage(action_id)

    @cached_property
    def by_actor(self) -> Mapping[str, tuple[str, ...]]:
        """The actions of each actor, as issuer, partner or governed."""
        found: dict[str, list[str]] = defaultdict(list)
        for record in self.actions:
            action = record.model
            governed = [name for key in action.provisions for name in self.dataset.governed(action, key)]
            for name in dict.fromkeys((*self.dataset.issuers(action), *governed)):
                if name in self.dataset.actors:
                    found[name].append(record.id)
        return _fixed(found)

    @cached_property
    def by_jurisdiction(self) -> Mapping[str, tuple[str, ...]]:
        """The actions of each place, those of the places in it left out."""
        found: dict[str, list[str]] = defaultdict(list)
        for record in self.actions:
            for place in record.model.jurisdictions:
                found[place].append(record.id)
        return _fixed(found)

    @cached_property
    def by_technology(self) -> Mapping[str, tuple[str, ...]]:
        """The actions that name each technology."""
        found: dict[str, list[str]] = defaultdict(list)
        for record in self.actions:
            named = [name for provision in record.model.provisions.values() for name in provision.technology]
            for name in dict.fromkeys(named):
                found[name].append(record.id)
        return _fixed(found)

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[str, ...]]:
        """The actions of each kind, of those as well that have none."""
        found: dict[Kind, list[str]] = {kind: [] for kind in Kind}
        for record in self.actions:
            found[record.model.kind].append(record.id)
        return {kind: tuple(names) for kind, names in found.items()}

    @cached_property
    def by_year(self) -> Mapping[str, tuple[str, ...]]:
        """The actions of each year, in their order."""
        found: dict[str, list[str]] = {}
        for record in self.actions:
            found.setdefault(self.year(record.id), []).append(record.id)
        return {year: tuple(names) for year, names in found.items()}

    @cached_property
    def by_source(self) -> Mapping[str, tuple[str, ...]]:
        """The actions that cite each source."""
        found: dict[str, list[str]] = defaultdict(list)
        for record in self.actions:
            for name in dict.fromkeys(item.at.source for item in record.model.evidence):
                found[name].append(record.id)
        return _fixed(found)

    @cached_property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """The copies of each source that there are records of."""
        found: dict[str, list[str]] = defaultdict(list)
        for record in self.dataset.sources.values():
            copied = record.model.copy_of
            if copied is not None and copied.source:
                found[copied.source].append(record.id)
        return _fixed(found)

    @cached_property
    def past(self) -> Past:
        """What each release changed."""
        return Past(self.dataset.root)

    @cached_property
    def corrections(self) -> Mapping[tuple[str, str], tuple[CorrectionRow, ...]]:
        """The published facts of each record (kind, id) that a later release corrected, the latest first."""
        found: dict[tuple[str, str], tuple[CorrectionRow, ...]] = {}
        for row in read_corrections(self.dataset.root):
            found[row.record, row.id] = (row, *found.get((row.record, row.id), ()))
        return found

    def corrected(self, kind: str, record_id: str) -> list[tuple[CorrectionRow, list[CorrectionRow]]]:
        """Return the corrected facts of a record under each release and reason, the latest release first."""
        found: dict[tuple[str, str, str], list[CorrectionRow]] = {}
        for row in self.corrections.get((kind, record_id), ()):
            found.setdefault((row.version, row.reason, row.note), []).insert(0, row)
        return [(rows[0], rows) for rows in found.values()]

    def origin(self, source_id: str) -> str:
        """Return the source that a chain of copies leads to."""
        return root_of(self.dataset, source_id)

    def source(self, source_id: str) -> Source | None:
        """Return a source, or None where there is no record of it."""
        record: AnyRecord | None = self.dataset.sources.get(source_id)
        return record.model if record else None


def _first_day(when: PartialDate) -> int:
    """Return the first day that a date can be, or its last where the first is open."""
    return when.bounds.lo if when.bounds.earliest else when.bounds.hi


def _fixed(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(found[name]) for name in sorted(found)}
