"""The published tables: every field of a record is in one, and keys, types and references hold on hard stories."""

import typing
from collections.abc import Iterator
from dataclasses import astuple, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import packages
from policytrack import models
from policytrack.codes import VOCABULARIES, Code, EndKind, ForceState, Grade
from policytrack.dataset import Dataset, read
from policytrack.force import Fold, spells
from policytrack.models.forms import Keyed
from policytrack.tables import TABLES, WITHHELD, Row, rows

ROOT = Path(__file__).parent.parent
NAMES = [*TABLES]
TYPES = {"string": str, "integer": int, "number": Decimal, "boolean": bool, "date": date}


@pytest.fixture(scope="module", params=["records", "stories", "nasty"])
def data(request: pytest.FixtureRequest) -> Dataset:
    match request.param:
        case "records":
            return read(ROOT)
        case "stories":
            return packages.completed(ROOT)
        case _:
            return packages.nasty(ROOT)


@pytest.fixture(scope="module")
def made(data: Dataset) -> dict[str, list[Row]]:
    return rows(data)


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in typing.get_args(annotation):
        yield from parts(inner)


def model_fields() -> Iterator[Any]:
    for model in vars(models).values():
        if isinstance(model, type) and issubclass(model, BaseModel) and model not in {models.Model, Keyed}:
            for name, info in model.model_fields.items():
                structural = any(
                    isinstance(each, type) and issubclass(each, BaseModel) for each in parts(info.annotation)
                )
                yield pytest.param(model, name, "structural" if structural else "", id=f"{model.__name__}.{name}")


FIELDS = list(model_fields())
PUBLISHED = {source: column for table in TABLES.values() for column in table.columns for source in column.told.sources}


@pytest.mark.parametrize(("model", "name", "structural"), FIELDS)
def test_every_field_is_a_column_or_named_as_not_published(model: type[BaseModel], name: str, structural: str) -> None:
    """A field that holds parts with fields of their own is published by those."""
    published, withheld = (model, name) in PUBLISHED, (model, name) in WITHHELD
    assert published or withheld or structural
    assert not (published and withheld)
    assert not withheld or WITHHELD[model, name]


def test_a_coded_field_is_a_column_of_its_vocabulary() -> None:
    checked = 0
    for (model, name), column in PUBLISHED.items():
        info = model.model_fields[name]
        codes = [each for each in parts(info.annotation) if isinstance(each, type) and issubclass(each, Code)]
        if codes and not {dict, tuple} & set(map(typing.get_origin, parts(info.annotation))):
            assert column.vocabulary is codes[0], name
            assert column.told.description == info.description, name
            checked += 1
    assert checked > 10


@pytest.mark.parametrize("name", NAMES)
def test_every_column_and_table_is_described(name: str) -> None:
    table = TABLES[name]
    assert table.title
    assert table.description.endswith(".")
    for column in table.columns:
        assert column.told.description.endswith("."), column.name
        assert column.name == column.name.lower()
    named = [*table.key, *(each for group in table.unique for each in group)]
    named += [each for foreign in table.foreign for each in foreign.columns]
    assert set(named) <= {column.name for column in table.columns}


@pytest.mark.parametrize("name", NAMES)
def test_references_lead_to_the_keys_of_other_tables(name: str) -> None:
    for foreign in TABLES[name].foreign:
        target = TABLES[foreign.table]
        assert foreign.target == target.key or foreign.target in target.unique
        own = {column.name: column for column in TABLES[name].columns}
        theirs = {column.name: column for column in target.columns}
        pairs = zip(foreign.columns, foreign.target, strict=True)
        assert all(own[mine].datatype == theirs[other].datatype for mine, other in pairs)


@pytest.mark.parametrize("name", NAMES)
def test_rows_have_the_types_of_their_columns(made: dict[str, list[Row]], name: str) -> None:
    columns = TABLES[name].columns
    for row in made[name]:
        for column, value in zip(columns, astuple(row), strict=True):
            if value is None:
                assert not column.required, column.name
            else:
                assert isinstance(value, TYPES[column.datatype]), column.name
                assert not column.enum or value in column.enum, column.name
                assert value != "", column.name


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_in_the_order_of_their_key_and_keys_do_not_repeat(made: dict[str, list[Row]], name: str) -> None:
    for group in (TABLES[name].key, *TABLES[name].unique):
        keys = [tuple(getattr(row, column) for column in group) for row in made[name]]
        assert len(keys) == len(set(keys))
    keys = [tuple(getattr(row, column) for column in TABLES[name].key) for row in made[name]]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", NAMES)
def test_references_lead_to_rows(made: dict[str, list[Row]], name: str) -> None:
    for foreign in TABLES[name].foreign:
        known = {tuple(getattr(row, column) for column in foreign.target) for row in made[foreign.table]}
        named = {tuple(getattr(row, column) for column in foreign.columns) for row in made[name]}
        assert {cells for cells in named if None not in cells} <= known


def test_bounds_never_run_backwards(made: dict[str, list[Row]]) -> None:
    checked = 0
    for each in made.values():
        for row in each:
            for field in fields(row):
                if field.name.endswith("earliest"):
                    first, last = getattr(row, field.name), getattr(row, field.name.replace("earliest", "latest"))
                    assert first is None or last is None or first <= last
                    checked += first is not None and last is not None
    assert checked


