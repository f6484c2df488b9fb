"""Whether a reader's copies of the sources hold the passages that the records cite.

Only hashes are published, so a passage that is not at its recorded place is looked for by hashing every window of its
length: about 0.7 microseconds per character of the copy and per different length. A copy named like the source's id
is searched for that source alone; files with other names must be tried for every source, which is why the search has
a limit (`WINDOWS`, about a minute) and says when it was reached.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from policytrack.codes import PassageState
from policytrack.dataset import Dataset
from policytrack.evidence.copies import Copy, copies_in
from policytrack.evidence.passages import Squashed
from policytrack.models import Passage, Source
from policytrack.parsing import Record

WINDOWS = 80_000_000
_NOT_SEARCHED = "not searched: the files are too many or too long; name the copy like the source's id"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one passage: ``file`` relative to the folder or empty, ``offset`` in squashed characters or None.

    ``line`` (from 1) is the line of the copy on which the passage begins, 0 where it was not found; ``note`` says why
    a passage stayed unchecked where that is not plain.
    """

    source: str
    passage: str
    state: PassageState
    file: str = ""
    offset: int | None = None
    line: int = 0
    note: str = ""

    def as_json(self) -> dict[str, str | int | None]:
        """Return the published JSON shape."""
        return {
            "source": self.source,
            "passage": self.passage,
            "state": self.state.value,
            "file": self.file,
            "offset": self.offset,
            "line": self.line,
            "note": self.note,
        }


@dataclass(slots=True)
class Budget:
    """How many more windows may be hashed."""

    left: int = WINDOWS

    def spend(self, windows: int) -> bool:
        """Take ``windows`` off, or return False when they are more than is left."""
        if windows > self.left:
            return False
        self.left -= windows
        return True


class Haystack:
    """A squashed copy that can be asked where text with a given hash stands."""

    def __init__(self, squashed: Squashed) -> None:
        self.squashed = squashed
        self.length = len(squashed.text)
        self._bytes = squashed.text.encode(errors="surrogatepass")
        ascii_only = len(self._bytes) == self.length
        sizes = () if ascii_only else (len(sign.encode(errors="surrogatepass")) for sign in squashed.text)
        self._starts: list[int] | range = range(self.length + 1) if ascii_only else list(accumulate(sizes, initial=0))

    def holds(self, passage: Passage) -> bool:
        """Whether the passage stands exactly where its record says."""
        end = passage.start + passage.length
        if end > self.length:
            return False
        window = self._bytes[self._starts[passage.start] : self._starts[end]]
        return hashlib.sha256(window).hexdigest() == passage.sha256

    def windows(self, lengths: Iterable[int]) -> int:
        """Return how many windows a search for passages of these lengths must hash."""
        return sum(max(self.length - length + 1, 0) for length in set(lengths) if length)

    def find(self, length: int, wanted: Iterable[str]) -> dict[str, list[int]]:
        """Return, for each wanted hash that is found, the offsets of the text of ``length`` that has it."""
        digests = {bytes.fromhex(each): each for each in wanted}
        found: dict[str, list[int]] = defaultdict(list)
        view, starts, sha256 = memoryview(self._bytes), self._starts, hashlib.sha256
        for offset in range(self.length - length + 1 if length else 0):
            digest = sha256(view[starts[offset] : starts[offset + length]]).digest()
            if digest in digests:
                found[digests[digest]].append(offset)
        return found


def verify(dataset: Dataset, folder: Path, progress: Progress | None = None, windows: int = WINDOWS) -> list[Verified]:
    """Return what became of each passage of each source, by source and passage key.

    A file is taken for a source when it is named like the source's id, or holds a passage of it and no other holds
    more. ``progress`` is called with the steps done and in all; at most ``windows`` windows are hashed. Raises
    `NoFolderError` where there is no such folder.
    """
    sources = {name: record for name, record in dataset.sources.items() if record.model.passages}
    search = _Search(sources, copies_in(folder), Budget(windows), progress)
    search.by_name()
    search.by_place()
    search.by_window()
    return [verified for name in sources for verified in search.result(name)]


