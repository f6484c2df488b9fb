"""Commands about records: show, explain, codes, todo."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import Context, Format, UsageFault, colorful, day, echo, painted, today

if TYPE_CHECKING:
    from policytrack.dataset import Dataset
    from policytrack.findings import Finding

FormatOption = Annotated[Format, typer.Option("--format", help="How to write it.")]


def within(findings: list[Finding], dataset: Dataset, wanted: list[PurePath]) -> tuple[list[Finding], int | None]:
    """Return the findings that lie in ``wanted``, and in how many files that is: None for all.

    None of ``wanted`` is all; refuses one that holds no records.
    """
    from policytrack.findings import AdvisedError
    from policytrack.layout import held

    if not wanted:
        return findings, None
    known = {finding.place.path for finding in findings} | {each.document.path for each in dataset.records}
    known |= {each.path for each in (dataset.redirects_document, dataset.coverage_document) if each is not None}
    try:
        shown = held(known, wanted)
    except AdvisedError as error:
        raise UsageFault(str(error), error.advice) from None
    chosen = [finding for finding in findings if finding.place.path in shown]
    return chosen, None if shown == known else len(shown)


def inside(context: Context, paths: list[Path]) -> list[PurePath]:
    """Return paths relative to the project's root; refuse what is not there or lies outside."""
    root = context.root.resolve()
    wanted = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageFault(f"there is no file or folder {path}", "name files or folders of this project")
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        if not absolute.is_relative_to(root):
            raise UsageFault(f"{path} lies outside the project", f"the project is {root}")
        wanted.append(PurePath(absolute.relative_to(root)))
    return wanted


def show(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="ID", help="The record's id, or kind/id where several share it.")],
    on: Annotated[
        str | None, typer.Option("--on", help="The day for which force is told; today when left out.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show one record: what it claims, on what evidence, what is linked to it, and whether it is in force."""
    from policytrack import api, dossier, reporting
    from policytrack.spelling import UnknownWordError

    asked = day(on) if on else today()
    try:
        facts = api.show(context.obj.at_hand(), record, asked)
    except UnknownWordError as error:
        raise UsageFault(error.message, error.advice) from None
    if format is Format.JSON:
        echo(reporting.as_json(facts))
    else:
        echo(reporting.harmless_lines("\n".join(dossier.as_text(each) for each in facts)))


def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="A finding's code or name.")]) -> None:
    """Print the page of a finding: what it means, why it matters, a bad and a good example."""
    from policytrack import api
    from policytrack.spelling import UnknownWordError

    try:
        echo(api.explain(code))
    except UnknownWordError as error:
        raise UsageFault(error.message, error.advice) from None


def codes(
    vocabulary: Annotated[str | None, typer.Argument(help="The vocabulary; left out, their names are listed.")] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List the codes of a vocabulary with their definitions, or the vocabularies."""
    from policytrack import api, reporting
    from policytrack.spelling import UnknownWordError

    try:
        rows = api.codes(vocabulary)
    except UnknownWordError as error:
        raise UsageFault(error.message, error.advice) from None
    if format is Format.JSON:
        echo(reporting.as_json(rows))
    elif vocabulary is None:
        echo("".join(f"{row['vocabulary']:<20} {row['codes']:>3} codes\n" for row in rows))
    else:
        echo("".join(f"{row['code']}\n    {row['label']}. {row['definition']}\n{_note(row['note'])}" for row in rows))


def _note(text: str) -> str:
    return f"    {text}\n" if text else ""


def todo(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Show only notices in these files or folders.")] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", metavar="CODE", help="Only notices of this code; may be repeated.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List what awaits somebody: ends that passed, measures not confirmed for long, single origins."""
    from policytrack import reporting
    from policytrack.findings import Severity
    from policytrack.rules import check as find

    wanted = _notices(code or [])
    dataset = context.obj.sound()
    found, shown = within(find(dataset, today()), dataset, inside(context.obj, paths or []))
    waiting = [each for each in found if each.severity is Severity.NOTICE and each.code in wanted]
    if format is Format.JSON:
        echo(reporting.as_json(waiting))
        return
    echo(reporting.text(waiting, context.obj.root, painted if colorful(sys.stdout) else reporting.plain))
    for (told, name), number in sorted(Counter((finding.code, finding.name) for finding in waiting).items()):
        typer.echo(f"{number:>6} {told} {name}")
    typer.echo(reporting.summary(waiting, dataset.files, shown))


def _notices(named: list[str]) -> set[str]:
    """Return the codes of notices that are named, all where none is; refuse what is no notice."""
    from policytrack.findings import Severity
    from policytrack.rules import RULES

    codes = {code for code, each in RULES.items() if each.check.severity is Severity.NOTICE}
    for code in named:
        if code.upper() not in codes:
            raise UsageFault(f"`{code}` is no code of a notice", f"notices have the codes {', '.join(sorted(codes))}")
    return {code.upper() for code in named} or codes


RECORDS: dict[str, Callable[..., None]] = {
    "show": show,
    "explain": explain,
    "codes": codes,
    "todo": todo,
}
