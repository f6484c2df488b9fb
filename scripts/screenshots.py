"""Take the pictures of the site that the documentation shows: docs/images/*.png.

    python scripts/screenshots.py

The site is built from the records as they are, on the day of the latest release, and opened in Chromium. Pictures are
as wide as a small laptop and no heavier than a page of the site should be.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from policytrack.dataset import read
from policytrack.site import build
from policytrack.site.past import Past

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 600}
MOST = 120 * 1024
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-lcd-text"]
PAGES = {
    "home": "index.html",
    "explorer": "actions/index.html?kind=ban&subjects=law-enforcement",
    "record": "actions/amazon-rekognition-police-moratorium-2020.html",
    "in-force": "in-force.html?on=2021-05-01&actor=amazon",
}


def main() -> int:
    """Write the pictures; return 1 if one is too heavy."""
    with tempfile.TemporaryDirectory() as folder:
        released = max(release.version.released for release in Past(ROOT).releases)
        site = build(read(ROOT), Path(folder) / "site", on=date.fromisoformat(released))
        shoot(site.folder)
    heavy = [name for name in PAGES if (OUT / f"{name}.png").stat().st_size > MOST]
    for name in heavy:
        sys.stderr.write(f"{name}.png weighs more than {MOST // 1024} kB\n")
    return 1 if heavy else 0


def shoot(site: Path) -> None:
    """Take a picture of the top of each page."""
    OUT.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("POLICYTRACK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        for name, address in PAGES.items():
            file, mark, query = address.partition("?")
            page.goto((site / file).as_uri() + mark + query)
            page.screenshot(path=OUT / f"{name}.png", animations="disabled")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
