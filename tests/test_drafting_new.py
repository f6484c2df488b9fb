"""`new`: drafts that check accepts but for what they say themselves, and that never touch what is there."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from policytrack.cli import app
from policytrack.cli.terminal import UsageFault
from policytrack.codes import Kind
from policytrack.dataset import Dataset, read
from policytrack.documents import parse, walk
from policytrack.drafting import DraftError, TakenIdError, create, drafts, formatted, new, place
from policytrack.drafting.drafts import draft, slug
from policytrack.drafting.interview import Interview
from policytrack.drafting.questions import QUESTIONS, described
from policytrack.findings import Severity
from policytrack.layout import KINDS, is_id, spot, year_of
from policytrack.rules import check

Tree = Callable[[Mapping[str, str | bytes]], Path]
Answers = dict[str, str | list[str]]

TODAY = date(2021, 6, 1)
BASE = Path(__file__).parent / "tree"
PAUSE: Answers = {
    "title": "Acme leaves the market",
    "kind": "market-exit",
    "instrument": "corporate-policy",
    "actor": "acme",
    "date": ["announced=2020-09-10"],
    "provision": ["prohibits: sell, technology: acme-match"],
}
EVIDENCE = ["at: acme-release-2020#p1, supports: all"]
COMPLETE: dict[str, Answers] = {
    "action": {**PAUSE, "date": ["announced=2020-06-10"], "evidence": EVIDENCE},
    "actor": {"name": "Müller & Co.", "type": "company"},
    "technology": {"name": "See: All", "vendor": "acme"},
    "jurisdiction": {"name": "Village, Country X", "level": "municipality", "parent": "xx"},
    "source": {
        "type": "news-article", "title": "A story: #1", "publisher": "The Paper", "credit": "staff", "extent": "full",
        "url": "https://paper-nine.example/a", "published": "2020-06-12", "language": "en",
    },
}  # fmt: skip
run = CliRunner()


def left(root: Path, path: str) -> list[tuple[str, str]]:
    """What `check` says of a file on disk, notices aside."""
    found = check(read(root), TODAY)
    return [(each.code, each.message) for each in found if each.place.path == path and each.severity != Severity.NOTICE]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_draft_with_all_answers_is_sound_and_stands_where_it_belongs(kind: str, tree: Tree) -> None:
    root = tree({})
    made, examined = new(read(root), kind, COMPLETE[kind], TODAY)
    place(read(root), made)
    assert left(root, made.path) == []
    assert examined.left == examined.wrong == ()
    record = read(root).of_kind(kind)[made.id]
    assert spot(made.path).year == year_of(record.model)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_draft_announces_exactly_what_check_finds_and_has_a_note_for_it(kind: str, tree: Tree) -> None:
    given_up = {
        name: answer for name, answer in COMPLETE[kind].items() if name not in {"evidence", "credit", "url", "type"}
    }
    root = tree({})
    made, examined = new(read(root), kind, given_up, TODAY)
    place(read(root), made)
    assert left(root, made.path) == [(each.code, each.message) for each in examined.left]
    notes = [line for line in made.text.splitlines() if line.startswith("# todo: ")]
    assert bool(notes) == bool(examined.left)
    assert "# optional: " in made.text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_draft_is_laid_out_as_fmt_would(kind: str) -> None:
    for answers in (COMPLETE[kind], {"title": "T: #", "name": "- x"}):
        fields, faults = drafts.assemble(kind, answers)
        assert faults == []
        made = draft(kind, fields)
        assert formatted(made.path, made.text.encode()).after == made.text


def test_the_words_of_a_draft_are_those_of_the_models() -> None:
    for kind, questions in QUESTIONS.items():
        for question in questions:
            assert described(kind, question.at), (kind, question.name)
    made = draft("action", {"title": "x"})
    for name, info in KINDS["action"].model.model_fields.items():
        if info.is_required() and name != "title":
            assert f"# todo: {name}: {info.description}\n" in made.text


@pytest.mark.parametrize("kind", list(Kind))
def test_a_draft_asks_for_what_its_kind_needs(kind: Kind) -> None:
    text = draft("action", {"kind": kind.value}).text
    assert ("# todo: provisions:" in text) == (kind.force != "none")
    assert ("# todo: links:" in text) == (kind.relation is not None)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "action",
            {"actor": "amazon", "kind": "ban", "timeline": {"ends": "2019", "passed": "..2021-03"}},
            "amazon-ban-2021",
        ),
        ("action", {}, "new-action"),
        ("actor", {"name": "Thorn", "type": "organisation", "jurisdiction": "us"}, "thorn"),
        ("actor", {"name": "Police", "type": "police", "jurisdiction": "xx-town"}, "xx-town-police"),
        ("actor", {"name": "Town Council", "type": "council", "jurisdiction": "xx-town"}, "xx-town-council"),
        ("jurisdiction", {"name": "Oregon", "parent": "us", "iso_3166": "US-OR"}, "us-or"),
        ("jurisdiction", {"name": "Kings County, Oregon", "parent": "us-or"}, "us-or-kings-county"),
        (
            "source",
            {"title": "A ban of it all", "publisher": "The New Paper", "updated": "2021"},
            "new-paper-a-ban-of-2021",
        ),
    ],
)
def test_an_id_tells_actor_kind_and_year(kind: str, fields: drafts.Fields, expected: str) -> None:
    assert drafts.proposed_id(kind, fields) == expected


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    assert slug(text) == "" or is_id(slug(text))


def test_a_taken_or_retired_id_is_refused_with_the_next_free_one(tree: Tree) -> None:
    root = tree({"records/redirects.yaml": "actor/acme-2: {kind: withdrawn, reason: Not real., date: 2026-11-22}\n"})
    with pytest.raises(TakenIdError) as refused:
        new(read(root), "actor", {"name": "Acme", "type": "company"}, TODAY)
    assert refused.value.free == "acme-3"
    with pytest.raises(TakenIdError, match="class of subjects"):
        new(read(root), "actor", {"name": "Housing", "type": "company"}, TODAY)


def test_nothing_is_overwritten_and_no_link_is_followed(tree: Tree, tmp_path: Path) -> None:
    root = tree({})
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "records/actions/2019").symlink_to(outside)
    (root / "records/actors/half.yaml").symlink_to(outside / "x")
    for path in ("records/actors/acme.yaml", "records/actors/half.yaml", "records/actions/2019/x.yaml"):
        with pytest.raises(DraftError):
            create(root, path, "name: stolen\n")
    assert list(outside.iterdir()) == []
    assert "stolen" not in (root / "records/actors/acme.yaml").read_text()


HOSTILE = st.sampled_from(
    ["x\nkind: ban", "x\n# todo", "'", '"', "*a", "&a b", "!!python/object x", "\x00", "\x1b[31m", "{{", "- x", "a: b",
     "\u202e", "../../x", "%YAML", "---", "#", "x" * 500, "\r\n", "\u2028"]
)  # fmt: skip


@given(st.sampled_from(sorted(QUESTIONS)), st.data())
def test_whatever_is_answered_enters_as_text_and_nowhere_else(kind: str, data: st.DataObject) -> None:
    answers: Answers = {}
    for question in QUESTIONS[kind]:
        if question.form in {"text", "texts"} and data.draw(st.booleans()):
            text = data.draw(st.one_of(HOSTILE, st.text(min_size=1)))
            answers[question.name] = [text] if question.several else text
    fields, faults = drafts.assemble(kind, answers)
    assert faults == []
    made = draft(kind, fields)
    document, found = parse(made.path, made.text.encode())
    assert (document.data if document else {}) == {**fields} or (not fields and document is None)
    assert [each for each in found if document is not None] == []
    assert made.path.startswith(f"records/{KINDS[kind].folder}/")
    assert ".." not in made.path
    assert {text for _, text in walk(fields)} <= {text for _, text in walk(document.data if document else {})}


# The command line.


def invoke(root: Path, *words: str) -> tuple[int, str]:
    result = run.invoke(app, ["--root", str(root), *words])
    if isinstance(result.exception, UsageFault):
        return 2, f"{result.exception}\n{result.exception.advice}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_script_hears_of_all_missing_options_at_once(tree: Tree) -> None:
    code, output = invoke(tree({}), "new", "action", "--kind", "ban")
    assert code == 2
    assert output.startswith("missing: --title, --instrument, --actor, --date\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--kind", "marked-exit"], "did you mean `market-exit`?"),
        (["--kind", "Market exit"], "did you mean `market-exit`?"),
        (["--date", "announced"], "write EVENT=DATE"),
        (["--date", "anounced=2020"], "did you mean `announced`?"),
        (["--date", "announced=2020-02-30"], "February 2020 has 29 days"),
        (["--provision", "prohibits"], "`prohibits` has no value"),
        (["--provision", "prohibits: use}, x: {y: z"], "as between the braces"),
        (["--provision", "prohibts: use"], "did you mean `prohibits`?"),
        (["--id", "../x"], "is not an id"),
        (["--actor", "Acme Corp."], "is not an id"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_and_nothing_written(tree: Tree, words: list[str], says: str) -> None:
    root = tree({})
    before = sorted(root.rglob("*"))
    given_before = [
        "--title",
        "T",
        "--kind",
        "ban",
        "--instrument",
        "statute",
        "--actor",
        "acme",
        "--date",
        "passed=2020",
    ]
    code, output = invoke(root, "new", "action", *given_before, *words)
    assert code == 2
    assert says in output
    assert sorted(root.rglob("*")) == before


def test_the_command_writes_and_says_what_is_left(tree: Tree) -> None:
    root = tree({})
    words = ["new", "actor", "--name", "Doe", "--type", "person"]
    code, output = invoke(root, *words, "--dry-run")
    assert (code, (root / "records/actors/doe.yaml").exists()) == (0, False)
    assert "name: Doe\n" in output
    code, output = invoke(root, *words)
    assert code == 0
    assert output.startswith("wrote records/actors/doe.yaml\n  still to do: ")
    assert "public_role" in output
    assert invoke(root, *words)[1].endswith("give it another id: --id doe-2")


def test_an_id_that_nobody_has_is_told_though_evidence_is_still_missing(tree: Tree) -> None:
    root = tree({})
    words = [
        "--title",
        "T",
        "--kind",
        "market-exit",
        "--instrument",
        "corporate-policy",
        "--actor",
        "acmee",
        "--date",
        "announced=2020",
    ]
    code, output = invoke(root, "new", "action", *words, "--link", "follows: acme-pause-2020")
    assert code == 0
    assert "still to do: field `evidence` is missing\n" in output
    assert "still to do: no actor has the id `acmee`\n    did you mean `acme`?" in output
    assert output.count("still to do: ") == 2


def interviewed(dataset: Dataset, kind: str, replies: list[str], **known: str) -> tuple[Answers, str]:
    told: list[str] = []
    waiting = iter(replies)

    def ask(prompt: str) -> str:
        told.append(prompt)
        return next(waiting)

    answers = Interview(dataset, ask, told.append).about(kind, known)
    assert list(waiting) == []
    return answers, "\n".join(told)


def test_an_interview_explains_offers_the_nearest_and_insists_on_what_is_needed() -> None:
    replies = ["", "Acme Tower", "agncy", "n", "Agency", "y", "Twon", "y", "", "One", "", "", "", ""]
    answers, told = interviewed(read(BASE), "actor", replies)
    assert answers == {"name": "Acme Tower", "type": "agency", "jurisdiction": "xx-town", "alias": ["One"]}
    assert "did you mean agency?" in told
    assert "did you mean xx-town (Town)?" in told
    assert "The office is the actor" not in told
    assert "  company                  A business, whatever its owners." in told


def test_an_interview_for_an_action_leads_to_a_record() -> None:
    replies = [
        "T", "ban", "ordinance", "xx-town-council", "", "xx-town", "",
        "final vote", "y", "2020-06-10", "effectiv", "y", "2020-07-01", "",
        "", "prohibits", "use", "government", "", "", "", "", "", "",
    ]  # fmt: skip
    answers, _ = interviewed(read(BASE), "action", replies)
    made, examined = new(read(BASE), "action", answers, TODAY)
    assert made.path == "records/actions/2020/xx-town-council-ban-2020.yaml"
    assert "provisions:\n  p1: {prohibits: use, by: [government]}\n" in made.text
    assert "timeline: {final_vote: 2020-06-10, effective: 2020-07-01}\n" in made.text
    assert [each.message for each in examined.left] == ["field `evidence` is missing"]
    assert examined.wrong == ()


def test_an_interview_takes_an_id_that_nothing_has_only_after_a_second_look() -> None:
    answers, told = interviewed(read(BASE), "technology", ["Eye", "", "zzz", "n", "zzz", "y", "", "", ""])
    assert answers["vendor"] == "zzz"
    assert "will you write that record next?" in told


def test_at_a_terminal_the_command_asks(tree: Tree) -> None:
    root = tree({})
    outer, inner = pty.openpty()
    command = [
        str(Path(sys.executable).parent / "policytrack"),
        "--root",
        str(root),
        "new",
        "technology",
        "--name",
        "Eye",
    ]
    os.write(outer, b"\nacme\n\nSees.\n\n")
    done = subprocess.run(command, stdin=inner, capture_output=True, text=True, check=False, timeout=60)
    os.close(inner)
    os.close(outer)
    assert done.returncode == 0, done.stderr
    assert "vendor: The actor that offers it. (enter passes it by)" in done.stdout
    assert "vendor: acme\n" in (root / "records/technologies/eye.yaml").read_text()
