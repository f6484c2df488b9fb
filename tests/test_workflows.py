"""What runs elsewhere, in forges, hooks and editors, is held to the same as the code: linted and pinned."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from policytrack.cli import app
from policytrack.layout import KINDS, RECORDS, REDIRECTS, SINGLE
from policytrack.schemas.records import CHANGE_NOTE
from policytrack.versions import NEXT

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
PINNED = re.compile(r"uses: actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")
NAMES = [path.stem for path in WORKFLOWS]


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    words = [
        str(BIN / "zizmor"),
        "--offline",
        "--persona=auditor",
        "--no-progress",
        "--quiet",
        "--no-config",
        *map(str, paths),
    ]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def schema(name: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    words = [str(BIN / "check-jsonschema"), "--builtin-schema", name, *map(str, paths)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def loaded(path: Path) -> Any:
    # The base loader leaves `on` the word that it is.
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)  # noqa: S506


def test_the_workflows_that_the_project_needs_are_there() -> None:
    assert {"check", "release", "links"} <= set(NAMES)


def test_workflows_have_the_form_of_workflows() -> None:
    done = schema("vendor.github-workflows", *WORKFLOWS)
    assert done.returncode == 0, done.stdout
    done = schema("custom.github-workflows-require-timeout", *WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_workflows_are_safe() -> None:
    done = zizmor(*WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_the_linters_see_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    step = "- run: echo ${{ github.event.pull_request.title }}\n      - uses: actions/checkout@v5"
    bad.write_text(f"on: [pull_request_target]\njobs:\n  a:\n    runs-on: x\n    steps:\n      {step}\n")
    assert zizmor(bad).returncode != 0
    assert schema("custom.github-workflows-require-timeout", bad).returncode != 0
    bad.write_text("on: [push]\njobs: {a: {runs-on: x, stepps: []}}\n")
    assert schema("vendor.github-workflows", bad).returncode != 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_a_workflow_uses_pinned_actions_of_the_forge_and_no_secret(path: Path) -> None:
    text = path.read_text()
    uses = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.fullmatch(line)] == []
    assert "secrets." not in text
    assert loaded(path)["permissions"] == {"contents": "read"}


def test_jobs_that_may_write_run_nothing_of_the_repository() -> None:
    jobs = [(path.stem, name, job) for path in WORKFLOWS for name, job in loaded(path)["jobs"].items()]
    allowed = {(stem, name): job for stem, name, job in jobs if job.get("permissions")}
    assert {key: job["permissions"] for key, job in allowed.items()} == {
        ("release", "publish"): {"contents": "write"},
        ("release", "site"): {"pages": "write", "id-token": "write"},
    }
    for job in allowed.values():
        assert not any("checkout" in step.get("uses", "") or ".venv" in step.get("run", "") for step in job["steps"])


def test_the_site_is_published_only_where_somebody_asked_for_it() -> None:
    jobs = loaded(ROOT / ".github/workflows/release.yml")["jobs"]
    asked = "${{ vars.PAGES_URL != '' }}"
    assert jobs["site"]["if"] == asked
    steps = [step for step in jobs["build"]["steps"] if "site" in str(step) or "pages" in str(step)]
    assert [step.get("if") for step in steps] == [asked] * 2


def test_a_release_is_verified_before_it_is_published_whole() -> None:
    jobs = loaded(ROOT / ".github/workflows/release.yml")["jobs"]
    steps = [str(step) for step in jobs["build"]["steps"]]
    verified = next(number for number, step in enumerate(steps) if "verify-release dist --rebuild" in step)
    packed = next(number for number, step in enumerate(steps) if "upload-artifact" in step)
    assert verified < packed
    assert all(name in steps[packed] for name in ("*.zip", "SHA256SUMS", "provenance.intoto.jsonl", "*.whl"))


def test_the_check_annotates_tells_what_changed_and_runs_the_gate() -> None:
    text = (ROOT / ".github/workflows/check.yml").read_text()
    for words in (
        "check --strict --format github",
        "bump --check",
        "--format markdown",
        '>> "$GITHUB_STEP_SUMMARY"',
        "make test",
    ):
        assert words in text


def test_links_are_asked_on_a_schedule_and_never_for_a_change() -> None:
    assert set(loaded(ROOT / ".github/workflows/links.yml")["on"]) == {"schedule", "workflow_dispatch"}


def called() -> Iterator[str]:
    """Yield every call of the command that a workflow or a hook makes."""
    for path in [*WORKFLOWS, ROOT / ".pre-commit-config.yaml", ROOT / ".pre-commit-hooks.yaml"]:
        yield from re.findall(r"(?:\.venv/bin/|entry: )policytrack (.+)", path.read_text())


@pytest.mark.parametrize("words", sorted(set(called())))
def test_commands_that_are_called_exist_with_their_options(words: str) -> None:
    command: Any = typer.main.get_command(app)
    steps = re.split(r" [|>]", words)[0].split()
    while hasattr(command, "commands"):
        command = command.commands[steps.pop(0)]
    known = {name for parameter in command.params for name in parameter.opts}
    assert {step.partition("=")[0] for step in steps if step.startswith("--")} <= known


def test_hooks_for_other_repositories_say_what_pre_commit_needs() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in hooks} == {"policytrack-check", "policytrack-fmt"}
    for hook in hooks:
        assert {"id", "name", "description", "entry", "language", "files"} <= hook.keys()
        assert hook["language"] == "python"
        assert re.search(hook["files"], "records/actors/acme.yaml")
        assert not re.search(hook["files"], "docs/index.md")


def test_local_hooks_run_what_the_gate_installs() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        program = hook["entry"].split()[0]
        assert (BIN / Path(program).name).exists()


def test_the_editor_has_the_schema_of_each_kind_of_record() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())
    schemas: dict[str, str] = settings["yaml.schemas"]
    assert all((ROOT / path).is_file() for path in schemas)
    records = [path.relative_to(ROOT).as_posix() for path in (ROOT / RECORDS).rglob("*.yaml")]
    kinds = {kind.folder: name for name, kind in KINDS.items()}
    for path in [*records, REDIRECTS, f"{NEXT}/a-change.yaml"]:
        name = CHANGE_NOTE if path.startswith(NEXT) else SINGLE.get(path) or kinds[path.split("/")[1]]
        matching = [each for each, pattern in schemas.items() if fnmatch(path, pattern.replace("**/", "*"))]
        assert matching == [f"./schemas/{name}.schema.json"]
    assert json.loads((ROOT / ".vscode/extensions.json").read_text())["recommendations"]
