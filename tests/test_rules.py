"""What the pages of the rules cannot show: both sides of every limit, doubt, circles, redirects, waivers, order."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from policytrack.dataset import read
from policytrack.findings import Finding, Severity
from policytrack.rules import check

Tree = Callable[[Mapping[str, str | bytes]], Path]
Fields = dict[str, Any]

TODAY = date(2021, 6, 1)
ROOT = Path(__file__).parent.parent
ALL = [{"at": "paper-one-2020#p1", "supports": "all"}]


def exit_of(actor: str = "acme", /, **changes: object) -> Fields:
    """Return a clean action of ``actor``, with some fields changed; None takes a field out."""
    fields: Fields = {
        "title": "A company leaves the market",
        "kind": "market-exit",
        "instrument": "corporate-policy",
        "actor": actor,
        "timeline": {"announced": "2020-06-10"},
        "provisions": {"p1": {"prohibits": "sell"}},
        "evidence": ALL,
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def law(**changes: object) -> Fields:
    """Return a clean law of the parliament, with some fields changed."""
    fields = {
        "kind": "ban",
        "instrument": "statute",
        "timeline": {"signed": "2020-06-10", "effective": "2020-07-01"},
        "provisions": {"p1": {"prohibits": "use", "by": ["law-enforcement"]}},
    }
    return exit_of("xx-parliament", **(fields | changes))


def check_with(tree: Tree, records: Mapping[str, Fields], today: date = TODAY) -> list[Finding]:
    """Return what is found when ``records`` (path below records/, without ending) lie over the base tree."""
    # Every JSON text is YAML, with the same strings.
    files = {f"records/{name}.yaml": json.dumps(fields, indent=1) for name, fields in records.items()}
    return check(read(tree(files)), today)


def codes(found: list[Finding]) -> list[str]:
    """Return the codes of what is more than a notice."""
    return [each.code for each in found if each.severity is not Severity.NOTICE]


def of(found: list[Finding], code: str) -> list[Finding]:
    return [each for each in found if each.code == code]


def day(text: str, days: int) -> str:
    return str(date.fromisoformat(text) + timedelta(days))


# Both sides of each limit


@pytest.mark.parametrize(("days", "expected"), [(0, ["PT110"]), (30, ["PT110"]), (31, [])])
def test_actions_look_alike_up_to_thirty_days_apart(tree: Tree, days: int, expected: list[str]) -> None:
    first = exit_of("other-corp", timeline={"announced": "2020-05-01"})
    second = exit_of("other-corp", timeline={"announced": day("2020-05-01", days)})
    records = {"actions/2020/other-corp-exit-2020": first, "actions/2020/other-corp-exit-again-2020": second}
    assert codes(check_with(tree, records)) == expected


@pytest.mark.parametrize(
    "told_apart",
    [
        {"links": [{"companion": "other-corp-exit-2020"}]},
        {"distinct_from": ["other-corp-exit-2020"]},
        {"identifiers": ["order 2"]},
        {"provisions": {"p1": {"prohibits": "sell", "by": ["commercial"]}}},
        {"kind": "commitment"},
        {"actor": "acme"},
    ],
)
def test_actions_that_are_told_apart_are_no_duplicates(tree: Tree, told_apart: Fields) -> None:
    first = exit_of("other-corp", identifiers=["order 1"])
    second = exit_of("other-corp", **told_apart)
    records = {"actions/2020/other-corp-exit-2020": first, "actions/2020/other-corp-exit-again-2020": second}
    assert codes(check_with(tree, records)) == []


def test_a_shared_number_does_not_tell_actions_apart(tree: Tree) -> None:
    records = {
        "actions/2020/other-corp-exit-2020": exit_of("other-corp", identifiers=["order 1"]),
        "actions/2020/other-corp-exit-again-2020": exit_of("other-corp", identifiers=["order 1", "file 2"]),
    }
    assert codes(check_with(tree, records)) == ["PT110"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2020", []),
        ("2020-01-01..2020-12-31", []),
        ("2020-01-01..2021-01-01", ["PT204"]),
        ("2020-06..", []),
        ("..2020-06", []),
    ],
)
def test_a_start_within_a_year_is_narrow_enough(tree: Tree, start: str, expected: list[str]) -> None:
    record = exit_of(timeline={"announced": "2020-01-01", "effective": start})
    assert codes(check_with(tree, {"actions/2020/acme-exit-2020": record})) == expected


@pytest.mark.parametrize(("today", "expected"), [("2022-06-11", 0), ("2022-06-12", 1)])
def test_an_open_end_asks_for_confirmation_after_two_years(tree: Tree, today: str, expected: int) -> None:
    assert len(of(check_with(tree, {}, date.fromisoformat(today)), "PT902")) == expected


@pytest.mark.parametrize(("today", "expected"), [("2020-12-10", 0), ("2020-12-11", 1)])
def test_an_expiry_has_passed_on_the_day_after_the_last_that_it_can_be(tree: Tree, today: str, expected: int) -> None:
    record = exit_of(timeline={"announced": "2020-06-10", "ends": "P6M"})
    found = check_with(tree, {"actions/2020/acme-exit-2020": record}, date.fromisoformat(today))
    assert len(of(found, "PT901")) == expected


def test_a_bill_that_never_came_into_being_does_not_expire(tree: Tree) -> None:
    record = law(timeline={"introduced": "2019-01-10", "ends": "2019-12-31"})
    assert of(check_with(tree, {"actions/2019/xx-bill-2019": record}), "PT901") == []


@pytest.mark.parametrize(("days", "expected"), [(-7, []), (-8, ["PT209"]), (0, []), (1, ["PT206"])])
def test_a_weekday_is_at_most_a_week_before_its_report(tree: Tree, days: int, expected: list[str]) -> None:
    record = exit_of(timeline={"announced": f"{day('2020-06-11', days)} weekday"})
    assert codes(check_with(tree, {"actions/2020/acme-exit-2020": record})) == expected


# Doubt accuses nobody


@pytest.mark.parametrize(
    "timeline",
    [
        {"introduced": "2020-03-15", "passed": "2020-03", "signed": "..2020-05-01", "effective": "2020"},
        {"signed": "2020-06-10", "effective": "2020-06"},
        {"signed": "2020-06-10", "effective": "..2020-06-30"},
        {"signed": "2020-06-10", "effective": "2020-07-01", "ended": "2020", "confirmed": "2020-12-01"},
        {"signed": "2020-02", "effective": "2020-07-01..2020-07-31", "ends": "2020-07"},
        {"signed": "2020-02", "effective": "2020-03-01", "ends": "2020-08..2020-09", "ended": "2020-09"},
        {"signed": "2020-06-11"},
        {"signed": "2020-06"},
        {"signed": "2020-06-01..2020-06-20"},
    ],
)
def test_dates_that_can_be_true_together_are_not_accused(tree: Tree, timeline: Fields) -> None:
    evidence = [{"at": "paper-one-2020#p1", "supports": ["what", "signed", "p1"]}]
    found = check_with(tree, {"actions/2020/xx-law-2020": law(timeline=timeline, evidence=evidence)})
    assert [code for code in codes(found) if code.startswith("PT2")] == []


def test_a_source_without_a_date_is_not_asked_whether_it_is_older(tree: Tree) -> None:
    source = {
        "type": "news-article",
        "title": "A story",
        "publisher": "Paper Four",
        "url": "https://paper-four.example/story",
        "credit": "own-byline",
        "language": "en",
        "read": {"on": "2026-11-22", "extent": "full"},
        "passages": {"p1": {"locator": "paragraph 1", "start": 0, "length": 60, "sha256": "4" * 64}},
    }
    record = exit_of(timeline={"announced": "2021-03-01"}, evidence=[{"at": "paper-four#p1", "supports": "all"}])
    records = {"sources/undated/paper-four": source, "actions/2021/acme-exit-2021": record}
    assert codes(check_with(tree, records)) == []


def test_places_whose_surroundings_are_unknown_are_not_called_foreign(tree: Tree) -> None:
    near = law(jurisdictions=["xx-town"], timeline={"signed": "2020-01-10", "effective": "2020-02-01"})
    far = law(jurisdictions=["yy"], links=[{"amends": "xx-old-law-2020"}])
    records = {"actions/2020/xx-old-law-2020": near, "actions/2020/xx-law-2020": far}
    assert codes(check_with(tree, records)) == ["PT302"]
    broken = {"jurisdictions/xx": {"name": "Country X"}}
    assert codes(check_with(tree, records | broken)) == ["PT030"]


# References and redirects


def merged(to: str, kind: str = "merged") -> Fields:
    return {"kind": kind, "to": to, "reason": "Two records of one company.", "date": "2026-01-02"}


def test_a_retired_id_is_answered_with_what_took_its_place(tree: Tree) -> None:
    records = {"redirects": {"actor/acme-inc": merged("acme")}, "technologies/acme-match": _technology("acme-inc")}
    [finding] = of(check_with(tree, records), "PT104")
    assert finding.message == "`acme-inc` was merged on 2026-01-02"
    assert finding.help == "write `acme`, which took its place"


def test_a_withdrawn_id_is_answered_with_the_reason(tree: Tree) -> None:
    entry = {"kind": "withdrawn", "reason": "It never was a company.", "date": "2026-01-02"}
    records = {"redirects": {"actor/acme-inc": entry}, "technologies/acme-match": _technology("acme-inc")}
    [finding] = of(check_with(tree, records), "PT104")
    assert finding.help == "nothing took its place: It never was a company."


def _technology(vendor: str) -> Fields:
    return {"name": "Acme Match", "vendor": vendor}


@pytest.mark.parametrize(
    ("by", "advice"),
    [
        ("acmee", "did you mean `acme`? Else draft it: `policytrack new actor --id acmee`"),
        ("acme-corporation", "did you mean `acme`? Else draft it: `policytrack new actor --id acme-corporation`"),
        (
            "law-enforcment",
            "did you mean `law-enforcement`? Else draft it: `policytrack new actor --id law-enforcment`",
        ),
        ("companies", "did you mean `commercial`? Else draft it: `policytrack new actor --id companies`"),
        ("zq", "draft it: `policytrack new actor --id zq`; or name a class: `policytrack codes subject`"),
    ],
)
def test_an_unknown_id_is_answered_with_the_nearest_by_id_name_or_class(tree: Tree, by: str, advice: str) -> None:
    record = exit_of(provisions={"p1": {"prohibits": "use", "by": by}})
    found = check_with(tree, {"actions/2020/acme-exit-2020": record})
    assert [(each.code, each.help) for each in found if each.severity is Severity.ERROR] == [("PT104", advice)]


def test_advice_says_where_the_search_for_the_nearest_ends(tree: Tree) -> None:
    strangers = [f"acme-{number}" for number in range(102)]
    record = exit_of(provisions={"p1": {"prohibits": "use", "by": strangers}})
    told = [each.help for each in of(check_with(tree, {"actions/2020/acme-exit-2020": record}), "PT104")]
    assert [each.startswith("did you mean `acme`?") for each in told] == [True] * 100 + [False] * 2
    assert all("policytrack new actor --id acme-" in each for each in told)
    assert told[100].endswith("past the first 100 unknown ids, the nearest are told for those alone")


def test_an_id_whose_file_cannot_be_read_is_not_unknown(tree: Tree) -> None:
    assert codes(check_with(tree, {"actors/acme": {"name": "Acme Corporation"}})) == ["PT030"]


@pytest.mark.parametrize(
    ("redirects", "expected"),
    [
        ({"actor/a": merged("b"), "actor/b": merged("c"), "actor/c": merged("a")}, ["a -> actor/b -> actor/c ->"]),
        ({"actor/a": merged("a")}, ["actor/a -> actor/a"]),
        ({"actor/a": merged("b"), "actor/b": merged("acme")}, ["`b` is retired as well"]),
        ({"actor/a": merged("b"), "actor/b": merged("nobody")}, ["no actor has the id `nobody`"]),
        ({"actor/d": merged("a"), "actor/a": merged("b"), "actor/b": merged("a")}, ["run in a circle"]),
        ({"actor/a": merged("xx-town")}, ["no actor has the id `xx-town`"]),
        ({"actor/a": {"kind": "renamed", "reason": "New name.", "date": "2026-01-02"}}, ["names no record"]),
        ({"actor/a": {"kind": "withdrawn", "reason": "No company.", "date": "2026-01-02"}}, []),
        ({"actor/a": merged("acme")}, []),
    ],
)
def test_a_redirect_is_accused_once_and_where_it_is_wrong(tree: Tree, redirects: Fields, expected: list[str]) -> None:
    found = [each for each in check_with(tree, {"redirects": redirects}) if each.severity is not Severity.NOTICE]
    assert codes(found) == ["PT103"] * len(expected)
    assert all(part in each.message for part, each in zip(expected, found, strict=True))


# One mistake, one finding


def test_one_wrong_date_is_one_finding_however_many_it_clashes_with(tree: Tree) -> None:
    timeline = {
        "introduced": "2020-05-01",
        "passed": "2020-03-01",
        "signed": "2020-03-05",
        "enacted": "2020-03-09",
        "effective": "2020-07-01",
    }
    found = check_with(tree, {"actions/2020/xx-law-2020": law(timeline=timeline)})
    assert codes(found) == ["PT202"]
    assert "introduced 2020-05-01" in of(found, "PT202")[0].message


def test_two_wrong_dates_are_two_findings(tree: Tree) -> None:
    timeline = {"introduced": "2020-05-01", "first_vote": "2020-04-01", "filed": "2020-06-01", "decided": "2020-05-02"}
    found = check_with(tree, {"actions/2020/xx-law-2020": law(timeline=timeline)})
    assert codes(found) == ["PT202", "PT202"]


def test_an_end_before_both_start_and_confirmation_is_one_finding(tree: Tree) -> None:
    timeline = {"announced": "2020-06-01", "confirmed": "2020-06-10", "ended": "2020-05-01"}
    assert codes(check_with(tree, {"actions/2020/acme-exit-2020": exit_of(timeline=timeline)})) == ["PT205"]


@pytest.mark.parametrize(
    ("provision", "timeline", "expected"),
    [
        ({"from": "2020-09-01", "ends": "2020-08-01"}, {}, ["PT213"]),
        ({"from": "2020-09-01"}, {"ends": "2020-08-01"}, ["PT213"]),
        ({"ends": "2020-09-01"}, {"ends": "2020-08-01"}, ["PT211"]),
        ({"ends": "2020-07-01"}, {"ends": "2020-08-01"}, []),
        ({"ends": "P1M"}, {"ends": "first-of 2020-07-31 | event a-law"}, []),
        ({"ends": "P3M"}, {"ends": "first-of 2020-07-31 | event a-law"}, ["PT211"]),
        ({"ends": "P3M"}, {"ends": "last-of 2020-07-31 | event a-law"}, []),
        ({}, {"ends": "2020-05-01"}, ["PT213"]),
        ({}, {"ends": "2020-07-01", "confirmed": "2020-08-01"}, ["PT211"]),
        ({}, {"ends": "2020-07-01", "ended": "2020-07-01"}, []),
        ({}, {"ended": "2020-05-01"}, ["PT213"]),
    ],
)
def test_the_ends_of_an_action_and_its_provisions(
    tree: Tree, provision: Fields, timeline: Fields, expected: list[str]
) -> None:
    record = exit_of(
        timeline={"announced": "2020-06-10", **timeline},
        provisions={"p1": {"prohibits": "sell", **provision}},
        evidence=[{"at": "paper-one-2020#p1", "supports": ["what", "announced", "ends", "p1"]}],
    )
    found = check_with(tree, {"actions/2020/acme-exit-2020": record})
    assert [code for code in codes(found) if code.startswith("PT2")] == expected


def test_an_extended_action_may_outlast_its_first_end(tree: Tree) -> None:
    first = exit_of("other-corp", timeline={"announced": "2020-03-01", "ends": "P3M", "confirmed": "2020-06-10"})
    longer = exit_of(
        "other-corp",
        kind="extension",
        timeline={"announced": "2020-05-20", "ends": "further-notice"},
        provisions=None,
        links=[{"extends": "other-corp-pause-2020"}],
    )
    records = {"actions/2020/other-corp-pause-2020": first}
    assert codes(check_with(tree, records)) == ["PT211"]
    assert codes(check_with(tree, records | {"actions/2020/other-corp-longer-2020": longer})) == []


@pytest.mark.parametrize(
    ("membership", "expected"),
    [
        ({"from": "2020-01-01", "until": "2019-01-01"}, ["PT213"]),
        ({"from": "2020", "until": "2020-01-31"}, []),
        ({"from": "2020-01-02..2020-01-01"}, ["PT201"]),
    ],
)
def test_a_membership_begins_before_it_ends(tree: Tree, membership: Fields, expected: list[str]) -> None:
    place = {"name": "Country Y", "level": "country", "member_of": [{"jurisdiction": "xx", **membership}]}
    assert codes(check_with(tree, {"jurisdictions/yy": place})) == expected


# Circles


def extension(target: str, **changes: object) -> Fields:
    fields: Fields = {
        "kind": "extension",
        "provisions": None,
        "timeline": {"announced": "2020-06-10", "ends": "further-notice"},
        "links": [{"extends": target}],
    }
    return exit_of("other-corp", **(fields | changes))


def test_a_circle_of_three_is_one_finding_and_two_circles_are_two(tree: Tree) -> None:
    ring = {"a-2020": "b-2020", "b-2020": "c-2020", "c-2020": "a-2020", "d-2020": "e-2020", "e-2020": "d-2020"}
    found = check_with(tree, {f"actions/2020/{name}": extension(target) for name, target in ring.items()})
    messages = [each.message for each in of(found, "PT107")]
    assert [message.partition(": ")[2] for message in messages] == [
        "a-2020 -> b-2020 -> c-2020 -> a-2020",
        "d-2020 -> e-2020 -> d-2020",
    ]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("actors/acme", {"name": "Acme", "type": "company", "parent": "acme"}),
        ("technologies/acme-match", {"name": "Acme Match", "parent": "acme-match"}),
        ("jurisdictions/xx", {"name": "X", "level": "country", "member_of": [{"jurisdiction": "xx-town"}]}),
    ],
)
def test_every_way_upwards_can_be_a_circle(tree: Tree, name: str, fields: Fields) -> None:
    assert codes(check_with(tree, {name: fields})) == ["PT108"]


def test_a_copy_of_its_own_copy_is_a_circle(tree: Tree) -> None:
    text = (ROOT / "tests/tree/records/sources/2020/paper-one-2020.yaml").read_text()
    copy = f"{text}copy_of: {{source: paper-one-copy-2020, kind: syndicated, basis: credited at the foot}}\n"
    found = check(read(tree({"records/sources/2020/paper-one-2020.yaml": copy})), TODAY)
    assert len(of(found, "PT108")) == 1


# Links


def test_a_link_at_both_ends_is_found_at_one(tree: Tree) -> None:
    records = {
        "actions/2020/a-2020": exit_of("other-corp", links=[{"companion": "b-2020"}]),
        "actions/2020/b-2020": exit_of(links=[{"companion": "a-2020"}]),
    }
    found = check_with(tree, records)
    assert [(each.code, each.subject) for each in found if each.code == "PT109"] == [("PT109", "action/b-2020")]


@pytest.mark.parametrize(
    ("target", "announced", "expected"),
    [
        ({"ends": "2020-03-31"}, "2020-03-31", []),
        ({"ends": "2020-03-31"}, "2020-04-01", ["PT306"]),
        ({"ends": "2020-03-31"}, "2020-03-31..2020-04-30", []),
        ({"ends": "unknown"}, "2020-06-01", []),
        ({"ends": "event a-law"}, "2020-06-01", []),
        ({"ends": "unknown", "ended": "2020-03-31"}, "2020-04-01", ["PT306"]),
    ],
)
def test_only_what_still_stands_is_extended(tree: Tree, target: Fields, announced: str, expected: list[str]) -> None:
    first = exit_of("other-corp", timeline={"announced": "2020-01-10", **target})
    longer = extension("a-2020", timeline={"announced": announced, "ends": "further-notice"})
    assert codes(check_with(tree, {"actions/2020/a-2020": first, "actions/2020/b-2020": longer})) == expected


def test_a_second_extension_is_measured_by_the_end_that_the_first_one_set(tree: Tree) -> None:
    first = exit_of("other-corp", timeline={"announced": "2019-01-10", "ends": "2019-12-31"})
    one = extension("a-2019", timeline={"announced": "2019-12-01", "ends": "2020-06-30"})
    two = extension("a-2019", timeline={"announced": "2020-06-09", "ends": "2020-12-31"})
    records = {"actions/2019/a-2019": first, "actions/2019/b-2019": one, "actions/2020/c-2020": two}
    assert codes(check_with(tree, records)) == []
    del records["actions/2019/b-2019"]
    assert codes(check_with(tree, records)) == ["PT306"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "ban", "links": [{"annuls": "acme-pause-2020"}]}, []),
        ({"kind": "lawsuit", "instrument": "court-decision", "links": [{"suspends": "acme-pause-2020"}]}, ["PT305"]),
        (
            {
                "kind": "ruling",
                "instrument": "court-decision",
                "timeline": {"decided": "2020-06-10"},
                "links": [{"suspends": "acme-pause-2020"}],
            },
            [],
        ),
        ({"instrument": "corporate-policy", "actor": "acme", "links": [{"upholds": "acme-pause-2020"}]}, ["PT305"]),
        ({"kind": "repeal", "links": [{"repeals": "acme-pause-2020", "replaces": []}]}, ["PT305"]),
        ({"kind": "repeal", "links": [{"repeals": "acme-pause-2020", "replaces": ["p1"]}]}, []),
        ({"kind": "repeal", "links": [{"repeals": "acme-pause-2020", "replaces": ["p2"]}]}, ["PT308"]),
        ({"kind": "repeal", "links": [{"extends": "acme-pause-2020"}]}, ["PT304"]),
        ({"kind": "moratorium", "links": [{"extends": "acme-pause-2020"}]}, ["PT212"]),
    ],
)
def test_what_a_kind_and_a_form_can_do(tree: Tree, changes: Fields, expected: list[str]) -> None:
    found = check_with(tree, {"actions/2020/xx-law-2020": law(**changes)})
    assert codes(found) == expected


# Ends of a moratorium, exceptions, scope


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("none", ["PT212"]),
        ("unknown", []),
        ("further-notice", []),
        ("event a-law", []),
        ("P1Y", []),
    ],
)
def test_what_counts_as_the_end_of_a_moratorium(tree: Tree, ends: str, expected: list[str]) -> None:
    record = exit_of(kind="moratorium", timeline={"announced": "2020-06-10", "ends": ends})
    assert codes(check_with(tree, {"actions/2020/acme-moratorium-2020": record})) == expected


BAR: Fields = {"prohibits": ["deploy"], "by": ["law-enforcement"], "technology": "acme-match"}


@pytest.mark.parametrize(
    ("exception", "expected"),
    [
        # A bar on installing is lifted for the use by some: how a real law is written.
        ({"permits": "use", "by": ["law-enforcement"], "conditions": ["approval"]}, []),
        # What stays allowed, as the source says it does, though the bar never reached these people.
        ({"permits": "deploy", "by": ["individuals"]}, []),
        ({"permits": "deploy", "by": ["xx-police"]}, []),
        ({"permits": "pay", "by": ["law-enforcement"], "purposes": ["testing"]}, ["PT407"]),
        ({"prohibits": "deploy", "by": ["law-enforcement"], "purposes": ["testing"]}, ["PT407"]),
        ({"practises": "deploy", "by": ["law-enforcement"], "purposes": ["testing"]}, ["PT407"]),
        ({"permits": "deploy", "by": ["law-enforcement"]}, ["PT408"]),
        ({"permits": ["deploy", "use"], "by": ["any"]}, ["PT408"]),
        ({"permits": "deploy", "by": ["law-enforcement"], "technology": "acme-match"}, ["PT408"]),
        ({"permits": "deploy", "by": ["law-enforcement"], "purposes": ["testing"]}, []),
        ({"permits": "deploy", "by": ["law-enforcement"], "ends": "2020-08-01"}, []),
        ({"restricts": "deploy", "by": ["law-enforcement"], "conditions": ["warrant"]}, []),
        ({"permits": "deploy", "by": ["schools"]}, []),
    ],
)
def test_an_exception_takes_out_something_and_leaves_something(
    tree: Tree, exception: Fields, expected: list[str]
) -> None:
    record = law(provisions={"p1": BAR, "p2": {**exception, "except_to": "p1"}})
    assert codes(check_with(tree, {"actions/2020/xx-law-2020": record})) == expected


def test_an_exception_to_itself_excepts_nothing(tree: Tree) -> None:
    record = law(provisions={"p1": {**BAR, "except_to": "p1"}})
    assert codes(check_with(tree, {"actions/2020/xx-law-2020": record})) == ["PT407"]


def test_an_exception_to_another_action_is_looked_up_there(tree: Tree) -> None:
    exception = {"permits": "sell", "to": ["law-enforcement"], "by": ["acme"], "except_to": "acme-pause-2020#p7"}
    found = check_with(tree, {"actions/2020/xx-law-2020": law(provisions={"p1": exception})})
    assert [(each.code, each.message) for each in found if each.severity is Severity.ERROR] == [
        ("PT310", "`acme-pause-2020` has no provision p7")
    ]


def test_a_suspension_may_stand_on_its_link_alone(tree: Tree) -> None:
    suspension = exit_of(kind="sales-suspension", provisions=None, links=[{"suspends": "acme-pause-2020"}])
    assert codes(check_with(tree, {"actions/2020/acme-halt-2020": suspension})) == []
    del suspension["links"]
    assert codes(check_with(tree, {"actions/2020/acme-halt-2020": suspension})) == ["PT401"]


def test_left_out_places_need_evidence_like_places(tree: Tree) -> None:
    evidence = [{"at": "paper-one-2020#p1", "supports": ["what", "announced", "p1"]}]
    record = exit_of(excluded=["yy"], evidence=evidence)
    assert codes(check_with(tree, {"actions/2020/acme-exit-2020": record})) == ["PT404"]


# Waivers


def waived(code: str, times: int = 1) -> Fields:
    return {"waivers": [{"code": code, "reason": "Two acts.", "date": "2026-11-22"}] * times}


DOUBLE: Fields = {
    "kind": "sales-suspension",
    "timeline": {"announced": "2020-06-11", "ends": "further-notice"},
    "provisions": {"p1": {"prohibits": "sell", "to": ["law-enforcement"]}},
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (DOUBLE, ["PT110"]),
        (DOUBLE | waived("PT110"), []),
        (DOUBLE | waived("PT110", times=2), ["PT801"]),
        (DOUBLE | waived("PT212"), ["PT110", "PT801"]),
        (waived("PT110"), ["PT801"]),
        ({"provisions": None} | waived("PT401"), ["PT401", "PT802"]),
        (waived("PT905"), ["PT802"]),
        (waived("PT801"), ["PT802"]),
        (waived("PT999"), ["PT802"]),
    ],
)
def test_a_waiver_lets_one_warning_of_its_record_stand(tree: Tree, changes: Fields, expected: list[str]) -> None:
    found = check_with(tree, {"actions/2020/acme-pause-again-2020": exit_of(**changes)})
    assert sorted(codes(found)) == expected


def test_a_waiver_does_not_reach_other_records(tree: Tree) -> None:
    records = {
        "actions/2020/acme-pause-again-2020": exit_of(**DOUBLE, **waived("PT110")),
        "actions/2020/acme-pause-more-2020": exit_of(**(DOUBLE | {"timeline": {"announced": "2020-06-12"}})),
    }
    found = check_with(tree, records)
    assert {each.subject for each in of(found, "PT110")} == {"action/acme-pause-more-2020"}


# The whole


def test_findings_come_in_the_order_of_the_files_and_do_not_depend_on_how_the_tree_was_made(tree: Tree) -> None:
    wrong = exit_of(timeline={"announced": "2020-06-10", "effective": "2020-01-01"}, provisions=None)
    names = ["actions/2020/b-2020", "actions/2020/a-2020", "actions/2020/c-2020"]
    forth = check_with(tree, dict.fromkeys(names, wrong))
    back = check_with(tree, dict.fromkeys(reversed(names), wrong))
    assert forth == back == sorted(forth, key=lambda each: each.order)
    assert {each.place.path for each in forth if each.code == "PT203"} == {f"records/{name}.yaml" for name in names}


def test_the_records_of_the_project_have_neither_errors_nor_warnings() -> None:
    assert [each for each in check(read(ROOT), date.fromisoformat("2026-11-22")) if each.severity != "notice"] == []
