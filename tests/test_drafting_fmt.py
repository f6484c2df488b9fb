"""`fmt`: one layout for all records, which changes neither what they say nor what their comments say."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import nesting
from policytrack.documents import Data, parse, walk
from policytrack.drafting import fmt, formatted, scalars
from policytrack.drafting.rendering import WIDTH
from policytrack.findings import AdvisedError

Tree = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parent.parent
ACTION = "records/actions/2020/x.yaml"
ACTOR = "records/actors/x.yaml"
SOURCE = "records/sources/2020/x.yaml"
HEADER = "# yaml-language-server: $schema=../../schemas/actor.schema.json\n"


def laid_out(text: str, path: str = ACTOR) -> str:
    result = formatted(path, text.encode())
    assert result.problem == ""
    return result.after


def read(path: str, text: str) -> Any:
    document, faults = parse(path, text.encode())
    assert document is not None
    assert faults == []
    return document.data


def test_the_records_of_this_project_are_laid_out() -> None:
    assert [result.path for result in fmt(ROOT, check=True) if result.changed or result.problem] == []


def test_keys_come_in_the_order_of_the_model_and_strangers_behind_them() -> None:
    text = (
        "instrument: corporate-policy\nzeal: 1\nkind: ban\ntitle: A\n"
        "timeline: {ends: P1Y, announced: 2020-06-10, proposed: 2020}\n"
        "provisions:\n  p10: {by: [police], prohibits: use}\n  p2: {permits: use}\n"
        "evidence:\n  - {supports: all, at: a#p1}\nactor: acme\n"
    )
    assert laid_out(text, ACTION).splitlines()[1:] == [
        "title: A",
        "kind: ban",
        "instrument: corporate-policy",
        "actor: acme",
        "timeline: {proposed: 2020, announced: 2020-06-10, ends: P1Y}",
        "provisions:",
        "  p2: {permits: use}",
        "  p10: {prohibits: use, by: [police]}",
        "evidence:",
        "  - {at: a#p1, supports: all}",
        'zeal: "1"',
    ]


def test_comments_go_with_what_they_speak_of() -> None:
    text = """\
# opens the file
type: company  # beside the type
# above the name
name: A
aliases:
  # above B
  - B  # beside B
  - C
  # under the aliases
identifiers: [wikidata Q1,  # beside Q1
  # above Q2
  wikidata Q2]
notes: >-  # beside the notes
  one # no comment
# closes the file
"""
    assert laid_out(text) == HEADER + (
        """\
# opens the file
# above the name
name: A
type: company  # beside the type
aliases:
  # above B
  - B  # beside B
  - C
  # under the aliases
identifiers:
  - wikidata Q1  # beside Q1
  # above Q2
  - wikidata Q2
