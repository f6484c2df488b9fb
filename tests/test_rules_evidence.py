"""The rules of evidence, sources and text where a page's two examples do not reach: limits, doubts, what is exempt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytrack.dataset import Dataset, read
from policytrack.documents import Document
from policytrack.findings import Finding, Severity
from policytrack.layout import spot
from policytrack.parsing import AnyRecord, build
from policytrack.rules import RULES, Case, check
from policytrack.rules.addresses import canonical

Tree = Callable[[Mapping[str, str | bytes]], Path]
Fields = dict[str, Any]

TODAY = date(2021, 6, 1)
TREE = Path(__file__).parent / "tree"
ROOT = Path(__file__).parent.parent
PAUSE = "actions/2020/acme-pause-2020"
STORY = "sources/2020/story-2020"


def pause(*evidence: Fields, **changes: object) -> dict[str, Fields]:
    """Return the base tree's action with other evidence, and some fields changed."""
    fields = {
        "title": "Acme pauses sales to police",
        "kind": "sales-suspension",
        "instrument": "corporate-policy",
        "actor": "acme",
        "timeline": {"announced": "2020-06-10", "ends": "further-notice"},
        "provisions": {"p1": {"prohibits": "sell", "to": ["law-enforcement"], "technology": "acme-match"}},
        "evidence": list(evidence) or [{"at": "acme-release-2020#p1", "supports": "all"}],
        **changes,
    }
    return {PAUSE: fields}


def story(name: str = STORY, /, **changes: object) -> dict[str, Fields]:
    """Return a clean source, with some fields changed; None takes a field out."""
    fields: Fields = {
        "type": "news-article",
        "title": "Acme stops selling",
        "credit": "own-byline",
        "url": f"https://{name.replace('/', '.')}.example/acme",
        "published": "2020-06-12",
        "language": "en",
        "read": {"on": "2026-11-22", "extent": "full"},
        **changes,
    }
    return {name: {key: value for key, value in fields.items() if value is not None}}


def passage(sign: str, start: int = 0, length: int = 60) -> Fields:
    return {"locator": "paragraph 1", "start": start, "length": length, "sha256": sign * 64}


@pytest.fixture
def found(tree: Tree) -> Callable[..., list[Finding]]:
    """Return a function that checks records laid over the base tree and returns what is more than a notice."""

    def find(*records: Mapping[str, Fields]) -> list[Finding]:
        files = {
            f"records/{name}.yaml": json.dumps(each, indent=1) for group in records for name, each in group.items()
        }
        return [each for each in check(read(tree(files)), TODAY) if each.severity is not Severity.NOTICE]

    return find


Find = Callable[..., list[Finding]]


def told(findings: list[Finding]) -> list[str]:
    return [f"{each.code} {each.message}" for each in findings]


def test_a_date_that_follows_needs_no_support(found: Find) -> None:
    timeline = {"announced": "2020-06-10", "effective": "2020-06-10 assumed", "ends": "2021-06-10 computed"}
    evidence = {"at": "acme-release-2020#p1", "supports": ["what", "announced", "p1"]}
    assert told(found(pause(evidence, timeline=timeline))) == []
    timeline["effective"] = "2020-06-10"
    assert told(found(pause(evidence, timeline=timeline))) == ["PT501 no evidence supports `effective`"]


def test_a_source_that_claims_to_be_read_later_than_today_does_not_move_the_far_day(found: Find) -> None:
    # The sources of the base tree are read on 2026-11-22, which lies ahead here; from then on 2073 would not be far.
    (far,) = [
        each
        for each in found(pause(timeline={"announced": "2020-06-10", "ends": "2073-01-01"}))
        if each.code == "PT215"
    ]
    assert far.message == "ends 2073-01-01 lies more than 50 years after 2021-06-01"
    assert far.help == "look at the year again: the last of its sources was read or issued on that day"


