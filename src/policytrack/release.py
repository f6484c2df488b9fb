"""A release: the committed package at the root, so that a fresh clone holds data that has a version."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from policytrack import coverage
from policytrack.dataset import Dataset
from policytrack.findings import Finding, Severity
from policytrack.package import NAME, SEMVER, Built, check_package, compose
from policytrack.package.building import lay
from policytrack.package.descriptor import DATA

_STAGED = ".release"
_FAILING = {Severity.ERROR, Severity.WARNING}


class ReleaseError(ValueError):
    """A release that is refused; ``findings`` are the reason where the records or the package are."""

    def __init__(self, message: str, advice: str = "", findings: Iterable[Finding] = ()) -> None:
        """Keep the message, the advice and the findings apart."""
        super().__init__(message)
        self.advice = advice
        self.findings = tuple(findings)


def release(dataset: Dataset, version: str, findings: Iterable[Finding], *, created: datetime | None = None) -> Built:
    """Write `data/*.csv`, the coverage statement and the descriptor at the root as ``version``, and say what it was.

    ``findings`` are those of a check of the same data set. Raises `ReleaseError` on errors and warnings among them,
    on a version that is not semantic versioning, and on a package that does not hold. Each file is replaced whole, the
    descriptor last: killed at any moment, every table is one that was released, and a second call ends the work.
    """
    root = dataset.root
    if not re.fullmatch(SEMVER, version, re.ASCII):
        message = f"`{version}` is not a version"
        raise ReleaseError(message, "write three numbers: 0.1.0")
    failing = [finding for finding in findings if finding.severity in _FAILING]
    if failing:
        message = f"{len(failing)} findings stand against a release"
        raise ReleaseError(message, "mend them, or waive the warnings that stand", failing)
    made = compose(dataset, version=version, created=created)
    staged = root / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        lay(staged, made.files)
        faults = check_package(staged)
        if faults:
            message = f"the package would have {len(faults)} faults"
            raise ReleaseError(message, "mend the records that they come from", faults)
        lay(staged, {coverage.PATH: coverage.page(dataset).encode()})
        (root / coverage.PATH).parent.mkdir(exist_ok=True)
        _swap(staged, root, sorted(path for path in made.files if path.startswith(f"{DATA}/")))
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Built(root, version, made.rows)


def _swap(staged: Path, root: Path, tables: list[str]) -> None:
    """Put the staged tables in their places, the descriptor after them, and take away tables that are no more."""
    (root / DATA).mkdir(exist_ok=True)
    for path in (*tables, coverage.PATH, NAME):
        (staged / path).replace(root / path)
    for old in sorted((root / DATA).glob("*.csv")):
        if f"{DATA}/{old.name}" not in tables:
            old.unlink()
