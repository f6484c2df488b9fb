"""Each mistake of the catalogue, planted in a good tree, gives one finding: the right one, in its place, with help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import policytrack.api  # noqa: F401 - loads every module that declares checks
from catalogue import OPERATORS, WITHOUT_OPERATOR, Operator
from good_tree import good
from policytrack.codes import VOCABULARIES
from policytrack.dataset import read
from policytrack.findings import CATALOGUE, Finding, Severity
from policytrack.models.forms import Parsed
from policytrack.models.values import Text
from policytrack.rules import check

TODAY = date(2021, 6, 1)
SMALLEST = 60

GOOD = good()


def checked(files: Mapping[str, bytes], links: tuple[str, ...] = ()) -> list[Finding]:
    """Return the errors and warnings of a tree; files named in ``links`` are links to what they hold."""
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            if path in links:
                file.symlink_to(content.decode())
            else:
                file.write_bytes(content)
        found = check(read(folder), TODAY)
    return [finding for finding in found if finding.severity is not Severity.NOTICE]


@cache
def found_by(operator: Operator) -> list[Finding]:
    return checked(operator.plant(GOOD), (operator.path,) if operator.link else ())


def test_the_good_tree_is_good() -> None:
    assert checked(GOOD) == []


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_a_mistake_gives_its_one_finding_in_its_place_with_help(operator: Operator) -> None:
    found = [
        (finding.code, (finding.place.path, finding.place.line, finding.place.column)) for finding in found_by(operator)
    ]
    assert found == [(operator.code, operator.place(GOOD))]
    (finding,) = found_by(operator)
    assert finding.help.strip()
    assert finding.message.strip()


def test_there_are_enough() -> None:
    assert len(OPERATORS) >= SMALLEST


def test_every_error_and_warning_has_a_mistake_that_sets_it_off_or_a_reason() -> None:
    wanted = {code for code, each in CATALOGUE.items() if each.severity is not Severity.NOTICE}
    planted = {operator.code for operator in OPERATORS}
    assert planted | WITHOUT_OPERATOR.keys() == wanted
    assert not planted & WITHOUT_OPERATOR.keys()
    assert all(WITHOUT_OPERATOR.values())


def test_no_two_operators_test_the_same() -> None:
    aspects = Counter((operator.code, operator.aspect) for operator in OPERATORS)
    assert [each for each, count in aspects.items() if count > 1] == []
    trees = Counter(tuple(sorted(operator.plant(GOOD).items())) for operator in OPERATORS)
    assert max(trees.values()) == 1
    # One code, said of one spot in the same words, would be one mistake planted twice.
    told = Counter((finding.code, finding.place, finding.message) for each in OPERATORS for finding in found_by(each))
    assert [each for each, count in told.items() if count > 1] == []


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_an_operator_changes_one_thing(operator: Operator) -> None:
    tree = operator.plant(GOOD)
    lost, new = GOOD.keys() - tree.keys(), tree.keys() - GOOD.keys()
    changed = {path for path in GOOD.keys() & tree.keys() if GOOD[path] != tree[path]}
    if operator.to:
        assert (lost, new, changed) == ({operator.path}, {operator.to}, set())
        assert tree[operator.to] == GOOD[operator.path]
    else:
        assert lost | new | changed == {operator.path}
        assert operator.aspect


def test_every_type_of_value_has_a_mistake() -> None:
    """Each form that `models.values` and `models.identifiers` read, by the words in which it refuses."""
    from policytrack.models import identifiers, values

    forms = {
        name: form
        for module in (values, identifiers)
        for name, each in vars(module).items()
        for form in getattr(each, "__metadata__", ())
        if isinstance(form, Parsed) and each is not Text
    }
    refusing = {name: _refusals(form.read) for name, form in forms.items()}
    assert len(refusing) >= 20
    assert all(all(words) for words in refusing.values())
    said = [finding.message for operator in OPERATORS for finding in found_by(operator) if finding.code < "PT040"]
    untried = {
        name for name, words in refusing.items() if not any(word in message for word in words for message in said)
    }
    assert untried == set()


def _refusals(read_value: Callable[[object], object]) -> set[str]:
    """Return the words in which a form refuses a text that is of no form at all, without the text."""
    from pydantic_core import PydanticCustomError

    with pytest.raises(PydanticCustomError) as refused:
        read_value("?!\n")
    message = str((refused.value.context or {})["message"])
    return {message.replace("`?!\n`", "").strip()}


def test_every_field_of_codes_is_in_a_vocabulary_that_refuses_alike() -> None:
    """One reader serves all vocabularies, so that a mistake in one stands for all; the mistakes use several."""
    said = {
        finding.message.rpartition(" ")[2] for each in OPERATORS for finding in found_by(each) if each.code == "PT033"
    }
    assert len(said) >= 5
    assert said <= VOCABULARIES.keys()