def test_a_misspelt_field_is_one_finding(found: Find) -> None:
    (only,) = found(pause({"at": "acme-release-2020#p1", "supports": ["what", "anounced", "ends", "p1"]}))
    assert (only.code, only.help) == ("PT502", "did you mean `announced`?")
    conflict = {"field": "anounced", "values": ["a", "b"], "chosen": "a", "reason": "c"}
    evidence: list[Fields] = [
        {"at": "acme-release-2020#p1", "supports": "all"},
        {"at": "paper-one-2020#p1", "supports": "announced", "reading": "contradicts"},
    ]
    (only,) = found(pause(*evidence, conflicts=[conflict]))
    assert (only.code, only.help) == ("PT511", "did you mean `announced`?")


def test_what_only_contradicts_supports_nothing(found: Find) -> None:
    conflict = {"field": "ends", "values": ["a", "b"], "chosen": "a", "reason": "c"}
    evidence: list[Fields] = [
        {"at": "acme-release-2020#p1", "supports": ["what", "announced", "p1"]},
        {"at": "paper-one-2020#p1", "supports": "ends", "reading": "contradicts"},
    ]
    assert told(found(pause(*evidence, conflicts=[conflict]))) == ["PT501 no evidence supports `ends`"]


def test_a_relation_that_stands_twice_is_named_with_its_id(found: Find) -> None:
    others = {
        f"actions/2020/other-{name}-2020": {
            **pause(title=f"Other Corporation acts {name}", actor="other-corp")[PAUSE],
            "identifiers": [f"docket {name}"],
        }
        for name in ("a", "b")
    }
    links = [{"follows": "other-a-2020"}, {"follows": "other-b-2020"}]
    rest = {"at": "acme-release-2020#p1", "supports": ["what", "announced", "ends", "p1", "follows:other-a-2020"]}
    bare = {"at": "paper-one-2020#p1", "supports": ["follows"]}
    findings = found(pause(rest, bare, links=links), others)
    assert told(findings)[0] == "PT502 `follows` is supported, and the record does not hold it"
    assert "`follows:other-a-2020` or `follows:other-b-2020`" in findings[0].help
    bare["supports"] = ["follows:other-b-2020"]
    assert told(found(pause(rest, bare, links=links), others)) == []


def test_an_unknown_source_is_not_accused_of_its_passages(found: Find) -> None:
    findings = found(pause({"at": "acme-release-2020#p9", "supports": "all"}))
    assert told(findings) == ["PT503 the source acme-release-2020 holds no passage `p9`"]
    assert findings[0].help == "it holds `p1`, `p2`; `policytrack cite` adds one"
    assert not [each for each in found(pause({"at": "nowhere#p9", "supports": "all"})) if each.code.startswith("PT5")]


def test_one_conflict_over_all_is_not_a_field(found: Find) -> None:
    conflict = {"field": "all", "values": ["a", "b"], "chosen": "a", "reason": "c"}
    (only,) = found(pause(conflicts=[conflict]))
    assert (only.code, only.help) == ("PT511", "write one entry for each field")


def test_a_field_rests_on_the_best_of_its_weak_sources(found: Find) -> None:
    low = {"reliability": "low", "reliability_reason": "garbled"}
    one = {"passages": {"p1": passage("1")}}
    compiled = story("sources/2020/pile-2020", copy_of={"kind": "compiled", "basis": "x"}, **low, **one)
    rumour = story("sources/2020/rumour-2020", passages={"p1": passage("2")}, **low)
    spun_of = {"source": "paper-one-2020", "kind": "rewritten", "basis": "x"}
    spun = story("sources/2020/spun-2020", copy_of=spun_of, passages={"p1": passage("3")}, **low)
    rest = {"at": "acme-release-2020#p1", "supports": ["what", "announced"]}
    items = [{"at": f"{name}-2020#p1", "supports": ["ends", "p1"]} for name in ("pile", "rumour", "spun")]
    said = {
        1: "PT505 `ends`, `p1` rest on a text compiled from unknown works alone",
        2: "PT507 `ends`, `p1` rest on sources of low reliability alone",
        3: "PT506 `ends`, `p1` rest on a rewritten copy alone",
    }
    for number, message in said.items():
        assert told(found(pause(rest, *items[:number], review={"state": "draft"}), compiled, rumour, spun)) == [message]
    sound = {"at": "paper-two-2020#p1", "supports": ["ends", "p1"]}
    assert told(found(pause(rest, *items, sound), compiled, rumour, spun)) == []


