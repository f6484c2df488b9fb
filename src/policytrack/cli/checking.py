"""The command that checks: which findings are told, in which form, and whether they fail."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.records import inside, within
from policytrack.cli.terminal import Context, UsageFault, colorful, echo, failing, painted, today

if TYPE_CHECKING:
    from policytrack.findings import Finding
    from policytrack.reporting import Split


class Report(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def check(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Show only findings in these files or folders.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="REV", help="Tell what is new since a git revision; only that can fail."),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="First mend what can be mended safely, and show it.")] = False,
    format: Annotated[Report, typer.Option("--format", help="How to write the findings.")] = Report.TEXT,
) -> None:
    """Check every record, and say where what is wrong and how to mend it."""
    from policytrack import reporting
    from policytrack.rules import check as find

    if fix and format is not Report.TEXT:
        raise UsageFault("--fix shows what it mends, as text", "mend first, then ask for the report")
    if fix:
        from policytrack.cli.drafting import mend

        mend(context.obj, paths or [])
    dataset = context.obj.read()
    findings, shown = within(find(dataset, today()), dataset, inside(context.obj, paths or []))
    looked = _Looked(dataset.files, shown, since)
    parted = reporting.split(findings, [] if since is None else _before(context.obj, since))
    fatal = [finding for finding in parted.new if failing([finding], strict=strict)]
    match format:
        case Report.TEXT:
            _tell(context.obj, parted, looked)
        case Report.JSON:
            echo(reporting.as_json(_rows(parted, since)))
        case Report.GITHUB:
            echo(reporting.as_github(_told(parted.new)))
            _sum_up(parted, looked)
        case Report.SARIF:
            from importlib.metadata import version

            new = None if since is None else parted.new
            echo(reporting.as_sarif((*parted.new, *parted.old), new, version("policytrack")))
        case Report.JUNIT:
            failed = set(map(id, fatal))
            echo(reporting.as_junit((*parted.new, *parted.old), lambda finding: id(finding) in failed))
    raise typer.Exit(1 if fatal else 0)


def _before(context: Context, since: str) -> list[Finding]:
    """Return the findings of the records as they were at a revision, judged by the rules and the day of now."""
    from policytrack.dataset import read
    from policytrack.history import HistoryError, revision
    from policytrack.rules import check as find

    try:
        with revision(context.root, since) as root:
            return find(read(root), today())
    except HistoryError as error:
        raise UsageFault(str(error), error.advice) from None


def _told(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings that a check tells; notices have a command of their own."""
    from policytrack.findings import Severity

    return [finding for finding in findings if finding.severity is not Severity.NOTICE]


@dataclass(frozen=True, slots=True)
class _Looked:
    """How many files were checked, of how many findings are shown (None: of all), and since when they are new."""

    files: int
    shown: int | None
    since: str | None


def _tell(context: Context, parted: Split, looked: _Looked) -> None:
    from policytrack import reporting

    told = _told(parted.new)
    echo(reporting.text(told, context.root, painted if colorful(sys.stdout) else reporting.plain))
    _sum_up(parted, looked)
    if len(told) < len(parted.new):
        typer.echo("`policytrack todo` lists the notices")


def _sum_up(parted: Split, looked: _Looked) -> None:
    """Say how much was found, and how much of it stood before."""
    from policytrack import reporting

    summary = reporting.summary(parted.new, looked.files, looked.shown)
    if looked.since is None:
        typer.echo(summary)
        return
    typer.echo(f"{summary} new since {reporting.harmless(looked.since)}")
    typer.echo(f"{reporting.count(len(_told(parted.old)), 'finding')} stood before")


def _rows(parted: Split, since: str | None) -> list[dict[str, object]]:
    """Return findings as JSON, the new ones first and marked where somebody asked for them."""
    if since is None:
        return [dict(finding.as_json()) for finding in parted.new]
    marked = [(finding, True) for finding in parted.new] + [(finding, False) for finding in parted.old]
    return [{**finding.as_json(), "new": new} for finding, new in marked]


CHECKING: dict[str, Callable[..., None]] = {"check": check}
