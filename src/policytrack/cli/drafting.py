"""Commands that write records: new, fmt and from-issue, and the mending that `check --fix` does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policytrack.cli.terminal import Context, UsageFault, echo, today

if TYPE_CHECKING:
    from policytrack.dataset import Dataset
    from policytrack.drafting import Draft
    from policytrack.drafting.drafts import Examined
    from policytrack.findings import Finding

Many = list[str] | None
IdOption = Annotated[str, typer.Option("--id", metavar="ID", help="Its id; left out, one is made from the fields.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the record and write nothing.")]
Notes = Annotated[str, typer.Option(help="What a curator should know.")]


def new_action(
    context: typer.Context,
    title: Annotated[str, typer.Option(help="What was done, in our own words.")] = "",
    kind: Annotated[str, typer.Option(help="What the act does: see `policytrack codes kind`.")] = "",
    instrument: Annotated[str, typer.Option(help="Its form: see `policytrack codes instrument`.")] = "",
    actor: Annotated[str, typer.Option(help="The id of the issuer.")] = "",
    co_actor: Annotated[Many, typer.Option(help="Who issued it too; may be repeated.")] = None,
    jurisdiction: Annotated[Many, typer.Option(help="Where it applies; may be repeated.")] = None,
    date: Annotated[Many, typer.Option(metavar="EVENT=DATE", help="announced=2020-06-10; may be repeated.")] = None,
    ends: Annotated[str, typer.Option(help="The last day in force, P1Y, further-notice, event SLUG.")] = "",
    provision: Annotated[Many, typer.Option(help='"prohibits: use, by: [law-enforcement]"; may be repeated.')] = None,
    link: Annotated[Many, typer.Option(help='"extends: ID"; may be repeated.')] = None,
    evidence: Annotated[Many, typer.Option(help='"at: SOURCE#p1, supports: [what]"; may be repeated.')] = None,
    summary: Annotated[str, typer.Option(help="The act in at most 60 words of our own.")] = "",
    notes: Notes = "",
    id: IdOption = "",
    dry_run: DryRun = False,
) -> None:
    """Draft an action: one act by one issuer."""
    given = {
        "title": title, "kind": kind, "instrument": instrument, "actor": actor, "co-actor": co_actor,
        "jurisdiction": jurisdiction, "date": date, "ends": ends, "provision": provision, "link": link,
        "evidence": evidence, "summary": summary, "notes": notes,
    }  # fmt: skip
    _new(context.obj, "action", given, id, dry_run=dry_run)


def new_actor(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Its name.")] = "",
    type: Annotated[str, typer.Option(help="What it is: see `policytrack codes actor-type`.")] = "",
    jurisdiction: Annotated[str, typer.Option(help="The place it belongs to.")] = "",
    parent: Annotated[str, typer.Option(help="The actor it is part of.")] = "",
    alias: Annotated[Many, typer.Option(help="Another name; may be repeated.")] = None,
    identifier: Annotated[Many, typer.Option(help='"wikidata Q3884"; may be repeated.')] = None,
    public_role: Annotated[str, typer.Option(help="Persons only: the public office.")] = "",
    notes: Notes = "",
    id: IdOption = "",
    dry_run: DryRun = False,
) -> None:
    """Draft an actor: whoever acts or is governed."""
    given = {
        "name": name, "type": type, "jurisdiction": jurisdiction, "parent": parent, "alias": alias,
        "identifier": identifier, "public-role": public_role, "notes": notes,
    }  # fmt: skip
    _new(context.obj, "actor", given, id, dry_run=dry_run)


def new_technology(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Its name.")] = "",
    alias: Annotated[Many, typer.Option(help="Another name; may be repeated.")] = None,
    vendor: Annotated[str, typer.Option(help="The actor that offers it.")] = "",
    parent: Annotated[str, typer.Option(help="The technology it is part of.")] = "",
    description: Annotated[str, typer.Option(help="What it does, in our own words.")] = "",
    notes: Notes = "",
    id: IdOption = "",
    dry_run: DryRun = False,
) -> None:
    """Draft a technology: a product or a class of systems."""
    given = {
        "name": name, "alias": alias, "vendor": vendor, "parent": parent, "description": description, "notes": notes,
    }  # fmt: skip
    _new(context.obj, "technology", given, id, dry_run=dry_run)


def new_jurisdiction(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Its name.")] = "",
    level: Annotated[str, typer.Option(help="Its level: see `policytrack codes jurisdiction-level`.")] = "",
    parent: Annotated[str, typer.Option(help="The place it lies in.")] = "",
    ocd_id: Annotated[str, typer.Option(help="Its Open Civic Data division id.")] = "",
    iso_3166: Annotated[str, typer.Option("--iso-3166", help="Its ISO 3166 code.")] = "",
    notes: Notes = "",
    id: IdOption = "",
    dry_run: DryRun = False,
) -> None:
    """Draft a jurisdiction: a place with rule-making power."""
    given = {"name": name, "level": level, "parent": parent, "ocd-id": ocd_id, "iso-3166": iso_3166, "notes": notes}
    _new(context.obj, "jurisdiction", given, id, dry_run=dry_run)


def new_source(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option(help="A page that you saved, HTML or text: read for what it says.")
    ] = None,
    articles: Annotated[Path | None, typer.Option(help="Your folder of copies, to look for the same text.")] = None,
    type: Annotated[str, typer.Option(help="What it is: see `policytrack codes source-type`.")] = "",
    title: Annotated[str, typer.Option(help="Its title in its own language.")] = "",
    title_en: Annotated[str, typer.Option(help="Our translation of a title that is not English.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    container: Annotated[str, typer.Option(help="The site or collection it stands in.")] = "",
    author: Annotated[Many, typer.Option(help="A name as printed; may be repeated.")] = None,
    credit: Annotated[str, typer.Option(help='own-byline, staff, "agency NAME", issuer or unstated.')] = "",
    url: Annotated[str, typer.Option(help="Its address.")] = "",
    archive_url: Annotated[str, typer.Option(help="Its address in a public archive.")] = "",
    published: Annotated[str, typer.Option(help="The day it was published.")] = "",
    updated: Annotated[str, typer.Option(help="The day of the version read.")] = "",
    page_date: Annotated[Many, typer.Option(help="Another date on the page, and as what; may be repeated.")] = None,
    language: Annotated[str, typer.Option(help="Its language: en, de, pt-BR.")] = "",
    read_on: Annotated[str, typer.Option(help="The day it was read; today when left out.")] = "",
    extent: Annotated[str, typer.Option(help="How much was read: full, opening or none.")] = "",
    copy_of: Annotated[str, typer.Option(help='"source: ID, kind: reposted, basis: why".')] = "",
    notes: Notes = "",
    id: IdOption = "",
    dry_run: DryRun = False,
) -> None:
    """Draft a source: one document, from a saved page where there is one."""
    given: dict[str, str | Many] = {
        "type": type, "title": title, "title-en": title_en, "publisher": publisher, "container": container,
        "author": author, "credit": credit, "url": url, "archive-url": archive_url, "published": published,
        "updated": updated, "page-date": page_date, "language": language, "read-on": read_on, "extent": extent,
        "copy-of": copy_of, "notes": notes,
    }  # fmt: skip
    told = _captured(context.obj, file, articles, given) if file else []
    _new(context.obj, "source", given, id, dry_run=dry_run, told=told)


def _captured(context: Context, file: Path, articles: Path | None, given: dict[str, str | Many]) -> list[str]:
    """Answer from a saved page what no option answers; return what is to be said of its text."""
    from policytrack import capture
    from policytrack.evidence import NoFolderError

    try:
        found = capture.capture(file)
    except capture.MissingExtraError as error:
        raise UsageFault(str(error), error.advice) from None
    except capture.UnreadableError as error:
        raise UsageFault(str(error), "save the page as HTML or text in UTF-8") from None
    for name, answer in found.answers.items():
        given[name] = given.get(name) or answer
    dataset = context.read()
    address = given.get("url")
    known = capture.same_address(dataset, address) if isinstance(address, str) and address else ""
    if known:
        raise UsageFault(f"this address is that of the source {known}", f"cite {known}; `policytrack show {known}`")
    try:
        likenesses = capture.alike(dataset, found.text, articles)
    except NoFolderError as error:
        raise UsageFault(str(error), "name the folder that holds your copies of the sources") from None
    return [f"copy_of: it may copy {likeness.name}: {likeness.why}" for likeness in likenesses]


def _new(
    context: Context,
    kind: str,
    given: Mapping[str, str | Many],
    record_id: str,
    *,
    dry_run: bool,
    told: Iterable[str] = (),
) -> None:
    from policytrack import drafting

    dataset = context.read()
    answers = {name: value for name, value in given.items() if isinstance(value, str | list) and value}
    answers = _interviewed(dataset, kind, answers) if sys.stdin.isatty() else _complete(kind, answers)
    try:
        draft, examined = drafting.new(dataset, kind, answers, today(), record_id, told=tuple(told))
    except drafting.DraftError as error:
        raise UsageFault(str(error), error.advice) from None
    _refuse(examined.wrong)
    _place(dataset, draft, examined, dry_run=dry_run)
    for each in told:
        typer.echo(f"  look at {_harmless(each)}")


def _harmless(text: str) -> str:
    from policytrack.reporting import harmless

    return harmless(text)


def _complete(kind: str, answers: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Return the answers of a script, or name all options that it left out."""
    from policytrack.drafting.questions import QUESTIONS

    missing = [question.option for question in QUESTIONS[kind] if question.required and question.name not in answers]
    if missing:
        raise UsageFault(f"missing: {', '.join(missing)}", f"`policytrack new {kind} --help` says what each one takes")
    return answers


