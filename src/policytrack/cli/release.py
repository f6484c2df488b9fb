"""Commands about releases: bump, release, verify-release, apply, redact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from policytrack.cli.checking import Report
from policytrack.cli.package import checked, created, sum_up, tell, tell_of_folder
from policytrack.cli.terminal import Format, UsageFault, echo, today

if TYPE_CHECKING:
    from policytrack.release import Bump, Plan, ReleaseError
    from policytrack.versions import Snapshot

_DELTA: Final = "name a file of the folder delta/ of a release"


def bump(
    context: typer.Context,
    against: Annotated[
        str, typer.Option("--against", metavar="RELEASE", help="A version, or the folder of a package.")
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Fail where notes declare too little, or a correction has no reason.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
) -> None:
    """Say which level the changes since the last release have, why, and which version follows."""
    from policytrack import release as releasing
    from policytrack.package import PackageError

    dataset = context.obj.sound()
    try:
        found = releasing.bump(dataset, _against(context.obj.root, against))
    except PackageError as error:
        raise UsageFault(str(error), error.advice) from None
    tell(context.obj, list(found.notes.findings))
    echo(_as_json(found) if format is Format.JSON else _as_text(found))
    raise typer.Exit(1 if found.notes.findings or (check and (found.short or found.unexplained)) else 0)


def _against(root: Path, name: str) -> Snapshot | None:
    from policytrack.versions import DeltaError, of_folder, release_at

    if not name:
        return None
    if Path(name).is_dir():
        return of_folder(name)
    try:
        return release_at(root, name)
    except DeltaError as error:
        raise UsageFault(str(error), error.advice) from None


def _as_text(found: Bump) -> str:
    from policytrack.reporting import count

    before = found.before.version if found.before else "nothing"
    lines = [f"{before} -> {found.version}: {found.level}"]
    lines += [f"  {each.level}: {each.what}" for each in found.reasons]
    if found.declared.rank:
        lines.append(f"  {found.declared}: declared by a note")
    if found.short:
        lines.append("the notes declare too little: raise `level`, or leave it out, for it is computed")
    if found.unexplained:
        lines.append(f"{count(len(found.unexplained), 'published fact')} corrected without a reason:")
        lines += [f"  {each.told}" for each in found.unexplained]
        lines.append("  help: name them under `corrections` in a note in data/history/next/, each with its reason")
    return "\n".join(lines) + "\n"


def _as_json(found: Bump) -> str:
    from policytrack.reporting import as_json_text

    told = {
        "from": found.before.version if found.before else None,
        "to": found.version,
        "level": found.level.value,
        "declared": found.declared.value,
        "reasons": [{"level": each.level.value, "what": each.what} for each in found.reasons],
        "corrected": [
            {
                "record": f"{each.record.kind}/{each.record.id}",
                **each.change.as_json(),
                "reason": each.by.reason.value if each.by else None,
            }
            for each in found.corrected
        ],
    }
    return as_json_text(told)


def release(
    context: typer.Context,
    version: Annotated[
        str, typer.Option("--version", help="A higher version than the computed one, such as 1.0.0.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be released, and write nothing.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Put the last release back after one that was killed.")] = False,
) -> None:
    """Write the release: data/, the descriptor, the changelog and the history, under the version that follows."""
    from policytrack import release as releasing
    from policytrack.history import HistoryError
    from policytrack.package import PackageError

    root = context.obj.root
    if undo:
        found = releasing.undo(root)
        typer.echo("the last release is back" if found else "no release was interrupted")
        return
    dataset, findings = checked(context.obj)
    asked = releasing.Asked(today(), created(), version or None)
    try:
        made = releasing.plan(dataset, findings, asked) if dry_run else None
        built = made.built if made else releasing.release(dataset, findings, asked)
    except releasing.ReleaseError as error:
        raise _refused(context, error) from None
    except (HistoryError, PackageError) as error:
        raise UsageFault(str(error), error.advice) from None
    if made:
        _tell_plan(made)
    else:
        sum_up(built, Path())
        typer.echo(f"commit it, then tag the commit: v{built.version}")


def _refused(context: typer.Context, error: ReleaseError) -> Exception:
    """Say why a release was refused and return what ends the command: findings fail it, the rest is a bad call."""
    if not error.findings:
        return UsageFault(str(error), error.advice)
    tell(context.obj, list(error.findings))
    typer.echo(f"not released: {error}")
    return typer.Exit(1)


def _tell_plan(made: Plan) -> None:
    echo(_as_text(made.bump))
    for path, raw in made.files.items():
        typer.echo(f"would write {path}: {len(raw)} bytes")
    for path in made.gone:
        typer.echo(f"would take away {path}")


def verify_release(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a release, unpacked.")],
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="KEY", help="Public keys, or allowed signers, of whom it must be signed by."),
    ] = None,
    known: Annotated[
        Path | None,
        typer.Option("--known", metavar="FILE", help="The versions.json known already; else that of the project."),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the release again from its tag in the project, and compare.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    format: Annotated[Report, typer.Option("--format", help="How to write the findings.")] = Report.TEXT,
) -> None:
    """Verify a release: every byte, the signature, its place among the releases, rows, keys; and say what is wrong."""
    from policytrack import api
    from policytrack.history import HistoryError
    from policytrack.package import PackageError

    root = context.obj.root
    project = root if (root / "records").is_dir() else None
    if rebuild and project is None:
        raise UsageFault("--rebuild needs the project that the release is of", "name it: policytrack --root DIR …")
    try:
        findings = api.verify_release(folder, key=key, known=known, root=project, rebuild=rebuild)
    except (HistoryError, PackageError) as error:
        raise UsageFault(str(error), error.advice) from None
    tell_of_folder(findings, folder, format, strict=strict)


def apply(
    context: typer.Context,  # noqa: ARG001 - every command has one
    delta: Annotated[Path, typer.Argument(metavar="DELTA", help="A delta of a release: delta/from-X.Y.Z.ndjson.")],
    package: Annotated[Path, typer.Option("--package", metavar="DIR", help="The package that it leads from.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder for what it makes.")],
    back: Annotated[bool, typer.Option("--back", help="Take the delta back: DIR is the later release.")] = False,
) -> None:
    """Turn the tables of one release into those of the next, or of the one before."""
    from policytrack import api
    from policytrack.package import PackageError
    from policytrack.versions import DeltaError

    try:
        made = api.apply(delta, package, out, back=back)
    except FileExistsError:
        raise UsageFault(f"{out} is there already", "name a new folder") from None
    except OSError as error:
        if error.filename != str(delta):
            raise
        raise UsageFault(f"{delta} cannot be read: {error.strerror}", _DELTA) from None
    except UnicodeDecodeError:
        raise UsageFault(f"{delta} is no text", _DELTA) from None
    except (DeltaError, PackageError) as error:
        raise UsageFault(str(error), error.advice) from None
    typer.echo(f"wrote {out}: {len(made)} files")


def redact(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record: kind/id.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="The field, with points: authors, authors.0.")],
    why: Annotated[str, typer.Option("--why", help="Why, in words that can be public.")],
) -> None:
    """Take personal data out of a record and out of the history; only a hash of it stays."""
    from policytrack import redaction
    from policytrack.package import PackageError

    try:
        done = redaction.redact(context.obj.sound(), record, field, why=why, on=today())
    except (redaction.RedactionError, PackageError) as error:
        raise UsageFault(str(error), error.advice) from None
    typer.echo(f"{done.path}: took `{field}` out")
    for path in done.history:
        typer.echo(f"{path}: written")
    typer.echo("earlier releases are withdrawn; what git or others keep of them is not changed by this")


RELEASING: dict[str, Callable[..., None]] = {
    "bump": bump,
    "release": release,
    "verify-release": verify_release,
    "apply": apply,
    "redact": redact,
}
