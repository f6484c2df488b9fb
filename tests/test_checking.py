"""Our own check of a package: every single fault is found, and nothing makes it fail."""

import copy
import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gate_keys
import packages
from policytrack.findings import CATALOGUE, Check
from policytrack.gate import Report
from policytrack.package import check_package, validate
from policytrack.package.cells import lines, write
from policytrack.package.journal import lay


@pytest.fixture
def good() -> dict[str, bytes]:
    return packages.sound()


Spoil = Callable[[dict[str, Any], dict[str, list[list[str]]]], None]


def spoilt(good: dict[str, bytes], spoil: Spoil) -> dict[str, bytes]:
    """Return a package with one fault, its sizes and hashes made to agree with it."""
    descriptor = json.loads(good["datapackage.json"])
    tables = {
        resource["name"]: [list(line.cells) for line in lines(good[resource["path"]].decode())]
        for resource in descriptor["resources"]
    }
    paths = {resource["name"]: resource["path"] for resource in descriptor["resources"]}
    before = copy.deepcopy(tables)
    files = dict(good)
    changed = copy.deepcopy(descriptor)
    spoil(changed, tables)
    for name, table in tables.items():
        if table != before[name]:
            raw = write(table[0], [[cell or None for cell in row] for row in table[1:]]).encode()
            files[paths[name]] = raw
            resource = next(each for each in changed["resources"] if each["name"] == name)
            resource |= {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    files["datapackage.json"] = json.dumps(changed).encode()
    return files


def head(key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        descriptor[key] = value

    return spoil


def resource(table: str, key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == table)[key] = value

    return spoil


def schema(table: str, key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == table)["schema"][key] = value

    return spoil


def field(table: str, name: str, key: str, value: Any) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        found = next(each for each in descriptor["resources"] if each["name"] == table)["schema"]["fields"]
        next(each for each in found if each["name"] == name)[key] = value

    return spoil


def cell(table: str, column: str, value: str, row: int = 1) -> Spoil:
    def spoil(_: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
        tables[table][row][tables[table][0].index(column)] = value

    return spoil


def rearranged(table: str, change: Callable[[list[list[str]]], None]) -> Spoil:
    def spoil(_: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
        change(tables[table])

    return spoil


def without(key: str) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        del descriptor[key]

    return spoil


def mirrored(table: list[list[str]]) -> None:
    for row in table:
        row.reverse()


def narrowed(table: list[list[str]]) -> None:
    for row in table:
        row.pop()


def dropped(table: str, key: str) -> Spoil:
    def spoil(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        del next(each for each in descriptor["resources"] if each["name"] == table)[key]

    return spoil


def inlined(descriptor: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
    """Put an empty table of our own into the descriptor itself."""
    found = next(each for each in descriptor["resources"] if each["name"] == "corrections")
    for key in ("path", "bytes", "hash"):
        del found[key]
    found |= {"format": "csv", "data": ",".join(tables["corrections"][0]) + "\n"}


def shared(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
    """Describe a file a second time, as what it is not: a table of its own."""
    first = descriptor["resources"][0]
    descriptor["resources"].append(
        {"name": "again", "type": "file"} | {key: first[key] for key in ("path", "bytes", "hash")}
    )


REFERENCE_TO = {"fields": "actor", "reference": {"resource": "actors", "fields": "id"}}
# What only packages of ours are held to: the key, which says what is tested, and the fault.
OURS: dict[str, Spoil] = {
    "$schema": head("$schema", "https://datapackage.org/profiles/1.0/datapackage.json"),
    "name": without("name"),
    "version": without("version"),
    "licenses": without("licenses"),
    "contributor": head("contributors", [{"roles": ["creator"]}]),
    "inline": inlined,
    "path": resource("actions", "path", ["data/actions.csv"]),
    "path.twice": shared,
    "bytes": dropped("actions", "bytes"),
    "hash": dropped("actions", "hash"),
    "encoding": resource("actions", "encoding", "UTF-8"),
    "dialect": dropped("actions", "dialect"),
    "schema": resource("corrections", "schema", "schemas/tables/corrections.json"),
    "schema.key": schema("actions", "fieldsMatch", "exact"),
    "missingValues": schema("actions", "missingValues", ["", "NA"]),
    "primaryKey": schema("actions", "primaryKey", "id"),
    "foreignKeys": schema("actions", "foreignKeys", [REFERENCE_TO]),
    "type": field("actions", "title", "type", "any"),
    "format": field("passages", "sha256", "format", "binary"),
    "constraint": field("actions", "origins", "constraints", {"exclusiveMinimum": -1}),
    "field.missingValues": field("actions", "title", "missingValues", [""]),
    "categories.type": field("actions", "origins", "categories", list(range(1000))),
    "categories.label": field("actions", "grade", "categories", [{"value": each} for each in "ABCD"]),
    "categories.enum": field("actions", "grade", "constraints", {"enum": list("DCBA")}),
    "order": rearranged("codebook", lambda table: table.append(table.pop(1))),
}
GENERAL: dict[str, tuple[str, Spoil]] = {
    "a version of two numbers": ("PT050", head("version", "2024.10")),
    "sources hold nothing": ("PT040", head("sources", [{}])),
    "roles is a text": ("PT040", head("contributors", [{"title": "A", "roles": "creator"}])),
    "path climbs out": ("PT040", resource("actions", "path", "../actions.csv")),
    "reference to no field": (
        "PT045",
        schema(
            "actions", "foreignKeys", [{"fields": ["actor"], "reference": {"resource": "actors", "fields": ["key"]}}]
        ),
    ),
    "pattern is none": ("PT045", field("actions", "title", "constraints", {"pattern": "("})),
    "hash is of other bytes": ("PT041", resource("actions", "hash", f"sha256:{'0' * 64}")),
    "size is of other bytes": ("PT041", resource("actions", "bytes", 5)),
    "a column is missing": ("PT047", rearranged("actors", narrowed)),
    "columns are exchanged": ("PT047", rearranged("measures", mirrored)),
    "a cell too many": ("PT047", rearranged("actors", lambda table: table[1].append("x"))),
    "a required cell is empty": ("PT042", cell("actions", "title", "")),
    "a number is text": ("PT042", cell("actions", "year", "soon")),
    "a day is none": ("PT042", cell("actions", "decided_latest", "2020-02-30")),
    "a flag is a word": ("PT042", cell("measures", "root", "yes")),
    "a code is of no vocabulary": ("PT042", cell("actions", "kind", "baan")),
    "a text without its form": ("PT042", cell("passages", "sha256", "abc")),
    "a number below the least": ("PT042", cell("passages", "start", "-1")),
    "a key stands twice": ("PT043", rearranged("measures", lambda table: table.insert(2, list(table[1])))),
    "a unique key stands twice": ("PT043", cell("provisions", "key", "p10", row=1)),
    "a row of another table is missing": ("PT044", cell("actions", "actor", "nobody")),
    "a pair of another table is missing": ("PT044", cell("codebook_properties", "code", "agencies")),
    "a row of the same table is missing": ("PT044", cell("technologies", "parent", "nothing", row=2)),
}


def test_a_sound_package_has_no_findings(tmp_path: Path, good: dict[str, bytes]) -> None:
    def nothing(descriptor: dict[str, Any], tables: dict[str, list[list[str]]]) -> None:
        assert descriptor
        assert tables

    lay(tmp_path / "good", spoilt(good, nothing))
    assert check_package(tmp_path / "good") == []


@pytest.mark.parametrize("name", GENERAL)
def test_every_single_fault_is_found(tmp_path: Path, good: dict[str, bytes], name: str) -> None:
    code, spoil = GENERAL[name]
    lay(tmp_path / "bad", spoilt(good, spoil))
    found = check_package(tmp_path / "bad")
    assert code in {finding.code for finding in found} <= {code, "PT049"}, found
    assert all(finding.message for finding in found)


def keys_of(folder: Path, monkeypatch: pytest.MonkeyPatch, *, portable: bool) -> set[str]:
    """Return what is told of a package, by the keys of what was tested."""
    keys: set[str] = set()
    say = Report.say

    def noted(self: Report, check: Check, key: str, *rest: Any, **more: Any) -> None:
        keys.add(f"{check.code} {key}")
        say(self, check, key, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Report, "say", noted)
        check_package(folder, portable=portable)
    return keys


@pytest.mark.parametrize("key", OURS)
def test_what_leaves_the_portable_subset_is_found_and_is_no_fault_elsewhere(
    tmp_path: Path, good: dict[str, bytes], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path / "bad", spoilt(good, OURS[key]))
    assert keys_of(tmp_path / "bad", monkeypatch, portable=True) == {f"PT049 portable.{key}"}
    assert keys_of(tmp_path / "bad", monkeypatch, portable=False) == set()


def test_everything_that_ours_are_held_to_has_a_fault_here() -> None:
    told = {site.pattern for site in gate_keys.sites() if site.pattern.startswith("portable")}
    exact = {each.replace("\\", "").removeprefix("portable.") for each in told if "[" not in each}
    assert exact == {*OURS, "csv", "quotes"}


FORMS: dict[str, tuple[set[str], Callable[[bytes], bytes]]] = {
    "mark": ({"PT050 file.mark"}, lambda raw: b"\xef\xbb\xbf" + raw),
    "carriage returns": ({"PT049 portable.csv"}, lambda raw: raw.replace(b"\n", b"\r\n")),
    "no last line feed": ({"PT049 portable.csv"}, lambda raw: raw.rstrip(b"\n")),
    "another encoding": ({"PT041 file.encoding"}, lambda raw: raw.replace(b"Other", b"Oth\xe9r")),
    "empty line": ({"PT047 table.blank"}, lambda raw: raw + b"\n"),
    "empty file": ({"PT047 header.none"}, lambda _: b""),
    "more quotes": ({"PT049 portable.quotes"}, lambda raw: raw.replace(b"Other,", b'"Other",')),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_file_that_is_not_written_as_ours_is_found(
    tmp_path: Path, good: dict[str, bytes], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, change = FORMS[name]
    raw = change(good["data/actors.csv"])
    changed = {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}

    def told(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == "actors").update(changed)

    lay(tmp_path / "bad", {**spoilt(good, told), "data/actors.csv": raw})
    assert keys_of(tmp_path / "bad", monkeypatch, portable=True) == keys


def test_every_flipped_byte_of_a_table_is_found(tmp_path: Path, good: dict[str, bytes]) -> None:
    raw = bytearray(good["data/links.csv"])
    lay(tmp_path / "bad", good)
    for number in range(len(raw)):
        raw[number] ^= 1
        (tmp_path / "bad" / "data" / "links.csv").write_bytes(bytes(raw))
        raw[number] ^= 1
        assert any(finding.place.path == "data/links.csv" for finding in check_package(tmp_path / "bad"))


def test_a_link_out_of_the_package_is_not_followed(tmp_path: Path, good: dict[str, bytes]) -> None:
    lay(tmp_path / "bad", good)
    outside = tmp_path / "outside.csv"
    (tmp_path / "bad" / "data" / "links.csv").rename(outside)
    (tmp_path / "bad" / "data" / "links.csv").symlink_to(outside)
    assert {finding.code for finding in check_package(tmp_path / "bad")} == {"PT041"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "resources",
                        "schema",
                        "fields",
                        "name",
                        "path",
                        "type",
                        "foreignKeys",
                        "primaryKey",
                        "constraints",
                        "categories",
                        "contributors",
                        "roles",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_no_descriptor_makes_the_check_fail(content: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
        assert check_package(name)


@settings(deadline=None)
@given(st.data())
def test_no_spoilt_descriptor_makes_the_check_fail(data: st.DataObject) -> None:
    good = packages.sound()
    descriptor = json.loads(good["datapackage.json"])
    descriptor["resources"] = descriptor["resources"][:2]
    holder: Any = descriptor
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.booleans()):
            break
        holder = holder[key]
    holder[key] = data.draw(st.sampled_from([None, 1, "", "x", [], {}, [1], [[]], [{}], {"a": 1}, True, -1.5]))
    with tempfile.TemporaryDirectory() as name:
        lay(Path(name) / "bad", {**good, "datapackage.json": json.dumps(descriptor).encode()})
        check_package(Path(name) / "bad")


@pytest.mark.parametrize("code", [f"PT{number:03}" for number in range(40, 52)])
def test_every_fault_of_a_package_has_a_page(code: str) -> None:
    assert CATALOGUE[code].summary.endswith(".")


def test_frictionless_is_asked(tmp_path: Path, good: dict[str, bytes]) -> None:
    lay(tmp_path / "bad", spoilt(good, cell("actions", "year", "soon")))
    found = [finding for finding in validate(tmp_path / "bad") if finding.message.startswith("frictionless")]
    assert any("soon" in finding.message for finding in found)
