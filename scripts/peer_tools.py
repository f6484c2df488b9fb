"""The validators that policytrack is compared with: how each is installed, asked, and understood."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CHOSEN = {"check-jsonschema": "0.39.0", "ajv-cli": "5.0.0", "yamale": "6.1.0"}

# yamale is given the reader of YAML 1.2: with its other one, the key `on` is read as true.
NEEDED = {
    "check-jsonschema": [f"check-jsonschema=={CHOSEN['check-jsonschema']}"],
    "yamale": [f"yamale=={CHOSEN['yamale']}", "ruamel.yaml==0.19.1"],
}

Steps = tuple[str | int, ...]
_LIMIT = 60
_LINE = re.compile(r"line:? (\d+), column|\((\d+):\d+\)")


# Its JSON leaves out where a text is no YAML, and its text where in the data a fault lies: it is asked for both.
_BOTH = '"$0" -o json -v --schemafile "$1" "$2" || { "$0" -v --schemafile "$1" "$2"; exit 1; }'


@dataclass(frozen=True, slots=True)
class Said:
    """What a validator said of a file: the lines and the paths of fields that it named."""

    found: bool
    crashed: bool = False
    lines: tuple[int, ...] = ()
    paths: tuple[Steps, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """A validator: ``command`` and how to read its answer. ``quotes``: dates have to be quoted for it."""

    name: str
    version: str
    told: str
    schemas: Path
    command: Callable[[Path, str], list[str | Path]]
    understand: Callable[[str], tuple[list[int], list[Steps]]]
    ending: str = ".schema.json"
    quotes: bool = False

    def ask(self, folder: Path, kind: str, path: str) -> Said:
        """Show it the file at ``path`` in ``folder``."""
        words = self.command(self.schemas / f"{kind}{self.ending}", path)
        done = subprocess.run(words, cwd=folder, capture_output=True, timeout=_LIMIT, check=False)
        said = (done.stdout + b"\n" + done.stderr).decode(errors="replace")
        if done.returncode == 0:
            return Said(found=False)
        if "Traceback (most recent call last)" in said:
            return Said(found=True, crashed=True, lines=tuple(_named(said)))
        lines, paths = self.understand(said)
        return Said(found=True, lines=tuple(lines), paths=tuple(paths))


def installed(cache: Path, root: Path) -> tuple[Tool, ...]:
    """Install what is missing under ``cache`` and return the validators."""
    schemas = root / "schemas"
    for name in ("check-jsonschema", "yamale"):
        if not (cache / name / "bin" / name).exists():
            venv.create(cache / name, with_pip=True, clear=True)
            _run([str(cache / name / "bin/python"), "-m", "pip", "install", "--quiet", *NEEDED[name]])
    ajv = cache / "ajv-cli/node_modules/.bin/ajv"
    if not ajv.exists():
        _run(["npm", "install", "--silent", "--prefix", str(cache / "ajv-cli"), f"ajv-cli@{CHOSEN['ajv-cli']}"])
    (cache / "yamale-schemas").mkdir(exist_ok=True)
    for file in schemas.glob("*.schema.json"):
        text = yamale_schema(json.loads(file.read_text(encoding="utf-8")))
        (cache / "yamale-schemas" / f"{file.name.removesuffix('.schema.json')}.yaml").write_text(text, encoding="utf-8")
    return (
        Tool(
            "check-jsonschema", CHOSEN["check-jsonschema"], "the JSON Schemas in `schemas/`.", schemas,
            lambda schema, path: [
                "sh", "-c", _BOTH, cache / "check-jsonschema/bin/check-jsonschema", schema, path,
            ],
            _check_jsonschema,
        ),
        Tool(
            "ajv-cli", CHOSEN["ajv-cli"],
            "the same schemas. Its YAML reader makes objects of dates and numbers of long digits, which no schema of\n"
            "  texts accepts, so it was shown copies in which these are quoted.",
            schemas,
            lambda schema, path: [
                str(ajv), "validate", "--spec=draft2020", "--strict=false", "--all-errors", "--errors=json",
                "-s", str(schema), "-d", path,
            ],
            _ajv, quotes=True,
        ),
        Tool(
            "yamale", CHOSEN["yamale"],
            "schemas of its own, derived from the same schemas by the script: types, patterns, codes, required and\n"
            "  unknown keys. It has no word for exactly one of several keys, nor for a value that stands twice in a\n"
            "  list. It too was shown dates in quotes, and read them with ruamel.yaml: its usual reader takes the key\n"
            "  `on` for true.",
            cache / "yamale-schemas",
            lambda schema, path: [str(cache / "yamale/bin/yamale"), "-p", "ruamel", "-s", str(schema), path],
            _yamale, ending=".yaml", quotes=True,
        ),
    )  # fmt: skip


def _run(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def _named(said: str) -> list[int]:
    """Return the lines of the file that a message names."""
    return [int(first or second) for first, second in _LINE.findall(said)]


def _json(said: str) -> Any:  # noqa: ANN401 - whatever a tool says
    """Return the JSON that stands in an answer, or None."""
    starts = [spot for spot in (said.find("{"), said.find("[\n")) if spot >= 0]
    try:
        return json.JSONDecoder().raw_decode(said[min(starts) :])[0] if starts else None
    except ValueError:
        return None


def _check_jsonschema(said: str) -> tuple[list[int], list[Steps]]:
    data = _json(said)
    if not isinstance(data, dict):
        return _named(said), []
    found = []
    for error in data.get("errors", []):
        for each in (error, error.get("best_match") or {}):
            if "path" in each:
                stranger = re.search(r"\('([^']+)' was unexpected\)", each.get("message", ""))
                found.append(_steps(each["path"].removeprefix("$")) + ((stranger.group(1),) if stranger else ()))
    return _named(said), found


def _ajv(said: str) -> tuple[list[int], list[Steps]]:
    data = _json(said)
    found: list[Steps] = []
    for error in data if isinstance(data, list) else []:
        steps: Steps = tuple(
            int(step) if step.isdigit() else step.replace("~1", "/").replace("~0", "~")
            for step in error["instancePath"].split("/")[1:]
        )
        stranger = error["params"].get("additionalProperty")
        found.append((*steps, stranger) if stranger else steps)
    return _named(said), found


def _yamale(said: str) -> tuple[list[int], list[Steps]]:
    found = [_steps("." + line.strip().partition(": ")[0]) for line in said.splitlines() if line.startswith("\t")]
    return _named(said), found


def _steps(path: str) -> Steps:
    """Return the steps of `.a.b[0]` or `.a.b.0`."""
    parts = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]|\['([^']*)'\]", path)
    return tuple(int(found) if (found := a or b or c).isdigit() else found for a, b, c in parts)


def quoted_scalars(raw: bytes) -> bytes:
    """Return a file with the dates and the digits that stand without quotes in quotes, line for line."""
    try:
        text = raw.decode()
        scalars = [token for token in yaml.scan(text, Loader=yaml.SafeLoader) if isinstance(token, yaml.ScalarToken)]
    except (UnicodeDecodeError, yaml.YAMLError):
        return _quoted_dates(raw)
    for token in reversed(scalars):
        if not token.plain or not re.fullmatch(r"[0-9][0-9T:.-]{7,}", token.value):
            continue
        start, end = token.start_mark.index, token.end_mark.index
        text = f'{text[:start]}"{text[start:end]}"{text[end:]}'
    return text.encode()


def _quoted_dates(raw: bytes) -> bytes:
    """Do the same for a file that is no YAML, by the look of it."""
    return re.sub(rb"(?<=[:\[] )(\d{4}-\d\d-\d\d)(?=[,}\]\n])", rb'"\1"', raw)


def yamale_schema(schema: dict[str, Any]) -> str:
    """Return what yamale's language can say of a JSON Schema of ours."""
    names: dict[str, Any] = schema.get("$defs", {})
    top = {"": schema} | {name: part for name, part in names.items() if "properties" in part}
    documents = []
    for name, part in top.items():
        fields = _fields(part, names) if "properties" in part else _word(part, names)
        documents.append(yaml.safe_dump({name: fields} if name else fields, sort_keys=False, width=100_000))
    return "---\n".join(documents)


