"""The SQLite file: it holds by itself, refuses what its schema rules out, and its views answer as the fold does."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import packages
from policytrack.dataset import Dataset
from policytrack.exports import select
from policytrack.exports.sqlite import APPLICATION
from policytrack.exports.sqlite.declarations import CHECKS
from policytrack.exports.sqlite.views import VIEWS
from policytrack.force import Question, ask
from policytrack.package import compose
from policytrack.tables import TABLES


@pytest.fixture(scope="module", params=packages.NAMES)
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Dataset, sqlite3.Connection]]:
    """Return a data set and its file, opened for reading only."""
    data = packages.named(request.param, tmp_path_factory.mktemp("root"))
    path = tmp_path_factory.mktemp("out") / "policytrack.sqlite"
    path.write_bytes(compose(data, exports=select(["sqlite"]).exports, version="1.2.3").files["policytrack.sqlite"])
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    yield data, connection
    connection.close()


@pytest.fixture
def free(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a file of one's own, with references enforced."""
    made = compose(packages.named("nasty", tmp_path), exports=select(["sqlite"]).exports)
    (tmp_path / "own.sqlite").write_bytes(made.files["policytrack.sqlite"])
    connection = sqlite3.connect(tmp_path / "own.sqlite")
    connection.execute("PRAGMA foreign_keys = on")
    yield connection
    connection.close()


def test_the_file_is_whole_and_every_reference_holds(held: tuple[Dataset, sqlite3.Connection]) -> None:
    _, connection = held
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert connection.execute("PRAGMA user_version").fetchone() == (1_002_003,)
    assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_tables_are_strict_with_the_keys_and_references_of_the_schema(held: tuple[Dataset, sqlite3.Connection]) -> None:
    _, connection = held
    listed = connection.execute("SELECT name, type, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    tables = {name for name, kind, strict in listed if kind == "table" and strict}
    assert tables == {*TABLES, "about", "about_columns"}
    assert {name for name, kind, _ in listed if kind == "view"} == set(VIEWS)
    for name, table in TABLES.items():
        columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
        assert [column for column, _ in columns] == [column.name for column in table.columns]
        assert tuple(column for column, place in sorted(columns, key=lambda each: each[1]) if place) == table.key
        references = connection.execute(
            'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq', (name,)
        ).fetchall()
        assert [each[1:] for each in references] == [
            (foreign.table, own, other)
            for foreign in table.foreign
            for own, other in zip(foreign.columns, foreign.target, strict=True)
        ]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE actions SET kind = 'bann'", "CHECK"),
        ("UPDATE actions SET year = 999", "CHECK"),
        ("UPDATE actions SET year = 'x'", "cannot store TEXT"),
        ("UPDATE actions SET first_earliest = '2021-02-29'", "CHECK"),
        ("UPDATE actions SET first_earliest = '2021-2-1'", "CHECK"),
        ("UPDATE actions SET title = ''", "CHECK"),
        ("UPDATE actions SET title = NULL", "NOT NULL"),
        ("UPDATE actions SET actor = 'nobody'", "FOREIGN KEY"),
        ("UPDATE actors SET id = 'No Slug'", "CHECK"),
        ("UPDATE action_jurisdictions SET excluded = 2", "CHECK"),
        ("UPDATE provision_amounts SET value = -1", "CHECK"),
        ("UPDATE provision_amounts SET currency = 'eur'", "CHECK"),
        ("UPDATE passages SET sha256 = substr(sha256, 2)", "CHECK"),
        ("UPDATE panel SET month = '2021-13'", "CHECK"),
        ("UPDATE provisions SET key = 'p1'", "UNIQUE"),
        ("INSERT INTO actor_aliases SELECT * FROM actor_aliases", "UNIQUE"),
        ("DELETE FROM actors", "FOREIGN KEY"),
    ],
)
def test_a_row_that_breaks_the_schema_is_refused(free: sqlite3.Connection, statement: str, said: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=said), free:
        free.execute(statement)


