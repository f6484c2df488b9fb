"""dcat.ttl (https://www.w3.org/TR/vocab-dcat-3/): what catalogues of public data harvest, as Turtle.

Addresses of files are relative to the file itself, so that they hold wherever a release is put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policytrack.package import Contributor
from policytrack.publication.imprint import Imprint, Part, license_address

PATH: Final = "dcat.ttl"
_PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def text(imprint: Imprint) -> str:
    """Return the file."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in _PREFIXES.items()]
    parts = [_block(_id(part), _distribution(part)) for part in imprint.parts]
    return "\n\n".join(["\n".join(lines), _block("<#dataset>", _dataset(imprint)), *parts]) + "\n"


def _block(subject: str, statements: Iterator[tuple[str, str]]) -> str:
    return f"{subject}\n" + " ;\n".join(f"    {name} {value}" for name, value in statements) + " ."


def _dataset(imprint: Imprint) -> Iterator[tuple[str, str]]:
    metadata = imprint.metadata
    yield "a", "dcat:Dataset"
    yield "dcterms:title", _literal(metadata.title)
    if metadata.description:
        yield "dcterms:description", _literal(metadata.description)
    yield "dcat:version", _literal(metadata.version)
    if imprint.day:
        yield "dcterms:issued", f"{_literal(imprint.day)}^^xsd:date"
    if imprint.identifier:
        yield "dcterms:identifier", _literal(imprint.identifier)
    if imprint.homepage:
        yield "dcat:landingPage", _address(imprint.homepage)
    for license in metadata.licenses:  # noqa: A001 - the word of the standard
        yield "dcterms:license", _address(license_address(license))
    for role, agents in (
        ("creator", imprint.authors),
        ("contributor", imprint.others),
        ("publisher", imprint.publishers),
    ):
        for each in agents:
            yield f"dcterms:{role}", _agent(each)
    for word in metadata.keywords:
        yield "dcat:keyword", _literal(word)
    for part in imprint.parts:
        yield "dcat:distribution", _id(part)


def _distribution(part: Part) -> Iterator[tuple[str, str]]:
    yield "a", "dcat:Distribution"
    yield "dcterms:title", _literal(part.title)
    yield "dcterms:description", _literal(part.description)
    yield "dcat:accessURL", _address(part.path)
    yield "dcat:downloadURL", _address(part.path)
    yield "dcat:mediaType", _address(f"{_MEDIA}{part.mediatype}")
    yield "dcat:byteSize", f'"{part.size}"^^xsd:nonNegativeInteger'
    algorithm = "spdx:algorithm spdx:checksumAlgorithm_sha256"
    yield "spdx:checksum", f'[ a spdx:Checksum ; {algorithm} ; spdx:checksumValue "{part.sha256}"^^xsd:hexBinary ]'


def _agent(each: Contributor) -> str:
    kind = "foaf:Person" if each.given_name or each.family_name else "foaf:Organization"
    page = f" ; foaf:homepage {_address(each.path)}" if each.path else ""
    return f"[ a {kind} ; foaf:name {_literal(each.name)}{page} ]"


def _id(part: Part) -> str:
    return f"<#{part.name}>"


def _literal(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'


def _address(value: str) -> str:
    return "<" + _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", value) + ">"
