"""Where a record stands says what it is; and the year of its folder is that of its first date."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policytrack.documents import parse
from policytrack.layout import KINDS, REDIRECTS, UNDATED, MisplacedError, Spot, is_id, path_of, spot, year_of
from policytrack.models.values import ID_PATTERN
from policytrack.parsing import build
from profiles import CHOSEN

YEARS = st.integers(1000, 2999).map(str) | st.just(UNDATED)


@given(st.sampled_from(sorted(KINDS)), st.from_regex(ID_PATTERN), YEARS)
@CHOSEN
def test_a_path_says_what_it_was_made_of(kind: str, record_id: str, year: str) -> None:
    year = year if KINDS[kind].dated else ""
    assert spot(path_of(kind, record_id, year)) == Spot(KINDS[kind], record_id, year)


FOLDERS = (
    "records lie in records/actions/, records/actors/, records/technologies/, records/jurisdictions/, records/sources/"
)


@pytest.mark.parametrize(
    ("path", "message", "advice"),
    [
        ("records/x.yaml", "no kind of record has this folder", FOLDERS),
        ("records/action/2020/x.yaml", "no kind of record has this folder", FOLDERS),
        ("records/Actors/x.yaml", "no kind of record has this folder", FOLDERS),
        ("records", "no kind of record has this folder", FOLDERS),
        (
            "records/actions/x.yaml",
            "a record of kind action lies in a folder for its year",
            "move it to records/actions/<year>/x.yaml",
        ),
        (
            "records/sources/20/x.yaml",
            "a record of kind source lies in a folder for its year",
            "move it to records/sources/<year>/x.yaml",
        ),
        (
            "records/sources/2020/06/x.yaml",
            "a record of kind source lies in a folder for its year",
            "move it to records/sources/<year>/x.yaml",
        ),
        (
            "records/actors/2020/x.yaml",
            "a record of kind actor lies right in records/actors/",
            "move it to records/actors/x.yaml",
        ),
        ("records/actors/x.yml", "`x.yml` does not end in .yaml", "rename it to x.yaml, or remove it"),
        ("records/actors/x", "`x` does not end in .yaml", "rename it to x.yaml, or remove it"),
        ("records/actors/x.YAML", "`x.YAML` does not end in .yaml", "rename it to x.yaml, or remove it"),
    ],
)
def test_a_file_out_of_place_is_told_where_it_belongs(path: str, message: str, advice: str) -> None:
    with pytest.raises(MisplacedError) as caught:
        spot(path)
    assert (str(caught.value), caught.value.advice) == (message, advice)


@given(st.lists(st.text(min_size=1, max_size=8).filter(lambda part: "/" not in part), max_size=5))
@CHOSEN
@example(["actions", "2020", ".yaml"])
@example(["..", "..", "x.yaml"])
@example(["actors", "\x00.yaml"])
def test_any_path_is_a_spot_or_misplaced(parts: list[str]) -> None:
    path = "/".join(["records", *parts])
    try:
        found = spot(path)
    except MisplacedError:
        return
    assert path_of(found.kind.name, found.id, found.year) == path


@given(st.text(max_size=12) | st.from_regex(r"\A[a-z0-9-]{0,8}\Z"))
@CHOSEN
@example("a\n")
@example("é")
@example("٢")
def test_an_id_is_words_of_small_letters_and_digits_with_single_hyphens(text: str) -> None:
    words = text.split("-")
    assert is_id(text) == all(re.fullmatch("[a-z0-9]+", word) is not None for word in words)


ACTION = "title: x\nkind: ban\ninstrument: ordinance\nactor: a\ntimeline: {%s}\nevidence: [{at: s, supports: all}]\n"
SOURCE = "type: report\ntitle: x\nread: {extent: none}\n%s\n"


@pytest.mark.parametrize(
    ("kind", "text", "year"),
    [
        ("action", ACTION % "enacted: 2020-06-10", "2020"),
        ("action", ACTION % "effective: 2021-01-01, enacted: 2020-12-31", "2020"),
        ("action", ACTION % "introduced: 2019..2021, enacted: 2020", "2019"),
        ("action", ACTION % "enacted: ..2018-03, effective: 2020", "2018"),
        ("action", ACTION % "enacted: 2018.., effective: 2020", "2018"),
        ("action", ACTION % "enacted: ..2021, effective: 2020", "2020"),
        ("action", ACTION % "enacted: 2020, ends: 2019", "2020"),
        ("source", SOURCE % "published: 2020-06-10", "2020"),
        ("source", SOURCE % "published: 2020-06-10\nupdated: 2019", "2020"),
        ("source", SOURCE % "updated: ..2019", "2019"),
        ("source", SOURCE % "page_dates: [2020-11-26]", UNDATED),
        ("actor", "name: x\ntype: company\n", ""),
    ],
)
def test_the_year_is_that_of_the_first_date(kind: str, text: str, year: str) -> None:
    document, _ = parse("x.yaml", text.encode())
    assert document is not None
    record, faults = build(document, Spot(KINDS[kind], "x"))
    assert faults == []
    assert record is not None
    assert year_of(record.model) == year


def test_the_file_of_retired_ids_is_no_record() -> None:
    with pytest.raises(MisplacedError):
        spot(REDIRECTS)


def test_the_name_of_a_listing_is_no_id() -> None:
    assert not is_id("index")
    assert is_id("index-2020")
