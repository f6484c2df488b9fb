"""Commands about links: ask the addresses of sources, outside the gate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import Format, UsageFault, echo, today

if TYPE_CHECKING:
    from policytrack.links import Exempt, Report, Web


def check(
    context: typer.Context,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Read what was known before, and write what is known now."),
    ] = None,
    hosts_file: Annotated[
        Path | None, typer.Option("--hosts-file", metavar="FILE", help="Hosts that are not asked, with reasons.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Ask at most so many addresses, the longest unasked first.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    exempt: Annotated[list[str] | None, typer.Option("--exempt", hidden=True, help="For tests.")] = None,
) -> None:
    """Ask whether the addresses of the sources still lead to them; sends nothing, and obeys robots.txt."""
    import asyncio

    from policytrack import links, reporting

    dataset = context.obj.sound()
    hosts = _hosts(hosts_file, context.obj.root) if hosts_file else {}
    before = _before(report) if report else None
    run = links.Run(before, hosts, limit, exempt or ())
    done = asyncio.run(links.check(dataset, _web(), today(), run))
    as_json = reporting.as_json_text(done.as_json())
    if report:
        _write(report, as_json)
    if format is Format.JSON:
        echo(as_json)
    else:
        echo(reporting.harmless_lines("".join(f"{line}\n" for line in links.as_text(done))))
    raise typer.Exit(1 if done.dead else 0)


def _web() -> Web:
    """Return the world outside, where the library that reaches it is installed."""
    try:
        from policytrack.cli.web import Internet
    except ModuleNotFoundError as error:
        advice = "install it with: pip install 'policytrack[links]'"
        raise UsageFault(f"asking addresses needs the package `{error.name}`", advice) from None
    return Internet()


def _hosts(file: Path, root: Path) -> dict[str, Exempt]:
    from policytrack import links, reporting

    try:
        hosts, findings = links.read_hosts(file)
    except OSError as error:
        raise UsageFault(f"{file} cannot be read: {error.strerror}", "name the file that lists hosts") from None
    if findings:
        typer.echo(reporting.text(findings, root), nl=False, err=True)
        raise UsageFault(f"{file} does not list hosts as it should", "write `host: {reason: why, since: YYYY-MM-DD}`")
    return hosts


def _before(file: Path) -> Report | None:
    from policytrack import links

    try:
        return links.read_report(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault(f"{file} cannot be read: {error}", "name another file for the report") from None
    except links.ReportError as error:
        raise UsageFault(f"{file}: {error}", "name another file, or remove this one to begin anew") from None


def _write(file: Path, text: str) -> None:
    from policytrack import drafting

    try:
        drafting.write(file, text)
    except OSError as error:
        raise UsageFault(f"{file} cannot be written: {error.strerror}", "name a file in a folder of yours") from None


LINKS: dict[str, Callable[..., None]] = {"check": check}
