"""Data sets to publish: the hard stories with stand-ins for what they name, and records full of nasty text."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from policytrack.dataset import Dataset, read
from policytrack.documents import Document
from policytrack.layout import KINDS
from policytrack.models import Action, Redirect
from policytrack.package import compose
from policytrack.parsing import Record
from policytrack.references import references
from stories import stories

PROJECT = Path(__file__).parent.parent
NOWHERE = Document("records/nowhere.yaml", "", {})
BLOCK = {
    "name": "policytrack",
    "title": "Test",
    "version": "0.1.0",
    "licenses": [{"name": "CC-BY-4.0"}],
    "contributors": [{"title": "policytrack contributors", "roles": ["creator"]}],
}
NAMES = ("records", "stories", "nasty")
STUBS: dict[str, dict[str, Any]] = {
    "actor": {"name": "Somebody", "type": "agency"},
    "technology": {"name": "Something"},
    "jurisdiction": {"name": "Somewhere", "level": "country"},
    "action": {
        "title": "Something else",
        "kind": "study",
        "instrument": "public-statement",
        "actor": "somebody",
        "timeline": {"announced": "2019"},
        "evidence": [{"at": "something", "supports": "all"}],
    },
}
# Commas, quotes, line ends, spaces, what a spreadsheet runs, what readers take for nothing, numbers or dates.
NASTY = (
    "a,b \"c\" 'd'",
    '"',
    '""',
    "two\nlines",
    "carriage\r\nreturn",
    " leading and trailing ",
    "=1+1",
    "@SUM(A1)",
    "-1",
    "NA",
    "null",
    "true",
    "007",
    "1e3",
    "2020-06-10",
    "é ü 漢字 \U0001f600",
    "tab\there",
    "#",
    "\\N",
    "a;b|c",
)


def record(kind: str, record_id: str, fields: Mapping[str, Any], year: str = "") -> Record[Any]:
    return Record(record_id, kind, year, KINDS[kind].model.model_validate(dict(fields)), NOWHERE)


def dataset(root: Path, records: Iterable[Record[Any]], redirects: Mapping[str, Redirect] | None = None) -> Dataset:
    tables: dict[str, dict[str, Record[Any]]] = {kind: {} for kind in KINDS}
    for each in sorted(records, key=lambda item: item.id):
        tables[each.kind][each.id] = each
    return Dataset(
        root=root,
        actions=tables["action"],
        actors=tables["actor"],
        technologies=tables["technology"],
        jurisdictions=tables["jurisdiction"],
        sources=tables["source"],
        redirects=redirects or {},
    )


def completed(root: Path) -> Dataset:
    """Return the stories with a stand-in for every record that they name."""
    told = list(stories().actions.values())
    sources: dict[str, set[str]] = {"something": set()}
    stubs = {("actor", "somebody"): record("actor", "somebody", STUBS["actor"])}
    for each in told:
        action: Action = each.model
        for evidence in action.evidence:
            sources.setdefault(evidence.at.source, set()).update({evidence.at.passage} - {""})
            if evidence.relays:
                sources.setdefault(evidence.relays, set())
        for reference in references(each):
            kind = reference.kinds[0]
            if kind in STUBS and reference.id not in stories().actions:
                stubs[kind, reference.id] = record(kind, reference.id, STUBS[kind])
    cited = [record("source", name, _source(keys)) for name, keys in sources.items()]
    return dataset(root, [*told, *stubs.values(), *cited])


def _source(passages: set[str]) -> dict[str, Any]:
    passage = {"locator": "somewhere", "start": "0", "length": "40", "sha256": "0" * 64}
    head = {"type": "news-article", "title": "A title", "read": {"extent": "full"}, "credit": "own-byline"}
    return {**head, "passages": dict.fromkeys(sorted(passages), passage)} if passages else head


def nasty(root: Path, texts: Sequence[str] = NASTY) -> Dataset:
    """Return a small sound data set in which every free text is one of ``texts``, in turn."""
    supply = cycle(texts)

    def text() -> str:
        return next(supply)

    many = list(dict.fromkeys(texts))
    actor = {"name": text(), "type": "company", "jurisdiction": "xx", "public_role": text(), "notes": text()}
    source = {
        "type": "press-release",
        "title": text(),
        "title_en": text(),
        "publisher": text(),
        "container": text(),
        "authors": many,
        "credit": "agency X, Y",
        "url": text(),
        "archive_url": text(),
        "published": "2020-06-10..",
        "updated": "..2020-07 assumed",
        "page_dates": ['2020-11-26 header, "quoted"', "2021"],
        "language": "en",
        "reliability": "low",
        "reliability_reason": text(),
        "read": {"on": "2026-11-22", "extent": "full"},
        "notes": text(),
        "passages": {
            key: {"locator": text(), "start": "0", "length": "40", "sha256": "0" * 64, "terms": ['a,b "c"', "=1+1"]}
            for key in ("p1", "p2", "p10")
        },
    }
    action = {
        "title": text(),
        "summary": text(),
        "kind": "fine",
        "instrument": "regulator-decision",
        "actor": "acme",
        "co_actors": ["other"],
        "jurisdictions": ["xx"],
        "excluded": ["xx-town"],
        "identifiers": ['docket 1, "2"', "docket =1+1", "decision 007"],
        "timeline": {"decided": "2020-06-07..2020-06-09", "effective": "2020-07", "ends": "first-of P1Y | event e"},
        "provisions": {
            "p1": {
                "requires": ["pay", "delete"],
                "by": ["other", "commercial"],
                "amount": ["70 EUR", "7.50 EUR paid"],
            },
            "p2": {"permits": "use", "except_to": "p1", "from": "2020-08..", "ends": "2021-01-01 computed"},
            "p10": {
                "prohibits": "use",
                "technology": "match",
                "purposes": ["missing-children"],
                "conditions": "warrant",
            },
        },
        "evidence": [
            {"at": "release#p1", "supports": ["all"]},
            {"at": "copy", "supports": ["decided", "p1"], "reading": "inferred", "relays": "release"},
        ],
        "conflicts": [{"field": "p1", "values": many, "chosen": "something else", "reason": text()}],
        "review": {"state": "reviewed", "by": "octavia", "on": "2026-11-22"},
        "notes": text(),
    }
    later = {
        "title": "Later",
        "kind": "repeal",
        "instrument": "regulator-decision",
        "actor": "acme",
        "timeline": {"decided": "2022-01-01"},
        "links": [{"repeals": "a-fine", "replaces": ["p1", "p10"]}, {"annuls": "a-fine"}],
        "evidence": [{"at": "release", "supports": "all"}],
    }
    return dataset(
        root,
        [
            record("actor", "acme", {**actor, "aliases": many, "identifiers": ["wikidata Q1", "lei 0,0"]}),
            record("actor", "other", {"name": "Other", "type": "company", "parent": "acme"}),
            record("technology", "match", {"name": text(), "aliases": many, "vendor": "acme", "description": text()}),
            record("technology", "match-2", {"name": "Match 2", "parent": "match"}),
            record("jurisdiction", "eu", {"name": "Union", "level": "supranational"}),
            record("jurisdiction", "xx", _country(text())),
            record("jurisdiction", "xx-town", {"name": text(), "level": "municipality", "parent": "xx"}),
            record("source", "release", source, "2020"),
            record("source", "copy", {**source, "copy_of": {"source": "release", "kind": "reposted", "basis": text()}}),
            record("action", "a-fine", action, "2020"),
            record("action", "a-repeal", later, "2022"),
        ],
        {
            "actor/acme-inc": Redirect.model_validate(
                {"kind": "merged", "to": "acme", "reason": text(), "date": "2026-11-22"}
            )
        },
    )


def _country(name: str) -> dict[str, Any]:
    member = [{"jurisdiction": "eu", "from": "1958-01-01"}, {"jurisdiction": "eu", "from": "1990", "until": "..2020"}]
    return {"name": name, "level": "country", "iso_3166": "XX", "member_of": member}


def rooted(folder: Path) -> Path:
    """Return ``folder`` with the block of a package in it."""
    (folder / "datapackage.json").write_text(json.dumps(BLOCK), encoding="utf-8")
    return folder


def named(name: str, folder: Path) -> Dataset:
    """Return a data set by its name in `NAMES`; those that are made up have ``folder`` as root."""
    match name:
        case "records":
            return read(PROJECT)
        case "stories":
            return completed(rooted(folder))
        case _:
            return nasty(rooted(folder))


@cache
def sound() -> dict[str, bytes]:
    """Return the files of a sound package, to be spoilt."""
    with tempfile.TemporaryDirectory() as name:
        return dict(compose(nasty(rooted(Path(name)))).files)
