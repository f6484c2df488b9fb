"""A package back to records as far as its tables carry them, so that a release is compared in the same words.

Columns that publish a field of their record by itself are read by what the tables say of themselves; what is spread
over several columns or rows is put together here. What a package derives (stages, grades, spells) is not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from policytrack.codes import Relation
from policytrack.dates import PartialDate
from policytrack.difference.content import Content, Side, own, replaces, searched
from policytrack.layout import KINDS
from policytrack.models import Evidence
from policytrack.package import PackageError, load_package
from policytrack.tables import TABLES, Value

Rows: TypeAlias = list[dict[str, Value]]
Grouped: TypeAlias = Mapping[str, Mapping[str, Rows]]

_FACETS: Final = {
    "conduct": "conduct",
    "by": "by",
    "to": "to",
    "technology": "technology",
    "purpose": "purposes",
    "condition": "conditions",
}
_OWNERS: Final = {"provisions": "action", "passages": "source"}


def of_package(folder: Path, label: str) -> Side:
    """Return the records of the package in ``folder``; raises `PackageError` where there is none that can be read."""
    try:
        return _side(load_package(folder), label)
    except KeyError as error:
        message = f"a table of {label} has no column {error}"
        raise PackageError(message, "compare revisions instead: the package is of another kind or time") from None


def _side(tables: Mapping[str, Rows], label: str) -> Side:
    missing = [f"{label} has no table {name}: what it holds shows as added" for name in TABLES if name not in tables]
    grouped = {name: _grouped(name, tables.get(name, [])) for name in TABLES}
    records = {
        f"{kind}/{row['id']}": _FINISH[kind](str(row["id"]), _own_fields(kind, row), grouped)
        for kind in KINDS
        for row in tables.get(KINDS[kind].folder, [])
    }
    entries = searched(map(_search, tables.get("coverage", [])), map(_lead, tables.get("rejected_leads", [])))
    redirects = dict(_redirects(tables.get("redirects", [])))
    return Side(label, {**records, **dict(entries)}, redirects, notes=tuple(missing))


def _grouped(name: str, rows: Rows) -> Mapping[str, Rows]:
    """Return the rows of a table by what they belong to: what the first column of their key names, or their owner."""
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[str(row[_OWNERS.get(name, TABLES[name].key[0])])].append(row)
    return found


def _told(**values: Any) -> Content:  # noqa: ANN401 - cells of any type
    """Return the values that there are, as text; lists as they are."""
    return {
        name.rstrip("_"): value if isinstance(value, list | dict) else str(value)
        for name, value in values.items()
        if value not in (None, "", [], {})
    }


def _date(row: Mapping[str, Value], column: str, basis: str) -> str | None:
    """Return a date as a record holds it."""
    text = row.get(column)
    if not text:
        return None
    return str(PartialDate.parse(f"{str(text).strip('[]')} {row.get(basis) or ''}".strip()))


def _own_fields(kind: str, row: Mapping[str, Value]) -> Content:
    """Return the fields of a record that stand in a column each."""
    model = KINDS[kind].model
    found: Content = {}
    for column in TABLES[KINDS[kind].folder].columns:
        for owner, field in column.told.sources:
            dated = f"{column.name}_basis"
            value = _date(row, column.name, dated) if dated in row else row.get(column.name)
            if owner is model and value is not None and value != model.model_fields[field].default:
                found[field] = str(value)
    return found


def _texts(rows: Rows, *columns: str) -> list[str]:
    return [" ".join(str(row[name]) for name in columns if row.get(name) is not None) for row in rows]


def _action(record_id: str, content: Content, tables: Grouped) -> Content:
    row = tables["actions"][record_id][0]
    places = tables["action_jurisdictions"][record_id]
    return content | _told(
        co_actors=_texts([each for each in tables["action_actors"][record_id] if each["position"] != 1], "actor"),
        jurisdictions=_texts([each for each in places if not each["excluded"]], "jurisdiction"),
        excluded=_texts([each for each in places if each["excluded"]], "jurisdiction"),
        identifiers=_texts(tables["identifiers"][record_id], "scheme", "value"),
        timeline={
            str(each["event"]): each.get("end_written") or _date(each, "edtf", "basis")
            for each in tables["dates"][record_id]
        },
        provisions=dict(_provisions(record_id, tables)),
        links=list(_links(record_id, tables)),
        evidence=list(_evidence(tables["evidence"][record_id])),
        conflicts=list(_conflicts(tables["conflicts"][record_id])),
        review=_told(state=row.get("review"), on=row.get("reviewed_on")),
    )


def _provisions(record_id: str, tables: Grouped) -> Iterator[tuple[str, Content]]:
    for row in tables["provisions"][record_id]:
        name = str(row["id"])
        facets: dict[str, list[str]] = defaultdict(list)
        for each in tables["provision_values"][name]:
            if not each["implied"]:
                facets[_FACETS[str(each["facet"])]].append(str(each["value"]))
        amounts = _texts(tables["provision_amounts"][name], "value", "currency", "kind")
        excepted = _texts(tables["provision_exceptions"][name], "excepted_from")
        yield (
            str(row["key"]),
            _told(
                effect=row["effect"],
                **facets,
                amount=amounts,
                **{"from": _date(row, "starts", "starts_basis")},
                ends=row["ends"],
                except_to=[own(record_id, each) for each in excepted],
            ),
        )


def _links(record_id: str, tables: Grouped) -> Iterator[Content]:
    taken = tables["link_replaces"][record_id]
    for row in tables["links"][record_id]:
        relation, target = row["relation"], row["target"]
        named = [each for each in taken if (each["relation"], each["target"]) == (relation, target)]
        keys = tuple(str(each["key"]) for each in tables["provisions"][str(target)])
        by_default = relation in set(Relation) and Relation(str(relation)).default_replaces_all
        replaced = [own(str(target), str(each["provision"])) for each in named]
        yield _told(relation=relation, target=target) | replaces(replaced, keys, by_default=by_default)


def _evidence(rows: Rows) -> Iterator[Content]:
    items: dict[Value, Rows] = defaultdict(list)
    for row in rows:
        items[row["item"]].append(row)
    usual = Evidence.model_fields["reading"].default
    for group in items.values():
        first = group[0]
        reading = None if first["reading"] == usual else first["reading"]
        at = first["passage"] or first["source"]
        yield _told(at=at, supports=_texts(group, "target"), reading=reading, relays=first["relays"])


def _conflicts(rows: Rows) -> Iterator[Content]:
    items: dict[Value, Rows] = defaultdict(list)
    for row in rows:
        items[row["conflict"]].append(row)
    for group in items.values():
        chosen = next((row["value"] for row in group if row["chosen"]), None)
        yield _told(field=group[0]["field"], values=_texts(group, "value"), chosen=chosen, reason=group[0]["reason"])


def _source(record_id: str, content: Content, tables: Grouped) -> Content:
    row = tables["sources"][record_id][0]
    return content | _told(
        authors=_texts(tables["source_authors"][record_id], "name"),
        credit=" ".join(str(each) for each in (row["credit"], row["agency"]) if each),
        page_dates=[
            f"{str(each['edtf']).strip('[]')} {each['note'] or ''}".strip()
            for each in tables["source_page_dates"][record_id]
        ],
        read=_told(on=row["read_on"], extent=row["read_extent"]),
        copy_of=_told(source=row["copy_of"], kind=row["copy_kind"], basis=row["copy_basis"]),
        passages={
            str(each["key"]): _told(
                **{name: each[name] for name in ("locator", "start", "length", "sha256")},
                terms=_texts(tables["passage_terms"][str(each["id"])], "term"),
            )
            for each in tables["passages"][record_id]
        },
    )


def _actor(record_id: str, content: Content, tables: Grouped) -> Content:
    return content | _told(
        aliases=_texts(tables["actor_aliases"][record_id], "alias"),
        identifiers=_texts(tables["actor_identifiers"][record_id], "scheme", "value"),
    )


def _technology(record_id: str, content: Content, tables: Grouped) -> Content:
    return content | _told(aliases=_texts(tables["technology_aliases"][record_id], "alias"))


def _jurisdiction(record_id: str, content: Content, tables: Grouped) -> Content:
    members = [
        _told(
            jurisdiction=row["member_of"],
            **{"from": _date(row, "since", "since_basis"), "until": _date(row, "until", "until_basis")},
        )
        for row in tables["jurisdiction_memberships"][record_id]
    ]
    return content | _told(member_of=members)


_FINISH: Final = {
    "action": _action,
    "actor": _actor,
    "technology": _technology,
    "jurisdiction": _jurisdiction,
    "source": _source,
}


def _search(row: Mapping[str, Value]) -> Content:
    span = {name: str(row[column] or "").strip("[]") for name, column in (("from", "since"), ("until", "until"))}
    told = {name: row[name] for name in ("topic", "queries", "result")}
    return _told(place=row["jurisdiction"], on=row["searched_on"], **told, **span)


def _lead(row: Mapping[str, Value]) -> Content:
    return _told(on=row["decided_on"], **{name: row[name] for name in ("lead", "reason", "note")})


def _redirects(rows: Rows) -> Iterator[tuple[str, Content]]:
    for row in rows:
        told = _told(kind=row["kind"], to=row["target"], reason=row["reason"], date=row["retired_on"])
        yield f"{row['record']}/{row['id']}", told
