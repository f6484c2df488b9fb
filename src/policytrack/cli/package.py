"""Commands that write: build, release, generate."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import UsageFault, today

if TYPE_CHECKING:
    from policytrack.cli.terminal import Context
    from policytrack.dataset import Dataset
    from policytrack.findings import Finding
    from policytrack.package import Built


def build(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The folder of the package.")] = Path("dist"),
) -> None:
    """Build the data package of the records as they are."""
    from policytrack import package
    from policytrack.exports import EXPORTS
    from policytrack.findings import Severity

    dataset, findings = _checked(context.obj)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        _tell(context.obj, errors)
        raise typer.Exit(1)
    try:
        built = package.build(dataset, out, exports=EXPORTS, created=_created())
    except package.PackageError as error:
        raise UsageFault(str(error), error.advice) from None
    _sum_up(built, out)


def release(
    context: typer.Context,
    version: Annotated[str, typer.Option("--version", help="The version of the release: three numbers.")],
) -> None:
    """Write the release: data/ and the descriptor at the root, as one version."""
    from policytrack import package
    from policytrack import release as releasing

    dataset, findings = _checked(context.obj)
    try:
        built = releasing.release(dataset, version, findings, created=_created())
    except releasing.ReleaseError as error:
        if not error.findings:
            raise UsageFault(str(error), error.advice) from None
        _tell(context.obj, list(error.findings))
        typer.echo(f"not released: {error}")
        raise typer.Exit(1) from None
    except package.PackageError as error:
        raise UsageFault(str(error), error.advice) from None
    _sum_up(built, Path())


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


def _checked(context: Context) -> tuple[Dataset, list[Finding]]:
    from policytrack.rules import check

    dataset = context.read()
    return dataset, check(dataset, today())


def _tell(context: Context, findings: list[Finding]) -> None:
    from policytrack import reporting

    typer.echo(reporting.text(findings, context.root), nl=False)


def _created() -> datetime | None:
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


def _sum_up(built: Built, shown: Path) -> None:
    """Say what was written."""
    rows = sum(built.rows.values())
    actions, sources = built.rows["actions"], built.rows["sources"]
    typer.echo(f"policytrack {built.version}: {actions} actions on {sources} sources")
    beside = "".join(f", {shown / path}" for path in built.extras)
    typer.echo(f"wrote {shown / 'datapackage.json'}, {len(built.rows)} tables with {rows} rows{beside}")


WRITING: dict[str, Callable[..., None]] = {"build": build, "release": release, "generate": generate}
