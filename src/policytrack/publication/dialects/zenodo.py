""".zenodo.json: what the archive Zenodo takes over when a release is deposited there."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from policytrack.package import Contributor
from policytrack.publication.imprint import Imprint, told
from policytrack.schemas import written

PATH: Final = ".zenodo.json"


def text(imprint: Imprint) -> str:
    """Return the file."""
    metadata = imprint.metadata
    homepage = [{"identifier": imprint.homepage, "relation": "isDocumentedBy"}] if imprint.homepage else []
    other = [{"identifier": imprint.identifier, "relation": "isIdenticalTo"}]
    return written(
        told(
            title=metadata.title,
            # The archive reads the description as HTML.
            description=f"<p>{escape(metadata.description, quote=False)}</p>" if metadata.description else "",
            upload_type="dataset",
            access_right="open",
            version=metadata.version,
            publication_date=imprint.day,
            creators=[_creator(each) for each in imprint.authors],
            contributors=[{**_creator(each), "type": "Other"} for each in imprint.others],
            license=imprint.license.name.lower() if imprint.license else "",
            keywords=list(metadata.keywords),
            doi=imprint.doi,
            related_identifiers=homepage + ([] if imprint.doi or not imprint.identifier else other),
        )
    )


def _creator(each: Contributor) -> dict[str, Any]:
    parts = [part for part in (each.family_name, each.given_name) if part]
    return told(name=", ".join(parts) or each.name, affiliation=each.organization)
