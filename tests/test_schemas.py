"""The schemas on disk are the models': they accept and refuse the same records, and say what every field is."""

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from full import FULL
from policytrack import models
from policytrack.codes import VOCABULARIES, Code, Effect, Relation
from policytrack.documents import parse
from policytrack.layout import KINDS, is_id
from policytrack.models.forms import Keyed
from policytrack.schemas import RECORD_SCHEMAS, files, record_schema

ROOT = Path(__file__).parent.parent
ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind.model) for name, kind in KINDS.items()}
ADAPTERS["redirects"] = TypeAdapter(dict[str, models.Redirect])
ADAPTERS["coverage"] = TypeAdapter(models.Coverage)
ADAPTERS["change-note"] = TypeAdapter(models.ChangeNote)
VALIDATORS = {name: Draft202012Validator(record_schema(name)) for name in RECORD_SCHEMAS}
WORDS = [
    *(
        "",
        " ",
        "\n",
        "\t",
        "\u00a0",
        "\u200b",
        "\x1c",
        "x\n",
        " x",
        "x ",
        "x\ny",
        "é",
        "a-b",
        "a--b",
        "-a",
        "A",
        "a_b",
        "0",
    ),
    *("00", "007", "-1", "1.0", "1e3", "999999999", "1000000000", "٣", "²", "null", "true", "p0", "p1", "p1\n", "p999"),
    *("p1000", "p01", "a#p1", "a#p1\n", "#p1", "a#b#p1", "2020", "2020\n", "2020-02-29", "2019-02-29", "1900-02-29"),
    *(
        "2000-02-29",
        "2020-13",
        "2020-00",
        "2020-06-31",
        "0999",
        "3000",
        "2020..2021",
        "..2020",
        "2020..",
        "..",
        "[..2020]",
    ),
    *(
        "2020-06-10 weekday",
        "2020-06-10  weekday",
        "2020-06-10 Weekday",
        "2020-06-10 weekday\n",
        "2021..2020",
        "P1Y",
        "P",
    ),
    *("P1Y2M3W4D", "P1D1Y", "PT1H", "P100Y", "further-notice", "none", "unknown", "event a-b", "event", "event A"),
    *("first-of 2020 | P1Y", "first-of 2020", "last-of P1Y | event x | 2020-06", "first-of 2020..2021 | P1Y"),
    *("first-of 2020|P1Y", "7552800 GBP", "7552800 GBP paid", "0.5 EUR", ".5 EUR", "01 EUR", "1,000 EUR", "1 eur"),
    *(
        "agency NPR",
        "agency ",
        "agency  x",
        "agency",
        "agency a\nb",
        "own-byline",
        "bill HB1",
        "bill ",
        "bill  x",
        "bill a\nb",
    ),
    *("bill x\n", "wikidata Q1", "wikidata", "a b c", "a b c d", "a  b", "what", "all", "announced", "extends:a-b"),
    *(
        "extends:A",
        "en",
        "de-DE",
        "zh-Hans-CN",
        "EN",
        "US",
        "US-OR",
        "us",
        "ocd-division/country:us",
        "0" * 64,
        "G" * 64,
    ),
    *(
        "2020-06-10 header",
        "2020-06-10 header\n",
        "2020-06-10 ",
        "2020-06-10 a\nb",
        "PT203",
        "PT20",
        "full",
        "Full",
        "x" * 40,
    ),
]
CODES = sorted({code.value for vocabulary in VOCABULARIES.values() for code in vocabulary})


