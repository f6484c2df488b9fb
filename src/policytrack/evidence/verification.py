"""Whether a reader's copies of the sources hold the passages that the records cite.

Only hashes are published, so a passage that is not at its recorded place is looked for by hashing windows of its
length, about 0.7 microseconds each, outwards from where it should be. What moved mostly moved together, so that one
search finds the place of the others. A copy named like the source's id is searched for that source alone; files with
other names must be tried for every source, which is why the search has a limit (`WINDOWS`, under a minute) and says
when it was reached.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from policytrack.codes import PassageState
from policytrack.dataset import Dataset
from policytrack.evidence.copies import Copy, copies_in
from policytrack.evidence.passages import Squashed
from policytrack.models import Passage, Source
from policytrack.parsing import Record

WINDOWS = 60_000_000
_NOT_SEARCHED = "not searched: the files are too many or too long; name the copy like the source's id"

Progress: TypeAlias = Callable[[int, int], None]
# Length to hash to the sources that hold such a passage.
Probes: TypeAlias = dict[int, dict[str, list[str]]]


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

    def holds(self, passage: Passage, offset: int | None = None) -> bool:
        """Whether the passage stands at ``offset``, if none is given where its record says."""
        first = passage.start if offset is None else offset
        last = first + passage.length
        if first < 0 or last > self.length:
            return False
        window = self._bytes[self._starts[first] : self._starts[last]]
        return hashlib.sha256(window).hexdigest() == passage.sha256

    def places(self, offset: int, length: int) -> list[int]:
        """Return the offsets at which the text that stands at ``offset`` stands."""
        wanted = self.squashed.text[offset : offset + length]
        found = []
        at = self.squashed.text.find(wanted)
        while at >= 0:
            found.append(at)
            at = self.squashed.text.find(wanted, at + 1)
        return found

    def nearest(self, passage: Passage, near: int, budget: Budget) -> int | None:
        """Return the offset closest to ``near`` at which the passage stands, or None."""
        last = self.length - passage.length
        for distance in range(max(near, last - near) + 1 if passage.length and last >= 0 else 0):
            for offset in {near + distance, near - distance}:
                if 0 <= offset <= last:
                    budget.left -= 1
                    if self.holds(passage, offset):
                        return offset
        return None

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
    search.by_window(thorough=False)
    search.by_window(thorough=True)
    search.finish()
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
    settled: set[str] = field(default_factory=set)
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
            if name in self.results:
                self.settled.add(name)

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
                self.settled.add(name)

    def by_window(self, *, thorough: bool) -> None:
        """Look anywhere in the free files for the other sources: for one passage of each, or for every one."""
        for copy in self.free():
            self.step()
            pending = self.pending()
            haystack = self.open(copy) if pending else None
            if haystack is None:
                continue
            for name in self.hits(self.probes(pending, thorough=thorough), haystack):
                self.keep(name, copy, haystack)
                # A file that holds most of a source is its copy; one that shares a sentence may not be.
                if 2 * _found(self.results.get(name, ())) > len(self.passages(name)):
                    self.taken.add(copy.name)
                    self.settled.add(name)

    def probes(self, names: list[str], *, thorough: bool) -> Probes:
        """Return what to look for, by length and hash; for one passage of each source, as few lengths as may be."""
        wanted: Probes = defaultdict(lambda: defaultdict(list))
        for name in names:
            for passage in self.passages(name).values():
                wanted[passage.length][passage.sha256].append(name)
        if thorough:
            return wanted
        chosen: Probes = {}
        covered: set[str] = set()
        for length in sorted(wanted, key=lambda length: (-len(wanted[length]), length)):
            carried = {name for holders in wanted[length].values() for name in holders}
            if not carried <= covered:
                chosen[length] = wanted[length]
                covered |= carried
        return chosen

    def hits(self, probes: Probes, haystack: Haystack) -> list[str]:
        """Return the sources of which the file holds one of the passages looked for."""
        if not self.budget.spend(haystack.windows(probes)):
            self.exhausted.update(name for hashes in probes.values() for names in hashes.values() for name in names)
            return []
        found = {
            name
            for length, hashes in probes.items()
            for digest in haystack.find(length, hashes)
            for name in hashes[digest]
        }
        return sorted(found)

    def keep(self, name: str, copy: Copy, haystack: Haystack) -> None:
        """Check the passages of a source in a file, and keep the result if it is the best so far."""
        result = check(name, self.passages(name), copy.name, haystack, self.budget)
        if _found(result) > _found(self.results.get(name, [])):
            self.results[name] = result
            self.exhausted.discard(name)
        elif any(verified.note for verified in result):
            self.exhausted.add(name)

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
        return [name for name in self.sources if name not in self.settled]

    def free(self) -> list[Copy]:
        """Return the files that are nobody's copy yet."""
        return [copy for copy in self.copies if copy.name not in self.taken]

    def step(self) -> None:
        """Tell how far the search is; a file without a source's name is gone through three times."""
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, 3 * len(self.copies))

    def finish(self) -> None:
        """Tell that the search is over, where it was short."""
        if self.progress is not None and self.done < 3 * len(self.copies):
            self.progress(3 * len(self.copies), 3 * len(self.copies))

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
    budget = budget or Budget()
    # By how far the passages found so far had moved, the last one first.
    shifts = [0]
    results = []
    for key, passage in passages.items():
        guesses = [passage.start + shift for shift in shifts]
        offset = next((guess for guess in guesses if haystack.holds(passage, guess)), None)
        if offset is None and haystack.windows([passage.length]) > budget.left:
            results.append(Verified(source, key, PassageState.UNCHECKED, file, note=_NOT_SEARCHED))
            continue
        if offset is None:
            offset = haystack.nearest(passage, guesses[0], budget)
        if offset is not None and offset - passage.start not in shifts:
            shifts.insert(0, offset - passage.start)
        results.append(_judge(Verified(source, key, PassageState.MISSING, file), passage, haystack, offset))
    return results


def _judge(missing: Verified, passage: Passage, haystack: Haystack, offset: int | None) -> Verified:
    """Return what a passage that stands at ``offset``, if anywhere, is: matched, moved or ambiguous."""
    if offset is None:
        return missing
    if haystack.holds(passage):
        state, offset = PassageState.MATCHED, passage.start
    else:
        places = haystack.places(offset, passage.length)
        state, offset = (PassageState.MOVED if len(places) == 1 else PassageState.AMBIGUOUS), places[0]
    return replace(missing, state=state, offset=offset, line=haystack.squashed.line(offset))
