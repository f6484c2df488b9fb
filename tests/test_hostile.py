"""Whatever lies in the tree, checking it ends soon, in little memory, with findings, and never with an exception."""

import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policytrack import cli
from policytrack.codes import VOCABULARIES
from policytrack.dataset import read
from policytrack.documents import MAX_BYTES, parse
from policytrack.drafting import scalars
from policytrack.findings import Finding
from policytrack.reporting import as_github, as_json, as_junit, as_sarif, harmless, text
from policytrack.rules import check
from profiles import CHOSEN

Files: TypeAlias = dict[str, bytes]
Laid = Callable[[Mapping[str, str | bytes]], Path]

TESTS = Path(__file__).parent
TODAY = date(2026, 1, 1)
# An example checks a whole tree; the slow profile has the time for thousands of them.
TREEWISE = settings(CHOSEN, max_examples=min(CHOSEN.max_examples, 60)) if CHOSEN.max_examples < 1_000 else CHOSEN


# What no output may hold: a sign that a terminal obeys, or that hides or reorders others.
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def unseen(said: str) -> set[str]:
    """The signs of an output that nobody sees, its line ends left out."""
    return {sign for sign in set(said) - {"\n"} if unicodedata.category(sign) in UNSEEN}


def checked(root: Path) -> list[Finding]:
    """Check a tree and report on it in every form, as the command does; each is whole and shows all that it holds."""
    found = check(read(root), TODAY)
    told, listed, log, suites = text(found, root), as_json(found), as_sarif(found), as_junit(found, lambda _: True)
    commands = as_github(found)
    for said in (told, listed, log, suites, commands):
        assert unseen(said) == set()
        said.encode()
    assert told.count("\n") >= len(found)
    assert json.loads(listed) == [each.as_json() for each in found]
    assert len(json.loads(log)["runs"][0]["results"]) == len(found)
    assert len(ET.fromstring(suites).findall(".//failure")) == len(found)  # noqa: S314 - made here
    assert [line[:2] for line in commands.split("\n")] == ["::"] * len(found) + [""]
    return found


def tried(files: Files) -> list[Finding]:
    """Check a tree that holds ``files`` and nothing else."""
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return checked(Path(folder))


def records(root: Path) -> Files:
    """The files of a tree of records."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / "records").rglob("*.yaml"))}


BASE, OWN = records(TESTS / "tree"), records(TESTS.parent)
REDIRECTS = "records/redirects.yaml"
PLACES = [*BASE, REDIRECTS, "records/actions/undated/new.yaml", "records/sources/2020/new.yaml"]


@given(st.sampled_from(PLACES), st.binary(max_size=300))
@TREEWISE
@example(REDIRECTS, b"")
@example(REDIRECTS, b"'': {}\n/: {}\naction/: {}\naction/a: [b]\nx: y\n")
def test_random_bytes(path: str, raw: bytes) -> None:
    tried({**BASE, path: raw})


def texts(data: Any) -> set[str]:
    """Every key and every text in plain data."""
    if isinstance(data, dict):
        return set(data) | {found for item in data.values() for found in texts(item)}
    return {found for item in data for found in texts(item)} if isinstance(data, list) else {str(data)}


def plain(raw: bytes) -> Any:
    """What a good file holds: a mapping, free for changing."""
    document, _ = parse("", raw)
    assert document is not None
    return document.data


TEXTS = {path: texts(plain(raw)) for path, raw in [*BASE.items(), *OWN.items()]}
BY_ID = {Path(path).stem: path for path in OWN}


def around(path: str) -> Files:
    """A file of the project's own records with those that it names: a small tree in which its ids lead somewhere."""
    named = {word.partition("#")[0] for word in TEXTS[path]}
    return {each: OWN[each] for each in sorted({path} | {BY_ID[name] for name in named & BY_ID.keys()})}


GOOD = st.just(BASE) | st.sampled_from(sorted(OWN)).map(around)
GOOD |= st.sampled_from(sorted(path for path in OWN if "/actions/" in path)).map(around)

