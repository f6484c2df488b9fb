"""Reports for people and for programs: golden texts, carets under the fault, and nothing that a terminal obeys."""

import json
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from golden_files import compare
from policytrack.dataset import read
from policytrack.documents import MAX_BYTES
from policytrack.findings import Finding, Place, Severity
from policytrack.reporting import as_json, harmless, harmless_lines, summary, text
from profiles import CHOSEN

# Each file has the mistakes that its name tells of; together they show what a report has to cope with.
BROKEN: dict[str, str | bytes] = {
    "records/actions/2020/many-slips.yaml": """\
# yaml-language-server: $schema=../../../schemas/action.schema.json
title: Acme pauses sales to police
kind: sales suspension
instrument: corporate-policy
actor: Acme Corp.
timeline: {announced: June 10 2020, ends: one year}
provisions:
  p1: {prohibits: sell, restricts: use, to: [law-enforcement]}
  p2: {prohibts: use}
evidence:
  - {at: acme-release-2020#p1, suports: all}
  - {at: acme-release-2020 p1, supports: [what, what]}
""",
    "records/actors/dangerous.yaml": 'name: x\ntype: "a\\e[31mb"\nparent: "c\\nd"\n'
    "identifiers: [\u202egnihton\u202c Q1]\n",
    "records/actors/duplicate.yaml": "name: x\ntype: company\nname: y\n",
    "records/actors/empty.yaml": "",
    "records/actors/long-line.yaml": f"{{name: x, aliases: [{', '.join(f'alias {n}' for n in range(40))}], "
    f"type: compny, notes: {'word ' * 40}}}\n",
    "records/actors/tabs.yaml": "name: x\ntype:\t\tcompny\t# tabs before and after\n",
    "records/actors/wide.yaml": "{name: 東京都警視庁, aliases: [ポリス, é, e\u0301], type: 警察}\n",
    "records/elsewhere/lost.yaml": "name: x\n",
    "records/sources/2020/latin.yaml": b"type: news-article\ntitle: Caf\xe9 bans cameras\n",
    "records/sources/2020/nul.yaml": b"type: news-article\ntitle: a\0b\n",
    "records/sources/2020/unclosed.yaml": "type: news-article\ntitle: 'It is so\nread: {extent: full}\n",
}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A root with the broken records."""
    for path, content in BROKEN.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return tmp_path


def test_the_report_for_people(broken: Path) -> None:
    dataset = read(broken)
    compare("report.txt", text(dataset.findings, broken) + summary(dataset.findings, dataset.files) + "\n")


def test_the_report_for_programs(broken: Path) -> None:
    compare("report.json", as_json(read(broken).findings))


def test_json_has_the_published_shape(broken: Path) -> None:
    rows = json.loads(as_json(read(broken).findings))
    assert {row["path"] for row in rows} == set(BROKEN)
    for row in rows:
        assert list(row) == ["code", "name", "severity", "path", "line", "column", "message", "help"]
        assert [type(row[key]) for key in row] == [str, str, str, str, int, int, str, str]
        assert row["severity"] in {"error", "warning", "notice"}
    places = [(row["path"], row["line"], row["column"], row["code"]) for row in rows]
    assert places == sorted(places)


def test_json_of_nothing_is_an_empty_array() -> None:
    assert json.loads(as_json([])) == []
    assert text([], Path()) == ""


def finding(path: str, line: int, column: int, message: str = "m", advice: str = "") -> Finding:
    """A finding at a place."""
    return Finding("PT999", "some-name", Severity.WARNING, Place(path, line, column), message, advice)


def cells(shown: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.category(each) in {"Mn", "Me"} else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in shown
    )


def lines_of(raw: bytes, line: int, column: int, root: Path) -> list[str]:
    """The source line and the caret line of a report on one finding."""
    (root / "x.yaml").write_bytes(raw)
    return text([finding("x.yaml", line, column)], root).splitlines()[1:]


@pytest.mark.parametrize(
    ("raw", "column", "caret"),
    [
        ("type: compny", 7, 6),
        ("\ttype: x", 2, 4),
        ("a\tb\tc", 5, 10),
        ("名前: 警察", 5, 6),
        ("名前: 警察", 6, 8),
        ("e\u0301: x", 5, 3),
        ("a: \x1b[31mred", 4, 3),
        ("a\x1bb: x", 3, 7),
        ("ab", 3, 2),
        ("ab", 40, 2),
    ],
)
def test_the_caret_stands_under_the_fault(raw: str, column: int, caret: int, tmp_path: Path) -> None:
    shown, under = lines_of(raw.encode(), 1, column, tmp_path)
    assert under == f"  | {' ' * caret}^"
    assert shown == f"  | {harmless(raw)}"


@given(st.text("abé日\u0301\t: \x1b", max_size=300), st.text("abé日\u0301\t: \x1b", max_size=300))
@CHOSEN
@example("日" * 200, "日" * 200)
@example("", "a" * 119)
@example("", "a" * 120)
@example("a" * 60, "a" * 59)
@example("a" * 61, "a" * 59)
@example("\t" * 100, "")
def test_the_caret_points_at_the_fault_in_any_line(before: str, after: str) -> None:
    with TemporaryDirectory() as folder:
        shown, under = lines_of(f"x\n{before}§{after}\ny\n".encode(), 2, len(before) + 1, Path(folder))
    assert shown.count("§") == 1
    head, tail = shown.removeprefix("  | ").split("§")
    assert under == f"  | {' ' * cells(head)}^"
    assert len(head) + len(tail) <= 122
    assert harmless(before) == head or (head.startswith("…") and harmless(before).endswith(head[1:]))
    assert harmless(after) == tail or (tail.endswith("…") and harmless(after).startswith(tail[:-1]))


def test_a_long_line_is_cut_on_both_sides(tmp_path: Path) -> None:
    raw = b"a" * 300 + b"!" + b"b" * 300
    shown, under = lines_of(raw, 1, 301, tmp_path)
    assert shown == f"  | …{'a' * 60}!{'b' * 58}…"
    assert under == f"  | {' ' * 61}^"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
def test_line_ends_are_not_shown(ending: bytes, tmp_path: Path) -> None:
    assert lines_of(b"a: b" + ending, 1, 4, tmp_path) == ["  | a: b", "  |    ^"]


UNSEEN = ["\x00", "\x07", "\x1b[2J", "\x9b31m", "\r", "\n", "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\ue000"]


@pytest.mark.parametrize("value", UNSEEN)
def test_what_a_terminal_would_obey_or_hide_is_written_out(value: str, tmp_path: Path) -> None:
    where = f"records/{value}.yaml"
    report = text([finding(where, 1, 1, f"a{value}b", f"c{value}d")], tmp_path)
    shown = harmless(value)
    assert f"\\u{ord(value[0]):04x}" in shown
    assert report == f"records/{shown}.yaml:1:1: warning PT999 some-name: a{shown}b\n  help: c{shown}d\n"


@given(st.text())
@CHOSEN
def test_harmless_text_is_one_line_of_what_can_be_seen(value: str) -> None:
    categories = {unicodedata.category(each) for each in harmless(value)}
    assert not categories & {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    assert harmless(harmless(value)) == harmless(value)
    assert harmless_lines(value).split("\n") == [harmless(line) for line in value.split("\n")]


@given(st.text(), st.text())
@CHOSEN
@example("\u202e\x9b\U000e0041", "\ud800\n")
def test_json_holds_every_text_as_it_was_and_shows_what_would_not_be_seen(key: str, value: str) -> None:
    said = as_json([{key: value}])
    assert json.loads(said) == [{key: value}]
    assert {unicodedata.category(each) for each in set(said) - {"\n"}} & {
        "Cc",
        "Cf",
        "Cn",
        "Co",
        "Cs",
        "Zl",
        "Zp",
    } == set()
    assert said.count("\n") == 5
    assert as_json([{"a": "Größe 日本"}]) == '[\n  {\n    "a": "Größe 日本"\n  }\n]\n'


def test_a_sign_beyond_four_digits_is_told_from_one_before_a_digit() -> None:
    assert harmless("\U000e0041") == "\\U000e0041"
    assert harmless("\ue0041") == "\\ue0041"


@pytest.mark.parametrize("value", ["plain", "Größe", "日本語", "e\u0301", "“quoted”", "naïve"])
def test_what_can_be_seen_stays(value: str) -> None:
    assert harmless(value) == value


def test_a_message_as_long_as_a_file_is_cut(tmp_path: Path) -> None:
    report = text([finding("x", 1, 1, "m" * 500), finding("x", 1, 1, "m" * 501, "h" * 501)], tmp_path)
    first, second, advice = report.splitlines()
    assert first.endswith(": " + "m" * 500)
    assert second.endswith(": " + "m" * 500 + "…")
    assert advice == "  help: " + "h" * 500 + "…"


HEAD = "x.yaml:1:1: warning PT999 some-name: m\n"


def test_without_the_line_the_report_goes_on(tmp_path: Path) -> None:
    assert text([finding("x.yaml", 1, 1)], tmp_path) == HEAD
    (tmp_path / "x.yaml").mkdir()
    assert text([finding("x.yaml", 1, 1)], tmp_path) == HEAD
    (tmp_path / "y.yaml").write_bytes(b"a\n\n")
    for line in (2, 3, 4, 99):
        assert text([finding("y.yaml", line, 1)], tmp_path) == HEAD.replace("x.yaml:1", f"y.yaml:{line}")


def test_a_file_that_is_a_link_or_too_large_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "x.yaml").symlink_to(tmp_path / "secret")
    assert text([finding("x.yaml", 1, 1)], tmp_path) == HEAD
    (tmp_path / "x.yaml").unlink()
    (tmp_path / "x.yaml").write_bytes(b"a" * (MAX_BYTES + 1))
    assert text([finding("x.yaml", 1, 1)], tmp_path) == HEAD


def test_bytes_that_are_no_text_are_shown_as_such(tmp_path: Path) -> None:
    assert lines_of(b"a: \xff!", 1, 5, tmp_path) == ["  | a: \ufffd!", "  |     ^"]


def test_colours_stand_around_severity_and_caret(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"ab\n")
    report = text([finding("x.yaml", 1, 2)], tmp_path, lambda shown, color: f"<{color}>{shown}</>")
    head = "x.yaml:1:2: <yellow>warning</> PT999 some-name: m"
    assert report.splitlines() == [head, "  | ab", "  |  <red>^</>"]


@pytest.mark.parametrize(
    ("severities", "files", "line"),
    [
        ([], 0, "0 files checked: no findings"),
        ([Severity.ERROR], 1, "1 file checked: 1 error"),
        (
            [Severity.NOTICE, Severity.ERROR, Severity.WARNING, Severity.ERROR],
            12,
            "12 files checked: 2 errors, 1 warning, 1 notice",
        ),
    ],
)
def test_the_last_line_counts(severities: list[Severity], files: int, line: str) -> None:
    found = [Finding("PT999", "n", severity, Place("x"), "m") for severity in severities]
    assert summary(found, files) == line
    assert summary(found, 20, files) == line.replace(" checked", " shown, 20 checked")
