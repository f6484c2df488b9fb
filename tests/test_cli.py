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
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_bad_call_ends_with_two_and_says_what_to_do(run: Run, tree: Tree, words: list[str], says: str) -> None:
    code, out, err = run("--root", tree({}), *words)
    assert code == 2
    assert says in err
    assert "Traceback" not in out + err


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
    code, _, err = run("--root", root, "release", "--version", "0.2.0")
    assert code == 2
    assert "repository" in err
    releases.git(root, "init", "-q")
    releases.commit(root)
    assert run("--root", root, "release", "--version", "0.2.0")[0] == 0
    assert json.loads((root / "datapackage.json").read_text())["version"] == "0.2.0"
    broken(root)
    releases.commit(root)
    code, said, _ = run("--root", root, "build", "--out", out)
    assert code == 1
    assert "acmee" in said
    code, said, _ = run("--root", root, "release", "--version", "0.3.0")
    assert code == 1
    assert "acmee" in said
    assert json.loads((root / "datapackage.json").read_text())["version"] == "0.2.0"


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