@dataclass
class _Search:
    """Finds for each source the file that is a copy of it, the cheapest way first, and checks its passages there."""

    sources: Mapping[str, Record[Source]]
    copies: list[Copy]
    budget: Budget
    progress: Progress | None
    done: int = 0
    # A file in which nothing was found may still be the copy: it has the source's name.
    named: dict[str, str] = field(default_factory=dict)
    results: dict[str, list[Verified]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    exhausted: set[str] = field(default_factory=set)

    def by_name(self) -> None:
        """Check each source against the files named like its id."""
        stems: dict[str, list[Copy]] = defaultdict(list)
        for copy in self.copies:
            stems[copy.stem].append(copy)
        for name in self.sources:
            for copy in stems.get(name, ()):
                self.taken.add(copy.name)
                if (haystack := self.open(copy)) is not None:
                    self.named.setdefault(name, copy.name)
                    self.keep(name, copy, haystack)

    def by_place(self) -> None:
        """Take a file for the sources of which it holds a passage exactly where the record says."""
        best: dict[str, tuple[int, Copy]] = {}
        for copy in self.free():
            haystack = self.open(copy)
            self.step()
            for name in self.pending() if haystack else ():
                hits = sum(haystack.holds(each) for each in self.passages(name).values()) if haystack else 0
                if hits > best.get(name, (0, copy))[0]:
                    best[name] = (hits, copy)
        for name, (_, copy) in best.items():
            haystack = self.open(copy)
            if haystack is not None:
                self.keep(name, copy, haystack)
                self.taken.add(copy.name)

    def by_window(self) -> None:
        """Look for the passages of the other sources anywhere in the files that are nobody's copy yet."""
        pending = self.pending()
        best: dict[str, tuple[int, Copy]] = {}
        for copy in self.free():
            self.step()
            haystack = self.open(copy) if pending else None
            for name, hits in self.hits(pending, haystack).items() if haystack else ():
                if hits > best.get(name, (0, copy))[0]:
                    best[name] = (hits, copy)
        for name, (_, copy) in best.items():
            haystack = self.open(copy)
            if haystack is not None:
                self.keep(name, copy, haystack)

    def hits(self, names: list[str], haystack: Haystack) -> dict[str, int]:
        """Return how many passages of each source the file holds."""
        wanted: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in names:
            for passage in self.passages(name).values():
                wanted[passage.length][passage.sha256].append(name)
        if not self.budget.spend(haystack.windows(wanted)):
            self.exhausted.update(names)
            return {}
        found: dict[str, int] = defaultdict(int)
        for length, hashes in wanted.items():
            for digest in haystack.find(length, hashes):
                for name in hashes[digest]:
                    found[name] += 1
        return found

    def keep(self, name: str, copy: Copy, haystack: Haystack) -> None:
        """Check the passages of a source in a file, and keep the result if it is the best so far."""
        result = check(name, self.passages(name), copy.name, haystack, self.budget)
        if _found(result) > _found(self.results.get(name, [])):
            self.results[name] = result

    def result(self, name: str) -> list[Verified]:
        """Return what became of the passages of a source."""
        if name in self.results:
            return self.results[name]
        if name in self.exhausted:
            return self.all(name, PassageState.UNCHECKED, note=_NOT_SEARCHED)
        if name in self.named:
            return self.all(name, PassageState.MISSING, file=self.named[name])
        return self.all(name, PassageState.UNCHECKED)

    def all(self, name: str, state: PassageState, file: str = "", note: str = "") -> list[Verified]:
        """Return one answer for all passages of a source."""
        return [Verified(name, key, state, file, note=note) for key in self.passages(name)]

    def passages(self, name: str) -> Mapping[str, Passage]:
        """Return the passages of a source."""
        return self.sources[name].model.passages

    def pending(self) -> list[str]:
        """Return the sources for which no copy has been found yet."""
        return [name for name in self.sources if name not in self.results]

    def free(self) -> list[Copy]:
        """Return the files that are nobody's copy yet."""
        return [copy for copy in self.copies if copy.name not in self.taken]

    def step(self) -> None:
        """Tell how far the search is; every file is opened at most twice without a name."""
        self.done += 1
        if self.progress is not None:
            self.progress(min(self.done, 2 * len(self.copies)), 2 * len(self.copies))

    def open(self, copy: Copy) -> Haystack | None:
        """Return a file ready for searching, one at a time, or None where it is no text."""
        text = copy.text()
        return None if text is None else Haystack(Squashed.of(text))


def _found(result: Iterable[Verified]) -> int:
    return sum(verified.offset is not None for verified in result)


def check(
    source: str, passages: Mapping[str, Passage], file: str, haystack: Haystack, budget: Budget | None = None
) -> list[Verified]:
    """Return what became of each passage in one copy of its source."""
    elsewhere: dict[int, set[str]] = defaultdict(set)
    for passage in passages.values():
        if not haystack.holds(passage):
            elsewhere[passage.length].add(passage.sha256)
    searched = budget is None or budget.spend(haystack.windows(elsewhere))
    found = {length: haystack.find(length, hashes) for length, hashes in elsewhere.items()} if searched else {}
    results = []
    for key, passage in passages.items():
        offsets = found.get(passage.length, {}).get(passage.sha256, [])
        state, offset = _judge(passage, offsets, haystack)
        if offset is None and not searched:
            results.append(Verified(source, key, PassageState.UNCHECKED, file, note=_NOT_SEARCHED))
        else:
            line = 0 if offset is None else haystack.squashed.line(offset)
            results.append(Verified(source, key, state, file, offset, line))
    return results


def _judge(passage: Passage, offsets: list[int], haystack: Haystack) -> tuple[PassageState, int | None]:
    if haystack.holds(passage):
        return PassageState.MATCHED, passage.start
    if not offsets:
        return PassageState.MISSING, None
    return (PassageState.MOVED if len(offsets) == 1 else PassageState.AMBIGUOUS), offsets[0]
