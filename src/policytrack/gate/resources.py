"""The resources of a package: what is wrong with their descriptions and files, and which of them are tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from policytrack.gate.descriptors import MAX_BYTES, Node
from policytrack.gate.dialects import Dialect, dialect_of
from policytrack.gate.faults import ADVICE, DESCRIPTOR, UNREAD
from policytrack.gate.files import document_at, inspect_hash, inspect_size, targets
from policytrack.gate.forms import is_encoding, is_name
from policytrack.gate.metadata import inspect_licenses, inspect_sources
from policytrack.gate.paths import Target, is_remote, is_sound
from policytrack.gate.profiles import inspect_profile, is_tabular
from policytrack.gate.report import Report
from policytrack.gate.schemas import Schema, schema_of
from policytrack.gate.shapes import RESOURCE, shown
from policytrack.gate.tables import Table

_COMPRESSED: Final = {"gz", "zip", "bz2", "xz", "zst", "7z", "tgz"}
_READ: Final = {"csv": "csv", "tsv": "tsv", "json": "json", "ndjson": "ndjson", "jsonl": "ndjson"}
_KNOWN: Final = {*_READ, "xlsx", "xls", "ods", "parquet", "sqlite", "db", "feather", "yaml", "geojson"}
_MEDIATYPES: Final = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/x-ndjson": "ndjson",
}


def inspect_resource(
    root: Path, node: Node, report: Report, schemas: dict[str, Schema | None]
) -> Table | None:  # fmt: skip
    """Tell what is wrong with a resource and its files, rows left aside; return it when it is a table to be read.

    Its schema is put under its name into ``schemas``, whether or not its rows can be read.
    """
    RESOURCE.inspect(node, report)
    _inspect_name(node, report)
    inspect_profile(root, node, "dataresource", report)
    inspect_licenses(root, node, report)
    inspect_sources(root, node, report)
    if is_tabular(node) and "schema" not in node:
        report.at(DESCRIPTOR, "resource.tabular", node, "a tabular data resource has no `schema`")
    files = _files(root, node, report)
    kind = _kind(node, files, report)
    schema, dialect = _described(root, node, kind, report)
    if isinstance(node["name"].value, str):
        schemas[node["name"].value] = schema
    if files is None and not ("data" in node and "path" not in node):
        return None
    if not _is_table(node, kind):
        return None
    table = Table(root, str(node["name"].value), kind, dialect, schema, node, files or [])
    encoding = node["encoding"].value
    table.encoding = encoding if is_encoding(encoding) else "utf-8"
    return table if _is_readable(table, report) else None


def _inspect_name(node: Node, report: Report) -> None:
    name = node["name"].value
    if "name" not in node:
        report.at(DESCRIPTOR, "resource.nameless", node, "the resource has no `name`")
    elif isinstance(name, str) and name.strip() and not is_name(name):
        message = f"`{name}` is not in lower case letters, digits, `.`, `-` and `_`"
        report.at(ADVICE, "resource.name.case", node["name"], message)


def _files(root: Path, node: Node, report: Report) -> list[Target] | None:
    """Return the files of a resource; None, and why, when there are none to open."""
    if "path" not in node and "data" not in node:
        report.at(DESCRIPTOR, "resource.empty", node, "the resource has neither `path` nor `data`")
        return None
    if "path" not in node:
        return None
    path = node["path"]
    if "data" in node:
        report.at(DESCRIPTOR, "resource.both", node["data"], "the resource has `path` and `data`")
    nodes = list(path.items()) if isinstance(path.value, list) else [path]
    if not nodes or not all(isinstance(each.value, str) and each.value for each in nodes):
        report.at(DESCRIPTOR, "resource.path", path, f"{shown(path.value)} is neither a path nor a list of paths")
        return None
    found = targets(root, nodes, report) if _are_here(path, nodes, report) else None
    if found:
        inspect_size(node, found, report)
        inspect_hash(node, found, report)
    return found


def _are_here(path: Node, nodes: list[Node], report: Report) -> bool:
    """Whether paths are safe ones of this machine; tell when not."""
    sound = [is_sound(each, report) for each in nodes]
    remote = [is_remote(each.value) for each in nodes]
    if any(remote) and not all(remote):
        report.at(DESCRIPTOR, "resource.mixed", path, "addresses of the web and paths stand in one list")
    elif any(remote):
        report.at(UNREAD, "unread.remote", path, f"`{nodes[0].value}` lies on the web, and the network is not touched")
    return all(sound) and not any(remote)


def _kind(node: Node, files: list[Target] | None, report: Report) -> str:
    """Return the format of a resource, and tell when the descriptor and the file's name disagree on it."""
    told, mediatype, path = node["format"].value, node["mediatype"].value, node["path"].value
    named = path[0] if isinstance(path, list) and path else path
    ending = PurePosixPath(named).suffix[1:].lower() if isinstance(named, str) and not is_remote(named) else ""
    by_type = _MEDIATYPES.get(mediatype.partition(";")[0].strip().lower(), "") if isinstance(mediatype, str) else ""
    form = told.lower() if isinstance(told, str) else ""
    if form in _KNOWN and ending in _KNOWN and _READ.get(form, form) != _READ.get(ending, ending):
        report.at(ADVICE, "resource.format.other", node["format"], f"`{told}`, but the file's name ends in .{ending}")
    if by_type and (form or ending) in _KNOWN and _READ.get(form or ending) != by_type:
        message = f"`{mediatype}`, but the format is {form or ending}"
        report.at(ADVICE, "resource.mediatype.other", node["mediatype"], message)
    if "data" in node and "path" not in node:
        return form or by_type or "json"
    return ending if files and ending in _COMPRESSED else form or ending or by_type


