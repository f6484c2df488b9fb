"""Commands about evidence: verify passages against copies, and cut a new passage out of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import Format, UsageFault, echo, progress

if TYPE_CHECKING:
    from policytrack.evidence import Cutting, Verified
    from policytrack.models import Source
    from policytrack.parsing import Record


def verify(
    context: typer.Context,
    articles: Annotated[Path, typer.Option("--articles", metavar="DIR", help="The folder of copies, of any names.")],
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="List the passages of which you hold no copy; text only counts them.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
) -> None:
    """Check every passage against the copies that you hold, and that no text here repeats them."""
    from policytrack import evidence, reporting
    from policytrack.codes import PassageState

    dataset = context.obj.sound()
    try:
        with progress("verifying") as step:
            results = evidence.verify(dataset, articles, step)
        shared = evidence.shared_wording(dataset, articles)
    except evidence.NoFolderError as error:
        raise UsageFault(str(error), "name the folder that holds your copies of the sources") from None
    if format is Format.JSON:
        echo(reporting.as_json([result.as_json() for result in results]))
    else:
        echo(_told(results, unchecked=unchecked))
    # Standard output stays what the format promises; what else is wrong goes beside it.
    typer.echo(reporting.text(shared, context.obj.root), nl=False, err=format is Format.JSON)
    wrong = {PassageState.MISSING, PassageState.AMBIGUOUS}
    raise typer.Exit(1 if shared or any(result.state in wrong for result in results) else 0)


def _told(results: list[Verified], *, unchecked: bool) -> str:
    """Return what is not simply matched, a line each, and the counts; what was not looked for only where asked."""
    from policytrack.codes import PassageState

    silent = {PassageState.MATCHED} if unchecked else {PassageState.MATCHED, PassageState.UNCHECKED}
    lines = []
    for result in results:
        # A note says that somebody has to look.
        if result.state not in silent or (result.note and result.state is not PassageState.MATCHED):
            where = f" in {result.file}" if result.file else ""
            note = f": {result.note}" if result.note else ""
            lines.append(f"{result.source}#{result.passage}: {result.state}{where}{note}")
    counts = Counter(result.state for result in results)
    parts = [f"{counts[state]} {state}" for state in PassageState if counts[state]]
    return "\n".join([*lines, f"{len(results)} passages: {', '.join(parts) or 'none'}", ""])


def cite(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The id of the source.")],
    file: Annotated[Path, typer.Option("--file", help="Your copy of the source, as text or HTML.")],
    find: Annotated[str, typer.Option("--find", metavar="WORDS", help="Words of the passage.")],
    line: Annotated[
        int | None, typer.Option("--line", help="The line of the copy, where several have the words.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the passage and write nothing.")] = False,
) -> None:
    """Write a passage into a source: where the words stand, and the fingerprint of their sentence."""
    from policytrack import evidence
    from policytrack.spelling import advise

    dataset = context.obj.sound()
    record = dataset.sources.get(source)
    if record is None:
        titles = {name: each.model.title for name, each in dataset.sources.items()}
        others = " and ".join(f"{each.kind}/{each.id}" for each in dataset.find(source))
        advice = (
            f"{others} has it; name the source that you hold a copy of" if others else advise(source, titles, titles)
        )
        drafted = "`policytrack new source` drafts one; the ids are the names of the files in records/sources/"
        raise UsageFault(f"no source has the id `{source}`", advice or drafted)
    try:
        cutting = evidence.cite(_copy(file), find, record.model, line)
    except evidence.CiteError as error:
        raise UsageFault(str(error), error.advice) from None
    _write(context.obj.root, record, cutting, dry_run=dry_run)


def _copy(file: Path) -> str:
    """Return the text of a copy."""
    from policytrack.evidence.copies import Copy

    text = Copy(file, file.name).text() if file.is_file() else None
    if text is None:
        raise UsageFault(f"{file} cannot be read as text", "save your copy as a text or HTML file in UTF-8")
    return text


def _write(root: Path, record: Record[Source], cutting: Cutting, *, dry_run: bool) -> None:
    from policytrack import drafting
    from policytrack.evidence import next_key

    key = next_key(record.model)
    block = cutting.as_yaml(key)
    if not dry_run:
        try:
            drafting.write(root / record.document.path, drafting.with_passage(record.document, key, block))
        except drafting.DraftError as error:
            typer.echo(block, nl=False)
            raise UsageFault(str(error), error.advice) from None
    typer.echo(block, nl=False)
    done = "nothing written" if dry_run else f"written to {record.document.path}"
    typer.echo(f"{done}; cite it as {record.id}#{key}", err=True)
    if cutting.occurrences > 1:
        typer.echo(f"its text stands {cutting.occurrences} times in the copy: choose words around it", err=True)


EVIDENCE: dict[str, Callable[..., None]] = {"verify": verify, "cite": cite}
