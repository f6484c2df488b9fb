"""The check against its peers on the same records: ratios of processor time, written to benchmarks/results.md.

    python benchmarks/run.py [ACTIONS] [ROUNDS] [MOST]

ACTIONS and ROUNDS are for the comparison with the peers; growth is measured up to MOST actions. Runs are interleaved,
and processor time is what counts: other work on the machine changes it little.
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
from dataclasses import dataclass
from pathlib import Path

import synthetic
from peers import CACHE, PEERS

ROOT = Path(__file__).resolve().parents[1]
_OURS = "policytrack check"


@dataclass(frozen=True)
class Measured:
    """Seconds of processor time of each round, and the peak memory in megabytes."""

    seconds: tuple[float, ...]
    megabytes: float

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.seconds)


def main(actions: int = 10_000, rounds: int = 5, most: int = 50_000) -> None:
    """Measure, and write the tables."""
    for peer in PEERS:
        peer.install()
    told = []
    for part in (
        lambda: _facts(actions, rounds),
        lambda: _starts(rounds),
        lambda: _peers(actions, rounds),
        lambda: _build(actions),
        lambda: _growth(actions, most),
    ):
        told.append(part())
        sys.stdout.write(f"{told[-1]}\n\n")
        sys.stdout.flush()
    notes = (ROOT / "benchmarks" / "notes.md").read_text(encoding="utf-8")
    (ROOT / "benchmarks" / "results.md").write_text("\n\n".join([*told, notes]), encoding="utf-8")


def _records(actions: int) -> Path:
    """Return the root of as many synthetic records, made anew."""
    folder = CACHE / f"records-{actions}"
    shutil.rmtree(folder, ignore_errors=True)
    synthetic.write(folder, actions)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "datapackage.json", folder)
    return folder


def _facts(actions: int, rounds: int) -> str:
    versions = ", ".join(f"{peer.name} {peer.version}" for peer in PEERS)
    return (
        f"# How fast the check is\n\nMade by `make bench`: {actions:,} synthetic actions with their sources, {rounds} "
        f"interleaved rounds,\nmedians of processor time and of each round's ratio. "
        f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores, {platform.machine()}."
    )


def _peers(actions: int, rounds: int) -> str:
    """Return how long the peers take, compared with the whole check of the same records."""
    rows = []
    for slow, count in ((False, actions), (True, max(1, actions // 10))):
        folder = _records(count)
        peers = [peer for peer in PEERS if peer.slow is slow]
        commands = {_OURS: [_policytrack(folder, "check")]} | {peer.name: peer.calls(folder) for peer in peers}
        measured = _interleaved(commands, folder, rounds)
        ours = measured.pop(_OURS)
        rows.append(f"| {_OURS} | {count:,} | {ours.median:.2f} s | 1 | | {ours.megabytes:.0f} MB |")
        for peer in peers:
            found = measured[peer.name]
            ratio = statistics.median(theirs / own for theirs, own in zip(found.seconds, ours.seconds, strict=True))
            cells = f"{found.median:.2f} s | {ratio:.2f} | {peer.bar} | {found.megabytes:.0f} MB"
            rows.append(f"| {peer.name} | {count:,} | {cells} |")
    head = (
        "## The peers\n\nThe check reads, links and applies every rule; the peers know the schema alone. Those that "
        "take minutes are run on a tenth of the records.\n"
    )
    columns = "| tool | actions | processor time | times the check's | bar | peak memory |\n|---|---|---|---|---|---|"
    return "\n".join([head, columns, *rows])


def _growth(actions: int, most: int) -> str:
    """Return how the check grows with the records, start-up left out."""
    sizes = sorted({1_000, actions, most})
    start = _interleaved({"none": [_policytrack(_records(1), "check")]}, ROOT, 3)["none"].median
    rows = []
    for size in sizes:
        rounds = 3 if size < actions else 1
        found = _interleaved({"check": [_policytrack(_records(size), "check")]}, ROOT, rounds)["check"]
        each = (found.median - start) / size * 1_000_000
        rows.append((size, each, found.megabytes))
    least = rows[0][1]
    lines = [f"| {size:,} | {each / least:.2f} | {megabytes:.0f} MB |" for size, each, megabytes in rows]
    head = f"## Growth\n\nTime for each action, start-up left out, where {sizes[0]:,} actions are 1.\n"
    return "\n".join([head, "| actions | time for each | peak memory |", "|---|---|---|", *lines])


def _build(actions: int) -> str:
    """Return what writing the tables costs on top of the check that goes before it."""
    folder = _records(actions)
    out = ["--out", str(CACHE / "package")]
    commands = {
        _OURS: [_policytrack(folder, "check")],
        "CSV, SQLite and Parquet": [_policytrack(folder, "build", "--formats", "sqlite,parquet", *out)],
    }
    measured = _interleaved(commands, folder, 1)
    check = measured.pop(_OURS).median
    rows = [
        f"| {name} | {(found.median - check) / check:.2f} | {found.megabytes:.0f} MB |"
        for name, found in measured.items()
    ]
    head = "## Build\n\nOn top of the check that goes before it, in times that check.\n"
    return "\n".join([head, "| what is built | times the check | peak memory |", "|---|---|---|", *rows])


def _starts(rounds: int) -> str:
    """Return what starting costs, compared with a bare Python."""
    python, policytrack = sys.executable, _bin("policytrack")
    commands = {
        "python -c pass": [[python, "-c", "pass"]],
        "import policytrack": [[python, "-c", "import policytrack"]],
        "policytrack --version": [[policytrack, "--version"]],
        "policytrack --help": [[policytrack, "--help"]],
    }
    measured = _interleaved(commands, ROOT, 4 * rounds)
    bare = measured["python -c pass"].median
    rows = [f"| `{name}` | {found.median / bare:.1f} |" for name, found in measured.items()]
    return "\n".join(["## Start\n", "| command | times a bare Python |", "|---|---|", *rows])


def _policytrack(folder: Path, *words: str) -> list[str]:
    return [_bin("policytrack"), "--root", str(folder), *words]


def _bin(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _interleaved(commands: Mapping[str, Sequence[list[str]]], folder: Path, rounds: int) -> dict[str, Measured]:
    """Return what each takes: of several commands the time of all together, and the memory of the largest."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, several in commands.items():
            each = [_run(command, folder) for command in several]
            taken[name].append((sum(seconds for seconds, _ in each), max(memory for _, memory in each)))
    return {
        name: Measured(tuple(seconds for seconds, _ in runs), max(memory for _, memory in runs))
        for name, runs in taken.items()
    }


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command that finds no fault; return its processor time in seconds and its peak memory in megabytes."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    told = process.stderr.read().decode() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command[:6], stderr=told[:500])
    return used.ru_utime + used.ru_stime, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