def _described(root: Path, node: Node, kind: str, report: Report) -> tuple[Schema | None, Dialect]:
    """Return the schema and the dialect of a resource, from the files that hold them where they stand apart."""
    apart: dict[str, Node] = {}
    for name in ("schema", "dialect"):
        if name not in node:
            continue
        found = _resolved(root, node[name], report)
        if found is not None:
            apart[name] = found
            inspect_profile(root, found, f"table{name}", report)
    schema = schema_of(apart["schema"], report) if "schema" in apart else None
    dialect = dialect_of(apart.get("dialect", Node(node.document, node.steps, None)), report, kind)
    return schema, dialect


def _resolved(root: Path, node: Node, report: Report) -> Node | None:
    """Return a descriptor, from the file that a path names; None where that cannot be read."""
    if not isinstance(node.value, str):
        return node
    if not is_sound(node, report):
        return None
    if is_remote(node.value):
        report.at(UNREAD, "unread.descriptor", node, f"`{node.value}` lies on the web, and the network is not touched")
        return None
    if targets(root, [node], report) is None:
        return None
    document = document_at(root, node.value, report)
    return None if document is None else document.root


def _is_table(node: Node, kind: str) -> bool:
    told = node["type"].value
    if told == "table" or is_tabular(node) or "schema" in node:
        return True
    return told is None and kind in {"csv", "tsv"}


def _is_readable(table: Table, report: Report) -> bool:
    """Whether the rows of a table can be read here; tell when not."""
    node, kind = table.node, table.kind
    if not table.targets:
        return _is_inline(node, kind, report)
    if kind in _COMPRESSED:
        report.at(
            UNREAD, "unread.compressed", node["path"], "compressed files are not opened", "pack the table plainly"
        )
        return False
    if kind not in _READ:
        report.at(UNREAD, "unread.format", node["path"], f"tables of format `{kind}` are not opened here")
        return False
    table.kind = _READ[kind]
    try:
        large = table.kind in {"json", "ndjson"} and table.targets[0].file.stat().st_size > MAX_BYTES
    except OSError:
        large = False
    if large:
        message = f"tables of JSON of more than {MAX_BYTES // 2**20} MiB are not opened here"
        report.at(UNREAD, "unread.large", node["path"], message)
    return not large


def _is_inline(node: Node, kind: str, report: Report) -> bool:
    data = node["data"]
    if isinstance(data.value, str):
        if "format" not in node and "mediatype" not in node:
            report.at(DESCRIPTOR, "data.format", data, "a text needs `format` or `mediatype`")
            return False
        return kind in {"csv", "tsv"}
    if not isinstance(data.value, list | dict):
        report.at(DESCRIPTOR, "data.kind", data, f"{shown(data.value)} is neither a text nor a list nor an object")
        return False
    return True


def repeated(resources: Node, report: Report) -> Iterator[str]:
    """Yield the names of resources, and tell which of them stand twice."""
    seen: set[str] = set()
    for node in resources.items():
        name = node["name"].value
        if not isinstance(name, str):
            continue
        if name in seen:
            report.at(DESCRIPTOR, "resource.twice", node["name"], f"`{name}` names two resources")
        seen.add(name)
        yield name
