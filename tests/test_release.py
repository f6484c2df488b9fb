"""A release is computed, refused on findings, keeps what people wrote, and is whole at every moment."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import packages
from policytrack.codes import ChangeLevel, CorrectionReason
from policytrack.dataset import Dataset, read
from policytrack.findings import Finding, Place, Severity
from policytrack.frames import load
from policytrack.history import HistoryError
from policytrack.package import PackageError, check_package, load_package, validate
from policytrack.package.journal import exchange, interrupted
from policytrack.release import Asked, ReleaseError, bump, plan, release, undo
from policytrack.tables import TABLES
from policytrack.versions import archive, chain, changelog, corrections, release_at

ROOT = Path(__file__).parent.parent
ASKED = Asked(date(2026, 11, 22))
NEXT = "data/history/next"
BLOCK = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "policytrack",
    "title": "Test",
    "version": "0.1.0",
    "licenses": [{"name": "CC-BY-4.0"}],
    "contributors": [{"title": "policytrack contributors", "roles": ["creator"]}],
    "resources": [],
}


def commit(root: Path) -> None:
    who = ["-c", "user.name=policytrack contributors", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", "-C", root, "add", "-A"], check=True, capture_output=True)
    subprocess.run(["git", "-C", root, *who, "commit", "-q", "-m", "."], check=True, capture_output=True)


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    """Give records that are in memory alone, on a root that is a repository with nothing to commit."""
    (tmp_path / "datapackage.json").write_text(json.dumps(BLOCK), encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True, capture_output=True)
    commit(tmp_path)
    return packages.nasty(tmp_path)


@pytest.fixture
def released(data: Dataset) -> Dataset:
    release(data, [], ASKED)
    commit(data.root)
    return data


def with_action(data: Dataset, **changes: Any) -> Dataset:
    """Return the data with fields of its first action changed."""
    action = next(iter(data.actions.values()))
    model = action.model.model_copy(update=changes)
    return replace(data, actions={**data.actions, action.id: replace(action, model=model)})


def note(root: Path, text: str, name: str = "a-note") -> None:
    (root / NEXT).mkdir(parents=True, exist_ok=True)
    (root / NEXT / f"{name}.yaml").write_text(text, encoding="utf-8")


def files(root: Path) -> dict[str, bytes]:
    """Return every file below a root, the repository's own left out."""
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def finding(severity: Severity) -> Finding:
    return Finding("PT000", "a-name", severity, Place("records/x.yaml"), "wrong")