def test_spells_are_those_of_the_fold(data: Dataset, made: dict[str, list[Row]]) -> None:
    fold = Fold.of(data)
    expected = sum(
        len(spells(fold, name, key)) for name, record in data.actions.items() for key in record.model.provisions
    )
    assert len(made["spells"]) == expected > 0


def test_panel_agrees_with_the_fold_on_the_last_day_of_each_month(data: Dataset, made: dict[str, list[Row]]) -> None:
    fold = Fold.of(data)
    for row in made["panel"]:
        cells = {field.name: getattr(row, field.name) for field in fields(row)}
        year, month = map(int, cells["month"].split("-"))
        last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        states = [
            fold.provision(name, key, last).state
            for name, record in data.actions.items()
            if cells["jurisdiction"] in record.model.jurisdictions
            for key in record.model.provisions
        ]
        standing = sum(state in {ForceState.IN_FORCE, ForceState.PRESUMED_IN_FORCE} for state in states)
        counted = sum(cells[name] for name in ("prohibits", "restricts", "requires", "permits", "practises"))
        assert counted <= standing
        assert cells["possible"] <= states.count(ForceState.POSSIBLY_IN_FORCE)


def test_rows_do_not_depend_on_the_order_of_the_records() -> None:
    forward = packages.completed(ROOT)
    backward = packages.dataset(ROOT, reversed(list(forward.records)))
    shuffled = Dataset(
        root=ROOT,
        actions=dict(reversed(list(forward.actions.items()))),
        actors=dict(reversed(list(forward.actors.items()))),
        technologies=dict(reversed(list(forward.technologies.items()))),
        jurisdictions=dict(reversed(list(forward.jurisdictions.items()))),
        sources=dict(reversed(list(forward.sources.items()))),
    )
    assert rows(forward) == rows(backward) == rows(shuffled)


def by_key(made: dict[str, list[Row]], table: str, *key: Any) -> dict[str, Any]:
    columns = TABLES[table].key
    (row,) = [row for row in made[table] if tuple(getattr(row, column) for column in columns) == key]
    return {field.name: getattr(row, field.name) for field in fields(row)}


def test_the_five_articles_come_out_as_known() -> None:
    made = rows(read(ROOT))
    pause = by_key(made, "actions", "amazon-rekognition-police-moratorium-2020")
    assert pause["announced_earliest"] == pause["announced_latest"] == date(2020, 6, 10)
    assert (pause["ends"], pause["ends_kind"]) == ("P1Y", EndKind.DURATION)
    assert (pause["ends_earliest"], pause["ends_latest"]) == (date(2021, 6, 9), date(2021, 6, 10))
    assert (pause["grade"], pause["origins"]) == (Grade.B, 3)
    assert by_key(made, "actions", "us-or-washington-county-sheriff-suspension-2020")["grade"] is Grade.C
    ibm = by_key(made, "dates", "ibm-facial-recognition-exit-2020", "announced")
    assert (ibm["edtf"], ibm["earliest"]) == ("[2020-06-07..2020-06-09]", date(2020, 6, 7))
    extension = by_key(made, "measures", pause["id"], "amazon-rekognition-police-extension-2021")
    assert extension["root"] is False


def test_a_value_left_out_of_a_record_is_marked_as_implied() -> None:
    made = rows(packages.nasty(ROOT))
    implied = by_key(made, "provision_values", "a-fine#p2", "by", "acme")
    assert (implied["actor"], implied["implied"]) == ("acme", True)
    named = by_key(made, "provision_values", "a-fine#p1", "by", "commercial")
    assert (named["actor"], named["implied"]) == (None, False)


def test_what_a_link_replaces_is_what_the_fold_takes_it_to_replace() -> None:
    made = rows(packages.nasty(ROOT))
    replaced = {(row.relation, row.provision) for row in made["link_replaces"]}  # type: ignore[attr-defined]
    assert replaced == {("repeals", "a-fine#p1"), ("repeals", "a-fine#p10")}


def test_every_factual_value_is_stated_by_the_sources_that_support_it() -> None:
    made = rows(packages.nasty(ROOT))
    told = {(row.property, row.value) for row in made["statements"] if row.action == "a-fine"}  # type: ignore[attr-defined]
    assert {("kind", "fine"), ("co_actors", "other"), ("excluded", "xx-town")} <= told
    assert {("timeline.decided", "2020-06-07..2020-06-09"), ("provisions.p1.requires", "pay")} <= told
    assert {("provisions.p2.from", "2020-08.."), ("provisions.p2.except_to", "p1")} <= told
    assert ("provisions.p1.amount", "7.50 EUR paid") in told


def test_a_chosen_value_that_no_source_gives_is_a_row_of_the_conflict() -> None:
    made = rows(packages.nasty(ROOT))
    chosen = [row.value for row in made["conflicts"] if row.chosen]  # type: ignore[attr-defined]
    assert chosen == ["something else"]


def test_the_codebook_holds_every_code_with_what_follows_from_it() -> None:
    made = rows(packages.nasty(ROOT))
    held = {(row.vocabulary, row.code) for row in made["codebook"]}  # type: ignore[attr-defined]
    assert held == {(name, code.value) for name, vocabulary in VOCABULARIES.items() for code in vocabulary}
    assert by_key(made, "codebook_properties", "instrument", "statute", "form", "law")
    assert by_key(made, "codebook_properties", "relation", "extends", "inverse", "extended by")
