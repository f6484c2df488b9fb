"""The command line as its users meet it: exit codes, formats, and what a bad call is told."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

import releases
from policytrack import cli
from policytrack.cli import commands

ROOT = Path(__file__).parent.parent
MORATORIUM = "amazon-rekognition-police-moratorium-2020"
PAUSE = "records/actions/2020/acme-pause-2020.yaml"
Tree = Callable[[dict[str, str | bytes]], Path]
Run = Callable[..., tuple[int, str, str]]


def warned(root: Path) -> Path:
    """Plant a warning: a title in quotation marks."""
    path = root / PAUSE
    path.write_text(path.read_text().replace("title: ", 'title: The "great" ', 1))
    return root


def broken(root: Path) -> Path:
    """Plant an error: an actor that nobody has."""
    path = root / PAUSE
    path.write_text(path.read_text().replace("actor: acme", "actor: acmee", 1))
    return root


def test_outside_a_project_the_records_of_the_program_answer(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (("in-force", "--on", "2020-07-01", "--measure", MORATORIUM), ("show", "amazon")):
        code, out, err = run(*words)
        assert (code, err) == (0, "policytrack: no project here; these are the records that came with the program\n")
        assert "Amazon" in out
    # What works on a project, or names one, has no other to take its place.
    assert run("check")[0] == 2
    assert run("--root", tmp_path, "show", "amazon")[0] == 2


def test_a_build_says_whether_it_is_a_release(run: Run, tmp_path: Path) -> None:
    root = releases.project(tmp_path / "project")
    _, out, _ = run("--root", root, "build", "--out", tmp_path / "out", "--formats", "jsonl")
    assert out.startswith("policytrack 0.1.1: ")
    assert "not a release" not in out
    releases.change(root, "summary: Another one.\n")
    _, out, _ = run("--root", root, "build", "--out", tmp_path / "out", "--formats", "jsonl")
    assert out.startswith("policytrack 0.1.1+unreleased: ")
    assert "\nnot a release: `policytrack bump` tells what differs, CITATION.cff how to cite it\n" in out


def test_a_good_tree_passes(run: Run, tree: Tree) -> None:
    code, out, err = run("--root", tree({}), "check", "--strict")
    assert (code, err) == (0, "")
    assert "no findings" in out or "notice" in out
    assert "error" not in out


def test_warnings_fail_only_when_strict(run: Run, tree: Tree) -> None:
    root = warned(tree({}))
    assert run("--root", root, "check")[0] == 0
    assert run("--root", root, "check", "--strict")[0] == 1


def test_errors_fail_and_the_report_names_place_fix_and_line(run: Run, tree: Tree) -> None:
    code, out, _ = run("--root", broken(tree({})), "check")
    assert code == 1
    assert f"{PAUSE}:" in out
    assert "did you mean `acme`?" in out
    assert "  | actor: acmee\n  |        ^\n" in out
    assert out.splitlines()[-1].endswith("checked: 1 error") or "1 error" in out


def test_json_has_the_published_shape(run: Run, tree: Tree) -> None:
    code, out, _ = run("--root", broken(tree({})), "check", "--format", "json")
    found = [each for each in json.loads(out) if each["severity"] == "error"]
    assert code == 1
    assert [list(each) for each in found] == [["code", "name", "severity", "path", "line", "column", "message", "help"]]
    assert found[0]["path"] == PAUSE


def test_paths_narrow_what_is_shown(run: Run, tree: Tree) -> None:
    root = broken(tree({}))
    assert run("--root", root, "check", root / "records" / "sources")[0] == 0
    assert run("--root", root, "check", root / PAUSE)[0] == 1
    code, _, err = run("--root", root, "check", root / "records" / "nowhere")
    assert code == 2
    assert "nowhere" in err
    assert run("--root", root, "check", "/")[0] == 2


def test_a_narrowed_check_says_of_how_many_files_it_tells(run: Run, tree: Tree) -> None:
    root = tree({})
    for path, says in (
        (PAUSE, "1 file shown, 14 checked: "),
        ("records/actors", "5 files shown, 14 checked: "),
        ("records", "14 files checked: "),
        ("", "14 files checked: "),
    ):
        code, out, _ = run("--root", root, "check", root / path)
        assert (code, out.startswith(says)) == (0, True), out


@pytest.mark.parametrize("path", ["README.md", "data", "records/actors/empty"])
@pytest.mark.parametrize("words", [["check"], ["fmt", "--check"], ["todo"]])
def test_a_path_without_records_is_a_bad_call(run: Run, tree: Tree, path: str, words: list[str]) -> None:
    root = tree({"README.md": "Read me.\n", "data/actions.csv": "id\n"})
    (root / "records/actors/empty").mkdir()
    code, out, err = run("--root", root, *words, root / PAUSE, root / path)
    assert (code, out) == (2, "")
    assert err == f"policytrack: {path} holds no records\n  help: name files or folders below records/\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "--frmat", "json"], "No such option"),
        (["shw", "x"], "No such command"),
        (["in-force"], "Missing option"),
        (["in-force", "--on", "2021-02-30"], "February 2021 has 28 days"),
        (["in-force", "--on", "2021"], "is not one day"),
        (["in-force", "--on", "2021-01-01", "--actor", "acne"], "did you mean `acme`?"),
        (["in-force", "--on", "2021-01-01", "--jurisdiction", "xx", "--within", "xx"], "exclude one another"),
        (["show", "acme-paus-2020"], "did you mean `acme-pause-2020`?"),
        (["explain", "PT999"], "is no code of a finding"),
        (["codes", "kid"], "did you mean `kind`?"),
        (["verify", "--articles", "/nowhere"], "is not a folder"),
        (["cite", "paper-one-202", "--file", "x", "--find", "y"], "did you mean `paper-one-2020`?"),
        (["release", "--version", "1.0"], "three numbers"),
        (["build", "--formats", ""], "name some of csv, parquet, "),
        (["build", "--formats", " , "], "--formats names no format"),
        (["build", "--formats", "all,xlsx"], "`all` is every format already"),
        (["build", "--formats", "csv,xlxs"], "did you mean `xlsx`?"),
        (["site", "build", "--base-url", "foo"], "`foo` is no address that a site can have"),
        (["site", "build", "--base-url", "ftp://example.org"], "write it whole"),
        (["site", "build", "--base-url", "https://"], "https://example.org/folder"),
        (["site", "build", "--base-url", "https://example.org/?page=1"], "without query or fragment"),
        (["cite", "xx", "--file", "x", "--find", "y"], "jurisdiction/xx has it"),
        (["cite", "x", "--file", "x", "--find", "y", "--line", "ten"], "'--line': write a whole number"),
        (["check", "--format", "foo"], "'--format': 'foo' is not one of 'text'"),
        (["todo", "--code", "PT001"], "notices have the codes PT901, PT902"),
        (["diff", "--stat", "--format", "json"], "leave one of --stat and --format json out"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_bad_call_ends_with_two_and_says_what_to_do(run: Run, tree: Tree, words: list[str], says: str) -> None:
    code, out, err = run("--root", tree({}), *words)
    assert code == 2
    assert says in err
    assert "Traceback" not in out + err


def test_an_unknown_source_that_is_like_no_other_is_told_how_to_make_one(run: Run) -> None:
    err = run("--root", ROOT, "cite", "nope", "--file", "x", "--find", "y")[2]
    assert "`policytrack new source` drafts one" in err


def test_a_folder_without_records_is_a_bad_call(run: Run, tmp_path: Path) -> None:
    code, _, err = run("--root", tmp_path, "check")
    assert code == 2
    assert "records/" in err


def test_answers_are_refused_while_files_cannot_be_read(run: Run, tree: Tree) -> None:
    root = tree({"records/actors/acme.yaml": "name: [\n"})
    code, _, err = run("--root", root, "in-force", "--on", "2021-01-01")
    assert code == 2
    assert "policytrack check" in err


def test_in_force_in_all_formats(run: Run) -> None:
    asked = ["--root", ROOT, "in-force", "--on", "2020-07-01", "--measure", MORATORIUM]
    rows = json.loads(run(*asked, "--format", "json")[1])
    assert {"measure", "action", "provision", "state", "basis", "since", "until"} <= rows[0].keys()
    table = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv")[1])))
    assert [row["provision"] for row in table] == [row["provision"] for row in rows]
    assert [row["provision"] for row in rows if row["action"] == MORATORIUM] == ["p1", "p2", "p3"]
    text = run(*asked)[1]
    assert "absence" in text.casefold()
    assert "except amazon-rekognition-police-moratorium-2020 p2" in text


def test_all_states(run: Run) -> None:
    asked = ["--root", ROOT, "in-force", "--on", "2020-06-09", "--measure", MORATORIUM, "--format", "json"]
    assert json.loads(run(*asked)[1]) == []
    assert {row["state"] for row in json.loads(run(*asked, "--all-states")[1])} == {"not_in_force"}


def test_show_explain_codes_todo(run: Run) -> None:
    shown = json.loads(run("--root", ROOT, "show", "amazon", "--format", "json")[1])
    assert [each["kind"] for each in shown] == ["actor"]
    assert "action/amazon-rekognition-police-moratorium-2020" in shown[0]["named_by"]
    assert run("explain", "pt007")[1].startswith("PT007 duplicate-key (error)\n\nA mapping holds one key twice.")
    assert run("explain", "duplicate-key")[1] == run("explain", "PT007")[1]
    assert "moratorium" in run("codes", "kind")[1]
    assert {"code", "label", "definition", "note"} == set(json.loads(run("codes", "kind", "--format", "json")[1])[0])
    code, out, _ = run("--root", ROOT, "todo", "--format", "json")
    assert code == 0
    assert {each["severity"] for each in json.loads(out)} <= {"notice"}


def test_verify_lists_passages_without_a_copy_only_where_asked(run: Run, tree: Tree, tmp_path: Path) -> None:
    asked = ["--root", tree({}), "verify", "--articles", tmp_path / "copies"]
    (tmp_path / "copies").mkdir()
    code, out, _ = run(*asked)
    assert code == 0
    counted = re.fullmatch(r"(\d+) passages: \1 unchecked\n", out)
    assert counted is not None
    *listed, last = run(*asked, "--unchecked")[1].splitlines()
    assert f"{last}\n" == out
    assert len(listed) == int(counted[1])
    assert "acme-release-2020#p1: unchecked" in listed


def test_what_check_would_mend_stays_where_a_path_is_refused(run: Run, tree: Tree) -> None:
    lone = "records/actors/lone.yaml"
    root = tree({lone: "name: 'Lone '\ntype: company\n"})
    before = (root / lone).read_bytes()
    (root / "records/actors/empty").mkdir()
    code, out, err = run("--root", root, "check", "--fix", root / lone, root / "records/actors/empty")
    assert (code, out) == (2, "")
    assert err.startswith("policytrack: records/actors/empty holds no records\n")
    assert (root / lone).read_bytes() == before
    run("--root", root, "check", "--fix", root / lone)
    assert (root / lone).read_bytes() != before


def test_todo_is_narrowed_by_code_and_path_and_ends_with_counts(run: Run, tree: Tree) -> None:
    root = tree({"records/actors/lone.yaml": "name: Lone\ntype: company\n# todo: aliases\n"})
    found = json.loads(run("--root", root, "todo", "--format", "json")[1])
    one = [each for each in found if each["code"] == "PT906" and each["path"].endswith("/lone.yaml")]
    assert len(one) < len(found)
    narrowed = ["--root", root, "todo", root / "records/actors/lone.yaml", "--code", "pt906"]
    assert json.loads(run(*narrowed, "--format", "json")[1]) == one
    lines = run(*narrowed, "--code", "PT907")[1].splitlines()
    assert lines[-3:-1] == ["     1 PT906 no-schema-header", "     1 PT907 note-to-fill-in"]
    assert lines[-1] == "1 file shown, 15 checked: 2 notices"


def test_diff_counts_by_kind(run: Run, tree: Tree, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(tree({}), before)
    root = tree({"records/actors/lone.yaml": "name: Lone\ntype: company\n", PAUSE: (before / PAUSE).read_bytes()})
    warned(root)
    out = run("--root", root, "diff", "--stat", before, root)[1]
    assert out.splitlines()[1:] == ["  action  1 changed", "  actor   1 added"]
    assert out.splitlines()[0].endswith(": 2 records differ: 1 added, 1 changed")


def test_cite_writes_a_passage_that_verify_finds(run: Run, tree: Tree, tmp_path: Path) -> None:
    root = tree({})
    copies = tmp_path / "copies"
    copies.mkdir()
    copy = copies / "paper.txt"
    words = "The firm said on Wednesday that it would no longer offer its matching service to any police department."
    copy.write_text(f"A headline\n\n{words}\n\nAnother paragraph that is about something else altogether.\n")
    cited = ["--root", root, "cite", "paper-two-2020", "--file", copy, "--find", "no longer offer"]
    before = (root / "records/sources/2020/paper-two-2020.yaml").read_text()
    code, out, err = run(*cited, "--dry-run")
    assert code == 0
    assert "nothing written" in err
    assert (root / "records/sources/2020/paper-two-2020.yaml").read_text() == before
    code, out, err = run(*cited)
    assert code == 0
    assert words.split()[3] not in out.casefold().split()
    after = (root / "records/sources/2020/paper-two-2020.yaml").read_text()
    assert out in after
    assert run("--root", root, "check")[0] == 0
    key = out.strip().partition(":")[0]
    states = {
        (each["source"], each["passage"]): each["state"]
        for each in json.loads(run("--root", root, "verify", "--articles", copies, "--format", "json")[1])
    }
    assert states["paper-two-2020", key] == "matched"
    assert run(*cited)[0] == 2  # it stands there already


def test_build_and_release_refuse_errors(run: Run, tree: Tree, tmp_path: Path) -> None:
    root = tree({})
    shutil.copy(ROOT / "datapackage.json", root)
    out = tmp_path / "out"
    assert run("--root", root, "build", "--out", out)[0] == 0
    code, _, err = run("--root", root, "release", "--version", "9.0.0")
    assert code == 2
    assert "repository" in err
    releases.git(root, "init", "-q")
    releases.commit(root)
    assert run("--root", root, "release", "--version", "9.0.0")[0] == 0
    assert json.loads((root / "datapackage.json").read_text())["version"] == "9.0.0"
    broken(root)
    releases.commit(root)
    code, said, _ = run("--root", root, "build", "--out", out)
    assert code == 1
    assert "acmee" in said
    code, said, _ = run("--root", root, "release", "--version", "9.1.0")
    assert code == 1
    assert "acmee" in said
    assert json.loads((root / "datapackage.json").read_text())["version"] == "9.0.0"


def test_build_never_replaces_what_is_no_package(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    code, _, err = run("--root", ROOT, "build", "--out", tmp_path)
    assert code == 2
    assert "letter.txt" in err
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_nothing_generated_has_drifted(run: Run) -> None:
    code, out, _ = run("--root", ROOT, "generate", "--check")
    assert (code, out) == (0, "everything generated is up to date\n")


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-c", "from policytrack.cli import main; main()", *map(str, words)]


def test_a_pipe_gets_neither_colour_nor_progress(tree: Tree) -> None:
    root = broken(tree({}))
    done = subprocess.run(command("--root", root, "check"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == ""


def on_terminal(words: list[str], **environment: str) -> str:
    """Run a command on a terminal and return all that it wrote there."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        words, stdout=theirs, stderr=theirs, stdin=theirs, env={**os.environ, "TERM": "xterm", **environment}
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    child.wait(timeout=60)
    os.close(ours)
    return b"".join(parts).decode()


