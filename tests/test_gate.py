"""The gate of packages: every single fault is found with its code and its place, and nothing is made up."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gate_keys
import gate_package
from gate_mutants import MUTANTS, Mutant
from policytrack.findings import CATALOGUE, Check, Finding, Place, Severity
from policytrack.gate import report
from policytrack.package import check_package

# What no content of files can show: a file that may not be read, or fails while it is.
UNPLANTED = {"file.closed"}


@contextmanager
def listened(monkeypatch: pytest.MonkeyPatch, without: str = "") -> Iterator[set[str]]:
    """Note which keys are told, and keep one of them from being told."""
    keys: set[str] = set()
    say = report.Report.say

    def noted(self: report.Report, check: Check, key: str, place: Place, *rest: Any, **more: Any) -> None:
        keys.add(key)
        if key != without:
            say(self, check, key, place, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(report.Report, "say", noted)
        yield keys


def found(folder: Path) -> list[tuple[str, tuple[str, int, int]]]:
    return [(each.code, (each.place.path, each.place.line, each.place.column)) for each in check_package(folder)]


# Single faults


def test_the_package_without_a_fault_has_no_finding(tmp_path: Path) -> None:
    assert check_package(gate_package.lay(tmp_path, gate_package.good())) == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=[each.key for each in MUTANTS])
def test_a_single_fault_is_found_once_with_its_code_and_place(
    tmp_path: Path, mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, place = mutant.planted()
    with listened(monkeypatch) as keys:
        findings = found(gate_package.lay(tmp_path, files))
    assert (findings, keys) == ([(mutant.code, place)], {mutant.key})


def test_no_two_mutants_test_the_same() -> None:
    assert len({(each.code, each.key) for each in MUTANTS}) == len(MUTANTS) > 300


def test_every_thing_that_the_gate_tests_has_a_mutant() -> None:
    planted = {each.key for each in MUTANTS}
    patterns = {site.pattern for site in gate_keys.sites() if "portable" not in site.pattern}
    without = {each for each in patterns if not any(re.fullmatch(each, key) for key in planted)}
    assert {each.replace("\\", "") for each in without} == UNPLANTED
    assert gate_keys.keys_of_shapes() - planted == set()


def test_the_page_of_the_comparison_tells_of_every_fault() -> None:
    page = (Path(__file__).parent.parent / "docs/explanation/package-gate.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (PT\d+) \| `(.+?)` \| (\w+) \|", page)
    assert rows == [(each.code, each.key, "place") for each in MUTANTS]


def test_every_code_of_the_gate_is_declared_with_a_severity_that_fits() -> None:
    for mutant in MUTANTS:
        wanted = {"PT050": Severity.WARNING, "PT051": Severity.NOTICE}.get(mutant.code, Severity.ERROR)
        assert CATALOGUE[mutant.code].severity is wanted


def test_a_message_on_the_descriptor_begins_with_the_pointer(tmp_path: Path) -> None:
    mutant = next(each for each in MUTANTS if each.key == "field.type.unknown")
    (finding,) = check_package(gate_package.lay(tmp_path, mutant.planted()[0]))
    assert finding.message == "/resources/0/schema/fields/1/type: `sting` is no type"
    assert finding.help == "did you mean `string`?"


# What is no fault


def changed(change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> dict[str, bytes]:
    told, files = gate_package.descriptor(), gate_package.raw_files()
    change(told, files)
    return {**files, "datapackage.json": gate_package.text_of(gate_package.sealed(told, files)).encode()}


def _first_version(told: dict[str, Any], files: dict[str, bytes]) -> None:
    del told["$schema"]
    files.pop("profile.json")
    told["profile"] = "data-package"
    told["contributors"] = [{"title": "Everybody", "role": "author"}]
    people = next(each for each in told["resources"] if each["name"] == "people")
    del people["type"]
    people["profile"] = "tabular-data-resource"
    people["schema"] |= {
        "primaryKey": "id",
        "foreignKeys": [{"fields": "boss", "reference": {"resource": "", "fields": "id"}}],
        "missingValues": ["", "NA"],
    }


def _own_words(told: dict[str, Any], files: dict[str, bytes]) -> None:
    assert files
    told["rights"] = {"x": 1}
    told["resources"][0]["_cache"] = 1
    told["resources"][0]["schema"]["fields"][0]["unit"] = "m"
    told["resources"][1]["schema"]["foreignKeys"][1]["reference"]["resource"] = "people"


def _carriage_returns(told: dict[str, Any], files: dict[str, bytes]) -> None:
    assert told
    for name in ("people", "notes", "loose"):
        files[f"data/{name}.csv"] = files[f"data/{name}.csv"].replace(b"\n", b"\r\n")


def _no_last_end(told: dict[str, Any], files: dict[str, bytes]) -> None:
    assert told
    files["data/people.csv"] = files["data/people.csv"].rstrip(b"\n")


def _utf_16(told: dict[str, Any], files: dict[str, bytes]) -> None:
    files["data/loose.csv"] = files["data/loose.csv"].decode().encode("utf-16")
    next(each for each in told["resources"] if each["name"] == "loose")["encoding"] = "utf-16"


def _empty_tables(told: dict[str, Any], files: dict[str, bytes]) -> None:
    assert told
    files["data/notes.csv"] = b"id,note\n"
    files["data/lines.ndjson"] = b""
    files["data/grid.json"] = b"[]"


@pytest.mark.parametrize(
    "change", [_first_version, _own_words, _carriage_returns, _no_last_end, _utf_16, _empty_tables]
)
def test_what_the_standard_allows_is_no_finding(tmp_path: Path, change: Any) -> None:
    assert check_package(gate_package.lay(tmp_path, changed(change))) == []


def test_many_cells_with_one_fault_are_told_as_few_and_a_number(tmp_path: Path) -> None:
    def change(_: dict[str, Any], files: dict[str, bytes]) -> None:
        files["data/part-2.csv"] = b"2024-01-03,x\n" * 1000

    findings = check_package(gate_package.lay(tmp_path, changed(change)))
    assert len(findings) == report.SHOWN + 1
    assert any(each.message == f"`value`: {1000 - report.SHOWN} more findings like those told" for each in findings)


def test_a_link_out_of_the_package_is_not_followed(tmp_path: Path) -> None:
    folder = gate_package.lay(tmp_path / "package", gate_package.good())
    (tmp_path / "outside.csv").write_text("anything,goes\nsecret,x,y\n", encoding="utf-8")
    (folder / "data/loose.csv").unlink()
    (folder / "data/loose.csv").symlink_to(tmp_path / "outside.csv")
    (finding,) = check_package(folder)
    assert (finding.code, "leads out of the package" in finding.message) == ("PT041", True)


def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path) -> None:
    folder = gate_package.lay(tmp_path, gate_package.good())
    table = folder / "data/loose.csv"
    makers: list[Callable[[], None]] = [
        lambda: table.mkdir(),  # noqa: PLW0108 - a method with arguments of its own is no maker
        lambda: os.mkfifo(table),
        lambda: table.symlink_to("loose.csv"),
    ]
    for make in makers:
        table.unlink() if table.is_file() or table.is_symlink() or table.is_fifo() else table.rmdir()
        make()
        (finding,) = check_package(folder)
        assert finding.code == "PT041"
        assert str(tmp_path) not in finding.message


def test_a_file_that_fails_while_it_is_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = gate_package.lay(tmp_path, gate_package.good())
    usual = Path.open

    def failing(self: Path, *rest: Any, **more: Any) -> Any:
        if self.name == "loose.csv":
            raise OSError(5, "Input/output error")
        return usual(self, *rest, **more)

    monkeypatch.setattr(Path, "open", failing)
    assert "the file cannot be read: Input/output error" in {each.message for each in check_package(folder)}


def test_a_table_of_any_length_is_read_line_by_line(tmp_path: Path) -> None:
    import tracemalloc

    def change(_: dict[str, Any], files: dict[str, bytes]) -> None:
        files["data/loose.csv"] = b"anything,goes\n" + b"some text,some more text\n" * 400_000

    folder = gate_package.lay(tmp_path, changed(change))
    tracemalloc.start()
    assert check_package(folder) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000 < (folder / "data/loose.csv").stat().st_size


# Nothing raises

PIECES: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        1,
        -1.5,
        True,
        "",
        "x",
        [],
        {},
        [1],
        [[]],
        [{}],
        {"a": 1},
        "../x",
        "http://x",
        "\ud800",
        "\0",
        10**400,
        ["x", "x"],
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_spoilt_descriptor_makes_the_gate_fail(data: st.DataObject) -> None:
    told = gate_package.descriptor()
    for _ in range(data.draw(st.integers(1, 4))):
        holder: Any = told
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.integers(0, 3)) == 0:
                break
            holder = holder[key]
        # A piece that is drawn twice must not end up in itself.
        holder[key] = deepcopy(data.draw(PIECES))
    raises_not({**gate_package.raw_files(), "datapackage.json": json.dumps(told).encode()})


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_spoilt_bytes_make_the_gate_fail(data: st.DataObject) -> None:
    files = gate_package.good()
    path = data.draw(st.sampled_from(sorted(files)))
    raw = bytearray(files[path])
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(raw)))
        stop = min(len(raw), start + data.draw(st.integers(0, 3)))
        raw[start:stop] = data.draw(
            st.sampled_from(
                [b'"', b"'", b"\0", b"\xff", b"\r", b"\n", b",", b";", b"\xef\xbb\xbf", b"{", b"]", b"/", b""]
            )
        )
    raises_not({**files, path: bytes(raw)})


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, {"type": ["string"], "categories": ["a"], "format": {}}),
        (15, {"type": "object", "constraints": {"jsonSchema": {"$schema": "http://[", "$id": "http://["}}}),
        (15, {"type": "object", "constraints": {"jsonSchema": {"$schema": ["x"]}}}),
        (15, {"type": "object", "constraints": {"jsonSchema": {"$ref": "https://example.org/elsewhere.json"}}}),
    ],
)
def test_what_once_raised_does_so_no_more(number: int, told: dict[str, Any]) -> None:
    spoilt = gate_package.descriptor()
    field = spoilt["resources"][0]["schema"]["fields"][number]
    field.clear()
    field |= {"name": gate_package.TYPES[number][0], **told}
    raises_not({**gate_package.raw_files(), "datapackage.json": json.dumps(spoilt).encode()})


def raises_not(files: dict[str, bytes]) -> list[Finding]:
    """Check a package; every finding that comes of it points into a file of it."""
    with tempfile.TemporaryDirectory() as name:
        findings = check_package(gate_package.lay(Path(name), files))
    for each in findings:
        assert each.place.line >= 1
        assert each.place.column >= 1
        assert json.dumps(each.as_json())
    return findings
