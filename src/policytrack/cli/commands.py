"""All commands under one name: what `policytrack --help` lists."""

from __future__ import annotations

import inspect
from collections import UserDict
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup

from policytrack.cli.changes import CHANGES
from policytrack.cli.checking import CHECKING
from policytrack.cli.drafting import DRAFTING, NEW
from policytrack.cli.evidence import EVIDENCE
from policytrack.cli.links import LINKS
from policytrack.cli.package import WRITING
from policytrack.cli.records import RECORDS
from policytrack.cli.release import RELEASING
from policytrack.cli.site import SITE
from policytrack.cli.terminal import Context
from policytrack.cli.time import TIME

_Written: TypeAlias = Callable[..., None] | typer.Typer
_PLAIN: Final[dict[str, Any]] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 120},
}


# How the library that reads options says what a value is not, and how we do.
_FOREIGN: Final = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "write a whole number",
    "Input should be a valid number, unable to parse string as a number": "write a number",
}


class _Command(TyperCommand):
    """A command that says in plain words which value of an option it cannot take."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - private to the library
        """Read the words of a call."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as fault:
            for foreign, plain in _FOREIGN.items():
                fault.message = fault.message.replace(foreign, plain)
            raise


def _family(commands: dict[str, Callable[..., None]], told: str) -> typer.Typer:
    """Return a family of commands that are called by two words."""
    made = typer.Typer(help=told, no_args_is_help=True, **_PLAIN)
    for name, command in commands.items():
        made.command(name=name, cls=_Command)(command)
    return made


_WRITTEN: Final[dict[str, _Written]] = {
    **(CHECKING | RECORDS | CHANGES | TIME | EVIDENCE | DRAFTING | WRITING | RELEASING),
    "links": _family(LINKS, "Commands about the addresses of sources."),
    "site": _family(SITE, "Commands about the site."),
    "new": _family(NEW, "Draft a new record: asks at a terminal, takes options in a script."),
}


class _OnDemand(UserDict[str, Any]):
    """Commands by name, each built when it is taken: to build them all takes typer longer than a call should."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a command of the library
        """Return a command, built now if it was not yet."""
        found = super().__getitem__(name)
        if not isinstance(found, TyperCommand | TyperGroup):
            found = self[name] = _built(name, found)
        return found


def _built(name: str, written: _Written) -> Any:  # noqa: ANN401
    if isinstance(written, typer.Typer):
        made: Any = typer.main.get_group(written)
        made.name = name
        return made
    alone = typer.Typer(**_PLAIN)
    alone.command(name=name, cls=_Command)(written)
    return typer.main.get_command(alone)


class _Commands(TyperGroup):
    """All commands; to list them takes their docstrings alone."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - what typer gives to a group
        super().__init__(**given)
        self.commands: Any = _OnDemand(_WRITTEN)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - both are private to the library
        """Write the list of commands of a page of help."""
        listed = {name: TyperCommand(name, help=_told(each)) for name, each in _WRITTEN.items()}
        TyperGroup(commands={**listed}).format_commands(ctx, formatter)


def _told(written: _Written) -> str:
    return str(written.info.help) if isinstance(written, typer.Typer) else inspect.getdoc(written) or ""


app = typer.Typer(
    name="policytrack",
    cls=_Commands,
    help="The evidence-linked record of who restricts, permits or uses facial recognition, and since when.",
    no_args_is_help=True,
    **_PLAIN,
)


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
