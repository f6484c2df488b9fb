"""Show every fault of the gate's tests to other validators and write what each finds: docs/explanation/package-gate.md.

Run from the project's root: `python scripts/compare_gate.py FOLDER`. The others are installed into FOLDER, in an
environment of their own. It takes a few minutes.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import gate_package  # noqa: E402 - it stands with the tests
from gate_mutants import MUTANTS, Mutant, steps  # noqa: E402
from policytrack.findings import CATALOGUE  # noqa: E402
from policytrack.package import check_package  # noqa: E402

PAGE = ROOT / "docs/explanation/package-gate.md"
INTRO = ROOT / "scripts/compare_gate.md"
NEEDED = ("frictionless[json]==5.21.0", "dplib-py==1.1.0", "jsonschema==4.26.0")
NAMES = {"gate": "policytrack", "frictionless": "frictionless", "profile": "2.0 profile", "dplib": "dplib-py"}
PLACE, FOUND, NOTHING, CRASH, UNABLE = "place", "found", "no", "crash", "n/a"


def taken_out(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return a package without what frictionless refuses or misreads in the good one, as far as that can be told."""
    try:
        told = json.loads(files["datapackage.json"])
        for each in told["resources"]:
            if each.get("name") == "parts":
                each.pop("bytes", None)
                each.pop("hash", None)
            declared = each["schema"]["fields"] if isinstance(each.get("schema"), dict) else []
            for field in declared if isinstance(declared, list) else []:
                _simplified(field)
        told["resources"] = [each for each in told["resources"] if each.get("name") not in {"within", "ends", "tree"}]
    except (KeyError, TypeError, ValueError, AttributeError):
        return files
    return {**files, "datapackage.json": gate_package.text_of(told).encode()}


def _simplified(field: Any) -> None:  # noqa: ANN401 - any JSON
    if not isinstance(field, dict):
        return
    constraints = field.get("constraints")
    if isinstance(constraints, dict):
        constraints.pop("jsonSchema", None)
        if field.get("type") == "duration":
            constraints.pop("maximum", None)
    if field.get("name") == "grouped":
        field["type"] = "string"


def python_of(cache: Path) -> Path:
    """Install the others and return the Python of their environment."""
    python = cache / "dplib/bin/python"
    if not python.exists():
        venv.create(cache / "dplib", with_pip=True, clear=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDED], check=True, capture_output=True)
    return python


