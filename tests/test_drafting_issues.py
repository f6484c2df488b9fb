"""Issue forms: what GitHub is given, and that a filled one becomes drafts, however hostile its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from policytrack.cli import app
from policytrack.codes import Kind
from policytrack.dataset import read
from policytrack.documents import parse
from policytrack.drafting import DraftError, formatted, forms, from_issue, place
from policytrack.drafting.forms import FORMS, Form
from policytrack.drafting.questions import QUESTIONS

Tree = Callable[[Mapping[str, str | bytes]], Path]

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "tree"
TODAY = date(2021, 6, 1)
ACTION, CORRECTION, DISPUTE = FORMS
run = CliRunner()

ANSWERS = {
    "What was done": "Acme leaves the market: for good",
    "Kind": "market-exit: Market exit",
    "Instrument": "corporate-policy: Corporate policy",
    "Actor": "acme corporation",
    "Jurisdiction": "_No response_",
    "Dates": "announced: 2020-09-10\n\neffective: 2020-10",
    "End": "none",
    "Summary": "_No response_",
    "Address of the source": "https://paper-nine.example/acme?utm_source=x",
    "Title of the source": "Acme: the end",
    "Type of the source": "news-article: News article",
    "Publisher of the source": "Paper Nine",
    "Date of the source": "2020-09-11",
    "Where the source says it": "second paragraph",
}


def filled(form: Form, answers: Mapping[str, str]) -> str:
    """The text that GitHub makes of a form."""
    parts = [f"### {each.label}\n\n{answers.get(each.label, '_No response_')}" for each in form.fields]
    return "\n\n".join([*parts, "### Own words\n\n- [X] All texts above are my own words."]) + "\n"


def test_the_forms_in_the_repository_are_those_of_the_code() -> None:
    for path, text in forms().items():
        assert (ROOT / path).read_text() == text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_is_one_that_github_takes(form: Form) -> None:
    told = yaml.safe_load(forms()[f".github/ISSUE_TEMPLATE/{form.name}.yml"])
    assert set(told) == {"name", "description", "labels", "body"}
    assert [each["id"] for each in told["body"]] == [*(each.id for each in form.fields), "own-words"]
    labels = [each["attributes"]["label"] for each in told["body"]]
    assert len(set(labels)) == len(labels)
    for element in told["body"]:
        assert element["type"] in {"input", "textarea", "dropdown", "checkboxes"}
        assert isinstance(element.get("validations", {}).get("required", False), bool)
        options = element["attributes"].get("options", [])
        assert bool(options) == (element["type"] in {"dropdown", "checkboxes"})
        assert all(isinstance(option, str) for option in options) or element["type"] == "checkboxes"


def test_the_ids_of_fields_are_what_they_were() -> None:
    assert {form.name: " ".join(each.id for each in form.fields) for form in FORMS} == {
        "new-action": (
            "title kind instrument actor jurisdiction dates ends summary source-url source-title source-type publisher "
            "published place"
        ),
        "correction": "record field value source-url place",
        "dispute": "record field reading reason source-url place",
    }


def test_every_field_about_a_record_is_a_question_of_it() -> None:
    for each in ACTION.fields:
        if each.about is not None:
            kind, name = each.about
            assert name in {question.name for question in QUESTIONS[kind]}


def test_a_filled_form_becomes_a_source_and_an_action() -> None:
    proposal = from_issue(read(BASE), filled(ACTION, ANSWERS), TODAY)
    assert proposal.findings == ()
    (source, told), (action, left) = proposal.drafts
    assert source.path == "records/sources/2020/paper-nine-acme-2020.yaml"
    assert "url: https://paper-nine.example/acme\n" in source.text
    assert 'title: "Acme: the end"\n' in source.text
    assert [each.code for each in told.left] == ["PT617"]
    assert action.path == "records/actions/2020/acme-market-exit-2020.yaml"
    assert "timeline: {announced: 2020-09-10, effective: 2020-10, ends: none}\n" in action.text
    assert f"policytrack cite {source.id} " in action.text
    assert [each.code for each in left.left] == ["PT030"]
    assert proposal.told == ("the source says it here: second paragraph",)


@pytest.mark.parametrize(
    ("label", "answer", "says", "advice"),
    [
        ("Kind", "market-exitt: Exit", "`market-exitt` is no code", "did you mean `market-exit`?"),
        ("Actor", "Acme Corpration", "no actor is called `Acme Corpration`", "did you mean `acme` (Acme Corporation)?"),
        ("Actor", "Zzz", "no actor is called `Zzz`", "policytrack new actor"),
        ("Jurisdiction", "Twon", "no jurisdiction is called `Twon`", "did you mean `xx-town`"),
        ("Dates", "announced: 2020-09-10\nanounced: 2020", "`anounced` is no code", "did you mean `announced`?"),
        ("Dates", "announced: 2020-09-31", "`2020-09-31` names day 31", "no calendar"),
        ("Dates", "on Tuesday", "`on Tuesday` is not an event and a date", "announced: 2020-06-10"),
        ("End", "never ever", "`never ever` is not an end", ""),
        ("Address of the source", "javascript:alert(1)", "is no address of the web", "https://"),
        ("Date of the source", "June", "`June` is not a date", ""),
        ("What was done", "_No response_", "no answer", "ask for it"),
    ],
)  # fmt: skip
def test_an_answer_that_no_record_can_hold_is_a_finding_with_its_label(
    label: str, answer: str, says: str, advice: str
) -> None:
    proposal = from_issue(read(BASE), filled(ACTION, {**ANSWERS, label: answer}), TODAY)
    (finding,) = proposal.findings
    assert (finding.code, finding.place.path) == ("PT039", "issue.md")
    assert finding.message.startswith(f"{label}: ")
    assert says in finding.message
    assert advice in finding.help
    text = filled(ACTION, {**ANSWERS, label: answer}).split("\n")
    assert finding.place.line == 1 or answer.rsplit("\n", maxsplit=1)[-1] == text[finding.place.line - 1]
    assert answer not in proposal.drafts[-1][0].text


def test_a_source_that_is_known_is_not_drafted_again() -> None:
    answers = {**ANSWERS, "Address of the source": "http://paper-one.example/2020/06/11/acme/?utm_campaign=y"}
    proposal = from_issue(read(BASE), filled(ACTION, answers), TODAY)
    assert [draft.kind for draft, _ in proposal.drafts] == ["action"]
    assert "the source is known: paper-one-2020" in proposal.told


def test_a_taken_id_gets_a_number(tree: Tree) -> None:
    dataset = read(tree({}))
    for number in ("", "-2", "-3"):
        draft = from_issue(dataset, filled(ACTION, ANSWERS), TODAY).drafts[-1][0]
        assert draft.id == f"acme-market-exit-2020{number}"
        place(dataset, draft)
        dataset = read(dataset.root)


def test_an_actor_that_is_not_recorded_stands_in_the_id_alone() -> None:
    draft = from_issue(read(BASE), filled(ACTION, {**ANSWERS, "Actor": "Zeta: Ltd"}), TODAY).drafts[-1][0]
    assert draft.id == "zeta-ltd-market-exit-2020"
    assert "# todo: actor: The issuer.\n" in draft.text


def test_a_form_without_an_answer_that_can_stand_drafts_no_empty_file() -> None:
    nothing = dict.fromkeys(ANSWERS, "_No response_")
    proposal = from_issue(read(BASE), filled(ACTION, {**nothing, "What was done": "\u202e\u200b", "Kind": "*a"}), TODAY)
    assert proposal.drafts == ()
    assert proposal.told == (
        "no draft of a source: none of the answers can stand in one",
        "no draft of an action: none of the answers can stand in one",
    )


def test_an_action_without_a_source_says_how_to_come_by_one() -> None:
    source = {label: "_No response_" for label in ANSWERS if "source" in label}
    proposal = from_issue(read(BASE), filled(ACTION, {**ANSWERS, **source}), TODAY)
    ((action, _),) = proposal.drafts
    assert "draft its source with `policytrack new source`" in action.text


@pytest.mark.parametrize("form", [CORRECTION, DISPUTE], ids=lambda form: form.name)
def test_a_correction_or_dispute_is_led_to_its_place(form: Form) -> None:
    answers = {each.label: "Words of mine." for each in form.fields} | {
        "Record": "https://example.org/actions/acme-pause-2020/",
        "Field": "announced",
        "Address of the source": "https://paper-one.example/2020/06/11/acme",
    }
    proposal = from_issue(read(BASE), filled(form, answers), TODAY)
    assert (proposal.form, proposal.drafts, proposal.findings) == (form.name, (), ())
    line = (BASE / "records/actions/2020/acme-pause-2020.yaml").read_text().split("\n")
    number = next(number for number, text in enumerate(line, 1) if text.startswith("timeline"))
    assert proposal.told[0].startswith(f"records/actions/2020/acme-pause-2020.yaml:{number}:")
    assert "  the source is known: paper-one-2020" in proposal.told
    unknown = from_issue(read(BASE), filled(form, {**answers, "Record": "../../etc/passwd"}), TODAY)
    assert [each.message for each in unknown.findings] == ["Record: no record has the id `passwd`"]


@pytest.mark.parametrize("text", ["", "Hello", "### Nothing\n\nx", "x" * 200_000])
def test_a_text_that_is_no_form_is_refused(text: str) -> None:
    with pytest.raises(DraftError):
        from_issue(read(BASE), text, TODAY)


def test_a_label_inside_an_answer_does_not_replace_another_answer() -> None:
    answers = {**ANSWERS, "Summary": "Mine.\n\n### Kind\n\nban: Ban\n\n### Not a label\n\nx"}
    proposal = from_issue(read(BASE), filled(ACTION, answers), TODAY)
    assert "kind: market-exit\n" in proposal.drafts[-1][0].text
    assert [each.message for each in proposal.findings] == ["Kind: the label stands twice; the first answer counts"]


HOSTILE = st.one_of(
    st.sampled_from(
        ["*a", "&a !!python/object:os.system x", "a\nkind: ban\nevidence: []", "../../../etc/passwd", "\x00\x1b[2J",
         "\u202eevil", "<<: *x", "{{7*7}}", "${HOME}", "=cmd()", "### Kind\n\nban", "- - - -", "|", "> x", "'", '"',
         "---\n",
         "x" * 5000, "%TAG"]
    ),
    st.text(),
)  # fmt: skip


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(ANSWERS, HOSTILE)))
def test_hostile_text_is_harmless(answers: dict[str, str]) -> None:
    proposal = from_issue(read(BASE), filled(ACTION, {**ANSWERS, **answers}), TODAY)
    for draft, _ in proposal.drafts:
        assert ".." not in draft.path
        assert draft.path.count("/") == 3
        document, faults = parse(draft.path, draft.text.encode())
        assert faults == []
        assert document is not None
        fields = {question.at[0] for question in QUESTIONS[draft.kind]}
        assert set(document.data) <= fields
        assert document.data.get("kind") in {*Kind, None}
        assert formatted(draft.path, draft.text.encode()).after == draft.text


def test_a_file_that_is_not_there_is_a_bad_call(tree: Tree) -> None:
    result = run.invoke(app, ["--root", str(tree({})), "from-issue", "nothing.md"])
    assert str(result.exception) == "there is no file nothing.md"


def test_the_command_writes_drafts_and_fails_on_findings(tree: Tree, tmp_path: Path) -> None:
    root = tree({})
    file = tmp_path / "issue.md"
    file.write_text(filled(ACTION, ANSWERS).replace("\n", "\r\n"), newline="")
    result = run.invoke(app, ["--root", str(root), "from-issue", str(file), "--dry-run"])
    assert result.exit_code == 0, result.output
    assert not (root / "records/actions/2020/acme-market-exit-2020.yaml").exists()
    result = run.invoke(app, ["--root", str(root), "from-issue", str(file)])
    assert result.exit_code == 0
    assert (root / "records/actions/2020/acme-market-exit-2020.yaml").exists()
    file.write_text(filled(ACTION, {**ANSWERS, "Kind": "no"}))
    result = run.invoke(app, ["--root", str(root), "from-issue", str(file)])
    assert result.exit_code == 1
    assert f"{file.name}:7:1: error PT039 unknown-answer: Kind: `no` is no code" in result.output
