"""The recipes, carried out from their own text inside a release of the records, each printing what its page shows.

Counts change with every record, so numbers are compared as numbers only where they are computed another way. What needs
the libraries of docs/recipes/requirements.txt runs in an environment of its own, made under .cache/ by the slow tests.
"""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import venv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
import yaml

import packages
import policytrack
from policytrack.codes import Conduct, Effect
from policytrack.dataset import Dataset
from policytrack.exports import select
from policytrack.force import Question, ask
from policytrack.package import Metadata, compose, save
from policytrack.site.book import Book
from policytrack.site.pages.views import VIEWS

ROOT = Path(__file__).parent.parent
RECIPES = ROOT / "docs/recipes"
LARGE = ROOT / "docs/explanation/larger-than-one-machine.md"
OWN = ROOT / ".cache/recipes"
# Runs the blocks that it is given, one after the other, and tells what each printed.
RUN = """
import contextlib, io, json, sys
names, printed = {"__name__": "recipe"}, []
for block in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(block, "recipe", "exec"), names)
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
"""
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```$(?:\n\n^```text\n(?P<shown>.*?)^```$)?", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return packages.named("records", tmp_path_factory.mktemp("root"))


@pytest.fixture(scope="module")
def release(record: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release of the records, with the formats that the recipes read."""
    folder = tmp_path_factory.mktemp("out") / "release"
    return save(compose(record, exports=select(["parquet", "sqlite"]).exports), folder).folder


@pytest.fixture(scope="module")
def own_python() -> Path:
    """Return the Python of the recipes' own environment, made where it is missing or was made for other versions."""
    wanted, stamp = (RECIPES / "requirements.txt").read_text(), OWN / "made-for.txt"
    python = OWN / "bin/python"
    if not stamp.is_file() or stamp.read_text() != wanted:
        venv.create(OWN, clear=True, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(RECIPES / "requirements.txt")]
        subprocess.run(install, check=True)
        stamp.write_text(wanted)
    return python


def blocks(page: Path) -> list[tuple[str, str | None]]:
    """Return the Python of a page with what it says that each block prints."""
    return [(block["code"], block["shown"]) for block in BLOCK.finditer(page.read_text(encoding="utf-8"))]


def blocks_of_text(page: Path) -> str:
    """Return what a page says that its Python prints."""
    return "".join(shown or "" for _, shown in blocks(page))


def carried_out(page: Path, folder: Path, python: Path | str = sys.executable) -> list[str]:
    """Run the Python of a page in ``folder``, and return what each block printed, which must be what the page shows."""
    steps = blocks(page)
    assert steps
    done = subprocess.run(
        [python, "-W", "error::DeprecationWarning:__main__", "-c", RUN],
        cwd=folder,
        input=json.dumps([code for code, _ in steps]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed: list[str] = json.loads(done.stdout)
    for (code, shown), told in zip(steps, printed, strict=True):
        assert masked(told) == masked(shown or ""), f"{code}\nprinted:\n{told}"
    return printed


def masked(text: str) -> str:
    """Leave out what changes with the data: numbers, and the spaces that a table takes for them."""
    return re.sub(r" +", " ", re.sub(r"\d+", "N", text)).strip()


def counts(printed: str) -> dict[str, int]:
    """Return the states and counts that an answer holds."""
    return {state: int(number) for state, number in re.findall(r"^(\w+) +(\d+)$", printed, re.MULTILINE)}


def bars_on(record: Dataset, day: date) -> Counter[str]:
    """Return what the fold says of the question that every tool is asked: the bars on use, by state."""
    bars = {
        (row.answer.action, row.answer.provision): row.answer.state.value  # one action may belong to several measures
        for row in ask(record, Question(day))
        if row.effect == Effect.PROHIBITS and Conduct.USE in row.conduct
    }
    return Counter(bars.values())


def test_every_tool_answers_as_the_fold_does(record: Dataset, release: Path) -> None:
    pandas, polars, duckdb, sqlite, _ = map(counts, carried_out(RECIPES / "one-question.md", release))
    found = bars_on(record, date(2021, 7, 1))
    assert sqlite == found
    standing = found["in_force"] + found["presumed_in_force"]
    assert standing > 0 < found["possibly_in_force"]
    for each in (pandas, polars, duckdb):
        assert (each["in_force"], each["possibly_in_force"]) == (standing, found["possibly_in_force"])


def test_the_panel_counts_the_towns_that_bar_something_to_the_police(release: Path) -> None:
    towns, _ = carried_out(RECIPES / "panel.md", release)
    shown = dict(re.findall(r"^(\d{4}-\d\d) +(\d+)$", towns, re.MULTILINE))
    with sqlite3.connect(f"file:{release}/policytrack.sqlite?mode=ro", uri=True) as connection:
        counted = connection.execute(
            "SELECT month, count(*) FROM panel JOIN jurisdictions ON jurisdictions.id = panel.jurisdiction "
            "WHERE subject = 'law-enforcement' AND level = 'municipality' AND prohibits > 0 GROUP BY month"
        ).fetchall()
    assert shown
    assert shown.items() <= {month: str(number) for month, number in counted}.items()


def test_partitions_by_year_hold_every_row(release: Path) -> None:
    partitioned, _ = carried_out(LARGE, release)
    found = dict(re.findall(r"^(\w+): (\d+) rows", partitioned, re.MULTILINE))
    shown = dict(re.findall(r"^(\w+): (\d+) rows", blocks_of_text(LARGE), re.MULTILINE))
    named = re.search(r"^Release ([0-9.]+) has so many", LARGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    for table in ("actions", "statements", "spells"):
        assert int(found[table]) == len(policytrack.load(table, release))
        # The page names the release that its counts are of, so that no later one makes them wrong.
        assert int(shown[table]) == len(policytrack.load(table, release=named[1]))


def test_the_functions_do_what_their_page_says(release: Path) -> None:
    page = RECIPES / "from-python.md"
    (printed,) = carried_out(page, release)
    (shown,) = (shown for _, shown in blocks(page))
    assert printed == shown  # of one record that stands: days as well
    (row, *_) = policytrack.in_force(on=date(2020, 7, 1))
    listed = re.findall(r"^\| (`.*`) \| ", page.read_text(encoding="utf-8").partition("| key |")[2], re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(listed))) == row.as_dict().keys()
    named = re.findall(r"^\| `(\w+)", page.read_text(encoding="utf-8").partition("| key |")[0], re.MULTILINE)
    assert set(named) == {name for name in policytrack.__all__ if name[0].islower()} | {"__version__"}