# What records really hold, all codes, and what tends to break readers.
WORDS = sorted(
    {word for words in TEXTS.values() for word in words}
    | {code.value for vocabulary in VOCABULARIES.values() for code in vocabulary}
    | {Path(path).stem for path in TEXTS}
)
ODD = [
    *("", " ", "\n", "\x00", "\x1b", "\u202e", "😀", "a" * 5_000, '"', "“" * 9, "0", "-1", "p1", "p999", "#p1", "a#p1"),
    *("2020", "2020-02-29", "2999-12-31", "1000..", "..2999-12-31", "2021..2020", "1000..2999", "2020 computed"),
    *("P0D", "P99Y", "none", "unknown", "event x", "first-of P1Y | event x", "last-of 2020 | P1D", "further-notice"),
    *("http://", "http://[", "https://x.example:99999/?utm_source=a#b", "ftp://x", "//x", "https://é.example/%zz"),
    *("PT000", "PT801", "PT902", "all", "what", "extends", "extends:a", "prompted_by:x", "1 EUR", "agency x"),
]
LEAVES = st.sampled_from(WORDS) | st.sampled_from(ODD) | st.text(max_size=8)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES | st.none(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LEAVES, inner, max_size=4)
)


def dumped(data: Any) -> bytes:
    """Plain data as YAML."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000).encode(errors="replace")


@given(st.sampled_from(PLACES), st.dictionaries(LEAVES, VALUES, max_size=8))
@TREEWISE
def test_random_yaml(path: str, data: dict[str, Any]) -> None:
    tried({**BASE, path: dumped(data)})


@st.composite
def byte_mutants(draw: st.DrawFn) -> Files:
    """A good tree in which bytes of some files are cut, doubled or replaced."""
    files = dict(draw(GOOD))
    for path in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3)):
        raw = files[path]
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 20)))
        files[path] = raw[:start] + draw(st.binary(max_size=4) | st.just(raw[start:end] * 2)) + raw[end:]
    return files


@st.composite
def line_mutants(draw: st.DrawFn) -> Files:
    """A good tree in which lines of some files are lost, doubled, moved, indented or taken from another file."""
    files = dict(draw(GOOD))
    every = sorted({line for raw in files.values() for line in raw.splitlines()})
    for path in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=4)):
        lines = files[path].splitlines()
        here = draw(st.integers(0, len(lines) - 1)) if lines else 0
        other = draw(st.sampled_from(every))
        change = draw(st.sampled_from(["drop", "double", "move", "indent", "outdent", "import"]))
        line = lines[here : here + 1]
        moved = {"drop": [], "double": line * 2, "indent": [b"  " + each for each in line], "import": [*line, other]}
        lines[here : here + 1] = moved.get(change, [each.removeprefix(b"  ") for each in line])
        lines = lines[::-1] if change == "move" else lines
        files[path] = b"\n".join(lines) + b"\n"
    return files


def spots(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything below the root."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path for key, item in inner for path in [(*at, key), *spots(item, (*at, key))]]


@st.composite
def value_mutants(draw: st.DrawFn) -> Files:
    """A good tree in which values are replaced by others of their kind, dropped, or made something else."""
    files = dict(draw(GOOD))
    for path in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=5, unique=True)):
        data = plain(files[path])
        for _ in range(draw(st.integers(1, 3))):
            ahead = spots(data)
            if not ahead:
                break
            at = draw(st.sampled_from(ahead))
            holder = data
            for step in at[:-1]:
                holder = holder[step]
            change = draw(st.sampled_from(["word", "word", "word", "odd", "value", "drop", "rename"]))
            if change == "drop":
                del holder[at[-1]]
            elif change == "rename" and isinstance(holder, dict):
                holder[draw(LEAVES)] = holder.pop(at[-1])
            else:
                strategy = {"word": st.sampled_from(WORDS), "odd": st.sampled_from(ODD)}.get(change, VALUES)
                holder[at[-1]] = draw(strategy)
        files[path] = dumped(data)
    return files


@given(st.one_of(byte_mutants(), line_mutants(), value_mutants()))
@settings(TREEWISE, suppress_health_check=list(HealthCheck))
def test_mutated_good_records(files: Files) -> None:
    tried(files)


CODES = {name: [code.value for code in vocabulary] for name, vocabulary in VOCABULARIES.items()}
NAMES = st.sampled_from("abcde")
DATES = st.sampled_from(
    ["2020", "2021-06", "2020-06-10", "2021-06-10 weekday", "..2020", "2022..", "2023..2019", "2020..2022"]
)
KEYS = st.sampled_from(["p1", "p2", "p3"])
ENDS = DATES | st.sampled_from(["P1Y", "P0D", "none", "unknown", "further-notice", "event e", "first-of P1Y | event e"])
GOVERNED = ["law-enforcement", "any", "acme", "nobody"]


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """One to three different values."""
    return st.lists(values, min_size=1, max_size=3, unique=True)


PROVISIONS = st.builds(
    lambda effect, conduct, rest: {effect: conduct, **rest},
    st.sampled_from(CODES["effect"]),
    some(st.sampled_from(CODES["conduct"])),
    st.fixed_dictionaries(
        {},
        optional={
            "by": some(st.sampled_from(GOVERNED)),
            "to": some(st.sampled_from(GOVERNED)),
            "from": DATES,
            "ends": ENDS,
            "except_to": some(KEYS | st.builds("{}#{}".format, NAMES, KEYS)),
        },
    ),
)
LINKS = st.builds(
    lambda relation, target, rest: {relation: target, **rest},
    st.sampled_from(CODES["relation"]),
    NAMES,
    st.fixed_dictionaries({}, optional={"replaces": some(KEYS)}),
)
ACTIONS = st.fixed_dictionaries(
    {
        "title": st.just("x"),
        "kind": st.sampled_from(CODES["kind"]),
        "instrument": st.sampled_from(CODES["instrument"]),
        "actor": st.sampled_from(["acme", "xx-parliament", "nobody"]),
        "timeline": st.builds(
            lambda dates, ends: {**dates, **ends},
            st.dictionaries(
                st.sampled_from([code for code in CODES["event"] if code != "ends"]), DATES, min_size=1, max_size=4
            ),
            st.fixed_dictionaries({}, optional={"ends": ENDS}),
        ),
        "provisions": st.dictionaries(KEYS, PROVISIONS, max_size=3),
        "links": st.lists(LINKS, max_size=3),
        "evidence": some(st.sampled_from(["paper-one-2020#p1", "nothing"])).map(
            lambda cited: [{"at": at, "supports": "all"} for at in cited]
        ),
    },
    optional={"jurisdictions": some(st.sampled_from(["xx", "xx-town", "yy", "zz"]))},
)


# What began "2023..2019" is before itself to a careless eye, and extends itself.
BACKWARDS = yaml.safe_load("""
{title: x, kind: ban, instrument: agency-policy, actor: acme, timeline: {effective: 2023..2019}, links: [{extends: d}],
 provisions: {p1: {prohibits: use}}, evidence: [{at: paper-one-2020#p1, supports: all}]}
""")


@given(st.dictionaries(NAMES, ACTIONS, min_size=1, max_size=5))
@TREEWISE
@example({"d": BACKWARDS})
@example({"d": BACKWARDS, "e": BACKWARDS})
def test_random_actions_that_link_to_each_other_and_to_themselves(actions: dict[str, Any]) -> None:
    found = tried({**BASE, **{f"records/actions/2020/{name}.yaml": dumped(data) for name, data in actions.items()}})
    shape = [each for each in found if each.code < "PT100"]
    assert shape == []


# Signs and words that something on the way to a reader obeys: terminals, forges, XML, JSON, YAML and shells.
SIGNS = {
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "control sequence": "\x9b2J",
    "next line": "\x85",
    "bell and backspace": "\x07\x08",
    "carriage return": "\r::error::x",
    "line feed": "\n::error file=x::x\n##[error]y",
    "line separator": "\u2028::warning::x",
    "reordered": "\u202egnihton\u202c",
    "isolated": "\u2066a\u2069",
    "no width": "a\u200b\u200d\ufeffb",
    "tags": "\U000e0041\U000e007f",
    "no character": "\ufffe\uffff",
    "private": "\ue000\U0010fffd",
    "command": "::error file=a,line=1::b",
    "old command": "##[set-output name=a]b",
    "stop": "::stop-commands::x",
    "percent": "%0A::error::100%25%",
    "markup": "]]><a b='c'>&amp;&lt;\"",
    "colon and comma": "a:b,c::d",
    "formula": "=1+1",
    "letters": "\u0436\u65e5\u0301\u05d0",
}


def sown(sign: str) -> Files:
    """A good tree with one sign in paths, ids, keys, codes, references and texts, raw where YAML lets it stand."""
    escaped = scalars.quoted(sign)
    raw = sign if parse("", f'a: "{sign}"'.encode())[1] == [] else ""
    action = Path(TESTS / "tree/records/actions/2020/acme-pause-2020.yaml").read_text()
    name = sign.replace("/", "-")
    files = {
        f"records/actors/x{name}.yaml": f"name: {escaped}\ntype: {escaped}\n",
        f"records/actions/{name}/y.yaml": "title: x\n",
        f"records/{name}/z.yaml": "name: x\n",
        "records/actors/signs.yaml": f"name: {escaped}\ntype: company\n{escaped}: {escaped}\nparent: {escaped}\n",
        "records/actors/loose.yaml": f"name: x {sign} y\ntype: company # {sign}\nnotes: >-\n  {sign}\n",
        "records/actors/raw.yaml": f'name: "{raw}"\ntype: "compan{raw}"\n"{raw}k": "{raw}"\n',
        "records/actions/2020/signs.yaml": action.replace("kind: ", f"kind: {escaped} # ").replace(
            "actor: acme", f"actor: {escaped}"
        ),
        "records/redirects.yaml": f"{escaped}: {{kind: {escaped}}}\nactor/gone: {{kind: merged, to: {escaped}}}\n",
        "records/coverage.yaml": f"searches: [{{topic: {escaped}, on: {escaped}, queries: {escaped}}}]\n",
    }
    return {**BASE, **{path: content.encode(errors="surrogatepass") for path, content in files.items()}}


@pytest.mark.skipif(sys.platform == "win32", reason="names of files that this system does not take")
@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_signs_of_strangers_are_told_and_obeyed_by_nobody(sign: str) -> None:
    found = tried(sown(sign))
    assert {"PT020", "PT021", "PT033"} <= {each.code for each in found}
    # The sign itself stands in what a program reads, and what people read shows it.
    assert any(sign in each["message"] for each in json.loads(as_json(found)) if each["code"] == "PT033")
    assert harmless(sign).strip() in text(found, TESTS)


@pytest.mark.skipif(sys.platform == "win32", reason="names of files that this system does not take")
@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_command_lets_a_sign_through(
    sign: str, tree: Laid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tree(sown(sign))
    # Some commands answer from sound records alone: signs that can stand there are in texts.
    sound = tmp_path / "sound"
    shutil.copytree(TESTS / "tree", sound)
    word = scalars.quoted(f"a {sign} b")
    actor, coverage = (sound / "records" / name for name in ("actors/other-corp.yaml", "coverage.yaml"))
    actor.write_bytes(f"name: {word}\ntype: company\n".encode())
    coverage.write_bytes(
        f"searches: [{{topic: {word}, on: 2020-01-01, queries: 1, result: {word}}}]\n"
        f"rejected: [{{lead: {word}, reason: not-supported, on: 2020-01-01, note: {word}}}]\n".encode()
    )
    calls = [
        *(["--root", str(root), "check", "--format", form] for form in ("text", "json", "github", "sarif", "junit")),
        *(
            ["--root", str(sound), "diff", str(TESTS / "tree"), "--format", form]
            for form in ("text", "json", "markdown")
        ),
        *(
            ["--root", str(root), "diff", str(TESTS / "tree"), "--format", form]
            for form in ("text", "json", "markdown")
        ),
        *(["--root", str(sound), "show", "other-corp", "--format", form] for form in ("text", "json")),
        ["--root", str(root), "fmt", "--check"],
        ["--root", str(root), "check", "--fix"],
        ["--root", str(root), "todo"],
        ["--root", str(root), "show", sign],
        ["--root", str(root), "explain", sign],
        ["--root", str(root), "codes", sign],
        ["--root", str(root), "check", sign],
        ["--root", str(root), "from-issue", sign],
    ]
    for words in calls:
        monkeypatch.setattr(sys, "argv", ["policytrack", *words])
        with pytest.raises(SystemExit):
            cli.main()
        out, err = capsys.readouterr()
        assert unseen(out + err) == set(), words
        assert out or err
        if out and words[-1] in {"json", "sarif"}:
            json.loads(out)
        if words[-1] == "markdown":
            assert "<a b" not in re.sub("`[^`\n]*`", "", out)


ACTOR = "records/actors/big.yaml"
ACTION = "records/actions/2020/big.yaml"
ACT = "title: x\nkind: ban\ninstrument: ordinance\nactor: xx-town-council\ntimeline: {enacted: 2020-06-10}\n"
EVIDENCE = "evidence:\n- {at: paper-one-2020#p1, supports: all}\n"
FULL = MAX_BYTES - 1_024


def filled(head: str, entry: Callable[[int], str], tail: str = "") -> str:
    """As many entries as a file can hold."""
    parts = [head]
    room = FULL - len(head) - len(tail)
    number = 0
    while (room := room - len(part := entry(number))) > 0:
        parts.append(part)
        number += 1
    return "".join(parts) + tail


BIG: dict[str, tuple[str, str]] = {
    "alias bomb": (
        ACTOR,
        "a: &a [x, x]\n" + "".join(f"{n}: &{n} [{', '.join([f'*{chr(ord(n) - 1)}'] * 99)}]\n" for n in "bcdefghijk"),
    ),
    "brackets": (ACTOR, "[" * 100_000),
    "braces": (ACTOR, "a: " + "{" * 100_000),
    "hyphens": (ACTOR, "a:\n" + "- " * 100_000),
    "question marks": (ACTOR, "? " * 100_000),
    "one long text": (ACTOR, "name: " + "x" * FULL),
    "one long quoted text": (ACTOR, f"type: company\nname: '{'x ' * (FULL // 2)}'\n"),
    "one long code": (ACTOR, "name: x\ntype: " + "compan" * (FULL // 6)),
    "one long slug": (ACTION, ACT.replace("06-10}", "06-10, ends: event " + "a-" * (FULL // 2 - 200) + "}") + EVIDENCE),
    "one long choice": (
        ACTION,
        filled(ACT.replace("06-10}", '06-10, ends: "first-of P1Y'), lambda n: f" | event e{n}", ' | X"}\n' + EVIDENCE),
    ),
    "one key over and over": (ACTOR, "a: \n" * (FULL // 4)),
    "one key over and over on a line": (ACTOR, "{" + "a: b," * (FULL // 5) + "}"),
    "unknown keys": (ACTOR, filled("", lambda n: f"k{n}: v\n")),
    "unknown keys on a line": (ACTOR, filled("{", lambda n: f"k{n}: v,", "}")),
    "one long key": (ACTOR, f"? {'n' * FULL}\n: x\n"),
    "a long list": (ACTOR, filled("name: x\ntype: company\naliases: [", lambda n: f"{n},", "]")),
    "a long list of dates": ("records/sources/2020/big.yaml", filled(
        "type: report\ntitle: x\nread: {extent: none}\npage_dates: [", lambda n: f"2020 {n},", "]")),
    "a long list of numbers": (ACTION, filled(ACT + EVIDENCE + "identifiers: [", lambda n: f"bill {n},", "]")),
    "a long list of strangers": (ACTION, filled(
        f"{ACT}{EVIDENCE}provisions:\n  p1: {{prohibits: use, by: [", lambda n: f"j{n},", "]}")),
    "a long list of wrong codes": (ACTION, filled(
        f"{ACT}{EVIDENCE}provisions:\n  p1: {{by: any, prohibits: [", lambda n: f"u{n},", "]}")),
    "links": (ACTION, filled(f"{ACT}{EVIDENCE}links:\n", lambda n: f"- follows: a{n}\n")),
    "links to itself": (ACTION, filled(f"{ACT}{EVIDENCE}links:\n", lambda _: "- extends: big\n")),
    "evidence": (ACTION, filled(f"{ACT}evidence:\n", lambda n: f"- {{at: s{n}#p1, supports: all}}\n")),
    "evidence for what does not exist": (ACTION, filled(
        f"{ACT}evidence:\n- {{at: paper-one-2020#p1, supports: [", lambda n: f"q{n},", "]}")),
    "conflicts": (ACTION, filled(
        f"{ACT}{EVIDENCE}conflicts:\n", lambda n: f"- {{field: p1, values: [a, b{n}], chosen: a, reason: b}}\n")),
    "waivers": (ACTION, filled(
        f"{ACT}{EVIDENCE}waivers:\n", lambda n: f"- {{code: PT{n % 1000:03}, reason: b, date: 2020-01-01}}\n")),
    "provisions that except each other": (ACTION, ACT + EVIDENCE + "provisions:\n" + "".join(
        f"  p{n}: {{permits: use, by: any, except_to: [{', '.join(f'p{m}' for m in range(1, 40))}]}}\n"
        for n in range(1, 1_000))),
    "retired ids in a row": (REDIRECTS, filled(
        "", lambda n: f"action/o{n}: {{kind: merged, to: o{n + 1}, reason: r, date: 2020-01-01}}\n")),
    "names of no retired ids": (REDIRECTS, filled("", lambda n: f"x{n}: a\n")),
    "members": ("records/jurisdictions/big.yaml", filled(
        "name: x\nlevel: state\nmember_of:\n", lambda n: f"- {{jurisdiction: z{n}, from: 2021}}\n")),
    "quotation marks": (ACTION, f"{ACT}{EVIDENCE}notes: '{'“x” ' * (FULL // 10)}'\n"),
    "tracking": ("records/sources/2020/big.yaml",
        f"type: report\ntitle: x\nread: {{extent: none}}\nurl: https://x.example/?{'&utm_source=a' * 19_000}\n"),
}  # fmt: skip

PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from datetime import date
from pathlib import Path
from policytrack.dataset import read
from policytrack.reporting import as_json, text
from policytrack.rules import check
root = Path(sys.argv[1])
found = check(read(root), date(2026, 1, 1))
sys.stdout.write(f"{len(found)} {len(text(found, root))} {len(as_json(found))}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to the memory that it is given")
@pytest.mark.parametrize("case", BIG)
def test_a_full_file_is_checked_in_bounded_time_and_memory(case: str, tree: Laid) -> None:
    path, content = BIG[case]
    assert len(content.encode()) <= MAX_BYTES
    root = tree({path: content})
    # Well above what the slowest takes alone, as machines are shared; what grows with the square takes minutes.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root)], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.stderr == ""
    found, _, _ = map(int, done.stdout.split())
    assert found >= 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_nothing_outside_the_tree_reaches_a_report(tree: Laid, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.yaml").write_text("secret: words\n", encoding="utf-8")
    root = tree({})
    (root / "records/actors/linked.yaml").symlink_to(tmp_path / "outside/x.yaml")
    (root / "records/sources/2019").symlink_to(tmp_path / "outside")
    (root / REDIRECTS).symlink_to(tmp_path / "outside/x.yaml")
    found = checked(root)
    assert [each.place.path for each in found if each.code == "PT001"] == [
        "records/actors/linked.yaml", REDIRECTS, "records/sources/2019",
    ]  # fmt: skip
    assert "secret" not in text(found, root) + as_json(found)
    shutil.rmtree(root)
    assert (tmp_path / "outside/x.yaml").exists()


def test_strangers_in_a_large_tree_are_told_soon(tree: Laid) -> None:
    """Looking for the nearest of thousands of ids for each of thousands of strangers would take an hour."""
    actors = {f"records/actors/known-{number}.yaml": "name: x\ntype: company\n" for number in range(1_500)}
    strangers = filled(f"{ACT}{EVIDENCE}provisions:\n  p1: {{prohibits: use, by: [", lambda n: f"stranger-{n},", "]}")
    root = tree({**actors, ACTION: strangers})
    started = time.monotonic()
    told = [each for each in checked(root) if each.code == "PT104"]
    assert len(told) == strangers.count("stranger-")
    assert time.monotonic() - started < 60
