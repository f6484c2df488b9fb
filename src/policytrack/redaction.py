"""Taking a personal datum out of the record: out of its file, out of the history, and out of whatever comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from policytrack.dataset import Dataset
from policytrack.documents import Data
from policytrack.drafting import formatted
from policytrack.drafting.formatting import shape_of
from policytrack.drafting.rendering import rendered
from policytrack.drafting.tree import Node, of_text
from policytrack.findings import AdvisedError
from policytrack.layout import KINDS
from policytrack.package.journal import exchange
from policytrack.parsing import AnyRecord
from policytrack.spelling import advise
from policytrack.versions import as_ndjson, chain, corrections, of_ndjson, redactions
from policytrack.versions.archive import DELTAS
from policytrack.versions.marks import hashed
from policytrack.versions.redactions import Redaction, read_redactions


class RedactionError(AdvisedError):
    """A value that cannot be taken out; ``advice`` says what to do."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was done: the file of the record, how many values went, and the files of the history that were changed."""

    path: str
    values: int
    history: tuple[str, ...]


def redact(dataset: Dataset, subject: str, field: str, *, why: str, on: date) -> Redacted:
    """Take ``field`` (steps with points: `authors`, `authors.0`, `review.by`) out of the record ``subject``.

    The record is written without it. The history gets a tombstone with the hash of each value, earlier deltas and
    corrections show the hash instead, and every release so far is marked as withdrawn. ``subject`` is kind/id. Raises
    `RedactionError` where there is no such value or the record cannot do without it.
    """
    record = _record(dataset, subject)
    values = sorted(set(_texts(_at(record.document.data, field))))
    if not values:
        raise RedactionError(f"{record.document.path} has no value at `{field}`", _fields(record, field))
    text = _without(dataset.root, record, field)
    told = [Redaction(record.kind, record.id, field, hashed(value), why, on.isoformat()) for value in values]
    files = _history(dataset.root, told, frozenset(map(hashed, values)), why)
    exchange(dataset.root, {**files, record.document.path: text.encode()})
    return Redacted(record.document.path, len(values), tuple(sorted(files)))


def _record(dataset: Dataset, subject: str) -> AnyRecord:
    kind, _, name = subject.partition("/")
    found: AnyRecord | None = dataset.of_kind(kind).get(name) if kind in KINDS else None
    if found is None:
        subjects = [record.subject for record in dataset.records]
        raise RedactionError(f"there is no record {subject}", advise(subject, subjects) or "name it as kind/id")
    return found


def _steps(field: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in field.split(".")]


def _at(data: Data, field: str) -> Data:
    for step in _steps(field):
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _texts(data: Data) -> Iterator[str]:
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _texts(each)
    elif data is not None:
        yield str(data)


def _fields(record: AnyRecord, field: str) -> str:
    names = list(record.document.data)
    return advise(field, names) or f"its fields are {', '.join(names)}"


def _without(root: Path, record: AnyRecord, field: str) -> str:
    """Return the text of a record without a value; an empty list or mapping goes with its last one."""
    path = record.document.path
    tree = of_text((root / path).read_text(encoding="utf-8").replace("\r\n", "\n"))
    _cut(tree, _steps(field))
    text = rendered(tree, shape_of(path))
    try:
        type(record.model).model_validate(tree.data())
    except ValidationError:
        message = f"{path} cannot do without `{field}`"
        raise RedactionError(
            message, "write something else in its place, or withdraw the record by a redirect"
        ) from None
    return formatted(path, text.encode()).after


def _cut(node: Node, steps: list[str | int]) -> None:
    step, *rest = steps
    entries = node.entries or []
    number = step if isinstance(step, int) else next(n for n, entry in enumerate(entries) if entry.key == step)
    if rest:
        _cut(entries[number].node, rest)
    if not rest or not entries[number].node.entries:
        entries.pop(number)


def _history(root: Path, told: list[Redaction], hashes: frozenset[str], why: str) -> dict[str, bytes]:
    """Return the files of the history that change: tombstones, deltas and corrections without the value, the chain."""
    files = {redactions.PATH: redactions.as_ndjson((*read_redactions(root), *told)).encode()}
    for file in sorted((root / DELTAS).glob("*.ndjson")):
        before = of_ndjson(file.read_text(encoding="utf-8"))
        after = redactions.redacted(before, hashes)
        if after != before:
            files[f"{DELTAS}/{file.name}"] = as_ndjson(after).encode()
    listed = chain.read_chain(root)
    if listed:
        files[chain.PATH] = chain.as_json(chain.withdrawn(listed, f"a value was redacted: {why}")).encode()
    published = corrections.read_corrections(root)
    mended = corrections.without(published, hashes)
    if mended != published:
        files[corrections.PATH] = corrections.as_ndjson(mended).encode()
    return files
