"""Folders nested deeper than Python calls, and taken away again: no test tool could remove them afterwards."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEPTH = 1_100


@contextmanager
def nested(folder: Path) -> Iterator[Path]:
    """Give the innermost of the folders that are made in ``folder``."""
    here = folder
    try:
        for _ in range(DEPTH):
            here /= "d"
            here.mkdir()
        yield here
    finally:
        subprocess.run(["rm", "-rf", folder / "d"], check=True)
