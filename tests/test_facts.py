"""Each fact of the first five articles can be traced to a record, a field and the evidence for it, or is context."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from articles import ARTICLES
from policytrack.codes import Event, Reading
from policytrack.dataset import Dataset, read
from policytrack.evidence import fields
from policytrack.models import Action, Evidence
from policytrack.parsing import Record

ROOT = Path(__file__).parent.parent
FACTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "facts.yaml").read_text())
# What the articles themselves leave open stays out of the list of traces, with the reason in its context.
UNSUPPORTED = {("F03", "timeline.effective")}


@pytest.fixture(scope="module")
def records() -> Dataset:
    return read(ROOT)


def traces() -> list[Any]:
    return [
        pytest.param(fact, trace, id=f"{fact['fact']} {trace['record']} {trace['field']}")
        for fact in FACTS
        for trace in fact.get("traces", ())
    ]


def test_every_fact_is_in_the_list_once() -> None:
    assert [fact["fact"] for fact in FACTS] == [f"F{number:02}" for number in range(1, 42)]


def test_every_fact_that_is_an_action_has_a_trace() -> None:
    acts = {"F01", "F02", "F03", "F04", "F05", "F07", "F08", "F09", "F13", "F14", "F15", "F16", "F17", "F19", "F20"}
    acts |= {"F21", "F22", "F23", "F24", "F25"}
    assert {fact["fact"] for fact in FACTS if fact.get("traces")} >= acts
    assert all(fact.get("traces") or fact["context"] for fact in FACTS)


def named(field: str) -> str:
    """Return the name by which evidence speaks of a field of the list."""
    head, _, rest = field.partition(".")
    return {"timeline": rest, "links": rest}.get(head, field)


def carries(item: Evidence, target: str) -> bool:
    return any(name in {"all", target} or name.partition(":")[0] == target for name in item.supports)


@pytest.mark.parametrize(("fact", "trace"), traces())
def test_trace(records: Dataset, fact: dict[str, Any], trace: dict[str, Any]) -> None:
    kind, _, record_id = trace["record"].partition("/")
    record = records.of_kind(kind)[record_id]
    if kind != "action":
        assert trace["field"] in record.document.data
        assert fact["context"]
        return
    action: Action = record.model
    target = named(trace["field"])
    assert target in {field.target.partition(":")[0] for field in fields(action)}
    if not trace["evidence"]:
        assert (fact["fact"], trace["field"]) in UNSUPPORTED
        assert str(action.timeline.get(Event(target))).endswith("assumed")
    for cited in trace["evidence"]:
        assert any(str(item.at) == cited and carries(item, target) for item in action.evidence), cited


OF_THE_ARTICLES = {
    "amazon-rekognition-police-moratorium-2020",
    "amazon-rekognition-police-extension-2021",
    "ibm-facial-recognition-exit-2020",
    "microsoft-police-sales-statement-2020",
    "us-or-washington-county-sheriff-suspension-2020",
    "us-federal-police-reform-bill-2020",
    "us-wa-king-county-ban-proposal-2021",
}


def test_the_articles_make_seven_actions_and_no_more(records: Dataset) -> None:
    """Later sources may bear an action out as well; none was made of the articles beyond the seven."""
    assert all(rests_on(records.actions[name]) & ARTICLES for name in OF_THE_ARTICLES)
    assert {name for name, record in records.actions.items() if rests_on(record) <= ARTICLES} <= OF_THE_ARTICLES
    everything = " ".join(records.actions[name].document.text for name in OF_THE_ARTICLES).casefold()
    for word in ("body cameras", "warehouse", "donat", "neighbors", "clearview"):
        assert word not in everything


def rests_on(record: Record[Action]) -> set[str]:
    return {item.at.source for item in record.model.evidence}


def contradicting(record: Record[Action]) -> set[str]:
    return {target for item in record.model.evidence if item.reading is Reading.CONTRADICTS for target in item.supports}


def test_conflicts_are_recorded(records: Dataset) -> None:
    conflicts = {
        (name, conflict.field) for name, record in records.actions.items() for conflict in record.model.conflicts
    }
    assert conflicts >= {
        ("amazon-rekognition-police-moratorium-2020", "p2"),
        ("amazon-rekognition-police-moratorium-2020", "what"),
        ("amazon-rekognition-police-moratorium-2020", "follows"),
        ("ibm-facial-recognition-exit-2020", "what"),
        ("microsoft-police-sales-statement-2020", "what"),
        ("amazon-rekognition-police-extension-2021", "ends"),
    }
    for record in records.actions.values():
        assert contradicting(record) <= {conflict.field for conflict in record.model.conflicts}
