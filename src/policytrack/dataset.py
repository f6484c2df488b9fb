"""All records together: look-up, links with their inverse, and the measures that chain links make."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from policytrack.documents import MAX_BYTES, Document, parse
from policytrack.faults.place import BAD_ID, DUPLICATE_ID, MISPLACED
from policytrack.faults.shape import BAD_VALUE
from policytrack.faults.text import UNREADABLE
from policytrack.findings import Finding, Place
from policytrack.layout import COVERAGE, KINDS, RECORDS, REDIRECTS, MisplacedError, Spot, is_id, meant, spot
from policytrack.models import Action, Actor, Coverage, Jurisdiction, Link, Redirect, Source, Technology
from policytrack.parsing import AnyRecord, Record, build, explain

Progress: TypeAlias = Callable[[int, int], None]


class NoRecordsError(ValueError):
    """The folder that was named holds no `records/`: the call is wrong, not the data."""


@dataclass(frozen=True, slots=True)
class Chained:
    """A link seen from its target: the action that holds it, and the link."""

    action: str
    link: Link


@dataclass(frozen=True)
class Dataset:
    """Every record that could be read, and the findings for the rest.

    ``broken`` holds `kind/id` of files that exist and could not be read, so that what refers to them is not accused.
    """

    root: Path
    actions: Mapping[str, Record[Action]] = field(default_factory=dict)
    actors: Mapping[str, Record[Actor]] = field(default_factory=dict)
    technologies: Mapping[str, Record[Technology]] = field(default_factory=dict)
    jurisdictions: Mapping[str, Record[Jurisdiction]] = field(default_factory=dict)
    sources: Mapping[str, Record[Source]] = field(default_factory=dict)
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    redirects_document: Document | None = None
    coverage: Coverage = field(default_factory=Coverage)
    coverage_document: Document | None = None
    broken: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    files: int = 0

    def of_kind(self, kind: str) -> Mapping[str, AnyRecord]:
        """Return the records of a kind, by id."""
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[str, AnyRecord]]:
        return {
            "action": self.actions,
            "actor": self.actors,
            "technology": self.technologies,
            "jurisdiction": self.jurisdictions,
            "source": self.sources,
        }

    @property
    def records(self) -> Iterator[AnyRecord]:
        """Every record, by kind and id."""
        for kind in KINDS:
            yield from self.of_kind(kind).values()

    def find(self, record_id: str) -> list[AnyRecord]:
        """Return the records with this id, of whatever kind; a retired id finds what took its place."""
        found = [table[record_id] for table in map(self.of_kind, KINDS) if record_id in table]
        if found:
            return found
        moved = [(name, entry) for name, entry in self.redirects.items() if name.partition("/")[2] == record_id]
        return [
            self.of_kind(kind)[entry.to]
            for name, entry in moved
            if entry.to and (kind := name.partition("/")[0]) in KINDS and entry.to in self.of_kind(kind)
        ]

    def knows(self, kind: str, record_id: str) -> bool:
        """Whether a record of this kind exists, readable or not."""
        return record_id in self.of_kind(kind) or f"{kind}/{record_id}" in self.broken

    def issuers(self, action: Action) -> tuple[str, ...]:
        """Return the actor and the co-actors of an action."""
        return (action.actor, *action.co_actors)

    def governed(self, action: Action, provision: str) -> tuple[str, ...]:
        """Return whose conduct a provision governs; left out, it is the action's own actor."""
        return action.provisions[provision].by or self.issuers(action)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Chained, ...]]:
        """Target id to the links that point at it, by the id of their action."""
        found: dict[str, list[Chained]] = defaultdict(list)
        for action_id, record in self.actions.items():
            for link in record.model.links:
                found[link.target].append(Chained(action_id, link))
        return {target: tuple(links) for target, links in found.items()}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Ids of the actions without a chain link to another: the roots of the measures, sorted."""
        return tuple(
            action_id
            for action_id, record in self.actions.items()
            if not any(link.relation.chain and link.target in self.actions for link in record.model.links)
        )

    @cached_property
    def measures(self) -> Mapping[str, tuple[str, ...]]:
        """Root id to the ids of its measure: the root, then all that reaches it by chain links, sorted."""
        return {root: (root, *sorted(self.reaching(root) - {root})) for root in self.roots}

    @cached_property
    def measures_of(self) -> Mapping[str, tuple[str, ...]]:
        """Action id to the measures it belongs to, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for root, members in self.measures.items():
            for member in members:
                found[member].append(root)
        return {member: tuple(sorted(roots)) for member, roots in found.items()}

    def reaching(self, target: str) -> frozenset[str]:
        """Return ``target`` and every action that reaches it by chain links."""
        seen: set[str] = set()
        ahead = [target]
        while ahead:
            here = ahead.pop()
            if here not in seen:
                seen.add(here)
                ahead += [chained.action for chained in self.incoming.get(here, ()) if chained.link.relation.chain]
        return frozenset(seen & self.actions.keys())

    def above(self, jurisdiction: str) -> tuple[str, ...]:
        """Return the places that ``jurisdiction`` lies in, nearest first, and the unions it belongs to."""
        found: list[str] = []
        ahead = [jurisdiction]
        while ahead:
            record = self.jurisdictions.get(ahead.pop(0))
            if record is None:
                continue
            parents = [record.model.parent] if record.model.parent else []
            for place in parents + [membership.jurisdiction for membership in record.model.member_of]:
                if place not in found and place != jurisdiction:
                    found.append(place)
                    ahead.append(place)
        return tuple(found)

    def below(self, jurisdiction: str) -> tuple[str, ...]:
        """Return the places that lie in ``jurisdiction``, sorted."""
        return tuple(sorted(place for place in self.jurisdictions if jurisdiction in self.above(place)))


