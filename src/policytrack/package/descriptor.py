"""The descriptor of a package: the block that people write, and the resources that are generated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from policytrack.findings import AdvisedError
from policytrack.package.edition import Extra, Metadata
from policytrack.package.journal import interrupted
from policytrack.schemas import table_schema
from policytrack.tables import TABLES

NAME: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
DATA: Final = "data"
# The line feed has to be told: the standard's line ends are others.
DIALECT: Final = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}


class PackageError(AdvisedError):
    """A package, or the block that people write of it, that cannot be used; ``advice`` says what to do."""


def data_path(table: str) -> str:
    """Return where the CSV of a table stands in a package."""
    return f"{DATA}/{table}.csv"


def block(root: Path) -> dict[str, Any]:
    """Return what people wrote of the package in the descriptor at ``root``; raise `PackageError` without it."""
    descriptor = read_descriptor(root)
    return {key: value for key, value in descriptor.items() if key not in {"resources", "created"}}


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Return the descriptor in ``folder``; raise `PackageError` when there is none that can be read."""
    path = folder / NAME
    if interrupted(folder):
        message = f"a release was interrupted in {folder}"
        raise PackageError(message, "put the last one back: policytrack release --undo")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise PackageError(message, "name a folder that holds a datapackage.json") from None
    except (ValueError, RecursionError) as error:
        message = f"{path} is not JSON: {error}"
        raise PackageError(message, "mend it, or build the package again") from None
    if not isinstance(content, dict):
        message = f"{path} holds no object"
        raise PackageError(message, "mend it, or build the package again")
    return content


def describe(
    written_by_hand: Mapping[str, Any], metadata: Metadata, files: Mapping[str, bytes], extras: Iterable[Extra] = ()
) -> dict[str, Any]:
    """Return the descriptor of a package: its block, a resource for each table in ``files`` (path to bytes), extras."""
    head = {"$schema": PROFILE, **written_by_hand}
    if metadata.version:
        head["version"] = metadata.version
    if metadata.created is not None:
        head["created"] = metadata.stamp
    tables = [_resource(table, files[data_path(table)]) for table in TABLES]
    return {**head, "resources": [*tables, *map(_extra, extras)]}


def _extra(extra: Extra) -> dict[str, Any]:
    return {
        "name": extra.name,
        "title": extra.title,
        "description": extra.description,
        "path": extra.path,
        # The profile knows one `type`, and readers take a workbook or a Parquet file without one for a table unless
        # its format is none that they know.
        "format": "file",
        "mediatype": extra.mediatype,
        **_size(extra.content),
    }


def _size(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    table = TABLES[name]
    return {
        "name": name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": data_path(name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_size(content),
        "dialect": dict(DIALECT),
        "schema": table_schema(name),
    }