def answers(python: Path, packages: list[dict[str, bytes]]) -> Iterator[dict[str, Any]]:
    """Yield what the others say of each package."""
    command = [str(python), str(ROOT / "scripts/gate_peers.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        assert process.stdout is not None  # noqa: S101 - the same
        for files in packages:
            with tempfile.TemporaryDirectory() as name:
                whole = gate_package.lay(Path(name) / "whole", files)
                simple = gate_package.lay(Path(name) / "simple", taken_out(files))
                where = {"frictionless": str(simple), "profile": str(whole), "dplib": str(whole)}
                process.stdin.write(json.dumps(where) + "\n")
                process.stdin.flush()
                yield json.loads(process.stdout.readline())


def verdict(mutant: Mutant, place: tuple[str, int, int], said: dict[str, Any], before: dict[str, Any]) -> str:
    """Judge an answer: what a tool says of the good package as well does not count."""
    known = {json.dumps(each, sort_keys=True) for each in before["errors"]}
    new = [each for each in said["errors"] if json.dumps(each, sort_keys=True) not in known]
    if said["crashed"]:
        return CRASH
    if not new:
        return NOTHING
    return PLACE if any(_names(each, mutant, place) for each in new) else FOUND


def _names(error: dict[str, Any], mutant: Mutant, place: tuple[str, int, int]) -> bool:
    """Whether an error names the place: the row and file, the pointer, or the property that is wrong."""
    if isinstance(mutant.place, tuple):
        row = error.get("row")
        return error.get("table") == place[0] and (row == place[1] or (row is None and place[1] == 1))
    wanted = steps(mutant.place)
    if "steps" in error:
        return tuple(map(str, error["steps"])) == tuple(map(str, wanted))
    words = [str(step) for step in wanted if not str(step).isdigit()]
    return (bool(words) and f"/{words[-1]}'" in error["text"]) or (bool(words) and f"'{words[-1]}'" in error["text"])


def ours(mutant: Mutant, files: dict[str, bytes], place: tuple[str, int, int]) -> str:
    """Judge our own check by the same measure."""
    with tempfile.TemporaryDirectory() as name:
        found = check_package(gate_package.lay(Path(name), files))
    if not any(each.code == mutant.code for each in found):
        return NOTHING
    return PLACE if any((each.place.path, each.place.line, each.place.column) == place for each in found) else FOUND


def page(rows: list[tuple[Mutant, dict[str, str]]], before: dict[str, Any]) -> str:
    """Return the page."""
    counts = {name: Counter(told[name] for _, told in rows) for name in NAMES}
    errors = [mutant for mutant, _ in rows if CATALOGUE[mutant.code].severity == "error"]
    parts = [
        "<!-- Generated by scripts/compare_gate.py; edit that and run it again, not this page. -->\n",
        INTRO.read_text(encoding="utf-8").format(count=len(rows), errors=len(errors)).rstrip(),
        "\n## Totals\n",
        _row(["", *NAMES.values()]),
        _row(["---"] * (len(NAMES) + 1)),
    ]
    totals = {PLACE: "found, with its place", FOUND: "found, without it", NOTHING: "not found", CRASH: "breaks down",
              UNABLE: "cannot be shown to it"}  # fmt: skip
    parts += [_row([told, *(str(counts[name][each]) for name in NAMES)]) for each, told in totals.items()]
    parts += ["\n## By code\n", "Found (of them with their place) / all.\n", _row(["", *NAMES.values()])]
    parts.append(_row(["---"] * (len(NAMES) + 1)))
    for code in sorted({mutant.code for mutant, _ in rows}):
        mine = [told for mutant, told in rows if mutant.code == code]
        cells = []
        for name in NAMES:
            placed, found = (sum(told[name] in kinds for told in mine) for kinds in ({PLACE}, {PLACE, FOUND}))
            cells.append(f"{found} ({placed}) / {len(mine)}")
        parts.append(_row([f"{code} {CATALOGUE[code].name}", *cells]))
    parts += ["\n## What they say of the package without a fault\n"]
    for name in ("frictionless", "profile", "dplib"):
        said = [" ".join(each["text"].split())[:160] for each in before[name]["errors"]]
        parts.append(f"- {NAMES[name]}: {'; '.join(f'`{each}`' for each in said) or 'nothing'}")
    parts += ["\n## Each fault\n", _row(["code", "what is tested", *NAMES.values()])]
    parts.append(_row(["---"] * (len(NAMES) + 2)))
    parts += [_row([mutant.code, f"`{mutant.key}`", *(told[name] for name in NAMES)]) for mutant, told in rows]
    return "\n".join(parts) + "\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    """Install, compare, write the page."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the folder
        print(__doc__)
        return 2
    python = python_of(Path(sys.argv[1]).resolve())
    good = gate_package.good()
    planted = [mutant.planted() for mutant in MUTANTS]
    simple = taken_out(good)
    before, *rest = answers(python, [good, *(files for files, _ in planted)])
    rows = []
    for mutant, (files, place), said in zip(MUTANTS, planted, rest, strict=True):
        told = {name: verdict(mutant, place, said[name], before[name]) for name in ("frictionless", "profile", "dplib")}
        if taken_out(copy.deepcopy(files)) == simple:
            told["frictionless"] = UNABLE
        rows.append((mutant, {"gate": ours(mutant, files, place), **told}))
    PAGE.write_text(page(rows, before), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}: {len(rows)} faults")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
