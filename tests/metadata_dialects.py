"""What each dialect of metadata says of an edition, read by a reader that knows nothing of how it was written."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

import rdflib
import yaml
from rdflib.namespace import DCTERMS, FOAF

SDO = rdflib.Namespace("https://schema.org/")
# That of rdflib is an older edition.
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@dataclass(frozen=True)
class Said:
    """What a dialect says; a licence by its address or its SPDX id, whichever the dialect has, in lower case."""

    title: str
    description: str
    version: str
    day: str
    licenses: frozenset[str]
    authors: tuple[str, ...]
    identifier: str
    homepage: str
    keywords: frozenset[str]


def from_cff(raw: bytes) -> Said:
    told = yaml.safe_load(raw)
    names = [
        each.get("name") or " ".join(filter(None, (each.get("given-names"), each.get("family-names"))))
        for each in told["authors"]
    ]
    licenses = told.get("license", [])
    identifier = f"https://doi.org/{told['doi']}" if "doi" in told else ""
    others = [each["value"] for each in told.get("identifiers", [])]
    return Said(
        told["title"],
        told.get("abstract", ""),
        told["version"],
        told.get("date-released", ""),
        frozenset(each.lower() for each in ([licenses] if isinstance(licenses, str) else licenses)),
        tuple(sorted(names)),
        identifier or "".join(others),
        told.get("url", ""),
        frozenset(told.get("keywords", [])),
    )


def from_zenodo(raw: bytes) -> Said:
    told = json.loads(raw)
    related = {each["relation"]: each["identifier"] for each in told.get("related_identifiers", [])}
    return Said(
        told["title"],
        unescape(told.get("description", "").removeprefix("<p>").removesuffix("</p>")),
        told["version"],
        told.get("publication_date", ""),
        frozenset([told["license"]]),
        tuple(sorted(" ".join(reversed(each["name"].split(", "))) for each in told["creators"])),
        f"https://doi.org/{told['doi']}" if "doi" in told else related.get("isIdenticalTo", ""),
        related.get("isDocumentedBy", ""),
        frozenset(told.get("keywords", [])),
    )


def from_datacite(raw: bytes) -> Said:
    told = json.loads(raw)
    own = [each["alternateIdentifier"] for each in told.get("alternateIdentifiers", [])]
    days = [each["date"] for each in told.get("dates", []) if each["dateType"] == "Issued"]
    assert told.get("publicationYear", "") == "".join(days)[:4]
    return Said(
        told["titles"][0]["title"],
        "".join(each["description"] for each in told.get("descriptions", [])),
        told["version"],
        "".join(days),
        frozenset(each["rightsIdentifier"].lower() for each in told["rightsList"]),
        tuple(sorted(" ".join(reversed(each["name"].split(", "))) for each in told["creators"])),
        f"https://doi.org/{told['doi']}" if "doi" in told else "".join(own),
        told.get("url", ""),
        frozenset(each["subject"] for each in told.get("subjects", [])),
    )


def from_schema_org(raw: bytes) -> Said:
    graph = rdflib.Graph().parse(data=raw, format="json-ld")
    (subject,) = graph.subjects(rdflib.RDF.type, SDO.Dataset)
    names = {str(name) for each in graph.objects(subject, SDO.creator) for name in graph.objects(each, SDO.name)}
    return Said(
        _one(graph, subject, SDO.name),
        _one(graph, subject, SDO.description),
        _one(graph, subject, SDO.version),
        _one(graph, subject, SDO.datePublished),
        frozenset(str(each) for each in graph.objects(subject, SDO.license)),
        tuple(sorted(names)),
        _one(graph, subject, SDO.identifier),
        _one(graph, subject, SDO.url),
        frozenset(str(each) for each in graph.objects(subject, SDO.keywords)),
    )


def from_dcat(raw: bytes) -> Said:
    graph = rdflib.Graph().parse(data=raw, format="turtle")
    (subject,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    names = {str(name) for each in graph.objects(subject, DCTERMS.creator) for name in graph.objects(each, FOAF.name)}
    return Said(
        _one(graph, subject, DCTERMS.title),
        _one(graph, subject, DCTERMS.description),
        _one(graph, subject, DCAT.version),
        _one(graph, subject, DCTERMS.issued),
        frozenset(str(each) for each in graph.objects(subject, DCTERMS.license)),
        tuple(sorted(names)),
        _one(graph, subject, DCTERMS.identifier),
        _one(graph, subject, DCAT.landingPage),
        frozenset(str(each) for each in graph.objects(subject, DCAT.keyword)),
    )


def from_descriptor(descriptor: Mapping[str, Any], day: str) -> Said:
    """Return what the descriptor says, by the plain words of the standard."""
    writing = [each for each in descriptor["contributors"] if {"creator", "author"} & set(each.get("roles", []))]
    names = [
        each.get("title") or f"{each.get('givenName', '')} {each.get('familyName', '')}".strip() for each in writing
    ]
    return Said(
        descriptor["title"],
        descriptor.get("description", ""),
        descriptor["version"],
        day,
        frozenset(each["name"].lower() for each in descriptor["licenses"]),
        tuple(sorted(names)),
        descriptor.get("id", ""),
        descriptor.get("homepage", ""),
        frozenset(descriptor.get("keywords", [])),
    )


def _one(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> str:
    found = [str(each) for each in graph.objects(subject, predicate)]
    assert len(found) <= 1, (predicate, found)
    return "".join(found)


READERS: dict[str, Callable[[bytes], Said]] = {
    "CITATION.cff": from_cff,
    ".zenodo.json": from_zenodo,
    "datacite.json": from_datacite,
    "croissant.json": from_schema_org,
    "dataset.jsonld": from_schema_org,
    "dcat.ttl": from_dcat,
}
