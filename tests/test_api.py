"""The commands as functions: each command has a twin of the same name, and the public names cost nothing until used."""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
import typer

import policytrack
from policytrack import api
from policytrack.cli import app
from policytrack.cli.manual import _commands

ROOT = Path(__file__).parent.parent


def test_every_command_has_a_twin() -> None:
    names = [name for name, _ in _commands(typer.main.get_command(app))]
    # The kind of record is a word behind `new`, and an argument of its twin.
    commands = {"new" if name.startswith("new ") else re.sub("[ -]", "_", name) for name in names}
    assert commands | {"read", "load", "fix"} == set(api.__all__)


def test_the_public_names_are_those_of_the_api() -> None:
    for name in policytrack.__all__:
        assert callable(getattr(policytrack, name))
    with pytest.raises(AttributeError):
        policytrack.nothing  # noqa: B018


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, policytrack; print(sorted(m for m in sys.modules if m.startswith('policytrack')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['policytrack']"


def test_the_version_is_that_of_what_is_installed() -> None:
    assert policytrack.__version__ == version("policytrack")
    assert "__version__" in dir(policytrack)


def test_a_day_is_a_date_or_a_text_and_rows_have_dates() -> None:
    dataset = api.read(Path(__file__).parent / "tree")
    (row,) = api.in_force(dataset, on="2020-07-01", as_known="2021-01-01")
    assert [row] == api.in_force(dataset, on=date(2020, 7, 1), as_known=datetime(2021, 1, 1, 12, tzinfo=UTC))
    told = row.as_dict()
    assert told["since_earliest"] == told["since_latest"]
    assert isinstance(told["since_earliest"], date)
    assert (told["until_earliest"], told["until_latest"]) == (None, None)
    assert {*row.as_json()} - {"since", "until"} == {name for name in told if not name.startswith(("since_", "until_"))}


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"on": 20200701}, TypeError, "on is a date or a text such as 2020-07-01, not int"),
        ({"on": "July 2020"}, ValueError, "on is a day: write `July 2020` as YYYY-MM-DD"),
        ({"on": "2020-02-30"}, ValueError, "on is a day"),
        ({"on": "2020-07-01", "as_known": "2020"}, ValueError, "as_known is a day"),
    ],
)
def test_what_is_no_day_is_told(given: dict[str, str], error: type[Exception], says: str) -> None:
    dataset = api.read(Path(__file__).parent / "tree")
    with pytest.raises(error, match=re.escape(says)):
        api.in_force(dataset, **given)


def test_twins_answer_like_commands(tmp_path: Path) -> None:
    dataset = api.read(ROOT)
    assert [finding for finding in api.check(dataset, date(2026, 11, 22)) if finding.severity != "notice"] == []
    moratorium = "amazon-rekognition-police-moratorium-2020"
    rows = api.in_force(dataset, on=date(2020, 7, 1), measure=moratorium)
    assert [row.answer.state for row in rows if row.answer.action == moratorium] == ["in_force"] * 3
    assert api.show(dataset, "amazon", date(2020, 7, 1))[0]["title"] == "Amazon"
    assert api.explain("PT007").startswith("PT007 duplicate-key")
    assert {"vocabulary": "grade", "codes": 4} in api.codes()
    assert {each["code"] for each in api.codes("grade")} == {"A", "B", "C", "D"}
    assert {finding.severity for finding in api.todo(dataset, date(2026, 11, 22))} == {"notice"}
    built = api.build(dataset, tmp_path / "out")
    assert built.rows["actions"] == len(dataset.actions)
    assert [row["id"] for row in api.load("actions", tmp_path / "out")] == sorted(dataset.actions)
    assert (
        api.generate(
            ROOT, check=True, extra={"docs/reference/commands.md": (ROOT / "docs/reference/commands.md").read_text()}
        )
        == []
    )
    (tmp_path / "copies").mkdir()
    assert {result.state for result in api.verify(dataset, tmp_path / "copies")} == {"unchecked"}


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: api.show(api.read(ROOT), "amazn", date(2020, 7, 1)), "did you mean `amazon`"),
        (lambda: api.explain("duplicate-kei"), "did you mean `duplicate-key`"),
        (lambda: api.codes("grad"), "did you mean `grade`"),
    ],
)
def test_an_unknown_name_raises_with_the_nearest(call: object, says: str) -> None:
    with pytest.raises(KeyError, match=says):
        call()  # type: ignore[operator]
