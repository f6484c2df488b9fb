"""Which findings are new: a finding is known by what it says and of what, not by the line on which it stands."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from policytrack.findings import Finding

Identity: TypeAlias = tuple[str, str, str, str]

# Some messages point at another line of the file, which moves like the first.
_LINE: Final = re.compile(r"\bline [0-9]+")


@dataclass(frozen=True, slots=True)
class Split:
    """Findings that were not there before, and those that were."""

    new: tuple[Finding, ...]
    old: tuple[Finding, ...]


def identity(finding: Finding) -> Identity:
    """Return what stays the same of a finding while lines move: code, path, subject and message."""
    return finding.code, finding.place.path, finding.subject, _LINE.sub("line", finding.message)


def split(findings: Iterable[Finding], before: Iterable[Finding]) -> Split:
    """Tell new findings from those that stood ``before``, each old one answering for one of now; order is kept."""
    known = Counter(map(identity, before))
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in findings:
        same = identity(finding)
        (old if known[same] > 0 else new).append(finding)
        known[same] -= 1
    return Split(tuple(new), tuple(old))


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield for each finding a hash that does not change while lines move; equal ones are numbered."""
    seen: Counter[Identity] = Counter()
    for finding in findings:
        same = identity(finding)
        seen[same] += 1
        words = "\0".join((*same, str(seen[same])))
        yield hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()
