"""The nearest valid word: one "did you mean" for keys, codes, ids and commands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

# Below it, words of four letters are near to whatever shares three: `nope` to `openai`, `city` to `county`.
_CUTOFF = 0.72
_SHOWN = 12
# Of options that are equally near, so many are named.
_EQUAL = 2
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
    return list(dict.fromkeys(names[name] for name in near))[:_EQUAL]


def advise(
    word: str,
    options: Iterable[str],
    labels: Mapping[str, str] | None = None,
    definitions: Mapping[str, str] | None = None,
    *,
    elsewhere: str = "",
) -> str:
    """Return a help sentence: the nearest option, else the options when they are few enough to read.

    ``elsewhere`` says where all options are listed; it is told unless the sentence lists them itself.

    ``definitions`` maps an option to its meaning: a word that one or two of them name stands for these, so that "city"
    finds the code ``municipality``.
    """
    known = sorted(options)
    matches = closest(word, known, labels) or _defined(word, definitions or {})
    if matches:
        return f"did you mean {' or '.join(f'`{name}`' for name in matches)}? {elsewhere}".rstrip()
    if known and len(known) <= _SHOWN:
        return "use one of: " + ", ".join(f"`{name}`" for name in known)
    return elsewhere


def _defined(word: str, definitions: Mapping[str, str]) -> list[str]:
    """Return the options whose definitions hold ``word``, unless they are many."""
    search = re.compile(rf"\b{re.escape(word.strip())}\b", re.IGNORECASE).search
    found = [option for option, text in definitions.items() if search(text)] if word.strip() else []
    return found if len(found) <= _EQUAL else []


class UnknownWordError(KeyError):
    """A name that nothing has: ``message`` says which, ``advice`` names the nearest that something has."""

    def __init__(self, message: str, advice: str = "") -> None:
        """Keep the message and the advice apart, and show both."""
        super().__init__(f"{message}; {advice}" if advice else message)
        self.message = message
        self.advice = advice
