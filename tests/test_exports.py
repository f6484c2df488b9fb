"""Each export opens again by readers that are not ours, and holds the same typed rows as the tables."""

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import packages
from policytrack import cli
from policytrack.exports import FORMATS, MissingLibraryError, formulas, select, xlsx
from policytrack.exports.sqlite.views import VIEWS
from policytrack.package import Edition, PackageError, build, check_package, compose, load_package
from policytrack.package.cells import lines
from policytrack.tables import TABLES, Column, Row

ROOT = Path(__file__).parent.parent
ALL = select(["all"]).exports
Cells: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = Mapping[str, list[Cells]]


# How each format is opened again: the folder of a package to the rows of each table


def from_pyarrow(folder: Path) -> Rows:
    return {name: by_row(pq.read_table(parquet(folder, name)).to_pydict()) for name in TABLES}


def from_pandas(folder: Path) -> Rows:
    frames = {name: pd.read_parquet(parquet(folder, name), dtype_backend="pyarrow") for name in TABLES}
    return {
        name: by_row({column: [none_for_na(cell) for cell in frame[column]] for column in frame.columns})
        for name, frame in frames.items()
    }


def from_polars(folder: Path) -> Rows:
    return {name: pl.read_parquet(parquet(folder, name)).rows() for name in TABLES}


def from_duckdb(folder: Path) -> Rows:
    connection = duckdb.connect()
    found = {name: connection.read_parquet(str(parquet(folder, name))).fetchall() for name in TABLES}
    connection.close()
    return found


def from_sqlite(folder: Path) -> Rows:
    connection = sqlite3.connect(folder / "policytrack.sqlite")
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}  # noqa: S608
    connection.close()
    return {name: [typed(name, row) for row in each] for name, each in found.items()}


def from_xlsx(folder: Path) -> Rows:
    book = openpyxl.load_workbook(folder / "policytrack.xlsx")
    return {
        name: [
            tuple(map(sheet_cell, TABLES[name].columns, row))
            for row in book[name].iter_rows(min_row=2, values_only=True)
        ]
        for name in xlsx.SHEETS
    }


def from_jsonl(folder: Path) -> Rows:
    found: dict[str, list[Cells]] = {name: [] for name in TABLES}
    # Line separators of Unicode are text here: only the line feed ends a line.
    for line in (folder / "policytrack.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        name = row.pop("table")
        known = {column.name for column in TABLES[name].columns}
        assert set(row) <= known
        found[name].append(typed(name, tuple(row.get(column.name) for column in TABLES[name].columns)))
    return found


READERS: dict[str, Callable[[Path], Rows]] = {
    "pyarrow": from_pyarrow,
    "pandas": from_pandas,
    "polars": from_polars,
    "duckdb": from_duckdb,
    "sqlite3": from_sqlite,
    "openpyxl": from_xlsx,
    "json": from_jsonl,
}
# These hold sums of money as the nearest floating-point number.
NEAREST = {"sqlite3", "openpyxl"}


def parquet(folder: Path, name: str) -> Path:
    return folder / "policytrack.parquet" / f"{name}.parquet"


def by_row(columns: Mapping[str, list[Any]]) -> list[Cells]:
    return list(zip(*columns.values(), strict=True))


def none_for_na(cell: Any) -> Any:
    return None if cell is pd.NA or cell is pd.NaT else cell


def typed(name: str, row: Cells) -> Cells:
    """Return a row with the types that the format cannot say; a cell that was of another kind fails here."""
    return tuple(map(typed_cell, TABLES[name].columns, row))


def typed_cell(column: Column, cell: Any) -> Any:
    if cell is None:
        return None
    match column.datatype:
        case "date":
            return date.fromisoformat(cell)
        case "boolean":
            return {0: False, 1: True}[cell]
        case "number":
            return Decimal(cell) if isinstance(cell, str) else Decimal(repr(cell))
        case _:
            return cell


def sheet_cell(column: Column, cell: Any) -> Any:
    match cell:
        case datetime():
            assert column.datatype == "date"
            return cell.date()
        case str() if column.datatype == "date":
            found = date.fromisoformat(cell)
            assert found < xlsx.FIRST_DAY
            return found
        case str():
            # A control character is written as its number (ECMA-376, ST_Xstring), which openpyxl leaves as it is.
            return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell)
        case bool():
            assert column.datatype == "boolean"
            return cell
        case int() | float() if column.datatype == "number":
            return Decimal(repr(cell))
        case _:
            return cell