def tables(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").glob("*.csv")}


def test_a_release_is_a_sound_package_at_the_root(data: Dataset) -> None:
    made = release(data, [], ASKED)
    assert validate(data.root) == []
    assert (made.folder, made.version) == (data.root, "0.1.0")
    assert {name: len(rows) for name, rows in load_package(data.root).items()} == made.rows
    assert {path.name for path in (data.root / "data").glob("*.csv")} == {f"{name}.csv" for name in TABLES}
    assert "# Coverage" in (data.root / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert not (data.root / ".release").exists()


def test_the_project_can_be_released(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records")
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor | {"resources": []}), encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True, capture_output=True)
    commit(tmp_path)
    made = release(read(tmp_path), [], ASKED)
    assert validate(tmp_path) == []
    text = (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pattern = build["tool"]["hatch"]["version"]["pattern"]
    assert re.findall(pattern, text) == [made.version] == [descriptor["version"]]


def test_the_block_written_by_hand_is_kept_and_has_the_version(released: Dataset) -> None:
    release(with_action(released, title="Another title"), [], ASKED)
    descriptor = json.loads((released.root / "datapackage.json").read_text(encoding="utf-8"))
    kept = BLOCK.keys() - {"version", "resources"}
    assert {key: descriptor[key] for key in kept} == {key: BLOCK[key] for key in kept}
    assert descriptor["version"] == "0.1.1"
    assert list(descriptor)[: len(BLOCK)] == list(BLOCK)


def test_nothing_to_release_is_refused(released: Dataset) -> None:
    with pytest.raises(ReleaseError, match="nothing differs"):
        release(released, [], ASKED)


def test_two_releases_of_the_same_records_are_the_same_bytes(data: Dataset) -> None:
    assert plan(data, [], ASKED).files == plan(data, [], ASKED).files


def test_other_files_of_the_data_folder_stay_and_tables_that_are_no_more_go(data: Dataset) -> None:
    (data.root / "data").mkdir()
    (data.root / "data" / "mine.txt").write_text("x", encoding="utf-8")
    (data.root / "data" / "gone.csv").write_text("a\n", encoding="utf-8")
    commit(data.root)
    release(data, [], ASKED)
    assert (data.root / "data" / "mine.txt").exists()
    assert not (data.root / "data" / "gone.csv").exists()


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_findings_stand_against_a_release(data: Dataset, severity: Severity) -> None:
    with pytest.raises(ReleaseError) as caught:
        release(data, [finding(severity), finding(Severity.NOTICE)], ASKED)
    assert [found.severity for found in caught.value.findings] == [severity]
    assert not (data.root / "data").exists()


def test_notices_do_not_stand_against_a_release(data: Dataset) -> None:
    assert release(data, [finding(Severity.NOTICE)], ASKED).version == "0.1.0"


def test_work_that_is_not_committed_stands_against_a_release(data: Dataset) -> None:
    (data.root / "new.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"not committed, new\.txt among them"):
        release(data, [], ASKED)
    assert not (data.root / "data").exists()


def test_without_a_repository_there_is_no_release(data: Dataset) -> None:
    shutil.rmtree(data.root / ".git")
    with pytest.raises(HistoryError):
        release(data, [], ASKED)


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "01.0.0", "1.0.0\n", "", "2024-24-10", "1.0.0-"])
def test_a_version_is_semantic(data: Dataset, version: str) -> None:
    with pytest.raises(ReleaseError, match="not a version"):
        release(data, [], Asked(ASKED.on, version=version))


def test_a_version_is_declared_higher_and_never_lower(released: Dataset) -> None:
    with pytest.raises(ReleaseError, match="lower than"):
        release(released, [], Asked(ASKED.on, version="0.0.9"))
    assert release(released, [], Asked(ASKED.on, version="1.0.0")).version == "1.0.0"


def test_records_that_name_nothing_stand_against_a_release(data: Dataset) -> None:
    lacking = Dataset(root=data.root, actions=data.actions, sources=data.sources)
    with pytest.raises(ReleaseError) as caught:
        release(lacking, [], ASKED)
    assert {found.code for found in caught.value.findings} == {"PT044"}
    assert not (data.root / "data").exists()


# The version follows from what changed, and a correction gives its reason.


def test_a_corrected_fact_needs_a_reason_and_is_published_with_it(released: Dataset) -> None:
    action = next(iter(released.actions.values()))
    kind = next(code for code in type(action.model.kind) if code is not action.model.kind)
    mended = with_action(released, kind=kind)
    assert [each.change.field for each in bump(mended).unexplained] == ["kind"]
    with pytest.raises(ReleaseError, match="corrected without a reason") as caught:
        release(mended, [], ASKED)
    assert NEXT in caught.value.advice
    note(
        released.root,
        f"change: A kind was wrong.\ncorrections:\n"
        f"  - {{records: action/{action.id}, fields: kind, reason: error, why: The source says otherwise.}}\n",
    )
    commit(released.root)
    assert release(mended, [], ASKED).version == "0.1.1"
    rows = load("corrections", released.root)
    assert [(row["id"], row["field"], row["before"], row["after"], row["reason"]) for row in rows] == [
        (action.id, "kind", action.model.kind.value, kind.value, "error")
    ]
    assert not list((released.root / NEXT).glob("*"))
    assert "- A kind was wrong." in (released.root / changelog.PATH).read_text(encoding="utf-8")
    assert corrections.read_corrections(released.root)[0].reason is CorrectionReason.ERROR
    commit(released.root)
    # What was corrected once stays told: the next release carries it on.
    release(with_action(mended, title="Another title"), [], ASKED)
    assert load("corrections", released.root) == rows


def test_news_are_no_corrections(released: Dataset) -> None:
    assert bump(with_action(released, title="Another", summary="More words")).corrected == ()
    less = replace(released, actions={name: each for name, each in released.actions.items() if name != "a-repeal"})
    assert bump(less).corrected == ()
    assert bump(less).level is ChangeLevel.MAJOR


def test_a_note_raises_the_level_and_never_lowers_it(released: Dataset) -> None:
    note(released.root, "change: New commands.\nlevel: minor\n")
    found = bump(released)
    assert (found.level, found.version, found.short) == (ChangeLevel.MINOR, "0.2.0", False)
    note(released.root, "change: Words.\nlevel: patch\n")
    gone = with_action(released, title="Another title")
    assert (bump(gone).level, bump(gone).short) == (ChangeLevel.PATCH, False)
    less = replace(released, actions=dict(list(released.actions.items())[1:]))
    assert bump(less).short
    assert bump(less).level is ChangeLevel.MAJOR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("level: minor\n", "PT030"),
        ("change: x\nlevel: huge\n", "PT032"),
        ("change: [\n", "PT006"),
        ("a: b: c\n", "PT006"),
    ],
)
def test_a_spoilt_note_is_a_finding_with_its_place(released: Dataset, text: str, code: str) -> None:
    note(released.root, text)
    commit(released.root)
    found = bump(released).notes.findings
    assert [each.place.path for each in found] == [f"{NEXT}/a-note.yaml"]
    with pytest.raises(ReleaseError) as caught:
        release(with_action(released, title="Another title"), [], ASKED)
    assert caught.value.findings == found
    assert found[0].code.startswith("PT0"), code


