"""Readers that cannot live in our environment take a release, each in its own: those of catalogues, and npm's."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import packages
import releases
from policytrack.dataset import Dataset, read
from policytrack.package import Composed, save
from policytrack.publication import publish
from policytrack.tables import TABLES

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "readers"
WEB = ("datacite==1.4.1", "mlcroissant==1.1.1", "rdflib==7.6.0")
# cffconvert needs a jsonschema that nothing else here can live with, and setuptools without saying so.
CFF = ("cffconvert==2.0.0", "jsonschema<4", "setuptools")

PACKAGES = ("frictionless[json]==5.21.0", "dplib-py==1.1.0", "jsonschema==4.26.0")
JAVASCRIPT = "datapackage@1.1.10"

pytestmark = pytest.mark.slow


def environment(name: str, *wanted: str) -> Path:
    """Return the folder of the programs of an environment, which is made once for each set of versions."""
    folder, note = CACHE / name, CACHE / name / "installed.txt"
    if not note.exists() or note.read_text(encoding="utf-8") != " ".join(wanted):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip: list[str | Path] = [
            folder / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, *wanted], check=True)
        note.write_text(" ".join(wanted), encoding="utf-8")
    return folder / "bin"


@pytest.fixture(scope="module", params=["released", "records", "nasty"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data: Dataset
    if request.param == "released":
        data = read(releases.shared())
    else:
        data = packages.named(request.param, tmp_path_factory.mktemp("root"))
    made: Composed = publish(data, created=releases.MOMENT)
    return save(made, tmp_path_factory.mktemp("out") / "release").folder


@pytest.fixture(scope="module")
def said(folder: Path) -> dict[str, Any]:
    command = [environment("web", *WEB) / "python", ROOT / "scripts" / "metadata_readers.py", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_frictionless_the_official_profile_and_dplib_find_nothing(folder: Path) -> None:
    command = [environment("packages", *PACKAGES) / "python", ROOT / "scripts" / "gate_peers.py"]
    where = json.dumps(dict.fromkeys(("frictionless", "profile", "dplib"), str(folder)))
    done = subprocess.run(command, input=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    nothing = {"errors": [], "crashed": False}
    assert json.loads(done.stdout) == {"frictionless": nothing, "profile": nothing, "dplib": nothing}


def test_mlcroissant_finds_no_fault_and_loads_every_table(said: dict[str, Any]) -> None:
    assert (said["issues"], said["record_sets"], said["differing"]) == ("", len(TABLES), {})


def test_the_schema_of_datacite_takes_the_metadata(said: dict[str, Any]) -> None:
    assert said["datacite"] == []


def test_rdflib_reads_the_linked_data(said: dict[str, Any]) -> None:
    assert all(count > len(TABLES) for count in said["triples"].values())


def test_cffconvert_takes_the_citation(folder: Path) -> None:
    program = environment("cff", *CFF) / "cffconvert"
    done = subprocess.run(
        [program, "--validate", "-i", folder / "CITATION.cff"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = subprocess.run(
        [program, "--format", "apalike", "-i", folder / "CITATION.cff"], capture_output=True, text=True, check=True
    )
    assert "policytrack contributors (2026)" in told.stdout


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is missing: the JavaScript reader cannot be installed")
def test_the_javascript_reader_casts_every_cell_and_follows_every_reference(folder: Path) -> None:
    home = CACHE / "javascript"
    if not (home / "node_modules" / "datapackage").is_dir():
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), JAVASCRIPT], check=True
        )
    command: list[str | Path] = ["node", ROOT / "scripts" / "read_package.js", folder]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "errors": [],
        "tables": {name: _rows(folder, name) for name in TABLES},
    }


def _rows(folder: Path, name: str) -> int:
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.DictReader(stream))
