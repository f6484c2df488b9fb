"""A saved page to the draft of a source: what the page says of itself, and whether its text is known already."""

from __future__ import annotations

import builtins
import json
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from policytrack import capture
from policytrack.cli import app
from policytrack.cli.terminal import UsageFault
from policytrack.dataset import read
from policytrack.drafting import new
from policytrack.evidence import cite

pytest.importorskip("trafilatura")

Tree = Callable[[Mapping[str, str | bytes]], Path]

STORY = Path(__file__).parent.parent / "docs/tutorial/saved/council-story.html"
TODAY = date(2026, 11, 22)
run = CliRunner()

# Our own sentences: no text of an article stands in this project.
BODY = " ".join(
    f"<p>Sentence number {n} of a text that we made up tells of nothing but the number {n * 7} and a bird.</p>"
    for n in range(1, 13)
)
TEXT = " ".join(
    f"Sentence number {n} of a text that we made up tells of nothing but the number {n * 7} and a bird."
    for n in range(1, 13)
)


def article(head: str = "", body: str = BODY, lang: str = ' lang="en-GB"') -> str:
    shown = f"<article><h1>A headline</h1>{body}</article>"
    return f"<!doctype html><html{lang}><head>{head}</head><body>{shown}</body></html>"


def meta(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


def linked(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def test_the_page_of_the_tutorial() -> None:
    assert capture.capture(STORY).answers == {
        "title": "Harbour Falls council bars city departments from face recognition",
        "publisher": "The Example Gazette",
        "author": ["Robin Example"],
        "credit": "own-byline",
        "url": "https://gazette.example/2021/03/03/harbour-falls-face-recognition",
        "language": "en",
        "published": "2021-03-03",
        "extent": "full",
    }


def test_a_page_says_itself_when_it_was_published_and_updated() -> None:
    story = {
        "@type": ["NewsArticle"],
        "headline": "H",
        "datePublished": "2021-03-03T08:00:00Z",
        "dateModified": "2021-03-05",
        "author": [{"name": "By Ada Example"}, {"name": "Bo Example"}],
        "publisher": {"name": "The Paper"},
        "url": "https://paper.example/h?fbclid=1",
    }
    told = linked(**{"@graph": [{"@type": "WebSite"}, story]})
    answers = capture.page(article(told)).answers
    assert answers["type"] == "news-article"
    assert (answers["published"], answers["updated"]) == ("2021-03-03", "2021-03-05")
    assert answers["author"] == ["Ada Example", "Bo Example"]
    assert (answers["publisher"], answers["url"], answers["title"]) == ("The Paper", "https://paper.example/h", "H")
    assert "page-date" not in answers


def test_a_date_that_merely_stands_on_the_page_is_no_date_of_publication() -> None:
    body = f'<time datetime="2020-11-26">26 November 2020</time>{BODY}<time datetime="2019-13-45">x</time>'
    answers = capture.page(article('<meta name="date" content="2021-01-02">', body)).answers
    assert "published" not in answers
    assert "updated" not in answers
    assert answers["page-date"] == ["2020-11-26 on the page, without a label", "2021-01-02 in the page's date field"]


@pytest.mark.parametrize(
    ("author", "publisher", "credit", "authors"),
    [
        ("Ada Example", "The Paper", "own-byline", ["Ada Example"]),
        ("Associated Press", "The Paper", "agency AP", []),
        ("Reuters", "Reuters", "staff", []),
        ("Staff Reporter", "The Paper", "staff", []),
        ("The Paper", "The Paper", "staff", []),
        ("", "The Paper", "unstated", []),
    ],
)
def test_the_credit_says_who_wrote_it(author: str, publisher: str, credit: str, authors: list[str]) -> None:
    answers = capture.page(article(meta(og__site_name=publisher) + f'<meta name="author" content="{author}">')).answers
    assert answers["credit"] == credit
    assert answers.get("author", []) == authors


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (
            '<link rel="canonical" href="https://a.example/x?utm_medium=m&id=7&gclid=1#part">',
            "https://a.example/x?id=7#part",
        ),
        (
            '<link rel="canonical" href="javascript:alert(1)">' + meta(og__url="http://a.example/y"),
            "http://a.example/y",
        ),
        ('<link rel="canonical" href="/relative">', None),
        ("", None),
    ],
)
def test_the_address_is_the_pages_own_without_what_tracks(head: str, address: str | None) -> None:
    assert capture.page(article(head)).answers.get("url") == address


@pytest.mark.parametrize(
    ("lang", "language"), [(' lang="de-AT"', "de"), (' lang="x"', None), ("", None), (' lang="EN"', "en")]
)
def test_the_language_is_the_one_that_is_named(lang: str, language: str | None) -> None:
    assert capture.page(article(lang=lang)).answers.get("language") == language


