"""Everything that the gate tests, read from its source: the keys of each place that reports, and of each property."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from policytrack import gate, package
from policytrack.gate import forms, shapes

FOLDERS = (Path(gate.__file__).parent, Path(package.__file__).parent)
REPORTING = {"say", "at", "_say", "_tell"}
# Keys that are made elsewhere and carried to where they are told.
CARRYING = ("JsonFault", "Unopened")

CARRIED = {
    "keys.py": r"key\.(primary|unique|uniqueKeys)|reference\.(row|own)",
    "paths.py": r"path\..*",
    "files.py": r"(json|file|descriptor)\..*",
    "tables.py": r"cell\..*",
}


@dataclass(frozen=True)
class Site:
    """A place in the code where something is told, and the pattern of the keys that it tells."""

    path: Path
    line: int
    pattern: str
    call: str


def sites() -> list[Site]:
    """Return every place that tells something."""
    return [site for folder in FOLDERS for path in sorted(folder.glob("*.py")) for site in _sites(path)]


def _sites(path: Path) -> list[Site]:
    text = path.read_text(encoding="utf-8")
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in {*REPORTING, *CARRYING}:
            continue
        key = next((_pattern(argument) for argument in node.args[:2] if _pattern(argument)), "")
        if not key and len(node.args) > 1 and name in REPORTING and _is_carried(node.args[1]):
            key = CARRIED.get(path.name, "")
        if key:
            prefix = r"portable\." if path.name == "portability.py" and not key.startswith("portable") else ""
            found.append(Site(path, node.lineno, prefix + key, name))
    return found


def _is_carried(node: ast.expr) -> bool:
    """Whether an argument is a key that was made elsewhere."""
    return ast.unparse(node) in {"key", "self.key", "error.key", "each.key", "found[0]"}


def _pattern(node: ast.expr) -> str:
    """Return the keys that an argument stands for as a pattern; nothing for what is no key."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value) if re.fullmatch(r"[\w$.-]+", node.value) else ""
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w$.-]+" for part in node.values]
        pattern = "".join(parts)
        return pattern if "." in pattern and " " not in pattern else ""
    return ""


def keys_of_shapes() -> set[str]:
    """Return the keys that the tables of properties make; a property that may be anything has none."""
    return {
        f"{shape.name}.{name}"
        for shape in vars(shapes).values()
        if isinstance(shape, shapes.Shape)
        for name, form in shape.properties.items()
        if form is not forms.ANY
    }