def _fields(part: dict[str, Any], names: dict[str, Any]) -> dict[str, str]:
    needed = set(part.get("required", []))
    return {
        field: _word(inner, names, required=field in needed) for field, inner in part["properties"].items()
    }  # fmt: skip


def _word(part: dict[str, Any], names: dict[str, Any], *, required: bool = True) -> str:
    """Return the validator for one value."""
    name, inner = next(iter(_call(part, names)))
    optional = [] if required else ["required=False", "none=False"]
    return f"{name}({', '.join([*inner, *optional])})"


def _call(part: dict[str, Any], names: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    reference = part.get("$ref", "").rpartition("/")[2]
    if reference and "properties" in names[reference]:
        yield "include", [repr(reference)]
    elif reference:
        yield from _call(names[reference], names)
    elif "anyOf" in part:
        yield "any", [_word(each, names) for each in part["anyOf"]]
    elif "enum" in part:
        yield "enum", [repr(each) for each in part["enum"]]
    elif part.get("type") == "array":
        bounds = [f"{word}={part[key]}" for key, word in (("minItems", "min"), ("maxItems", "max")) if key in part]
        yield "list", [_word(part["items"], names), *bounds]
    elif part.get("type") == "integer":
        yield "int", [f"min={part['minimum']}", f"max={part['maximum']}"]
    elif "patternProperties" in part:
        ((pattern, value),) = part["patternProperties"].items()
        yield "map", [_word(value, names), f"key=regex({pattern!r})"]
    elif "pattern" in part:
        # yamale looks for a pattern at the beginning of a text alone.
        pattern = part["pattern"] if part["pattern"].startswith("^") else f"(?s:.*){part['pattern']}"
        yield "regex", [repr(pattern)]
    else:
        yield "str", []
