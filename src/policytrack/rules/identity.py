"""Identity: an id names one record for ever, and whatever names an id finds the record that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from policytrack.codes import RedirectKind, Subject
from policytrack.dataset import Dataset
from policytrack.findings import Place, Severity
from policytrack.layout import KINDS, REDIRECTS, path_of, year_of
from policytrack.models import Action, Redirect, Source
from policytrack.parsing import AnyRecord
from policytrack.references import Reference, references
from policytrack.rules.registry import Case, Fault, fault, places, rule
from policytrack.spelling import advise

# An id that no record has: the kind that was meant, whether a class might be meant, and the id.
_Stranger: TypeAlias = tuple[str, bool, str]
# Looking through all names of a large tree takes some milliseconds for each stranger.
_SEARCHED = 100


@rule("PT101", Severity.ERROR)
def folder_of_another_year(case: Case) -> Iterator[Fault]:
    """A record lies in the folder of another year than that of its first date.

    Actions lie by the year of their first date, sources by the year in which they were published, and sources without
    a date in `undated/`. A record in another folder is not found by those who look where it belongs. Move the file.

    Bad: records/actions/2021/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}  # <-
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]

    Good: records/actions/2020/acme-exit-2020.yaml
        title: Acme leaves the market
        kind: market-exit
        instrument: corporate-policy
        actor: acme
        timeline: {announced: 2020-06-10}
        provisions:
          p1: {prohibits: sell, technology: acme-match}
        evidence: [{at: acme-release-2020#p1, supports: all}]
    """
    for record in case.dataset.records:
        year = year_of(record.model)
        if KINDS[record.kind].dated and record.year != year:
            message = f"the folder says {record.year}, the dates of the record say {year}"
            yield fault(record, _dating(record), message, f"move the file to {path_of(record.kind, record.id, year)}")


def _dating(record: AnyRecord) -> tuple[str, ...]:
    match record.model:
        case Action():
            return ("timeline",)
        case Source(published=None, updated=None):
            return ()
        case Source(published=None):
            return ("updated",)
        case _:
            return ("published",)


@rule("PT102", Severity.ERROR)
def retired_id_in_use(case: Case) -> Iterator[Fault]:
    """A record has an id that was retired.

    Somebody may have cited the retired id; it must go on meaning what it meant, and leads to the record that took its
    place. Give the new record an id of its own, or, if the old one is back, remove the redirect.

    Bad: records/redirects.yaml
        actor/acme-labs: {kind: merged, to: acme, reason: Two records of one company., date: 2026-11-22}
    Bad: records/actors/acme-labs.yaml
        name: Acme Laboratories  # <-
        type: company

    Good: records/redirects.yaml
        actor/acme-labs: {kind: merged, to: acme, reason: Two records of one company., date: 2026-11-22}
    Good: records/actors/acme-research.yaml
        name: Acme Laboratories
        type: company
    """
    for name, entry in case.dataset.redirects.items():
        kind, _, old = name.partition("/")
        if not case.dataset.knows(kind, old):
            continue
        message = f"the id `{old}` was retired on {entry.date} ({entry.kind})"
        advice = "give this record another id, or remove the redirect if the old record is back"
        record = case.dataset.of_kind(kind).get(old)
        yield fault(record, (), message, advice) if record else _at_redirect(case.dataset, name, (), message, advice)


@rule("PT103", Severity.ERROR)
def redirect_that_leads_nowhere(case: Case) -> Iterator[Fault]:
    """A retired id leads to no record.

    Whoever cites a merged or renamed record must find the one that took its place: `to` names an existing record of
    the same kind, and not an id that is retired as well. Only a withdrawn record may have nothing in its place.

    Bad: records/redirects.yaml
        actor/acme-inc:
          kind: merged
          to: acme-holding  # <-
          reason: Two records of one company.
          date: 2026-11-22

    Good: records/redirects.yaml
        actor/acme-inc:
          kind: merged
          to: acme
          reason: Two records of one company.
          date: 2026-11-22
    """
    circling: set[str] = set()
    for name, entry in case.dataset.redirects.items():
        kind = name.partition("/")[0]
        if name in circling or (entry.to and case.dataset.knows(kind, entry.to)):
            continue
        trail = _trail(case.dataset, name)
        if name in trail:
            circling.update(trail)
        yield from _astray(case.dataset, name, entry, trail)


def _trail(dataset: Dataset, name: str) -> list[str]:
    """Return the retired names that ``name`` leads to one after the other, up to the first that comes twice."""
    kind = name.partition("/")[0]
    # A dict keeps the order and is quick to ask; a file can hold thousands of retired ids in one row.
    trail: dict[str, None] = {}
    entry: Redirect | None = dataset.redirects.get(name)
    while entry is not None and entry.to and (after := f"{kind}/{entry.to}") in dataset.redirects:
        if after in trail:
            break
        trail[after] = None
        entry = dataset.redirects[after]
    return list(trail)


def _astray(dataset: Dataset, name: str, entry: Redirect, trail: list[str]) -> Iterator[Fault]:
    kind = name.partition("/")[0]
    if entry.to is None:
        if entry.kind is not RedirectKind.WITHDRAWN:
            message = f"`{name}` was {entry.kind} and names no record in its place"
            yield _at_redirect(dataset, name, (), message, "write `to:` and the id of the record that took its place")
        return
    if not trail:
        advice = advise(entry.to, dataset.of_kind(kind), _labels(dataset, kind))
        yield _at_redirect(dataset, name, ("to",), f"no {kind} has the id `{entry.to}`", advice)
    elif name in trail:
        ring = " -> ".join([name, *trail])
        yield _at_redirect(dataset, name, ("to",), f"the redirects run in a circle: {ring}", "name an existing record")
    elif trail[-1] not in _trail(dataset, trail[-1]):
        last = dataset.redirects[trail[-1]]
        if last.to is None or dataset.knows(kind, last.to):
            advice = f"name `{last.to}`" if last.to else "what it leads to was withdrawn: remove `to`"
            yield _at_redirect(dataset, name, ("to",), f"`{entry.to}` is retired as well", advice)


def _at_redirect(dataset: Dataset, name: str, at: tuple[str, ...], message: str, advice: str) -> Fault:
    document = dataset.redirects_document
    place = document.place((name, *at), key=not at) if document else Place(REDIRECTS)
    return Fault(place, message, advice, name)


@rule("PT104", Severity.ERROR)
def unknown_reference(case: Case) -> Iterator[Fault]:
    """A record names an id that no record has.

    Every id must lead to a record, or the claim hangs in the air. It may be misspelt, retired, or its record may not
    be written yet: write that first. A work that nobody here has held is a source of its own, read to the extent none.

    Bad: records/technologies/acme-match.yaml
        name: Acme Match
        vendor: acmee  # <-

    Good: records/technologies/acme-match.yaml
        name: Acme Match
        vendor: acme
    """
    seen: dict[_Stranger, str] = {}
    for record, reference, often in case.once(_lost):
        if _elsewhere(case.dataset, reference):
            continue
        kind = reference.kinds[0]
        retired = next((name for name in _names(reference) if name in case.dataset.redirects), None)
        if retired is not None:
            entry = case.dataset.redirects[retired]
            advice = (
                f"write `{entry.to}`, which took its place" if entry.to else f"nothing took its place: {entry.reason}"
            )
            yield fault(record, reference.at, f"`{reference.id}` was {entry.kind} on {entry.date}{often}", advice)
            continue
        message = f"no {kind} has the id `{reference.id}`{often}"
        yield fault(record, reference.at, message, _ways_out(case.dataset, reference, seen))


def _ways_out(dataset: Dataset, reference: Reference, seen: dict[_Stranger, str]) -> str:
    """Return all that may mend an unknown id: what it may have meant, and how its record is written."""
    nearest = _nearest(dataset, reference, seen)
    write = f"draft it: `policytrack new {reference.kinds[0]} --id {reference.id}`"
    classes = "; or name a class: `policytrack codes subject`" if _takes_classes(reference) and not nearest else ""
    if nearest:
        return f"{nearest} Else {write}" if nearest.endswith("?") else f"{nearest}; or {write}"
    searched = _stranger(reference) in seen
    left = "" if searched else f"; this is past the first {_SEARCHED} unknown ids, the nearest are told for those alone"
    return f"{write}{classes}{left}"


@rule("PT105", Severity.ERROR)
def reference_to_another_kind(case: Case) -> Iterator[Fault]:
    """A record names a record of a kind that cannot stand there.

    A vendor is an actor, a target is an action, evidence cites a source. An id of another kind says something else
    than what was meant: a product instead of its vendor, a town instead of its council.

    Bad: records/technologies/acme-match.yaml
        name: Acme Match
        vendor: acme
        parent: acme  # <-

    Good: records/technologies/acme-match.yaml
        name: Acme Match
        vendor: acme
    """
    seen: dict[_Stranger, str] = {}
    for record, reference, often in case.once(_lost):
        other = _elsewhere(case.dataset, reference)
        if other:
            wanted = reference.kinds[0]
            advice = _nearest(case.dataset, reference, seen) or f"name a record of kind {wanted}"
            yield fault(record, reference.at, f"`{reference.id}` is of kind {other}, not {wanted}{often}", advice)


def _lost(dataset: Dataset) -> list[tuple[AnyRecord, Reference, str]]:
    """Return every id that finds no record of a kind that may stand there, once for each record that names it."""
    lost: list[tuple[AnyRecord, Reference, str]] = []
    for record in dataset.records:
        named: dict[tuple[tuple[str, ...], str], list[Reference]] = {}
        for reference in references(record):
            if not any(dataset.knows(kind, reference.id) for kind in reference.kinds):
                named.setdefault((reference.kinds, reference.id), []).append(reference)
        lost += [(record, found[0], places(len(found))) for found in named.values()]
    return lost


def _elsewhere(dataset: Dataset, reference: Reference) -> str:
    """Return the kind under which the id is known, or nothing."""
    return next((kind for kind in KINDS if dataset.knows(kind, reference.id)), "")


def _names(reference: Reference) -> Iterator[str]:
    return (f"{kind}/{reference.id}" for kind in reference.kinds)


def _takes_classes(reference: Reference) -> bool:
    """Whether classes of subjects may stand beside ids of actors."""
    return "provisions" in reference.at and reference.kinds == ("actor",)


def _stranger(reference: Reference) -> _Stranger:
    return reference.kinds[0], _takes_classes(reference), reference.id


def _nearest(dataset: Dataset, reference: Reference, seen: dict[_Stranger, str]) -> str:
    """Return what the id may have meant, each searched for once; past a hundred, spelling is not what is wrong."""
    stranger = kind, classes, _ = _stranger(reference)
    if stranger not in seen and len(seen) < _SEARCHED:
        options, labels = set(dataset.of_kind(kind)), _labels(dataset, kind)
        if classes:
            options |= set(Subject)
            labels |= {subject.value: subject.label for subject in Subject}
        seen[stranger] = advise(reference.id, options, labels)
    return seen.get(stranger, "")


def _labels(dataset: Dataset, kind: str) -> dict[str, str]:
    """Return what people call the records of a kind."""
    return {
        record_id: str(getattr(record.model, "name", "") or getattr(record.model, "title", ""))
        for record_id, record in dataset.of_kind(kind).items()
    }


@rule("PT106", Severity.ERROR)
def actor_named_like_a_class(case: Case) -> Iterator[Fault]:
    """An actor's id is the code of a class of subjects.

    `by` and `to` hold classes and actors in one list; an actor with the id of a class could never be told from it.
    Give the actor a longer id, such as its place and name.

    Bad: records/actors/housing.yaml
        name: Housing Office  # <-
        type: agency

    Good: records/actors/xx-housing-office.yaml
        name: Housing Office
        type: agency
    """
    for actor_id, record in case.dataset.actors.items():
        if actor_id in set(Subject):
            message = f'`{actor_id}` is the class "{Subject(actor_id).label}" of subjects'
            yield fault(record, (), message, "rename the file: an id with the place or the full name")
