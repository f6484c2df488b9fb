"""All commands under one name: what `policytrack --help` lists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policytrack.cli.changes import CHANGES
from policytrack.cli.checking import CHECKING
from policytrack.cli.drafting import DRAFTING, new
from policytrack.cli.evidence import EVIDENCE
from policytrack.cli.links import LINKS
from policytrack.cli.package import WRITING
from policytrack.cli.records import RECORDS
from policytrack.cli.release import RELEASING
from policytrack.cli.site import SITE
from policytrack.cli.terminal import Context
from policytrack.cli.time import TIME

app = typer.Typer(
    name="policytrack",
    help="The evidence-linked record of who restricts, permits or uses facial recognition, and since when.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)


_links = typer.Typer(help="Commands about the addresses of sources.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(_links, name="links")


def _version(value: bool) -> None:
    if value:
        from policytrack.cli.version import line

        typer.echo(line())
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    root: Annotated[
        Path | None, typer.Option("--root", help="The project's folder; else the nearest one above that has records/.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool, typer.Option("--version", help="Say the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """The evidence-linked record of who restricts, permits or uses facial recognition, and since when."""
    context.obj = Context(root)


for family in (CHECKING, RECORDS, CHANGES, TIME, EVIDENCE, DRAFTING, WRITING, RELEASING):
    for name, command in family.items():
        app.command(name=name)(command)
_site = typer.Typer(help="Commands about the site.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(_site, name="site")
for name, command in SITE.items():
    _site.command(name=name)(command)
for name, command in LINKS.items():
    _links.command(name=name)(command)
app.add_typer(new, name="new")
