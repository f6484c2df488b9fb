"""Revisions as they were: read from what the repository holds, never followed out of it, never fetched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from policytrack.dataset import read
from policytrack.documents import MAX_BYTES
from policytrack.history import HistoryError, resolve, revision

ACME = "records/actors/acme.yaml"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run git in a repository of its own, apart from the settings of whoever runs the tests."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path.parent),
        **{f"GIT_{who}_NAME": "policytrack contributors" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "contributors@example.org" for who in ("AUTHOR", "COMMITTER")},
    }.items():
        monkeypatch.setenv(name, value)
    repository = tmp_path / "repository"
    repository.mkdir()

    def call(*words: str, given: str = "") -> str:
        done = subprocess.run(
            ["git", "-C", str(repository), *words], input=given, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    call("init", "--quiet", "--initial-branch=main")
    return call


@pytest.fixture
def repository(git: Callable[..., str], tmp_path: Path) -> Path:
    """A repository with two commits: one actor, then the actor changed and a second one."""
    root = tmp_path / "repository"
    (root / "records/actors").mkdir(parents=True)
    (root / ACME).write_text("name: Acme\ntype: company\n")
    git("add", "--all")
    git("commit", "--quiet", "-m", "one")
    (root / ACME).write_text("name: Acme Corporation\ntype: company\n")
    (root / "records/actors/other.yaml").write_text("name: Other\ntype: company\n")
    git("add", "--all")
    git("commit", "--quiet", "-m", "two")
    (root / ACME).write_text("name: Not committed\ntype: company\n")
    return root


def test_a_revision_is_what_was_committed(repository: Path) -> None:
    with revision(repository, "HEAD~1") as old, revision(repository, "main") as new:
        assert [each.id for each in read(old).records] == ["acme"]
        assert read(old).actors["acme"].model.name == "Acme"
        assert read(new).actors["acme"].model.name == "Acme Corporation"
        assert read(new).files == 2
    assert not old.exists()
    assert (repository / ACME).read_text() == "name: Not committed\ntype: company\n"


def test_records_may_lie_below_the_top_of_the_repository(git: Callable[..., str], tmp_path: Path) -> None:
    root = tmp_path / "repository/data/track"
    (root / "records/actors").mkdir(parents=True)
    (root / ACME).write_text("name: Acme\ntype: company\n")
    git("add", "--all")
    git("commit", "--quiet", "-m", "one")
    with revision(root, "HEAD") as laid:
        assert [each.id for each in read(laid).records] == ["acme"]


def test_a_revision_without_records_holds_none(git: Callable[..., str], tmp_path: Path) -> None:
    git("commit", "--quiet", "--allow-empty", "-m", "nothing")
    with revision(tmp_path / "repository", "HEAD") as laid:
        assert list(read(laid).records) == []


@pytest.mark.parametrize(
    "name",
    ["--output=stolen", "-h", "", "a b", "HEAD:records", "HEAD\nHEAD", "\0", "--all", "no-such-branch", "HEAD^{tree}"],
)
def test_what_is_no_revision_is_refused(name: str, repository: Path) -> None:
    with pytest.raises(HistoryError) as refused:
        resolve(repository, name)
    assert refused.value.advice
    assert not (repository / "stolen").exists()


def test_a_misspelt_branch_finds_the_right_one(repository: Path) -> None:
    with pytest.raises(HistoryError) as refused:
        resolve(repository, "mian")
    assert refused.value.advice == "did you mean `main`?"


@pytest.mark.usefixtures("git")
def test_outside_a_repository_there_is_no_revision(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="not a git repository"):
        resolve(tmp_path, "HEAD")


def test_without_git_the_fault_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HistoryError, match="git is not installed"):
        resolve(repository, "HEAD")


def test_a_link_leads_nowhere(repository: Path, git: Callable[..., str], tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: Secret\ntype: company\n")
    (repository / "records/actors/link.yaml").symlink_to(secret)
    git("add", "--all")
    git("commit", "--quiet", "-m", "link")
    with revision(repository, "HEAD") as laid:
        dataset = read(laid)
        assert "link" not in dataset.actors
        assert [finding.code for finding in dataset.findings] == ["PT001"]
        assert not (laid / "records/actors/link.yaml").exists()


def test_a_huge_file_costs_no_more_than_its_beginning(repository: Path, git: Callable[..., str]) -> None:
    (repository / "records/actors/huge.yaml").write_text("#" * (3 * MAX_BYTES))
    git("add", "--all")
    git("commit", "--quiet", "-m", "huge")
    with revision(repository, "HEAD") as laid:
        assert (laid / "records/actors/huge.yaml").stat().st_size == MAX_BYTES + 1
        assert {each.id for each in read(laid).records} == {"acme", "other"}


def test_a_path_out_of_the_tree_is_refused(repository: Path, git: Callable[..., str]) -> None:
    blob = git("hash-object", "-w", "--stdin", given="name: x\n")
    inner = git("mktree", given=f"100644 blob {blob}\t..\n")
    tree = git("mktree", given=f"040000 tree {inner}\trecords\n")
    commit = git("commit-tree", tree, "-m", "crafted")
    with pytest.raises(HistoryError, match=r"holds the path"), revision(repository, commit):
        pass


def test_what_the_repository_lacks_is_not_fetched(repository: Path, git: Callable[..., str], tmp_path: Path) -> None:
    git("config", "uploadpack.allowFilter", "true")
    git("commit", "--quiet", "--all", "-m", "three")
    partial = tmp_path / "partial"
    git("clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{repository}", str(partial))
    with pytest.raises(HistoryError, match="lacks the content"), revision(partial, "HEAD"):
        pass
