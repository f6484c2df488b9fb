"""The rules: what must hold among records, beyond the shape of one file. One function per rule, one module per family.

Every module of this folder is imported, so that a rule counts as soon as its file is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from policytrack.dataset import Dataset
from policytrack.findings import Finding
from policytrack.rules.registry import RULES, Case, Fault, Rule, fault, rule
from policytrack.rules.waivers import waive

__all__ = ["RULES", "Case", "Fault", "Rule", "check", "fault", "rule"]

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")


def check(dataset: Dataset, today: date, progress: Callable[[int, int], None] | None = None) -> list[Finding]:
    """Return what was found while reading and what the rules find, in stable order.

    Warnings that a record waives are left out; what is wrong with a waiver is a finding itself. Only notices depend on
    ``today``. ``progress`` is called with the number of rules done and in all.
    """
    case = Case(dataset, today)
    found = list(dataset.findings)
    rules = sorted(RULES.values(), key=lambda each: (each.last, each.check.code))
    for number, each in enumerate(rules, 1):
        found += each.find(replace(case, found=tuple(found)) if each.last else case)
        if progress is not None:
            progress(number, len(rules))
    return sorted(waive(dataset, found), key=lambda finding: finding.order)