@pytest.mark.parametrize(("state", "codes"), [("draft", ["PT905"]), ("checked", []), ("reviewed", [])])
def test_only_what_nobody_else_has_read_awaits_a_reader(tree: Tree, state: str, codes: list[str]) -> None:
    action = (TREE / "records/actions/2020/acme-pause-2020.yaml").read_text(encoding="utf-8")
    text = action.replace("state: reviewed", f"state: {state}")
    found = check(read(tree({"records/actions/2020/acme-pause-2020.yaml": text})), TODAY)
    assert [finding.code for finding in found if finding.code == "PT905"] == codes


def test_a_stated_cause_or_a_note_on_it_is_enough(found: Find) -> None:
    def halt(reading: str, **changes: object) -> dict[str, Fields]:
        halted = pause(
            {"at": "paper-one-2020#p2", "supports": ["what", "announced", "p1"]},
            {"at": "paper-two-2020#p2", "supports": "prompted_by", "reading": reading},
            kind="use-suspension",
            instrument="agency-decision",
            actor="xx-town-council",
            timeline={"announced": "2020-06-11"},
            provisions={"p1": {"prohibits": "use", "technology": "acme-match"}},
            links=[{"prompted_by": "acme-pause-2020"}],
            **changes,
        )[PAUSE]
        return {"actions/2020/town-halt-2020": halted}

    assert [each.code for each in found(halt("inferred"))] == ["PT513"]
    assert told(found(halt("stated"))) == []
    assert told(found(halt("inferred", notes="The paper sets the one beside the other."))) == []


@pytest.mark.parametrize(
    ("language", "length", "codes"),
    [
        ("en", 39, ["PT516"]),
        ("en", 40, []),
        ("ja", 19, ["PT516"]),
        ("ja", 20, []),
        ("zh-Hant-TW", 20, []),
        ("th", 20, []),
        ("de", 20, ["PT516"]),
        (None, 20, ["PT516"]),
        ("en", 4000, []),
        ("en", 4001, ["PT517"]),
    ],
)
def test_a_passage_is_neither_guessable_nor_endless(
    language: str | None, length: int, codes: list[str], found: Find
) -> None:
    foreign = {"title_en": "Acme stops"} if language not in {"en", None} else {}
    held = story(language=language, passages={"p1": passage("1", length=length)}, **foreign)
    assert [each.code for each in found(held)] == codes


