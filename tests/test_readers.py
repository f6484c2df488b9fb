"""Other readers take the package, all its files with it, as it is declared: frictionless, DuckDB, SQLite and pandas."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import packages
from policytrack.dataset import Dataset
from policytrack.exports import select
from policytrack.package import build, load_package, validate
from policytrack.schemas import table_schema
from policytrack.tables import TABLES


@pytest.fixture(scope="module", params=packages.NAMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Path]:
    data = packages.named(request.param, tmp_path_factory.mktemp("root"))
    return data, build(data, tmp_path_factory.mktemp("out") / "package", exports=select(["all"]).exports).folder


def test_frictionless_and_our_own_check_find_nothing(built: tuple[Dataset, Path]) -> None:
    assert validate(built[1]) == []


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
