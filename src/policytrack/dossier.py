"""One record with all that is known of it from the others: what `show` tells, as plain data and as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from policytrack.codes import Grade
from policytrack.dataset import Dataset
from policytrack.evidence import corroboration, origins, root_of
from policytrack.evidence.independence import grade_of
from policytrack.force import Fold, bindingness, direction
from policytrack.force.query import exceptions, written
from policytrack.models import Action, Evidence, Provision, Source
from policytrack.parsing import AnyRecord, Record
from policytrack.references import references

Facts: TypeAlias = dict[str, Any]

_WIDTH = 110
_LABEL = 15


def describe(dataset: Dataset, record: AnyRecord, on: date, fold: Fold | None = None) -> Facts:
    """Return what is known of ``record`` on the day ``on``: plain data, ready for JSON.

    ``record`` holds the fields as the file has them. An action adds what is derived: stage, direction, force of each
    provision, origins and grade; the others add what names them. ``fold`` is that of the data set, for a caller that
    describes many.
    """
    facts: Facts = {
        "id": record.id,
        "kind": record.kind,
        "path": record.document.path,
        "title": title(record),
        "record": record.document.data,
    }
    if isinstance(record.model, Action):
        return facts | _action(dataset, record, on, fold or Fold.of(dataset))
    if isinstance(record.model, Source):
        facts |= {
            "origin": root_of(dataset, record.id),
            "copies": [other.id for other in dataset.sources.values() if _copies(other.model, record.id)],
        }
    return facts | {"named_by": sorted(_named_by(dataset, record))}


def title(record: AnyRecord) -> str:
    """Return the name or the title of a record."""
    return str(getattr(record.model, "title", "") or getattr(record.model, "name", ""))


def _copies(source: Source, source_id: str) -> bool:
    return source.copy_of is not None and source.copy_of.source == source_id


def _named_by(dataset: Dataset, record: AnyRecord) -> Iterator[str]:
    """Yield the subjects of the records that name this one."""
    for other in dataset.records:
        if any(reference.id == record.id and record.kind in reference.kinds for reference in references(other)):
            yield other.subject


def _action(dataset: Dataset, record: Record[Action], on: date, fold: Fold) -> Facts:
    action = record.model
    found = origins(dataset, record)
    return {
        "measures": list(dataset.measures_of.get(record.id, (record.id,))),
        "stage": fold.knowledge.stage(record.id).value,
        "direction": direction(dataset, record.id).value,
        "bindingness": bindingness(action).value,
        "on": on.isoformat(),
        "provisions": [_provision(dataset, fold, record, key, on) for key in action.provisions],
        "grade": grade_of(found).value,
        "corroboration": corroboration(found),
        "origins": [
            {
                "source": origin.root,
                "cited": list(origin.sources),
                "weak": origin.weak,
                "primary": origin.primary,
                "read": origin.read,
            }
            for origin in found
        ],
        "evidence": [_evidence(dataset, item) for item in action.evidence],
        "linked_from": [
            {"relation": chained.link.relation.value, "label": chained.link.relation.inverse, "action": chained.action}
            for chained in dataset.incoming.get(record.id, ())
        ],
    }


def _provision(dataset: Dataset, fold: Fold, record: Record[Action], key: str, on: date) -> Facts:
    answer = fold.provision(record.id, key, on)
    return {
        "provision": key,
        "words": words(record.model.provisions[key], dataset.governed(record.model, key)),
        "state": answer.state.value,
        "basis": answer.basis.value,
        "since": written(answer.since),
        "until": written(answer.until),
        "operators": list(answer.operators),
        "exceptions": [f"{other.action}#{other.provision}" for other in exceptions(dataset, fold, record.id, key, on)],
    }


def words(provision: Provision, by: tuple[str, ...]) -> str:
    """Return a provision in one line: effect, conduct, and whom and what it is about."""
    parts = [f"{provision.effect} {', '.join(provision.conduct)}", f"by {', '.join(by)}"]
    for label, values in (
        ("to", provision.to),
        ("of", provision.technology),
        ("for", provision.purposes),
        ("under", provision.conditions),
        ("amount", tuple(str(amount) for amount in provision.amount)),
        ("except to", provision.except_to),
    ):
        if values:
            parts.append(f"{label} {', '.join(values)}")
    return "; ".join(parts)


def _evidence(dataset: Dataset, item: Evidence) -> Facts:
    source = dataset.sources.get(item.at.source)
    passage = source.model.passages.get(item.at.passage) if source else None
    return {
        "at": str(item.at),
        "title": source.model.title if source else "",
        "publisher": (source.model.publisher or "") if source else "",
        "locator": passage.locator if passage else "",
        "supports": list(item.supports),
        "reading": item.reading.value,
        "relays": item.relays,
    }


def as_text(facts: Facts) -> str:
    """Return the same as text."""
    lines = [facts["title"], f"{facts['kind']} {facts['id']}  ({facts['path']})", ""]
    lines += _action_lines(facts) if facts["kind"] == "action" else _plain_lines(facts)
    return "".join(f"{_wrapped(line)}\n" for line in lines)


def _wrapped(line: str) -> str:
    """Return a line broken at words; what follows stands under the values, or is set in."""
    indent = " " * (_LABEL if line[:1].strip() else 8)
    return textwrap.fill(line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _plain_lines(facts: Facts) -> list[str]:
    lines = [f"{name:<14} {_flat(value)}" for name, value in facts["record"].items() if name != "passages"]
    lines += [
        f"passage {key:<6} {passage['locator']}, {passage['length']} squashed characters"
        for key, passage in facts["record"].get("passages", {}).items()
    ]
    if "origin" in facts:
        lines.append(f"{'origin':<14} {facts['origin']}")
    lines += [f"{'copied by':<14} {name}" for name in facts.get("copies", ())]
    return lines + [f"{'named by':<14} {name}" for name in facts["named_by"]]


def _action_lines(facts: Facts) -> list[str]:
    record = facts["record"]
    skipped = {"title", "timeline", "provisions", "evidence", "conflicts", "links", "kind", "instrument"}
    nature = f"{facts['stage']}, {facts['bindingness']}, {facts['direction']}"
    lines = [f"{'kind':<14} {record['kind']} by {record['instrument']}: {nature}"]
    lines += [f"{name:<14} {_flat(value)}" for name, value in record.items() if name not in skipped]
    lines += ["", "timeline"] + [f"  {event:<12} {dated}" for event, dated in record["timeline"].items()]
    if facts["provisions"]:
        lines += ["", f"provisions on {facts['on']}"]
    for part in facts["provisions"]:
        lines += [f"  {part['provision']:<4} {part['words']}", f"       {_state(part)}"]
    links = [f"  {relation} {target}" for link in record.get("links", ()) for relation, target in _relations(link)]
    links += [f"  {link['label']} {link['action']}" for link in facts["linked_from"]]
    lines += ["", "links", *links] if links else []
    lines += ["", f"evidence: grade {facts['grade']} ({Grade(facts['grade']).label}), {_origins(facts)}"]
    for item in facts["evidence"]:
        reading = "" if item["reading"] == "stated" else f" [{item['reading']}]"
        lines.append(f"  {item['at']}{reading}: {', '.join(item['supports'])} ({item['publisher'] or item['title']})")
    for conflict in record.get("conflicts", ()):
        lines += ["", f"conflict on {conflict['field']}: {'; '.join(conflict['values'])}"]
        lines.append(f"  chosen {conflict['chosen']}: {conflict['reason']}")
    return lines


def _relations(link: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for relation, target in link.items():
        yield relation, _flat(target)


def _state(part: Facts) -> str:
    since = f", since {part['since']}" if part["since"] else ""
    until = f", until {part['until']}" if part["until"] else ""
    against = f", operators: {', '.join(part['operators'])}" if part["operators"] else ""
    return f"{part['state']} ({part['basis']}){since}{until}{against}"


def _origins(facts: Facts) -> str:
    weak = [origin for origin in facts["origins"] if origin["weak"]]
    unread = [origin for origin in facts["origins"] if origin["primary"] and not origin["read"]]
    words = [f"{facts['corroboration']} independent origin{'' if facts['corroboration'] == 1 else 's'}"]
    words += [f"{len(weak)} weak"] if weak else []
    words += [f"{len(unread)} primary that nobody here read"] if unread else []
    return ", ".join(words)


def _flat(value: Any) -> str:  # noqa: ANN401 - a value of a file may be anything
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_flat(item)}" for name, item in value.items())
    return ", ".join(_flat(item) for item in value) if isinstance(value, list) else str(value)
