"""What a site asks of programs: robots.txt as RFC 9309 reads it, with wildcards and the longest rule first.

Python's own reader takes the first rule that fits and knows no wildcards, so it asks what a site asked not to be asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

PRODUCT = "policytrack"
LIMIT = 500 * 1024

_LONGEST_WAIT = 30.0
_MOST_RULES = 5_000
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us: whether they allow, and the path that they speak of; and the pause asked for."""

    rules: tuple[tuple[bool, str], ...] = ()
    pause: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be asked: the longest rule that fits decides, a tie allows."""
        wanted = _plain(path)
        fitting = [(len(pattern), allow) for allow, pattern in self.rules if _fits(pattern, wanted)]
        return max(fitting)[1] if fitting else True


NONE = Robots()
ALL = Robots(((False, "/"),))


@dataclass
class _Group:
    agents: list[str] = field(default_factory=list)
    rules: list[tuple[bool, str]] = field(default_factory=list)
    pause: float = 0.0
    closed: bool = False


def parse(raw: bytes) -> Robots:
    """Return the rules for this project: those of its own groups, else those of `*`."""
    groups = _groups(raw[:LIMIT].decode("utf-8", "replace").removeprefix("\ufeff"))
    ours = [group for group in groups if PRODUCT in group.agents] or [group for group in groups if "*" in group.agents]
    rules = [rule for group in ours for rule in group.rules][:_MOST_RULES]
    return Robots(tuple(rules), max((group.pause for group in ours), default=0.0))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        name, value = found.group(1).lower(), found.group(2).strip()
        if name == "user-agent":
            if not groups or groups[-1].closed:
                groups.append(_Group())
            groups[-1].agents.append(re.split("[/ ]", value, maxsplit=1)[0].lower())
        elif groups:
            _take(groups[-1], name, value)
    return groups


def _take(group: _Group, name: str, value: str) -> None:
    if name in {"allow", "disallow"}:
        group.closed = True
        if value:
            group.rules.append((name == "allow", _plain(value)))
    elif name == "crawl-delay":
        group.closed = True
        if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value):
            group.pause = min(float(value), _LONGEST_WAIT)


def _plain(path: str) -> str:
    """Return a path in one spelling, so that what is escaped in one place and not in the other is the same."""
    return quote(unquote(path, errors="surrogateescape"), safe="/?&=*$%:@!'()+,;~-._", errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a closing `$` fits the beginning of a path; no regular expression, no blow-up."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    spot = len(first)
    for number, part in enumerate(rest):
        if ends and number == len(rest) - 1:
            return len(path) - len(part) >= spot and path.endswith(part)
        found = path.find(part, spot)
        if found < 0:
            return False
        spot = found + len(part)
    return not ends or spot == len(path)
