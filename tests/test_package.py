"""A package is the records' rows: written whole, the same bytes each time, read back typed, every fault seen."""

import copy
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import astuple
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import packages
from policytrack.dataset import Dataset, read
from policytrack.findings import CATALOGUE
from policytrack.package import PackageError, build, building, check_package, compose, load, load_package, validate
from policytrack.package.building import lay
from policytrack.package.cells import CellError, as_text, as_value, lines, write
from policytrack.schemas import table_schema
from policytrack.tables import TABLES, Value, rows

ROOT = Path(__file__).parent.parent
BLOCK = {
    "name": "policytrack",
    "title": "Test",
    "version": "0.1.0",
    "licenses": [{"name": "CC-BY-4.0"}],
    "contributors": [{"title": "policytrack contributors", "roles": ["creator"]}],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root")
    (folder / "datapackage.json").write_text(json.dumps(BLOCK), encoding="utf-8")
    return folder


def dataset(name: str, root: Path) -> Dataset:
    match name:
        case "records":
            return read(ROOT)
        case "stories":
            return packages.completed(root)
        case _:
            return packages.nasty(root)


@pytest.fixture(scope="module", params=["records", "stories", "nasty"])
def built(request: pytest.FixtureRequest, root: Path) -> tuple[Dataset, Path]:
    data = dataset(request.param, root)
    return data, build(data, root / "out" / request.param).folder


@cache
def sound() -> dict[str, bytes]:
    """Return the files of a sound package, to be spoilt."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "datapackage.json").write_text(json.dumps(BLOCK), encoding="utf-8")
        return dict(compose(packages.nasty(Path(name))).files)


@pytest.fixture
def good() -> dict[str, bytes]:
    return sound()


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


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)


@settings(deadline=None, max_examples=25)
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_any_text_of_a_record_survives_the_package(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "datapackage.json").write_text(json.dumps(BLOCK), encoding="utf-8")
        data = packages.nasty(root, texts)
        folder = build(data, root / "out").folder
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


def test_a_package_is_the_same_bytes_in_another_place_zone_and_process(tmp_path: Path) -> None:
    script = (
        "import sys; from policytrack.dataset import read; from policytrack.package import build; "
        "build(read(sys.argv[1]), sys.argv[2])"
    )
    for number, (zone, seed, mask) in enumerate([("UTC", "1", 0o022), ("Pacific/Auckland", "2", 0o077)]):
        command = [sys.executable, "-c", script, str(ROOT), str(tmp_path / f"out-{number}")]
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        subprocess.run(command, check=True, env=environment, umask=mask)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "out-0", tmp_path / "out-1")
    )
    assert first == second


def test_the_time_of_making_is_left_out_unless_it_is_given(root: Path) -> None:
    data = packages.nasty(root)
    assert "created" not in json.loads(compose(data).files["datapackage.json"])
    made = compose(data, created=datetime(2026, 11, 22, 12, tzinfo=UTC), version="1.2.3")
    descriptor = json.loads(made.files["datapackage.json"])
    assert (descriptor["created"], descriptor["version"], made.version) == ("2026-11-22T12:00:00Z", "1.2.3", "1.2.3")
    assert json.loads(made.files["schemas/action.schema.json"])["$id"] == "urn:policytrack:schema:action:1.2.3"


def test_the_block_written_by_hand_stands_in_the_descriptor_as_it_was(root: Path) -> None:
    descriptor = json.loads(compose(packages.nasty(root)).files["datapackage.json"])
    assert {key: descriptor[key] for key in BLOCK} == BLOCK
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


# Other readers


def test_frictionless_and_our_own_check_find_nothing(built: tuple[Dataset, Path]) -> None:
    assert validate(built[1]) == []


def test_frictionless_is_asked(tmp_path: Path, good: dict[str, bytes]) -> None:
    lay(tmp_path / "bad", spoilt(good, cell("actions", "year", "soon")))
    found = [finding for finding in validate(tmp_path / "bad") if finding.message.startswith("frictionless")]
    assert any("soon" in finding.message for finding in found)


DUCK = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(18,2)", "boolean": "BOOLEAN", "date": "DATE"}


SQL = re.compile("[a-z0-9_]+")


def declared(name: str) -> str:
    """Return a table's declaration. Names stand unquoted: none may be a word of SQL."""
    table = TABLES[name]
    assert all(SQL.fullmatch(word) for word in (name, *(column.name for column in table.columns)))
    columns = ", ".join(f"{column.name} {DUCK[column.datatype]}" for column in table.columns)
    return f"CREATE TABLE {name} ({columns}, PRIMARY KEY ({', '.join(table.key)}))"


@pytest.fixture
def duck(built: tuple[Dataset, Path]) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    connection = duckdb.connect()
    for name, table in TABLES.items():
        connection.execute(declared(name))
        connection.execute(
            f"INSERT INTO {name} SELECT * FROM read_csv(?, header = true, auto_detect = false, delim = ',', "  # noqa: S608
            "quote = '\"', escape = '\"', nullstr = '', columns = ?)",
            [
                str(built[1] / "data" / f"{name}.csv"),
                {column.name: DUCK[column.datatype] for column in table.columns},
            ],
        )
    yield connection, built[1]
    connection.close()


def test_duckdb_reads_the_same_rows_with_the_declared_types(duck: tuple[duckdb.DuckDBPyConnection, Path]) -> None:
    connection, folder = duck
    for name, table in load_package(folder).items():
        found = connection.table(name).fetchall()
        assert len(found) == len(table)
        assert set(found) == {tuple(row.values()) for row in table}


def test_every_foreign_key_holds_in_duckdb(duck: tuple[duckdb.DuckDBPyConnection, Path]) -> None:
    connection, _ = duck
    for name, table in TABLES.items():
        for foreign in table.foreign:
            own, other = connection.table(name).set_alias("own"), connection.table(foreign.table).set_alias("other")
            pairs = " AND ".join(f"own.{a} = other.{b}" for a, b in zip(foreign.columns, foreign.target, strict=True))
            known = " AND ".join(f"own.{column} IS NOT NULL" for column in foreign.columns)
            assert own.filter(known).set_alias("own").join(other, pairs, how="anti").fetchall() == [], (name, foreign)


def test_sqlite_takes_the_names_of_tables_and_columns_unquoted() -> None:
    connection = sqlite3.connect(":memory:")
    for name in TABLES:
        connection.execute(declared(name))
    connection.close()


PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def test_pandas_reads_the_same_rows_with_the_declared_types(built: tuple[Dataset, Path]) -> None:
    for name, table in load_package(built[1]).items():
        fields = table_schema(name)["fields"]
        frame = pd.read_csv(
            built[1] / "data" / f"{name}.csv",
            dtype={field["name"]: PANDAS.get(field["type"], "string") for field in fields},
            keep_default_na=False,
            na_values=[""],
            lineterminator="\n",
        )
        assert list(frame.columns) == [field["name"] for field in fields]
        for field in fields:
            expected = [row[field["name"]] for row in table]
            cells = [None if cell is pd.NA else cell for cell in frame[field["name"]].tolist()]
            if field["type"] == "date":
                cells = [cell if cell is None else date.fromisoformat(cell) for cell in cells]
            assert cells == expected, (name, field["name"])


# Our own check: one fault, one kind of finding

Spoil = Callable[[dict[str, Any], dict[str, list[list[str]]]], None]


def spoilt(good: dict[str, bytes], spoil: Spoil) -> dict[str, bytes]:
    """Return a package with one fault, its sizes and hashes made to agree with it."""
    descriptor = json.loads(good["datapackage.json"])
    tables = {
        resource["name"]: [list(line.cells) for line in lines(good[resource["path"]].decode())]
        for resource in descriptor["resources"]
    }
    paths = {resource["name"]: resource["path"] for resource in descriptor["resources"]}
    before = copy.deepcopy(tables)
    files = dict(good)
    changed = copy.deepcopy(descriptor)
    spoil(changed, tables)
    for name, table in tables.items():
        if table != before[name]:
            raw = write(table[0], [[cell or None for cell in row] for row in table[1:]]).encode()
            files[paths[name]] = raw
            resource = next(each for each in changed["resources"] if each["name"] == name)
            resource |= {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    files["datapackage.json"] = json.dumps(changed).encode()
    return files


def head(key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        descriptor[key] = value

    return spoil


def resource(table: str, key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == table)[key] = value

    return spoil


def schema(table: str, key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == table)["schema"][key] = value

    return spoil


def field(table: str, name: str, key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        found = next(each for each in descriptor["resources"] if each["name"] == table)["schema"]["fields"]
        next(each for each in found if each["name"] == name)[key] = value

    return spoil


def cell(table: str, column: str, value: str, row: int = 1) -> Spoil:
    def spoil(_: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
        tables[table][row][tables[table][0].index(column)] = value

    return spoil


def rearranged(table: str, change: Callable[[list[list[str]]], None]) -> Spoil:
    def spoil(_: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
        change(tables[table])

    return spoil


def without(key: str) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        del descriptor[key]

    return spoil


def doubled(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
    descriptor["resources"].append(descriptor["resources"][0])


def narrowed(table: list[list[str]]) -> None:
    for row in table:
        row.pop()


REFERENCE_TO = {"fields": ["actor"], "reference": {"resource": "actors", "fields": ["id"]}}
MUTANTS: dict[str, tuple[str, Spoil]] = {
    "version is not semver": ("PT040", head("version", "2024-24-10")),
    "version has a leading zero": ("PT040", head("version", "0.01.0")),
    "version is missing": ("PT040", without("version")),
    "name has capitals": ("PT040", head("name", "PolicyTrack")),
    "profile is another": ("PT040", head("$schema", "https://example.org/profile.json")),
    "sources hold nothing": ("PT040", head("sources", [{}])),
    "sources is empty": ("PT040", head("sources", [])),
    "roles is a text": ("PT040", head("contributors", [{"title": "A", "roles": "creator"}])),
    "role of version 1": ("PT040", head("contributors", [{"title": "A", "role": "author"}])),
    "contributor without a name": ("PT040", head("contributors", [{"roles": ["creator"]}])),
    "no licence": ("PT040", head("licenses", [])),
    "licence without a name": ("PT040", head("licenses", [{"title": "Free"}])),
    "title is a number": ("PT040", head("title", 1)),
    "keywords is a text": ("PT040", head("keywords", "a, b")),
    "no resources": ("PT040", head("resources", [])),
    "a resource is a text": ("PT040", head("resources", ["data/actions.csv"])),
    "a resource stands twice": ("PT040", doubled),
    "path climbs out": ("PT040", resource("actions", "path", "../actions.csv")),
    "path is absolute": ("PT040", resource("actions", "path", "/etc/passwd")),
    "path is an address": ("PT040", resource("actions", "path", "https://example.org/actions.csv")),
    "path is of another system": ("PT040", resource("actions", "path", "data\\actions.csv")),
    "path is a list": ("PT040", resource("actions", "path", ["data/actions.csv"])),
    "hash is of another kind": ("PT040", resource("actions", "hash", "0" * 32)),
    "bytes is a text": ("PT040", resource("actions", "bytes", "5")),
    "encoding is another": ("PT040", resource("actions", "encoding", "latin-1")),
    "schema is a path": ("PT040", resource("actions", "schema", "schemas/tables/actions.json")),
    "fieldsMatch is set": ("PT040", schema("actions", "fieldsMatch", ["subset"])),
    "missing values are more": ("PT040", schema("actions", "missingValues", ["", "NA"])),
    "primary key names no field": ("PT040", schema("actions", "primaryKey", ["ids"])),
    "primary key is a text": ("PT040", schema("actions", "primaryKey", "id")),
    "unique keys name no field": ("PT040", schema("passages", "uniqueKeys", [["source", "keys"]])),
    "reference to no resource": (
        "PT040",
        schema("actions", "foreignKeys", [{"fields": ["actor"], "reference": {"resource": "actor", "fields": ["id"]}}]),
    ),
    "reference to no field": (
        "PT040",
        schema(
            "actions", "foreignKeys", [{"fields": ["actor"], "reference": {"resource": "actors", "fields": ["key"]}}]
        ),
    ),
    "reference does not pair": (
        "PT040",
        schema("actions", "foreignKeys", [{**REFERENCE_TO, "fields": ["actor", "id"]}]),
    ),
    "type is a list": ("PT040", field("actions", "title", "type", "list")),
    "constraint is exclusive": ("PT040", field("actions", "origins", "constraints", {"exclusiveMinimum": -1})),
    "pattern is none": ("PT040", field("actions", "title", "constraints", {"pattern": "("})),
    "pattern of a number": ("PT040", field("actions", "origins", "constraints", {"pattern": "[0-9]"})),
    "categories lack a code": ("PT040", field("actions", "grade", "categories", [{"value": "A", "label": "A"}])),
    "categories lack labels": ("PT040", field("actions", "grade", "categories", [{"value": each} for each in "ABCD"])),
    "categories are numbers": ("PT040", field("actions", "grade", "categories", [{"value": 1, "label": "A"}])),
    "missing values of a field": ("PT040", field("actions", "title", "missingValues", ["-"])),
    "hash is of other bytes": ("PT041", resource("actions", "hash", f"sha256:{'0' * 64}")),
    "size is of other bytes": ("PT041", resource("actions", "bytes", 5)),
    "file is not there": ("PT041", resource("actions", "path", "data/action.csv")),
    "a column is missing": ("PT041", rearranged("actors", narrowed)),
    "columns are exchanged": ("PT041", rearranged("measures", lambda table: table[0].reverse())),
    "a cell too many": ("PT042", rearranged("actors", lambda table: table[1].append("x"))),
    "a required cell is empty": ("PT042", cell("actions", "title", "")),
    "a number is text": ("PT042", cell("actions", "year", "soon")),
    "a day is none": ("PT042", cell("actions", "decided_latest", "2020-02-30")),
    "a flag is a word": ("PT042", cell("measures", "root", "yes")),
    "a code is of no vocabulary": ("PT042", cell("actions", "kind", "baan")),
    "a text without its form": ("PT042", cell("passages", "sha256", "abc")),
    "a number below the least": ("PT042", cell("passages", "start", "-1")),
    "a key stands twice": (
        "PT043",
        rearranged("coverage", lambda table: table.extend([["xx", "2020-01-01", "", "a"]] * 2)),
    ),
    "a unique key stands twice": ("PT043", cell("provisions", "key", "p10", row=1)),
    "rows are out of order": ("PT043", rearranged("codebook", lambda table: table.append(table.pop(1)))),
    "a row of another table is missing": ("PT044", cell("actions", "actor", "nobody")),
    "a pair of another table is missing": ("PT044", cell("codebook_properties", "code", "agencies")),
    "a row of the same table is missing": ("PT044", cell("technologies", "parent", "nothing", row=2)),
}


def test_a_sound_package_has_no_findings(tmp_path: Path, good: dict[str, bytes]) -> None:
    def nothing(descriptor: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
        assert descriptor
        assert tables

    lay(tmp_path / "good", spoilt(good, nothing))
    assert check_package(tmp_path / "good") == []


@pytest.mark.parametrize("name", MUTANTS)
def test_every_single_fault_is_found(tmp_path: Path, good: dict[str, bytes], name: str) -> None:
    code, spoil = MUTANTS[name]
    lay(tmp_path / "bad", spoilt(good, spoil))
    found = check_package(tmp_path / "bad")
    assert {finding.code for finding in found} == {code}, found
    assert all(finding.message for finding in found)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw.replace(b"Other", b"Oth\xe9r"),
        lambda raw: raw + b"\n",
        lambda _: b"",
    ],
    ids=["mark", "carriage returns", "no last line feed", "another encoding", "empty line", "empty file"],
)
def test_a_file_that_is_not_written_as_ours_is_found(
    tmp_path: Path, good: dict[str, bytes], change: Callable[[bytes], bytes]
) -> None:
    raw = change(good["data/actors.csv"])
    changed = {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}

    def told(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == "actors").update(changed)

    lay(tmp_path / "bad", {**spoilt(good, told), "data/actors.csv": raw})
    assert {finding.code for finding in check_package(tmp_path / "bad")} & {"PT041", "PT042"}


def test_every_flipped_byte_of_a_table_is_found(tmp_path: Path, good: dict[str, bytes]) -> None:
    raw = bytearray(good["data/links.csv"])
    lay(tmp_path / "bad", good)
    for number in range(len(raw)):
        raw[number] ^= 1
        (tmp_path / "bad" / "data" / "links.csv").write_bytes(bytes(raw))
        raw[number] ^= 1
        assert any(finding.place.path == "data/links.csv" for finding in check_package(tmp_path / "bad"))


def test_a_link_out_of_the_package_is_not_followed(tmp_path: Path, good: dict[str, bytes]) -> None:
    lay(tmp_path / "bad", good)
    outside = tmp_path / "outside.csv"
    (tmp_path / "bad" / "data" / "links.csv").rename(outside)
    (tmp_path / "bad" / "data" / "links.csv").symlink_to(outside)
    assert {finding.code for finding in check_package(tmp_path / "bad")} == {"PT041"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "resources",
                        "schema",
                        "fields",
                        "name",
                        "path",
                        "type",
                        "foreignKeys",
                        "primaryKey",
                        "constraints",
                        "categories",
                        "contributors",
                        "roles",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_no_descriptor_makes_the_check_fail(content: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
        assert check_package(name)


@settings(deadline=None)
@given(st.data())
def test_no_spoilt_descriptor_makes_the_check_fail(data: st.DataObject) -> None:
    good = sound()
    descriptor = json.loads(good["datapackage.json"])
    descriptor["resources"] = descriptor["resources"][:2]
    holder: Any = descriptor
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.booleans()):
            break
        holder = holder[key]
    holder[key] = data.draw(st.sampled_from([None, 1, "", "x", [], {}, [1], [[]], [{}], {"a": 1}, True, -1.5]))
    with tempfile.TemporaryDirectory() as name:
        lay(Path(name) / "bad", {**good, "datapackage.json": json.dumps(descriptor).encode()})
        check_package(Path(name) / "bad")


@pytest.mark.parametrize("code", ["PT040", "PT041", "PT042", "PT043", "PT044"])
def test_every_fault_of_a_package_has_a_page(code: str) -> None:
    assert CATALOGUE[code].summary.endswith(".")
