"""What the five articles must yield, asked as a reader asks: in-force, show and verify on the records themselves.

The answers are those on the actions of these articles alone, so the other actions are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles import ARTICLES
from policytrack import cli
from policytrack.dataset import read
from test_facts import OF_THE_ARTICLES

ROOT = Path(__file__).parent.parent
MORATORIUM = "amazon-rekognition-police-moratorium-2020"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records without the actions that were made of other sources."""
    root = tmp_path_factory.mktemp("seeds")
    shutil.copytree(ROOT / "records", root / "records")
    for record in read(ROOT).actions.values():
        if record.id not in OF_THE_ARTICLES:
            (root / record.document.path).unlink()
    return root


@pytest.fixture
def ask(seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Call a command and return what its JSON says."""

    def call(*words: str | Path) -> Any:
        monkeypatch.setattr(sys, "argv", ["policytrack", "--root", str(seeds), *map(str, words), "--format", "json"])
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code in {0, None}
        return json.loads(capsys.readouterr().out)

    return call


@pytest.mark.parametrize(
    ("on", "known", "state"),
    [
        ("2020-06-09", None, "not_in_force"),
        ("2020-07-01", None, "in_force"),
        ("2021-06-10", "2021-05-01", "possibly_in_force"),
        ("2021-06-11", "2021-05-01", "not_in_force"),
        ("2021-06-01", "2021-12-31", "in_force"),
        ("2021-06-11", "2021-12-31", "presumed_in_force"),
    ],
)
def test_rekognition_and_police(ask: Ask, on: str, known: str | None, state: str) -> None:
    words = ["in-force", "--on", on, "--measure", MORATORIUM, "--subject", "law-enforcement", "--all-states"]
    rows = ask(*words, *(["--as-known", known] if known else []))
    assert [(row["action"], row["provision"], row["state"]) for row in rows] == [(MORATORIUM, "p1", state)]
    listed = ask(*words[:-1], *(["--as-known", known] if known else []))
    assert bool(listed) is (state != "not_in_force")


def test_ibm_is_presumed_years_later(ask: Ask) -> None:
    rows = ask("in-force", "--on", "2024-06-01", "--actor", "ibm")
    assert {row["state"] for row in rows} == {"presumed_in_force"}
    assert {row["since"] for row in rows} == {"[2020-06-07..2020-06-09]"}


def test_king_county_only_proposed(ask: Ask) -> None:
    rows = ask("in-force", "--on", "2021-06-02", "--actor", "us-wa-king-county-council", "--all-states")
    assert {row["state"] for row in rows} == {"no_evidence"}
    assert ask("show", "us-wa-king-county-ban-proposal-2021")[0]["stage"] == "proposed"


def shown(ask: Ask, record_id: str) -> dict[str, Any]:
    found = ask("show", record_id)
    assert len(found) == 1
    return dict(found[0])


def test_dates_and_ends(ask: Ask) -> None:
    timelines = {
        name: shown(ask, name)["record"]["timeline"]
        for name in (
            "amazon-rekognition-police-extension-2021",
            "ibm-facial-recognition-exit-2020",
            "microsoft-police-sales-statement-2020",
            "us-or-washington-county-sheriff-suspension-2020",
            "us-federal-police-reform-bill-2020",
            "us-wa-king-county-ban-proposal-2021",
        )
    }
    assert timelines["amazon-rekognition-police-extension-2021"] == {
        "announced": "2021-05-18 weekday",
        "ends": "further-notice",
    }
    assert timelines["ibm-facial-recognition-exit-2020"] == {"announced": "2020-06-07..2020-06-09"}
    microsoft = timelines["microsoft-police-sales-statement-2020"]
    assert microsoft["announced"] == "2020-06-11 weekday"
    assert microsoft["ends"].startswith("event ")
    assert timelines["us-or-washington-county-sheriff-suspension-2020"] == {"announced": "2020-06-10..2020-06-12"}
    assert timelines["us-federal-police-reform-bill-2020"] == {"proposed": "..2020-06-12"}
    assert timelines["us-wa-king-county-ban-proposal-2021"] == {"proposed": "..2021-05-19"}
    assert "identifiers" not in shown(ask, "us-federal-police-reform-bill-2020")["record"]


def test_origins_and_grades(ask: Ask) -> None:
    moratorium = shown(ask, MORATORIUM)
    assert (moratorium["grade"], moratorium["corroboration"]) == ("B", 3)
    assert sum(origin["weak"] for origin in moratorium["origins"]) == 1
    assert [origin["source"] for origin in moratorium["origins"] if origin["primary"] and not origin["read"]] == [
        "amazon-moratorium-statement-2020"
    ]
    sheriff = shown(ask, "us-or-washington-county-sheriff-suspension-2020")
    assert (sheriff["grade"], sheriff["corroboration"]) == ("C", 1)
    assert [link["action"] for link in moratorium["linked_from"] if link["relation"] == "consequence_of"] == [
        "us-or-washington-county-sheriff-suspension-2020"
    ]


def articles() -> Path:
    """Return the folder of articles; without one these tests cannot run, in CI that is a failure."""
    folder = os.environ.get("POLICYTRACK_ARTICLES")
    if folder:
        return Path(folder)
    if os.environ.get("CI") and (ROOT.parent / "shared" / "seeds").is_dir():
        pytest.fail("POLICYTRACK_ARTICLES is not set although the articles are at hand")
    pytest.skip("POLICYTRACK_ARTICLES names no folder of articles")


def cited_there(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [result for result in results if result["source"] in ARTICLES]


def test_all_passages_match_the_articles_as_they_are(ask: Ask) -> None:
    results = cited_there(ask("verify", "--articles", articles()))
    assert len(results) > 20
    assert {result["state"] for result in results} == {"matched"}
    assert len({result["file"] for result in results}) == len(ARTICLES)


def words_of(text: str, per_line: int) -> str:
    """Return the text with other line ends, all paragraphs run together."""
    words = text.split()
    lines = (" ".join(words[start : start + per_line]) for start in range(0, len(words), per_line))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("change", "states"),
    [
        (lambda text: words_of(text, 7), {"matched"}),
        (str.upper, {"matched"}),
        (lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'), {"matched"}),  # noqa: RUF001 - the quote marks of newspapers
        (lambda text: "An inserted line of other words.\n\n".join(text.split("\n\n")), {"matched", "moved"}),
    ],
    ids=["re-wrapped", "upper-cased", "straight quotes", "text between paragraphs"],
)
def test_all_passages_are_found_in_changed_copies(
    ask: Ask, tmp_path: Path, change: Callable[[str], str], states: set[str]
) -> None:
    for number, file in enumerate(sorted(articles().glob("*.txt"))):
        (tmp_path / f"copy {number}.txt").write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    results = cited_there(ask("verify", "--articles", tmp_path))
    assert {result["state"] for result in results} <= states


def test_no_sentence_of_an_article_is_in_the_repository() -> None:
    """Every committed text against the articles: no run of eight words, titles of sources apart."""
    index: set[tuple[str, ...]] = set()
    for file in articles().glob("*.txt"):
        words = plain(file.read_text(encoding="utf-8"))
        index |= {tuple(words[start : start + 8]) for start in range(len(words) - 7)}
    titles = [plain(record.model.title) for record in read(ROOT).sources.values()]
    allowed = {tuple(title[start : start + 8]) for title in titles for start in range(len(title) - 7)}
    shared = []
    for file in committed():
        words = plain(file.read_text(encoding="utf-8", errors="replace"))
        for start in range(len(words) - 7):
            run = tuple(words[start : start + 8])
            if run in index and run not in allowed:
                shared.append((file.relative_to(ROOT), " ".join(run)))
    assert shared == []


def plain(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()


def committed() -> list[Path]:
    folders = ["records", "data", "docs", "schemas", "src", "tests", "scripts"]
    found = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
    return [file for file in (*found, *ROOT.glob("*.*")) if file.is_file() and "__pycache__" not in file.parts]
