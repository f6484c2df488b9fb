"""Reports for programs hold every finding, and nothing in a finding breaks out of them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from policytrack.findings import CATALOGUE, Finding, Place, Severity
from policytrack.reporting import as_github, as_junit, as_sarif, fingerprints, harmless, split
from policytrack.rules import RULES
from profiles import CHOSEN

SCHEMA = Path(__file__).parent.parent / ".cache/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"

words = st.text(max_size=30)
findings = st.lists(
    st.builds(
        lambda code, path, line, column, message, advice, subject: CATALOGUE[code].at(
            Place(path, line, column), message, advice, subject
        ),
        st.sampled_from(sorted(RULES)),
        st.text(min_size=1, max_size=20),
        st.integers(1, 99),
        st.integers(1, 99),
        words,
        words,
        words,
    ),
    max_size=5,
)
NASTY = [
    CATALOGUE["PT031"].at(
        Place("records/a,b:c%0A.yaml", 3, 7),
        "100% \r\n::error::x\x00\x1b[31m]]>&\ud800\ufffe",
        "<a>\n::stop-commands::x",
    )
]


def unescaped(text: str) -> str:
    """Undo the escapes as the runner does."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@CHOSEN
@given(findings)
@example(NASTY)
def test_an_annotation_is_one_command_on_one_line(found: list[Finding]) -> None:
    said = as_github(found)
    lines = said.split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(said.splitlines()) == len(found)
    for line, finding in zip(lines, found, strict=True):
        _, head, message = line.split("::", 2)
        kind, _, rest = head.partition(" ")
        properties = dict(each.split("=", 1) for each in rest.split(","))
        assert kind == finding.severity.value
        assert unescaped(properties["file"]) == harmless(finding.place.path)
        assert (properties["line"], properties["col"]) == (str(finding.place.line), str(finding.place.column))
        assert properties["title"] == f"{finding.code} {finding.name}"
        assert ("\nhelp: " in unescaped(message)) == bool(finding.help)


@CHOSEN
@given(findings)
@example(NASTY)
def test_sarif_holds_every_finding_and_every_page(found: list[Finding]) -> None:
    log = json.loads(as_sarif(found, version="1.2.3"))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(CATALOGUE)
    assert all(rule["help"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    for result, finding in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region == {"startLine": finding.place.line, "startColumn": finding.place.column}
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert unquote(uri, errors="replace") == finding.place.path.encode(errors="replace").decode()
        assert "baselineState" not in result


def test_sarif_tells_new_from_old() -> None:
    first, second = (CATALOGUE["PT031"].at(Place("a", line), "m") for line in (1, 2))
    results = json.loads(as_sarif([first, second], new=[second]))["runs"][0]["results"]
    assert [result["baselineState"] for result in results] == ["unchanged", "new"]


@CHOSEN
@given(findings)
@example(NASTY)
def test_junit_is_xml_with_a_case_to_a_finding(found: list[Finding]) -> None:
    suites = ET.fromstring(as_junit(found, lambda finding: finding.severity is Severity.ERROR).encode())  # noqa: S314
    (suite,) = suites
    cases = list(suite)
    failed = [case for case in cases if case.find("failure") is not None]
    assert len(cases) == int(suite.get("tests", "")) == max(1, len(found))
    assert len(failed) == int(suite.get("failures", "")) == sum(each.severity is Severity.ERROR for each in found)
    for case, finding in zip(cases, found, strict=False):
        assert case.get("name", "").startswith(f"{finding.code} {finding.name}")
        (told,) = case
        assert finding.severity in (told.text or "")


def moved(finding: Finding, lines: int) -> Finding:
    place = Place(finding.place.path, finding.place.line + lines, 1)
    return CATALOGUE[finding.code].at(place, finding.message, finding.help, finding.subject)


@CHOSEN
@given(findings, st.integers(1, 50))
def test_fingerprints_are_stable_against_moves_and_tell_equal_findings_apart(found: list[Finding], by: int) -> None:
    marks = list(fingerprints(found))
    assert marks == list(fingerprints([moved(each, by) for each in found]))
    assert len(set(marks)) == len(marks)


@CHOSEN
@given(findings, findings, st.integers(0, 9))
def test_new_findings_are_those_beyond_the_old_ones(old: list[Finding], extra: list[Finding], by: int) -> None:
    now = [moved(each, by) for each in old] + extra
    parted = split(now, old)
    assert len(parted.new) == len(extra)
    assert sorted(map(id, (*parted.new, *parted.old))) == sorted(map(id, now))
    assert split(old, now).new == ()


def test_a_line_that_a_message_names_moves_like_any_other() -> None:
    before = CATALOGUE["PT007"].at(Place("a", 9), "key `name` stands twice, first on line 2")
    after = CATALOGUE["PT007"].at(Place("a", 19), "key `name` stands twice, first on line 12")
    assert split([after], [before]).new == ()


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The SARIF schema as a package of the npm registry ships it, kept in a cache folder."""
    if not SCHEMA.is_file():
        folder = SCHEMA.parents[5]
        folder.mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        try:
            subprocess.run([*npm, f"--prefix={folder}", PACKAGE], capture_output=True, check=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"the SARIF schema comes from npm, which did not answer: {error}")
    found: dict[str, Any] = json.loads(SCHEMA.read_text())
    return found


@pytest.mark.slow
@CHOSEN
@given(found=findings)
@example(found=NASTY)
def test_sarif_is_valid_by_its_schema(found: list[Finding], schema: dict[str, Any]) -> None:
    for new in (None, found[:1]):
        log = json.loads(as_sarif(found, new, "1.2.3"))
        assert [fault.message for fault in Draft7Validator(schema).iter_errors(log)] == []