def alike(rows: Rows, *, nearest: bool) -> dict[str, list[Cells]]:
    """Return rows to be compared: each cell with its type, money as near as the format can hold it."""
    return {
        name: [
            tuple((type(cell), float(cell) if nearest and isinstance(cell, Decimal) else cell) for cell in row)
            for row in each
        ]
        for name, each in rows.items()
    }


def tables(folder: Path) -> Rows:
    return {name: [tuple(row.values()) for row in each] for name, each in load_package(folder).items()}


@pytest.fixture(scope="module", params=packages.NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = packages.named(request.param, tmp_path_factory.mktemp("root"))
    return build(data, tmp_path_factory.mktemp("out") / "package", exports=ALL).folder


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return compose(packages.nasty(packages.rooted(tmp_path_factory.mktemp("nasty")))).edition


# The same rows in every format


@pytest.mark.parametrize("reader", sorted(READERS))
def test_an_export_opens_again_with_equal_typed_rows(built: Path, reader: str) -> None:
    found = alike(READERS[reader](built), nearest=reader in NEAREST)
    wanted = alike(tables(built), nearest=reader in NEAREST)
    assert found.keys() == (set(xlsx.SHEETS) if reader == "openpyxl" else TABLES.keys())
    for name, rows in found.items():
        assert rows == wanted[name], name


SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff")
TEXTS = st.sampled_from(
    (
        *packages.NASTY,
        "=cmd|' /C calc'!A0",
        "x" * 300,
        "\u202eright\u202c",
        "http://a.example/",
        "{}",
        "\x1f",
    )
) | st.text(SIGNS, min_size=1, max_size=300)
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(min_value=1000, max_value=999_999_999),
    "number": st.decimals(min_value=0, max_value=999_999_999_999_999, places=2, allow_nan=False),
    "boolean": st.booleans(),
    "date": st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)),
}


def cell(column: Column) -> st.SearchStrategy[Any]:
    if column.enum:
        found = st.sampled_from(column.enum)
    elif column.datatype == "string":
        pattern = column.told.pattern
        found = TEXTS if pattern is None else st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    else:
        found = CELLS[column.datatype]
    return found if column.required else st.none() | found


def any_rows(name: str) -> st.SearchStrategy[list[Row]]:
    table = TABLES[name]
    row = st.builds(table.row, **{column.name: cell(column) for column in table.columns})
    uniques = tuple(
        lambda row, names=names: tuple(getattr(row, each) for each in names) for names in (table.key, *table.unique)
    )
    return st.lists(row, max_size=4, unique_by=uniques)


# Every type, empty cells, open ends, free text, patterns and codes.
VARIED = ("sources", "source_authors", "provision_amounts", "spells", "jurisdictions", "passages", "panel")


# An example takes a second, so that to shrink a failing one would take minutes: the message names the cell.
@settings(max_examples=15, phases=[Phase.generate])
@given(rows=st.fixed_dictionaries({name: any_rows(name) for name in VARIED}))
def test_any_rows_are_equal_in_every_format(
    nasty: Edition, tmp_path_factory: pytest.TempPathFactory, rows: dict[str, list[Row]]
) -> None:
    edition = replace(nasty, rows={name: rows.get(name, []) for name in TABLES})
    wanted: Rows = {name: list(edition.cells(name)) for name in TABLES}
    folder = tmp_path_factory.mktemp("any")
    for export in select(["parquet", "sqlite", "xlsx", "jsonl"]).exports:
        for extra in export(edition):
            (folder / extra.path).parent.mkdir(exist_ok=True)
            (folder / extra.path).write_bytes(extra.content)
    for reader, opened in READERS.items():
        found = plain(alike(opened(folder), nearest=reader in NEAREST))
        same = plain(alike(wanted, nearest=reader in NEAREST))
        for name, each in found.items():
            assert len(each) == len(same[name]), (reader, name)
            for row, other in zip(each, same[name], strict=True):
                for column, one, two in zip(TABLES[name].columns, row, other, strict=True):
                    assert one == two, (reader, name, column.name)