def read(root: Path | str = ".", progress: Progress | None = None) -> Dataset:
    """Read the records under ``root``; never raises for bad data: what could not be read is in ``findings``.

    ``progress`` is called with the number of files done and in all. Raises `NoRecordsError` without `records/`.
    """
    root = Path(root)
    if not (root / RECORDS).is_dir():
        message = f"{root} holds no folder {RECORDS}/"
        raise NoRecordsError(message)
    reader = _Reader()
    paths = sorted(_files(root / RECORDS, reader.findings))
    for number, path in enumerate(paths, 1):
        reader.take(root, path)
        if progress is not None:
            progress(number, len(paths))
    by_kind = {kind: dict(sorted(table.items())) for kind, table in reader.tables.items()}
    return Dataset(
        root=root,
        actions=by_kind["action"],
        actors=by_kind["actor"],
        technologies=by_kind["technology"],
        jurisdictions=by_kind["jurisdiction"],
        sources=by_kind["source"],
        redirects=reader.redirects,
        redirects_document=reader.redirects_document,
        coverage=reader.coverage,
        coverage_document=reader.coverage_document,
        broken=frozenset(reader.broken - {f"{kind}/{name}" for kind, table in by_kind.items() for name in table}),
        findings=tuple(sorted(reader.findings, key=lambda finding: finding.order)),
        files=len(paths),
    )


def _files(records: Path, findings: list[Finding]) -> Iterator[str]:
    """Yield the files below ``records``, relative to the root; links and special files become findings, not files."""
    if records.is_symlink():
        findings.append(_link(RECORDS))
        return
    # A list and no recursion: folders can be nested deeper than Python calls.
    ahead = [(records, RECORDS)]
    while ahead:
        folder, name = ahead.pop()
        for entry in _entries(folder, name, findings):
            path = f"{name}/{entry.name}"
            if entry.is_symlink():
                findings.append(_link(path))
            elif entry.is_dir():
                ahead.append((Path(entry.path), path))
            elif not entry.name.startswith("."):
                yield path


