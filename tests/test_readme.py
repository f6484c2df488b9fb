"""The README shows what really happens: its commands print what stands there, its Python runs.

Counts grow with every record, so numbers are compared as numbers only in the answers about single records.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policytrack import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
Call = Callable[[list[str]], str]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    def run(words: list[str]) -> str:
        monkeypatch.setattr(sys, "argv", ["policytrack", "--root", str(ROOT), *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code in {0, None}
        return capsys.readouterr().out

    return run


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def transcripts() -> dict[str, str]:
    """Return each command of the README with what it prints there."""
    found = {}
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found[command] = output
    return found


def masked(text: str) -> str:
    """Leave out what no page can know: numbers, a version, and whether the records are those of the last release."""
    released = re.sub(r"(?m)^not a release: .*\n", "", text)
    return re.sub(r"\d+\.\d+\.\d+(\+unreleased)?|\d+|…", "N", released)


def test_make_prints_what_the_readme_shows(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    built = call(["build", "--out", str(out), "--formats", "all"])
    setting_up, _, shown = transcripts()["make"].partition("\n")
    assert setting_up.startswith("Setting up .venv")
    assert masked(call(["check", "--strict"]) + built.replace(str(out), "dist")) == masked(shown)


@pytest.mark.parametrize("page", ["README.md", "docs/how-to/review-a-change.md"])
def test_no_page_tells_people_to_take_a_version_that_the_next_release_makes_old(page: str) -> None:
    """The version of the citation stands in CITATION.cff, which `policytrack release` writes."""
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not re.search(r"version v?[0-9]|rev: v?[0-9]|policytrack [0-9]+[.][0-9]+[.][0-9]+:", text)


def test_the_readme_calls_make_for_what_the_makefile_makes() -> None:
    made = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {target for target in re.findall(r"`make ?([a-z-]*)`", README) if target}
    assert named
    assert named <= set(made)


def test_the_answers_of_the_readme_are_the_answers(call: Call) -> None:
    asked = {command: shown for command, shown in transcripts().items() if command.startswith(".venv/bin/policytrack ")}
    assert len(asked) == 2
    for command, shown in asked.items():
        assert call(shlex.split(command)[1:]) == shown


def test_the_record_of_the_readme_is_the_record() -> None:
    path, _, fields = blocks("yaml")[0].removeprefix("# ").partition("\n")
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert set(fields.splitlines()) <= set(lines)


def test_the_row_of_the_readme_is_the_row() -> None:
    import csv

    table = [line.strip("| ").split(" | ") for line in README.splitlines() if line.startswith("| ")]
    header, row = table[0], table[1]
    with (ROOT / "data" / "actions.csv").open(newline="", encoding="utf-8") as file:
        released = next(each for each in csv.DictReader(file) if each["id"] == row[0])
    assert {name: released[name] for name in header} == dict(zip(header, row, strict=True))


def test_the_python_of_the_readme_runs_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(blocks("python")[0], "README.md", "exec"), names)  # noqa: S102 - our own README
    assert {"id", "kind", "actor"} <= set(names["actions"].columns)
    assert all(len(names[name]) for name in ("actions", "spells", "rows"))


def test_every_link_leads_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{page}: {target}"


def test_the_index_of_the_documentation_leads_to_every_page() -> None:
    index = ROOT / "docs/README.md"
    linked = {(index.parent / target).resolve() for target in re.findall(r"\]\(([^)#]+)\)", index.read_text("utf-8"))}
    pages = {page.resolve() for page in (ROOT / "docs").rglob("*.md")} - {index.resolve()}
    assert pages <= linked