def test_every_release_can_be_read_again(released: Dataset) -> None:
    versions = [("0.1.0", files(released.root))]
    for title in ("One", "Two", "Three"):
        made = release(with_action(released, title=title), [], ASKED)
        commit(released.root)
        versions.append((made.version, files(released.root)))
    assert [version for version, _ in versions] == ["0.1.0", "0.1.1", "0.1.2", "0.1.3"]
    for version, then in versions:
        again = release_at(released.root, version).files()
        assert again == {path: then[path] for path in again}
    listed = chain.read_chain(released.root)
    assert [each.version for each in listed] == [version for version, _ in versions]
    assert chain.faults(listed) == []
    assert {path for path in files(released.root) if path.startswith(archive.DELTAS)} == {
        archive.path_of(version) for version, _ in versions[:-1]
    }
    headings = re.findall("^## ([0-9.]+) ", (released.root / changelog.PATH).read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["0.1.3", "0.1.2", "0.1.1", "0.1.0"]


def test_a_chain_that_was_shortened_or_edited_shows(released: Dataset) -> None:
    for title in ("One", "Two"):
        release(with_action(released, title=title), [], ASKED)
        commit(released.root)
    first, second, third = chain.read_chain(released.root)
    assert chain.faults((first, third))
    assert chain.faults((second, third))
    assert chain.faults((replace(first, level="patch"), second, third))
    assert chain.faults((first, second, second))
    assert chain.faults(chain.withdrawn((first, second, third), "A name was published by mistake.")) == []


# Killed at any moment, the last release is whole, or can be put back.


class KilledError(BaseException):
    """Stands for the end of the process."""


def after(steps: int, whole: Callable[..., Any], failure: BaseException) -> Callable[..., Any]:
    """Return ``whole``, which fails once it was called ``steps`` times."""
    left = iter(range(steps))

    def call(*given: Any, **named: Any) -> Any:
        if next(left, None) is None:
            raise failure
        return whole(*given, **named)

    return call


# Folders are made before anything is exchanged: a few of those moments stand for all.
@pytest.mark.parametrize(("call", "stride"), [("replace", 3), ("unlink", 1), ("mkdir", 25)])
def test_killed_at_any_moment_the_last_release_can_be_put_back(
    released: Dataset, monkeypatch: pytest.MonkeyPatch, call: str, stride: int
) -> None:
    root = released.root
    note(root, "change: Words.\nlevel: minor\n")
    commit(root)
    made = plan(with_action(released, title="Another title"), [], ASKED)
    before = files(root)
    new = {path: raw for path, raw in {**before, **made.files}.items() if path not in made.gone}
    states = set()
    for steps in range(0, 400, stride):
        with monkeypatch.context() as patch:
            patch.setattr(Path, call, after(steps, getattr(Path, call), KilledError()))
            try:
                exchange(root, made.files, made.gone)
            except KilledError:
                pass
            else:
                break
        states.add(interrupted(root))
        if interrupted(root):
            with pytest.raises(PackageError, match="interrupted"):
                load("actions", root)
            assert undo(root)
        found = {path: raw for path, raw in files(root).items() if not path.startswith(".release")}
        assert found == before
        undo(root)
    assert files(root) == new
    assert states, "nothing was killed"
    assert check_package(root) == []


def test_undo_can_be_killed_too(released: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    before, later = files(released.root), with_action(released, title="Another title")
    whole = Path.replace
    for steps in (0, 1, 5, 20, 40):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", after(12, whole, KilledError()))
            with pytest.raises(KilledError):
                release(later, [], ASKED)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", after(steps, whole, KilledError()))
            try:
                undo(released.root)
            except KilledError:
                assert interrupted(released.root)
        undo(released.root)
        assert files(released.root) == before


@pytest.mark.parametrize("steps", [0, 3, 30, 60, 78])
def test_a_full_disk_leaves_everything_as_it_was(
    released: Dataset, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    before = files(released.root)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        # Two plans are laid down to be checked before the release itself is.
        inner = "policytrack.package.journal.os.fsync"
        patch.setattr("policytrack.release.lay", _lay_quietly)
        patch.setattr(inner, after(steps, os.fsync, full))
        with pytest.raises(ReleaseError, match="No space left"):
            release(with_action(released, title="Another title"), [], ASKED)
    assert files(released.root) == before
    assert release(with_action(released, title="Another title"), [], ASKED).version == "0.1.1"


def _lay_quietly(folder: Path, content: Mapping[str, bytes]) -> None:
    for path, raw in content.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)


KILLER = """
import os, signal, sys
from pathlib import Path
from policytrack.package import journal
whole, left = Path.replace, iter(range(int(sys.argv[2])))
def replace(self, target):
    if next(left, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self, target)
Path.replace = replace
root = Path(sys.argv[1])
journal.exchange(root, {f"data/{n}.csv": b"new" for n in range(20)} | {"datapackage.json": b"{}"}, ["old.txt"])
"""


@pytest.mark.parametrize("steps", [0, 1, 2, 10, 21, 22])
def test_a_process_that_is_really_killed(tmp_path: Path, steps: int) -> None:
    (tmp_path / "data").mkdir()
    for number in range(10):
        (tmp_path / "data" / f"{number}.csv").write_bytes(b"old")
    (tmp_path / "old.txt").write_bytes(b"old")
    before = files(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLER, tmp_path, str(steps)], check=False, capture_output=True)
    if done.returncode == 0:
        assert files(tmp_path)["data/19.csv"] == b"new"
        return
    assert done.returncode == -signal.SIGKILL
    undo(tmp_path)
    assert files(tmp_path) == before
