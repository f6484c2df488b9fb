"""Profiles: JSON Schemas that a descriptor promises to keep, read from the package and never from the web."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from policytrack.gate.descriptors import Node
from policytrack.gate.faults import PROFILE, UNREAD
from policytrack.gate.files import document_at
from policytrack.gate.paths import Unopened, fault, is_remote, opened
from policytrack.gate.report import Report

if TYPE_CHECKING:
    from jsonschema.protocols import Validator
    from referencing import Resource

_OFFICIAL: Final = re.compile(
    r"https?://(?:datapackage\.org/profiles/(?P<version>[^/]+)/(?P<kind>\w+)\.json"
    r"|(?:specs\.)?frictionlessdata\.io/schemas/(?P<old>[\w-]+)\.json)"
)
_VERSION: Final = re.compile(r"[12]\.\d+")
# Names of the first version, and what they are profiles of.
_WORDS: Final = {
    "data-package": "datapackage",
    "tabular-data-package": "datapackage",
    "fiscal-data-package": "datapackage",
    "data-resource": "dataresource",
    "tabular-data-resource": "dataresource",
    "csv-dialect": "tabledialect",
    "table-schema": "tableschema",
}
BESIDE: Final = "profile.json"


class Judge:
    """A JSON Schema that decides on values; what it refers to on the web is taken to hold."""

    def __init__(self, made: Validator) -> None:
        """Keep the validator of jsonschema."""
        self._made = made

    def faults(self, value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:  # noqa: ANN401 - any JSON
        """Yield the steps to what is wrong in a value, and the words of jsonschema for it."""
        try:
            for error in self._made.iter_errors(value):
                yield tuple(error.absolute_path), error.message
        except Exception:  # noqa: BLE001 - a stranger's schema makes the library raise whatever it likes
            return

    def is_valid(self, value: Any) -> bool:  # noqa: ANN401 - any JSON
        """Whether nothing is wrong."""
        return next(self.faults(value), None) is None


def validator(schema: Any) -> Judge | str:  # noqa: ANN401 - any JSON
    """Return what decides by a JSON Schema, or why the schema is none."""
    # 0.1 s to import, which a package without profiles need not wait for.
    from jsonschema.exceptions import SchemaError  # noqa: PLC0415
    from jsonschema.validators import Draft7Validator, validator_for  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415

    # The type checker does not see what attrs makes of a field's alias.
    registry: Any = Registry(retrieve=_retrieve)  # type: ignore[call-arg]
    try:
        made = validator_for(schema, default=Draft7Validator)
        made.check_schema(schema)
        return Judge(made(schema, registry=registry))
    except SchemaError as error:
        return str(error.message)
    except Exception:  # noqa: BLE001 - a stranger's schema makes the library raise whatever it likes
        return "it cannot be read"


def _retrieve(uri: str) -> Resource[Any]:
    """Answer for the official profiles, which the rest of the gate checks; nothing else is fetched."""
    from referencing import Resource  # noqa: PLC0415
    from referencing.exceptions import NoSuchResource  # noqa: PLC0415
    from referencing.jsonschema import DRAFT7  # noqa: PLC0415

    if _OFFICIAL.fullmatch(uri.partition("#")[0]):
        return Resource.from_contents({}, default_specification=DRAFT7)
    raise NoSuchResource(uri)


def is_tabular(node: Node) -> bool:
    """Whether a descriptor names the profile of the first version by which a resource or package is tabular."""
    word = node["profile"].value
    if not isinstance(word, str):
        return False
    found = _OFFICIAL.fullmatch(word)
    return ((found["old"] if found else None) or word).startswith("tabular-data-")


def inspect_profile(root: Path, node: Node, kind: str, report: Report) -> None:
    """Tell which profile of a descriptor cannot be, and what the one that the package holds forbids.

    ``kind`` is what the descriptor describes, in the word of the official profiles.
    """
    named = node["$schema"] if "$schema" in node else node["profile"]
    own = BESIDE if kind == "datapackage" and (root / BESIDE).is_file() else ""
    if isinstance(named.value, str) and named.value.strip():
        own = _named(root, named, kind, report) or own
    if own:
        _apply(root, own, node, report)


def _named(root: Path, named: Node, kind: str, report: Report) -> str:
    """Return the path of the profile that is named, where the package holds it."""
    text = str(named.value)
    found = _OFFICIAL.fullmatch(text)
    if found or text in _WORDS:
        told = (found["kind"] or _WORDS.get(found["old"], "")) if found else _WORDS[text]
        version = found["version"] if found else None
        if told != kind:
            report.at(PROFILE, "profile.kind", named, f"`{text}` is no profile of a {kind}")
        elif version is not None and not _VERSION.fullmatch(version):
            report.at(PROFILE, "profile.version", named, f"the standard has no version {version}")
        return ""
    path = PurePosixPath(text.partition("#")[0]).name if is_remote(text) else text
    unsafe = fault(path)
    if unsafe is not None:
        report.at(PROFILE, "profile.path", named, f"`{text}`: {unsafe[1]}")
        return ""
    try:
        opened(root, path)
    except Unopened as error:
        if is_remote(text):
            message = f"`{text}` does not lie in the package, and the network is not touched"
            report.at(UNREAD, "unread.profile", named, message, f"put it beside datapackage.json as {BESIDE}")
        else:
            report.at(PROFILE, "profile.missing", named, f"`{text}`: {error}")
        return ""
    return path


def _apply(root: Path, path: str, node: Node, report: Report) -> None:
    document = document_at(root, path, report)
    if document is None:
        return
    judge = validator(document.data) if isinstance(document.data, dict | bool) else "it is no object"
    if isinstance(judge, str):
        report.at(PROFILE, "profile.form", document.root, f"the profile is no JSON Schema: {judge}")
        return
    told = ""
    for steps, message in judge.faults(json.loads(json.dumps(node.value))):
        at = node
        for step in steps:
            at = at[step]
        told = message if len(message) <= 200 else f"{message[:199]}…"  # noqa: PLR2004 - as long as a message may be
        report.at(PROFILE, "profile.broken", at, f"{path} forbids it: {told}", "mend the descriptor or the profile")
