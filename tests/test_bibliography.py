"""The bibliography: readers of BibTeX, RIS and CSL-JSON find every source, its text as it is and its date no better."""

import json
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON

import packages
from policytrack.codes import SourceType
from policytrack.exports import select
from policytrack.exports.bibliography.works import Work, when, works
from policytrack.package import Edition, compose

# What TeX runs or counts, what ends a field, and what would divide names.
TEXTS = (*packages.NASTY, "{", "}}", "\\input{x} $y$ 50%", "~_&#", "A and B", "\u202eright\u202c", "n" * 300, "ER  - ")


@pytest.fixture(scope="module", params=["records", "nasty"])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Work], dict[str, str]]:
    """Return the works of an edition and the three files made of them."""
    if request.param == "records":
        edition = compose(packages.named("records", tmp_path_factory.mktemp("root"))).edition
    else:
        edition = compose(packages.nasty(packages.rooted(tmp_path_factory.mktemp("nasty")), TEXTS)).edition
    return works(edition), files(edition)


def files(edition: Edition) -> dict[str, str]:
    return {extra.path: extra.content.decode() for extra in select(["bibliography"]).exports[0](edition)}


def test_bibtex_opens_with_every_source_and_its_text(held: tuple[list[Work], dict[str, str]]) -> None:
    cited, made = held
    few = len(cited) < 100
    decoding = [LatexDecodingMiddleware()] if few else []
    library = parse_string(made["references.bib"], append_middleware=decoding)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [work.id for work in cited]
    for entry, work in zip(library.entries, cited, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert fields.get("year") == (str(work.published.parts[0]) if work.published.parts else None)
        if few:
            assert fields["title"] == work.title
            assert fields["author"].split(" and ")[:3] == list(work.authors[:3])
            assert fields["note"].startswith(f"In English: {work.title_en}")


def test_braces_balance_so_that_no_entry_swallows_the_next(held: tuple[list[Work], dict[str, str]]) -> None:
    cited, made = held
    entries = made["references.bib"].split("\n\n")
    assert len(entries) == len(cited)
    for entry in entries:
        depth = 0
        for sign in entry:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert depth == 0


def test_ris_opens_with_every_source_and_its_text(held: tuple[list[Work], dict[str, str]]) -> None:
    cited, made = held
    found = rispy.loads(made["references.ris"])
    assert [entry["id"] for entry in found] == [work.id for work in cited]
    for entry, work in zip(found, cited, strict=True):
        assert entry["title"] == work.title
        assert entry.get("authors", []) == list(work.authors)
        assert entry.get("urls", [""])[0] == work.url
        told = [int(part) for part in entry.get("date", "").split("/") if part]
        assert told == list(work.published.parts)
    assert made["references.ris"].count("\r\n") == made["references.ris"].count("\n")


def test_csl_opens_with_every_source_and_its_text(held: tuple[list[Work], dict[str, str]]) -> None:
    cited, made = held
    items = json.loads(made["references.csl.json"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = CiteProcJSON(items)
    assert list(found) == [work.id for work in cited]
    for item, work in zip(items, cited, strict=True):
        assert item["title"] == work.title
        assert [each["literal"] for each in item.get("author", [])] == list(work.authors)
        assert item.get("issued", {"date-parts": [[]]})["date-parts"] == [list(work.published.parts)]
        reference: Any = found[work.id]
        for part, value in zip(("year", "month", "day"), work.published.parts, strict=False):
            assert reference.issued[part] == value


@pytest.mark.parametrize("kind", list(SourceType))
def test_every_type_of_source_has_its_type_in_each_form(kind: SourceType, tmp_path: Path) -> None:
    source = {"type": kind.value, "title": "T", "read": {"extent": "full"}, "credit": "unstated"}
    data = packages.dataset(packages.rooted(tmp_path), [packages.record("source", "one", source)])
    made = files(compose(data).edition)
    assert json.loads(made["references.csl.json"])[0]["genre"] == kind.label
    assert rispy.loads(made["references.ris"])[0]["type_of_work"] == kind.label
    assert len(parse_string(made["references.bib"]).entries) == 1


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "parts", "words"),
    [
        (None, None, None, (), ""),
        ("2020-06-10", date(2020, 6, 10), date(2020, 6, 10), (2020, 6, 10), ""),
        ("2020-06", date(2020, 6, 1), date(2020, 6, 30), (2020, 6), ""),
        ("2020", date(2020, 1, 1), date(2020, 12, 31), (2020,), ""),
        (
            "[2020-06-07..2020-06-09]",
            date(2020, 6, 7),
            date(2020, 6, 9),
            (2020, 6),
            "published between 2020-06-07 and 2020-06-09",
        ),
        ("[2020-06..2020-07]", date(2020, 6, 1), date(2020, 7, 31), (2020,), "between 2020-06-01 and 2020-07-31"),
        ("[2019-06..2020-06]", date(2019, 6, 1), date(2020, 6, 30), (), "between 2019-06-01 and 2020-06-30"),
        ("[..2020-07]", None, date(2020, 7, 31), (), "published on 2020-07-31 or before"),
        ("[2020-06-10..]", date(2020, 6, 10), None, (), "published on 2020-06-10 or after"),
    ],
)
def test_a_date_is_no_more_exact_than_its_source(
    edtf: str | None, earliest: date | None, latest: date | None, parts: tuple[int, ...], words: str
) -> None:
    found = when(edtf, earliest, latest)
    assert found.parts == parts
    assert found.words.endswith(words)
    assert bool(found.words) == bool(words)
