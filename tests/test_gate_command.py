"""`policytrack check-package`: any package, in every form of report, with an exit code that says whether it holds."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

import gate_package
from gate_mutants import MUTANTS
from policytrack import api
from policytrack.cli import app
from policytrack.cli.terminal import UsageFault


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check-package", *words])
    if isinstance(done.exception, UsageFault):
        raise done.exception
    return done.exit_code, done.output


def spoilt(folder: Path, key: str) -> str:
    mutant = next(each for each in MUTANTS if each.key == key)
    return str(gate_package.lay(folder, mutant.planted()[0]))


def test_a_sound_package_of_anybody_passes(tmp_path: Path) -> None:
    folder = str(gate_package.lay(tmp_path, gate_package.good()))
    assert run(folder, "--strict") == (0, f"{folder} checked: no findings\n")
    code, said = run(folder, "--portable")
    assert code == 1
    assert "PT049 package-portability" in said


def test_a_finding_is_told_with_its_line_and_a_caret(tmp_path: Path) -> None:
    code, said = run(spoilt(tmp_path, "reference.row"))
    assert code == 1
    assert said == (
        "data/people.csv:3:6: error PT044 package-reference: team = green is no row of teams\n"
        "  | 2,Bo,green,1,bo@example.org,NA\n"
        "  |      ^\n"
        f"{tmp_path} checked: 1 error\n"
    )


@pytest.mark.parametrize(("key", "codes"), [("package.name.case", (0, 1)), ("unread.remote", (0, 0))])
def test_warnings_fail_when_strict_and_notices_never(tmp_path: Path, key: str, codes: tuple[int, int]) -> None:
    folder = spoilt(tmp_path, key)
    assert (run(folder)[0], run(folder, "--strict")[0]) == codes


def test_every_form_of_report_carries_the_finding(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, "cell.date")
    (told,) = json.loads(run(folder, "--format", "json")[1])
    assert told == api.check_package(folder)[0].as_json()
    (result,) = json.loads(run(folder, "--format", "sarif")[1])["runs"][0]["results"]
    assert result["ruleId"] == told["code"] == "PT042"
    assert run(folder, "--format", "github")[1].startswith("::error file=data/types.csv,line=2,col=")
    (case,) = ET.fromstring(run(folder, "--format", "junit")[1]).iter("testcase")  # noqa: S314 - it is our own
    assert case.get("file") == "data/types.csv"


def test_a_folder_that_is_none_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="is no folder"):
        run(str(tmp_path / "nothing"))
