"""What other validators say of packages; run by the Python of their own environment, one folder to a line of input.

Each answer is a line of JSON: tool -> {"errors": [{"text", "row", "field", "steps"}], "crashed"}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
from dplib.models import Package as Model
from frictionless import FrictionlessException, Package

Errors = list[dict[str, Any]]


def frictionless(folder: Path) -> Errors:
    """Ask frictionless for a report, or why it refuses the descriptor."""
    try:
        report = Package(str(folder / "datapackage.json")).validate()
    except FrictionlessException as error:
        told = [error.error, *(error.reasons or [])]
        return [{"text": each.message} for each in told]
    found = [{"text": each.message} for each in report.errors]
    for task in report.tasks:
        for each in task.errors:
            row, field = getattr(each, "row_number", None), getattr(each, "field_name", None)
            found.append({"text": f"{task.name}: {each.message}", "row": row, "field": field, "table": task.place})
    return found


def profile(folder: Path) -> Errors:
    """Apply the official JSON Schema of descriptors, as dplib-py carries it."""
    schema = json.loads((files("dplib") / "profiles/2.0/datapackage.json").read_text(encoding="utf-8"))
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    judge = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    return [{"text": error.message, "steps": list(error.absolute_path)} for error in judge.iter_errors(told)]


def model(folder: Path) -> Errors:
    """Make the model of dplib-py; its own check asks the network for the profile."""
    told = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    try:
        Model.from_dict(told)
    except Exception as error:  # noqa: BLE001 - whatever it raises is its answer
        details = getattr(error, "errors", None)
        if callable(details):
            return [{"text": each["msg"], "steps": list(each["loc"])} for each in details()]
        return [{"text": str(error)}]
    return []


TOOLS: dict[str, Callable[[Path], Errors]] = {"frictionless": frictionless, "profile": profile, "dplib": model}


def asked(tool: Callable[[Path], Errors], folder: Path) -> dict[str, Any]:
    """Return what a tool says, or that it broke down."""
    try:
        errors = tool(folder)
    except Exception as error:  # noqa: BLE001 - whatever a tool raises is its answer
        return {"errors": [{"text": f"{type(error).__name__}: {error}"}], "crashed": True}
    # Two packages in two folders are to be compared.
    return {"errors": [{**each, "text": each["text"].replace(str(folder), ".")} for each in errors], "crashed": False}


if __name__ == "__main__":
    for line in sys.stdin:
        where = json.loads(line)
        answers = {name: asked(tool, Path(where[name])) for name, tool in TOOLS.items()}
        print(json.dumps(answers, default=str), flush=True)
