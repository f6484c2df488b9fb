"""A folder that cannot be written: one line says which, why and what to do, and nothing half-made is left."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import packages
import releases
from policytrack.package.placing import UnwritableError, staged

Tree = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., tuple[int, str, str]]
# A site offers the files of a package, and this one is enough for it.
EMPTY = {"datapackage.json": json.dumps(packages.BLOCK)}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_laid_down_takes_the_place_as_a_whole(tmp_path: Path) -> None:
    for text in (b"1", b"2"):
        with staged(tmp_path / "new" / "out") as fresh:
            fresh.mkdir()
            (fresh / text.decode()).write_bytes(text)
        assert content(tmp_path / "new" / "out") == {text.decode(): text}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("error", "says", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device", "make room"),
        (OSError(errno.EROFS, "Read-only file system"), "Read-only file system", "that you may write to"),
    ],
)
def test_a_disk_that_refuses_leaves_what_was_there(tmp_path: Path, error: OSError, says: str, advice: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old").write_bytes(b"old")

    def refuse(fresh: Path) -> None:
        fresh.mkdir()
        (fresh / "half").write_bytes(b"ha")
        raise error

    with pytest.raises(UnwritableError, match=f"out cannot be written: {says}") as caught, staged(folder) as fresh:
        refuse(fresh)
    assert advice in caught.value.advice
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert content(folder) == {"old": b"old"}


def test_what_cannot_be_taken_away_of_the_former_folder_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    real = shutil.rmtree

    def refuse(path: Path, *, ignore_errors: bool = False) -> None:
        if ".former" not in Path(path).name:
            real(path, ignore_errors=ignore_errors)
        elif not ignore_errors:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    for text in (b"1", b"2", b"3"):
        with staged(folder) as fresh:
            fresh.mkdir()
            (fresh / "text").write_bytes(text)
        assert content(folder) == {"text": text}
    # Killed between two renames: the latest former folder comes back.
    folder.rename(tmp_path / ".out.former-3")
    with pytest.raises(UnwritableError), staged(folder):
        raise OSError(errno.EIO, "Input/output error")
    assert content(folder) == {"text": b"3"}


@pytest.fixture
def calls(tree: Tree, tmp_path: Path) -> list[list[str | Path]]:
    """Give the commands that write a folder, but for its name."""
    root = tree(EMPTY)
    project = releases.project(tmp_path / "project")
    package = releases.built(project, tmp_path / "package")
    (delta,) = (package / "delta").glob("*.ndjson")
    return [
        ["--root", root, "build", "--formats", "csv"],
        ["--root", project, "site", "build", "--package", package, "--on", "2026-11-22"],
        ["--root", root, "apply", delta, "--back", "--package", package],
    ]


def test_no_command_ends_in_a_traceback_where_it_cannot_write(
    run: Run, calls: list[list[str | Path]], tmp_path: Path
) -> None:
    (tmp_path / "letter").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for words in calls:
        code, _, err = run(*words, "--out", tmp_path / "letter" / "x")
        told = f"policytrack: {tmp_path}/letter/x cannot be written: {tmp_path}/letter is a file\n  help: name a folder"
        assert (code, err.startswith(told)) == (2, True), err
        assert err.count("\n") == 2
        code, _, err = run(*words, "--out", "/proc/policytrack")
        assert (code, err.startswith("policytrack: /proc/policytrack cannot be written: ")) == (2, True), err
        code, _, err = run(*words, "--out", tmp_path / ("x" * 300))
        assert (code, "x cannot be written: File name too long\n  help: name a folder with a shorter" in err) == (
            2,
            True,
        )
    assert (tmp_path / "letter").read_text(encoding="utf-8") == "mine"
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_may_not_be_looked_into_is_told_by_its_name(
    run: Run, calls: list[list[str | Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"

    def refusing(function: Callable[[Path], bool]) -> Callable[[Path], bool]:
        def wrapped(path: Path) -> bool:
            if path.is_relative_to(closed):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return function(path)

        return wrapped

    monkeypatch.setattr(Path, "exists", refusing(Path.exists))
    monkeypatch.setattr(Path, "is_file", refusing(Path.is_file))
    for words in calls:
        code, _, err = run(*words, "--out", closed / "in" / "out")
        told = f"policytrack: {closed}/in/out cannot be written: Permission denied\n  help: name a folder that you may"
        assert (code, err.startswith(told)) == (2, True), err


def test_a_disk_that_is_full_half_way_leaves_nothing(
    run: Run, calls: list[list[str | Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())

    def after(steps: int, function: Any) -> Any:
        left = iter(range(steps))

        def wrapped(*given: Any) -> Any:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")
            return function(*given)

        return wrapped

    for words in calls:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", after(3, os.fsync))
            patch.setattr(Path, "write_bytes", after(3, Path.write_bytes))
            code, _, err = run(*words, "--out", tmp_path / "out")
        assert (code, "out cannot be written: No space left on device\n  help: make room" in err) == (2, True), err
        assert sorted(tmp_path.iterdir()) == before


def test_apply_names_the_file_that_cannot_be_read(run: Run, calls: list[list[str | Path]], tmp_path: Path) -> None:
    *_, package = calls[-1]
    (tmp_path / "binary").write_bytes(b"\xff")
    for name, says in (("nothing", "cannot be read: No such file or directory"), ("binary", "is no text")):
        code, _, err = run("apply", tmp_path / name, "--package", package, "--out", tmp_path / "out")
        assert (code, err.startswith(f"policytrack: {tmp_path / name} {says}\n")) == (2, True), err


def test_what_no_command_foresaw_is_told_in_a_line(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied", "/somewhere")

    root = tree({})
    monkeypatch.setattr("policytrack.drafting.fmt", refuse)
    code, _, err = run("--root", root, "fmt")
    assert (code, err) == (
        2,
        "policytrack: /somewhere cannot be used: Permission denied\n  help: look at the path and its rights\n",
    )


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "No space left on device\n  help: make room, or write it elsewhere\n"),
        (errno.EIO, "Input/output error\n"),
        (errno.EMFILE, "Too many open files\n"),
    ],
)
def test_only_a_full_disk_is_told_to_make_room(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    root = tree({})
    monkeypatch.setattr("policytrack.drafting.fmt", refuse)
    code, _, err = run("--root", root, "fmt")
    assert (code, err) == (2, f"policytrack: the system refused: {says}")