PATTERNS = {
    column.told.pattern
    for table in TABLES.values()
    for column in table.columns
    if column.told.pattern and column.datatype == "string" and not column.enum
}
# Lists of words and the names of what is supported: left to the checks of the package.
UNSAID = {r"\S+( \S+){0,2}", "[a-z][a-z0-9_]*(:[a-z0-9]+(-[a-z0-9]+)*)?"}
# What GLOB says in part only.
PARTLY = {"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "ocd-division/country:[a-z]{2}(/[a-z_]+:[a-z0-9.~_-]+)*"}


def test_every_pattern_is_a_check_or_known_to_be_none() -> None:
    assert set(CHECKS) == PATTERNS - UNSAID


@settings(max_examples=60)
@pytest.mark.parametrize("pattern", sorted(CHECKS))
@given(data=st.data())
def test_a_check_accepts_what_its_pattern_does(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    near = data.draw(st.text(st.sampled_from("a0-#pAZ1:/.23"), min_size=1, max_size=8))
    at = data.draw(st.integers(0, len(text)))
    for each in (text, near, text[:at] + near[0] + text[at + 1 :], text[:at] + near[0] + text[at:]):
        accepted = check(CHECKS[pattern], each)
        if re.fullmatch(pattern, each, re.ASCII):
            assert accepted, each
        elif pattern not in PARTLY:
            assert not accepted, each


def check(template: str, text: str) -> bool:
    connection = sqlite3.connect(":memory:")
    found: int = connection.execute(
        f"SELECT {template.format('cell')} FROM (SELECT ? AS cell)",  # noqa: S608
        (text,),
    ).fetchone()[0]
    connection.close()
    return bool(found)


# Views


def days(data: Dataset) -> list[date]:
    """Return days on which something changes, their neighbours, and some far away."""
    found = {date(1900, 1, 1), date(2035, 1, 1), date(2999, 1, 1)}
    for record in data.actions.values():
        for dated in record.model.timeline.dates.values():
            found |= {day for day in (dated.bounds.earliest, dated.bounds.latest) if day}
    near = {day + timedelta(days=step) for day in found for step in (-1, 0, 1)}
    # Evenly out of all of them: a question takes a tenth of a second on the record.
    return sorted(near)[:: max(1, len(near) // 40)]


def test_standing_answers_as_in_force_does(held: tuple[Dataset, sqlite3.Connection]) -> None:
    data, connection = held
    for day in days(data):
        asked = {
            (row.measure, row.answer.action, row.answer.provision, row.answer.state.value)
            for row in ask(data, Question(day))
        }
        found = connection.execute(
            "SELECT measure, action, key, state FROM standing WHERE ? BETWEEN first_day AND last_day",
            (day.isoformat(),),
        ).fetchall()
        assert len(found) == len(set(found))
        assert set(found) == asked, day


def test_bans_are_the_bars_on_use_in_the_places_named(held: tuple[Dataset, sqlite3.Connection]) -> None:
    data, connection = held
    day = date(2021, 6, 1)
    asked = {
        (place, row.answer.action, row.answer.provision, row.answer.state.value)
        for row in ask(data, Question(day))
        if row.effect == "prohibits" and "use" in row.conduct
        for place in data.actions[row.answer.action].model.jurisdictions
    }
    found = connection.execute(
        "SELECT jurisdiction, action, key, state FROM bans WHERE ? BETWEEN first_day AND last_day", (day.isoformat(),)
    ).fetchall()
    assert sorted(found) == sorted(asked)


def test_bans_say_whose_use_is_barred_and_what_narrows_it(held: tuple[Dataset, sqlite3.Connection]) -> None:
    data, connection = held
    rows = connection.execute(
        "SELECT action, key, governs, purposes, conditions, technologies, narrowed FROM bans"
    ).fetchall()
    assert rows
    for action, key, *told, narrowed in rows:
        provision = data.actions[action].model.provisions[key]
        governed = data.governed(data.actions[action].model, key)
        facets = (governed, provision.purposes, provision.conditions, provision.technology)
        assert told == [", ".join(sorted(map(str, set(each)))) or None for each in facets]
        assert narrowed == any(facets[1:])


def test_the_views_of_today_ask_for_the_day_of_reading(held: tuple[Dataset, sqlite3.Connection]) -> None:
    _, connection = held
    today = connection.execute("SELECT date('now')").fetchone()[0]
    for view in ("standing", "bans"):
        found = connection.execute(f"SELECT * FROM {view}_today").fetchall()  # noqa: S608
        wanted = connection.execute(
            f"SELECT * FROM {view} WHERE ? BETWEEN first_day AND last_day",  # noqa: S608
            (today,),
        ).fetchall()
        assert found == wanted


def test_views_name_actors_places_and_sources(held: tuple[Dataset, sqlite3.Connection]) -> None:
    data, connection = held
    named = connection.execute("SELECT id, actors, places FROM actions_named").fetchall()
    assert {name for name, *_ in named} == set(data.actions)
    for name, actors, places in named:
        action = data.actions[name].model
        assert actors == "; ".join(data.actors[each].model.name for each in data.issuers(action))
        names = [data.jurisdictions[each].model.name for each in sorted(action.jurisdictions)]
        assert places == ("; ".join(names) or None)
    cited = connection.execute("SELECT action, target, source, title FROM evidence_cited").fetchall()
    assert len(cited) == connection.execute("SELECT count(*) FROM evidence").fetchone()[0]
    assert all(title == data.sources[source].model.title for *_, source, title in cited)
