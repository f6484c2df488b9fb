"""The nearest valid word: one "did you mean" for keys, codes, ids and commands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

_CUTOFF = 0.6
_SHOWN = 12
# Options whose likeness differs by less are equally near.
_MARGIN = 0.04


def nearest(word: str, options: Iterable[str], labels: Mapping[str, str] | None = None) -> str | None:
    """Return the option closest to ``word`` by edit distance or by its label, or None when nothing is close.

    ``labels`` maps an option to the words people use for it, so that "Amazon.com" finds the id ``amazon``.
    """
    return next(iter(closest(word, options, labels)), None)


def closest(word: str, options: Iterable[str], labels: Mapping[str, str] | None = None) -> list[str]:
    """Return the option closest to ``word``, as `nearest` does, and behind it at most one that is as close."""
    folded = word.casefold().replace("_", "-").strip()
    names: dict[str, str] = {}
    for option in options:
        names.setdefault(option.casefold().replace("_", "-"), option)
    for option, label in (labels or {}).items():
        names.setdefault(label.casefold(), option)
    if folded in names:
        return [names[folded]]
    found = difflib.get_close_matches(folded, names, n=3, cutoff=_CUTOFF)
    likeness = [difflib.SequenceMatcher(None, name, folded).ratio() for name in found]
    near = [name for name, ratio in zip(found, likeness, strict=True) if ratio > likeness[0] - _MARGIN]
    return list(dict.fromkeys(names[name] for name in near))[:2]


def advise(word: str, options: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """Return a help sentence: the nearest option, else the options when they are few enough to read."""
    known = sorted(options)
    matches = closest(word, known, labels)
    if matches:
        return f"did you mean {' or '.join(f'`{name}`' for name in matches)}?"
    if known and len(known) <= _SHOWN:
        return "use one of: " + ", ".join(f"`{name}`" for name in known)
    return ""


class UnknownWordError(KeyError):
    """A name that nothing has: ``message`` says which, ``advice`` names the nearest that something has."""

    def __init__(self, message: str, advice: str = "") -> None:
        """Keep the message and the advice apart, and show both."""
        super().__init__(f"{message}; {advice}" if advice else message)
        self.message = message
        self.advice = advice
