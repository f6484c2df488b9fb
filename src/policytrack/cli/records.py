"""Commands about records: show, explain, codes, todo."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import Context, Format, UsageFault, colorful, day, echo, painted, today

if TYPE_CHECKING:
    from policytrack.findings import Finding

FormatOption = Annotated[Format, typer.Option("--format", help="How to write it.")]


def within(findings: list[Finding], context: Context, paths: list[Path]) -> list[Finding]:
    """Return the findings that lie in one of ``paths``, all when none is named."""
    if not paths:
        return findings
    wanted = inside(context, paths)
    return [
        finding for finding in findings if any(PurePath(finding.place.path).is_relative_to(each) for each in wanted)
    ]


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
        facts = api.show(context.obj.sound(), record, asked)
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


def todo(context: typer.Context, format: FormatOption = Format.TEXT) -> None:
    """List what awaits somebody: ends that passed, measures not confirmed for long, single origins."""
    from policytrack import reporting
    from policytrack.findings import Severity
    from policytrack.rules import check as find

    dataset = context.obj.sound()
    waiting = [finding for finding in find(dataset, today()) if finding.severity is Severity.NOTICE]
    if format is Format.JSON:
        echo(reporting.as_json(waiting))
    else:
        echo(reporting.text(waiting, context.obj.root, painted if colorful(sys.stdout) else reporting.plain))
        typer.echo(reporting.summary(waiting, dataset.files))


RECORDS: dict[str, Callable[..., None]] = {
    "show": show,
    "explain": explain,
    "codes": codes,
    "todo": todo,
}
