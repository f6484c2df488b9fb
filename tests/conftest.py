"""What tests share: the small valid tree of records, and files laid over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

BASE_TREE = Path(__file__).parent / "tree"


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
