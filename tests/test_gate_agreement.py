"""Where the gate and frictionless take a text differently for a value of a type, and that it is nowhere else."""

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package

from policytrack.gate import report
from policytrack.package import check_package

COLUMNS: dict[str, dict[str, str]] = {
    **{
        each: {"type": each}
        for each in (
            *("string", "integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth", "duration"),
            *("geopoint", "object", "array", "geojson", "any", "list"),
        )
    },
    **{each: {"type": "string", "format": each} for each in ("email", "uri", "uuid", "binary")},
}
TEXTS = [
    *("1", "-1", "+1", "1.0", "1.5", ".5", "5.", "1e3", "1E-3", "NaN", "INF", "-INF", "inf", " 1", "1 ", "1_000"),
    *("1,000", "007", "-0", "\u0663", "0x1", "true", "True", "TRUE", "tRue", "yes", "0", "x", "null"),
    *("2024-01-26", "2024-1-6", "2024-02-30", "20240126", "0001-01-01", "2024-01-26T15:00:00"),
    *("2024-01-26T15:00:00Z", "2024-01-26T15:00:00.5+02:00", "2024-01-26 15:00:00"),
    *("15:00:00", "15:00", "24:00:00", "15:00:00Z", "15:00:00.5", "2024", "24", "12024", "-2024", "2024-01", "2024-13"),
    *("P1Y", "P1M2DT3H", "PT36H", "P1W", "P", "1Y", "-P1D", "90,45", "90.5, 45.5", "190,45", "90", "[90, 45]"),
    *("{}", '{"a": 1}', "[]", "[1]", "[", '{"type": "Point", "coordinates": [1, 2]}', '{"type": "Dot"}'),
    *("a@example.org", "a@b", "a@@b", "https://example.org", "urn:x:y", "example", "aGVsbG8=", "aGVsbG8"),
    *("3f2b8c1e-7a4d-4c2f-9b1a-0d6e5f4a3b2c", "3f2b8c1e-7a4d-1c2f-9b1a-0d6e5f4a3b2c"),
]
# The standard says: digits without spaces and underscores, `yyyy-mm-dd`, `T` between day and
# time, `hh:mm:ss`, durations of XML Schema, which have no weeks.
STRICTER = {
    "integer": {" 1", "1 ", "1_000", "\u0663"},
    "number": {" 1", "1 ", "1_000", "\u0663"},
    "date": {"2024-1-6"},
    "datetime": {"2024-01-26 15:00:00"},
    "time": {"24:00:00", "15:00:00Z", "15:00:00.5"},
    "duration": {"P1W"},
}
# And: years of XML Schema may have more digits than four; an address may be in a domain without a dot.
LAXER = {"year": {"20240126", "12024", "-2024"}, "email": {"a@b"}}


def test_the_gate_and_frictionless_differ_on_these_texts_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "SHOWN", len(TEXTS))
    fields = [{"name": name, **told} for name, told in COLUMNS.items()]
    with (tmp_path / "all.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([text] * len(COLUMNS) for text in TEXTS)
    told = {"name": "all", "type": "table", "path": "all.csv", "schema": {"fields": fields}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [told]}), encoding="utf-8")
    ours = {(each.message.split("`")[1], TEXTS[each.place.line - 2]) for each in check_package(tmp_path)}
    checked = Package(str(tmp_path / "datapackage.json")).validate(limit_errors=10_000)
    theirs = {(each.field_name, TEXTS[each.row_number - 2]) for task in checked.tasks for each in task.errors}
    assert _by_type(ours - theirs) == STRICTER
    assert _by_type(theirs - ours) == LAXER


def _by_type(pairs: set[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, text in pairs:
        # For frictionless, base64 is any text whose letters happen to fit when all else is thrown away.
        if name != "binary":
            found.setdefault(name, set()).add(text)
    return found
