"""How long the site takes to build and to filter, and what its pages weigh: on the record and on synthetic actions.

    python benchmarks/site.py [ACTIONS]

Writes benchmarks/results-site.md. Filtering is measured in Chromium, from the event to the next paint, as the median
and the worst of the choices that the explorer offers.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from synthetic import write

from policytrack.dataset import read
from policytrack.site import build

ROOT = Path(__file__).parent.parent
ON = date(2026, 11, 22)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# What a reader of the explorer loads, the text of the search among it.
EXPLORER = (
    "actions/index.html",
    "static/site.css",
    "static/data.js",
    "static/app.js",
    "static/text.js",
)
MEASURE = """async () => {
    const times = [], painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const boxes = [...document.querySelectorAll(".options input")].filter(each => !each.closest("label").hidden);
    const timed = async change => {
        await painted();
        const from = performance.now();
        change();
        await painted();
        times.push(performance.now() - from);
    };
    for (const box of boxes.slice(0, 40)) { await timed(() => box.click()); await timed(() => box.click()); }
    const sort = document.getElementById("sort");
    for (const value of ["title", "oldest", "newest"]) {
        await timed(() => { sort.value = value; sort.dispatchEvent(new Event("input", {bubbles: true})); });
    }
    for (const query of ["q=council", "on=2021-05-01", "q=police&on=2020-01-01&from=2015-01-01"]) {
        await timed(() => { history.pushState(null, "", "?" + query); dispatchEvent(new PopStateEvent("popstate")); });
    }
    return times;
}"""


def main(actions: int) -> None:
    """Measure the record and ``actions`` synthetic actions, and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "synthetic"
        write(made, actions)
        told = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
        (made / "datapackage.json").write_text(json.dumps({**told, "resources": []}), encoding="utf-8")
        rows = [measured(root, Path(folder) / f"site-{number}") for number, root in enumerate((ROOT, made))]
    lines = [
        "# The site, measured",
        "",
        "Written by `make bench`. Seconds and milliseconds are of one machine, kB are kibibytes after gzip. The bars:",
        "5,000 actions build in 15 s, a filter takes 100 ms to the next paint, the explorer weighs 60 kB at 500",
        "actions, scripts 10 kB.",
        "",
        "| actions | read, s | build, s | CPU, s | files | filter, median ms | worst ms | explorer, kB | scripts, kB |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    (ROOT / "benchmarks" / "results-site.md").write_text("\n".join(lines), encoding="utf-8")
    sys.stdout.write("\n".join(lines))


def measured(root: Path, out: Path) -> str:
    """Return the row of the table for the records at ``root``."""
    begun = time.perf_counter()
    dataset = read(root)
    reading = time.perf_counter() - begun
    begun, cpu = time.perf_counter(), time.process_time()
    site = build(dataset, out, on=ON)
    building, cpu = time.perf_counter() - begun, time.process_time() - cpu
    times = filtering(site.folder)
    weight = sum(_packed(site.folder / path) for path in EXPLORER) / 1024
    own = (path for path in sorted((site.folder / "static").glob("*.js")) if path.stem not in _DATA)
    scripts = sum(map(_packed, own)) / 1024
    cells = (
        f"{len(dataset.actions):,}",
        f"{reading:.1f}",
        f"{building:.1f}",
        f"{cpu:.1f}",
        f"{site.files:,}",
        f"{statistics.median(times):.0f}",
        f"{max(times):.0f}",
        f"{weight:.1f}",
        f"{scripts:.1f}",
    )
    shutil.rmtree(out)
    return f"| {' | '.join(cells)} |"


_DATA = {"data", "terms", "text", "known"}


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def filtering(folder: Path) -> list[float]:
    """Return how long each of many choices takes to be painted, in milliseconds."""
    path = os.environ.get("POLICYTRACK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page: Page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((folder / "actions" / "index.html").as_uri())
        page.focus("#q")
        page.wait_for_selector("#explorer[data-ready]")
        times: list[float] = page.evaluate(MEASURE)
        browser.close()
    return times


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