def test_the_cities_that_bar_their_police_are_those_of_the_site(record: Dataset, release: Path) -> None:
    with sqlite3.connect(f"file:{release}/policytrack.sqlite?mode=ro", uri=True) as connection:
        today = date.fromisoformat(connection.execute("SELECT date('now')").fetchone()[0])
        rows = connection.execute(QUERIES["police_bans_today"]["sql"]).fetchall()
    view = next(each for each in VIEWS if each.slug == "us-local-bans-on-police-use")
    cells = view.rows(Book(record, Metadata("policytrack", "Test", "0.1.0"), today))
    on_the_site = {row[2].path.removeprefix("actions/").replace(".html", "") for row in cells}
    assert {f"{action}#{key}" for _, action, key, *_ in rows} == on_the_site
    assert len(on_the_site) > 10


@pytest.mark.slow
def test_the_lines_for_dask_count_the_values_and_those_of_several_origins(release: Path, own_python: Path) -> None:
    lines = re.search(r"^```py\n(.*?)^```$", LARGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert lines
    by_year = blocks(LARGE)[0][0]
    done = subprocess.run(
        [own_python, "-c", by_year + lines[1]], cwd=release, capture_output=True, text=True, check=True
    )
    origins: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each in policytrack.load("statements", release):
        origins[each["action"], each["property"], each["value"]].add(each["origin"])
    shared = sum(len(each) > 1 for each in origins.values())
    assert done.stdout.splitlines()[-1] == f"{{'told': {len(origins)}, 'shared': {shared}}}"


@pytest.mark.slow
def test_duckdb_and_dask_agree_about_a_larger_release(release: Path, own_python: Path) -> None:
    words = [own_python, ROOT / "benchmarks/large.py", release / "policytrack.parquet", "50000"]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = re.search(r"'statements': (\d+)", done.stdout)
    assert told
    assert int(told[1]) >= 50_000
    assert "dask: " in done.stdout
    assert not (ROOT / ".cache/large").exists()


@pytest.mark.slow
def test_the_shares_of_the_survival_analysis_are_those_reckoned_by_hand(release: Path, own_python: Path) -> None:
    told, printed = carried_out(RECIPES / "how-long-moratoria-stand.md", release, own_python)
    found = list(lives(release))
    assert told.startswith(f"{len(found)} moratoria and suspensions, {sum(ended for *_, ended in found)} of them")
    for number, reading in enumerate(("shortest", "longest")):
        shares = [share([(each[number], each[2]) for each in found], 365.25 * years) for years in (1, 2, 3)]
        assert f"{reading} {' '.join(f'{each:.2f}' for each in shares)} (" in printed


def lives(release: Path) -> Iterator[tuple[int, int, bool]]:
    """Yield of each moratorium or suspension its shortest and longest life in days, and whether its end was seen."""
    searched = max(each["searched_on"] for each in policytrack.load("coverage", release))
    halting = ("moratorium", "use-suspension", "sales-suspension", "procurement-suspension")
    halts = {each["id"] for each in policytrack.load("actions", release) if each["kind"] in halting}
    first_bars: dict[str, str] = {}
    for each in policytrack.load("provisions", release):
        if each["action"] in halts and each["effect"] == "prohibits":
            first_bars.setdefault(each["action"], each["id"])
    rows = policytrack.load("spells", release)
    for provision in first_bars.values():
        spells = [each for each in rows if each["provision"] == provision]
        life = list(takewhile(lambda each: each["state"] != "not_in_force", spells))
        if not life:
            continue  # it never came into being
        sure = next((each for each in life if each["state"] == "in_force"), None)
        began, last = life[0]["first"], life[-1]["last"]
        ended = None not in {began, last} and last <= searched
        shortest = 0
        if sure and (sure["last"] or sure["vouched"]):
            shortest = max(0, (min(sure["last"] or sure["vouched"], searched) - sure["first"]).days + 1)
        if began or sure:
            since = began or (sure["first"] if sure else searched)
            yield shortest, (min(last or searched, searched) - since).days + 1, ended


def share(of: list[tuple[int, bool]], after: float) -> float:
    """Return the product-limit estimate of what still stands."""
    standing = 1.0
    for day in sorted({length for length, ended in of if ended and length <= after}):
        at_risk = sum(length >= day for length, _ in of)
        standing *= 1 - sum(ended and length == day for length, ended in of) / at_risk
    return standing


@pytest.mark.slow
def test_the_figure_is_drawn_with_words_that_say_the_same(record: Dataset, release: Path, own_python: Path) -> None:
    (words,) = carried_out(RECIPES / "bans-over-time.md", release, own_python)
    drawn = ET.parse(release / "bans-over-time.svg").getroot()  # noqa: S314 - the file was drawn a moment ago
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}path"))) > 10
    assert f"{len(places_with_a_law(record, release, date(2020, 12, 15)))} places have one in December 2020" in words


