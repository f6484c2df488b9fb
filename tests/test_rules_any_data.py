"""Rules answer for any records whatever: dangling ids, circles, reversed spans and open bounds never raise."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytrack.codes import (
    ActorType,
    Condition,
    Conduct,
    DateBasis,
    Effect,
    Event,
    Instrument,
    Kind,
    Purpose,
    Reading,
    Relation,
    Subject,
)
from policytrack.dataset import Dataset
from policytrack.documents import parse
from policytrack.findings import CATALOGUE
from policytrack.layout import spot
from policytrack.parsing import AnyRecord, build
from policytrack.rules import check
from policytrack.rules.circles import circles

TODAY = date(2021, 6, 1)
IDS = ["a", "b", "c", "xx", "nobody"]
KEYS = ["p1", "p2", "p3"]
EVENTS = [event.value for event in Event if event is not Event.ENDS]
POINTS = ["2019", "2020-02-29", "2020-06", "2020-06-10", "2020-06-11", "1000-01-01", "2999-12-31"]

ids = st.sampled_from(IDS)
points = st.sampled_from(POINTS)
shapes = st.one_of(
    points,
    st.tuples(points, points).map("..".join),
    points.map("..{}".format),
    points.map("{}..".format),
)
dates = st.one_of(shapes, st.tuples(shapes, st.sampled_from(list(DateBasis))).map(" ".join))
terms = st.one_of(points, st.sampled_from(["P1Y", "P99Y", "P0D", "P6M", "event a"]))
ends = st.one_of(
    dates,
    st.sampled_from(["P1Y", "P99Y999M99W9999D", "none", "unknown", "further-notice", "event b"]),
    st.tuples(st.sampled_from(["first-of", "last-of"]), terms, terms).map(lambda parts: "{} {} | {}".format(*parts)),
)


def some(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=1, max_size=most, unique=True)


def mapping(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


subjects = some(st.sampled_from([*IDS, *Subject]))
provisions = st.tuples(
    st.sampled_from(list(Effect)),
    some(st.sampled_from(list(Conduct))),
    mapping(
        {},
        {
            "by": subjects,
            "to": subjects,
            "technology": some(ids),
            "purposes": some(st.sampled_from(list(Purpose))),
            "conditions": some(st.sampled_from(list(Condition))),
            "amount": st.just("5 EUR"),
            "from": dates,
            "ends": ends,
            "except_to": some(st.sampled_from([*KEYS, "a#p1", "b#p2", "nobody#p1"])),
        },
    ),
).map(lambda parts: {parts[0].value: parts[1], **parts[2]})
links = st.tuples(st.sampled_from(list(Relation)), ids, mapping({}, {"replaces": st.lists(st.sampled_from(KEYS))})).map(
    lambda parts: {parts[0].value: parts[1], **parts[2]}
)
evidence = mapping(
    {
        "at": st.sampled_from(["a", "a#p1", "b#p2", "nobody#p1"]),
        "supports": some(st.sampled_from(["what", "all", "p1", "announced", "jurisdictions", "extends", "extends:a"])),
    },
    {"reading": st.sampled_from(list(Reading)), "relays": ids},
)
waivers = mapping(
    {"code": st.sampled_from(sorted(CATALOGUE)), "reason": st.just("x"), "date": st.just("2026-01-01")}, {}
)
actions = mapping(
    {
        "title": st.just("An action"),
        "kind": st.sampled_from(list(Kind)),
        "instrument": st.sampled_from(list(Instrument)),
        "actor": ids,
        "timeline": st.tuples(
            st.dictionaries(
                st.sampled_from([event.value for event in Event if event is not Event.ENDS]), dates, min_size=1
            ),
            mapping({}, {"ends": ends}),
        ).map(lambda parts: parts[0] | parts[1]),
        "evidence": st.lists(evidence, min_size=1, max_size=3),
    },
    {
        "co_actors": some(ids),
        "jurisdictions": some(ids),
        "excluded": some(ids),
        "identifiers": some(st.sampled_from(["bill 1", "bill 2"])),
        "provisions": st.dictionaries(st.sampled_from(KEYS), provisions),
        "links": st.lists(links, max_size=4),
        "distinct_from": some(ids),
        "waivers": st.lists(waivers, max_size=2),
    },
)
others = {
    "actors": mapping(
        {"name": st.just("A"), "type": st.sampled_from(list(ActorType))}, {"parent": ids, "jurisdiction": ids}
    ),
    "technologies": mapping({"name": st.just("T")}, {"vendor": ids, "parent": ids}),
    "jurisdictions": mapping(
        {"name": st.just("J"), "level": st.just("country")},
        {
            "parent": ids,
            "member_of": st.lists(mapping({"jurisdiction": ids}, {"from": dates, "until": dates}), max_size=2),
        },
    ),
    "sources/undated": mapping(
        {"type": st.just("news-article"), "title": st.just("S"), "read": st.just({"extent": "full"})},
        {
            "published": dates,
            "updated": dates,
            "page_dates": some(points),
            "url": st.sampled_from(["https://a.example/x?utm_source=y", "ftp://b", "x", "http://["]),
            "copy_of": mapping({"kind": st.just("rewritten"), "basis": st.just("b")}, {"source": ids}),
            "passages": st.dictionaries(
                st.sampled_from(KEYS),
                st.just(
                    {"locator": "Monday", "start": 0, "length": 9, "sha256": "0" * 64, "terms": ["Friday", "last week"]}
                ),
            ),
            "waivers": st.lists(waivers, max_size=2),
        },
    ),
}
named = st.sampled_from(["a", "b", "c", "xx"])
trees = st.fixed_dictionaries(
    {
        "actions/2020": st.dictionaries(named, actions, max_size=4),
        **{folder: st.dictionaries(named, model, max_size=3) for folder, model in others.items()},
    }
)


def dataset_of(tree: dict[str, dict[str, Any]]) -> Dataset:
    """Return the records of a generated tree, all of which the models accept."""
    tables: dict[str, dict[str, AnyRecord]] = defaultdict(dict)
    for folder, records in tree.items():
        for name, fields in records.items():
            path = f"records/{folder}/{name}.yaml"
            document, faults = parse(path, json.dumps(fields).encode())
            assert document is not None, faults
            record, findings = build(document, spot(path))
            assert record is not None, findings
            tables[folder.partition("/")[0]][name] = record
    return Dataset(
        root=Path(),
        actions=tables["actions"],
        actors=tables["actors"],
        technologies=tables["technologies"],
        jurisdictions=tables["jurisdictions"],
        sources=tables["sources"],
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(trees)
def test_rules_never_raise_and_place_every_finding_in_a_file_of_the_tree(tree: dict[str, dict[str, Any]]) -> None:
    dataset = dataset_of(tree)
    found = check(dataset, TODAY)
    paths = {record.document.path for record in dataset.records}
    assert {each.place.path for each in found} <= paths
    assert found == sorted(found, key=lambda each: each.order)
    assert all(each.message and each.subject for each in found)


@given(st.dictionaries(st.sampled_from("abcde"), st.sets(st.sampled_from("abcdef"))))
def test_circles_are_circles_and_none_is_overlooked(graph: dict[str, set[str]]) -> None:
    found = circles(graph)
    arrows = [(first, second) for ring in found for first, second in pairwise(ring)]
    assert all(second in graph[first] for first, second in arrows)
    assert len(set(arrows)) == len(arrows)
    assert all(ring[0] == ring[-1] == min(ring) for ring in found)
    assert bool(found) == any(_reaches(graph, node, node) for node in graph)


def _reaches(graph: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    ahead = set(graph[start])
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            ahead |= graph.get(node, set())
    return goal in seen
