"""Reads the metadata of a release by the tools that catalogues use, and says what each of them made of it, as JSON.

    python metadata_readers.py DIR

runs in an environment of its own that has datacite, mlcroissant and rdflib: tests/test_metadata_readers.py makes it.
"""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mlcroissant
import pandas as pd
import rdflib
from datacite import schema45

_DAY = 10
# mlcroissant has pandas guess: these words become nothing, whatever the type that the field declares.
_NOTHING = frozenset({"NA", "N/A", "None", "null", "NULL", "nan", "NaN", "n/a"})


def main(folder: Path) -> None:
    """Print what was found."""
    sys.stdout.write(
        json.dumps(
            {
                "versions": {name: version(name) for name in ("datacite", "mlcroissant", "rdflib")},
                "datacite": [error.message for error in _datacite(folder)],
                "triples": {name: len(rdflib.Graph().parse(folder / name)) for name in ("dcat.ttl", "dataset.jsonld")},
                **_croissant(folder),
            }
        )
    )


def _datacite(folder: Path) -> Iterator[Any]:
    content = json.loads((folder / "datacite.json").read_text(encoding="utf-8"))
    yield from schema45.validator.iter_errors(content)


def _croissant(folder: Path) -> dict[str, Any]:
    made = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    differing = {}
    for record_set in made.metadata.record_sets:
        with (folder / "data" / f"{record_set.id}.csv").open(encoding="utf-8", newline="") as file:
            expected = list(csv.DictReader(file))
        found = [
            {str(name).rpartition("/")[2]: _text(cell) for name, cell in record.items()}
            for record in made.records(record_set=record_set.id)
        ]
        pairs = zip(found, expected, strict=False)
        wrong = [pair for pair in pairs if not all(map(_same, pair[0].values(), pair[1].values()))]
        if wrong or len(found) != len(expected):
            differing[record_set.id] = [len(found), len(expected), *wrong[:1]]
    return {
        "issues": made.metadata.issues.report(),
        "record_sets": len(made.metadata.record_sets),
        "differing": differing,
    }


def _same(found: str, expected: str) -> bool:
    """Whether a cell is the one of the CSV, but for what pandas guesses of words and of digits."""
    if found == expected or (not found and expected in _NOTHING):
        return True
    try:
        return float(found) == float(expected)
    except ValueError:
        return False


def _text(cell: Any) -> str:  # noqa: ANN401 - a cell of any type
    """Return a cell as the CSV has it: a day without a time, a number as exact as it was written."""
    if isinstance(cell, bytes):
        return cell.decode()
    if pd.isna(cell):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, pd.Timestamp | date):
        return cell.isoformat()[:_DAY]
    return str(cell)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
