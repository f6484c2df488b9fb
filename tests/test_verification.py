"""Whether copies hold the passages: as they are, changed in form or in substance, and whatever else lies about."""

from __future__ import annotations

import os
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles import of_the_articles
from policytrack.codes import PassageState
from policytrack.dataset import Dataset, read
from policytrack.documents import parse
from policytrack.evidence import NoFolderError, Verified, fingerprint, shared_wording, squash, verify
from policytrack.evidence.copies import MAX_BYTES
from policytrack.evidence.passages import Squashed
from policytrack.evidence.verification import Haystack, check
from policytrack.evidence.wording import RUN
from policytrack.layout import spot
from policytrack.models import Passage
from policytrack.parsing import AnyRecord, build

ROOT = Path(__file__).parent.parent

STORY = [
    "Acme said on Wednesday that it would no longer sell its matching service to the police of any country.",
    "The company named neither a reason nor a day on which the sales would begin again, if they ever do.",
    "Rescue services keep their access to the service, said a spokesman of the company in the capital.",
]
OTHER = [
    "The town council met on Monday and put off its vote on cameras in the market square until the autumn.",
    "Two members wanted to vote at once, since the matter had been before them for more than a year already.",
]


def passages(paragraphs: list[str]) -> dict[str, Passage]:
    """Return a passage for each paragraph, as they stand one after the other."""
    found, start = {}, 0
    for number, paragraph in enumerate(paragraphs, 1):
        text = squash(paragraph)
        fields = {"locator": f"paragraph {number}", "start": start, "length": len(text), "sha256": fingerprint(text)}
        found[f"p{number}"] = Passage.model_validate(fields)
        start += len(text)
    return found


def source_file(paragraphs: list[str], notes: str = "Seen in print.") -> bytes:
    lines = ["type: news-article", "title: A story", f"notes: {notes}", "read: {on: 2026-11-22, extent: full}"]
    lines.append("passages:")
    for key, passage in passages(paragraphs).items():
        lines += [f"  {key}:", "    locator: x", f"    start: {passage.start}", f"    length: {passage.length}"]
        lines.append(f"    sha256: {passage.sha256}")
    return "\n".join([*lines, ""]).encode()


def dataset(files: Mapping[str, bytes]) -> Dataset:
    tables: dict[str, dict[str, AnyRecord]] = {"source": {}, "actor": {}, "action": {}}
    for name, raw in files.items():
        path = f"records/{name}.yaml"
        document, faults = parse(path, raw)
        assert document is not None
        assert not faults
        record, faults = build(document, spot(path))
        assert record is not None, faults
        tables[record.kind][record.id] = record
    return Dataset(root=ROOT, sources=tables["source"], actors=tables["actor"], actions=tables["action"])


TWO = {"sources/undated/story": source_file(STORY), "sources/undated/other": source_file(OTHER)}