def plain(rows: Rows) -> Rows:
    """Return compared rows with codes as the text that they are."""
    return {
        name: [tuple((str if issubclass(kind, str) else kind, value) for kind, value in row) for row in each]
        for name, each in rows.items()
    }


# What stands in the package


def test_every_file_of_an_export_is_described(built: Path) -> None:
    descriptor = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    described = {each["path"] for each in descriptor["resources"]} | {"datapackage.json"}
    there = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    assert {path for path in there if not path.startswith("schemas/")} == described


def test_a_changed_export_is_seen(tmp_path: Path) -> None:
    built = build(packages.named("nasty", tmp_path), tmp_path / "package", exports=ALL)
    assert check_package(built.folder) == []
    for path in built.extras:
        raw = (built.folder / path).read_bytes()
        (built.folder / path).write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        assert {finding.place.path for finding in check_package(built.folder)} == {path}
        (built.folder / path).write_bytes(raw)


def test_a_package_with_exports_is_replaced_by_the_next_build(tmp_path: Path) -> None:
    data = packages.named("stories", tmp_path)
    for _ in range(2):
        build(data, tmp_path / "package", exports=ALL)
    build(data, tmp_path / "package")
    assert {path.name for path in (tmp_path / "package").iterdir()} == {"data", "datapackage.json", "schemas"}


# Formats and their libraries


def test_a_library_that_is_missing_leaves_its_format_out_unless_it_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "policytrack.exports.parquet")
    selection = select()
    assert [each.name for each in selection.missing] == ["parquet"]
    assert len(selection.exports) == len(FORMATS) - 1
    assert len(select(["jsonl", "xlsx"]).exports) == 2
    with pytest.raises(MissingLibraryError, match="needs the library pyarrow") as caught:
        select(["jsonl", "parquet"])
    assert caught.value.advice == "pip install 'policytrack[parquet]'"


def test_what_else_cannot_be_imported_is_no_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "json", None)
    monkeypatch.delitem(sys.modules, "policytrack.exports.jsonl")
    with pytest.raises(ModuleNotFoundError, match="json"):
        select()


def test_csv_is_a_format_that_adds_no_file() -> None:
    assert select(["csv"]).exports == ()
    assert select(["csv", "jsonl"]).exports == select(["jsonl"]).exports


def test_a_name_that_no_format_has_is_told_the_nearest() -> None:
    with pytest.raises(PackageError, match="`parquett` is no format") as caught:
        select(["parquett"])
    assert "`parquet`" in caught.value.advice


def test_each_library_is_an_extra_of_the_name_of_its_format() -> None:
    extras = ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8")
    for each in FORMATS.values():
        assert bool(each.library) == bool(re.search(rf'(?m)^{each.name} = \["{each.library}>=', extras)), each.name


def test_the_commands_import_no_heavy_library_before_a_build() -> None:
    code = "import sys, policytrack.cli, policytrack.exports; print({'pyarrow', 'xlsxwriter'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_the_command_leaves_a_format_out_or_fails_when_it_was_asked_for(
    tree: Callable[[Mapping[str, str]], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tree({"datapackage.json": json.dumps(packages.BLOCK)})

    def call(*words: str) -> tuple[Any, str]:
        monkeypatch.setattr(
            sys, "argv", ["policytrack", "--root", str(root), "build", "--out", str(root / "out"), *words]
        )
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code or 0, "".join(capsys.readouterr())

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "policytrack.exports.xlsx")
    code, shown = call("--formats", "jsonl, xlsx")
    assert (code, (root / "out").exists()) == (2, False)
    assert "pip install 'policytrack[xlsx]'" in shown
    code, shown = call()
    assert (code, (root / "out" / "policytrack.parquet").exists()) == (0, True)
    assert shown.endswith("left out xlsx, which needs xlsxwriter: pip install 'policytrack[xlsx]'\n")
    code, shown = call("--formats", "jsonl")
    assert (code, f"beside them in {root / 'out'}: policytrack.jsonl\n" in shown) == (0, True)