def _entries(folder: Path, name: str, findings: list[Finding]) -> list[os.DirEntry[str]]:
    """Return what lies in a folder and has a name that can be printed."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        findings.append(UNREADABLE.at(Place(name), f"the folder cannot be read: {error.strerror}", "check its rights"))
        return []
    known = []
    for entry in entries:
        # Bytes that are not UTF-8 reach us as stand-ins that cannot be printed.
        printable = entry.name.encode(errors="replace").decode()
        if printable == entry.name:
            known.append(entry)
        else:
            advice = "rename it in ASCII letters and digits"
            findings.append(UNREADABLE.at(Place(f"{name}/{printable}"), "the name is not UTF-8", advice))
    return known


def _link(path: str) -> Finding:
    return UNREADABLE.at(Place(path), "a link, not a file", "put the file itself here")


def _bytes(path: str) -> bytes:
    """Return at most one byte more than is read of any file; opening neither follows a link nor waits for a writer."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            message = "not an ordinary file"
            raise OSError(0, message)
        # Room for no more than the file has: making room for the largest costs more than reading the usual one.
        return os.read(handle, min(status.st_size, MAX_BYTES) + 1)
    finally:
        os.close(handle)


@dataclass
class _Reader:
    """Collects records and findings, file by file."""

    tables: dict[str, dict[str, AnyRecord]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    redirects: dict[str, Redirect] = field(default_factory=dict)
    redirects_document: Document | None = None
    coverage: Coverage = field(default_factory=Coverage)
    coverage_document: Document | None = None
    broken: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def take(self, root: Path, path: str) -> None:
        """Read the file at ``path``."""
        if path == REDIRECTS:
            self.redirect(self.document(root, path))
            return
        if path == COVERAGE:
            self.cover(self.document(root, path))
            return
        try:
            where = spot(path)
        except MisplacedError as fault:
            self.findings.append(MISPLACED.at(Place(path), str(fault), fault.advice))
            self.broken |= meant(path)
            return
        subject = f"{where.kind.name}/{where.id}"
        if not is_id(where.id):
            advice = "rename the file: lower-case ASCII letters, digits and single hyphens"
            self.findings.append(BAD_ID.at(Place(path), f"`{where.id}` is not an id", advice, subject))
            self.broken |= meant(path)
        if where.id in self.tables[where.kind.name]:
            other = self.tables[where.kind.name][where.id].document.path
            advice = "remove one file, or give it another id"
            message = f"the {where.kind.name} `{where.id}` stands in {other} already"
            self.findings.append(DUPLICATE_ID.at(Place(path), message, advice, subject))
            return
        document = self.document(root, path)
        record = self.record(document, where) if document else None
        if record is None:
            self.broken.add(subject)
        else:
            self.tables[where.kind.name][where.id] = record

    def document(self, root: Path, path: str) -> Document | None:
        """Return the document at ``path``, or None and findings."""
        try:
            raw = _bytes(f"{root}/{path}")
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            self.findings.append(UNREADABLE.at(Place(path), message, "put an ordinary, readable file here"))
            return None
        document, faults = parse(path, raw)
        self.findings += faults
        return document

    def record(self, document: Document, where: Spot) -> AnyRecord | None:
        """Return the record in ``document``, or None and findings."""
        record, faults = build(document, where)
        self.findings += faults
        # A file in the folder of another kind stands for the record that it was meant to be.
        self.broken |= {fault.subject for fault in faults}
        return record

    def cover(self, document: Document | None) -> None:
        """Read what was searched and which leads were turned down."""
        if document is None:
            return
        try:
            self.coverage = Coverage.model_validate(document.data)
            self.coverage_document = document
        except ValidationError as error:
            self.findings += explain(document, Coverage, error, subject="")

    def redirect(self, document: Document | None) -> None:
        """Read the retired ids."""
        if document is None:
            return
        self.redirects_document = document
        for name, entry in document.data.items():
            kind, _, old = name.partition("/")
            if kind not in KINDS or not is_id(old):
                place = document.place((name,), key=True)
                self.findings.append(
                    BAD_VALUE.at(place, f"`{name}` is not a retired id", "write kind/id: action/old-id")
                )
                continue
            try:
                self.redirects[name] = Redirect.model_validate(entry)
            except ValidationError as error:
                self.findings += explain(document, Redirect, error, subject="", at=(name,))
