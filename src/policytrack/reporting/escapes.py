"""Text of strangers made harmless: what a terminal would obey, hide or reorder is written out as escapes."""

from __future__ import annotations

import json
import unicodedata

_LONGEST = 500
_TAB = "    "
_FOUR_DIGITS = 0xFFFF
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


def harmless(text: str) -> str:
    """Return ``text`` with what a terminal would obey, hide or reorder written out as escapes."""
    text = text.replace("\t", _TAB)
    # Most texts hold nothing of the kind, and reports of thousands of findings are asked for.
    return text if text.isprintable() else "".join(map(_escape, text))


def harmless_lines(text: str) -> str:
    """Return ``text`` made harmless, its line ends kept."""
    return "\n".join(harmless(line) for line in text.split("\n"))


def as_json_text(data: object) -> str:
    """Return plain data as JSON in which every sign that hides, reorders or commands is an escape of JSON.

    A program that parses the text gets every value as it was; what people see of it, in a terminal or in the log of a
    forge, is harmless. Letters of all scripts stay as they are.
    """
    # Outside of strings JSON holds none of these signs but the line feeds of its layout.
    lines = json.dumps(data, ensure_ascii=False, indent=2).split("\n")
    return "".join((line if line.isprintable() else "".join(map(_as_json, line))) + "\n" for line in lines)


def _as_json(character: str) -> str:
    return json.dumps(character)[1:-1] if unicodedata.category(character) in _UNSEEN else character


def sentence(message: str) -> str:
    """Return a message made harmless; one that carries a value as long as a file is cut."""
    return harmless(message[:_LONGEST]) + ("…" if len(message) > _LONGEST else "")


def _escape(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return f"\\u{ord(character):04x}" if ord(character) <= _FOUR_DIGITS else f"\\U{ord(character):08x}"
