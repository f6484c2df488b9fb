"""The command about changes: what differs between two states of the data."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from policytrack.cli.terminal import UsageFault, echo


class Words(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def diff(
    context: typer.Context,
    before: Annotated[
        str, typer.Argument(metavar="A", help="A git revision, a folder of records or of a package, or `release`.")
    ] = "release",
    after: Annotated[str, typer.Argument(metavar="B", help="The same, or `worktree`.")] = "worktree",
    stat: Annotated[bool, typer.Option("--stat", help="Only count, by kind and by what became of the record.")] = False,
    format: Annotated[Words, typer.Option("--format", help="How to write it.")] = Words.TEXT,
) -> None:
    """Say what changed, record by record: from the last release to the work tree, or from A to B."""
    from policytrack import difference, reporting
    from policytrack.history import HistoryError
    from policytrack.package import PackageError

    if stat and format is not Words.TEXT:
        raise UsageFault("--stat counts, as text", f"leave one of --stat and --format {format} out")
    try:
        found = difference.diff(before, after, context.obj.root)
    except (difference.DifferenceError, HistoryError, PackageError) as error:
        raise UsageFault(str(error), error.advice) from None
    match format:
        case Words.JSON:
            echo(reporting.as_json_text(found.as_json()))
        case Words.MARKDOWN:
            echo(difference.as_markdown(found))
        case Words.TEXT:
            echo(difference.as_stat(found) if stat else difference.as_text(found))


CHANGES: dict[str, Callable[..., None]] = {"diff": diff}