def walk(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from walk(child, (*at, key))


def keys_of(name: str) -> list[str]:
    schema = record_schema(name)
    nodes = [schema, *schema.get("$defs", {}).values()]
    named = {key for node in nodes for key in node.get("properties", ())}
    return sorted(named | {"effect", "conduct", "relation", "target", "dates", "starts", "since", "p1", "p2", "x", ""})


KEYS = {name: keys_of(name) for name in RECORD_SCHEMAS}
TEXT = st.sampled_from(WORDS) | st.sampled_from(CODES) | st.text(max_size=12)


@cache
def values(name: str) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(KEYS[name]) | TEXT
    return st.recursive(
        TEXT | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=6,
    )


@st.composite
def records(draw: st.DrawFn, name: str) -> Any:
    """A valid record with some of it gone, doubled, renamed, wrapped or made up."""
    data = copy.deepcopy(FULL[name])
    for _ in range(draw(st.integers(0, 3))):
        places = [at for at in walk(data) if at]
        if not places:
            break
        at = draw(st.sampled_from(places))
        holder = data
        for step in at[:-1]:
            holder = holder[step]
        spoil(draw, holder, at[-1], name)
    return data


def spoil(draw: st.DrawFn, holder: Any, key: Any, name: str) -> None:
    match draw(st.sampled_from(["delete", "replace", "text", "wrap", "end", "double", "add"])):
        case "delete":
            del holder[key]
        case "replace":
            holder[key] = draw(values(name))
        case "text":
            holder[key] = draw(TEXT)
        case "wrap":
            holder[key] = [holder[key]]
        case "end" if isinstance(holder[key], str):
            holder[key] += draw(st.sampled_from(["\n", " ", "\r", "\u2028", "x", " paid"]))
        case "double" if isinstance(holder, list):
            holder.append(holder[key])
        case _ if isinstance(holder, dict):
            holder[draw(st.sampled_from(KEYS[name]) | TEXT)] = draw(values(name))
        case _:
            holder.append(draw(values(name)))


def accepted(name: str, data: Any) -> bool:
    if name == "redirects" and not all(key.partition("/")[0] in KINDS and is_id(key.partition("/")[2]) for key in data):
        return False
    try:
        ADAPTERS[name].validate_python(data)
    except ValidationError:
        return False
    return True


def agree(name: str, data: Any) -> None:
    errors = [f"{error.json_path}: {error.message[:200]}" for error in VALIDATORS[name].iter_errors(data)]
    assert accepted(name, data) == (not errors), errors or "the schema accepts what the model refuses"


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
@given(data=st.data())
def test_model_and_schema_judge_mutated_records_alike(name: str, data: st.DataObject) -> None:
    agree(name, data.draw(records(name)))


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
@given(data=st.data())
def test_model_and_schema_judge_free_records_alike(name: str, data: st.DataObject) -> None:
    keys = st.sampled_from(KEYS[name])
    agree(name, data.draw(st.dictionaries(keys, values(name), max_size=5)))


def part(schema: Any, at: tuple[Any, ...]) -> Any:
    for step in at:
        schema = schema[step]
    return schema


TEXTS = {name: [at for at in walk(full) if at and isinstance(part(full, at), str)] for name, full in FULL.items()}
PATTERNS = {
    name: sorted(
        {part(schema, at) for at in walk(schema) if at and at[-1] == "pattern" and isinstance(part(schema, at), str)}
    )
    for name, schema in ((name, record_schema(name)) for name in RECORD_SCHEMAS)
}


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
@given(data=st.data())
def test_model_and_schema_judge_texts_of_every_pattern_alike(name: str, data: st.DataObject) -> None:
    """The texts are drawn from the schema's own patterns and put where the full record holds such a text."""
    record = copy.deepcopy(FULL[name])
    at = data.draw(st.sampled_from(TEXTS[name]))
    part(record, at[:-1])[at[-1]] = data.draw(st.sampled_from(PATTERNS[name]).flatmap(st.from_regex))
    agree(name, record)


def changes(value: Any) -> Iterator[Any]:
    """Yield what may stand wrongly in the place of a value."""
    yield from (None, "", [], {}, [value], [value, value], [None], {"x": value})
    if isinstance(value, str):
        yield from (f"{value}{ending}" for ending in ("\n", " ", "\r", "\u2028", "\x00", "x"))
        yield from (f"{start}{value}" for start in ("\n", " ", "x"))
        yield value.upper()


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
def test_model_and_schema_judge_every_single_change_alike(name: str) -> None:
    for at in walk(FULL[name]):
        if not at:
            continue
        for changed in changes(part(FULL[name], at)):
            record = copy.deepcopy(FULL[name])
            part(record, at[:-1])[at[-1]] = changed
            agree(name, record)
        record = copy.deepcopy(FULL[name])
        del part(record, at[:-1])[at[-1]]
        agree(name, record)


@pytest.mark.parametrize("vocabulary", [Effect, Relation])
def test_model_and_schema_refuse_two_codes_in_one_entry(vocabulary: type[Code]) -> None:
    for at in walk(FULL["action"]):
        if at and at[-1] in set(vocabulary):
            for code in vocabulary:
                record = copy.deepcopy(FULL["action"])
                part(record, at[:-1])[code.value] = part(record, at)
                agree("action", record)
                assert accepted("action", record) == (code == at[-1])


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
def test_the_record_to_be_mutated_is_accepted_and_has_every_field(name: str) -> None:
    assert accepted(name, FULL[name])
    agree(name, FULL[name])
    assert set(FULL[name]) >= set(record_schema(name).get("properties", ()))


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
def test_schema_is_valid_2020_12(name: str) -> None:
    schema = record_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:policytrack:schema:{name}"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
def test_nothing_is_null_and_no_mapping_is_open(name: str) -> None:
    schema = record_schema(name)
    for at in walk(schema):
        node = part(schema, at)
        if isinstance(node, dict) and "example" not in str(at):
            assert node.get("type") != "null", at
            assert "default" not in node or node["default"], at
            assert node.get("type") != "object" or node["additionalProperties"] is False, at


def files_and_validators() -> list[tuple[Path, Draft202012Validator]]:
    """Every record with the validator of its kind."""
    kinds = {kind.folder: name for name, kind in KINDS.items()}
    found = []
    for path in sorted((ROOT / "records").rglob("*.yaml")):
        folder = path.relative_to(ROOT / "records").parts[0]
        found.append((path, VALIDATORS[kinds.get(folder, path.stem)]))
    return found


def test_schema_accepts_the_records() -> None:
    for path, validator in files_and_validators():
        document, _ = parse(path.name, path.read_bytes())
        assert document
        assert not list(validator.iter_errors(document.data)), path


def test_schema_accepts_the_records_as_an_editor_reads_them() -> None:
    """An editor takes bare years and numbers for numbers."""

    class Core(yaml.SafeLoader):
        """YAML 1.2, in which `on` and a day are text."""

    Core.yaml_implicit_resolvers = {}
    for tag, form, first in (
        ("bool", "true|false", "tf"),
        ("null", "~|null|", ["~", "n", ""]),
        ("int", "[-+]?[0-9]+", "-+0123456789"),
        ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ):
        Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{form})$"), list(first))
    for path, validator in files_and_validators():
        data = yaml.load(path.read_text(encoding="utf-8"), Core)  # noqa: S506 - a loader that makes plain data only
        assert not list(validator.iter_errors(data)), path


