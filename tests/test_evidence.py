"""Fingerprints, citing, what supports what, and how many origins bear an action out."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import of_the_articles
from policytrack import evidence
from policytrack.codes import Grade
from policytrack.dataset import Dataset, read
from policytrack.documents import Document
from policytrack.evidence import (
    AmbiguousError,
    CitedAlreadyError,
    NotFoundError,
    TooShortError,
    candidates,
    cite,
    corroboration,
    fingerprint,
    grade,
    next_key,
    origins,
    root_of,
    squash,
    supported,
)
from policytrack.evidence.passages import Squashed
from policytrack.models import Action, Source
from policytrack.parsing import Record

ROOT = Path(__file__).parent.parent
NOWHERE = Document("records/x.yaml", "", {})

TEXT = """Acme ends sales to police

Acme said on Wednesday that it would no longer sell its matching service to the police. The company named no end.

Rescue services keep access to the service, a spokesman told this paper. "We stand by them." Nobody asked.

Acme said on Wednesday that it had been founded long before anybody had thought of matching faces by machine.
"""


def source(**fields: object) -> Source:
    base = {"type": "news-article", "title": "A story", "read": {"on": "2026-11-22", "extent": "full"}}
    return Source.model_validate({"credit": "staff", "passages": {"p1": PASSAGE}, **base, **fields})


PASSAGE = {"locator": "paragraph 1", "start": "0", "length": "60", "sha256": "0" * 64}
UNREAD: Mapping[str, object] = {"read": {"extent": "none"}, "passages": {}}


def action(*evidence: str, links: list[dict[str, str]] | None = None, **timeline: str) -> Action:
    """Return an action; each evidence is `SOURCE supports[,supports] [reading] [relays ID]`."""
    items = []
    for line in evidence:
        at, supports, *rest = line.split()
        item: dict[str, object] = {"at": f"{at}#p1", "supports": supports.split(",")}
        if "relays" in rest:
            item["relays"] = rest[rest.index("relays") + 1]
        if rest and rest[0] in {"inferred", "contradicts"}:
            item["reading"] = rest[0]
        items.append(item)
    return Action.model_validate(
        {
            "title": "Acme stops",
            "kind": "market-exit",
            "instrument": "corporate-policy",
            "actor": "acme",
            "timeline": timeline or {"announced": "2020-06-10"},
            "provisions": {"p1": {"prohibits": "sell"}},
            "evidence": items,
            **({"links": links} if links else {}),
        }
    )


def dataset(sources: Mapping[str, Source], *actions: Action) -> tuple[Dataset, list[Record[Action]]]:
    records = [Record(f"act-{number}", "action", "2020", each, NOWHERE) for number, each in enumerate(actions)]
    table = {name: Record(name, "source", "undated", each, NOWHERE) for name, each in sorted(sources.items())}
    return Dataset(root=ROOT, sources=table, actions={record.id: record for record in records}), records


def graded(sources: Mapping[str, Source], *evidence: str) -> Grade:
    data, (record,) = dataset(sources, action(*evidence))
    return grade(data, record)


def test_squashing_keeps_letters_marks_and_numbers_in_one_form() -> None:
    assert squash("“The\u00a0ﬁrst —  2nd”, Straße!\n\tCafe\u0301") == "thefirst2ndstrassecafé"
    assert squash("顔認証、2020年。") == "顔認証2020年"
    assert squash("ＡＢＣ①") == "abc1"
    assert squash(" …\u200b—\ufeff") == ""


def test_a_fingerprint_is_the_sha256_of_the_squashed_text() -> None:
    # printf 'acmestopssales' | sha256sum
    assert fingerprint(squash("Acme stops SALES.")) == (
        "d2983d6ef7534da9fffa41a3baf2ced9c3330ff5655054393429f9bdf71b2e62"
    )


@given(st.text())
def test_lines_squash_to_the_same_as_the_whole(text: str) -> None:
    squashed = Squashed.of(text)
    assert squashed.text == squash(text)
    assert list(squashed.starts) == sorted(squashed.starts)


@given(st.lists(st.text(alphabet="ab. "), min_size=1))
def test_an_offset_leads_to_its_line(lines: list[str]) -> None:
    squashed = Squashed.of("\n".join(lines))
    where = [number for number, line in enumerate(lines, 1) for _ in squash(line)]
    assert [squashed.line(offset) for offset in range(len(squashed.text))] == where


def test_citing_takes_the_sentence_in_which_the_words_stand() -> None:
    cutting = cite(TEXT, "SELL its matching\nservice")
    sentence = "Acme said on Wednesday that it would no longer sell its matching service to the police."
    assert cutting.sha256 == fingerprint(squash(sentence))
    assert (cutting.start, cutting.length) == (len(squash("Acme ends sales to police")), len(squash(sentence)))
    assert (cutting.locator, cutting.line, cutting.occurrences) == ("paragraph 2, sentence 1", 3, 1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The order came on Dec. 3 from Acme Inc. and Mr. S. Q. Nobody signed it. Nobody spoke.", 2),
        ("See Art. 5 Abs. 1 of the act. It came on 1. August 2024 into force. Nobody spoke.", 3),
        ("Filed under 2022. 4. 21. at the court in the capital. Nobody spoke.", 2),
        ("It was 2020. Nobody spoke. The U.S. Senate was silent! Was it? Yes.", 5),
        ("Acme v. Nobody, no. 19-1 (9th Cir. 2020), stands. Nobody spoke.", 2),
        ("They met at 5 p.m. on that day and left soon after. Nobody spoke.", 2),
    ],
)
def test_a_stop_after_a_shortened_word_or_a_number_ends_no_sentence(text: str, sentences: int) -> None:
    (whole,) = candidates(text, text)
    assert whole.locator.endswith(f"sentence {sentences}")


def test_words_over_two_sentences_take_both_and_a_short_sentence_takes_its_paragraph() -> None:
    assert cite(TEXT, "to the police. The company").locator == "paragraph 2, sentence 1 to paragraph 2, sentence 2"
    assert cite(TEXT, "stand by them").locator == "paragraph 3"


def test_words_in_two_places_name_the_lines_and_a_line_picks_one() -> None:
    with pytest.raises(AmbiguousError, match="2 places: line 3, 7") as caught:
        cite(TEXT, "Acme said on Wednesday that it")
    assert caught.value.lines == (3, 7)
    assert cite(TEXT, "Acme said on Wednesday that it", line=7).line == 7
    with pytest.raises(AmbiguousError, match="line 5"):
        cite(TEXT, "Acme said on Wednesday that it", line=5)


def test_a_sentence_that_stands_twice_counts_its_occurrences() -> None:
    twice = f"{TEXT}\n{TEXT}"
    assert [cutting.occurrences for cutting in candidates(twice, "Rescue services keep access")] == [2, 2]


def test_words_that_are_not_there_lead_to_the_nearest_line() -> None:
    with pytest.raises(NotFoundError, match="do not stand") as caught:
        cite(TEXT, "Rescue services kept access to the services")
    assert caught.value.line == 5
    assert "did you mean line 5" in caught.value.advice
    with pytest.raises(NotFoundError) as caught:
        cite(TEXT, "something else entirely unheard")
    assert caught.value.line == 0
    with pytest.raises(NotFoundError, match="nothing to look for"):
        cite(TEXT, " — ")


def test_a_passage_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(TooShortError, match="has 21 letters and numbers; at least 40"):
        cite(TEXT, "Acme ends sales")
    # Scripts without spaces between words say more with fewer signs.
    assert cite("会社は顔認証を警察に売るのを一年間やめると発表した。終わり。", "警察に売る").length == 25
    with pytest.raises(TooShortError, match="at least 20"):
        cite("会社は顔認証をやめた。", "顔認証")


def test_a_passage_that_the_source_holds_is_named() -> None:
    cutting = cite(TEXT, "Rescue services keep")
    passages = {"p2": PASSAGE, "p7": {**PASSAGE, "sha256": cutting.sha256}}
    with pytest.raises(CitedAlreadyError, match="as `p7`") as caught:
        cite(TEXT, "Rescue services keep", source(passages=passages))
    assert caught.value.key == "p7"


def test_a_key_is_never_given_again() -> None:
    assert next_key(source(passages={})) == "p1"
    assert next_key(source(passages={"p2": PASSAGE, "p9": PASSAGE})) == "p10"


def test_the_yaml_of_a_passage_reads_back_as_that_passage() -> None:
    from policytrack.documents import parse

    cutting = cite(TEXT, "Rescue services keep")
    document, faults = parse("records/x.yaml", f"passages:\n{cutting.as_yaml('p3')}".encode())
    assert not faults
    assert document is not None
    passage = source(passages=document.data["passages"]).passages["p3"]
    assert (passage.start, passage.length, passage.sha256) == (cutting.start, cutting.length, cutting.sha256)
    assert passage.locator == "paragraph 3, sentence 1"


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), min_size=1), st.data())
def test_whatever_is_cut_stands_in_the_copy_at_its_start(paragraphs: list[str], data: st.DataObject) -> None:
    text = "\n\n".join(paragraphs)
    words = data.draw(st.sampled_from(paragraphs))
    squashed = squash(text)
    for cutting in candidates(text, words):
        cut = squashed[cutting.start : cutting.start + cutting.length]
        assert fingerprint(cut) == cutting.sha256
        assert squash(words) in cut


def test_every_field_but_a_date_that_follows_needs_support() -> None:
    act = action(
        "one what",
        announced="2020-06-10 weekday",
        effective="2020-06-10 assumed",
        confirmed="2020-07 computed",
        ends="P1Y",
        links=[{"annuls": "old-2019"}, {"annuls": "older-2018"}, {"follows": "other-2020"}],
    )
    assert [field.target for field in evidence.fields(act) if field.required] == [
        *("what", "announced", "ends", "p1", "annuls:old-2019", "annuls:older-2018", "follows")
    ]
    open_ended = evidence.fields(action("one all", announced="2020", ends="unknown"))
    assert "ends" not in {field.target for field in open_ended if field.required}


def test_support_names_fields_and_a_repeated_relation_by_its_id() -> None:
    links = [{"annuls": "old-2019"}, {"annuls": "older-2018"}, {"follows": "other-2020"}]
    act = action("one all", "two annuls,annuls:old-2019,follows:other-2020,signed", "three p1 contradicts", links=links)
    by_source = {name: [item.at.source for item in items] for name, items in supported(act).items()}
    assert by_source["annuls:old-2019"] == ["one", "two"]
    assert by_source["annuls:older-2018"] == ["one"]
    assert by_source["follows"] == ["one", "two"]
    assert by_source["p1"] == ["one"]
    assert "signed" not in by_source


def test_copies_of_one_report_are_one_origin() -> None:
    copies = {f"copy-{n}": source(copy_of={"source": "wire", "kind": "syndicated", "basis": "x"}) for n in range(4)}
    sources = {"wire": source(**UNREAD), "copy-of-copy": source(copy_of=reposted("copy-1")), **copies}
    data, (record,) = dataset(sources, action(*(f"{name} all" for name in sources if name != "wire")))
    (origin,) = origins(data, record)
    assert (origin.root, origin.solid, len(origin.sources)) == ("wire", True, 5)
    assert grade(data, record) is Grade.C


def reposted(of: str) -> dict[str, str]:
    return {"source": of, "kind": "reposted", "basis": "x"}


def test_grades() -> None:
    release = source(type="press-release", credit="issuer")
    one, two = source(), source()
    low = source(reliability="low", reliability_reason="x")
    spun = source(copy_of={"source": "lost", "kind": "rewritten", "basis": "x"})
    pile = source(copy_of={"kind": "compiled", "basis": "x"})
    lost = source(**UNREAD)
    lost_release = source(type="press-release", **UNREAD)
    all_of_them = {
        "release": release,
        "one": one,
        "two": two,
        "low": low,
        "spun": spun,
        "pile": pile,
        "lost": lost,
        "lost-release": lost_release,
    }
    assert graded(all_of_them, "release what", "one p1") is Grade.A
    assert graded(all_of_them, "release all") is Grade.B
    assert graded(all_of_them, "one what", "two announced inferred") is Grade.B
    assert graded(all_of_them, "one all", "spun all", "low all", "pile all") is Grade.C
    assert graded(all_of_them, "spun all", "low all", "pile all") is Grade.D
    assert graded(all_of_them, "pile all") is Grade.D
    assert graded(all_of_them, "lost all") is Grade.D
    # A report that only relays the release is the release, which nobody held.
    assert graded(all_of_them, "one all relays lost-release", "two all relays lost-release") is Grade.C
    assert graded(all_of_them, "release all", "one all relays release") is Grade.B
    # What contradicts, and what speaks of another action, bears nothing out.
    assert graded(all_of_them, "one all", "two what contradicts") is Grade.C


def test_a_primary_document_must_be_read_at_the_passage_for_an_a() -> None:
    sources = {"release": source(type="press-release", passages={}), "one": source()}
    assert graded(sources, "release all", "one all") is Grade.B


def test_a_document_is_primary_only_for_what_its_own_issuer_did() -> None:
    sources = {
        "own": source(type="press-release", credit="issuer", issuer="acme"),
        "other": source(type="regulator-decision", credit="issuer", issuer="regulator"),
        "report": source(),
    }
    assert graded(sources, "own all", "report all") is Grade.A
    assert graded(sources, "other all", "report all") is Grade.B
    assert graded(sources, "other all") is Grade.C
    data, (record,) = dataset(sources, action("own all", "other all"))
    assert {origin.root: origin.primary for origin in origins(data, record)} == {"other": False, "own": True}


def test_a_source_on_another_action_only_is_no_origin() -> None:
    links = [{"follows": "other-2020"}]
    data, (record,) = dataset({"one": source(), "two": source()}, action("one all", "two follows", links=links))
    assert [origin.root for origin in origins(data, record)] == ["one"]


def test_sources_that_do_not_say_who_wrote_them_count_once() -> None:
    sources = {"one": source(credit="unstated"), "two": source(credit="unstated"), "three": source()}
    assert graded(sources, "one all", "two all") is Grade.C
    assert graded(sources, "one all", "two all", "three all") is Grade.B


def test_a_circle_of_copies_and_an_unknown_root_have_one_answer() -> None:
    sources = {
        "a": source(copy_of=reposted("b")),
        "b": source(copy_of=reposted("c")),
        "c": source(copy_of=reposted("b")),
        "d": source(copy_of=reposted("gone")),
    }
    data, _ = dataset(sources)
    assert [root_of(data, name) for name in ("a", "b", "c", "d", "never-there")] == [
        *("b", "b", "b", "gone", "never-there")
    ]


NAMES = [f"s{number}" for number in range(6)]
KINDS = ["syndicated", "reposted", "rewritten", "translated", "compiled"]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, Source], list[str]]:
    sources = {}
    for name in NAMES:
        fields: dict[str, object] = {
            "type": draw(st.sampled_from(["news-article", "press-release", "tracker"])),
            "credit": draw(st.sampled_from(["staff", "unstated", "issuer", "agency Wire"])),
            "reliability": draw(st.sampled_from(["good", "good", "low"])),
        }
        if draw(st.booleans()):
            of = draw(st.sampled_from([*NAMES, "gone"]))
            fields["copy_of"] = {"source": of, "kind": draw(st.sampled_from(KINDS)), "basis": "x"}
        elif draw(st.integers(0, 4)) == 0:
            fields["copy_of"] = {"kind": "compiled", "basis": "x"}
        sources[name] = source(**(fields | (dict(UNREAD) if draw(st.integers(0, 3)) == 0 else {})))
    items = st.builds(
        "{} {} {} {}".format,
        st.sampled_from(NAMES),
        st.sampled_from(["all", "what", "p1", "announced,p1"]),
        st.sampled_from(["", "inferred", "contradicts"]),
        st.sampled_from(["", "", *(f"relays {name}" for name in NAMES)]),
    )
    return sources, draw(st.lists(items, min_size=1, max_size=6))


@given(worlds())
def test_an_independent_origin_more_never_lowers_a_grade(world: tuple[dict[str, Source], list[str]]) -> None:
    sources, evidence = world
    before = graded(sources, *evidence)
    after = graded({**sources, "fresh": source()}, *evidence, "fresh all")
    assert after.value <= before.value


@given(worlds(), st.sampled_from(NAMES), st.sampled_from(KINDS))
def test_a_declared_copy_more_never_adds_an_origin(
    world: tuple[dict[str, Source], list[str]], of: str, kind: str
) -> None:
    sources, evidence = world
    evidence = [*evidence, f"{of} what"]
    data, (record,) = dataset(sources, action(*evidence))
    copy = source(copy_of={"source": of, "kind": kind, "basis": "x"})
    more, (again,) = dataset({**sources, "copy": copy}, action(*evidence, "copy what"))
    first, second = origins(data, record), origins(more, again)
    assert {origin.root for origin in second} == {origin.root for origin in first}
    # A faithful copy that was read may make a work count that nobody held; it never makes two of one.
    assert corroboration(second) <= max(corroboration(first), len(first))


def test_the_five_articles_grade_the_records_as_designed() -> None:
    data = read(ROOT)
    grades = {name: grade(data, record).value for name, record in data.actions.items()}
    assert grades["amazon-rekognition-police-moratorium-2020"] == "B"
    assert grades["us-or-washington-county-sheriff-suspension-2020"] == "C"
    found = origins(data, data.actions["amazon-rekognition-police-moratorium-2020"])
    assert len([origin for origin in found if origin.solid]) == 3
    assert [origin.root for origin in found if origin.weak] == ["geekwire-amazon-ban-original"]
    assert [origin.root for origin in found if origin.primary and not origin.read] == [
        "amazon-moratorium-statement-2020"
    ]


def test_the_records_can_be_cut_out_of_the_articles_again() -> None:
    folder = os.environ.get("POLICYTRACK_ARTICLES")
    if not folder:
        pytest.skip("POLICYTRACK_ARTICLES names no folder with the five articles")
    copies = [path.read_text() for path in sorted(Path(folder).glob("*.txt"))]
    data = of_the_articles(read(ROOT))
    for record in data.sources.values():
        for key, passage in record.model.passages.items():
            homes = [
                text for text in copies if fingerprint(_slice(text, passage.start, passage.length)) == passage.sha256
            ]
            assert len(homes) == 1, f"{record.id}#{key}"
            for term in passage.terms:
                assert squash(term) in _slice(homes[0], passage.start, passage.length), f"{record.id}#{key}: {term}"


def _slice(text: str, start: int, length: int) -> str:
    assert unicodedata.is_normalized("NFC", text)
    return squash(text)[start : start + length]