def test_one_pair_of_sources_with_the_same_text_is_one_finding(found: Find) -> None:
    two = {"p1": passage("a"), "p2": passage("b", start=60)}
    first, second = (story(f"sources/2020/{name}-2020", passages=two) for name in ("first", "second"))
    assert told(found(first, second)) == ["PT602 the passage `p1` stands in first-2020 word for word"]
    cousin = {"kind": "syndicated", "basis": "x", "source": "paper-one-2020"}
    copies = [story(f"sources/2020/{name}-2020", passages=two, copy_of=cousin) for name in ("first", "second")]
    assert told(found(*copies)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://Example.org:80/a/", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org:443/a?utm_source=x&fbclid=y"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
        ("https://u:p@example.org/a", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
    ],
)
def test_addresses_of_one_document(first: str, second: str) -> None:
    assert canonical(first) == canonical(second) != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/a", "https://www.example.org/a"),
        ("https://example.org/a?x=", "https://example.org/a"),
    ],
)
def test_addresses_of_two_documents(first: str, second: str) -> None:
    assert canonical(first) != canonical(second)


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("javascript:alert(1)", ["PT605"]),
        ("ftp://example.org/a", ["PT605"]),
        ("//example.org/a", ["PT605"]),
        ("https:///a", ["PT605"]),
        ("https://example.org/a b", ["PT605"]),
        ("https://example.org:99999/a", ["PT605"]),
        ("https://[::1/a", ["PT605"]),
        ("https://[::1]/a", []),
        ("https://someone@example.org/a", ["PT606"]),
        ("https://example.org/a@b", []),
        ("https://example.org/a?UTM_Source=x&utm_medium=y", ["PT604"]),
        ("https://example.org/a?gclid=", ["PT604"]),
        ("https://example.org/a?clid=1", []),
    ],
)
def test_an_address_has_at_most_one_fault(url: str, codes: list[str], found: Find) -> None:
    assert [each.code for each in found(story(url=url))] == codes


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("web.archive.org", True),
        ("archive.ph", True),
        ("perma.cc", True),
        ("wayback.archive-it.org", True),
        ("web.archive.org.example", False),
        ("notarchive.org", False),
        ("archive.example", False),
    ],
)
def test_only_public_archives_are_archives(host: str, found: Find, *, public: bool) -> None:
    codes = [each.code for each in found(story(archive_url=f"https://{host}/web/2020/x"))]
    assert codes == ([] if public else ["PT614"])


@pytest.mark.parametrize(
    ("read_on", "published", "codes"),
    [
        ("2020-06-12", "2020-06-12", []),
        ("2020-06-11", "2020-06-12", []),  # the day before, in another time zone
        ("2020-06-10", "2020-06-12", ["PT616"]),
        ("2020-06-10", "2020-06", []),
        ("2020-06-10", "2020-06-01..", []),
        ("2019-12-30", "2020", ["PT616"]),
    ],
)
def test_a_source_is_read_after_it_was_published(read_on: str, published: str, codes: list[str], found: Find) -> None:
    assert [each.code for each in found(story(published=published, read={"on": read_on, "extent": "full"}))] == codes


def test_an_update_is_only_certainly_earlier_where_no_day_fits(found: Find) -> None:
    assert [each.code for each in found(story(updated="2020-06-11"))] == ["PT615"]
    assert told(found(story(updated="2020-06"))) == []


def test_the_credit_of_a_primary_document_is_its_type(found: Find) -> None:
    assert told(found(story(type="statute", credit=None))) == []
    assert told(found(story(credit=None, read={"extent": "none"}))) == []
    assert [each.code for each in found(story(credit=None))] == ["PT617"]


def test_an_agency_that_publishes_its_own_story_is_no_copy(found: Find) -> None:
    assert told(found(story(credit="agency Wire", publisher="Wire"))) == []
    assert [each.code for each in found(story(credit="agency Wire", publisher="Paper"))] == ["PT618"]


@pytest.mark.parametrize("mark", ["“x”", '"x"', "«x»", "„x“", "「x」", "'x y'", "\u2018x\u2019"])
def test_marks_of_quotation_are_seen_in_our_texts_and_left_in_titles(mark: str, found: Find) -> None:
    assert [each.code for each in found(story(notes=f"It says {mark} there"))] == ["PT701"]
    assert told(found(story(title=f"It says {mark} there"))) == []


@pytest.mark.parametrize(
    "text", ["Sheriff's Office and the agents' cars", "it\u2019s, the officers\u2019", "5 o'clock"]
)
def test_an_apostrophe_is_no_quotation(text: str, found: Find) -> None:
    assert told(found(story(notes=text))) == []


