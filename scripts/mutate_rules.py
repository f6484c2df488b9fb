"""Delete each rule in turn and see whether a test notices; print those that nobody misses, and exit 1 if there are any.

Run from the project's root: `python scripts/mutate_rules.py [CODE ...]`. It takes a few minutes for all rules.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from policytrack.rules import RULES

ROOT = Path(__file__).parent.parent
PAGES = "tests/test_pages.py"
TESTS = [PAGES, *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/test_rules*.py"))]
AT_ONCE = 2
FAILED = 1


def run(code: str, *tests: str) -> subprocess.CompletedProcess[str]:
    """Run tests without the rule ``code`` (empty: with all rules), up to the first failure."""
    command = [sys.executable, "-m", "pytest", *tests, "-x", "-q", "-p", "no:cacheprovider", f"--without-rule={code}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def noticed(code: str) -> str:
    """Return the first test that fails without the rule, or nothing: its own page is asked first."""
    for tests in ([PAGES, "-k", code], TESTS):
        result = run(code, *tests)
        failed = [line for line in result.stdout.splitlines() if line.startswith("FAILED ")]
        if result.returncode == FAILED and failed:
            return failed[0].removeprefix("FAILED ").partition(" - ")[0]
    return ""


def main(codes: list[str]) -> int:
    """Try the rules ``codes``, or all; return the exit code."""
    whole = run("", *TESTS)
    if whole.returncode:
        print(whole.stdout, whole.stderr, "the tests fail with all rules in place", sep="\n")
        return 2
    tried = codes or sorted(RULES)
    missed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for code, test in zip(tried, pool.map(noticed, tried), strict=True):
            verdict = f"noticed by {test}" if test else f"({RULES[code].check.name}) NO TEST NOTICES"
            print(code, verdict, flush=True)
            missed += [] if test else [code]
    print(f"{len(tried)} rules deleted one by one, {len(missed)} unnoticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
