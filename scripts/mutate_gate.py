"""Delete each thing that the gate tells in turn and see whether a fault lives; print those that nobody misses.

Run from the project's root: `python scripts/mutate_gate.py [MODULE ...]`. Each place in the code that reports is taken
out of the source, in a process of its own, and the faults that it should find are shown to what is left: a fault lives
when nothing is found. Exits 1 when a place can be deleted and no fault lives. It takes a few minutes.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
AT_ONCE = 2
# What no content of files can show: a machine that fails.
UNPLANTED = {"file.closed"}
# A place that makes a fault which is told elsewhere is deleted where it is told.
CARRYING = {"JsonFault", "Unopened"}


class Deletion(ast.NodeTransformer):
    """Puts nothing in the stead of the calls that begin on one line."""

    def __init__(self, line: int) -> None:
        """Remember the line."""
        self.line = line
        self.done = 0

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Replace a statement that is such a call."""
        if isinstance(node.value, ast.Call) and node.value.lineno == self.line:
            self.done += 1
            return ast.copy_location(ast.Pass(), node)
        return node


class Spoilt(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module without one of its statements."""

    def __init__(self, path: Path, line: int) -> None:
        """Say which module, and which line of it."""
        relative = path.relative_to(ROOT / "src").with_suffix("")
        parts = relative.parts[:-1] if relative.name == "__init__" else relative.parts
        self.name, self.path, self.line = ".".join(parts), path, line

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:  # fmt: skip
        """Offer the module."""
        del path, target
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self,
            submodule_search_locations=[str(self.path.parent)] if self.path.name == "__init__.py" else None,
        )  # fmt: skip

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        del spec

    def exec_module(self, module: ModuleType) -> None:
        """Run what is left of the module."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        deletion = Deletion(self.line)
        exec(compile(ast.fix_missing_locations(deletion.visit(tree)), str(self.path), "exec"), module.__dict__)  # noqa: S102
        if not deletion.done:
            sys.exit("nothing to delete")


def alive(path: str, line: int, pattern: str) -> list[str]:
    """Return the faults that live without one statement; run in a process of its own."""
    sys.meta_path.insert(0, Spoilt(Path(path), line))
    sys.path.insert(0, str(TESTS))
    import gate_package  # noqa: PLC0415 - only now is the module spoilt
    from gate_mutants import MUTANTS  # noqa: PLC0415
    from policytrack.package import check_package  # noqa: PLC0415

    lives = []
    for mutant in MUTANTS:
        if not re.fullmatch(pattern, mutant.key):
            continue
        with tempfile.TemporaryDirectory() as name:
            try:
                found = check_package(gate_package.lay(Path(name), mutant.planted()[0]))
            except Exception:  # noqa: BLE001, S112 - what breaks down has not let the fault pass
                continue
        if not any(each.code == mutant.code for each in found):
            lives.append(mutant.key)
    return lives


def tried(path: Path, line: int, pattern: str) -> str:
    """Delete one statement; return the faults that live, or why it could not be tried."""
    command = [sys.executable, __file__, "--alive", str(path), str(line), pattern]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else f"! {done.stderr.strip()[-200:]}"


def main(modules: list[str]) -> int:
    """Try all places, or those in some modules; return the exit code."""
    sys.path.insert(0, str(TESTS))
    import gate_keys  # noqa: PLC0415 - it stands with the tests

    sites = [
        site
        for site in gate_keys.sites()
        if site.call not in CARRYING and "portable" not in site.pattern and (not modules or site.path.stem in modules)
        and site.pattern.replace("\\", "") not in UNPLANTED
    ]  # fmt: skip
    missed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda site: tried(site.path, site.line, site.pattern), sites)
        for site, said in zip(sites, results, strict=True):
            lives = [] if said.startswith("!") else json.loads(said)
            where = f"{site.path.name}:{site.line} {site.pattern}"
            print(where, f"lets {len(lives)} live" if lives else f"NOTHING LIVES {said}", flush=True)
            missed += not lives
    print(f"{len(sites)} places deleted one by one, {missed} unnoticed")
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alive"]:
        print(json.dumps(alive(sys.argv[2], int(sys.argv[3]), sys.argv[4])))
        sys.exit(0)
    sys.exit(main(sys.argv[1:]))
