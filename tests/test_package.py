"""A package is the records' rows: written whole, the same bytes each time, read back typed, every fault seen."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import astuple
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import packages
from policytrack.dataset import Dataset
from policytrack.frames import load
from policytrack.package import PackageError, build, building, check_package, compose, load_package
from policytrack.package.cells import CellError, as_text, as_value, lines, write
from policytrack.tables import TABLES, Value, rows

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packages.rooted(tmp_path_factory.mktemp("root"))


@pytest.fixture(scope="module", params=packages.NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Path]:
    data = packages.named(request.param, tmp_path_factory.mktemp("root"))
    return data, build(data, tmp_path_factory.mktemp("out") / "package").folder


# Writing and reading


def test_reading_a_package_back_gives_the_same_rows_typed(built: tuple[Dataset, Path]) -> None:
    data, folder = built
    loaded = load_package(folder)
    assert list(loaded) == list(TABLES)
    for name, made in rows(data).items():
        assert [tuple(row.values()) for row in loaded[name]] == [astuple(row) for row in made], name
        for row in loaded[name]:
            for column in TABLES[name].columns:
                kinds = {"string": str, "integer": int, "number": Decimal, "boolean": bool, "date": date}
                assert row[column.name] is None or type(row[column.name]) is kinds[column.datatype]


# NUL is no text: the check of records refuses it, and the gate of packages finds it.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20).filter(
    str.strip
)


@settings(deadline=None, max_examples=25)
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_any_text_of_a_record_survives_the_package(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = packages.nasty(packages.rooted(Path(name)), texts)
        folder = build(data, Path(name) / "out").folder
        loaded = load_package(folder)
        for table, made in rows(data).items():
            assert [tuple(row.values()) for row in loaded[table]] == [astuple(row) for row in made]
        assert check_package(folder) == []


VALUES = {
    "string": st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    "integer": st.integers(),
    "number": st.decimals(allow_nan=False, allow_infinity=False, places=2),
    "boolean": st.booleans(),
    "date": st.dates(),
}


@given(st.data())
def test_every_table_of_values_is_read_as_it_was_written(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=2, max_size=5))
    each: Any = st.tuples(*(VALUES[kind] | st.none() for kind in kinds))
    table: list[tuple[Value, ...]] = data.draw(st.lists(each, max_size=5))
    text = write([f"c{number}" for number in range(len(kinds))], table)
    assert not text.startswith("\ufeff")
    _, *body = lines(text)
    back = [tuple(as_value(cell, kind) for cell, kind in zip(line.cells, kinds, strict=True)) for line in body]
    assert back == table
    assert [text.split("\n")[line.number - 1][:1] for line in body] == [
        (write([], [row]).removeprefix("\n") or "\n")[:1].replace("\n", "") for row in table
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("1.0", "integer"), (" 1", "integer"), ("1_000", "integer"), ("\u0663", "integer"), ("+1", "integer")),
        *(("1e3", "number"), ("NaN", "number"), ("1,5", "number"), ("Infinity", "number")),
        *(("True", "boolean"), ("1", "boolean"), ("yes", "boolean")),
        *(("2020-6-1", "date"), ("20200601", "date"), ("2020-02-30", "date"), ("2020-W01-1", "date"), ("2020", "date")),
    ],
)
def test_a_cell_of_another_type_is_refused(text: str, kind: str) -> None:
    with pytest.raises(CellError, match=re.escape(f"`{text}` is not of type {kind}")):
        as_value(text, kind)


def test_an_empty_text_is_never_written() -> None:
    with pytest.raises(ValueError, match="empty text"):
        as_text("")


@pytest.mark.parametrize("text", ['a,b\n"x"y,z\n', 'a,b\n"x,z\n', "a,b\r\nx,z\r\n", "a,b\nx,z", 'a,b\nx"y,z\n'])
def test_csv_that_we_do_not_write_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        list(lines(text))


def test_load_names_the_nearest_table(built: tuple[Dataset, Path]) -> None:
    assert load("actions", built[1])
    with pytest.raises(PackageError) as caught:
        load("action", built[1])
    assert "actions" in caught.value.advice


def test_loading_what_is_no_package_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="cannot be read"):
        load("actions", tmp_path)
    (tmp_path / "datapackage.json").write_text("[", encoding="utf-8")
    with pytest.raises(PackageError, match="not JSON"):
        load_package(tmp_path)


# The same bytes


def test_tables_are_utf8_with_line_feeds_and_without_a_mark(built: tuple[Dataset, Path]) -> None:
    for path in built[1].rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert raw.decode()
            assert raw.endswith(b"\n")
            assert not raw.startswith(b"\xef\xbb\xbf")
    header = (built[1] / "data" / "actions.csv").read_bytes().split(b"\n", 1)[0]
    assert b"\r" not in header


def test_the_time_of_making_is_left_out_unless_it_is_given(root: Path) -> None:
    data = packages.nasty(root)
    assert "created" not in json.loads(compose(data).files["datapackage.json"])
    made = compose(data, created=datetime(2026, 11, 22, 12, tzinfo=UTC), version="1.2.3")
    descriptor = json.loads(made.files["datapackage.json"])
    assert (descriptor["created"], descriptor["version"], made.version) == ("2026-11-22T12:00:00Z", "1.2.3", "1.2.3")
    assert json.loads(made.files["schemas/action.schema.json"])["$id"] == "urn:policytrack:schema:action:1.2.3"


def test_the_block_written_by_hand_stands_in_the_descriptor_as_it_was(root: Path) -> None:
    descriptor = json.loads(compose(packages.nasty(root)).files["datapackage.json"])
    assert {key: descriptor[key] for key in packages.BLOCK} == packages.BLOCK
    assert [resource["name"] for resource in descriptor["resources"]] == list(TABLES)


# All or nothing


class KilledError(BaseException):
    """Stands for the end of the process."""


def test_an_interrupted_build_leaves_the_former_package_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = packages.nasty(root)
    later = compose(data, version="9.9.9")
    folder = build(data, root / "interrupted").folder
    former = folder.with_name(f".{folder.name}.former")
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    survived = 0
    for steps in range(200):
        left = iter(range(steps))

        def tick(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KilledError

        with monkeypatch.context() as patch:
            for target, name in ((os, "fsync"), (Path, "rename")):
                patch.setattr(target, name, _after(tick, getattr(target, name)))
            patch.setattr(building, "compose", lambda *_, **__: later)
            try:
                build(data, folder, version="9.9.9")
            except KilledError:
                survived += 1
            else:
                break
        # Killed between two renames, the former package stands beside, until the next build puts it back.
        kept = folder if folder.exists() else former
        assert {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before
    assert survived > len(TABLES)
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["version"] == "9.9.9"
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []


def _after(tick: Callable[[], None], function: Any) -> Any:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        tick()
        return function(*args, **kwargs)

    return wrapped


def test_a_former_package_that_a_killed_build_left_beside_comes_back(root: Path) -> None:
    folder = build(packages.nasty(root), root / "killed").folder
    folder.rename(root / ".killed.former")
    assert load("actions", build(packages.nasty(root), folder).folder)
    assert not (root / ".killed.former").exists()


@pytest.mark.parametrize("name", ["records", "notes.txt", ".git"])
def test_a_folder_that_holds_something_else_is_never_replaced(root: Path, tmp_path: Path, name: str) -> None:
    folder = build(packages.nasty(root), tmp_path / "out").folder
    (folder / name).write_text("mine", encoding="utf-8")
    with pytest.raises(PackageError, match=re.escape(name)):
        build(packages.nasty(root), folder)
    assert (folder / name).read_text(encoding="utf-8") == "mine"


def test_the_project_itself_is_never_replaced() -> None:
    with pytest.raises(PackageError):
        build(packages.nasty(ROOT), ROOT)
