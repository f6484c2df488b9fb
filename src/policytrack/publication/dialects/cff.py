"""CITATION.cff (https://citation-file-format.github.io, 1.2.0): what code hosts and reference managers cite from."""

from __future__ import annotations

from typing import Any, Final

import yaml

from policytrack.package import Contributor
from policytrack.package.edition import is_unreleased
from policytrack.publication.imprint import Imprint, told

PATH: Final = "CITATION.cff"
_CITE: Final = "Cite the release that was used, by its version."
_UNRELEASED: Final = (
    "These data are not those of {release} and were not released. Cite a release; else say unreleased, and name the "
    "commit that provenance.intoto.jsonl names."
)


def text(imprint: Imprint) -> str:
    """Return the file."""
    metadata = imprint.metadata
    names = [each.name for each in metadata.licenses if each.name]
    content = told(
        **{"cff-version": "1.2.0"},
        message=_UNRELEASED.format(release=metadata.release) if is_unreleased(metadata.version) else _CITE,
        type="dataset",
        title=metadata.title,
        abstract=metadata.description,
        version=metadata.version,
        **{"date-released": imprint.day},
        authors=[_author(each) for each in imprint.authors],
        doi=imprint.doi,
        identifiers=[] if imprint.doi else _identifiers(imprint),
        url=imprint.homepage,
        license=names[0] if len(names) == 1 else names,
        **{"license-url": "" if names else "".join(each.path for each in metadata.licenses[:1])},
        keywords=list(metadata.keywords),
    )
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def _author(each: Contributor) -> dict[str, Any]:
    address = each.path if each.path.startswith(("https://", "http://")) else ""
    if each.given_name or each.family_name:
        names = {"family-names": each.family_name, "given-names": each.given_name}
        return told(**names, email=each.email, website=address, affiliation=each.organization)
    return told(name=each.name, email=each.email, website=address)


def _identifiers(imprint: Imprint) -> list[dict[str, str]]:
    value = imprint.identifier
    kind = "url" if value.startswith(("https://", "http://")) else "other"
    return [{"type": kind, "value": value}] if value else []