def test_limits_of_length(found: Find) -> None:
    assert told(found(pause(title="t" * 120, summary="w " * 60, notes="w " * 150))) == []
    assert told(found(pause(title="t" * 121, summary="w " * 61, notes="w " * 151))) == [
        "PT702 `title` has 121 characters; 120 are the limit",
        "PT702 `summary` has 61 words; 60 are the limit",
        "PT702 `notes` has 151 words; 150 are the limit",
    ]
    assert told(found(story(title="t" * 300))) == []


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (b"name: Acme\ntype: company # \xe2\x80\xae hidden\n", ["PT703"]),  # a turn of direction in a comment
        (b"na\xe2\x80\x8bme: Acme\ntype: company\n", []),  # an unknown key: the record cannot be read
        (b'name: "Acme\\u200b Corporation"\ntype: company\n', ["PT703"]),  # by an escape
        (b'name: "Acme\\0 Corporation"\ntype: company\n', ["PT703"]),
        (b'name: "Acme\\u200b \xe2\x80\x8bCorporation"\ntype: company\n', ["PT703"]),  # one mistake, seen once
        ("name: \u0645\u06cc\u200c\u062e\u0648\ntype: company\n".encode(), []),  # a joiner that belongs to the spelling
        (b"name: Ac\xe2\x80\x8cme\ntype: company\n", ["PT703"]),
        ("name: Аcme\ntype: company\n".encode(), ["PT704"]),  # noqa: RUF001 - a Cyrillic A
        ("name: Acme\ntype: company\nnotes: the Αlpha model\n".encode(), ["PT704"]),  # noqa: RUF001 - a Greek A
        ("name: Acme-Россия\ntype: company\n".encode(), []),
        ("name: Ελλάδα και Россия and Côte d’Ivoire\ntype: company\n".encode(), []),  # noqa: RUF001
    ],
)
def test_deceptive_characters(raw: bytes, codes: list[str], tree: Tree) -> None:
    findings = check(read(tree({"records/actors/third.yaml": raw})), TODAY)
    assert [each.code for each in findings if each.code.startswith("PT7")] == codes


def headed(dataset: Dataset) -> list[Finding]:
    """Return the findings as if every record had its schema header, and the base tree were read by the day asked."""
    return [each for each in check(dataset, TODAY) if each.code not in {"PT906", "PT909"}]


def test_the_redirects_are_looked_through_as_well(tree: Tree) -> None:
    entry = "actor/acme-inc: {kind: merged, to: acme, reason: one c\u200bompany, date: 2026-11-22}\n"
    findings = headed(read(tree({"records/redirects.yaml": entry})))
    column = entry.index("\u200b") + 1
    assert [(each.code, str(each.place)) for each in findings] == [("PT703", f"records/redirects.yaml:1:{column}")]


def test_a_name_on_one_line_may_be_folded(tree: Tree) -> None:
    folded = "name: >-\n  Acme\n  Corporation\ntype: company\n"
    ragged = folded.replace(">-", ">")
    assert headed(read(tree({"records/actors/third.yaml": folded}))) == []
    assert [each.code for each in headed(read(tree({"records/actors/third.yaml": ragged})))] == ["PT705"]


def test_a_source_that_nobody_uses_is_work_and_no_fault(tree: Tree) -> None:
    files = {f"records/{STORY}.yaml": json.dumps(story()[STORY])}
    assert [(each.code, each.severity) for each in headed(read(tree(files)))] == [("PT904", Severity.NOTICE)]


def test_our_records_are_clean_under_these_rules() -> None:
    ours = [each for each in check(read(ROOT), TODAY) if each.code[:3] in {"PT5", "PT6", "PT7"}]
    assert [f"{each.place}: {each.code} {each.message}" for each in ours] == []


# Whatever text stands in a record that has the right shape, no rule of these families fails on it.

