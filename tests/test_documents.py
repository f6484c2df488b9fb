"""Reading YAML text: faults at their line and column, marks on every key and value, and texts that stay texts."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from policytrack.dataset import read
from policytrack.documents import MAX_BYTES, MAX_DEPTH, Data, building, parse, reading, walk
from policytrack.findings import Place
from profiles import CHOSEN

Laid = Callable[[Mapping[str, str | bytes]], Path]

SHUT = "found character that cannot start any token"
NO_FIELDS = "write `field: value` lines"
LOOK = "look here and at the line above"
NO_FIELD = "write `field: value`; indent the line if it goes on with the one above, or take it out"
OPENS = "a merge was left unfinished: `{}` opens this line"
ONE_SIDE = "keep one of the two sides, and take the marker lines out"
CLOSE = "close the quotation mark that opens here"
LARGE = f"the file has {MAX_BYTES + 1:,} bytes; at most 262,144 are read"

# What is wrong, the file's bytes, and code, line, column, message and help of the one finding.
FAULTS: dict[str, tuple[bytes, str, int, int, str, str]] = {
    "invalid UTF-8 behind wide characters": (
        "a: b\nname: 日本語".encode() + b"\xe9 x\n",
        "PT002", 2, 10, "byte 0xe9 is not UTF-8", "save the file as UTF-8",
    ),
    "UTF-16": ("\ufeffa: b".encode("utf-16-le"), "PT002", 1, 1, "byte 0xff is not UTF-8", "save the file as UTF-8"),
    "an encoded surrogate": (b"a: \xed\xa0\x80\n", "PT002", 1, 4, "byte 0xed is not UTF-8", "save the file as UTF-8"),
    "a cut character at the end": (b"a: \xe6\x97", "PT002", 1, 4, "byte 0xe6 is not UTF-8", "save the file as UTF-8"),
    "byte-order mark": (
        b"\xef\xbb\xbfa: b\n", "PT003", 1, 1, "the file holds a byte-order mark", "save it as UTF-8 without BOM",
    ),
    "byte-order mark inside": (
        "a: b\nc: é\ufeffd\n".encode(), "PT003", 2, 5, "the file holds a byte-order mark",
        "save it as UTF-8 without BOM",
    ),
    "NUL": ("a: b\n語: 語\x00\n".encode(), "PT004", 2, 5, "control character U+0000", "delete it"),
    "escape": (b"a: b\nc: \x1b[31m\n", "PT004", 2, 4, "control character U+001B", "delete it"),
    "C1 control": ("a: \x9b\n".encode(), "PT004", 1, 4, "control character U+009B", "delete it"),
    "line separator": ("a: b\u2028c: d\n".encode(), "PT004", 1, 5, "control character U+2028", "delete it"),
    "a lone return": (b"a: b\rc: d\n", "PT004", 1, 5, "control character U+000D", "delete it"),
    "too large": (
        b"a: b\n" + b"#" * (MAX_BYTES - 4), "PT005", 1, 1, LARGE,
        "a record is a few kilobytes: split it or remove what is foreign",
    ),
    "tab as indentation": (
        b"a:\n\tb: c\n", "PT006", 2, 1, f"the text is not YAML: {SHUT}", "indent with spaces: YAML takes no tab here",
    ),
    "a colon in a value": (
        b"a: b\nc: d: e\n", "PT006", 2, 5,
        "the text is not YAML: mapping values are not allowed in this context", "quote the value",
    ),
    "an at sign": (b"a: @b\n", "PT006", 1, 4, f"the text is not YAML: {SHUT}", "quote the value"),
    "a backtick": (b"a: `b`\n", "PT006", 1, 4, f"the text is not YAML: {SHUT}", "quote the value"),
    "an unclosed single quote": (
        b"a: b\nc: 'd\ne: f\n", "PT006", 2, 4, "the text is not YAML: found unexpected end of stream", CLOSE,
    ),
    "an unclosed double quote": (
        'é: b\nc: "d\ne: f\n'.encode(), "PT006", 2, 4, "the text is not YAML: found unexpected end of stream", CLOSE,
    ),
    "text behind a quoted value": (
        b'a: "b" c\n', "PT006", 1, 8, "the text is not YAML: did not find expected key", LOOK,
    ),
    "an unclosed bracket": (
        b"a: [b, c\nd: e\n", "PT006", 2, 2, "the text is not YAML: did not find expected ',' or ']'",
        "close the bracket that opens on line 1, and put a comma between its items",
    ),
    "a colon without its space": (
        b"a: b\nc:d\ne: f\n", "PT006", 2, 1, "the text is not YAML: could not find expected ':'",
        "put a space behind the colon: `c: \u2026`",
    ),
    "a key without a colon": (
        b"a: b\nc\nd: e\n", "PT006", 2, 1, "the text is not YAML: could not find expected ':'", NO_FIELD,
    ),
    "a line of text": (
        b"a: b\nand so on\nd: e\n", "PT006", 2, 1, "the text is not YAML: could not find expected ':'", NO_FIELD,
    ),
    "a no-break space behind a colon": (
        "a: b\nc:\u00a0d\ne: f\n".encode(), "PT006", 2, 1, "the text is not YAML: could not find expected ':'",
        "no-break space (U+00A0) in column 3: write a plain space instead",
    ),
    "a wide space at the beginning": (
        "a:\n  b: c\n\u3000 d\ne: f\n".encode(), "PT006", 3, 1,
        "the text is not YAML: could not find expected ':'",
        "ideographic space (U+3000) in column 1: write a plain space instead",
    ),
    "a no-break space that does no harm": (
        "a: b\u00a0c: d\n".encode(), "PT006", 1, 7,
        "the text is not YAML: mapping values are not allowed in this context", "quote the value",
    ),
    "a merge of two values": (
        b"a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", "PT006", 2, 1, OPENS.format("<" * 7), ONE_SIDE,
    ),
    "a merge in a list, with what both sides had": (
        b"a:\n  - b\n<<<<<<< HEAD\n  - c\n||||||| 1234\n=======\n  - d\n>>>>>>> other\n", "PT006", 3, 1,
        OPENS.format("<" * 7), ONE_SIDE,
    ),
    "the middle of a merge": (b"a: b\r\n=======\r\nc: d\r\n", "PT006", 2, 1, OPENS.format("=" * 7), ONE_SIDE),
    "the end of a merge": (b"a: b\nc: d\n>>>>>>> other\n", "PT006", 3, 1, OPENS.format(">" * 7), ONE_SIDE),
    "indentation that fits nothing": (
        b"a:\n  - b\n c: d\n", "PT006", 3, 2, "the text is not YAML: did not find expected key", LOOK,
    ),
    "an escaped surrogate": (
        rb'a: "\ud800"', "PT006", 1, 7, "the text is not YAML: found invalid Unicode character escape code", LOOK,
    ),
    "a key twice": (
        b"a: 1\nb: 2\na: 3\n", "PT007", 3, 1, "key `a` stands twice, first on line 1", "keep one of the two",
    ),
    "a nested key twice": (
        b"a: 1\nb:\n  c: 1\n  d: {e: 1, e: 2}\n", "PT007", 4, 13, "key `e` stands twice, first on line 4",
        "keep one of the two",
    ),
    "a key twice, once quoted": (
        b"a: 1\n'a': 2\n", "PT007", 2, 1, "key `a` stands twice, first on line 1", "keep one of the two",
    ),
    "an anchor": (b"a: b\nc: &x d\n", "PT008", 2, 4, "anchor `&x`", "remove the anchor"),
    "an anchor on a key": (b"&x a: b\n", "PT008", 1, 1, "anchor `&x`", "remove the anchor"),
    "an alias of nothing": (b"a: [b, *x]\n", "PT008", 1, 8, "alias `*x`", "write the value out"),
    "a tag": (b"a: !!int 1\n", "PT009", 1, 4, "tag `!!int`", "remove the tag: every value is text"),
    "a tag that would run code": (
        b"a: !!python/object/apply:os.system [ls]\n", "PT009", 1, 4, "tag `!!python/object/apply:os.system`",
        "remove the tag: every value is text",
    ),
    "a tag of one's own": (b"a: !b {c: d}\n", "PT009", 1, 4, "tag `!b`", "remove the tag: every value is text"),
    "a tag by a directive": (
        b"%TAG ! tag:x,2000:\n---\na: !b c\n", "PT009", 3, 4, "tag `tag:x,2000:b`",
        "remove the tag: every value is text",
    ),
    "nesting": (
        b"a: " + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "PT010", 1, 3 + MAX_DEPTH,
        "values are nested more than 16 deep", "close the brackets; no field lies so deep",
    ),
    "nesting in lines": (
        b"".join(b" " * depth + b"a:\n" for depth in range(MAX_DEPTH + 1)), "PT010", MAX_DEPTH + 1, MAX_DEPTH + 1,
        "values are nested more than 16 deep", "close the brackets; no field lies so deep",
    ),
    "two documents": (
        b"a: b\n---\nc: d\n", "PT011", 2, 1, "a second document begins here", "one file holds one record",
    ),
    "a list": (b"# x\n- a: b\n", "PT011", 2, 1, "the file holds a list, not fields", NO_FIELDS),
    "a text": (b"\nabc\n", "PT011", 2, 1, "the file holds text, not fields", NO_FIELDS),
    "nothing": (b"", "PT011", 1, 1, "the file holds no fields", NO_FIELDS),
    "blank lines": (b"\n \n", "PT011", 1, 1, "the file holds no fields", NO_FIELDS),
    "a comment alone": (b"# a: b\n", "PT011", 1, 1, "the file holds no fields", NO_FIELDS),
    "an empty document": (b"---\n...\n", "PT011", 2, 1, "the file holds no fields", NO_FIELDS),
    "a list as a key": (
        b"a: b\n? [c]\n: d\n", "PT011", 2, 3, "a key is a list or a mapping", "keys are plain words",
    ),
    "a mapping as a key": (b"{{a: b}: c}\n", "PT011", 1, 2, "a key is a list or a mapping", "keys are plain words"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_of_the_text_is_found_where_it_stands(case: str) -> None:
    raw, code, line, column, message, advice = FAULTS[case]
    _, faults = parse("records/actors/x.yaml", raw)
    told = [(each.code, each.place.line, each.place.column, each.message, each.help) for each in faults]
    assert told == [(code, line, column, message, advice)]
    assert faults[0].place.path == "records/actors/x.yaml"


@pytest.mark.parametrize("case", [name for name, row in FAULTS.items() if row[1] in {"PT003", "PT007", "PT009"}])
def test_a_fault_that_can_be_read_past_leaves_the_data(case: str) -> None:
    document, _ = parse("x.yaml", FAULTS[case][0])
    assert document is not None
    assert document.data


def test_the_first_of_two_keys_stays_and_both_values_are_looked_at() -> None:
    document, faults = parse("x.yaml", b"a: {b: 1}\na: {b: 2, b: !x 3}\na: [&y z]\nc: d\n")
    assert document is not None
    assert document.data == {"a": {"b": "1"}, "c": "d"}
    assert document.place(("a", "b")).line == 1
    assert [(each.code, each.place.line, each.place.column) for each in faults] == [
        ("PT007", 2, 1), ("PT007", 2, 11), ("PT009", 2, 14), ("PT007", 3, 1), ("PT008", 3, 5),
    ]  # fmt: skip


def test_an_alias_is_refused_before_anything_grows() -> None:
    bomb = "".join(f"{name}: &{name} [{', '.join([f'*{chr(ord(name) - 1)}'] * 9)}]\n" for name in "bcdefghi")
    document, faults = parse("x.yaml", f"a: &a [lol]\n{bomb}".encode())
    assert document is None
    assert [(each.code, each.message) for each in faults] == [
        ("PT008", "anchor `&a`"), ("PT008", "anchor `&b`"), ("PT008", "alias `*a`"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a: b\nc:\n  - d\n", "# é\na: 'b c'\nd: |\n  e\n  f\n"])
def test_line_ends_of_windows_are_harmless(text: str) -> None:
    unix, _ = parse("x.yaml", text.encode())
    windows, faults = parse("x.yaml", text.replace("\n", "\r\n").encode())
    assert unix is not None
    assert windows is not None
    assert not faults
    assert (windows.data, windows.marks) == (unix.data, unix.marks)
    assert [windows.line(number) for number in range(6)] == [unix.line(number) for number in range(6)]


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "yes", "on", "Off", "true", "null", "Null", "~", "010", "0o10", "0x1f", "1_000", "1e3", "1.0", ".5",
     ".inf", "-.INF", ".nan", "12:30", "12:30:45", "2020-06", "2020-06-10", "2020-06-10T12:00:00Z", "=", "<<", "+1",
     "١٢"],
)  # fmt: skip
def test_a_text_stays_the_text_that_stands_there(text: str) -> None:
    document, faults = parse("x.yaml", f"a: {text}\n{text}: b\nc: [{text}, '{text}']\n".encode())
    assert not faults
    assert document is not None
    assert document.data == {"a": text, text: "b", "c": [text, text]}


def test_a_value_left_out_is_none_and_quotes_hold_a_text() -> None:
    document, _ = parse("x.yaml", b"a:\nb: ''\nc: [x, ]\nd: [~]\ne: {f}\ng: # nothing\n")
    assert document is not None
    assert document.data == {"a": None, "b": "", "c": ["x"], "d": ["~"], "e": {"f": None}, "g": None}


class Dumper(yaml.SafeDumper):
    """Writes every value out, also one that stands twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Never write an alias."""
        return True


# Enough to force each style of scalar: quotes, escapes, folded lines, wide characters, what looks like a number.
TAILS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs", "Zl", "Zp"]), max_size=8),
    st.sampled_from(["", ": ", " #", "'", '"', "\n", " " * 3, "é日本", ", ]", "a " * 60, "\t", "\x00", "\\"]),
)
TREES: st.SearchStrategy[Any] = st.recursive(
    TAILS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(0, 10**6).map(str), inner, max_size=4)
        | st.lists(inner, min_size=1, max_size=3).map(lambda items: [items])
    ),
    max_leaves=12,
)


def numbered(tree: Any, counter: list[int]) -> Any:
    """The tree with a token that occurs once at the head of every key and every text."""
    counter[0] += 1
    if isinstance(tree, str):
        return f"v{counter[0]}z{tree}"
    if isinstance(tree, list):
        return [numbered(item, counter) for item in tree]
    return {f"k{counter[0]}y{key}": numbered(item, counter) for key, item in tree.items()}


@given(
    st.dictionaries(st.integers(0, 99).map(str), TREES, min_size=1, max_size=5), st.sampled_from([True, False, None])
)
@CHOSEN
def test_every_mark_points_at_its_key_or_value(tree: dict[str, Any], flow: bool | None) -> None:  # noqa: FBT001 - drawn
    data = numbered(tree, [0])
    source = yaml.dump(data, Dumper=Dumper, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    document, faults = parse("x.yaml", source.encode())
    assert not faults
    assert document is not None
    assert document.data == data
    lines = source.split("\n")

    def at(mark: tuple[int, int]) -> str:
        return lines[mark[0] - 1][mark[1] - 1 :]

    for path, text in walk(document.data):
        token = text.partition("z")[0] + "z"
        assert at(document.values[path]).lstrip("'\"").startswith(token)
    for path, mark in document.keys.items():
        assert at(mark).lstrip("'\"").startswith(str(path[-1]).partition("y")[0] + "y")
    for path, mark in document.values.items():
        value = lookup(document.data, path)
        if isinstance(value, list):
            assert at(mark)[0] in "[-"
        elif isinstance(value, dict):
            first = next(iter(value), "")
            assert at(mark)[0] == "{" or mark == document.keys[*path, first]
    assert set(document.values) - set(document.keys) == {
        path for path in document.values if not path or isinstance(path[-1], int)
    }
    for path, mark in document.values.items():
        assert document.holds(path)
        assert document.place(path) == Place("x.yaml", *mark)
        assert document.place(path, key=True) == Place("x.yaml", *document.keys.get(path, mark))
        assert not document.holds((*path, "no key of it"))
        assert document.place((*path, "no key of it")) == document.place(path, key=True)


def lookup(data: Data, path: tuple[str | int, ...]) -> Data:
    """The value at a path."""
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


def test_what_is_absent_points_at_the_nearest_key_above() -> None:
    document, _ = parse("x.yaml", b"\na: b\nc:\n  - d: e\n    f: {}\n  - g\n")
    assert document is not None
    places = {
        ("a",): (2, 4),
        ("z",): (2, 1),
        ("c",): (4, 3),
        ("c", 0): (4, 5),
        ("c", 0, "d"): (4, 8),
        ("c", 0, "z"): (4, 5),
        ("c", 0, "f", "z"): (5, 5),
        ("c", 1): (6, 5),
        ("c", 9): (3, 1),
        (): (2, 1),
    }
    found = {path: document.place(path) for path in places}
    assert {path: (place.line, place.column) for path, place in found.items()} == places
    assert document.place(("c", 0, "f"), key=True).column == 5


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@CHOSEN
@example(b"a: !<tag:yaml.org,2002:str> b")
@example(b"%YAML 9.9\n---\na: b\n")
@example(b"? a\n? b\n")
@example(b"!!map {a: b}")
@example(b'"a\\u0000": "b\\x9b"')
def test_any_bytes_give_a_document_or_a_finding(raw: bytes) -> None:
    document, faults = parse("x.yaml", raw)
    assert document is not None or faults
    for fault in faults:
        assert fault.place.line >= 1
        assert fault.place.column >= 1
    if document is not None:
        assert all(isinstance(text, str) for _, text in walk(document.data))


@pytest.mark.parametrize("case", FAULTS)
def test_one_bad_file_hides_no_other(case: str, tree: Laid) -> None:
    slip = "name: Other\ntype: compny\n"
    good = read(tree({"records/actors/zz-last.yaml": slip}))
    both = read(tree({"records/actors/zz-last.yaml": slip, "records/actors/aa-first.yaml": FAULTS[case][0]}))
    assert [each.code for each in good.findings] == ["PT033"]
    assert [each for each in both.findings if each.place.path != "records/actors/aa-first.yaml"] == list(good.findings)
    assert FAULTS[case][1] in {each.code for each in both.findings}
    assert both.actors.keys() - {"aa-first"} == good.actors.keys()
    assert "actor/aa-first" in both.broken


@given(st.text(st.sampled_from("ab:- {}[],#&*!|>'\"\\\n"), max_size=40))
@example("a: b\na: c\n")
@example("a: {b: [c, {d: e}], f: ''}\n")
@example("a: b\n---\nc: d\n")
@example("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)
@example("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))
@CHOSEN
def test_the_short_way_reads_what_the_long_way_reads_or_leaves_it_to_it(source: str) -> None:
    short, long = reading._plain("x.yaml", source), building.build("x.yaml", source)
    if short is None:
        return
    assert not long.faults
    assert short.data == long.root
    assert (short.values, short.keys) == (long.values, long.keys)


@pytest.mark.slow
def test_more_files_than_a_process_may_hold_open_or_mapped(tmp_path: Path) -> None:
    folder = tmp_path / "records" / "jurisdictions"
    folder.mkdir(parents=True)
    for number in range(66_500):
        (folder / f"xx-{number}.yaml").write_text(f"name: Place {number}\nlevel: municipality\n", encoding="utf-8")
    dataset = read(tmp_path)
    assert not dataset.findings
    assert len(dataset.jurisdictions) == dataset.files == 66_500
