"""The tutorial, carried out from its own text: every command runs, and its output is what the page shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/tutorial/your-first-record.md"
# Stands in an output of the page for what differs from day to day and from copy to copy.
ANYTHING = "…"

pytest.importorskip("trafilatura")


def steps(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield what the page makes a reader do: ("run", command, output) or ("write", path, text)."""
    block_of = r"(?:^`(?P<path>[^`\n]+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$"
    for block in re.finditer(block_of, page, re.MULTILINE | re.DOTALL):
        if block["kind"] == "yaml":
            yield "write", block["path"], block["text"]
            continue
        assert block["kind"] == "console"
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            lines = part.split("\n")
            last = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
            yield "run", "\n".join(lines[: last + 1]), "\n".join(lines[last + 1 :])


def shows(page: str, output: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in page.rstrip("\n").split(ANYTHING))
    return re.fullmatch(pattern, output.rstrip("\n"), re.DOTALL) is not None


def small_project(root: Path) -> None:
    """Lay out a project with the places that the tutorial relies on, and nothing that other people still work on."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    shutil.copy(ROOT / "datapackage.json", root)
    shutil.copytree(PAGE.parent, root / "docs/tutorial")
    for name in ("us", "us-or"):
        (root / "records/jurisdictions").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"records/jurisdictions/{name}.yaml", root / "records/jurisdictions")


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    small_project(tmp_path)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = 0
    for what, first, second in steps(PAGE.read_text()):
        if what == "write":
            assert (tmp_path / first).is_file(), f"the reader is told to edit {first}, which is not there"
            (tmp_path / first).write_text(second)
            continue
        done = subprocess.run(
            ["sh", "-c", first],
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert shows(second, done.stdout), f"$ {first}\n{done.stdout}"
        ran += 1
    assert ran > 10
    # The record that the reader ends with is sound and laid out.
    check = subprocess.run(
        ["policytrack", "check", "--strict"], cwd=tmp_path, env={**os.environ, "PATH": path}, check=False
    )
    assert check.returncode == 0
    layout = subprocess.run(
        ["policytrack", "fmt", "--check"], cwd=tmp_path, env={**os.environ, "PATH": path}, check=False
    )
    assert layout.returncode == 0


def test_the_story_says_that_it_is_invented() -> None:
    story = (PAGE.parent / "saved/council-story.html").read_text()
    assert "invented" in story
    assert not list((ROOT / "records").rglob("*harbour-falls*"))


@pytest.mark.parametrize(
    ("page", "output", "same"),
    [("a\n", "a", True), ("a", "b", False), ("1…3\n", "1\n2\n3\n", True), ("…x", "xy", False), ("a.c", "abc", False)],
)
def test_only_what_the_page_leaves_open_may_differ(page: str, output: str, same: bool) -> None:  # noqa: FBT001
    assert shows(page, output) is same
