"""The shape that all closed vocabularies share, so that one function can publish any of them."""

from enum import StrEnum
from inspect import get_annotations
from typing import Self


class Code(StrEnum):
    """One term of a closed vocabulary: a string that knows what it means.

    A member is written as a tuple: value, label, extras, definition, scope note. The extras are the names that the
    vocabulary annotates, in that order, as in a dataclass. The scope note says where the border to the neighbouring
    terms runs; it may be left out and is "" then.
    """

    label: str
    definition: str
    note: str

    # `*told` and not named parameters: type checkers take this signature for the one of the look-up `Kind("ban")` too.
    def __new__(cls, value: str, *told: object) -> Self:
        """Make the member equal to its value and hang on it what is told; a missing or surplus part is a ValueError."""
        member = str.__new__(cls, value)
        member._value_ = value
        names = ("label", *get_annotations(cls), "definition", "note")
        without_note = len(told) == len(names) - 1
        for name, part in zip(names, (*told, "") if without_note else told, strict=True):
            setattr(member, name, part)
        return member
