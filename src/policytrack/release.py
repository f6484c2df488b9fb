"""A release: the committed package at the root, so that a fresh clone holds data that has a version.

The version is computed from what changed, a corrected fact gives its reason, and the whole is written or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed_to
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from policytrack import coverage
from policytrack.codes import ChangeLevel
from policytrack.dataset import Dataset
from policytrack.difference import Difference, compare, of_dataset, of_package
from policytrack.findings import AdvisedError, Finding, Severity
from policytrack.gate.forms import is_version
from policytrack.history import changed
from policytrack.package import NAME, Built, Composed, check_package, compose
from policytrack.package.descriptor import DATA, block
from policytrack.package.journal import exchange, lay
from policytrack.package.journal import undo as undo_exchange
from policytrack.publication import citation
from policytrack.publication.dialects import cff
from policytrack.versions import (
    NEXT,
    Claimed,
    Notes,
    Reason,
    Snapshot,
    Version,
    archive,
    chain,
    changelog,
    corrected,
    corrections,
    delta,
    following,
    level,
    of_composed,
    of_folder,
    read_notes,
    reasons,
    redactions,
)
from policytrack.versions.delta import as_ndjson, digest
from policytrack.versions.levels import highest

_FAILING = {Severity.ERROR, Severity.WARNING}


class ReleaseError(AdvisedError):
    """A release that is refused; ``findings`` are the reason where the records or the package are."""

    def __init__(self, message: str, advice: str = "", findings: Iterable[Finding] = ()) -> None:
        """Keep the message, the advice and the findings apart."""
        super().__init__(message, advice)
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Bump:
    """What the records are against the last release: level and version, why, and the facts that they correct.

    ``before`` is None where nothing was released yet; ``declared`` is the highest level that a note declares.
    """

    version: str
    level: ChangeLevel
    reasons: tuple[Reason, ...] = ()
    corrected: tuple[Claimed, ...] = ()
    declared: ChangeLevel = ChangeLevel.NONE
    notes: Notes = field(default_factory=Notes)
    difference: Difference | None = None
    before: Snapshot | None = None

    @property
    def unexplained(self) -> list[Claimed]:
        """The corrected facts that no note gives a reason for."""
        return [each for each in self.corrected if each.by is None]

    @property
    def short(self) -> bool:
        """Whether the notes declare a level, and a lower one than the data have."""
        return self.declared is not ChangeLevel.NONE and self.declared.rank < level(self.reasons).rank


def bump(dataset: Dataset, against: Snapshot | None = None) -> Bump:
    """Return what the records of ``dataset`` are against a release: that at their root, unless another is given."""
    root = dataset.root
    notes = read_notes(root)
    if against is None and not (root / DATA / "actions.csv").is_file():
        return Bump(str(block(root).get("version", "")), ChangeLevel.MINOR, declared=notes.level, notes=notes)
    before = against or of_folder(root)
    after = of_composed(compose(dataset, version=before.version, corrections=corrections.read_corrections(root)))
    found = tuple(reasons(before, after))
    difference = _difference(dataset, before)
    step = highest([level(found), notes.level])
    return Bump(
        following(before.version, step),
        step,
        found,
        tuple(corrected(difference, notes.notes.values(), redactions.hashes(root))),
        notes.level,
        notes,
        difference,
        before,
    )


def _difference(dataset: Dataset, before: Snapshot) -> Difference:
    with TemporaryDirectory(prefix="policytrack-") as made:
        lay(Path(made), before.files())
        former = of_package(Path(made), before.version)
    return compare(former, of_dataset(dataset, "the records", published=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """The day of a release, the moment that is put into its descriptor, and a version above the computed one."""

    on: date
    created: datetime | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A release before it is written: what it is, and every file that it writes (path to bytes) or takes away."""

    bump: Bump
    built: Built
    files: Mapping[str, bytes]
    gone: tuple[str, ...]


