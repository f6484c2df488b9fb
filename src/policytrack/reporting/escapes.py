"""Text of strangers made harmless: what a terminal would obey, hide or reorder is written out as escapes."""

from __future__ import annotations

import unicodedata

_LONGEST = 500
_TAB = "    "
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


def harmless(text: str) -> str:
    """Return ``text`` with what a terminal would obey, hide or reorder written out as escapes."""
    text = text.replace("\t", _TAB)
    # Most texts hold nothing of the kind, and reports of thousands of findings are asked for.
    return text if text.isprintable() else "".join(map(_escape, text))


def harmless_lines(text: str) -> str:
    """Return ``text`` made harmless, its line ends kept."""
    return "\n".join(harmless(line) for line in text.split("\n"))


def sentence(message: str) -> str:
    """Return a message made harmless; one that carries a value as long as a file is cut."""
    return harmless(message[:_LONGEST]) + ("…" if len(message) > _LONGEST else "")


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}" if unicodedata.category(character) in _UNSEEN else character
