"""The project set up from a clone: what the pages tell a reader to install leaves the clone the one that runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs/tutorial").glob("*.md")), *sorted((ROOT / "docs/how-to").glob("*.md"))]


def test_no_page_for_contributors_replaces_the_clone_by_a_copy() -> None:
    installs = [
        words for page in PAGES for words in re.findall(r"pip install[^`\n]*", page.read_text(encoding="utf-8"))
    ]
    ours = [words for words in installs if re.search(r"(^| )'?\.(\[|'|$)", words)]
    assert any("[capture]" in words for words in ours)
    assert [words for words in ours if "--editable" not in words] == []


@pytest.mark.parametrize("target", [".venv/.installed-run", ".venv/.installed-dev"])
def test_make_sets_up_again_where_a_copy_hides_the_clone(tmp_path: Path, target: str) -> None:
    stamps = [".venv/.installed-run", ".venv/.installed-dev"]
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "datapackage.json", "scripts/setup.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    installed = tmp_path / ".venv/lib/python3.11/site-packages/policytrack"
    # What an editable install leaves there too: the data of the release.
    (installed / "edition").mkdir(parents=True)
    for stamp in stamps:
        (tmp_path / stamp).touch()

    def would_do() -> str:
        return subprocess.run(["make", "-n", target], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert "setup.sh" not in would_do()
    (installed / "__init__.py").touch()
    assert "setup.sh" in would_do()


def test_the_hooks_name_no_file_outside_the_records() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in [*hooks, *local["hooks"]]:
        if hook["id"] in {"policytrack-check", "policytrack-fmt"} and hook.get("pass_filenames", True):
            assert hook["files"].startswith("^records/")
            assert not re.search(hook["files"], "data/records/x.yaml")
