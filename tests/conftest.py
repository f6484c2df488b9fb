"""What tests share: the small valid tree of records with files laid over it, and a call of the command."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

import profiles
from policytrack import cli
from policytrack.rules import RULES

BASE_TREE = Path(__file__).parent / "tree"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without-rule", default="", metavar="CODE", help="run as if this rule had been deleted")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(profiles.NAME)
    RULES.pop(config.getoption("--without-rule"), None)


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Return a function that makes a root: the base tree with ``files`` (path from the root to content) laid over."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "root"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(BASE_TREE, root)
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Call the command line in this process: exit code, standard output, standard error."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["policytrack", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        streams = capsys.readouterr()
        code = end.value.code
        return (code if isinstance(code, int) else 0 if code is None else 1), streams.out, streams.err

    return call
