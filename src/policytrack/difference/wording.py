"""What changed, in words: for a terminal, and in Markdown for a pull request."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from policytrack.codes import EndKind
from policytrack.difference.comparison import Altered, Change, Difference, State
from policytrack.reporting import count, harmless

_LONGEST: Final = 100
_ENDS: Final = {
    kind.value: kind.label[:1].lower() + kind.label[1:]
    for kind in (EndKind.FURTHER_NOTICE, EndKind.NONE, EndKind.UNKNOWN)
}
_MARKS: Final = re.compile(r"([\\`*_{}\[\]()!|~$])")
# Names of people and numbers of threads, which a forge would call or link.
_CALLS: Final = re.compile(r"([@#])(?=\w)")


def as_text(difference: Difference) -> str:
    """Return a difference for people: a line to a record, and a line to each of its changes under it."""
    lines = [_opening(difference)]
    for record in difference.records:
        lines.append(f"{record.state} {_name(record)}{_about(record)}")
        for change in record.changes:
            lines += [f"  {head(change)}", *(f"    {sign} {harmless(item)}" for sign, item in _items(change))]
    return "\n".join([*lines, *_notes(difference)]) + "\n"


def as_stat(difference: Difference) -> str:
    """Return how many records of each kind came, went and changed: a line to a kind, as the folders come."""
    counts: dict[str, Counter[State]] = {}
    for record in difference.records:
        counts.setdefault(record.kind, Counter())[record.state] += 1
    width = max(map(len, counts), default=0)
    lines = [f"  {kind:<{width}}  {_counted(each)}" for kind, each in counts.items()]
    return "\n".join([_opening(difference), *lines, *_notes(difference)]) + "\n"


def _opening(difference: Difference) -> str:
    return f"{harmless(difference.before)} -> {harmless(difference.after)}: {summary(difference)}"


def _notes(difference: Difference) -> list[str]:
    return [f"note: {harmless(note)}" for note in difference.notes]


def _counted(counts: Counter[State]) -> str:
    return ", ".join(f"{counts[state]} {state}" for state in State if counts[state])


def as_markdown(difference: Difference) -> str:
    """Return a difference as Markdown; whatever records hold stands there as text and nothing else."""
    lines = ["### What changed in the records", "", f"{_mark(summary(difference))}.", ""]
    for record in difference.records:
        lines.append(f"- **{record.state}** `{_name(record)}`{_mark(_about(record))}")
        for change in record.changes:
            lines += [f"  - {_mark(head(change))}", *(f"    - {sign} {_mark(item)}" for sign, item in _items(change))]
    lines += ["", *(f"Note: {_mark(note)}." for note in difference.notes)] if difference.notes else []
    return "\n".join(lines).rstrip() + "\n"


def summary(difference: Difference) -> str:
    """Return how many records changed, and how."""
    counts = Counter(record.state for record in difference.records)
    number = sum(counts.values())
    return f"{count(number, 'record')} differ{'s' if number == 1 else ''}" + (f": {_counted(counts)}" if counts else "")


def head(change: Change) -> str:
    """Return one change in words: the field, and its values or how many items came and went."""
    field = harmless(change.field.removeprefix("timeline.").replace("_", " "))
    if change.several:
        counts = [f"{sign}{len(items)}" for sign, items in (("+", change.after), ("-", change.before)) if items]
        return f"{field} {' '.join(counts)}"
    former, later = (_phrase(change, values) for values in (change.before, change.after))
    if not later:
        return f"{field} removed: {former}"
    return f"{field}: {former} -> {later}" if former else f"{field} added: {later}"


def _phrase(change: Change, values: tuple[str, ...]) -> str:
    text = ", ".join(values)
    if change.field.rpartition(".")[2] == "ends":
        text = _ENDS.get(text, text)
    return harmless(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")


def _items(change: Change) -> Iterator[tuple[str, str]]:
    if change.several:
        yield from (("-", item) for item in change.before)
        yield from (("+", item) for item in change.after)


def _name(record: Altered) -> str:
    return harmless(f"{record.kind}/{record.id}").replace("`", "'")


def _about(record: Altered) -> str:
    """Return the title, and what became of the id."""
    title = f": {harmless(record.title)}" if record.title else ""
    word = "was" if record.state is State.RENAMED else "see"
    other = f"{word} {record.other}" if record.other else ""
    told = ", ".join(harmless(part) for part in (other, record.reason) if part)
    return f"{title} ({told})" if told else title


def _mark(text: str) -> str:
    """Escape what Markdown or HTML would take for more than text."""
    escaped = _MARKS.sub(r"\\\1", html.escape(text.replace(" -> ", " → "), quote=False))
    return _CALLS.sub(r"\1<!-- -->", escaped)