notes: "one # no comment"  # beside the notes
# closes the file
"""
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("aliases: [ # one\n  # two\n  B, # three\n] # four", "# one\naliases:  # four\n  # two\n  - B  # three"),
        ('name: [ # one\n  "", # one\n] # one', '# one\nname:  # one\n  - ""  # one'),
        ("name: { # one\n} # two", "# one\nname: {}  # two"),
        ("aliases:\n- [\n  # one\n  B]", "aliases:\n  # one\n  - [B]"),
        ("aliases:\n- - - B # one\n    - C", "aliases:\n  - - - B  # one\n      - C"),
        (
            "aliases: [[ # one\n[ # two\nB, [], # three\n]]]",
            "aliases:\n  # one\n  # two\n  - - - B\n      - []  # three",
        ),
        ("aliases:\n- [ # one\n  B # two\n  ] # three", "aliases:\n  # one\n  # three\n  - - B  # two"),
    ],
)
def test_each_comment_beside_one_entry_stays_a_comment_of_its_own(written: str, meant: str) -> None:
    after = laid_out(written)
    assert after.split("\n", 1)[1].rstrip("\n") == meant
    assert laid_out(after) == after


@pytest.mark.parametrize(
    ("path", "written", "meant"),
    [
        (ACTOR, "name:   'A'", "name: A"),
        (ACTOR, "name: 'no'", 'name: "no"'),
        (ACTOR, "name: 1984", 'name: "1984"'),
        (ACTOR, "name: a#b:c", "name: a#b:c"),
        (ACTOR, "aliases: ['a, b']", "aliases:\n  - a, b"),
        (ACTOR, "aliases:\n- a\n- b\n", "aliases: [a, b]"),
        (ACTOR, 'notes: "a: b"', 'notes: "a: b"'),
        (ACTOR, 'notes: "a\\nb"', "notes: |-\n  a\n  b"),
        (ACTOR, "notes: |\n  a\n   b\n", "notes: |\n  a\n   b"),
        (ACTION, "timeline: {announced: 2020-06-10 stated}", "timeline: {announced: 2020-06-10}"),
        (ACTION, "timeline: {announced: '..2020-06-12 bounded', ends: 2021 stated}",
         "timeline: {announced: ..2020-06-12, ends: 2021}"),
        (ACTION, "links: [{extends: a}, {amends: b, replaces: [p1]}]",
         "links:\n  - extends: a\n  - {amends: b, replaces: [p1]}"),
        (SOURCE, "published: '2020'", "published: 2020"),
        (SOURCE, "url: HTTPS://Paper.Example:443/A?b#c", "url: https://paper.example/A?b#c"),
        (SOURCE, "url: http://u@[::1]:8080/", "url: http://u@[::1]:8080/"),
        (SOURCE, "url: javascript:alert(1)", "url: javascript:alert(1)"),
        (SOURCE, "title: HTTPS://Paper.Example:443/", "title: HTTPS://Paper.Example:443/"),
    ],
)  # fmt: skip
def test_a_value_has_one_spelling(path: str, written: str, meant: str) -> None:
    assert laid_out(written, path).split("\n", 1)[1].rstrip("\n") == meant


def test_long_texts_are_wrapped_and_long_lists_stand_below_each_other() -> None:
    words = " ".join(["word"] * 60)
    many = [f"name-{number:02}" for number in range(30)]
    after = laid_out(f"notes: {words}\naliases: [{', '.join(many)}]\n")
    assert max(map(len, after.splitlines())) <= WIDTH
    assert read(ACTOR, after) == {"aliases": many, "notes": words}
    assert "notes: >-" in after
    assert "  - name-07\n" in after


@pytest.mark.parametrize(
    "header",
    ["", "\n\n", "# yaml-language-server: $schema=../actor.schema.json\n", "#yaml-language-server: $schema=x\n" * 2],
)
def test_the_schema_header_is_set_right(header: str) -> None:
    assert laid_out(f"{header}name: A\n# yaml-language-server: $schema=y\ntype: company\n") == (
        f"{HEADER}name: A\ntype: company\n"
    )


def test_byte_order_marks_returns_and_trailing_spaces_go() -> None:
    assert formatted(ACTOR, b"\xef\xbb\xbfname: A  \r\n\r\ntype: company").after == f"{HEADER}name: A\ntype: company\n"


@pytest.mark.parametrize(
    "text", ["name: A\nname: B\n", "name: &a A\n", "name: !!str A\n", "name: [A\n", "- a\n", "", "name: \x00\n"]
)
def test_a_text_with_faults_of_its_own_stays_as_it_is_and_says_why(text: str) -> None:
    result = formatted(ACTOR, text.encode())
    assert result.problem
    assert not result.changed


def test_fmt_writes_what_changed_and_check_writes_nothing(tree: Tree) -> None:
    root = tree({ACTOR: "type: company\nname: X\n", "records/actors/broken.yaml": "name: [\n"})
    (root / "records/actors/link.yaml").symlink_to(ROOT / "README.md")
    looked = fmt(root, [Path(ACTOR)], check=True)
    assert [result.path for result in looked if result.changed] == [ACTOR]
    assert (root / ACTOR).read_text() == "type: company\nname: X\n"
    assert "-name: X\n" in looked[0].diff()
    written = {result.path: result for result in fmt(root)}
    assert (root / ACTOR).read_text() == f"{HEADER}name: X\ntype: company\n"
    assert written["records/actors/broken.yaml"].problem
    assert "records/actors/link.yaml" not in written
    assert not any(result.changed for result in fmt(root))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file holds no fields"),
        (
            b"<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> x\n",
            "a merge was left unfinished: `<<<<<<<` opens this line",
        ),
        (b"name: Caf\xe9\n", "byte 0xe9 is not UTF-8"),
        (b"name: A\nname: B\n", "key `name` stands twice, first on line 1"),
    ],
)
def test_a_file_that_cannot_be_laid_out_fails_the_command(run: Run, tree: Tree, content: bytes, why: str) -> None:
    root = tree({ACTOR: content})
    for words in ([], ["--check"]):
        code, out, err = run("--root", root, "fmt", root / ACTOR, *words)
        assert (code, out, err) == (1, "1 file: 1 left as it is\n", f"{ACTOR}: left as it is: {why}\n")
        assert (root / ACTOR).read_bytes() == content


def test_what_is_named_is_told_even_where_no_record_can_stand(run: Run, tree: Tree) -> None:
    root = tree({"records/actors/x.yml": "", ACTOR: "type: company\nname: X\n"})
    (root / "records/actors/link.yaml").symlink_to(ROOT / "README.md")
    named = [root / "records/actors" / name for name in ("x.yml", "link.yaml", "x.yaml")]
    code, out, err = run("--root", root, "fmt", *named)
    assert code == 1
    assert out.endswith("\n3 files: 1 laid out anew, 2 left as they are\n")
    assert "records/actors/link.yaml: left as it is: a link, not a file\n" in err
    assert "records/actors/x.yml: left as it is: `x.yml` does not end in .yaml\n" in err
    with pytest.raises(AdvisedError, match="records/nowhere holds no records"):
        fmt(root, [Path("records/nowhere")])


def test_folders_nested_deeper_than_python_calls_are_no_fault(tree: Tree) -> None:
    root = tree({})
    with nesting.nested(root / "records/actors"):
        assert fmt(root)


# What follows lays any data out in any way, with comments strewn in, and demands the same of all of it.

PATHS = (ACTION, ACTOR, SOURCE, "records/redirects.yaml")
KEYS = st.sampled_from(
    ["title", "name", "kind", "timeline", "provisions", "p1", "p2", "evidence", "at", "supports", "prohibits", "by",
     "announced", "ends", "notes", "passages", "start", "url", "on", "read", "links", "extends", "x y", "a: b", "#k"]
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(
        ["", "a", "no", "~", "1", "012", "1e3", "0x1F", "2020-06-10", "2020 stated", "..2020", "- a", "a: b", "a #b",
         "#a", "a, b", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", '"a"', "a'b", "---", "...", "? a",
         "a:", ":a",
         "-", "=", "<<", ">-", "|", "a\nb", "a\n", "\na", " a", "a ", "a\tb", "a  b", "a\n\n b", "é", "\u200b", "true",
         "HTTPS://A.Example:443/x", "word " * 40 + "end", "w" * 150, "a: " + "word " * 40, "p1#p1", "\\", "a\\nb", "#"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)  # fmt: skip
DATA = st.recursive(
    st.one_of(TEXTS, st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
COMMENTS = st.sampled_from(["# one", "#two", "# a: b", "# 'quote", "#", "#### - x"])


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, str, list[str]]:  # noqa: C901 - every layout, in one place
    """A path, a text, and the comments in it."""
    path = draw(st.sampled_from(PATHS))
    data = draw(st.dictionaries(KEYS, DATA, min_size=1, max_size=5))
    comments: list[str] = []
    lines: list[str] = []

    def comment(indent: int) -> None:
        if draw(st.integers(0, 3)) == 0:
            comments.append(draw(COMMENTS))
            lines.append(" " * draw(st.sampled_from([indent, indent, 0, indent + 3])) + comments[-1])

    def beside() -> str:
        if draw(st.integers(0, 5)) == 0:
            comments.append(draw(COMMENTS))
            return f" {comments[-1]}"
        return ""

    def inline(value: Data) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{inline(key)}: {inline(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(inline, value)) + "]"
        return "~".replace("~", "") if value is None else scalars.quoted(value)

    def nulls(value: Data) -> bool:
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return value is None or any(nulls(item) for item in items)

    def put(head: str, value: Data, indent: int) -> None:
        if isinstance(value, dict | list) and value and (nulls(value) or draw(st.booleans())):
            lines.append(head + beside())
            block(value, indent + draw(st.sampled_from([1, 2, 4])))
        elif isinstance(value, dict | list) and value and draw(st.booleans()):
            opened, closed = "{}" if isinstance(value, dict) else "[]"
            lines.append(f"{head} {opened}{beside()}")
            pairs = (
                [f"{inline(key)}: {inline(item)}" for key, item in value.items()]
                if isinstance(value, dict)
                else [inline(item) for item in value]
            )
            for pair in pairs:
                comment(indent + 2)
                lines.append(f"{' ' * (indent + 2)}{pair},{beside()}")
            comment(indent + 2)
            lines.append(f"{' ' * (indent + 1)}{closed}{beside()}")
        else:
            plain = isinstance(value, str) and draw(st.booleans()) and scalars.plain(value)
            lines.append(f"{head} {value if plain else inline(value)}".rstrip(" ") + beside())

    def block(value: Data, indent: int) -> None:
        comment(indent)
        if isinstance(value, dict):
            for key, item in value.items():
                put(f"{' ' * indent}{scalars.key(key)}:", item, indent)
                comment(indent)
        elif isinstance(value, list):
            for item in value:
                put(f"{' ' * indent}-", item, indent)
                comment(indent)

    block(data, 0)
    return path, "\n".join(lines) + "\n", comments


def sorted_comments(text: str) -> list[str]:
    """Find comments without the code under test: what a YAML scanner leaves over behind its tokens."""
    blanked = list(text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            first = token.start_mark.index
            if token.style in {"|", ">"}:
                first = starts[token.start_mark.line + 1]
            for index in range(first, token.end_mark.index):
                blanked[index] = "\n" if blanked[index] == "\n" else "x"
    return sorted(re.findall(r"#.*", "".join(blanked)))


@given(layouts())
def test_fmt_keeps_data_and_comments_and_is_its_own_fixed_point(drawn: tuple[str, str, list[str]]) -> None:
    path, text, comments = drawn
    before, faults = parse(path, text.encode())
    assert before is not None, text
    assert faults == []
    result = formatted(path, text.encode())
    assert result.problem == ""
    after = read(path, result.after)
    assert kept(after) == kept(before.data)
    assert sorted_comments(result.after.split("\n", 1)[1]) == sorted(comments)
    assert formatted(path, result.after.encode()).after == result.after


def kept(data: Data) -> list[tuple[tuple[str | int, ...], str]]:
    """Every text with its path, dates and addresses in one spelling."""
    return sorted(
        ((at, re.sub(" (stated|bounded)$", "", text).replace("HTTPS://A.Example:443", "https://a.example"))
         for at, text in walk(data)),
        key=repr,
    )  # fmt: skip


@given(st.text(st.characters(codec="utf-8"), max_size=20), st.booleans(), st.booleans())
def test_a_text_reads_the_same_for_every_reader(text: str, brackets: bool, counts: bool) -> None:  # noqa: FBT001
    written = scalars.inline(text, brackets=brackets, counts=counts)
    line = f"a: [{written}]" if brackets else f"a: {written}"
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        found = yaml.load(line, Loader=loader)["a"]  # noqa: S506
        found = found[0] if brackets else found
        # Dates are texts here and timestamps to others; numbers are meant where `counts` says so.
        assert found == text or not isinstance(found, str | bool | type(None))
        if not counts:
            assert not isinstance(found, int | float)


def test_a_copy_of_the_records_shuffled_comes_back(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records")
    fmt(tmp_path)
    wanted = {file: file.read_text() for file in (tmp_path / "records").rglob("*.yaml")}
    for file in wanted:
        data = read(file.relative_to(tmp_path).as_posix(), file.read_text())
        backwards = dict(reversed(data.items()))
        file.write_text(yaml.safe_dump(backwards, sort_keys=False, default_flow_style=None, width=60))
    assert all(result.changed and not result.problem for result in fmt(tmp_path))
    for file, text in wanted.items():
        # The detour through data loses comments.
        assert file.read_text() == text or "#" in text.split("\n", 1)[1]