def test_a_text_file_gives_its_first_line_as_the_title(tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_text("\n  A title \n\nSome text.\n")
    assert capture.capture(tmp_path / "saved.txt").answers == {"title": "A title", "extent": "full"}


@given(st.text(), st.text())
def test_any_markup_is_read_or_passed_by(head: str, body: str) -> None:
    capture.page(article(head, body))


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 50_000,
        article('<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        article(linked(author={"name": {"name": 7}}, headline=["x"], datePublished=7, **{"@type": "Article"})),
        article("<meta " + "a=b " * 50_000 + ">"),
        article(meta(og__title="\u202e\u200bx" + "y" * 5000)),
    ],
    ids=["deep", "deep-json", "odd-json", "many-attributes", "long-title"],
)
def test_hostile_markup_takes_bounded_time_and_gives_plain_answers(markup: str, tree: Tree) -> None:
    started = time.monotonic()
    found = capture.page(markup)
    assert time.monotonic() - started < 10
    answers = {"type": "news-article", "title": "T", **found.answers}
    assert all(len(text) <= 300 and text.isprintable() for text in (answers["title"], *answers.get("author", [])))
    assert new(read(tree({})), "source", answers, TODAY)[1].wrong == ()


def known(tree: Tree) -> Path:
    """A project with one source whose passage was cut out of our page."""
    cutting = cite(TEXT, "Sentence number 4 of a text")
    return tree(
        {
            "records/sources/2021/paper-nine-2021.yaml": (
                "type: news-article\ntitle: T\ncredit: staff\nurl: https://paper-nine.example/a\n"
                "published: 2021-03-03\n"
                f"read: {{on: 2026-11-22, extent: full}}\npassages:\n{cutting.as_yaml('p1')}"
            )
        }
    )


def test_a_page_with_a_known_passage_is_recognised(tree: Tree) -> None:
    dataset = read(known(tree))
    found = capture.alike(dataset, capture.page(article()).text)
    assert [(each.name, each.why) for each in found] == [("paper-nine-2021", "it holds the passage p1 word for word")]
    assert capture.alike(dataset, capture.page(article(body="<p>Some other text, and no more of it.</p>")).text) == []


@pytest.mark.parametrize(
    ("change", "near"),
    [
        (lambda text: text, True),
        (lambda text: text.upper().replace(" ", "\n"), True),
        (lambda text: "Menu. " * 20 + text + " Read more." * 20, True),
        (lambda text: text.replace("bird", "cat", 2), True),
        (lambda text: " ".join(reversed(text.split())), False),
        (lambda text: text[:200], True),
        (lambda _: "Something else entirely, which says nothing of birds or numbers, at some length.", False),
        (lambda _: "", False),
    ],
)  # fmt: skip
def test_nearly_the_same_text_is_found_in_a_folder(
    change: Callable[[str], str],
    near: bool,  # noqa: FBT001
    tree: Tree,
    tmp_path: Path,
) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies/other.txt").write_text(change(TEXT))
    found = capture.alike(read(tree({})), capture.page(article()).text, tmp_path / "copies")
    assert [each.name for each in found] == (["other.txt"] if near else [])


def test_an_address_finds_its_source_whatever_tracks_or_surrounds_it(tree: Tree) -> None:
    dataset = read(known(tree))
    assert capture.same_address(dataset, "http://paper-nine.example/a/?utm_source=x") == "paper-nine-2021"
    assert capture.same_address(dataset, "https://paper-nine.example/b") == ""
    assert capture.same_address(dataset, "nonsense") == ""


def invoke(root: Path, *words: str) -> tuple[int, str]:
    result = run.invoke(app, ["--root", str(root), "new", "source", *words])
    if isinstance(result.exception, UsageFault):
        return 2, f"{result.exception}\n{result.exception.advice}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_command_drafts_warns_of_a_copy_and_refuses_a_known_address(tree: Tree, tmp_path: Path) -> None:
    root = known(tree)
    page = tmp_path / "page.html"
    page.write_text(article(meta(og__url="https://copy.example/a", og__site_name="Copy")))
    (tmp_path / "copies").mkdir()
    shutil.copy(page, tmp_path / "copies")
    words = ["--file", str(page), "--type", "news-article", "--articles", str(tmp_path / "copies")]
    code, output = invoke(root, *words)
    assert code == 0
    assert "paper-nine-2021: it holds the passage p1 word for word" in output
    assert "page.html: 100% of the text is the same" in output
    (written,) = root.glob("records/sources/*/copy-headline*.yaml")
    assert (
        "# todo: copy_of: it may copy paper-nine-2021: it holds the passage p1 word for word\n" in written.read_text()
    )
    assert "made up" not in written.read_text()
    code, output = invoke(root, *words, "--id", "another")
    assert code == 2
    assert output.startswith(f"this address is that of the source {written.stem}\n")


def test_an_option_wins_over_the_page(tree: Tree) -> None:
    root = tree({})
    code, _ = invoke(
        root, "--file", str(STORY), "--type", "report", "--published", "2021", "--extent", "opening", "--id", "x"
    )
    assert code == 0
    text = (root / "records/sources/2021/x.yaml").read_text()
    assert "type: report\n" in text
    assert "published: 2021\n" in text
    assert ", extent: opening}\n" in text


@pytest.mark.parametrize("content", [b"\x00\x01\x02", None, b"x" * 6_000_000])
def test_what_is_no_text_is_refused(content: bytes | None, tree: Tree, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    if content is not None:
        file.write_bytes(content)
    code, output = invoke(tree({}), "--file", str(file), "--type", "report")
    assert (code, "cannot be read as text" in output) == (2, True)


def test_without_the_extra_the_command_says_how_to_get_it(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "trafilatura":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    code, output = invoke(tree({}), "--file", str(STORY), "--type", "report")
    assert code == 2
    assert output == (
        "reading saved pages needs trafilatura, which is not installed\ninstall it: pip install 'policytrack[capture]'"
    )
