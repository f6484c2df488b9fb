"""A release is refused on findings, keeps what people wrote, and is whole at every moment."""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import packages
from policytrack.dataset import Dataset, read
from policytrack.findings import Finding, Place, Severity
from policytrack.package import check_package, compose, load_package, validate
from policytrack.release import ReleaseError, release
from policytrack.tables import TABLES

ROOT = Path(__file__).parent.parent
BLOCK = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "policytrack",
    "title": "Test",
    "version": "0.0.1",
    "licenses": [{"name": "CC-BY-4.0"}],
    "contributors": [{"title": "policytrack contributors", "roles": ["creator"]}],
    "resources": [],
}


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    (tmp_path / "datapackage.json").write_text(json.dumps(BLOCK), encoding="utf-8")
    return packages.nasty(tmp_path)


def finding(severity: Severity) -> Finding:
    return Finding("PT000", "a-name", severity, Place("records/x.yaml"), "wrong")


def tables(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").glob("*.csv")}


def test_a_release_is_a_sound_package_at_the_root(data: Dataset) -> None:
    made = release(data, "0.1.0", [])
    assert validate(data.root) == []
    assert (made.folder, made.version) == (data.root, "0.1.0")
    assert {name: len(rows) for name, rows in load_package(data.root).items()} == made.rows
    assert sorted(path.name for path in data.root.iterdir()) == ["data", "datapackage.json", "docs"]
    assert "# Coverage" in (data.root / "docs" / "coverage.md").read_text(encoding="utf-8")


def test_the_project_can_be_released(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records")
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    release(read(tmp_path), "0.1.0", [])
    assert validate(tmp_path) == []
    text = (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pattern = build["tool"]["hatch"]["version"]["pattern"]
    assert re.findall(pattern, text) == ["0.1.0"]


def test_the_block_written_by_hand_is_kept_and_has_the_version(data: Dataset) -> None:
    release(data, "0.2.0", [])
    descriptor = json.loads((data.root / "datapackage.json").read_text(encoding="utf-8"))
    assert {key: descriptor[key] for key in BLOCK if key not in {"version", "resources"}} == {
        key: value for key, value in BLOCK.items() if key not in {"version", "resources"}
    }
    assert descriptor["version"] == "0.2.0"
    assert list(descriptor)[: len(BLOCK)] == list(BLOCK)


def test_a_second_release_of_the_same_records_is_the_same_bytes(data: Dataset) -> None:
    release(data, "0.1.0", [])
    before = {**tables(data.root), "": (data.root / "datapackage.json").read_bytes()}
    release(data, "0.1.0", [])
    assert {**tables(data.root), "": (data.root / "datapackage.json").read_bytes()} == before


def test_other_files_of_the_data_folder_stay_and_tables_that_are_no_more_go(data: Dataset) -> None:
    (data.root / "data" / "history").mkdir(parents=True)
    (data.root / "data" / "history" / "versions.json").write_text("{}", encoding="utf-8")
    (data.root / "data" / "gone.csv").write_text("a\n", encoding="utf-8")
    release(data, "0.1.0", [])
    assert (data.root / "data" / "history" / "versions.json").exists()
    assert set(tables(data.root)) == {f"{name}.csv" for name in TABLES}


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_findings_stand_against_a_release(data: Dataset, severity: Severity) -> None:
    with pytest.raises(ReleaseError) as caught:
        release(data, "0.1.0", [finding(severity), finding(Severity.NOTICE)])
    assert [found.severity for found in caught.value.findings] == [severity]
    assert not (data.root / "data").exists()


def test_notices_do_not_stand_against_a_release(data: Dataset) -> None:
    assert release(data, "0.1.0", [finding(Severity.NOTICE)]).version == "0.1.0"


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "01.0.0", "1.0.0\n", "", "2024-24-10", "1.0.0-"])
def test_a_version_is_semantic(data: Dataset, version: str) -> None:
    with pytest.raises(ReleaseError, match="not a version"):
        release(data, version, [])


def test_records_that_name_nothing_stand_against_a_release(data: Dataset) -> None:
    lacking = Dataset(root=data.root, actions=data.actions, sources=data.sources)
    with pytest.raises(ReleaseError) as caught:
        release(lacking, "0.1.0", [])
    assert {found.code for found in caught.value.findings} == {"PT044"}
    assert not (data.root / "data").exists()


class KilledError(BaseException):
    """Stands for the end of the process."""


def test_killed_at_any_moment_every_table_is_whole_and_the_next_release_ends_the_work(
    data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(data, "0.1.0", [])
    old = tables(data.root)
    later = packages.nasty(data.root, ["another text"])
    made = compose(later, version="0.2.0")
    new = {path.removeprefix("data/"): raw for path, raw in made.files.items() if path.startswith("data/")}
    killed = 0
    for steps in range(0, 200, 7):
        left = iter(range(steps))
        whole = Path.replace

        def replace(source: Path, target: Any, left: Iterator[int] = left, whole: Any = whole) -> Any:
            if next(left, None) is None:
                raise KilledError
            return whole(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            try:
                release(later, "0.2.0", [])
            except KilledError:
                killed += 1
            else:
                break
        assert all(raw in {old[name], new[name]} for name, raw in tables(data.root).items())
        load_package(data.root)
    assert killed
    assert tables(data.root) == new
    assert check_package(data.root) == []
