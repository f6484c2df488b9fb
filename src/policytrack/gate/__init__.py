"""The gate: what is wrong with any Data Package on disk, found by our own eyes and told with its place.

It knows nothing of the records and tables of this project, opens nothing outside the package and never the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policytrack.gate.descriptors import Node
from policytrack.gate.faults import DESCRIPTOR
from policytrack.gate.files import DESCRIPTOR_NAME, document_at
from policytrack.gate.metadata import inspect_package
from policytrack.gate.report import Report
from policytrack.gate.resources import inspect_resource, repeated
from policytrack.gate.schemas import Schema, inspect_references
from policytrack.gate.shapes import shown
from policytrack.gate.tables import Table, follow, inspect

__all__ = ["Gate", "Node", "Report", "Table", "pass_through"]


@dataclass
class Gate:
    """What a check found, and what it read on the way: the descriptor (None where there is none), and the tables."""

    report: Report
    descriptor: Node | None = None
    tables: list[Table] = field(default_factory=list)


def pass_through(root: Path) -> Gate:
    """Check the package in the folder ``root``; places are relative to it. Bad files never raise."""
    gate = Gate(Report())
    document = document_at(root, DESCRIPTOR_NAME, gate.report)
    if document is None:
        return gate
    node = document.root
    if not isinstance(node.value, dict):
        gate.report.at(DESCRIPTOR, "descriptor.object", node, f"{shown(node.value)} is not an object")
        return gate
    gate.descriptor = node
    inspect_package(root, node, gate.report)
    names = set(repeated(node["resources"], gate.report))
    schemas: dict[str, Schema | None] = dict.fromkeys(names)
    for each in node["resources"].items():
        if not isinstance(each.value, dict):
            gate.report.at(DESCRIPTOR, "resource.object", each, f"{shown(each.value)} is not an object")
            continue
        table = inspect_resource(root, each, gate.report, schemas)
        if table is not None:
            gate.tables.append(table)
    _inspect_tables(gate, schemas)
    return gate


def _inspect_tables(gate: Gate, schemas: dict[str, Schema | None]) -> None:
    """Read every table once for its own sake, and those with foreign keys once more."""
    for table in gate.tables:
        if table.schema is not None:
            table.references = inspect_references(table.schema, schemas, gate.report)
    wanted: dict[str, set[tuple[str, ...]]] = {}
    for table in gate.tables:
        for each in table.references:
            wanted.setdefault(each.table or table.name, set()).add(each.target)
    held = {}
    for table in gate.tables:
        found = inspect(table, wanted.get(table.name, set()), gate.report)
        if table.whole:
            held[table.name] = found
    for table in gate.tables:
        if table.references:
            follow(table, held, gate.report)