def plan(dataset: Dataset, findings: Iterable[Finding], asked: Asked) -> Plan:
    """Return the release that the records of ``dataset`` make; nothing is written.

    ``findings`` are those of a check of the same data set. Raises `ReleaseError` on errors and warnings among them, on
    a correction without a reason, when nothing changed, on a version below the computed one, and on a package that
    does not hold.
    """
    root = dataset.root
    _semantic(asked)
    _refuse([finding for finding in findings if finding.severity in _FAILING], "mend them, or waive what stands")
    found = bump(dataset)
    _refuse([finding for finding in found.notes.findings if finding.severity in _FAILING], "mend the notes")
    if asked.version is not None:
        found = _raised(found, asked.version)
    elif found.level is ChangeLevel.NONE:
        message = "nothing differs from the last release"
        raise ReleaseError(message, "there is nothing to release")
    if found.unexplained:
        told = ", ".join(each.told for each in found.unexplained[:3])
        message = f"{len(found.unexplained)} published facts are corrected without a reason: {told}"
        raise ReleaseError(message, f"give the reasons in a note: {NEXT}/<name>.yaml; see `policytrack bump`")
    told_before = corrections.read_corrections(root)
    news = corrections.rows(found.corrected, found.version)
    made = compose(dataset, version=found.version, created=asked.created, corrections=(*told_before, *news))
    _refuse(_faults(made), "mend the records that they come from")
    files = _files(dataset, made, found, asked.on) | {
        corrections.PATH: corrections.as_ndjson((*told_before, *news)).encode()
    }
    gone = [*found.notes.notes, *_old_tables(root, files)]
    return Plan(found, Built(root, made.version, made.rows), files, tuple(gone))


def release(dataset: Dataset, findings: Iterable[Finding], asked: Asked) -> Built:
    """Write `data/`, the descriptor, the changelog and the history at the root, and say what it was.

    All of it or nothing: killed at any moment, `undo` puts the last release back, and until then no reader of ours
    takes the half of one for a package. Raises `ReleaseError` as `plan` does, on work that is not committed and when
    the disk fails; `HistoryError` where there is no repository.
    """
    root = dataset.root
    _semantic(asked)
    undo(root)
    dirty = changed(root)
    if dirty:
        message = f"{len(dirty)} files are not committed, {dirty[0]} among them"
        raise ReleaseError(message, "commit them first, so that the release can be made again from its commit")
    made = plan(dataset, findings, asked)
    try:
        exchange(root, made.files, made.gone)
    except OSError as error:
        message = f"the release cannot be written: {error.strerror or error}"
        raise ReleaseError(message, "everything is as it was; make room, and release again") from None
    return made.built


def undo(root: Path) -> bool:
    """Put the last release back where the next one was interrupted, and say whether there was such a one."""
    return undo_exchange(root)


def _semantic(asked: Asked) -> None:
    if asked.version is not None and not is_version(asked.version):
        message = f"`{asked.version}` is not a version"
        raise ReleaseError(message, "write three numbers: 1.0.0")


def _raised(found: Bump, version: str) -> Bump:
    """Return a bump to a version that was declared: higher than what was computed, never lower."""
    if _numbers(version) < _numbers(found.version):
        message = f"{version} is lower than {found.version}, which is computed from what changed"
        raise ReleaseError(message, "leave the version out, or declare a higher one")
    return changed_to(found, version=version)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", version)[:3])


def _refuse(findings: list[Finding], advice: str) -> None:
    if findings:
        message = f"{len(findings)} findings stand against a release"
        raise ReleaseError(message, advice, findings)


def _faults(made: Composed) -> list[Finding]:
    with TemporaryDirectory(prefix="policytrack-") as folder:
        lay(Path(folder), made.files)
        return check_package(folder)


def _files(dataset: Dataset, made: Composed, found: Bump, on: date) -> dict[str, bytes]:
    """Return what a release writes, the corrections aside; the descriptor last."""
    root = dataset.root
    after = of_composed(made)
    versions = chain.read_chain(root)
    entry = Version(
        version=found.version,
        released=on.isoformat(),
        level=found.level.value,
        descriptor=digest(after),
        previous=versions[-1].link if versions else "",
        notes=tuple(note.change for note in found.notes.notes.values()),
        reasons=tuple(each.what for each in found.reasons if each.level is not ChangeLevel.PATCH),
    )
    log = (root / changelog.PATH).read_text(encoding="utf-8") if (root / changelog.PATH).exists() else ""
    text = changelog.with_release(log, entry, found.difference, len(found.corrected))
    files = {path: raw for path, raw in made.files.items() if path.startswith(f"{DATA}/")}
    files |= {chain.PATH: chain.as_json((*versions, entry)).encode(), changelog.PATH: text.encode()}
    files[cff.PATH] = citation(made.edition.metadata, entry.released)
    if found.before is not None:
        files[archive.path_of(found.before.version)] = as_ndjson(
            redactions.redacted(delta(found.before, after), redactions.hashes(root))
        ).encode()
    return files | {coverage.PATH: coverage.page(dataset).encode(), NAME: made.files[NAME]}


def _old_tables(root: Path, files: Mapping[str, bytes]) -> list[str]:
    return [path for each in (root / DATA).glob("*.csv") if (path := f"{DATA}/{each.name}") not in files]
