"""How one text is written in YAML so that every reader takes it for that text: plain where it can be, else quoted."""

from __future__ import annotations

import json
import re

import yaml

# What opens something else at the start of a plain text; the last three only before a space or the end.
_OPENS = re.compile(r"[\[\]{},#&*!|>'\"%@`]|[-?:](?:\s|$)|---|\.\.\.(?:\s|$)")
_BREAKS = re.compile(r":(?:\s|$)|\s#|[\t\n\r]|^\s|\s$")
_IN_BRACKETS = re.compile(r"[\[\]{},?]|^[-?:]|:$")
# Readers of one or the other version of YAML take these for numbers or truth values.
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_DIGITS = re.compile(r"0|[1-9][0-9]{0,8}")
_WORDS = frozenset({"y", "n"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_TEXTS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"})

_resolver = yaml.resolver.Resolver()


def plain(text: str, *, counts: bool = False, brackets: bool = False) -> bool:
    """Whether ``text`` can stand without quotes: ``counts`` where a number is meant, ``brackets`` inside of such."""
    if not text or _OPENS.match(text) or _BREAKS.search(text) or _UNPRINTABLE.search(text):
        return False
    if brackets and _IN_BRACKETS.search(text):
        return False
    if counts and _DIGITS.fullmatch(text):
        return True
    return not (_NUMBER.fullmatch(text) or text.casefold() in _WORDS or _resolves(text))


def _resolves(text: str) -> bool:
    # A text of many letters is none of the words and numbers that readers know.
    return len(text) < 80 and _resolver.resolve(yaml.ScalarNode, text, (True, False)) not in _TEXTS  # type: ignore[no-untyped-call]  # noqa: PLR2004


def quoted(text: str) -> str:
    """Return ``text`` in double quotes, with escapes for what cannot stand in a file."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def inline(text: str, *, counts: bool = False, brackets: bool = False) -> str:
    """Return ``text`` as it stands on one line."""
    return text if plain(text, counts=counts, brackets=brackets) else quoted(text)


def key(text: str) -> str:
    """Return a key; the words that fields have need no quotes, though some readers take `on` for a truth value."""
    return text if re.fullmatch("[a-z][a-z0-9_]*", text) else inline(text, brackets=True)


def folded(text: str, width: int) -> list[str] | None:
    """Return the lines of a folded text of at most ``width`` where it can be, or None where it would not read the same.

    Lines break at single spaces alone, so that joining them gives the text again.
    """
    if _UNPRINTABLE.search(text) or re.search(r"[\t\n\r]|^\s|\s$", text):
        return None
    lines: list[str] = []
    for word in re.split(r"(?<=[^\s]) (?=[^\s])", text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) > 1 else None


def literal(text: str) -> list[str] | None:
    """Return the lines of a text that keeps its line ends, or None where it must be quoted."""
    lines = text.removesuffix("\n").split("\n")
    ragged = lines[0] != lines[0].lstrip() or any(line != line.rstrip() for line in lines)
    if _UNPRINTABLE.search(text) or "\r" in text or "\t" in text or ragged or not lines[0] or not lines[-1]:
        return None
    return lines
