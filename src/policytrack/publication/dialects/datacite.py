"""datacite.json (https://schema.datacite.org, 4.5): what registers a DOI.

The schema demands a year of publication. Where no release day is known there is none, and the file is a draft.
"""

from __future__ import annotations

from typing import Any, Final

from policytrack.package import Contributor
from policytrack.publication.imprint import Imprint, license_address, told
from policytrack.schemas import written

PATH: Final = "datacite.json"
_KERNEL: Final = "http://datacite.org/schema/kernel-4"


def text(imprint: Imprint) -> str:
    """Return the file."""
    metadata = imprint.metadata
    publisher = "; ".join(each.name for each in imprint.publishers)
    own = [{"alternateIdentifier": metadata.id, "alternateIdentifierType": "id"}]
    return written(
        told(
            doi=imprint.doi,
            creators=[_named(each) for each in imprint.authors],
            titles=[{"title": metadata.title}],
            publisher={"name": publisher} if publisher else {},
            publicationYear=imprint.year,
            types={"resourceType": "Data package", "resourceTypeGeneral": "Dataset"},
            subjects=[{"subject": each} for each in metadata.keywords],
            contributors=[{**_named(each), "contributorType": "Other"} for each in imprint.others],
            dates=[{"date": imprint.day, "dateType": "Issued"}] if imprint.day else [],
            alternateIdentifiers=own if metadata.id and not imprint.doi else [],
            url=imprint.homepage,
            version=metadata.version,
            rightsList=[
                told(
                    rights=each.title or each.name,
                    rightsUri=license_address(each),
                    rightsIdentifier=each.name,
                    rightsIdentifierScheme="SPDX" if each.name else "",
                )
                for each in metadata.licenses
            ],
            descriptions=[{"description": metadata.description, "descriptionType": "Abstract"}]
            if metadata.description
            else [],
            formats=sorted({part.mediatype for part in imprint.parts}),
            schemaVersion=_KERNEL,
        )
    )


def _named(each: Contributor) -> dict[str, Any]:
    affiliation = [{"name": each.organization}] if each.organization else []
    if each.given_name or each.family_name:
        name = ", ".join(part for part in (each.family_name, each.given_name) if part)
        parts = told(givenName=each.given_name, familyName=each.family_name)
        return told(name=name, nameType="Personal", **parts, affiliation=affiliation)
    return told(name=each.name, nameType="Organizational", affiliation=affiliation)
