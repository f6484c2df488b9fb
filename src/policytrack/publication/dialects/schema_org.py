"""dataset.jsonld (https://schema.org/Dataset): what search engines for data read, once it stands in a page."""

from __future__ import annotations

from typing import Any, Final

from policytrack.package import Contributor
from policytrack.publication.imprint import Imprint, license_address, told
from policytrack.schemas import written

PATH: Final = "dataset.jsonld"
# Inline, so that no reader has to fetch a context.
CONTEXT: Final = {"@vocab": "https://schema.org/"}


def text(imprint: Imprint) -> str:
    """Return the file."""
    parts = [
        told(
            **{"@type": "DataDownload"},
            name=part.title,
            description=part.description,
            contentUrl=part.path,
            encodingFormat=part.mediatype,
            contentSize=f"{part.size} B",
            sha256=part.sha256,
        )
        for part in imprint.parts
    ]
    return written({"@context": CONTEXT, "@type": "Dataset", **told(**head(imprint), distribution=parts)})


def head(imprint: Imprint) -> dict[str, Any]:
    """Return what describes the data set as a whole; Croissant says it in the same words."""
    metadata = imprint.metadata
    addresses = [license_address(each) for each in metadata.licenses]
    return {
        "name": metadata.title,
        "description": metadata.description,
        "version": metadata.version,
        "datePublished": imprint.day,
        "license": addresses[0] if len(addresses) == 1 else addresses,
        "creator": [agent(each) for each in imprint.authors],
        "contributor": [agent(each) for each in imprint.others],
        "keywords": list(metadata.keywords),
        "identifier": imprint.identifier,
        "url": imprint.homepage,
    }


def agent(each: Contributor) -> dict[str, Any]:
    """Return a person or an organization."""
    person = bool(each.given_name or each.family_name)
    return {
        "@type": "Person" if person else "Organization",
        **told(
            name=each.name,
            givenName=each.given_name,
            familyName=each.family_name,
            url=each.path,
            email=each.email,
            affiliation={"@type": "Organization", "name": each.organization} if each.organization else {},
        ),
    }
