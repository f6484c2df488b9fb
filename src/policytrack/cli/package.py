"""Commands about what is made of records and code: build, generate, and the check of a package."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from policytrack.cli.checking import Report
from policytrack.cli.terminal import UsageFault, colorful, echo, failing, painted, today

if TYPE_CHECKING:
    from policytrack.cli.terminal import Context
    from policytrack.dataset import Dataset
    from policytrack.findings import Finding
    from policytrack.package import Built


def build(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The folder of the package.")] = Path("dist"),
    formats: Annotated[
        str | None,
        typer.Option(
            "--formats",
            metavar="NAMES",
            help="Only these beside the CSV, with commas between, or all; fails when a library is missing.",
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="KEY", help="A private key of OpenSSH that signs the release.")
    ] = None,
) -> None:
    """Build the release of the records as they are, in every format whose library is installed."""
    from policytrack import package
    from policytrack.exports import select
    from policytrack.findings import Severity
    from policytrack.package.edition import is_unreleased
    from policytrack.publication import publish

    try:
        selection = select(None if formats is None else _formats(formats))
    except package.PackageError as error:
        raise UsageFault(str(error), error.advice) from None
    dataset, findings = checked(context.obj)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        tell(context.obj, errors)
        raise typer.Exit(1)
    try:
        made = publish(dataset, exports=selection.exports, created=created(), key=key)
        built = package.save(made, out)
    except package.PackageError as error:
        raise UsageFault(str(error), error.advice) from None
    sum_up(built, out)
    if is_unreleased(built.version):
        typer.echo("not a release: `policytrack bump` tells what differs, CITATION.cff how to cite it")
    for missing in selection.missing:
        typer.echo(f"left out {missing.name}, which needs {missing.library}: {missing.advice}")


def _formats(written: str) -> list[str]:
    """Return the formats that an option names."""
    from policytrack.exports import EVERY, NAMES

    names = [name.strip() for name in written.split(",") if name.strip()]
    if not names:
        raise UsageFault("--formats names no format", f"name some of {', '.join(NAMES)}, or leave it out")
    if EVERY in names and len(names) > 1:
        raise UsageFault(f"`{EVERY}` is every format already", f"write --formats {EVERY}, or only the others")
    return names


def generate(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when something has drifted.")] = False,
) -> None:
    """Write what is generated from code: schemas and reference pages."""
    from policytrack import reference
    from policytrack.cli.manual import page

    drifted = reference.generate(context.obj.root, check=check, extra={f"{reference.FOLDER}/commands.md": page()})
    for path in drifted:
        typer.echo(f"{path}: {'differs from the code' if check else 'written'}")
    if check and drifted:
        typer.echo("run `policytrack generate` and commit what it writes")
        raise typer.Exit(1)
    if not drifted:
        typer.echo("everything generated is up to date")


def check_package(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that holds datapackage.json.")],
    portable: Annotated[
        bool | None,
        typer.Option(
            "--portable/--no-portable",
            help="Hold it to the subset that every reader accepts; else only packages of this project are.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    format: Annotated[Report, typer.Option("--format", help="How to write the findings.")] = Report.TEXT,
) -> None:
    """Check any Data Package on disk: descriptor, files, tables, keys; and say where what is wrong."""
    from policytrack import package

    if not folder.is_dir():
        raise UsageFault(f"{folder} is no folder", "name the folder that holds datapackage.json")
    tell_of_folder(package.check_package(folder, portable=portable), folder, format, strict=strict)


def tell_of_folder(findings: list[Finding], folder: Path, format: Report, *, strict: bool) -> NoReturn:
    """Write the findings of a folder and end the command: with 1 where they fail it."""
    from policytrack import reporting

    match format:
        case Report.TEXT:
            echo(reporting.text(findings, folder, painted if colorful(sys.stdout) else reporting.plain))
        case Report.JSON:
            echo(reporting.as_json(findings))
        case Report.GITHUB:
            echo(reporting.as_github(findings))
        case Report.SARIF:
            from importlib.metadata import version

            echo(reporting.as_sarif(findings, None, version("policytrack")))
        case Report.JUNIT:
            echo(reporting.as_junit(findings, lambda finding: failing([finding], strict=strict)))
    if format in {Report.TEXT, Report.GITHUB}:
        typer.echo(
            reporting.summary(findings, 1).replace("1 file checked", f"{reporting.harmless(str(folder))} checked")
        )
    raise typer.Exit(1 if failing(findings, strict=strict) else 0)


def checked(context: Context) -> tuple[Dataset, list[Finding]]:
    """Return the records and the findings of a check of today."""
    from policytrack.rules import check

    dataset = context.read()
    return dataset, check(dataset, today())


def tell(context: Context, findings: list[Finding]) -> None:
    """Write findings for people."""
    from policytrack import reporting

    typer.echo(reporting.text(findings, context.root), nl=False)


def created() -> datetime | None:
    """Return the moment that SOURCE_DATE_EPOCH names; without it a package carries none, so that it stays the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    if not epoch.isascii() or not epoch.isdigit():
        raise UsageFault(f"SOURCE_DATE_EPOCH is `{epoch}`", "set it to seconds since 1970, or unset it")
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (OverflowError, ValueError, OSError):
        raise UsageFault(f"SOURCE_DATE_EPOCH is `{epoch}`, out of range", "set it to seconds since 1970") from None


def sum_up(built: Built, shown: Path) -> None:
    """Say what was written."""
    rows = sum(built.rows.values())
    actions, sources = built.rows["actions"], built.rows["sources"]
    typer.echo(f"policytrack {built.version}: {actions} actions on {sources} sources")
    typer.echo(f"wrote {shown / 'datapackage.json'}, {len(built.rows)} tables with {rows} rows")
    # A format of one file for each table is told by its folder.
    beside = dict.fromkeys(path.partition("/")[0] for path in built.extras)
    if beside:
        typer.echo(f"beside them in {shown}: {', '.join(beside)}")


WRITING: dict[str, Callable[..., None]] = {"build": build, "generate": generate, "check-package": check_package}
