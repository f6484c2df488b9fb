"""The changelog: each release on top of those before it, in words for those who use the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from policytrack.difference import Difference, State
from policytrack.versions.chain import Version

PATH: Final = "CHANGELOG.md"
_HEAD: Final = """# Changelog

What changed from release to release, computed from the data; `versions.json` and the deltas say it to programs.
"""


def with_release(text: str, version: Version, difference: Difference | None, corrections: int) -> str:
    """Return the changelog ``text`` (empty for none) with a release put on top; no `difference` for the first one."""
    _, _, rest = text.partition("\n## ")
    before = f"\n## {rest}" if rest else ""
    return _HEAD + "\n" + "\n".join(_section(version, difference, corrections)).rstrip() + "\n" + before


def _section(version: Version, difference: Difference | None, corrections: int) -> Iterable[str]:
    yield f"## {version.version} ({version.released}, {version.level})"
    yield ""
    for note in version.notes:
        yield f"- {note}"
    for line in _counts(difference) if difference else ():
        yield f"- {line}"
    if corrections:
        yield f"- Corrected facts, each with its reason in the table `corrections`: {corrections}."
    if version.notes or difference:
        yield ""
    if version.reasons:
        yield "Why this level:"
        yield ""
        for reason in version.reasons:
            yield f"- {reason}"


def _counts(difference: Difference) -> Iterable[str]:
    counts = Counter((record.kind, record.state) for record in difference.records)
    for kind in dict.fromkeys(record.kind for record in difference.records):
        told = [f"{counts[kind, state]} {state}" for state in State if counts[kind, state]]
        yield f"Records of kind {kind}: {', '.join(told)}."
