"""Identifiers that others give: a scheme of a closed list, then the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from policytrack.codes import Code, EntityScheme, IdentifierScheme
from policytrack.models.forms import Parsed, fault
from policytrack.spelling import advise


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or name that somebody else gives a thing: ``scheme`` and ``value``."""

    scheme: Code
    value: str

    def __str__(self) -> str:
        """Return the text as a record holds it."""
        return f"{self.scheme} {self.value}"


def _pattern(schemes: type[Code]) -> str:
    return rf"^(?:{'|'.join(schemes)}) \S(?:.*\S)?$(?!\n)"


def _parsed(schemes: type[Code]) -> Parsed:
    """Return the metadata of identifiers of these schemes."""

    def read(value: object) -> Identifier:
        if not isinstance(value, str):
            raise fault("not_text", "an identifier is text: a scheme, then a value", "write it as `bill HB2031`")
        scheme, _, rest = value.partition(" ")
        if scheme not in set(schemes):
            message = f"`{scheme}` is no scheme of an identifier"
            raise fault("pattern", message, advise(scheme, schemes) or "see `policytrack codes`")
        if not rest or rest != rest.strip() or "\n" in rest:
            raise fault("pattern", f"`{value}` is not an identifier", "write the scheme, one space and the value")
        return Identifier(schemes(scheme), rest)

    return Parsed(read, {"type": "string", "pattern": _pattern(schemes)})


ActionIdentifier = Annotated[Identifier, _parsed(IdentifierScheme)]
EntityIdentifier = Annotated[Identifier, _parsed(EntityScheme)]