FAMILIES = [
    rule for code, rule in sorted(RULES.items()) if code[:3] in {"PT5", "PT6", "PT7"} or code in {"PT903", "PT904"}
]
ODD = st.text(st.sampled_from("aАΑ\u202e\u200d\u0301“'\"\n\x00 7"), min_size=1)  # noqa: RUF001 - letters that look alike
TEXT = st.one_of(ODD, st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)).filter(str.strip)
URLS = st.one_of(
    TEXT,
    st.sampled_from(["https://a.example/?utm_id=1", "http://u@a.example", "https://a.example/"]),
    TEXT.map("https://{}".format),
    st.from_regex(r"https?://[\[\]@:/?#&=%.a-z0-9;]{0,30}", fullmatch=True),
)
TARGETS = st.sampled_from(["what", "all", "p1", "p9", "announced", "ends", "follows", "annuls:x", "nothing"])
IDS = st.sampled_from(["s1", "s2", "s3", "gone"])


@st.composite
def worlds(draw: st.DrawFn) -> Dataset:
    def maybe(fields: Fields, name: str, values: st.SearchStrategy[Any]) -> None:
        if draw(st.booleans()):
            fields[name] = draw(values)

    files: dict[str, Fields] = {}
    for name in ("s1", "s2", "s3"):
        fields: Fields = {"type": draw(st.sampled_from(["news-article", "statute"])), "title": draw(TEXT)}
        fields["read"] = draw(
            st.sampled_from([{"extent": "none"}, {"extent": "full"}, {"extent": "full", "on": "2020-01-01"}])
        )
        copy = st.fixed_dictionaries({"kind": st.sampled_from(["compiled", "rewritten"]), "basis": TEXT, "source": IDS})
        maybe(fields, "url", URLS)
        maybe(fields, "archive_url", URLS)
        maybe(fields, "notes", TEXT)
        maybe(fields, "copy_of", copy)
        maybe(fields, "published", st.sampled_from(["2020", "..2019", "2021-01-01.."]))
        maybe(fields, "updated", st.sampled_from(["2018", "2020-02-02"]))
        maybe(fields, "credit", st.sampled_from(["agency X", "unstated", "issuer"]))
        maybe(fields, "title_en", TEXT)
        maybe(fields, "reliability_reason", TEXT)
        maybe(fields, "reliability", st.sampled_from(["low", "good"]))
        maybe(fields, "language", st.sampled_from(["en", "ja", "pt-BR"]))
        maybe(
            fields, "passages", st.just({"p1": passage("1"), "p2": passage(draw(st.sampled_from("12")), length=9000)})
        )
        files[f"sources/undated/{name}"] = fields
    evidence = st.fixed_dictionaries(
        {
            "at": st.builds("{}{}".format, IDS, st.sampled_from(["", "#p1", "#p7"])),
            "supports": st.lists(TARGETS, min_size=1, unique=True),
            "reading": st.sampled_from(["stated", "inferred", "contradicts"]),
            "relays": IDS,
        }
    )
    conflict = st.fixed_dictionaries(
        {"field": TARGETS, "values": st.lists(TEXT, min_size=1, unique=True), "chosen": TEXT, "reason": TEXT}
    )
    link = st.builds(lambda relation: {relation: "x"}, st.sampled_from(["follows", "annuls", "prompted_by"]))
    changes = {
        "title": draw(TEXT),
        "conflicts": draw(st.lists(conflict, max_size=3)),
        "links": draw(st.lists(link, max_size=3)),
        "review": {"state": "reviewed"},
    }
    act = pause(*draw(st.lists(evidence, min_size=1, max_size=4)), **changes)
    tables: dict[str, dict[str, AnyRecord]] = {"source": {}, "action": {}}
    for name, fields in {**files, **act}.items():
        # Not by way of YAML, which has no form for some of these texts; the places are those of an empty file.
        path = f"records/{name}.yaml"
        record, faults = build(Document(path, json.dumps(fields, ensure_ascii=False), fields), spot(path))
        assert record is not None, faults
        tables[record.kind][record.id] = record
    return Dataset(root=ROOT, sources=tables["source"], actions=tables["action"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_no_rule_of_these_families_ever_raises(dataset: Dataset) -> None:
    case = Case(dataset, TODAY)
    for rule in FAMILIES:
        for finding in rule.find(case):
            assert finding.message
            assert finding.place.line >= 1
