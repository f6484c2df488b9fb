"""Each export opens again and holds the same rows as the tables; the package that carries it holds."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import packages
from policytrack.exports import EXPORTS
from policytrack.package import build, load_package, validate
from policytrack.tables import TABLES

Rows = dict[str, list[dict[str, Any]]]


def from_jsonl(path: Path) -> Rows:
    found: Rows = {name: [] for name in TABLES}
    # Line separators of Unicode are text here: only the line feed ends a line.
    for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n"):
        row = json.loads(line)
        found[row.pop("table")].append(row)
    return found


def untyped(rows: Mapping[str, list[Any]]) -> Rows:
    """Return rows as a format without dates and decimals writes them: empty cells left out."""
    return {
        name: [
            {
                key: str(cell) if isinstance(cell, date | Decimal) else cell
                for key, cell in row.items()
                if cell is not None
            }
            for row in each
        ]
        for name, each in rows.items()
    }


# Path in the package: how to open it again, and what the same rows look like there.
READERS: dict[str, tuple[Callable[[Path], Rows], Callable[[Mapping[str, list[Any]]], Rows]]] = {
    "policytrack.jsonl": (from_jsonl, untyped),
}


@pytest.fixture(scope="module", params=packages.NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = packages.named(request.param, tmp_path_factory.mktemp("root"))
    return build(data, tmp_path_factory.mktemp("out") / "package", exports=EXPORTS).folder


def test_every_export_has_a_reader(built: Path) -> None:
    descriptor = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in descriptor["resources"] if each["type"] == "file"} == set(READERS)
    assert len(READERS) == len(EXPORTS)


@pytest.mark.parametrize("path", sorted(READERS))
def test_an_export_opens_again_with_equal_content(built: Path, path: str) -> None:
    opened, same = READERS[path]
    assert opened(built / path) == same(load_package(built))


@pytest.mark.parametrize("path", sorted(READERS))
def test_a_changed_export_is_seen(built: Path, path: str) -> None:
    assert validate(built) == []
    raw = (built / path).read_bytes()
    try:
        (built / path).write_bytes(raw[:-1] + b" ")
        assert {finding.place.path for finding in validate(built)} >= {path}
    finally:
        (built / path).write_bytes(raw)


def test_a_package_with_exports_is_replaced_by_the_next_build(tmp_path: Path) -> None:
    data = packages.named("stories", tmp_path)
    for _ in range(2):
        build(data, tmp_path / "package", exports=EXPORTS)
    build(data, tmp_path / "package")
    assert not (tmp_path / "package" / "policytrack.jsonl").exists()
