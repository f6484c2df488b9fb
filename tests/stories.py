"""The hard stories of tests/cases as data sets: several records to a file, their key the id, sources left out."""

from pathlib import Path

from policytrack.dataset import Dataset
from policytrack.documents import Document, parse
from policytrack.models import Action
from policytrack.parsing import Record

CASES = Path(__file__).parent / "cases"


def dataset_of(document: Document) -> Dataset:
    """Return the data set of the actions in ``document``."""
    actions = {
        name: Record(name, "action", "", Action.model_validate(fields), document)
        for name, fields in document.data.items()
    }
    return Dataset(root=CASES, actions=dict(sorted(actions.items())))


def stories() -> Dataset:
    """Return the data set of all stories."""
    actions: dict[str, Record[Action]] = {}
    for path in sorted(CASES.glob("*.yaml")):
        document, faults = parse(path.name, path.read_bytes())
        assert document is not None
        assert not faults
        actions |= dataset_of(document).actions
    return Dataset(root=CASES, actions=dict(sorted(actions.items())))


def answers() -> list[list[str]]:
    """Return the rows of answers.txt: action, provision, day, known-by or -, state."""
    lines = (CASES / "answers.txt").read_text().splitlines()
    return [line.split() for line in lines if not line.startswith("#")]
