"""The commands as functions: the same words, plain values in and out, nothing printed and no clock read."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from policytrack import dossier, evidence, links, site
from policytrack.codes import VOCABULARIES
from policytrack.dataset import Dataset, read
from policytrack.dates import DAY_PATTERN, PartialDate
from policytrack.difference import diff
from policytrack.drafting import Repair, fmt, from_issue, new
from policytrack.drafting import apply as _mend
from policytrack.drafting import fix as _fix
from policytrack.evidence import Verified, cite
from policytrack.exports import select
from policytrack.findings import CATALOGUE, Finding, Severity
from policytrack.force import Question, Row, ask
from policytrack.frames import home, load
from policytrack.package import Built, PackageError, check_package, save
from policytrack.package.checksums import NAME as SUMS
from policytrack.package.journal import lay
from policytrack.package.placing import staged, telling
from policytrack.publication import publish
from policytrack.publication import rebuild as _rebuild
from policytrack.publication import verify_release as _verify_release
from policytrack.redaction import redact
from policytrack.reference import generate
from policytrack.release import bump, release
from policytrack.rules import check
from policytrack.spelling import UnknownWordError, advise
from policytrack.versions import Version, invert, of_folder, of_ndjson, read_chain
from policytrack.versions import apply as _apply

__all__ = [
    "apply",
    "build",
    "bump",
    "check",
    "check_package",
    "cite",
    "codes",
    "diff",
    "explain",
    "fix",
    "fmt",
    "from_issue",
    "generate",
    "in_force",
    "links_check",
    "load",
    "new",
    "read",
    "redact",
    "release",
    "show",
    "site_build",
    "site_serve",
    "todo",
    "verify",
    "verify_release",
]


_KNOWN: Final = "name the versions.json of a release"


def show(dataset: Dataset, record_id: str, on: date) -> list[dict[str, Any]]:
    """Return what is known of the records with this id (one of each kind that has it), as plain data.

    Force is told for the day ``on``. Raises `UnknownWordError`, naming the nearest id, where there is none.
    """
    kind, _, name = record_id.rpartition("/")
    found = [record for record in dataset.find(name) if kind in {"", record.kind}]
    if not found:
        titles = {record.id: dossier.title(record) for record in dataset.records}
        raise UnknownWordError(f"no record has the id `{record_id}`", advise(name, titles, titles))
    return [dossier.describe(dataset, record, on) for record in found]


def fix(dataset: Dataset, today: date) -> list[Repair]:
    """Mend what can be mended safely of what `check` finds, write it, and return what was done; then read again."""
    repairs = _fix(dataset, check(dataset, today))
    _mend(dataset.root, repairs)
    return repairs


def in_force(
    dataset: Dataset | None = None,
    *,
    on: date | str,
    as_known: date | str | None = None,
    **narrowed: Any,  # noqa: ANN401
) -> list[Row]:
    """Return what was in force on the day ``on``, by what was known on ``as_known`` (None: by all that is known).

    Days are dates, or text: YYYY-MM-DD. Without a ``dataset`` the records that came with the package are asked.
    ``narrowed`` takes measure, actor, jurisdiction, within, subject and all_states, as `Question` describes them.
    `Row.as_dict` gives a row as plain values with dates. Raises `UnknownNameError` for a name that the data set does
    not hold, `TypeError` and `ValueError` for what is no day.
    """
    known = None if as_known is None else _day("as_known", as_known)
    return ask(dataset or _carried(), Question(_day("on", on), known, **narrowed))


def _day(name: str, given: object) -> date:
    """Return the day that an argument names."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if not isinstance(given, str):
        raise TypeError(f"{name} is a date or a text such as 2020-07-01, not {type(given).__name__}")
    found = PartialDate.parse(given) if re.fullmatch(DAY_PATTERN, given) else None
    if found is None or found.bounds.earliest is None:
        raise ValueError(f"{name} is a day: write `{given}` as YYYY-MM-DD")
    return found.bounds.earliest


@cache
def _carried() -> Dataset:
    """Return the records that came with the package; read once."""
    return read(home())


def build(
    dataset: Dataset,
    out: Path | str,
    *,
    created: datetime | None = None,
    formats: Iterable[str] | None = None,
    key: Path | str | None = None,
) -> Built:
    """Write the release of ``dataset`` to the folder ``out``, in the ``formats`` named beside the CSV.

    None makes every format whose library is there, ``["all"]`` every format, and `MissingLibraryError` is raised for a
    library that a named one lacks. ``created`` is put into the descriptor; ``key`` is a private key that signs the
    release. Raises `PackageError` when ``out`` holds something that is no package, for a name that no format has, and
    where the key does not sign.
    """
    signing = None if key is None else Path(key)
    return save(publish(dataset, exports=select(formats).exports, created=created, key=signing), out)


