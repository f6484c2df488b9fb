"""What all commands share at the terminal: the project's root, colour, progress, and how a bad call is answered."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from policytrack.dataset import Dataset, Progress
    from policytrack.findings import Finding

_REDRAW = 50


class Format(StrEnum):
    """How findings and answers are written."""

    TEXT = "text"
    JSON = "json"


class UsageFault(Exception):  # noqa: N818 - the fault is in the call, not in the program
    """A call that cannot be carried out: what is wrong with it, and what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        """Keep the message and the advice apart."""
        super().__init__(message)
        self.advice = advice


def fail(fault: UsageFault) -> NoReturn:
    """Say what is wrong with the call and end with code 2."""
    from policytrack.reporting import harmless_lines

    typer.echo(f"policytrack: {harmless_lines(str(fault))}", err=True)
    if fault.advice:
        typer.echo(f"  help: {harmless_lines(fault.advice)}", err=True)
    sys.exit(2)


@dataclass
class Context:
    """What the options before the command say."""

    given: Path | None = None

    @property
    def root(self) -> Path:
        """The project's folder: the one given, else the nearest one upwards that has records/."""
        if self.given is not None:
            return self.given
        here = Path.cwd()
        return next((folder for folder in (here, *here.parents) if (folder / "records").is_dir()), here)

    def read(self) -> Dataset:
        """Read the records, with progress on a terminal."""
        from policytrack.dataset import NoRecordsError, read

        try:
            with progress("reading") as step:
                return read(self.root, step)
        except NoRecordsError as error:
            raise UsageFault(str(error), "run inside the project, or name it: policytrack --root DIR …") from None

    def sound(self) -> Dataset:
        """Read the records and refuse to answer from them while some could not be read."""
        dataset = self.read()
        if dataset.findings:
            count = len(dataset.findings)
            message = f"{count} finding{'s' if count != 1 else ''} while reading the records"
            raise UsageFault(message, "run `policytrack check` and mend them first")
        return dataset

    def at_hand(self) -> Dataset:
        """Return what `sound` does; outside every project the records that came with the package, and say so."""
        from policytrack.frames import home

        if self.given is None and not (self.root / "records").is_dir() and (home() / "records").is_dir():
            typer.echo("policytrack: no project here; these are the records that came with the program", err=True)
            return Context(home()).sound()
        return self.sound()


def painted(text: str, color: str) -> str:
    """Return ``text`` in a colour."""
    return typer.style(text, fg=color, bold=True)


def colorful(stream: object) -> bool:
    """Whether a stream is a terminal whose user wants colour."""
    is_terminal = bool(getattr(stream, "isatty", lambda: False)())
    return is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """Give a function that shows how far the work is, on a terminal; None in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return

    def step(done: int, total: int) -> None:
        if done % _REDRAW == 0 and done < total:
            sys.stderr.write(f"\r{what}: {done} of {total}\x1b[K")
            sys.stderr.flush()

    try:
        yield step
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def today() -> date:
    """Return the day of the call: the clock is read here and nowhere below."""
    return date.today()  # noqa: DTZ011 - the reader's own day is meant


def echo(text: str) -> None:
    """Write text that ends with its own line feed."""
    typer.echo(text, nl=False)


def day(value: str) -> date:
    """Return the day that an option names."""
    from policytrack.dates import DAY_PATTERN, DateError, PartialDate

    try:
        found = PartialDate.parse(value).bounds.earliest
    except DateError as error:
        raise UsageFault(str(error), error.advice) from None
    import re

    if found is None or not re.search(DAY_PATTERN, value):
        raise UsageFault(f"`{value}` is not one day", "write the day: YYYY-MM-DD")
    return found


def failing(findings: list[Finding], *, strict: bool) -> bool:
    """Whether findings fail a check: errors always, warnings when strict, notices never."""
    from policytrack.findings import Severity

    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in fatal for finding in findings)