def test_schemas_on_disk_are_what_is_generated() -> None:
    generated = files()
    assert {
        path: (ROOT / path).read_text(encoding="utf-8") for path in generated if (ROOT / path).exists()
    } == generated
    on_disk = {path.relative_to(ROOT).as_posix() for path in (ROOT / "schemas").rglob("*.json")}
    assert on_disk == set(generated)
    assert all(text.endswith("}\n") for text in generated.values())


FIELDS = [
    pytest.param(model, name, id=f"{model.__name__}.{name}")
    for model in vars(models).values()
    if isinstance(model, type) and issubclass(model, BaseModel)
    for name in model.model_fields
]


@pytest.mark.filterwarnings("ignore:The 'alias' attribute")
@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_field_is_described_with_examples_that_it_accepts(model: type[BaseModel], name: str) -> None:
    field = model.model_fields[name]
    assert field.description
    assert field.description.endswith(".")
    assert field.examples
    unfolded = (model.__name__, name) == ("Timeline", "dates")
    hint: Any = Annotated[field.annotation, field]
    adapter: TypeAdapter[Any] = TypeAdapter(hint)
    for sample in field.examples:
        adapter.validate_python({"announced": sample} if unfolded else sample)


@pytest.mark.parametrize("name", RECORD_SCHEMAS)
def test_examples_in_a_schema_are_accepted_where_they_stand(name: str) -> None:
    schema = record_schema(name)
    checked = 0
    for at in walk(schema):
        node = part(schema, at)
        if isinstance(node, dict) and isinstance(node.get("examples"), list):
            inner = {
                **{key: value for key, value in node.items() if key != "examples"},
                "$defs": schema.get("$defs", {}),
            }
            for sample in node["examples"]:
                Draft202012Validator(inner).validate(sample)
                checked += 1
    assert checked


def test_codes_of_an_unfolded_mapping_stand_as_people_write_them() -> None:
    defs = record_schema("action")["$defs"]
    for model in Keyed.__subclasses__():
        shown = defs[model.__name__]["properties"]
        assert set(model.vocabulary) <= set(shown)
        assert not {model.code_field, model.value_field} & set(shown)
        assert all(shown[code.value]["title"] == code.label for code in model.vocabulary)
