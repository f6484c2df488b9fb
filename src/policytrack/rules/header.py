"""The comment that opens a file for editors: which JSON Schema they offer and check while somebody writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policytrack.documents import Document
from policytrack.findings import Place, Severity
from policytrack.layout import SINGLE, spot
from policytrack.parsing import AnyRecord
from policytrack.rules.registry import Case, Fault, rule

_MARK = "# yaml-language-server: $schema="
HEADER = re.compile(r"^[ \t]*#[ \t]*yaml-language-server\b.*$", re.MULTILINE)
_TODO = re.compile(r"^[ \t]*#[ \t]*todo\b.*$", re.MULTILINE | re.IGNORECASE)


def header_of(path: str) -> str:
    """Return the line that opens the record at ``path``, relative to the root with `/`; `MisplacedError` for none."""
    return _header(SINGLE.get(path) or spot(path).kind.name, path)


def _header(name: str, path: str) -> str:
    return f"{_MARK}{'../' * path.count('/')}schemas/{name}.schema.json"


def _files(case: Case) -> Iterator[tuple[Document, AnyRecord | None]]:
    for record in case.dataset.records:
        yield record.document, record
    for document in (case.dataset.redirects_document, case.dataset.coverage_document):
        if document is not None:
            yield document, None


@rule("PT706", Severity.WARNING)
def wrong_schema_header(case: Case) -> Iterator[Fault]:
    """The comment for editors names another schema than that of the record, or does not open the file.

    Editors complete and check a record against the schema in its first line. Copied from another kind of record, or
    from another folder, it leads to wrong hints or to none. `policytrack check --fix` and `policytrack fmt` set it
    right.

    Bad: records/technologies/acme-match.yaml
        # yaml-language-server: $schema=../../schemas/actor.schema.json  # <-
        name: Acme Match
        vendor: acme

    Good: records/technologies/acme-match.yaml
        # yaml-language-server: $schema=../../schemas/technology.schema.json
        name: Acme Match
        vendor: acme
    """
    for document, record in _files(case):
        found = HEADER.search(document.text)
        if found is None:
            continue
        wanted = _header(record.kind if record else SINGLE[document.path], document.path)
        line = document.text.count("\n", 0, found.start()) + 1
        written = found.group().rstrip().removesuffix("# <-").rstrip()
        if written != wanted or line > 1:
            message = "the schema header is not the first line" if written == wanted else "the schema header is wrong"
            place = Place(document.path, line, len(found.group()) - len(found.group().lstrip()) + 1)
            yield Fault(place, message, f"let the first line be `{wanted}`", record.subject if record else "")


@rule("PT906", Severity.NOTICE)
def no_schema_header(case: Case) -> Iterator[Fault]:
    """A record does not open with the comment that leads editors to its schema.

    With it an editor offers keys and codes and marks mistakes while somebody writes. `policytrack fmt` adds it.

    Bad: records/technologies/acme-match.yaml
        name: Acme Match  # <-
        vendor: acme

    Good: records/technologies/acme-match.yaml
        # yaml-language-server: $schema=../../schemas/technology.schema.json
        name: Acme Match
        vendor: acme
    """
    for document, record in _files(case):
        if HEADER.search(document.text) is None:
            advice = "`policytrack fmt` adds it"
            yield Fault(Place(document.path), "no schema header for editors", advice, record.subject if record else "")


@rule("PT907", Severity.NOTICE)
def note_to_fill_in(case: Case) -> Iterator[Fault]:
    """A comment says that something is still to be filled in.

    `policytrack new` leaves such notes in a draft. Fill in what they speak of, or find that no source tells it; then
    delete them.

    Bad: records/technologies/acme-match.yaml
        # yaml-language-server: $schema=../../schemas/technology.schema.json
        name: Acme Match
        vendor: acme
        # todo: description: What it does, in our own words.  # <-

    Good: records/technologies/acme-match.yaml
        # yaml-language-server: $schema=../../schemas/technology.schema.json
        name: Acme Match
        vendor: acme
        description: Compares faces with a stored collection.
    """
    for document, record in _files(case):
        if "todo" not in document.text.casefold():
            continue
        for found in _TODO.finditer(document.text):
            line = document.text.count("\n", 0, found.start()) + 1
            column = len(found.group()) - len(found.group().lstrip()) + 1
            message = found.group().strip().lstrip("# ").removesuffix("# <-").rstrip()
            yield Fault(
                Place(document.path, line, column),
                message,
                "fill it in, then delete the comment",
                record.subject if record else "",
            )