@pytest.fixture
def held(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Return a function that lays files into a folder of copies."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / "held" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / "held"

    return make


Held = Callable[[Mapping[str, str | bytes]], Path]


def states(results: list[Verified]) -> dict[str, str]:
    return {f"{each.source}#{each.passage}": f"{each.state} {each.file}".strip() for each in results}


def test_copies_of_any_name_are_found_by_what_they_hold(held: Held) -> None:
    folder = held({"b/1.txt": "\n\n".join(STORY), "a.md": "\n\n".join(OTHER)})
    assert states(verify(dataset(TWO), folder)) == {
        "story#p1": "matched b/1.txt",
        "story#p2": "matched b/1.txt",
        "story#p3": "matched b/1.txt",
        "other#p1": "matched a.md",
        "other#p2": "matched a.md",
    }


def test_a_result_says_where_in_the_copy_the_passage_begins(held: Held) -> None:
    folder = held({"story.txt": f"Some heading\n\n{STORY[0]}\n{STORY[1]}\n\n{STORY[2]}\n"})
    found = verify(dataset({"sources/undated/story": source_file(STORY)}), folder)
    assert [(each.state.value, each.line) for each in found] == [("moved", 3), ("moved", 4), ("moved", 6)]
    assert found[0].offset == len(squash("Some heading"))
    assert found[0].as_json() == {
        "source": "story",
        "passage": "p1",
        "state": "moved",
        "file": "story.txt",
        "offset": 11,
        "line": 3,
        "note": "",
    }


def test_moved_copies_of_any_name_are_found_too(held: Held) -> None:
    folder = held({"1.txt": "\n\n".join(["Menu", *OTHER]), "2.txt": "\n\n".join(["Menu", *STORY])})
    assert set(states(verify(dataset(TWO), folder)).values()) == {"moved 1.txt", "moved 2.txt"}


def test_without_a_copy_nothing_is_checked(held: Held) -> None:
    folder = held({"story.txt": "\n\n".join(STORY)})
    found = states(verify(dataset(TWO), folder))
    assert found["story#p1"] == "matched story.txt"
    assert found["other#p1"] == "unchecked"


def test_a_copy_named_like_the_source_in_which_nothing_is_found_is_missing_it(held: Held) -> None:
    folder = held({"story.txt": "This story has been removed.", "other.txt": OTHER[0]})
    assert states(verify(dataset(TWO), folder)) == {
        "story#p1": "missing story.txt",
        "story#p2": "missing story.txt",
        "story#p3": "missing story.txt",
        "other#p1": "matched other.txt",
        "other#p2": "missing other.txt",
    }


def test_a_misnamed_copy_does_not_hide_the_right_one(held: Held) -> None:
    folder = held({"story.txt": "This story has been removed.", "saved.txt": "\n\n".join(STORY)})
    assert states(verify(dataset(TWO), folder))["story#p1"] == "matched saved.txt"


def test_a_passage_that_stands_twice_is_ambiguous_unless_it_stands_where_it_should(held: Held) -> None:
    only = dataset({"sources/undated/story": source_file(STORY)})
    assert states(verify(only, held({"story.txt": "\n".join(["Menu", *STORY, STORY[1]])}))) == {
        "story#p1": "moved story.txt",
        "story#p2": "ambiguous story.txt",
        "story#p3": "moved story.txt",
    }
    assert states(verify(only, held({"story.txt": "\n".join([*STORY, STORY[1]])})))["story#p2"] == "matched story.txt"


@pytest.mark.parametrize(
    "content",
    [
        "\n\n".join(STORY).encode("utf-8-sig"),
        "\n\n".join(STORY).encode("utf-16"),
        "\n\n".join([STORY[0].replace("Acme", "“Acme”"), *STORY[1:]]).encode("cp1252"),
        "\r\n\r\n".join(STORY).encode(),
        "\r".join(STORY).encode(),
    ],
)
def test_encodings_and_line_ends_do_not_matter(content: bytes, held: Held) -> None:
    only = dataset({"sources/undated/story": source_file(STORY)})
    assert {each.state for each in verify(only, held({"x.txt": content}))} == {PassageState.MATCHED}


def test_a_saved_page_is_read_without_its_markup(held: Held) -> None:
    marked = [re.sub(r"(\w+ly|service)", r"<a href='#x'>\1</a>", text).replace(" a ", "&nbsp;a ") for text in STORY]
    head = "<head><style>p { color: red }</style><script>var p = '<p>';</script></head>"
    folder = held({"story.html": f"<html>{head}<body><p>{'</p><p>'.join(marked)}</p></body></html>"})
    only = dataset({"sources/undated/story": source_file(STORY)})
    assert {each.state for each in verify(only, folder)} == {PassageState.MATCHED}


def test_what_is_no_text_is_passed_over(held: Held) -> None:
    folder = held(
        {
            "story.pdf": b"%PDF-1.7\0\0" + "\n\n".join(STORY).encode(),
            "huge.txt": b"a" * (MAX_BYTES + 1),
            "noise.bin": bytes(range(256)) * 50,
            ".hidden.txt": "\n\n".join(STORY),
            "empty.txt": b"",
        }
    )
    outside = folder.parent / "outside.txt"
    outside.write_text("\n\n".join(STORY))
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
    only = dataset({"sources/undated/story": source_file(STORY)})
    assert {each.state for each in verify(only, folder)} == {PassageState.UNCHECKED}
    assert shared_wording(only, folder) == []


def test_a_folder_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(NoFolderError, match="nowhere"):
        verify(dataset(TWO), tmp_path / "nowhere")
    with pytest.raises(NoFolderError):
        shared_wording(dataset(TWO), tmp_path / "nowhere")


def test_a_search_that_is_too_long_says_so_and_never_says_missing(held: Held) -> None:
    folder = held({"x.txt": "\n\n".join(["Menu", *STORY])})
    found = verify(dataset(TWO), folder, windows=10)
    assert {each.state for each in found} == {PassageState.UNCHECKED}
    assert all("name the copy like the source" in each.note for each in found)
    named = verify(dataset(TWO), held({"x.txt": "", "story.txt": "\n\n".join(["Menu", *STORY])}), windows=10)
    assert {each.state for each in named} == {PassageState.UNCHECKED}
    # What stands at its place needs no search.
    assert {each.state for each in verify(dataset(TWO), held({"story.txt": "\n\n".join(STORY)}), windows=0)} == {
        PassageState.MATCHED,
        PassageState.UNCHECKED,
    }


@pytest.mark.parametrize(
    "files", [{"1.txt": "x", "2.txt": "y"}, {"story.txt": "\n".join(STORY), "other.txt": "\n".join(OTHER)}]
)
def test_progress_goes_up_to_what_was_announced(files: dict[str, str], held: Held) -> None:
    steps: list[tuple[int, int]] = []
    verify(dataset(TWO), held(files), lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})
    assert steps[-1][0] == steps[-1][1]


