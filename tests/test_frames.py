"""Every engine gives the same typed rows: of what came with the package, of a folder, of an earlier release."""

import json
import math
import subprocess
import sys
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import packages
from policytrack.frames import MissingEngineError, home, load
from policytrack.package import NAME, PackageError, build
from policytrack.release import Asked, release
from policytrack.tables import TABLES
from policytrack.versions import DeltaError
from test_release import ASKED, BLOCK, commit, with_action

ROOT = Path(__file__).parent.parent
ENGINES = ("pandas", "polars", "arrow", "duckdb")


def rows(frame: Any, engine: str) -> list[tuple[Any, ...]]:
    """Return what a frame holds as plain values."""
    match engine:
        case "pandas":
            found = [tuple(row) for row in frame.itertuples(index=False)]
        case "polars":
            found = frame.rows()
        case "arrow":
            found = [tuple(row.values()) for row in frame.to_pylist()]
        case _:
            found = frame.fetchall()
    return [tuple(map(plain, row)) for row in found]


def plain(value: Any) -> Any:
    if (
        value is None
        or type(value).__name__ in {"NAType", "NaTType"}
        or (isinstance(value, float) and math.isnan(value))
    ):
        return None
    if isinstance(value, datetime):
        return value.date()
    if hasattr(value, "item"):
        return value.item()
    return value


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("nasty")
    (root / NAME).write_text(json.dumps(packages.BLOCK), encoding="utf-8")
    build(packages.nasty(root), root / "out")
    return root / "out"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("table", TABLES)
def test_every_engine_gives_the_same_typed_rows(nasty: Path, table: str, engine: str) -> None:
    expected = [tuple(row.values()) for row in load(table, nasty)]
    assert rows(load(table, nasty, engine=engine), engine) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_columns_are_typed_even_where_they_are_empty(nasty: Path, engine: str) -> None:
    frame = load("spells", nasty, engine=engine)
    told = {
        "pandas": lambda: str(frame["first"].dtype),
        "polars": lambda: str(frame["first"].dtype),
        "arrow": lambda: str(frame["first"].type),
        "duckdb": lambda: str(dict(zip(frame.columns, frame.types, strict=True))["first"]),
    }[engine]()
    assert told == {"pandas": "datetime64[s]", "polars": "Date", "arrow": "date32[day]", "duckdb": "DATE"}[engine]


# Each example builds a package; the nasty texts above are in the gate anyhow.
@settings(max_examples=8)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip()),
        min_size=1,
        max_size=3,
    )
)
def test_any_text_reaches_every_engine(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / NAME).write_text(json.dumps(packages.BLOCK), encoding="utf-8")
        build(packages.nasty(root, texts), root / "out")
        expected = [row["title"] for row in load("actions", root / "out")]
        for engine in ENGINES:
            frame = load("actions", root / "out", engine=engine)
            at = list(load("actions", root / "out")[0]).index("title")
            assert [row[at] for row in rows(frame, engine)] == expected, engine


def test_the_data_of_the_package_itself_need_no_folder() -> None:
    assert home() == ROOT
    found = load("actions")
    assert len(found) > 300
    assert {type(value) for row in found for value in row.values()} <= {str, int, bool, date, Decimal, type(None)}


def test_an_earlier_release_is_made_again(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(json.dumps(BLOCK), encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True, capture_output=True)
    commit(tmp_path)
    data = packages.nasty(tmp_path)
    release(data, [], ASKED)
    commit(tmp_path)
    before = load("actions", tmp_path)
    later = release(with_action(data, title="Another title"), [], Asked(ASKED.on)).version
    assert load("actions", tmp_path) != before
    assert load("actions", tmp_path, release="0.1.0") == before
    assert load("actions", tmp_path, release=later) == load("actions", tmp_path)
    assert list(load("actions", tmp_path, release="0.1.0", engine="polars")["title"]) == [
        row["title"] for row in before
    ]
    with pytest.raises(DeltaError, match="no release 9"):
        load("actions", tmp_path, release="9.9.9")


@pytest.mark.parametrize(
    ("given", "message", "advice"),
    [
        ({"table": "action"}, "no table", "actions"),
        ({"table": "nope"}, "no table", "action_actors"),
        ({"table": "actions", "engine": "panda"}, "no engine", "pandas"),
        ({"table": "actions", "engine": "foo"}, "no engine", "`arrow`, `duckdb`, `pandas`, `polars`"),
        ({"table": "actions", "release": "0.1"}, "no release 0.1", "0.1.0, 0.2.0"),
        ({"table": "actions", "folder": "/nowhere"}, "cannot be read", "datapackage.json"),
    ],
)
def test_what_is_not_there_is_named(given: dict[str, Any], message: str, advice: str) -> None:
    with pytest.raises((PackageError, DeltaError), match=message) as caught:
        load(**given)
    assert advice in caught.value.advice
    # A traceback shows it: from Python there is nothing else to read.
    assert caught.value.__notes__ == [f"help: {caught.value.advice}"]


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingEngineError, match="not installed") as caught:
        load("actions", engine="polars")
    assert caught.value.advice == "pip install polars"
    assert caught.value.__notes__ == [
        "help: pip install polars; other engines are pandas, arrow, duckdb, and None gives plain rows"
    ]


def test_no_engine_is_imported_unless_it_is_asked_for() -> None:
    code = (
        "import sys, policytrack; policytrack.load('measures'); "
        "print([name for name in ('pandas', 'polars', 'pyarrow', 'duckdb', 'frictionless') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