def _interviewed(dataset: Dataset, kind: str, answers: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    from policytrack.drafting.interview import Interview

    def ask(prompt: str) -> str:
        return str(typer.prompt(prompt, default="", show_default=False))

    return Interview(dataset, ask, typer.echo).about(kind, answers)


def _refuse(wrong: Iterable[Finding]) -> None:
    """Refuse values that no record can hold: nothing is written."""
    faults = list(wrong)
    if faults:
        more = "".join(f"\n  {_harmless(each.message)}; {_harmless(each.help)}".rstrip("; ") for each in faults[1:])
        raise UsageFault(_harmless(faults[0].message) + more, _harmless(faults[0].help))


def _place(dataset: Dataset, draft: Draft, examined: Examined, *, dry_run: bool) -> None:
    """Write a draft, unless only a look is wanted, and say what is left to do in it."""
    from policytrack import drafting

    if dry_run:
        # A file gets the text as it would be written; a terminal nothing that it would obey or hide.
        echo(_lines(draft.text) if sys.stdout.isatty() else draft.text)
    else:
        try:
            drafting.place(dataset, draft)
        except drafting.DraftError as error:
            raise UsageFault(str(error), error.advice) from None
        typer.echo(f"wrote {draft.path}")
    for finding in examined.left:
        typer.echo(f"  still to do: {_harmless(finding.message)}")
        if finding.help:
            typer.echo(f"    {_harmless(finding.help)}")
    if not examined.left:
        typer.echo("  nothing left to do")


def fmt(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; all records when left out.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; show what would change and fail.")] = False,
) -> None:
    """Lay records out in the one way of this project: order of keys, quotes, dates, addresses; comments are kept."""
    from policytrack import drafting
    from policytrack.cli.records import inside
    from policytrack.findings import AdvisedError
    from policytrack.reporting import count

    named = inside(context.obj, paths) if paths else None
    try:
        results = drafting.fmt(context.obj.root, named, check=check)
    except AdvisedError as error:
        raise UsageFault(str(error), error.advice) from None
    for result in results:
        if result.problem:
            typer.echo(f"{_harmless(result.path)}: left as it is: {_harmless(result.problem)}", err=True)
        elif result.changed:
            echo(_lines(result.diff()))
    changed = sum(result.changed for result in results)
    left = sum(bool(result.problem) for result in results)
    told = [f"{changed} {'would change' if check else 'laid out anew'}"] if changed else []
    told += [f"{left} left as {'it is' if left == 1 else 'they are'}"] if left else []
    typer.echo(f"{count(len(results), 'file')}: {', '.join(told) or 'nothing to change'}")
    raise typer.Exit(1 if left or (check and changed) else 0)


def _lines(text: str) -> str:
    from policytrack.reporting import harmless_lines

    return harmless_lines(text)


def mend(context: Context, paths: list[Path]) -> None:
    """Carry out `check --fix`: mend what is safe, and show each change.

    What is mended may lay bare what could not be seen before, so it goes on until nothing can be mended.
    """
    from policytrack import drafting
    from policytrack.cli.records import inside, within
    from policytrack.rules import check

    for _ in range(5):
        dataset = context.read()
        chosen, _ = within(check(dataset, today()), dataset, inside(context, paths))
        repairs = drafting.fix(dataset, chosen)
        if not repairs:
            return
        drafting.apply(context.root, repairs)
        for repair in repairs:
            echo(_lines(repair.told()))


def from_issue(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text of a filled issue form.")],
    dry_run: DryRun = False,
) -> None:
    """Draft records from the text of a filled issue form."""
    from policytrack import drafting, reporting
    from policytrack.evidence.copies import Copy

    if not file.is_file():
        raise UsageFault(f"there is no file {file}", "save the text of the issue, and name that file")
    text = Copy(file, file.name).text()
    if text is None:
        raise UsageFault(f"{file} cannot be read as text", "save the text of the issue in UTF-8")
    dataset = context.obj.read()
    try:
        proposal = drafting.from_issue(dataset, text, today(), file.name)
    except drafting.DraftError as error:
        raise UsageFault(str(error), error.advice) from None
    echo(reporting.text(proposal.findings, file.parent))
    for line in proposal.told:
        typer.echo(_harmless(line))
    for draft, examined in proposal.drafts:
        _place(dataset, draft, examined, dry_run=dry_run)
    raise typer.Exit(1 if proposal.findings else 0)


DRAFTING: dict[str, Callable[..., None]] = {"fmt": fmt, "from-issue": from_issue}
NEW: dict[str, Callable[..., None]] = {
    "action": new_action,
    "actor": new_actor,
    "technology": new_technology,
    "jurisdiction": new_jurisdiction,
    "source": new_source,
}