LETTERS = st.characters(codec="utf-8", categories=["Lu", "Ll", "Lt", "Lo", "Nd", "Mn"])
PARAGRAPH = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=4, max_size=12).map(" ".join)
# A few signs, such as the double low line, stand for a space and a mark, and the mark is kept.
BETWEEN = st.text(st.characters(codec="utf-8", categories=["P", "Zs", "Sm"]), max_size=3).filter(
    lambda x: not squash(x)
)


def survives(text: str) -> bool:
    """Whether upper-casing keeps the text: a few letters have no way back."""
    return squash(text.upper()) == squash(text)


@given(
    st.lists(PARAGRAPH.filter(survives), min_size=1, max_size=4),
    st.lists(PARAGRAPH, min_size=5, max_size=5),
    st.data(),
)
def test_form_and_inserted_text_never_lose_a_passage(
    paragraphs: list[str], inserted: list[str], data: st.DataObject
) -> None:
    recorded = passages(paragraphs)
    assume(all(passage.length for passage in recorded.values()))
    parts = [inserted[0]]
    for paragraph, text in zip(paragraphs, inserted[1:], strict=False):
        gaps = [
            f"{data.draw(BETWEEN)}{gap}" for gap in data.draw(st.lists(st.sampled_from(["\n", " ", "\u00a0", "\r\n"])))
        ]
        words = paragraph.split(" ")
        joined = "".join(word + (gaps[n] if n < len(gaps) else " ") for n, word in enumerate(words))
        parts += [joined.upper() if data.draw(st.booleans()) else joined, text if data.draw(st.booleans()) else ""]
    changed = "\n\n".join(parts)
    # What is inserted touches no letter of the passage when a line end stands between.
    found = check("story", recorded, "x.txt", Haystack(Squashed.of(changed)))
    lost = {PassageState.MISSING, PassageState.UNCHECKED}
    assert not [each for each in found if each.state in lost]


@given(st.lists(PARAGRAPH, min_size=1, max_size=4), st.data())
def test_a_changed_passage_is_never_matched(paragraphs: list[str], data: st.DataObject) -> None:
    recorded = passages(paragraphs)
    text = list("".join(squash(paragraph) for paragraph in paragraphs))
    for passage in recorded.values():
        if passage.length:
            spot = data.draw(st.integers(passage.start, passage.start + passage.length - 1))
            text[spot] = "b" if text[spot] == "a" else "a"
    found = check("story", recorded, "x.txt", Haystack(Squashed(text="".join(text), starts=(0,))))
    assert not [each for each in found if each.state is PassageState.MATCHED and recorded[each.passage].length]


@given(st.text(st.sampled_from("abé"), max_size=30), st.integers(0, 30), st.integers(1, 4), st.text("abé", max_size=4))
def test_a_passage_is_judged_by_all_its_places(text: str, start: int, length: int, wanted: str) -> None:
    wanted = (text[start : start + length] or wanted or "a")[:length]
    passage = Passage(locator="x", start=start, length=len(wanted), sha256=fingerprint(wanted))
    (found,) = check("story", {"p1": passage}, "x.txt", Haystack(Squashed(text=text, starts=(0,))))
    places = [offset for offset in range(len(text)) if text.startswith(wanted, offset)]
    if start in places:
        assert (found.state, found.offset) == (PassageState.MATCHED, start)
    else:
        state = {0: PassageState.MISSING, 1: PassageState.MOVED}.get(len(places), PassageState.AMBIGUOUS)
        assert (found.state, found.offset) == (state, places[0] if places else None)


@given(st.text(st.sampled_from("abé顔\U00020000"), max_size=40), st.integers(1, 6))
def test_a_search_finds_every_place_and_no_other(text: str, length: int) -> None:
    haystack = Haystack(Squashed(text=text, starts=(0,)))
    windows = [text[offset : offset + length] for offset in range(len(text) - length + 1)]
    expected = {fingerprint(each): [n for n, other in enumerate(windows) if other == each] for each in windows}
    assert haystack.find(length, [*expected, "0" * 64]) == expected
    assert haystack.windows([length]) == len(windows)


def test_words_of_a_copy_in_a_text_of_ours_are_found(held: Held) -> None:
    taken = "neither a Reason, nor a day; on which the SALES would"
    data = dataset(
        {
            "sources/undated/story": source_file(STORY, notes=f"The text has {taken} be back."),
            "actors/acme": b"# Rescue services keep their access to\n# the service, said a spokesman of ours.\n"
            b"name: The town council met on Monday and put off its vote\ntype: company\n",
        }
    )
    found = shared_wording(data, held({"a.txt": "\n\n".join(STORY), "b.txt": "\n".join(OTHER)}))
    assert [(str(each.place), each.code, each.subject) for each in found] == [
        ("records/actors/acme.yaml:1:1", "PT510", "actor/acme"),
        ("records/sources/undated/story.yaml:3:8", "PT510", "source/story"),
    ]
    assert "12 consecutive words with a.txt: rescue services keep" in found[0].message
    assert found[1].message.startswith("`notes` shares 11 consecutive words with a.txt: neither a reason nor a day on")


