"""Whether a release that is a thousand times larger can still be worked with: ten million statements, year by year.

Run once by hand, in the environment of docs/recipes/requirements.txt; the figures stand in
docs/explanation/larger-than-one-machine.md. The rows are those of a release, copied with ids and years of their own
until there are enough, written as Parquet in one folder for each year under .cache/, and deleted after.

    .cache/recipes/bin/python benchmarks/large.py dist/policytrack.parquet

Time is that of the processors, all cores and workers together, so that other work on the machine matters less. A second
argument asks for another number of statements.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import duckdb
import pandas as pd
from dask.distributed import Client, LocalCluster

STATEMENTS = 10_000_000
SEED = 20200610
YEARS = (2000, 2026)
CORES = 2
MEMORY = "4GB"
FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "large"
# The files take less than one; the rest is what DuckDB may spill.
NEEDED = 10 * 1024**3

# Each table with the action that its rows belong to, and the columns that get a name of their own in each copy.
TABLES = {
    "actions": ("SELECT * EXCLUDE (year), id AS owner FROM '{0}/actions.parquet'", ["id"]),
    "statements": ("SELECT *, action AS owner FROM '{0}/statements.parquet'", ["action", "source", "origin"]),
    "spells": (
        "SELECT s.*, action AS owner FROM '{0}/spells.parquet' s JOIN '{0}/provisions.parquet' p ON p.id = s.provision",
        ["provision"],
    ),
}
PAIRS = ["action", "property", "value", "origin"]


def main() -> None:
    """Make the release, ask it in every way, print the figures and delete it; or carry out the one step named."""
    if sys.argv[1] in STEPS:
        print(json.dumps(STEPS[sys.argv[1]]()))  # noqa: T201
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(FOLDER).free < NEEDED:
        sys.exit(f"{FOLDER} needs {NEEDED / 1024**3:.0f} GB of free disk")
    try:
        statements = int(sys.argv[2]) if sys.argv[2:] else STATEMENTS
        print(f"{make(Path(sys.argv[1]), statements)} rows, {size(FOLDER) / 1e6:.0f} MB")  # noqa: T201
        told = {step: measure(step) for step in STEPS}
        for step, each in told.items():
            ratio = each["seconds"] / told["scan"]["seconds"]
            print(f"{step}: {each['seconds']:.1f} s, {ratio:.1f} scans, {each['memory']} MB")  # noqa: T201
        answers = {step: each["answer"] for step, each in told.items() if step != "scan"}
        print(answers["dask"])  # noqa: T201
        if any(each != answers["dask"] for each in answers.values()):
            sys.exit(f"the engines do not agree: {answers}")
    finally:
        shutil.rmtree(FOLDER)


def make(release: Path, statements: int) -> dict[str, int]:
    """Write a synthetic release with at least so many statements, and return its rows by table."""
    connection = connect()
    held = count(connection, f"{release}/statements.parquet")
    copies = f"(SELECT unnest(range({-(-statements // held)})) AS copy)"
    year = f"{YEARS[0]} + hash(owner, copy, {SEED}) % {YEARS[1] - YEARS[0] + 1} AS year"
    for table, (source, renamed) in TABLES.items():
        # Names that only count would pack far better than those of a real release.
        named = ", ".join(f"left(md5({name} || copy), 8) || '-' || {name} AS {name}" for name in renamed)
        connection.execute(
            f"COPY (SELECT * EXCLUDE (owner, copy) REPLACE ({named}), {year} "  # noqa: S608
            f"FROM ({source.format(release)}), {copies}) TO '{FOLDER / table}' (FORMAT parquet, PARTITION_BY (year))"
        )
    return {table: count(connection, f"{FOLDER / table}/*/*.parquet") for table in TABLES}


def count(connection: duckdb.DuckDBPyConnection, files: str) -> int:
    """Return the rows of the Parquet files."""
    found: int = connection.execute(f"SELECT count(*) FROM '{files}'").fetchall()[0][0]  # noqa: S608
    return found


def measure(step: str) -> dict[str, Any]:
    """Carry out a step in a process of its own, so that its memory is its own."""
    done = subprocess.run([sys.executable, __file__, step], check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def scan() -> dict[str, Any]:
    """Read the columns that the question needs, once."""
    columns = ", ".join(PAIRS)
    return asked(f"SELECT count(*), bit_xor(hash({columns})) FROM '{FOLDER}/statements/*/*.parquet'")  # noqa: S608


def with_duckdb() -> dict[str, Any]:
    """How many values are told, and how many of them by two origins or more: all years in one query."""
    return asked(question("*"))


def year_by_year() -> dict[str, Any]:
    """Ask the same, one year after the other."""
    return asked(*(question(folder.name) for folder in sorted((FOLDER / "statements").glob("year=*"))))


def question(years: str) -> str:
    """Return the question about the years that a pattern of folders names."""
    return (
        "SELECT count(*) AS told, count(*) FILTER (origins > 1) AS shared FROM ("  # noqa: S608
        "  SELECT year, action, property, value, count(*) AS origins FROM ("
        "    SELECT DISTINCT year, action, property, value, origin"
        f"   FROM read_parquet('{FOLDER}/statements/{years}/*.parquet', hive_partitioning = true))"
        "  GROUP BY ALL)"
    )


def asked(*questions: str) -> dict[str, Any]:
    """Return the processor time of questions to DuckDB, the memory they took, and the sums of what they counted."""
    connection = connect()
    start = time.process_time()
    rows = [connection.execute(each).fetchall()[0] for each in questions]
    seconds = time.process_time() - start
    return {"seconds": seconds, "memory": peak(), "answer": [sum(column) for column in zip(*rows, strict=True)]}


def connect() -> duckdb.DuckDBPyConnection:
    """Return a database in memory that keeps to the bounds."""
    options = {"threads": CORES, "memory_limit": MEMORY, "preserve_insertion_order": False}
    return duckdb.connect(config={**options, "temp_directory": str(FOLDER / "spilled")})


def with_dask() -> dict[str, Any]:
    """Ask the same as `with_duckdb`: one task for each year, for no action stands in two."""
    with (
        LocalCluster(n_workers=CORES, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        start = sum(client.run(time.process_time).values())
        years = [str(each) for each in sorted((FOLDER / "statements").glob("year=*"))]
        found = dd.from_map(one_year, years, meta={"told": "int64", "shared": "int64"}).compute()
        seconds = sum(client.run(time.process_time).values()) - start
        memory = sum(client.run(peak).values())
    return {"seconds": seconds, "memory": memory, "answer": [int(found["told"].sum()), int(found["shared"].sum())]}


def one_year(folder: str) -> pd.DataFrame:
    """Return one row: how many values a year tells, and how many of them come from two origins or more."""
    pairs = pd.read_parquet(folder, columns=PAIRS).drop_duplicates()
    origins = pairs.groupby(PAIRS[:3], sort=False).size()
    return pd.DataFrame({"told": [len(origins)], "shared": [int((origins > 1).sum())]})


def peak() -> int:
    """Return the most memory that this process has held, in megabytes (Linux).

    The usage that `resource` tells goes back to the process that started this one.
    """
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


STEPS: dict[str, Callable[[], dict[str, Any]]] = {
    "scan": scan,
    "duckdb": with_duckdb,
    "duckdb-year-by-year": year_by_year,
    "dask": with_dask,
}

if __name__ == "__main__":
    main()
