"""The check of a package by our own eyes: it sees what other readers let pass, and needs none of them."""

from __future__ import annotations

from pathlib import Path

from policytrack.findings import Finding
from policytrack.gate import pass_through
from policytrack.package import contents, portability


def check_package(folder: Path | str, *, portable: bool | None = None) -> list[Finding]:
    """Return what is wrong with the Data Package in ``folder``; places are relative to it. Bad files never raise.

    ``portable`` asks for the subset of the standard that every reader accepts; None: of packages of this project alone.
    """
    gate = pass_through(Path(folder))
    node, report = gate.descriptor, gate.report
    if node is None or not (portability.is_ours(node.value) if portable is None else portable):
        return report.done()
    found = list(report.findings)
    portability.inspect(node, report)
    for table in gate.tables:
        if table.kind == "csv" and len(table.targets) == 1 and portability.is_sound(table.targets[0].path, found):
            contents.inspect(table, report)
    return report.done()