def verify_release(
    folder: Path | str,
    *,
    key: Path | str | None = None,
    known: Path | str | None = None,
    root: Path | str | None = None,
    rebuild: bool = False,
) -> list[Finding]:
    """Return what is wrong with the release in ``folder``; places are relative to it.

    ``key`` is a file of public keys or of allowed signers. ``known`` is the versions.json of a release that is known
    already, else that of the project at ``root`` is. With ``rebuild`` the release is made again from its tag in the
    repository around ``root``. Raises `HistoryError` where there is none, `PackageError` for what cannot be read.
    """
    versions = read_chain(Path(root)) if root is not None else ()
    if known is not None:
        versions = _known(Path(known))
    found = _verify_release(folder, key=None if key is None else Path(key), known=versions)
    # Nobody's release is not made again, and no other file of such a folder is read.
    if rebuild and (Path(folder) / SUMS).is_file():
        found += _rebuild(folder, Path(root or "."))
    return sorted(found, key=lambda each: each.order)


def _known(file: Path) -> tuple[Version, ...]:
    """Return the releases that a file lists which somebody kept; it is none of ours, so no commit brings it back."""
    try:
        versions = read_chain(file.parent, file.name)
    except PackageError as error:
        raise PackageError(str(error), _KNOWN) from None
    if not versions:
        raise PackageError(f"{file} lists no releases", _KNOWN)
    return versions


def apply(delta: Path | str, package: Path | str, out: Path | str, *, back: bool = False) -> list[str]:
    """Write to ``out`` the tables that a delta makes of the release in ``package``, and return the paths.

    With ``back`` the delta is taken back. Raises `DeltaError` where it does not fit, `PackageError` where ``package``
    is none or ``out`` cannot be written, and `FileExistsError` where ``out`` is there already.
    """
    with telling(Path(out)):
        taken = Path(out).exists()
    if taken:
        raise FileExistsError(str(out))
    change = of_ndjson(Path(delta).read_text(encoding="utf-8"))
    made = _apply(invert(change) if back else change, of_folder(package)).files()
    with staged(Path(out).resolve()) as fresh:
        lay(fresh, made)
    return sorted(made)


def site_build(
    dataset: Dataset, out: Path | str, *, on: date, base_url: str = "", package: Path | str | None = None
) -> site.Site:
    """Write the site of ``dataset`` to the folder ``out``, as things stand on the day ``on``.

    ``base_url`` is its public address, "" where it has none; ``package`` the folder whose files it offers and whose
    version it bears, else the release at the root. Raises `SiteError` when ``out`` holds something else or
    ``base_url`` is no address, `PackageError` when ``package`` holds none or ``out`` cannot be written.
    """
    return site.build(dataset, out, on=on, base_url=base_url, package=package)


def site_serve(folder: Path | str, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of the site in ``folder`` that listens on this machine alone; `serve_forever` makes it answer.

    ``port`` 0 takes a free one. Raises `SiteError` when the folder holds no site, or the port is taken.
    """
    return site.server(folder, port)


def verify(dataset: Dataset, articles: Path | str) -> list[Verified]:
    """Return what became of each passage in the copies that the folder ``articles`` holds."""
    return evidence.verify(dataset, Path(articles))


def explain(code: str) -> str:
    """Return the page of a finding by its code or its name; raises `UnknownWordError` for others."""
    names = {check.name: check for check in CATALOGUE.values()}
    found = CATALOGUE.get(code.upper()) or names.get(code.lower())
    if found is None:
        raise UnknownWordError(f"`{code}` is no code of a finding", advise(code.upper(), [*CATALOGUE, *names]))
    return f"{found.code} {found.name} ({found.severity})\n\n{found.page}"


def codes(vocabulary: str | None = None) -> list[dict[str, Any]]:
    """Return the codes of a vocabulary: code, label, definition and scope note; `UnknownWordError` for others.

    Without a vocabulary, return the name of each and how many codes it has.
    """
    if vocabulary is None:
        return [{"vocabulary": name, "codes": len(terms)} for name, terms in VOCABULARIES.items()]
    if vocabulary not in VOCABULARIES:
        raise UnknownWordError(f"`{vocabulary}` is no vocabulary", advise(vocabulary, VOCABULARIES))
    return [
        {"code": code.value, "label": code.label, "definition": code.definition, "note": code.note}
        for code in VOCABULARIES[vocabulary]
    ]


def todo(dataset: Dataset, today: date) -> list[Finding]:
    """Return the notices: what awaits somebody on the day ``today``."""
    return [finding for finding in check(dataset, today) if finding.severity is Severity.NOTICE]


def links_check(dataset: Dataset, web: links.Web, today: date, run: links.Run | None = None) -> links.Report:
    """Ask the addresses of the sources through ``web`` and return what is known of all of them on the day ``today``.

    ``run`` says how, and what was known before: without that nothing is dead, for only what is missing on two days is.
    `policytrack.cli.web.Internet` is the real web.
    """
    return asyncio.run(links.check(dataset, web, today, run or links.Run()))
