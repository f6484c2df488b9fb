#!/usr/bin/env python3
"""Compares policytrack with three validators of the day on the catalogue of mistakes (tests/catalogue.py).

    python scripts/compare_peers.py CACHE

installs check-jsonschema, ajv-cli and yamale under the folder CACHE, each in an environment of its own, shows each of
them every planted mistake, and writes docs/explanation/compared.md. Needs npm, and the network for the first run.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from catalogue import OPERATORS, Operator  # noqa: E402 - found on the path set above
from good_tree import good  # noqa: E402
from peer_tools import CHOSEN, Said, Tool, installed, quoted_scalars  # noqa: E402
from policytrack.dataset import read  # noqa: E402
from policytrack.documents import parse  # noqa: E402
from policytrack.findings import CATALOGUE, Severity  # noqa: E402
from policytrack.layout import KINDS, REDIRECTS  # noqa: E402
from policytrack.rules import check  # noqa: E402
from test_catalogue import TODAY  # noqa: E402

PAGE = ROOT / "docs/explanation/compared.md"
PLACE, ELSEWHERE, CRASH, NOTHING = "place", "found", "crash", "-"
TOTALS = {
    PLACE: "found, with its place",
    ELSEWHERE: "found, without its place",
    CRASH: "a traceback",
    NOTHING: "not found",
}
GROUPS = {
    "Files that cannot be read": range(1, 20),
    "Files in the wrong place": range(20, 30),
    "Fields and values": range(30, 40),
    "Ids and references": range(100, 200),
    "Time": range(200, 300),
    "Links": range(300, 400),
    "Scope": range(400, 500),
    "Evidence": range(500, 600),
    "Sources": range(600, 700),
    "Texts and waivers": range(700, 900),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one mistake, by tool."""

    operator: Operator
    verdicts: Mapping[str, str]


def kind_of(path: str) -> str | None:
    """Return the schema for a file, as a pattern of paths in a tool's settings would; None for one that none takes."""
    if path == REDIRECTS:
        return "redirects"
    parts = PurePosixPath(path).parts
    kinds = {kind.folder: name for name, kind in KINDS.items()}
    return kinds.get(parts[1]) if len(parts) > 2 and path.endswith(".yaml") else None  # noqa: PLR2004 - folder, kind, file


def lay(tree: Mapping[str, bytes], folder: Path, link: str = "") -> None:
    """Write a tree to a folder."""
    for path, content in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path == link:
            file.symlink_to(content.decode())
        else:
            file.write_bytes(content)


def ours(folder: Path, operator: Operator, expected: tuple[str, int, int]) -> str:
    """Return the verdict on policytrack."""
    found = [each for each in check(read(folder), TODAY) if each.severity is not Severity.NOTICE]
    places = [(each.place.path, each.place.line, each.place.column) for each in found if each.code == operator.code]
    return PLACE if expected in places else ELSEWHERE if found else NOTHING


def verdict(said: Said, raw: bytes, expected: tuple[str, int, int], path: str) -> str:
    """Return the verdict on a tool: the place counts when a line or a path that it names leads to the right line."""
    if said.crashed:
        return CRASH
    if not said.found:
        return NOTHING
    lines = set(said.lines)
    document, _ = parse(path, raw)
    for steps in said.paths:
        if document is not None:
            lines |= {document.place(steps, key=True).line, document.place(steps).line}
    return PLACE if expected[0] == path and expected[1] in lines else ELSEWHERE


def tried(operator: Operator, tree: Mapping[str, bytes], tools: tuple[Tool, ...]) -> Row:
    """Show one mistake to every tool."""
    planted, expected = operator.plant(dict(tree)), operator.place(dict(tree))
    path = operator.to or operator.path
    verdicts: dict[str, str] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        lay(planted, folder, operator.path if operator.link else "")
        verdicts["policytrack"] = ours(folder, operator, expected)
        kind = kind_of(path) if path in planted else None
        for tool in tools:
            if kind is None:
                verdicts[tool.name] = NOTHING
                continue
            if tool.quotes and not operator.link:
                (folder / path).write_bytes(quoted_scalars(planted[path]))
            verdicts[tool.name] = verdict(tool.ask(folder, kind, path), planted[path], expected, path)
    return Row(operator, verdicts)


def refused(tree: Mapping[str, bytes], tools: tuple[Tool, ...]) -> dict[str, list[str]]:
    """Return which files of the good tree each tool refuses: nothing can be compared where there are any."""
    found: dict[str, list[str]] = {tool.name: [] for tool in tools}
    for tool in tools:
        with TemporaryDirectory() as name:
            lay({path: quoted_scalars(raw) if tool.quotes else raw for path, raw in tree.items()}, Path(name))
            for path in tree:
                kind = kind_of(path)
                if kind and tool.ask(Path(name), kind, path).found:
                    found[tool.name].append(path)
    return found


def page(rows: list[Row], tools: tuple[Tool, ...]) -> str:
    """Return the page."""
    names = ["policytrack", *(tool.name for tool in tools)]
    counts = {name: Counter(row.verdicts[name] for row in rows) for name in names}
    intro = (ROOT / "scripts/compare_peers.md").read_text(encoding="utf-8")
    versions = "\n".join(f"- {tool.name} {tool.version}: {tool.told}" for tool in tools)
    parts = [
        "<!-- Generated by scripts/compare_peers.py; edit that and run it again, not this page. -->\n",
        intro.format(count=len(rows), versions=versions).rstrip(),
        "\n## Totals\n",
        _row(["", *names]),
        _row(["---"] * (len(names) + 1)),
        *(_row([told, *(str(counts[name][each]) for name in names)]) for each, told in TOTALS.items()),
        "\n## By kind of mistake\n",
        "Found (of them with their place) / all; a traceback does not count.\n",
        _row(["", *names]),
        _row(["---"] * (len(names) + 1)),
        *(_sums(title, [row for row in rows if int(row.operator.code[2:]) in codes], names)
          for title, codes in GROUPS.items()),
        "\n## Each mistake\n",
        _row(["code", "rule", "mistake", *names]),
        _row(["---"] * (len(names) + 3)),
        *(_row([row.operator.code, CATALOGUE[row.operator.code].name, row.operator.aspect,
                *(row.verdicts[name] for name in names)]) for row in rows),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _sums(title: str, rows: list[Row], names: list[str]) -> str:
    told = []
    for name in names:
        placed = sum(row.verdicts[name] == PLACE for row in rows)
        found = sum(row.verdicts[name] in {PLACE, ELSEWHERE} for row in rows)
        told.append(f"{found} ({placed}) / {len(rows)}")
    return _row([title, *told])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    """Install, compare, write the page."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the folder
        print(__doc__)
        return 2
    tools = installed(Path(sys.argv[1]).resolve(), ROOT)
    tree = good()
    wrong = {name: paths for name, paths in refused(tree, tools).items() if paths}
    if wrong:
        print(f"refused in the good tree: {wrong}")
        return 1
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda operator: tried(operator, tree, tools), OPERATORS))
    PAGE.write_text(page(rows, tools), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}: {len(rows)} mistakes, {len(CHOSEN)} tools beside our own")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
