"""The check against its peers on the same records: ratios of processor time, written to benchmarks/results.md.

    python benchmarks/run.py [ACTIONS] [ROUNDS]

The peers are installed into environments of their own under .cache/benchmarks/. Runs are interleaved, and processor
time is what counts: other work on the machine changes it little.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import synthetic

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "benchmarks"
AJV, CHECK_JSONSCHEMA = "5.0.0", "0.39.0"
KINDS = {"actions": "action", "sources": "source"}


def main(actions: int = 10_000, rounds: int = 5) -> None:
    """Measure, and write the table."""
    small, large = (_records(count) for count in (max(1, actions // 10), actions))
    told = [_facts(actions, rounds), _peers(large, rounds), _growth(small, large, rounds), _starts(rounds)]
    notes = (ROOT / "benchmarks" / "notes.md").read_text(encoding="utf-8")
    (ROOT / "benchmarks" / "results.md").write_text("\n\n".join([*told, notes]), encoding="utf-8")


def _records(actions: int) -> Path:
    """Return the folder of as many synthetic records, which is made once."""
    folder = CACHE / f"records-{actions}"
    if not folder.is_dir():
        synthetic.write(folder, actions)
        shutil.copytree(ROOT / "schemas", folder / "schemas")
    return folder


def _facts(actions: int, rounds: int) -> str:
    versions = f"Python {platform.python_version()}, ajv-cli {AJV}, check-jsonschema {CHECK_JSONSCHEMA}"
    return (
        f"# How fast the check is\n\nMade by `make bench`: {actions:,} synthetic actions with their sources, {rounds} "
        f"interleaved rounds, medians.\nProcessor time; {versions}; {os.cpu_count()} cores, {platform.machine()}."
    )


def _peers(folder: Path, rounds: int) -> str:
    """Return how long the peers take, compared with the whole check."""
    ajv, check_jsonschema = _install()
    commands: dict[str, list[list[str]]]
    commands = {"policytrack check": [_check(folder)], "ajv-cli": [], "check-jsonschema": []}
    for plural, kind in KINDS.items():
        schema = f"schemas/{kind}.schema.json"
        files = sorted(str(path.relative_to(folder)) for path in (folder / "records" / plural).rglob("*.yaml"))
        options = [
            "--spec=draft2020",
            "--strict=false",
            "--errors=no",
            "-s",
            schema,
            "-d",
            f"records/{plural}/**/*.yaml",
        ]
        commands["ajv-cli"].append([ajv, "validate", *options])
        commands["check-jsonschema"].append([check_jsonschema, "--schemafile", schema, *files])
    measured = _interleaved(commands, folder, rounds)
    ours = measured["policytrack check"][0]
    rows = [
        f"| {name} | {seconds:.2f} s | {ours / seconds:.2f} | {megabytes:.0f} MB |"
        for name, (seconds, megabytes) in measured.items()
    ]
    head = "## The peers\n\nThe check reads, links and applies every rule; the peers know the schema alone.\n"
    return "\n".join([head, "| tool | processor time | check / tool | peak memory |", "|---|---|---|---|", *rows])


def _growth(small: Path, large: Path, rounds: int) -> str:
    """Return how the check grows when there is ten times as much."""
    commands = {"tenth": [_check(small)], "whole": [_check(large)], "none": [_check(_records(1))]}
    measured = _interleaved(commands, ROOT, rounds)
    tenth, whole, none = (measured[name][0] for name in commands)
    ratio = (whole - none) / (tenth - none)
    return f"## Growth\n\nTen times the records take {ratio:.1f} times as long, start-up left out."


def _starts(rounds: int) -> str:
    """Return what starting costs, compared with a bare Python."""
    python, policytrack = sys.executable, _bin("policytrack")
    commands = {
        "python -c pass": [[python, "-c", "pass"]],
        "import policytrack": [[python, "-c", "import policytrack"]],
        "policytrack --version": [[policytrack, "--version"]],
        "policytrack --help": [[policytrack, "--help"]],
    }
    measured = _interleaved(commands, ROOT, 2 * rounds)
    bare = measured["python -c pass"][0]
    rows = [f"| `{name}` | {seconds / bare:.1f} |" for name, (seconds, _) in measured.items()]
    return "\n".join(["## Start\n", "| command | times a bare Python |", "|---|---|", *rows])


def _check(folder: Path) -> list[str]:
    return [_bin("policytrack"), "--root", str(folder), "check"]


def _bin(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _install() -> tuple[str, str]:
    """Return the commands of the peers, installed where they are missing."""
    ajv = CACHE / "ajv" / "node_modules" / ".bin" / "ajv"
    python = CACHE / "python" / "bin"
    if not ajv.exists():
        _run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(CACHE / "ajv"), f"ajv-cli@{AJV}"], ROOT)
    if not (python / "check-jsonschema").exists():
        _run([sys.executable, "-m", "venv", str(CACHE / "python")], ROOT)
        _run([str(python / "pip"), "install", "-q", f"check-jsonschema=={CHECK_JSONSCHEMA}"], ROOT)
    return str(ajv), str(python / "check-jsonschema")


def _interleaved(
    commands: Mapping[str, Sequence[list[str]]], folder: Path, rounds: int
) -> dict[str, tuple[float, float]]:
    """Return the median processor time in seconds, and the peak memory in megabytes, of each."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, several in commands.items():
            each = [_run(command, folder) for command in several]
            taken[name].append((sum(seconds for seconds, _ in each), max(memory for _, memory in each)))
    return {
        name: (statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs))
        for name, runs in taken.items()
    }


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command that gets to its end; return its processor time in seconds and its peak memory in megabytes."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    told = process.stderr.read().decode() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # A peer may find fault: ajv-cli takes a date without quotes for something that is no text.
    if process.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(process.returncode, command[:6], stderr=told[:500])
    return used.ru_utime + used.ru_stime, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
