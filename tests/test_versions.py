"""What a release is against the one before it: levels, versions and deltas, on any sequence of edits."""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import packages
from policytrack.codes import ChangeLevel
from policytrack.package import NAME, PackageError, build
from policytrack.package.cells import write
from policytrack.versions import (
    DeltaError,
    Snapshot,
    apply,
    as_ndjson,
    delta,
    following,
    invert,
    join,
    level,
    of_folder,
    of_ndjson,
    reasons,
)
from policytrack.versions.snapshot import of_files

State = dict[str, Any]
NONE, PATCH, MINOR, MAJOR = ChangeLevel
TEXTS = ("", "a", "b,c", 'd"e', "two\nlines", "é", "0")


def column(name: str, datatype: str = "string", **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": datatype, "description": f"What {name} is.", "constraints": constraints}


def start() -> State:
    """Return a small package as plain data: its block, and of each table the fields, the key and the rows."""
    return {
        "block": {"name": "x", "title": "X", "version": "0.1.0", "licenses": [{"name": "CC-BY-4.0"}]},
        "tables": {
            "actions": {
                "fields": [column("id"), column("kind", enum=["ban", "fine"]), column("stage"), column("note")],
                "key": ["id"],
                "rows": {"one": ["one", "ban", "proposed", ""], "two": ["two", "fine", "in-being", "x"]},
            },
            "dates": {
                "fields": [column("action"), column("position", "integer", minimum=1), column("event")],
                "key": ["action", "position"],
                "rows": {"one 2": ["one", "2", "decided"], "one 10": ["one", "10", "ended"]},
            },
            "redirects": {"fields": [column("record"), column("id")], "key": ["record", "id"], "rows": {}},
            "codebook": {"fields": [column("code"), column("label")], "key": ["code"], "rows": {"ban": ["ban", "Ban"]}},
        },
    }


def snapshot(state: State) -> Snapshot:
    """Return the snapshot of a package in plain data, with the hashes that a descriptor has."""
    files: dict[str, bytes] = {}
    resources = []
    for name, table in state["tables"].items():
        path = f"data/{name}.csv"
        kinds = {each["name"]: each["type"] for each in table["fields"]}
        at = [list(kinds).index(each) for each in table["key"]]
        order = sorted(
            table["rows"].values(),
            key=lambda row: [int(row[n]) if list(kinds.values())[n] == "integer" else row[n] for n in at],
        )
        files[path] = write(list(kinds), ([cell or None for cell in row] for row in order)).encode()
        resources.append(
            {
                "name": name,
                "type": "table",
                "path": path,
                "title": name,
                "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}",
                "schema": {"fields": table["fields"], "primaryKey": table["key"]},
            }
        )
    return of_files({**state["block"], "resources": resources}, files)


def edited(state: State, **changes: Any) -> State:
    """Return a copy with values put at paths that are written with points; None takes a key away."""
    made = deepcopy(state)
    for path, value in changes.items():
        here: Any = made
        *steps, last = path.split("__")
        for step in steps:
            here = here[int(step) if isinstance(here, list) else step]
        if value is None:
            here.pop(int(last) if isinstance(here, list) else last)
        elif isinstance(here, list):
            here.insert(int(last), value) if int(last) >= len(here) else here.__setitem__(int(last), value)
        else:
            here[last] = value
    return made


@st.composite
def edits(draw: st.DrawFn, state: State) -> State:  # noqa: C901 - a case for each kind of edit
    """Return a state with one random thing changed."""
    made = deepcopy(state)
    tables = made["tables"]
    what = draw(
        st.sampled_from(["cell", "cell", "add", "add", "remove", "field", "words", "block", "table", "code", "key"])
    )
    name = draw(st.sampled_from(sorted(tables)))
    table = tables[name]
    width = len(table["fields"])
    keys = [[each["name"] for each in table["fields"]].index(key) for key in table["key"]]
    match what:
        case "cell" if table["rows"] and width > len(keys):
            row = table["rows"][draw(st.sampled_from(sorted(table["rows"])))]
            row[draw(st.sampled_from([n for n in range(width) if n not in keys]))] = draw(st.sampled_from(TEXTS))
        case "add":
            row = [
                draw(st.sampled_from("abcd")) if each["type"] == "string" else str(draw(st.integers(1, 12)))
                for each in table["fields"]
            ]
            table["rows"][" ".join(row[n] for n in keys)] = row
        case "remove" if table["rows"]:
            table["rows"].pop(draw(st.sampled_from(sorted(table["rows"]))))
        case "field":
            table["fields"].append(column(f"extra{width}"))
            for row in table["rows"].values():
                row.append("")
        case "words":
            draw(st.sampled_from(table["fields"]))["description"] = draw(st.sampled_from(TEXTS))
        case "block":
            made["block"][draw(st.sampled_from(["title", "version", "homepage"]))] = draw(st.sampled_from(TEXTS))
        case "table" if len(tables) > 1:
            tables.pop(name)
        case "table" | "key":
            tables.setdefault("more", {"fields": [column("id")], "key": ["id"], "rows": {"z": ["z"]}})
        case "code":
            constraints = draw(st.sampled_from(table["fields"]))["constraints"]
            constraints["enum"] = sorted(draw(st.sets(st.sampled_from("abc"), min_size=1)))
        case _:  # there is no row to change
            pass
    return made


@st.composite
def histories(draw: st.DrawFn, releases: int) -> list[State]:
    """Return states, each the one before with a few edits."""
    states = [start()]
    for _ in range(releases - 1):
        state = states[-1]
        for _ in range(draw(st.integers(0, 4))):
            state = draw(edits(state))
        states.append(state)
    return states


@given(histories(2))
def test_a_delta_makes_the_next_release_byte_for_byte_and_back(states: list[State]) -> None:
    before, after = map(snapshot, states)
    change = delta(before, after)
    assert apply(change, before).files() == after.files()
    assert apply(invert(change), after).files() == before.files()
    assert change.empty == (before.files() == after.files())


@given(histories(2))
def test_a_delta_is_read_back_as_it_was_written(states: list[State]) -> None:
    change = delta(*map(snapshot, states))
    text = as_ndjson(change)
    assert of_ndjson(text) == change
    assert all(json.loads(line)["op"] for line in text.splitlines())
    assert of_ndjson(as_ndjson(invert(change))) == invert(change)


@given(histories(4))
def test_joined_deltas_are_the_delta_of_the_ends(states: list[State]) -> None:
    first, second, third, last = map(snapshot, states)
    left = join(join(delta(first, second), delta(second, third)), delta(third, last))
    right = join(delta(first, second), join(delta(second, third), delta(third, last)))
    assert left == right == delta(first, last)
    assert join(delta(first, second), invert(delta(first, second))).empty


@given(histories(3))
def test_a_longer_step_is_no_graver_than_its_parts_and_an_undone_one_is_none(states: list[State]) -> None:
    first, second, third = map(snapshot, states)
    parts = [level(reasons(first, second)), level(reasons(second, third))]
    assert level(reasons(first, third)).rank <= max(part.rank for part in parts)
    assert reasons(first, first) == []
    assert level(reasons(second, second)) is NONE


@given(histories(2))
def test_what_differs_has_a_level_and_what_has_a_level_differs(states: list[State]) -> None:
    states[1]["block"]["version"] = states[0]["block"]["version"]
    before, after = map(snapshot, states)
    assert (level(reasons(before, after)) is NONE) == (before.files() == after.files())


ONE = ["one", "ban", "proposed", ""]
CHANGES: Mapping[str, tuple[dict[str, Any], ChangeLevel, str]] = {
    "a table goes": ({"tables__codebook": None}, MAJOR, "the table codebook is gone"),
    "a table comes": (
        {"tables__more": {"fields": [column("id")], "key": ["id"], "rows": {}}}, MAJOR, "the table more is new",
    ),
    "a column goes": (
        {"tables__codebook__fields__1": None, "tables__codebook__rows": {"ban": ["ban"]}},
        MAJOR, "codebook: the column label is gone",
    ),
    "a column comes": (
        {"tables__codebook__fields__2": column("more"), "tables__codebook__rows": {"ban": ["ban", "Ban", ""]}},
        MAJOR, "codebook: the column more is new",
    ),
    "columns move": (
        {"tables__redirects__fields": [column("id"), column("record")]},
        MAJOR, "redirects: the columns stand in another order",
    ),
    "another type": ({"tables__actions__fields__3__type": "number"}, MAJOR, "actions.note: its type changed"),
    "another key": ({"tables__dates__key": ["position"]}, MAJOR, "dates: `primaryKey` of the schema changed"),
    "a code goes from a column": (
        {"tables__actions__fields__1__constraints__enum": ["ban"]}, MAJOR, "actions.kind: the code fine is gone",
    ),
    "a code comes to a column": (
        {"tables__actions__fields__1__constraints__enum": ["ban", "fine", "warning"]},
        MINOR, "actions.kind: the code warning is new",
    ),
    "a constraint is new": (
        {"tables__actions__fields__3__constraints__required": True},
        MAJOR, "actions.note: the constraint required is tighter, or another",
    ),
    "a constraint goes": (
        {"tables__dates__fields__1__constraints__minimum": None},
        MINOR, "dates.position: the constraint minimum is relaxed",
    ),
    "a lower minimum": (
        {"tables__dates__fields__1__constraints__minimum": 0},
        MINOR, "dates.position: the constraint minimum is relaxed",
    ),
    "a higher minimum": (
        {"tables__dates__fields__1__constraints__minimum": 2},
        MAJOR, "dates.position: the constraint minimum is tighter, or another",
    ),
    "another licence": ({"block__licenses": [{"name": "CC0-1.0"}]}, MAJOR, "the package's `licenses` changed"),
    "another title": ({"block__title": "Y"}, PATCH, "the package's `title` changed"),
    "other words of a column": (
        {"tables__actions__fields__0__description": "Else."}, PATCH, "actions.id: its description changed",
    ),
    "an id goes": ({"tables__actions__rows__one": None}, MAJOR, "action one is gone without a redirect"),
    "an id leads on": (
        {"tables__actions__rows__one": None, "tables__redirects__rows__x": ["action", "one"]},
        MINOR, "action one is retired",
    ),
    "a code goes from the codebook": ({"tables__codebook__rows__ban": None}, MAJOR, "codebook: a code is gone"),
    "an action comes": ({"tables__actions__rows__new": ["new", "ban", "", ""]}, MINOR, "actions: rows are new"),
    "an event comes": ({"tables__dates__rows__new": ["two", "1", "ended"]}, MINOR, "dates: rows are new"),
    "an event goes": ({"tables__dates__rows__one 2": None}, PATCH, "dates: rows are gone"),
    "a status progresses": (
        {"tables__actions__rows__one__2": "in-being"}, MINOR, "actions.stage: a status is another",
    ),
    "a value is corrected": ({"tables__actions__rows__one__3": "better"}, PATCH, "actions.note: values changed"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_kind_of_change_has_its_level_and_says_so(name: str) -> None:
    changes, expected, told = CHANGES[name]
    found = reasons(snapshot(start()), snapshot(edited(start(), **changes)))
    assert level(found) is expected
    assert told in [each.what for each in found]


def test_a_redirect_that_goes_breaks_the_id_that_it_kept() -> None:
    before = edited(start(), tables__redirects__rows__x=["action", "old"])
    assert level(reasons(snapshot(before), snapshot(start()))) is MAJOR


@pytest.mark.parametrize(
    ("version", "step", "expected"),
    [
        ("0.1.0", NONE, "0.1.0"),
        ("0.1.0", PATCH, "0.1.1"),
        ("0.1.9", MINOR, "0.2.0"),
        ("0.9.9", MAJOR, "0.10.0"),
        ("1.2.3", PATCH, "1.2.4"),
        ("1.2.3", MINOR, "1.3.0"),
        ("1.2.3", MAJOR, "2.0.0"),
    ],
)
def test_the_version_follows_from_the_level(version: str, step: ChangeLevel, expected: str) -> None:
    assert following(version, step) == expected


def test_a_delta_fits_no_other_release() -> None:
    before, after = snapshot(start()), snapshot(edited(start(), tables__actions__rows__one=None))
    with pytest.raises(DeltaError, match="leads from another release"):
        apply(delta(before, after), after)
    with pytest.raises(DeltaError, match="do not follow"):
        join(delta(before, after), delta(before, after))


@pytest.mark.parametrize("line", range(6))
def test_a_delta_that_was_edited_is_refused(line: int) -> None:
    before, after = (
        start(),
        edited(start(), tables__actions__rows__one=None, tables__dates__rows__n=["two", "1", "ended"]),
    )
    lines = as_ndjson(delta(snapshot(before), snapshot(after))).splitlines()
    kept = [each for number, each in enumerate(lines) if number != line % len(lines)]
    with pytest.raises(DeltaError):
        apply(of_ndjson("\n".join(kept)), snapshot(before))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"op":"release"}', "null", "1\n2", '{"op":"release"}\n{"op":"ADD"}'])
def test_what_is_no_delta_is_refused(text: str) -> None:
    with pytest.raises(DeltaError, match="no delta"):
        of_ndjson(text)


def test_a_package_on_disk_and_its_delta(tmp_path: Path) -> None:
    """The real thing: a release of nasty records, another with one value changed, and the way between them."""
    (tmp_path / NAME).write_text(json.dumps(packages.BLOCK), encoding="utf-8")
    data = packages.nasty(tmp_path)
    build(data, tmp_path / "a", version="0.1.0")
    action = next(iter(data.actions.values()))
    model = action.model.model_copy(update={"title": "Another title"})
    build(
        replace(data, actions={**data.actions, action.id: replace(action, model=model)}),
        tmp_path / "b",
        version="0.1.1",
    )
    before, after = of_folder(tmp_path / "a"), of_folder(tmp_path / "b")
    change = of_ndjson(as_ndjson(delta(before, after)))
    made = apply(change, before).files()
    assert {path: (tmp_path / "b" / path).read_bytes() for path in made if path != NAME} == {
        path: raw for path, raw in made.items() if path != NAME
    }
    assert made[NAME] == after.files()[NAME]
    assert level(reasons(before, after)) is PATCH


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError):
        of_folder(tmp_path)
    (tmp_path / NAME).write_text('{"resources": [{"name": "a", "type": "table", "path": "../x"}]}', encoding="utf-8")
    with pytest.raises(PackageError):
        of_folder(tmp_path)
