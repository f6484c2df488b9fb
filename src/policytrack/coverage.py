"""The coverage statement: what the data set holds by place, kind, year and grade, and what was searched to make it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from policytrack.codes import VOCABULARIES, ActorType, Form, Instrument
from policytrack.dataset import Dataset
from policytrack.evidence import grade
from policytrack.models import Action
from policytrack.parsing import Record

PATH = "docs/coverage.md"
_HEADER = "<!-- Written by `policytrack release`; edit records/coverage.yaml, not this page. -->\n\n"
_NOWHERE = "no place named"


def page(dataset: Dataset) -> str:
    """Return the page as Markdown; the same for the same records."""
    records = list(dataset.actions.values())
    parts = [
        f"{_HEADER}# Coverage\n\n{len(records)} actions on {len(dataset.sources)} sources. ",
        "A place or a year without actions was either searched without result, which stands below, or not searched.\n",
        _counted("Actions by country or union", records, lambda record: countries(dataset, record.model)),
        _counted("Actions by what kind of actor issued them", records, lambda record: [_issuer(dataset, record.model)]),
        _counted("Actions by instrument", records, lambda record: [record.model.instrument.label]),
        _counted("Actions by kind", records, lambda record: [record.model.kind.label]),
        _counted("Actions by year of their first date", records, lambda record: [record.year]),
        _counted("Actions by grade", records, lambda record: [grade(dataset, record).value]),
        _changing(dataset),
        _searches(dataset),
        _rejected(dataset),
    ]
    return "".join(parts)


def countries(dataset: Dataset, action: Action) -> list[str]:
    """Return the countries or unions in which an action's places lie; for want of one, its actor's."""
    actor = dataset.actors.get(action.actor)
    seat = actor.model.jurisdiction if actor else None
    places = action.jurisdictions or ((seat,) if seat else ())
    found = {_country(dataset, place) for place in places}
    return sorted(found) or [_NOWHERE]


def _country(dataset: Dataset, place: str) -> str:
    chain = (place, *dataset.above(place))
    parents = [name for name in chain if name in dataset.jurisdictions]
    top = next((name for name in parents if dataset.jurisdictions[name].model.parent is None), place)
    record = dataset.jurisdictions.get(top)
    return record.model.name if record else top


def _issuer(dataset: Dataset, action: Action) -> str:
    actor = dataset.actors.get(action.actor)
    return actor.model.type.label if actor else ActorType.ORGANISATION.label


def _counted(heading: str, records: Iterable[Record[Action]], names: Callable[[Record[Action]], Iterable[str]]) -> str:
    counts = Counter(name for record in records for name in names(record))
    rows = "".join(f"| {name} | {count} |\n" for name, count in sorted(counts.items()))
    return f"\n## {heading}\n\n| | actions |\n|---|---|\n{rows}"


def _changing(dataset: Dataset) -> str:
    relations = Counter(
        link.relation for record in dataset.actions.values() for link in record.model.links if link.relation.chain
    )
    lapsed = sum("ended" in record.model.timeline.dates for record in dataset.actions.values())
    rulings = sum(record.model.instrument.form is Form.DECISION for record in dataset.actions.values())
    courts = sum(record.model.instrument is Instrument.COURT_DECISION for record in dataset.actions.values())
    rows = "".join(f"| {relation.label} | {count} |\n" for relation, count in sorted(relations.items()))
    return (
        f"\n## Actions that bear on an earlier one\n\n| relation | links |\n|---|---|\n{rows}"
        f"\nSeen to have ended: {lapsed}. Decisions: {rulings}, of these by courts: {courts}.\n"
    )


def _searches(dataset: Dataset) -> str:
    rows = [
        "| {place} | {topic} | {since} | {until} | {on} | {queries} | {result} |\n".format(
            place=search.place or "",
            topic=_cell(search.topic),
            since=search.since or "",
            until=search.until or "",
            on=search.on,
            queries=search.queries,
            result=_cell(search.result),
        )
        for search in dataset.coverage.searches
    ]
    head = "| place | topic | from | until | searched on | questions | result |\n|---|---|---|---|---|---|---|\n"
    return f"\n## What was searched\n\n{head}{''.join(rows)}"


def _rejected(dataset: Dataset) -> str:
    labels = {code.value: code.label for code in VOCABULARIES["rejection-kind"]}
    rows = [
        f"| {_cell(lead.lead)} | {labels[lead.reason]} | {lead.on} | {_cell(lead.note or '')} |\n"
        for lead in dataset.coverage.rejected
    ]
    head = "| lead | reason | decided on | note |\n|---|---|---|---|\n"
    return f"\n## Leads that did not become records\n\n{head}{''.join(rows)}"


def _cell(text: str) -> str:
    """Return a text that stays in its cell."""
    return " ".join(text.split()).replace("|", "\\|")
