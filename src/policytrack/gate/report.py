"""The findings of one check of a package, in one place: few of each kind are told, and the rest counted."""

from __future__ import annotations

from collections import Counter
from typing import Final

from policytrack.findings import Check, Finding, Place
from policytrack.gate.descriptors import Node

# A column of a million wrong cells is one mistake: so many of them are shown.
SHOWN: Final = 20


class Report:
    """Collects findings. ``key`` names what was tested: a check (of findings) has many."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.findings: list[Finding] = []
        self._said: Counter[tuple[str, str, str]] = Counter()
        self._last: dict[tuple[str, str, str], Check] = {}

    def say(  # noqa: PLR0913 - what a finding is made of
        self, check: Check, key: str, place: Place, message: str, advice: str = "", *, about: str = ""
    ) -> None:
        """Add a finding; of those with one key in one file ``about`` one thing, only the first few are kept."""
        same = (key, place.path, about)
        self._said[same] += 1
        self._last[same] = check
        if self._said[same] <= SHOWN:
            self.findings.append(check.at(place, message, advice))

    def at(self, check: Check, key: str, node: Node, message: str, advice: str = "") -> None:
        """Add a finding at a value of a descriptor; the message begins with its JSON pointer."""
        self.say(check, key, node.place, f"{node.pointer}: {message}" if node.steps else message, advice)

    def done(self) -> list[Finding]:
        """Return the findings in stable order, with one more for each kind of which not all are told."""
        rest = [
            self._last[same].at(Place(same[1]), f"{_named(same[2])}{count - SHOWN} more findings like those told")
            for same, count in self._said.items()
            if count > SHOWN
        ]
        return sorted([*self.findings, *rest], key=lambda finding: finding.order)


def _named(about: str) -> str:
    return f"`{about}`: " if about else ""
