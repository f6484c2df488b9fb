"""The commands for a review: findings that a change brings, in every form, and what it changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

PROJECT = Path(__file__).parent.parent
PAUSE = "records/actions/2020/acme-pause-2020.yaml"
Tree = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tree: Tree) -> Path:
    """A repository whose only commit holds one error: an actor that nobody has."""
    text = (Path(__file__).parent / "tree" / PAUSE).read_text()
    made = tree({PAUSE: text.replace("actor: acme", "actor: acmee")})
    commit(made)
    return made


def commit(root: Path) -> None:
    names = {f"GIT_{who}_NAME": "policytrack contributors" for who in ("AUTHOR", "COMMITTER")}
    addresses = {f"GIT_{who}_EMAIL": "contributors@example.org" for who in ("AUTHOR", "COMMITTER")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "state"]):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **names, **addresses, **settings}, check=True)


def test_since_tells_the_new_ones_and_counts_the_old(run: Run, root: Path) -> None:
    assert run("--root", root, "check")[0] == 1
    code, out, err = run("--root", root, "check", "--since", "HEAD")
    assert (code, err) == (0, "")
    assert "acmee" not in out
    assert "no findings new since HEAD\n1 finding stood before\n" in out
    (root / "records/actors/other-corp.yaml").write_text("name: Other\ntype: compny\n")
    path = root / PAUSE
    path.write_text(path.read_text().replace("\nkind: ", "\n# the old one moves down\nkind: ", 1))
    code, out, _ = run("--root", root, "check", "--since", "HEAD")
    assert code == 1
    assert out.startswith("records/actors/other-corp.yaml:2:7: error PT033")
    assert "1 error new since HEAD\n1 finding stood before\n" in out


def test_since_judges_by_what_is_new_alone(run: Run, root: Path) -> None:
    path = root / PAUSE
    path.write_text(path.read_text().replace("title: ", 'title: The "great" ', 1))
    assert run("--root", root, "check", "--since", "HEAD")[0] == 0
    assert run("--root", root, "check", "--since", "HEAD", "--strict")[0] == 1


def test_since_in_every_form(run: Run, root: Path) -> None:
    (root / "records/actors/other-corp.yaml").write_text("name: Other\ntype: compny\n")
    asked = ["--root", root, "check", "--since", "HEAD", "--format"]
    rows = [each for each in json.loads(run(*asked, "json")[1]) if each["severity"] == "error"]
    assert [(each["code"], each["new"]) for each in rows] == [("PT033", True), (rows[1]["code"], False)]
    said = run(*asked, "github")[1]
    (annotation,) = (line for line in said.splitlines() if line.startswith("::"))
    head, _, told = annotation.removeprefix("::").partition("::")
    assert head == "error file=records/actors/other-corp.yaml,line=2,col=7,title=PT033 unknown-code"
    advice = "did you mean `company`? `policytrack codes actor-type` lists them all"
    assert told == f"`compny` is no code of the vocabulary actor-type%0Ahelp: {advice}"
    results = json.loads(run(*asked, "sarif")[1])["runs"][0]["results"]
    assert [each["baselineState"] for each in results if each["level"] == "error"] == ["new", "unchanged"]
    code, said, _ = run(*asked, "junit")
    assert code == 1
    suite = ET.fromstring(said)  # noqa: S314
    assert suite.get("failures") == "1"
    assert [case.get("classname") for case in suite.iter("testcase") if case.find("failure") is not None] == [
        "records/actors/other-corp.yaml"
    ]


def test_a_bad_revision_is_a_bad_call(run: Run, root: Path) -> None:
    for name, says in (("nowhere", "fetch it first"), ("--output=x", "is not a revision")):
        for words in (["check", f"--since={name}"], ["diff", "--", name]):
            code, out, err = run("--root", root, *words)
            assert (code, out) == (2, "")
            assert says in err
    assert not (root / "x").exists()


def test_diff_of_revisions_release_and_work_tree(run: Run, root: Path, tmp_path: Path) -> None:
    path = root / PAUSE
    path.write_text(path.read_text().replace("actor: acmee", "actor: acme").replace("further-notice", "2021-06-10"))
    code, out, _ = run("--root", root, "diff", "HEAD")
    assert code == 0
    assert out == (
        "HEAD -> worktree: 1 record differs: 1 changed\n"
        "changed action/acme-pause-2020: Acme pauses sales to police\n"
        "  actor: acmee -> acme\n"
        "  ends: until further notice -> 2021-06-10\n"
    )
    assert (
        "  - ends: until further notice → 2021-06-10\n" in run("--root", root, "diff", "HEAD", "--format=markdown")[1]
    )
    code, out, err = run("--root", root, "diff")
    assert (code, out) == (2, "")
    assert "there is no release" in err
    shutil.copy(PROJECT / "datapackage.json", root)
    commit(root)
    assert run("--root", root, "release", "--version", "9.0.0")[0] == 0
    assert run("--root", root, "diff")[1] == "release -> worktree: 0 records differ\n"
    assert run("--root", root, "build", "--out", tmp_path / "out")[0] == 0
    path.write_text(path.read_text().replace("2021-06-10", "P1Y"))
    shown = json.loads(run("--root", root, "diff", tmp_path / "out", "worktree", "--format", "json")[1])
    assert [each["changes"] for each in shown["records"]] == [
        [{"field": "timeline.ends", "before": ["2021-06-10"], "after": ["P1Y"]}]
    ]
    assert run("--root", root, "diff", tmp_path / "nothing")[0] == 2