def places_with_a_law(record: Dataset, release: Path, day: date) -> set[str]:
    """Return the places of the laws that the fold says bar use on a day, surely or presumably."""
    laws = {
        each["id"]
        for each in policytrack.load("actions", release)
        if each["form"] == "law" and each["kind"] in {"ban", "moratorium"}
    }
    barring = {
        row.answer.action
        for row in ask(record, Question(day))
        if row.effect == Effect.PROHIBITS and Conduct.USE in row.conduct and row.answer.state != "possibly_in_force"
    }
    return {
        each["jurisdiction"]
        for each in policytrack.load("action_jurisdictions", release)
        if each["action"] in laws & barring and not each["excluded"]
    }


@pytest.fixture(scope="module")
def datasette(release: Path, own_python: Path) -> Iterator[str]:
    """Start the server of the recipe on a port of its own, as the page says, and return its address."""
    command = re.search(r"^\$ (datasette .*)$", (RECIPES / "datasette.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert command
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    (release / "datasette.yaml").write_bytes((RECIPES / "datasette.yaml").read_bytes())
    words = [port if word == "8001" else word for word in command[1].split()]
    assert port in words
    with subprocess.Popen([own_python.parent / words[0], *words[1:]], cwd=release, stderr=subprocess.PIPE) as server:
        address = f"http://127.0.0.1:{port}/policytrack"
        try:
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        assert server.poll() is None, "datasette has stopped"
        try:
            urllib.request.urlopen(f"{address}.json")  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("datasette does not answer")


QUERIES = yaml.safe_load((RECIPES / "datasette.yaml").read_text(encoding="utf-8"))["databases"]["policytrack"][
    "queries"
]
FIELDS = {
    "day": "2021-07-01",
    "jurisdiction": "us-ca-san-francisco",
    "subject": "law-enforcement",
    "action": "amazon-rekognition-police-moratorium-2020",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", QUERIES)
def test_a_prepared_question_is_answered(datasette: str, name: str) -> None:
    given = {field: FIELDS[field] for field in QUERIES[name]["params"]}
    with urllib.request.urlopen(f"{datasette}/{name}.json?{urlencode({'_shape': 'array', **given})}") as answer:  # noqa: S310
        rows: list[dict[str, Any]] = json.load(answer)
    assert rows
    assert all(row.values() for row in rows)


def test_the_page_lists_the_prepared_questions_with_their_fields() -> None:
    page = (RECIPES / "datasette.md").read_text(encoding="utf-8")
    listed = {
        path: (title, re.findall(r"\w+", fields))
        for title, path, fields in re.findall(r"^\| (.*) \| `/policytrack/(\w+)` \| (.*) \|$", page, re.MULTILINE)
    }
    assert listed == {name: (query["title"], query["params"]) for name, query in QUERIES.items()}


def test_the_prepared_questions_are_sound_sql_for_the_file(release: Path) -> None:
    with sqlite3.connect(f"file:{release}/policytrack.sqlite?mode=ro", uri=True) as connection:
        for name, query in QUERIES.items():
            assert set(re.findall(r":(\w+)", query["sql"])) == set(query["params"]), name
            assert connection.execute(query["sql"], FIELDS).fetchone(), name


def test_every_recipe_is_listed() -> None:
    index = (RECIPES / "README.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in index for page in RECIPES.glob("*.md") if page.name != "README.md")


@pytest.mark.parametrize(
    ("page", "output", "same"), [("a  1", "a 23", True), ("a 1", "b 1", False), ("a", "a 1", False)]
)
def test_only_numbers_may_differ(page: str, output: str, same: bool) -> None:  # noqa: FBT001
    assert (masked(page) == masked(output)) is same
