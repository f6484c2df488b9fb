"""The vocabularies are complete, consistent with each other, and say enough for two curators to choose alike."""

import copy
import pickle
import re
from collections import Counter
from typing import get_args

import pytest

from policytrack import codes
from policytrack.codes import (
    VOCABULARIES,
    ActorType,
    Bindingness,
    Code,
    Conduct,
    Direction,
    Effect,
    Event,
    ForceBasis,
    ForceState,
    Form,
    Grade,
    IdentifierScheme,
    Instrument,
    Kind,
    Relation,
    SourceType,
    Subject,
    events,
    kinds,
    relations,
    sources,
)

MEMBERS = [pytest.param(code, id=f"{name}={code}") for name, vocabulary in VOCABULARIES.items() for code in vocabulary]
UNDERSCORED = {"event", "relation", "force-state", "force-basis"}


def kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def test_every_vocabulary_is_published_under_the_name_of_its_class() -> None:
    written = {kebab(cls.__name__): cls for cls in Code.__subclasses__() if cls.__module__.startswith("policytrack.")}
    assert written == VOCABULARIES


def test_every_vocabulary_can_be_imported_from_the_package() -> None:
    assert {cls.__name__ for cls in VOCABULARIES.values()} | {"Code", "VOCABULARIES"} == set(codes.__all__)


@pytest.mark.parametrize("code", MEMBERS)
def test_a_member_says_what_it_means(code: Code) -> None:
    assert code.label
    assert code.label == code.label.strip()
    assert len(code.definition.split()) > 3
    assert code.definition.endswith(".")
    assert not code.note or code.note.endswith(".")
    assert not re.search(r"\s\s|[\"“”]|^\s", code.definition + code.note)


@pytest.mark.parametrize("code", MEMBERS)
def test_a_member_is_its_value_and_survives_copying(code: Code) -> None:
    assert code == code.value == str(code) == f"{code}"
    assert type(code)(code.value) is code
    assert copy.deepcopy(code) is code
    assert pickle.loads(pickle.dumps(code)) is code  # noqa: S301 -- our own bytes, made in this line


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values())
def test_an_unknown_value_is_refused(vocabulary: type[Code]) -> None:
    with pytest.raises(ValueError, match="no-such-code"):
        vocabulary("no-such-code")


@pytest.mark.parametrize(("name", "vocabulary"), VOCABULARIES.items())
def test_values_are_written_in_one_way(name: str, vocabulary: type[Code]) -> None:
    joint = "_" if name in UNDERSCORED else "-"
    pattern = r"[A-Z]" if vocabulary is Grade else rf"[a-z]+({joint}[a-z]+)*"
    assert [code.value for code in vocabulary if not re.fullmatch(pattern, code.value)] == []


@pytest.mark.parametrize(
    ("extra", "allowed"),
    [
        ([kind.force for kind in Kind], get_args(kinds.Carries)),
        ([event.role for event in Event], get_args(events.Role)),
        ([relation.family for relation in Relation], get_args(relations.Family)),
        ([source.tier for source in SourceType], get_args(sources.Tier)),
        ([type(instrument.form) for instrument in Instrument], [Form]),
        ([type(instrument.bindingness) for instrument in Instrument], [Bindingness]),
        ([type(effect.direction) for effect in Effect], [Direction]),
        ([type(conduct.duty) for conduct in Conduct], [Direction]),
        ([type(subject.broader) for subject in Subject], [tuple]),
        ([type(basis.state) for basis in ForceBasis], [ForceState]),
        ([type(kind.relation) for kind in Kind], [Relation, type(None)]),
        ([type(actor.subject) for actor in ActorType], [Subject, type(None)]),
    ],
)
def test_extras_are_what_their_vocabulary_declares(extra: list[object], allowed: list[object]) -> None:
    # No type checker looks into the tuple of a member.
    assert set(extra) == set(allowed)


@pytest.mark.parametrize("told", [("a", "A"), ("a", "A", 1), ("a", "A", 1, "Words.", "Note.", "Surplus.")])
def test_a_member_with_a_missing_or_surplus_part_is_refused(told: tuple[object, ...]) -> None:
    # Python 3.11 wraps what goes wrong while a class is made into a RuntimeError.
    with pytest.raises((ValueError, RuntimeError)):

        class Extra(Code):
            extra: int
            ONE = told


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values())
def test_a_member_is_named_after_its_value(vocabulary: type[Code]) -> None:
    # An alias would vanish from iteration, so the names are compared, not the members.
    assert {name: name.lower() for name in vocabulary.__members__} == {
        name: code.value.replace("-", "_").lower() for name, code in vocabulary.__members__.items()
    }


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values())
def test_labels_differ_within_a_vocabulary(vocabulary: type[Code]) -> None:
    assert len({code.label.casefold() for code in vocabulary}) == len(vocabulary)


def test_no_definition_and_no_scope_note_stands_twice() -> None:
    texts = Counter(
        text
        for vocabulary in VOCABULARIES.values()
        for code in vocabulary
        for text in (code.definition, code.note)
        if text
    )
    assert [text for text, times in texts.items() if times > 1] == []


@pytest.mark.parametrize("kind", Kind)
def test_the_definition_of_a_kind_says_whether_it_has_force(kind: Kind) -> None:
    assert kind.has_force == (kind.force != "none")
    assert ("has force" in kind.definition) == kind.has_force
    assert ("no force" in kind.definition) != kind.has_force


