"""Questions to the fold: what is listed, for whom, where, and what was known."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytrack.codes import Direction, Event, Stage
from policytrack.dataset import Dataset, read
from policytrack.documents import Document
from policytrack.force import Fold, Question, ask, direction
from policytrack.force.query import UnknownNameError, written
from policytrack.models import Action, Actor, Jurisdiction
from policytrack.parsing import Record
from stories import stories
from test_force_oracle import EPOCH, HORIZON, Plan, as_dataset, plans

STORIES = stories()
NOTHING = Document("x.yaml", "", {})


def place(record_id: str, parent: str | None = None, **fields: object) -> Record[Jurisdiction]:
    data = {"name": record_id, "level": "country"} | ({"parent": parent} if parent else {}) | fields
    return Record(record_id, "jurisdiction", "", Jurisdiction.model_validate(data), NOTHING)


def actor(record_id: str, kind: str) -> Record[Actor]:
    return Record(record_id, "actor", "", Actor.model_validate({"name": record_id, "type": kind}), NOTHING)


WORLD = replace(
    STORIES,
    jurisdictions={
        record.id: record
        for record in (
            place("us"),
            place("us-or", "us"),
            place("us-or-portland", "us-or"),
            place("us-la", "us"),
            place("us-la-new-orleans", "us-la"),
            place("gb"),
            place("gb-wls", "gb", member_of=[{"jurisdiction": "eu", "until": "2020-01-31"}]),
            place("eu"),
            place("us-il", "us"),
        )
    },
    actors={
        "clearview-ai": actor("clearview-ai", "company"),
        "new-orleans-police": actor("new-orleans-police", "police"),
        "amazon": actor("amazon", "company"),
        "meta": actor("meta", "company"),
    },
)


def asked(on: str, **narrowed: Any) -> list[tuple[str, str, str]]:
    rows = ask(WORLD, Question(date.fromisoformat(on), **narrowed))
    return [(row.answer.action, row.answer.provision, row.reach) for row in rows]


def test_a_place_has_what_is_its_own_and_what_reaches_it_from_above() -> None:
    assert asked("2021-06-01", jurisdiction="us-or-portland") == [
        ("us-or-portland-private-ban-2020", "p1", "here"),
        ("us-or-portland-private-ban-2020", "p2", "here"),
        ("us-or-portland-private-ban-2020", "p3", "here"),
        ("us-or-portland-public-ban-2020", "p1", "here"),
    ]
    rows = asked("2023-01-01", jurisdiction="gb-wls")
    assert ("gb-ico-clearview-enforcement-notice-2022", "p1", "above") in rows
    assert ("gb-swp-lfr-deployment-2017", "p1", "here") in rows


def test_within_lists_what_lies_below_and_not_the_place_itself() -> None:
    assert {reach for _, _, reach in asked("2021-06-01", within="us")} == {"below"}
    assert asked("2021-06-01", within="us-or-portland") == []
    assert ("us-or-portland-public-ban-2020", "p1", "below") in asked("2021-06-01", within="us-or")


def test_an_excluded_place_is_not_reached() -> None:
    listed = asked("2025-06-01", jurisdiction="gb")
    assert "meta-face-matching-uk-2025" in {action for action, _, _ in listed}
    assert "meta-face-matching-pilot-2024" not in {action for action, _, _ in listed}


def test_a_subject_is_found_in_wider_classes_and_in_its_members() -> None:
    police = {action for action, _, _ in asked("2022-08-10", subject="law-enforcement")}
    assert "us-or-portland-public-ban-2020" in police  # by: government
    assert "us-la-new-orleans-partial-repeal-2022" in police  # by: a police force
    assert "us-il-bipa-2008" not in police  # by: commercial


def test_an_actor_is_found_as_issuer_and_as_governed() -> None:
    assert {action for action, _, _ in asked("2022-06-15", actor="clearview-ai")} == {
        "gb-ico-clearview-enforcement-notice-2022",
        "gb-ico-clearview-penalty-2022",
    }


def test_exceptions_stand_with_what_they_are_carved_out_of_also_across_actions() -> None:
    rows = ask(WORLD, Question(date(2022, 8, 10), measure="us-la-new-orleans-ban-2020"))
    ban = next(row for row in rows if row.answer.action == "us-la-new-orleans-ban-2020")
    assert [(other.action, other.provision) for other in ban.exceptions] == [
        ("us-la-new-orleans-partial-repeal-2022", "p1")
    ]
    earlier = ask(WORLD, Question(date(2022, 3, 1), measure="us-la-new-orleans-ban-2020"))
    assert [row.exceptions for row in earlier] == [()]


def test_norms_practices_and_payments_are_told_apart() -> None:
    rows = {row.answer.action: row.group for row in ask(WORLD, Question(date(2022, 6, 15)))}
    assert rows["gb-ico-clearview-penalty-2022"] == "payment"
    assert rows["gb-swp-lfr-deployment-2017"] == "practice"
    assert rows["us-il-bipa-2008"] == "norm"


def test_all_states_adds_what_is_not_in_force_and_nothing_else() -> None:
    on = date(2023, 1, 1)
    listed = ask(WORLD, Question(on))
    everything = ask(WORLD, Question(on, all_states=True))
    assert [row for row in everything if row.answer.state not in {"not_in_force", "no_evidence"}] == listed
    assert len(everything) == sum(
        len(record.model.provisions) * len(WORLD.measures_of[name]) for name, record in WORLD.actions.items()
    )


def test_a_ruling_flags_what_it_annuls_later() -> None:
    rows = ask(WORLD, Question(date(2022, 6, 15), actor="clearview-ai"))
    assert {row.answer.annulled_by for row in rows} == {("gb-ftt-clearview-ruling-2023",)}


@pytest.mark.parametrize(
    ("narrowed", "message", "advice"),
    [
        ({"measure": "us-or-portland-public-ban-202"}, "is no measure here", "us-or-portland-public-ban-2020"),
        ({"actor": "clearview"}, "is no actor here", "clearview-ai"),
        ({"jurisdiction": "us-portland"}, "is no jurisdiction here", "us-or-portland"),
        ({"subject": "police"}, "is no subject here", ""),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(narrowed: dict[str, str], message: str, advice: str) -> None:
    with pytest.raises(UnknownNameError) as fault:
        asked("2022-01-01", **narrowed)
    assert message in str(fault.value)
    assert advice in fault.value.advice


def test_direction_follows_provisions_and_what_an_action_undoes() -> None:
    expected = {
        "amazon-rekognition-police-moratorium-2020": Direction.RESTRICTIVE,
        "amazon-rekognition-police-extension-2021": Direction.RESTRICTIVE,
        "us-la-new-orleans-partial-repeal-2022": Direction.PERMISSIVE,
        "gb-ftt-clearview-ruling-2023": Direction.PERMISSIVE,
        "gb-swp-lfr-deployment-2017": Direction.PRACTICE,
        "gb-swp-lfr-trial-2022": Direction.PRACTICE,
        "us-va-sb741-2022": Direction.MIXED,
        "us-ca7-clay-2026": Direction.NEUTRAL,
    }
    assert {name: direction(STORIES, name) for name in expected} == expected


def test_stage_is_dated() -> None:
    stages = [
        Fold.of(STORIES, date.fromisoformat(day)).knowledge.stage("us-va-sb741-2022")
        for day in ("2022-01-20", "2022-01-21", "2022-04-26", "2022-04-27")
    ]
    assert stages == [Stage.UNKNOWN, Stage.PROPOSED, Stage.PROPOSED, Stage.IN_BEING]
    assert Fold.of(STORIES).knowledge.stage("us-la-new-orleans-live-proposal-2025") is Stage.DEAD


def test_a_practice_that_nobody_announced_is_known_from_its_start() -> None:
    dates = {"effective": "2020-01-05", "ended": "2020-02-20", "confirmed": "2020-01-20"}
    model = Action.model_validate({**FIELDS, "timeline": dates, "evidence": [{"at": "source", "supports": "all"}]})
    dataset = Dataset(root=Path(), actions={"a0": Record("a0", "action", "2020", model, NOTHING)})
    states = [
        Fold.of(dataset, date.fromisoformat(known)).provision("a0", "p1", date(2020, 1, 10)).state
        for known in ("2020-01-04", "2020-01-05", "2020-03-01")
    ]
    assert states == ["no_evidence", "presumed_in_force", "in_force"]


def test_bounds_are_written_in_edtf() -> None:
    ban = STORIES.actions["us-ca-san-francisco-ban-2019"].model.timeline.get(Event.EFFECTIVE)
    assert ban is not None
    assert written(ban.bounds) == "[2019-05-21..2019-12-10]"
    assert written(None) is None


FIELDS = {
    "title": "A pilot",
    "kind": "pilot",
    "instrument": "agency-decision",
    "actor": "acme",
    "provisions": {"p1": {"practises": "use"}},
}


def without_later(drawn: list[Plan], known: int) -> Dataset:
    """Return the data set from which everything that was not known by ``known`` is cut out by hand."""
    full = as_dataset(drawn)
    kept = {}
    for name, record in full.actions.items():
        timeline = record.model.timeline
        dates = {
            event: dated
            for event, dated in timeline.dates.items()
            if event is Event.EFFECTIVE or dated.bounds.hi <= (EPOCH + timedelta(days=known)).toordinal()
        }
        model = record.model.model_copy(update={"timeline": timeline.model_copy(update={"dates": dates})})
        kept[name] = Record(name, "action", "2020", model, NOTHING)
    return Dataset(root=Path(), actions=kept)


@settings(max_examples=150, deadline=None)
@given(plans(), st.integers(0, HORIZON), st.integers(0, HORIZON + 2))
def test_as_known_is_the_answer_of_a_data_set_without_what_came_later(drawn: list[Plan], known: int, day: int) -> None:
    on = EPOCH + timedelta(days=day)
    then = Fold.of(as_dataset(drawn), EPOCH + timedelta(days=known)).provision("a0", "p1", on)
    pruned = Fold.of(without_later(drawn, known)).provision("a0", "p1", on)
    assert (then.standing, then.state, then.basis) == (pruned.standing, pruned.state, pruned.basis)


def test_a_long_or_circular_chain_is_answered() -> None:
    drawn = [Plan("corporate-policy", None, None, None, dead=False, end=("open", ""), own_start=None, own_end=None)]
    record = as_dataset(drawn).actions["a0"]
    timeline = {"announced": "2020-01-02", "ends": "P1Y"}
    base = record.document
    model = type(record.model)
    fields = {
        "title": "An act",
        "kind": "extension",
        "instrument": "corporate-policy",
        "actor": "acme",
        "timeline": timeline,
        "provisions": {"p1": {"prohibits": "use"}},
        "evidence": [{"at": "source", "supports": "all"}],
    }
    long, circular = [f"b{number - 1}" for number in range(3_000)], [f"b{(number + 1) % 40}" for number in range(40)]
    for targets in (long, circular):
        actions = {
            f"b{number}": Record(
                f"b{number}",
                "action",
                "2020",
                model.model_validate(fields | {"links": [{"extends": target}, {"annuls": target}]}),
                base,
            )
            for number, target in enumerate(targets)
        }
        fold = Fold.of(Dataset(root=Path(), actions=actions))
        assert fold.provision("b0", "p1", date(2020, 6, 1)).state in {"in_force", "possibly_in_force", "not_in_force"}


def test_the_records_of_the_project_fold() -> None:
    dataset = read(Path(__file__).parent.parent)
    assert not dataset.findings
    rows = ask(dataset, Question(date(2020, 7, 1), subject="law-enforcement"))
    assert "amazon-rekognition-police-moratorium-2020" in {row.measure for row in rows}
