"""The second opinion on a package: frictionless, behind one function and imported only when it is asked."""

from __future__ import annotations

from pathlib import Path

from policytrack.findings import Finding, Place
from policytrack.gate.faults import DESCRIPTOR
from policytrack.package.checking import check_package
from policytrack.package.descriptor import NAME


def validate(folder: Path | str) -> list[Finding]:
    """Return our own findings on the package in ``folder``, then those of frictionless."""
    return [*check_package(folder), *_second_opinion(Path(folder))]


def _second_opinion(folder: Path) -> list[Finding]:
    # 0.4 s to import, which no other command should wait for.
    from frictionless import FrictionlessException, Package  # noqa: PLC0415

    try:
        report = Package(str(folder / NAME)).validate()
    except FrictionlessException as error:
        return [_finding(NAME, str(error))]
    found = [_finding(NAME, error.message) for error in report.errors]
    for task in report.tasks:
        found += [_finding(task.place or NAME, error.message) for error in task.errors]
    return found


def _finding(path: str, message: str) -> Finding:
    return DESCRIPTOR.at(Place(path), f"frictionless: {message}", "see the other findings first")
