"""Fingerprints of passages: what lets a reader find a passage in a copy of theirs without the text being published.

`squash/1` keeps what survives re-wrapping, change of case, quote marks and lost spaces: letters, marks and numbers.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

# A shorter passage can be guessed from its hash; a sign of a script without word spaces says more than a letter.
LEAST = 40
LEAST_UNSPACED = 20
# Far beyond any paragraph: a hash of so much is broken by the smallest change and points at nothing.
MOST = 4000

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U00020000-\U0003ffff]"
)
_UNSPACED_LANGUAGES = frozenset({"zh", "yue", "wuu", "ja", "th", "lo", "km", "my"})
_LINE_END = re.compile("\r\n|\r|\n")


def squash(text: str) -> str:
    """Return ``text`` in NFKC, casefolded, in NFKC again, with nothing kept but Unicode letters, marks and numbers."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = {character for character in set(folded) if unicodedata.category(character)[0] in "LMN"}
    return "".join(character for character in folded if character in kept)


def fingerprint(squashed: str) -> str:
    """Return the sha256, in hexadecimal, of a squashed text's UTF-8."""
    return hashlib.sha256(squashed.encode(errors="surrogatepass")).hexdigest()


def unspaced(character: str) -> bool:
    """Whether a character belongs to a script that puts no spaces between words."""
    return _UNSPACED.match(character) is not None


def least_length(squashed: str) -> int:
    """Return how many squashed characters a passage with this text needs at least."""
    signs = len(_UNSPACED.findall(squashed))
    return LEAST_UNSPACED if signs * 2 > len(squashed) else LEAST


def least_length_in(language: str | None) -> int:
    """Return how many squashed characters a passage in this language (BCP 47) needs at least."""
    return LEAST_UNSPACED if (language or "").partition("-")[0] in _UNSPACED_LANGUAGES else LEAST


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as editors count them."""
    return _LINE_END.split(text)


@dataclass(frozen=True, slots=True)
class Squashed:
    """A squashed text that still knows at which of its characters each line of the original began."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Squashed:
        """Squash line by line: no line end ever takes part in a normalisation, so the parts add up to the whole."""
        parts = [squash(line) for line in lines_of(text)]
        return cls("".join(parts), tuple(accumulate((len(part) for part in parts[:-1]), initial=0)))

    def line(self, offset: int) -> int:
        """Return the line of the original (from 1) on which the squashed character at ``offset`` stands."""
        return bisect_right(self.starts, offset)
