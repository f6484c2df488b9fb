"""Many records: everything is found among tens of thousands of files that is found among a few, and start-up is short.

A process may hold some 65,530 maps of memory: a reader that keeps a buffer for each file comes to its end there.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib import util
from pathlib import Path

import pytest

from policytrack.dataset import read
from policytrack.findings import Finding, Severity
from policytrack.rules import check

TODAY = date(2026, 11, 22)
SYNTHETIC = Path(__file__).resolve().parents[1] / "benchmarks" / "synthetic.py"


@pytest.fixture(scope="module")
def synthetic() -> Callable[[Path, int], None]:
    """Return what writes as many synthetic actions as asked into a folder."""
    spec = util.spec_from_file_location("synthetic", SYNTHETIC)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    write: Callable[[Path, int], None] = module.write
    return write


def plant(root: Path) -> None:
    """Put four mistakes into the records: of the text, of the shape, of a link and of a date."""
    actions = sorted((root / "records" / "actions").rglob("*.yaml"))
    tab, stray, lost, late = actions[0], actions[len(actions) // 3], actions[len(actions) // 2], actions[-1]
    tab.write_text(tab.read_text() + "\tnotes: again\n")
    stray.write_text(stray.read_text() + "colour: red\n")
    text = lost.read_text()
    lost.write_text(text.replace("actor: xx-", "actor: zz-"))
    late.write_text(re.sub("ends: P[1-9]Y", 'ends: "2001-01-01"', late.read_text()))


def told(findings: list[Finding]) -> Counter[str]:
    """Return how many findings there are of each kind, notices apart."""
    return Counter(finding.code for finding in findings if finding.severity is not Severity.NOTICE)


@pytest.mark.parametrize("actions", [30, pytest.param(41_000, marks=pytest.mark.slow)])
def test_planted_mistakes_are_found_however_many_files_there_are(
    tmp_path: Path, synthetic: Callable[[Path, int], None], actions: int
) -> None:
    synthetic(tmp_path, actions)
    assert told(check(read(tmp_path), TODAY)) == {}
    plant(tmp_path)
    data = read(tmp_path)
    assert actions < 1_000 or data.files > 66_000
    assert told(check(data, TODAY)) == {"PT006": 1, "PT031": 1, "PT104": 1, "PT213": 1}


@pytest.mark.parametrize(("words", "imported"), [(["--version"], False), (["--help"], True)])
def test_the_version_is_told_without_importing_the_commands(words: list[str], imported: bool) -> None:  # noqa: FBT001
    code = (
        "import gc, sys\n"
        "from policytrack import cli\n"
        f"sys.argv = ['policytrack', *{words!r}]\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print('typer' in sys.modules, gc.isenabled(), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == [str(imported), "True"]
    assert done.stdout.startswith("policytrack " if words == ["--version"] else "Usage: policytrack")