# Cells that look like formulas


def test_the_csv_holds_cells_that_look_like_formulas_as_they_are(nasty: Edition) -> None:
    found = set(formulas.cells(nasty))
    assert found
    assert found <= set(formulas.columns())
    for name in {table for table, _ in found}:
        header, *body = lines(nasty.tables[f"data/{name}.csv"].decode())
        there = [cell for line in body for cell in line.cells if formulas.is_formula(cell)]
        held = [cell for row in nasty.cells(name) for cell in row if formulas.is_formula(cell)]
        assert there == held
        assert not any(map(formulas.is_formula, header.cells))


def test_ids_codes_days_and_numbers_never_look_like_formulas() -> None:
    free = set(formulas.columns())
    assert ("sources", "title") in free
    for name, table in TABLES.items():
        for column in table.columns:
            if column.datatype != "string" or column.enum or table.key == ("id",) == (column.name,):
                assert (name, column.name) not in free
            if column.datatype in {"integer", "number"}:
                assert column.told.minimum is not None, f"{name}.{column.name} may be negative"


def test_the_codebook_names_every_column_that_may_hold_such_cells(nasty: Edition) -> None:
    text = compose_one("codebook", nasty)["CODEBOOK.md"].decode()
    listed = re.findall(r"(?m)^\| `([a-z_]+)\.([a-z_0-9]+)` \| ([0-9]+) \|$", text)
    found = {(table, column) for table, column, _ in listed}
    assert found == set(formulas.cells(nasty))
    assert found <= set(formulas.columns())
    assert sum(int(count) for *_, count in listed) == len(list(formulas.cells(nasty)))
    assert "nothing is put before a cell" in text


def test_the_codebook_says_where_there_is_no_such_cell_and_names_every_view(nasty: Edition) -> None:
    bare = replace(nasty, rows=dict.fromkeys(nasty.rows, ()))
    (codebook,) = FORMATS["codebook"].load()(bare)
    text = codebook.content.decode()
    assert "There is no such cell in this edition." in text
    assert all(f"`{name}`" in text for name in VIEWS)


