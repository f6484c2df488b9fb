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
    """Return paths relative to the project's root; refuse what is not there, lies outside or can hold no records."""
    from policytrack.layout import RECORDS

    root = context.root.resolve()
    wanted = []
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageFault(f"there is no file or folder {path}", "name files or folders of this project")
        absolute = path.parent.resolve() / path.name if path.name else path.resolve()
        if not absolute.is_relative_to(root):
            raise UsageFault(f"{path} lies outside the project", f"the project is {root}")
        name = PurePath(absolute.relative_to(root))
        if not name.is_relative_to(RECORDS) and name.parts:
            raise UsageFault(f"{name} holds no records", f"name files or folders below {RECORDS}/")
        wanted.append(name)
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
    waiting = [
        finding
        for finding in within(find(dataset, today()), context.obj, paths or [])
        if finding.severity is Severity.NOTICE and finding.code in wanted
    ]
    if format is Format.JSON:
        echo(reporting.as_json(waiting))
        return
    echo(reporting.text(waiting, context.obj.root, painted if colorful(sys.stdout) else reporting.plain))
    for (told, name), number in sorted(Counter((finding.code, finding.name) for finding in waiting).items()):
        typer.echo(f"{number:>6} {told} {name}")
    typer.echo(reporting.summary(waiting, dataset.files))


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
