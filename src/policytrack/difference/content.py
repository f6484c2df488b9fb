"""A record as plain data that can be compared: what it says, however it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from policytrack.dataset import Dataset
from policytrack.faults.text import BYTE_ORDER_MARK
from policytrack.layout import COVERAGE, REDIRECTS
from policytrack.models import Action, Link
from policytrack.parsing import AnyRecord
from policytrack.tables import WITHHELD

Content: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: its name, its records and retired ids, and what could not be read.

    ``records`` maps `kind/id` to content: text, lists of texts or of mappings, and mappings of these. What was searched
    and the leads that were turned down are among them, each entry as `search/NAME` or `lead/NAME`. ``broken`` holds
    `kind/id` of records, and `file/PATH` of a file that holds many entries.
    """

    label: str
    records: Mapping[str, Content]
    redirects: Mapping[str, Content]
    broken: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


_NOTHING = ["nothing"]


def of_dataset(dataset: Dataset, label: str, *, published: bool = False) -> Side:
    """Return the records of a data set; with ``published`` only what a package holds of them."""
    tell = _published if published else _whole
    searches = [_search(plain(each), published=published) for each in dataset.coverage.searches]
    records = {record.subject: tell(dataset, record) for record in dataset.records}
    return Side(
        label,
        {**records, **dict(searched(searches, map(plain, dataset.coverage.rejected)))},
        {name: plain(entry) for name, entry in dataset.redirects.items()},
        dataset.broken | {f"file/{path}" for path in _unread(dataset)},
    )


def _unread(dataset: Dataset) -> set[str]:
    """Return the files of many entries of which some could not be read."""
    faulty = {each.place.path for each in dataset.findings if each.code != BYTE_ORDER_MARK.code}
    return faulty & {COVERAGE, REDIRECTS}


def _search(content: Content, *, published: bool) -> Content:
    """Return a search; a package does not hold what its dates rest on."""
    dates = {name: content[name].partition(" ")[0] for name in ("from", "until") if published and name in content}
    return content | dates


def searched(searches: Iterable[Content], rejected: Iterable[Content]) -> Iterator[tuple[str, Content]]:
    """Yield each search and each rejected lead under a name: entries have no ids, and their order says nothing."""
    yield from _named("search", ((": ".join((each.get("place", ""), each["topic"])), each) for each in searches))
    yield from _named("lead", ((each["lead"], each) for each in rejected))


def _named(kind: str, entries: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    """Yield entries by kind and name; of those with one name the later ones are numbered, by day and words."""
    seen: Counter[str] = Counter()
    for name, content in sorted(entries, key=lambda each: (each[0], each[1]["on"], sorted(each[1].items()))):
        seen[name] += 1
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        yield f"{kind}/{name.removeprefix(': ')}{number}", content


def plain(model: BaseModel, *, published: bool = False) -> Content:
    """Return the fields of a model under the names that people write, empty and default values left out."""
    found: Content = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value == info.default or (published and (type(model), name) in WITHHELD):
            continue
        # A list that may be left out and is there without items says something: that there is nothing.
        told = _value(value, published=published) if value != () else _NOTHING
        if told:
            found[info.alias or name] = told
    return found


def _value(value: Any, *, published: bool) -> Any:  # noqa: ANN401 - a field may hold anything
    if isinstance(value, BaseModel):
        return plain(value, published=published)
    if isinstance(value, Mapping):
        return {str(name): _value(each, published=published) for name, each in value.items()}
    if isinstance(value, tuple):
        return [told for each in value if (told := _value(each, published=published))]
    return str(value)


def _whole(_: Dataset, record: AnyRecord) -> Content:
    content = plain(record.model)
    return _unfolded(record.id, content) if isinstance(record.model, Action) else content


def _published(dataset: Dataset, record: AnyRecord) -> Content:
    content = plain(record.model, published=True)
    if not isinstance(record.model, Action):
        return content
    for conflict in content.get("conflicts", ()):
        conflict["values"] = list(dict.fromkeys((*conflict["values"], conflict["chosen"])))
    if "links" in content:
        content["links"] = [_link(dataset, link) for link in record.model.links]
    return _unfolded(record.id, content)


def _link(dataset: Dataset, link: Link) -> Content:
    """Return a link as the tables tell of it: with the provisions that it replaces, named or not."""
    target = dataset.actions.get(link.target)
    keys = tuple(target.model.provisions) if target else ()
    by_default = link.relation.default_replaces_all
    named = keys if link.replaces is None and by_default else link.replaces or ()
    replaced = [key for key in keys if key in named]
    return {"relation": str(link.relation), "target": link.target} | replaces(replaced, keys, by_default=by_default)


def replaces(replaced: list[str], keys: tuple[str, ...], *, by_default: bool) -> Content:
    """Return which provisions a link replaces, where that is not what its relation means by itself."""
    usual = set(keys) if by_default else set()
    return {} if set(replaced) == usual else {"replaces": sorted(replaced) or _NOTHING}


def _unfolded(record_id: str, content: Content) -> Content:
    """Set the dated events beside the end, and name a provision of the same action by its key alone."""
    timeline = content["timeline"]
    content["timeline"] = timeline.pop("dates") | timeline
    for provision in content.get("provisions", {}).values():
        if "except_to" in provision:
            provision["except_to"] = [own(record_id, each) for each in provision["except_to"]]
    return content


def own(record_id: str, provision: str) -> str:
    """Return how a record names a provision: by its key where it is its own."""
    return provision.removeprefix(f"{record_id}#")
