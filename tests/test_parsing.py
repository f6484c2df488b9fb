"""Each mistake in a record is one finding, at its place, in words that a contributor can use."""

from dataclasses import dataclass

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from golden_files import FOLDER, UPDATE
from policytrack.documents import parse
from policytrack.findings import Finding
from policytrack.layout import KINDS, Spot
from policytrack.parsing import build
from profiles import CHOSEN

# A slip is laid over the good record of its kind: `-` lines go, `+` lines come in their place, or at the end.
GOOD = {
    "action": """\
title: x
kind: ban
instrument: ordinance
actor: acme
timeline: {enacted: 2020-06-10}
provisions:
  p1: {prohibits: use, by: any}
evidence:
  - {at: paper#p1, supports: all}
""",
    "source": f"""\
type: news-article
title: T
read: {{extent: full}}
passages:
  p1: {{locator: a, start: 1, length: 2, sha256: {"0" * 64}}}
""",
    "jurisdiction": "name: T\nlevel: state\n",
    "actor": "name: Acme\ntype: company\n",
    "technology": "name: Match\n",
}


@dataclass(frozen=True)
class Slip:
    """A mistake and what is told of it: a block of golden/slips.txt."""

    kind: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    told: tuple[str, ...]

    @classmethod
    def parse(cls, block: str) -> "Slip":
        """Read a block: the kind, the lines that change, and what is told."""
        kind, *lines = block.splitlines()
        removed = tuple(line[2:] for line in lines if line.startswith("- "))
        added = tuple(line[2:] for line in lines if line.startswith("+ "))
        return cls(kind, removed, added, tuple(lines[len(removed) + len(added) :]))

    @property
    def text(self) -> str:
        """The record with the mistake in it."""
        lines = GOOD[self.kind].splitlines()
        at = lines.index(self.removed[0]) if self.removed else len(lines)
        assert tuple(lines[at : at + len(self.removed)]) == self.removed
        lines[at : at + len(self.removed)] = self.added
        return "".join(f"{line}\n" for line in lines)

    def __str__(self) -> str:
        """Return the block, with what is told now."""
        changes = [f"- {line}" for line in self.removed] + [f"+ {line}" for line in self.added]
        return "\n".join([self.kind, *changes, *map(line_of, findings(self.kind, self.text))])


def findings(kind: str, text: str) -> list[Finding]:
    """What reading a record tells."""
    document, faults = parse("records/x.yaml", text.encode())
    return faults + (build(document, Spot(KINDS[kind], "x"))[1] if document else [])


def line_of(finding: Finding) -> str:
    """A finding in one line: code, place, message and help."""
    place = f"{finding.place.line}:{finding.place.column}"
    return f"{finding.code} {place} {finding.message}" + (f" | {finding.help}" if finding.help else "")


SLIPS = [Slip.parse(block) for block in (FOLDER / "slips.txt").read_text(encoding="utf-8").strip().split("\n\n")]


@pytest.fixture(scope="module", autouse=True)
def _updated() -> None:
    if UPDATE:
        text = "\n\n".join(map(str, SLIPS)) + "\n"
        (FOLDER / "slips.txt").write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.kind} {' '.join(slip.added or slip.removed)}"[:70])
def test_a_slip_is_one_finding_at_its_place(slip: Slip) -> None:
    found = findings(slip.kind, slip.text)
    assert len(found) == 1
    assert UPDATE or (line_of(found[0]),) == slip.told
    assert found[0].subject == f"{slip.kind}/x"


@pytest.mark.parametrize("kind", GOOD)
def test_the_good_records_are_good(kind: str) -> None:
    assert findings(kind, GOOD[kind]) == []


def test_the_slips_show_every_check_of_the_shape() -> None:
    assert {told.split()[0] for slip in SLIPS for told in slip.told} == {f"PT0{number}" for number in range(30, 39)}


@given(st.lists(st.sampled_from([slip for slip in SLIPS if slip.kind == "action" and slip.removed]), max_size=4))
@CHOSEN
def test_several_slips_are_as_many_findings(slips: list[Slip]) -> None:
    """Slips on different lines are told of one by one: the first hides none of the others."""
    chosen = {slip.removed: slip for slip in slips if len(slip.removed) == len(slip.added) == 1}
    lines = GOOD["action"].splitlines()
    for slip in chosen.values():
        lines[lines.index(slip.removed[0])] = slip.added[0]
    found = sorted(findings("action", "\n".join(lines)), key=lambda finding: finding.place)
    assert [line_of(each) for each in found] == [
        told for slip in sorted(chosen.values(), key=lambda slip: place_of(slip.told[0])) for told in slip.told
    ]


def place_of(told: str) -> tuple[int, ...]:
    """Line and column of a finding in one line."""
    return tuple(map(int, told.split()[1].split(":")))


def test_each_missing_field_is_told_though_all_have_one_place() -> None:
    told = [(each.code, each.place.line, each.message) for each in findings("action", "notes: x\n")]
    fields = ("title", "kind", "instrument", "actor", "timeline", "evidence")
    assert told == [("PT030", 1, f"field `{field}` is missing") for field in fields]


def test_the_example_of_a_missing_field_mends_the_record() -> None:
    text = "notes: x\n"
    for each in findings("action", text):
        text += each.help.partition("For example: ")[2] + "\n"
    assert findings("action", text) == []


@pytest.mark.parametrize("text", ["2020", "1_000", "0x1f", "1e3", "NO", "~", "null", "true", ".inf", "12:30"])
def test_what_looks_like_something_else_is_a_text(text: str) -> None:
    document, _ = parse("records/x.yaml", f"name: {text}\ntype: company\naliases: [{text}]\n".encode())
    assert document is not None
    record, faults = build(document, Spot(KINDS["actor"], "x"))
    assert faults == []
    assert record is not None
    assert (record.model.name, record.model.aliases) == (text, (text,))


def test_digits_are_read_as_they_are_written() -> None:
    text = GOOD["source"].replace("start: 1", "start: '1'").replace("length: 2", "length: 999999999")
    document, _ = parse("records/x.yaml", text.encode())
    assert document is not None
    record, faults = build(document, Spot(KINDS["source"], "x"))
    assert faults == []
    assert record is not None
    assert (record.model.passages["p1"].start, record.model.passages["p1"].length) == (1, 999_999_999)


@given(
    st.sampled_from(sorted(GOOD)),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["", " ", "[]", "{}", "x", "[x, x]", "{x: y}", "1", "~"]))),
)
@CHOSEN
def test_values_put_anywhere_give_findings_on_lines_of_the_file(kind: str, changes: list[tuple[int, str]]) -> None:
    tree = yaml.safe_load(GOOD[kind])
    text = yaml.safe_dump(tree, sort_keys=False, default_flow_style=False)
    lines = text.splitlines()
    for number, value in changes:
        key, colon, _ = lines[number % len(lines)].partition(":")
        lines[number % len(lines)] = f"{key}{colon} {value}"
    for each in findings(kind, "\n".join(lines)):
        assert 1 <= each.place.line <= len(lines)
        assert each.message
        assert each.name