def test_seven_words_and_the_title_of_a_source_may_agree(held: Held) -> None:
    seven = " ".join(STORY[0].split()[:7])
    data = dataset(
        {
            "sources/undated/story": source_file(STORY, notes=f"{seven} and other things"),
            "sources/undated/other": source_file(OTHER).replace(b"A story", STORY[1].encode().replace(b",", b"")),
        }
    )
    assert shared_wording(data, held({"a.txt": "\n\n".join(STORY)})) == []


def test_two_signs_of_a_script_without_spaces_count_as_one_word(held: Held) -> None:
    text = "会社は顔認証を警察に売るのを一年間やめると発表した"
    folder = held({"a.txt": text})
    few, many = (dataset({"sources/undated/story": source_file(STORY, notes=text[:n])}) for n in (15, 16))
    assert shared_wording(few, folder) == []
    assert len(shared_wording(many, folder)) == 1


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_the_longest_shared_run_is_reported(ours: list[str], theirs: list[str]) -> None:
    from policytrack.evidence.wording import _Index, _Text
    from policytrack.findings import Place

    index = _Index([_Text(tuple(ours), Place("x"), "x", "")])
    index.compare(tuple(theirs), "a.txt")
    runs = (
        length
        for length in range(min(len(ours), len(theirs)), RUN - 1, -1)
        for start in range(len(ours) - length + 1)
        if any(ours[start : start + length] == theirs[n : n + length] for n in range(len(theirs) - length + 1))
    )
    longest = next(runs, None)
    assert [run.count for run in index.longest.values()] == ([] if longest is None else [longest])


# The five articles: as they are, and as other readers may hold them.


def rewrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(block, 60) for block in text.split("\n\n"))


def interrupted(text: str) -> str:
    """Return the text with an advertisement between all paragraphs."""
    pieces = re.split(r"\n+", text)
    return "\n".join(f"{piece}\n\nAdvertisement {number}: subscribe now\n" for number, piece in enumerate(pieces))


FORMS: dict[str, Callable[[str], str]] = {
    "as they are": str,
    "re-wrapped": rewrapped,
    "upper-cased": str.upper,
    "with other quotes": lambda text: text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0xA0: " "}),
}


@pytest.fixture
def articles() -> dict[str, str]:
    folder = os.environ.get("POLICYTRACK_ARTICLES")
    if not folder:
        pytest.skip("POLICYTRACK_ARTICLES names no folder with the five articles")
    return {path.name: path.read_text() for path in sorted(Path(folder).glob("*.txt"))}


@pytest.mark.parametrize("form", FORMS)
def test_all_passages_match_in_the_five_articles(form: str, articles: dict[str, str], held: Held) -> None:
    data = of_the_articles(read(ROOT))
    found = verify(data, held({name: FORMS[form](text) for name, text in articles.items()}))
    assert len(found) == sum(len(record.model.passages) for record in data.sources.values()) > 20
    assert Counter(each.state.value for each in found) == {"matched": len(found)}
    assert len({(each.source, each.file) for each in found}) == 5


@pytest.mark.parametrize("named", [True, False])
def test_all_passages_are_found_again_in_interrupted_articles(
    articles: dict[str, str], held: Held, *, named: bool
) -> None:
    data = of_the_articles(read(ROOT))
    home = {each.file: each.source for each in verify(data, held(articles))}
    folder = held({"again/here": ""}) / "again"
    files = {f"{home[name]}.txt" if named else f"x{name}": interrupted(text) for name, text in articles.items()}
    for name, text in files.items():
        (folder / name).write_text("Menu and search\n" + text)
    found = verify(data, folder)
    # The one-line file has no paragraphs between which anything could stand.
    assert {each.state.value for each in found} == {"moved"}
    assert len({(each.source, each.file) for each in found}) == 5


def test_no_text_of_ours_is_taken_from_the_five_articles(articles: dict[str, str], held: Held) -> None:
    data = read(ROOT)
    folder = held(articles)
    assert [f"{each.place}: {each.message}" for each in shared_wording(data, folder)] == []
    # The comparison would see it: a title of a source, which may stand, is no title of an action.
    title = data.sources["mint-amazon-extends-2021"].model.title
    borrowed = dataset({"actors/acme": f"name: A\ntype: company\nnotes: {title}\n".encode()})
    assert len(shared_wording(borrowed, folder)) == 1
