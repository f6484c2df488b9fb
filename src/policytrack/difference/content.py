"""A record as plain data that can be compared: what it says, however it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from policytrack.dataset import Dataset
from policytrack.models import Action, Link
from policytrack.parsing import AnyRecord
from policytrack.tables import WITHHELD

Content: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: its name, its records and retired ids, and what could not be read.

    ``records`` maps `kind/id` to content: text, lists of texts or of mappings, and mappings of these.
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
    return Side(
        label,
        {record.subject: tell(dataset, record) for record in dataset.records},
        {name: plain(entry) for name, entry in dataset.redirects.items()},
        dataset.broken,
    )


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
