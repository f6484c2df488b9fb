"""The dialects of metadata that catalogues and reference managers read, one module for each, all from one imprint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from policytrack.publication.dialects import cff, croissant, datacite, dcat, schema_org, zenodo
from policytrack.publication.imprint import Imprint

DIALECTS: Final[dict[str, Callable[[Imprint], str]]] = {
    cff.PATH: cff.text,
    zenodo.PATH: zenodo.text,
    datacite.PATH: datacite.text,
    croissant.PATH: croissant.text,
    schema_org.PATH: schema_org.text,
    dcat.PATH: dcat.text,
}


def written(imprint: Imprint) -> dict[str, bytes]:
    """Return every dialect: path to bytes."""
    return {path: text(imprint).encode() for path, text in DIALECTS.items()}