def test_a_terminal_gets_colour_and_progress(tree: Tree) -> None:
    many = {f"records/actors/extra-{number}.yaml": "name: Extra\ntype: company\n" for number in range(120)}
    root = broken(tree(dict[str, Any](many)))
    said = on_terminal(command("--root", root, "check"))
    assert "reading: 50 of" in said
    assert "\x1b[31m" in said
    assert "\x1b[31m" not in on_terminal(command("--root", root, "check"), NO_COLOR="1")


def test_help_and_version_import_no_models() -> None:
    code = (
        "import sys\n"
        "from policytrack import cli\n"
        "sys.argv = ['policytrack', '--help']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'frictionless', 'pandas', 'rich', 'jsonschema', 'yaml'} & sys.modules.keys()\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "in-force" in done.stdout


def test_check_imports_neither_frictionless_nor_pandas() -> None:
    code = (
        "import sys\n"
        "from policytrack import cli\n"
        f"sys.argv = ['policytrack', '--root', {str(ROOT)!r}, 'check']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'frictionless', 'pandas', 'pyarrow', 'rich', 'jsonschema'} & sys.modules.keys()\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_closed_pipe_is_no_fault() -> None:
    words = [*command("--root", ROOT, "codes", "kind")]
    done = subprocess.run(["bash", "-c", '"$0" "$@" | head -1', *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_help_lists_every_command_and_builds_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    group: Any = typer.main.get_command(cli.app)
    monkeypatch.setattr(commands, "_built", None)
    code, out, _ = run("--help")
    listed = re.findall(r"^  ([a-z-]+) +[A-Z]", out.partition("Commands:\n")[2], re.MULTILINE)
    assert (code, listed) == (0, list(group.commands))
