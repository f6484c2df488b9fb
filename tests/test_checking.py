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

import packages
from policytrack.findings import CATALOGUE
from policytrack.package import check_package, validate
from policytrack.package.building import lay
from policytrack.package.cells import lines, write


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


def doubled(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
    descriptor["resources"].append(descriptor["resources"][0])


def narrowed(table: list[list[str]]) -> None:
    for row in table:
        row.pop()


REFERENCE_TO = {"fields": ["actor"], "reference": {"resource": "actors", "fields": ["id"]}}
MUTANTS: dict[str, tuple[str, Spoil]] = {
    "version is not semver": ("PT040", head("version", "2024-24-10")),
    "version has a leading zero": ("PT040", head("version", "0.01.0")),
    "version is missing": ("PT040", without("version")),
    "name has capitals": ("PT040", head("name", "PolicyTrack")),
    "profile is another": ("PT040", head("$schema", "https://example.org/profile.json")),
    "sources hold nothing": ("PT040", head("sources", [{}])),
    "sources is empty": ("PT040", head("sources", [])),
    "roles is a text": ("PT040", head("contributors", [{"title": "A", "roles": "creator"}])),
    "role of version 1": ("PT040", head("contributors", [{"title": "A", "role": "author"}])),
    "contributor without a name": ("PT040", head("contributors", [{"roles": ["creator"]}])),
    "no licence": ("PT040", head("licenses", [])),
    "licence without a name": ("PT040", head("licenses", [{"title": "Free"}])),
    "title is a number": ("PT040", head("title", 1)),
    "keywords is a text": ("PT040", head("keywords", "a, b")),
    "no resources": ("PT040", head("resources", [])),
    "a resource is a text": ("PT040", head("resources", ["data/actions.csv"])),
    "a resource stands twice": ("PT040", doubled),
    "path climbs out": ("PT040", resource("actions", "path", "../actions.csv")),
    "path is absolute": ("PT040", resource("actions", "path", "/etc/passwd")),
    "path is an address": ("PT040", resource("actions", "path", "https://example.org/actions.csv")),
    "path is of another system": ("PT040", resource("actions", "path", "data\\actions.csv")),
    "path is a list": ("PT040", resource("actions", "path", ["data/actions.csv"])),
    "hash is of another kind": ("PT040", resource("actions", "hash", "0" * 32)),
    "bytes is a text": ("PT040", resource("actions", "bytes", "5")),
    "encoding is another": ("PT040", resource("actions", "encoding", "latin-1")),
    "schema is a path": ("PT040", resource("actions", "schema", "schemas/tables/actions.json")),
    "fieldsMatch is set": ("PT040", schema("actions", "fieldsMatch", ["subset"])),
    "missing values are more": ("PT040", schema("actions", "missingValues", ["", "NA"])),
    "primary key names no field": ("PT040", schema("actions", "primaryKey", ["ids"])),
    "primary key is a text": ("PT040", schema("actions", "primaryKey", "id")),
    "unique keys name no field": ("PT040", schema("passages", "uniqueKeys", [["source", "keys"]])),
    "reference to no resource": (
        "PT040",
        schema("actions", "foreignKeys", [{"fields": ["actor"], "reference": {"resource": "actor", "fields": ["id"]}}]),
    ),
    "reference to no field": (
        "PT040",
        schema(
            "actions", "foreignKeys", [{"fields": ["actor"], "reference": {"resource": "actors", "fields": ["key"]}}]
        ),
    ),
    "reference does not pair": (
        "PT040",
        schema("actions", "foreignKeys", [{**REFERENCE_TO, "fields": ["actor", "id"]}]),
    ),
    "type is a list": ("PT040", field("actions", "title", "type", "list")),
    "constraint is exclusive": ("PT040", field("actions", "origins", "constraints", {"exclusiveMinimum": -1})),
    "pattern is none": ("PT040", field("actions", "title", "constraints", {"pattern": "("})),
    "pattern of a number": ("PT040", field("actions", "origins", "constraints", {"pattern": "[0-9]"})),
    "categories lack a code": ("PT040", field("actions", "grade", "categories", [{"value": "A", "label": "A"}])),
    "categories lack labels": ("PT040", field("actions", "grade", "categories", [{"value": each} for each in "ABCD"])),
    "categories are numbers": ("PT040", field("actions", "grade", "categories", [{"value": 1, "label": "A"}])),
    "missing values of a field": ("PT040", field("actions", "title", "missingValues", ["-"])),
    "hash is of other bytes": ("PT041", resource("actions", "hash", f"sha256:{'0' * 64}")),
    "size is of other bytes": ("PT041", resource("actions", "bytes", 5)),
    "file is not there": ("PT041", resource("actions", "path", "data/action.csv")),
    "a column is missing": ("PT041", rearranged("actors", narrowed)),
    "columns are exchanged": ("PT041", rearranged("measures", lambda table: table[0].reverse())),
    "a cell too many": ("PT042", rearranged("actors", lambda table: table[1].append("x"))),
    "a required cell is empty": ("PT042", cell("actions", "title", "")),
    "a number is text": ("PT042", cell("actions", "year", "soon")),
    "a day is none": ("PT042", cell("actions", "decided_latest", "2020-02-30")),
    "a flag is a word": ("PT042", cell("measures", "root", "yes")),
    "a code is of no vocabulary": ("PT042", cell("actions", "kind", "baan")),
    "a text without its form": ("PT042", cell("passages", "sha256", "abc")),
    "a number below the least": ("PT042", cell("passages", "start", "-1")),
    "a key stands twice": (
        "PT043",
        rearranged("measures", lambda table: table.insert(2, list(table[1]))),
    ),
    "a unique key stands twice": ("PT043", cell("provisions", "key", "p10", row=1)),
    "rows are out of order": ("PT043", rearranged("codebook", lambda table: table.append(table.pop(1)))),
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


@pytest.mark.parametrize("name", MUTANTS)
def test_every_single_fault_is_found(tmp_path: Path, good: dict[str, bytes], name: str) -> None:
    code, spoil = MUTANTS[name]
    lay(tmp_path / "bad", spoilt(good, spoil))
    found = check_package(tmp_path / "bad")
    assert {finding.code for finding in found} == {code}, found
    assert all(finding.message for finding in found)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw.replace(b"Other", b"Oth\xe9r"),
        lambda raw: raw + b"\n",
        lambda _: b"",
    ],
    ids=["mark", "carriage returns", "no last line feed", "another encoding", "empty line", "empty file"],
)
def test_a_file_that_is_not_written_as_ours_is_found(
    tmp_path: Path, good: dict[str, bytes], change: Callable[[bytes], bytes]
) -> None:
    raw = change(good["data/actors.csv"])
    changed = {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}

    def told(descriptor: dict[str, Any], _: dict[str, list[list[str]]]) -> None:
        next(each for each in descriptor["resources"] if each["name"] == "actors").update(changed)

    lay(tmp_path / "bad", {**spoilt(good, told), "data/actors.csv": raw})
    assert {finding.code for finding in check_package(tmp_path / "bad")} & {"PT041", "PT042"}


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


@pytest.mark.parametrize("code", ["PT040", "PT041", "PT042", "PT043", "PT044"])
def test_every_fault_of_a_package_has_a_page(code: str) -> None:
    assert CATALOGUE[code].summary.endswith(".")


def test_frictionless_is_asked(tmp_path: Path, good: dict[str, bytes]) -> None:
    lay(tmp_path / "bad", spoilt(good, cell("actions", "year", "soon")))
    found = [finding for finding in validate(tmp_path / "bad") if finding.message.startswith("frictionless")]
    assert any("soon" in finding.message for finding in found)
