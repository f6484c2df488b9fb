"""Bytes to a document: decoding, and the short way through a text without faults."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from sys import intern
from typing import Any, Final

import yaml

from policytrack.documents.building import LOADER, MAX_DEPTH, Refused, build
from policytrack.documents.document import Data, Document, spots
from policytrack.faults.text import BYTE_ORDER_MARK, CONTROL_CHARACTER, NOT_A_MAPPING, NOT_UTF8, TOO_LARGE
from policytrack.findings import Finding, Place

MAX_BYTES: Final = 256 * 1024
# Texts of at most so many characters (codes, days, short ids) stand in many files: each is kept once.
_SHORT = 20

# C0 and C1 controls, and what YAML counts as the end of a line and editors do not: separators, a lone return.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)")
_BOM = "\ufeff"
_NODES = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})


def parse(path: str, raw: bytes) -> tuple[Document | None, list[Finding]]:
    """Read ``raw``, the bytes of the file at ``path``, to a document and the faults of its text.

    The document is None where no mapping of fields can be made of the text.
    """
    text, faults = _decode(path, raw)
    if text is None:
        return None, faults
    plain = _plain(path, text)
    if plain is not None:
        return plain, faults
    builder = build(path, text)
    faults += builder.faults
    data = builder.root if not builder.broken else None
    if data is None:
        if not faults:
            faults.append(NOT_A_MAPPING.at(Place(path), "the file holds no fields", "write `field: value` lines"))
        return None, faults
    marks = [builder.keys[at] if key else builder.values[at] for at, key in spots(data)]  # not what it dropped
    return Document(path, text, data, array("I", (number - 1 for mark in marks for number in mark))), faults


def _plain(path: str, text: str) -> Document | None:
    """Return the document of a text without faults, or None where the builder has to say what is wrong."""
    marks = array("I")
    try:
        following = LOADER(text).get_event
        following(), following()  # the stream begins; the document begins, or there is none
        root = _plain_value(following(), following, marks.append, 0)
        following()  # the document ends
        alone = isinstance(following(), yaml.StreamEndEvent)
    except (Refused, yaml.YAMLError, RecursionError):
        return None
    return Document(path, text, root, marks) if alone and isinstance(root, dict) else None


def _plain_value(event: Any, following: Callable[[], Any], note: Callable[[int], None], depth: int) -> Data:  # noqa: ANN401
    """Return the value that begins with ``event``; raise `Refused` at what only the builder can speak of."""
    kind = event.__class__
    if kind not in _NODES or event.anchor is not None or event.tag is not None:
        raise Refused
    mark = event.start_mark
    note(mark.line)
    note(mark.column)
    if kind is yaml.ScalarEvent:
        text: str = event.value
        if len(text) > _SHORT:
            return text
        return intern(text) if text or event.style else None
    if depth >= MAX_DEPTH:
        raise Refused
    if kind is yaml.SequenceStartEvent:
        items: list[Data] = []
        while (event := following()).__class__ is not yaml.SequenceEndEvent:
            items.append(_plain_value(event, following, note, depth + 1))
        return items
    fields: dict[str, Data] = {}
    while (event := following()).__class__ is not yaml.MappingEndEvent:
        plain = event.__class__ is yaml.ScalarEvent and event.anchor is None and event.tag is None
        name = intern(event.value) if plain else ""  # the same few names in every file
        if not plain or name in fields:
            raise Refused
        mark = event.start_mark
        note(mark.line)
        note(mark.column)
        fields[name] = _plain_value(following(), following, note, depth + 1)
    return fields


def _decode(path: str, raw: bytes) -> tuple[str | None, list[Finding]]:
    """Return the text of a file, or None and the fault that keeps it from being text."""
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read"
        return None, [
            TOO_LARGE.at(Place(path), message, "a record is a few kilobytes: split it or remove what is foreign")
        ]
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        return None, [NOT_UTF8.at(_after(path, before), message, "save the file as UTF-8")]
    faults = []
    if _BOM in text:
        place = _after(path, text[: text.index(_BOM)])
        faults.append(BYTE_ORDER_MARK.at(place, "the file holds a byte-order mark", "save it as UTF-8 without BOM"))
        text = text.replace(_BOM, "")
    # Text that can be printed, as most is, holds none; to see that takes a tenth of the time.
    control = None if text.replace("\n", "").isprintable() else _CONTROL.search(text)
    if control is not None:
        message = f"control character U+{ord(control.group()):04X}"
        faults.append(CONTROL_CHARACTER.at(_after(path, text[: control.start()]), message, "delete it"))
        return None, faults
    return text, faults


def _after(path: str, text: str) -> Place:
    """Return the place right behind ``text``."""
    return Place(path, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)
