"""The wheel carries the data: loaded and asked where there is no checkout and no network."""

import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from policytrack import api
from policytrack.frames import load

ROOT = Path(__file__).parent.parent
# Sockets fail as soon as one is made, and the checkout is nowhere near.
ASK = """
import json, socket, sys
from datetime import date
class Refused(socket.socket):
    def __init__(self, *given, **named):
        raise OSError("no network here")
socket.socket = Refused
import policytrack
frame = policytrack.load("actions", engine="pandas")
rows = policytrack.in_force(on=date(2020, 7, 1), measure="amazon-rekognition-police-moratorium-2020")
print(json.dumps({
    "where": policytrack.__file__,
    "actions": len(frame),
    "states": sorted({row.answer.state.value for row in rows}),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    words = ["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(out), str(ROOT)]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.mark.slow
def test_an_installed_wheel_answers_without_network(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["where"].startswith(str(tmp_path))
    assert told["actions"] == len(load("actions"))
    asked = api.in_force(on=date(2020, 7, 1), measure="amazon-rekognition-police-moratorium-2020")
    assert told["states"] == sorted({row.answer.state.value for row in asked})


@pytest.mark.slow
def test_the_wheel_carries_data_schemas_and_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        text = packed.read(metadata).decode()
    assert "License-Expression: MIT AND CC-BY-4.0" in text
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-DATA"}
    assert "policytrack/edition/datapackage.json" in names
    assert "policytrack/edition/data/actions.csv" in names
    assert "policytrack/edition/data/history/versions.json" in names