def test_the_workbook_holds_no_formula_no_link_and_nothing_that_runs(nasty: Edition) -> None:
    raw = compose_one("xlsx", nasty)["policytrack.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(raw))
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for each in row:
                assert each.data_type in {"s", "n", "b", "d"}
                assert each.hyperlink is None
                texts.add(each.value if each.data_type == "s" else None)
    assert {"=1+1", "@SUM(A1)", "-1", "007", "1e3", "2020-06-10", "true"} <= texts
    parts = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    assert not [name for name in parts if re.search("vba|external|connection|calcChain|embed", name)]


def compose_one(name: str, edition: Edition) -> dict[str, bytes]:
    return {extra.path: extra.content for extra in select([name]).exports[0](edition)}


# The workbook


def test_every_table_is_a_sheet_or_left_out_for_a_reason(nasty: Edition) -> None:
    assert {*xlsx.SHEETS, *xlsx.LEFT_OUT} == set(TABLES)
    assert not set(xlsx.SHEETS) & set(xlsx.LEFT_OUT)
    book = openpyxl.load_workbook(io.BytesIO(compose_one("xlsx", nasty)["policytrack.xlsx"]))
    assert book.sheetnames == ["About", *xlsx.SHEETS, "Codebook", "Codes"]
    assert max(map(len, book.sheetnames)) <= 31
    codebook = list(book["Codebook"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert codebook == [(name, column.name) for name, table in TABLES.items() for column in table.columns]


def test_what_a_sheet_cannot_hold_is_cut_and_told(nasty: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    source: Any = nasty.rows["sources"][0]
    long = replace(source, title="\U0001f600" * 20_000, notes="y" * xlsx.LONGEST)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    edition = replace(nasty, rows={**nasty.rows, "sources": [long, *nasty.rows["sources"][1:]]})
    book = openpyxl.load_workbook(io.BytesIO(compose_one("xlsx", edition)["policytrack.xlsx"]))
    header = [each.value for each in book["sources"][1]]
    cells = dict(zip(header, (each.value for each in book["sources"][2]), strict=True))
    assert str(cells["title"]).endswith("[cut: the whole text is in the CSV]")
    assert len(str(cells["title"]).encode("utf-16-le")) <= 2 * xlsx.LONGEST
    assert cells["notes"] == "y" * xlsx.LONGEST
    told = {str(line[1]) for line in book["About"].iter_rows(values_only=True) if line[0] == "not held in full"}
    assert any("sources, row 2, column 4" in line for line in told)
    assert any(line.startswith("source_authors: ") for line in told)
    assert book["source_authors"].max_row == 1


def test_control_characters_and_texts_that_look_like_their_escapes_are_told_apart(nasty: Edition) -> None:
    source: Any = nasty.rows["sources"][0]
    odd = replace(source, title="a\rb", notes="_x000D_", publisher="x\uffffy")
    edition = replace(nasty, rows={**nasty.rows, "sources": [odd]})
    raw = zipfile.ZipFile(io.BytesIO(compose_one("xlsx", edition)["policytrack.xlsx"])).read("xl/sharedStrings.xml")
    # As ECMA-376 has it (ST_Xstring); openpyxl reads both alike.
    assert b"<t>a_x000D_b</t>" in raw
    assert b"<t>_x005F_x000D_</t>" in raw
    # No XML can hold this one.
    assert "<t>x\ufffdy</t>".encode() in raw


# The same bytes


def test_every_file_is_the_same_bytes_in_another_place_zone_locale_process_and_time(tmp_path: Path) -> None:
    script = (
        "import sys, policytrack; from policytrack import api; "
        "api.build(policytrack.read(sys.argv[1]), sys.argv[2], formats=['all'])"
    )
    held = tmp_path / "held"
    shutil.copytree(ROOT / "records", held / "records")
    shutil.copy(ROOT / "datapackage.json", held)
    made = []
    for number, (zone, language, seed, mask) in enumerate(
        [("UTC", "C", "1", 0o022), ("Pacific/Auckland", "C.UTF-8", "2", 0o077)]
    ):
        root = tmp_path / f"{'deep/' * number}root-{number}"
        shutil.copytree(held, root)
        for path in sorted(root.rglob("*"), reverse=bool(number)):
            os.utime(path, (1_000_000_000 * (number + 1),) * 2)
        out = tmp_path / f"out-{number}"
        environment = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", script, str(root), str(out)]
        subprocess.run(command, check=True, env=environment, umask=mask, cwd=root)
        made.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    first, second = made
    assert len(first) > 2 * len(TABLES)
    assert first.keys() == second.keys()
    assert [path for path, raw in first.items() if raw != second[path]] == []


def test_an_export_of_the_same_edition_is_the_same_bytes_at_any_time(nasty: Edition) -> None:
    for name in FORMATS:
        assert compose_one(name, nasty) == compose_one(name, nasty), name


def test_the_moment_of_making_is_that_of_the_edition(nasty: Edition) -> None:
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    edition = replace(nasty, metadata=replace(nasty.metadata, created=moment))
    book = openpyxl.load_workbook(io.BytesIO(compose_one("xlsx", edition)["policytrack.xlsx"]))
    assert book.properties.created == moment.replace(tzinfo=None)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(compose_one("sqlite", edition)["policytrack.sqlite"])
    assert connection.execute("SELECT value FROM about WHERE property = 'created'").fetchone() == (
        "2026-11-22T12:00:00Z",
    )
    connection.close()


def test_metadata_is_read_from_the_block_and_what_has_no_form_is_left_out() -> None:
    from policytrack.package import Metadata

    block = {"name": "x", "title": 3, "licenses": "CC", "contributors": [{"givenName": "A", "familyName": "B"}, 7]}
    found = Metadata.of(block)
    assert (found.name, found.title, found.licenses, [each.name for each in found.contributors]) == (
        "x",
        "",
        (),
        ["A B"],
    )
    assert found.stamp == ""
