"""The rules: what must hold among records, beyond the shape of one file. One module per family, one function per rule."""

from __future__ import annotations

from datetime import date

from policytrack.dataset import Dataset
from policytrack.findings import Finding
from policytrack.rules.registry import RULES, Case, Fault, Rule, fault, rule
from policytrack.rules.waivers import waive

__all__ = ["RULES", "Case", "Fault", "Rule", "check", "fault", "rule"]


def check(dataset: Dataset, today: date) -> list[Finding]:
    """Return what was found while reading and what the rules find, in stable order.

    Warnings that a record waives are left out; what is wrong with a waiver is a finding itself. Rules that ask for
    the time take ``today``.
    """
    case = Case(dataset, today)
    found = [*dataset.findings, *(finding for each in RULES.values() for finding in each.find(case))]
    return sorted(waive(dataset, found), key=lambda finding: finding.order)