def test_kinds_that_work_on_another_action_need_their_relation() -> None:
    needed = {kind: kind.relation for kind in Kind if kind.relation is not None}
    assert needed == {
        Kind.EXTENSION: Relation.EXTENDS,
        Kind.AMENDMENT: Relation.AMENDS,
        Kind.REPEAL: Relation.REPEALS,
        Kind.REINSTATEMENT: Relation.REINSTATES,
    }
    assert all(kind.force == "links" for kind in needed)


def test_kinds_without_force() -> None:
    assert {kind.value for kind in Kind if not kind.has_force} == {
        "warning", "finding", "closing", "ruling", "investigation", "lawsuit", "guidance", "resolution", "study",
    }  # fmt: skip


def test_what_halts_or_ends_a_practice_may_work_through_its_link_alone() -> None:
    # The halt of a recorded deployment repeats nothing of it: it suspends it.
    halts = {kind for kind in Kind if kind.value.endswith("-suspension") or kind is Kind.DISCONTINUATION}
    assert {kind for kind in Kind if kind.force == "links" and kind.relation is None} == halts


def test_the_form_of_an_instrument_goes_with_its_strength() -> None:
    strengths = {form: {i.bindingness.value for i in Instrument if i.form is form} for form in Form}
    assert strengths == {
        Form.LAW: {"binding"},
        Form.DECISION: {"ordered"},
        Form.AGREEMENT: {"agreed"},
        Form.OWN_ACT: {"self-imposed", "none"},
    }


def test_scheduled_days_and_observations_make_nothing_known() -> None:
    assert {event.value for event in Event if not event.public} == {"effective", "ends", "ended", "confirmed"}


def test_the_events_that_end_a_proposal_are_deaths() -> None:
    assert {event.value for event in Event if event.role == "death"} == {"failed", "withdrawn", "vetoed"}


def test_chain_relations() -> None:
    assert [relation.value for relation in Relation if relation.chain] == [
        "extends", "amends", "repeals", "supersedes", "suspends", "reinstates",
        "annuls", "upholds", "remits", "condemns", "interprets",
    ]  # fmt: skip


def test_only_what_ends_a_whole_target_replaces_all_of_it_by_default() -> None:
    assert {relation for relation in Relation if relation.default_replaces_all} == {
        Relation.REPEALS,
        Relation.SUPERSEDES,
    }


def test_every_relation_reads_back_in_words_of_its_own() -> None:
    assert len({relation.inverse for relation in Relation}) == len(Relation)
    assert all(relation.inverse == relation.inverse.lower().strip() != "" for relation in Relation)
    symmetric = {relation for relation in Relation if relation.inverse == relation.label.lower()}
    assert symmetric == {Relation.COMPANION}


def test_practice_is_the_one_effect_that_is_no_norm() -> None:
    assert {effect for effect in Effect if not effect.norm} == {Effect.PRACTISES}
    assert {effect for effect in Effect if effect.direction is Direction.PRACTICE} == {Effect.PRACTISES}


def test_a_duty_points_to_or_away_from_the_spread_of_the_technology() -> None:
    assert {conduct.value for conduct in Conduct if conduct.duty is Direction.RESTRICTIVE} == {
        "disclose", "delete", "pay",
    }  # fmt: skip
    assert {conduct.duty for conduct in Conduct} == {Direction.RESTRICTIVE, Direction.PERMISSIVE}


def test_broader_subjects_exist_and_form_no_circle() -> None:
    def above(subject: Subject) -> set[Subject]:
        direct = {Subject(value) for value in subject.broader}
        return direct.union(*(above(broader) for broader in direct))

    # A circle would end in a RecursionError here.
    assert all(subject not in above(subject) for subject in Subject)
    assert not any(Subject.ANY in above(subject) for subject in Subject)
    assert {subject.value for subject in Subject if Subject.GOVERNMENT in above(subject)} == {
        "law-enforcement", "immigration", "military", "courts",
    }  # fmt: skip


def test_no_word_is_both_a_class_of_subjects_and_a_type_of_actor() -> None:
    assert not {str(subject) for subject in Subject} & {str(actor) for actor in ActorType}


def test_an_actor_is_governed_as_the_subject_that_it_always_is() -> None:
    assert {actor.value: actor.subject for actor in ActorType} == {
        "company": "commercial",
        "legislature": "government",
        "council": "government",
        "executive": "government",
        "agency": "government",
        "police": "law-enforcement",
        "court": "courts",
        "regulator": "government",
        "organisation": None,
        "school": "schools",
        "electorate": None,
        "person": None,
        "claimants": None,
    }


def test_primary_sources_come_from_those_who_acted() -> None:
    assert {source.value for source in SourceType if not source.primary} == {
        "news-article", "court-filing", "report", "trade-press", "law-firm-note", "tracker", "advocacy-page",
    }  # fmt: skip


def test_each_state_of_force_has_a_reason_that_leads_to_it() -> None:
    assert {basis.state for basis in ForceBasis} == set(ForceState)
    assert [basis for basis in ForceBasis if basis.state is ForceState.IN_FORCE] == [ForceBasis.STANDING]
    assert {basis.value for basis in ForceBasis if basis.state is ForceState.POSSIBLY_IN_FORCE} == {
        "uncertain_start", "uncertain_end", "uncertain_operator", "contested",
    }  # fmt: skip


def test_an_identifier_splits_at_the_first_space() -> None:
    # `bill HB2031`: a scheme with a space in it could not be told from its number.
    assert not [scheme for scheme in IdentifierScheme if " " in scheme]
