"""Commands about the site: build it, and look at it on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from policytrack.cli.terminal import UsageFault, today


def build(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the site.")] = Path("_site"),
    base_url: Annotated[str, typer.Option("--base-url", metavar="U", help="Its public address, if it has one.")] = "",
    package: Annotated[
        Path | None,
        typer.Option(
            "--package",
            metavar="DIR",
            help="The package it offers, such as dist, and whose version it bears; else the release.",
        ),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="As things stand on this day; else today.")] = "",
) -> None:
    """Make every page of the site."""
    from policytrack import site
    from policytrack.cli.terminal import day
    from policytrack.package import PackageError

    when = day(on) if on else today()
    try:
        made = site.build(context.obj.sound(), out, on=when, base_url=base_url, package=package)
    except (site.SiteError, PackageError) as error:
        raise UsageFault(str(error), error.advice) from None
    typer.echo(f"wrote {out}: {made.files} files, {made.size / 1e6:.1f} MB")


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the site.")] = Path("_site"),
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 takes a free one.")] = 8000,
) -> None:
    """Show a site to this machine alone, until it is stopped with Ctrl+C."""
    from policytrack import site
    from policytrack.site.serving import HOST

    try:
        server = site.server(folder, port)
    except site.SiteError as error:
        raise UsageFault(str(error), error.advice) from None
    with server:
        typer.echo(f"http://{HOST}:{server.server_port}/ shows {folder}; Ctrl+C stops it")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("stopped")


SITE: dict[str, Callable[..., None]] = {"build": build, "serve": serve}
