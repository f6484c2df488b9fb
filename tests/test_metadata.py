"""All dialects of metadata say the same, nothing that nobody wrote, and describe the files that are there."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import packages
from metadata_dialects import DCAT, READERS, SDO, from_descriptor
from policytrack.package import Composed, Metadata, check_package, save
from policytrack.publication import publish
from policytrack.publication.dialects import DIALECTS
from policytrack.publication.imprint import Imprint
from policytrack.tables import TABLES

# Of rdflib's own making.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = Path(__file__).parent.parent
ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
SPARE: dict[str, Any] = {
    "name": "policytrack",
    "title": "A title",
    "version": "0.1.0",
    "licenses": [{"name": "CC-BY-4.0", "path": ADDRESS}],
    "contributors": [{"title": "policytrack contributors", "roles": ["creator"]}],
}
FULL: dict[str, Any] = {
    **SPARE,
    "title": 'A "title": with, # marks & <tags> \\ 漢字',
    "description": "Two\nlines: the second's {odd} & <b>bold</b> 'quotes' \"double\".",
    "id": "https://doi.org/10.5555/abc.123",
    "homepage": "https://example.org/data?a=b&c=d",
    "keywords": ["one", "a: b", "no", "2020-01-01"],
    "contributors": [
        {"givenName": "Ada", "familyName": "Example", "roles": ["author"], "organization": "An institute"},
        {"title": "policytrack contributors", "roles": ["creator", "publisher"], "path": "https://example.org/"},
        {"title": "Somebody else", "roles": ["wrangler"], "email": "somebody@example.org"},
    ],
}
OTHER = {**SPARE, "id": "urn:example:1", "version": "10.20.30-rc.1"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    return publish(packages.nasty(packages.rooted(tmp_path_factory.mktemp("root"))))


def said(path: str, block: Mapping[str, Any], day: str) -> Any:
    text = DIALECTS[path](Imprint(Metadata.of(block), day))
    return READERS[path](text.encode())


def expected(path: str, block: Mapping[str, Any], day: str) -> Any:
    """Return what the descriptor says; linked data name a licence by its address."""
    told = from_descriptor(block, day)
    linked = path.endswith((".jsonld", ".ttl", "croissant.json"))
    return replace(told, licenses=frozenset([ADDRESS])) if linked else told


@pytest.mark.parametrize("path", DIALECTS)
@pytest.mark.parametrize("day", ["2026-11-22", ""])
@pytest.mark.parametrize("block", [SPARE, FULL, OTHER], ids=["spare", "full", "other"])
def test_a_dialect_says_what_the_descriptor_says(path: str, day: str, block: Mapping[str, Any]) -> None:
    assert said(path, block, day) == expected(path, block, day)


# White space at the ends, and line ends other than LF, are not what a title has.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(str.strip).filter(bool)


@settings(deadline=None, max_examples=25)
@given(title=WORDS, description=WORDS, keywords=st.lists(WORDS, max_size=3, unique=True), day=st.dates())
def test_all_dialects_agree_whatever_the_words(title: str, description: str, keywords: list[str], day: Any) -> None:
    block = {**SPARE, "title": title, "description": description, "keywords": keywords}
    for path in DIALECTS:
        assert said(path, block, day.isoformat()) == expected(path, block, day.isoformat()), path


@pytest.mark.parametrize("path", DIALECTS)
def test_what_nobody_wrote_is_left_out(path: str) -> None:
    # The year of a vocabulary's address is no date of ours.
    text = DIALECTS[path](Imprint(Metadata.of(SPARE))).replace("2001/XMLSchema", "")
    assert not re.search(r"doi|homepage|landingPage|issued|released|datePublished|null|\b20[0-9]{2}\b", text)


def test_a_doi_is_known_in_every_form() -> None:
    for form in ("10.5555/abc", "doi:10.5555/abc", "https://doi.org/10.5555/abc", "http://dx.doi.org/10.5555/abc"):
        assert Imprint(Metadata.of({**SPARE, "id": form})).identifier == "https://doi.org/10.5555/abc"
        found = Imprint(Metadata.of({**SPARE, "homepage": form}))
        assert (found.doi, found.homepage) == ("10.5555/abc", "")
    assert Imprint(Metadata.of({**SPARE, "id": "https://example.org/10.5555/abc"})).doi == ""


def test_the_dialects_of_a_release_agree_and_name_its_files(made: Composed) -> None:
    descriptor = json.loads(made.files["datapackage.json"])
    told = {path: read(made.files[path]) for path, read in READERS.items()}
    assert {(each.title, each.version, each.day, each.authors, each.identifier) for each in told.values()} == {
        (descriptor["title"], descriptor["version"], "", ("policytrack contributors",), "")
    }
    hashes = {each["path"]: each["hash"].removeprefix("sha256:") for each in descriptor["resources"]}
    assert {path: sha256(made.files[path]).hexdigest() for path in hashes} == hashes
    page = json.loads(made.files["dataset.jsonld"])
    assert {each["contentUrl"]: each["sha256"] for each in page["distribution"]} == hashes
    croissant = json.loads(made.files["croissant.json"])
    assert {each["contentUrl"]: each["sha256"] for each in croissant["distribution"]} == hashes
    catalogue = rdflib.Graph().parse(data=made.files["dcat.ttl"], format="turtle", publicID="https://example.org/r/")
    found = {str(each).removeprefix("https://example.org/r/") for each in catalogue.objects(None, DCAT.downloadURL)}
    assert found == set(hashes)
    sums = {str(each) for each in catalogue.objects(None, rdflib.URIRef("http://spdx.org/rdf/terms#checksumValue"))}
    assert sums == set(hashes.values())


def test_linked_data_name_the_parts_by_the_words_of_their_vocabularies(made: Composed) -> None:
    graph = rdflib.Graph().parse(data=made.files["dataset.jsonld"], format="json-ld")
    assert len(set(graph.subjects(rdflib.RDF.type, SDO.DataDownload))) == len(TABLES)
    catalogue = rdflib.Graph().parse(data=made.files["dcat.ttl"], format="turtle")
    assert len(set(catalogue.subjects(rdflib.RDF.type, DCAT.Distribution))) == len(TABLES)


def test_croissant_has_every_column_with_its_type_and_no_reference(made: Composed) -> None:
    croissant = json.loads(made.files["croissant.json"])
    kinds = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}
    assert {
        each["@id"]: [(field["source"]["extract"]["column"], field["dataType"]) for field in each["field"]]
        for each in croissant["recordSet"]
    } == {
        name: [(column.name, f"sc:{kinds[column.datatype]}") for column in table.columns]
        for name, table in TABLES.items()
    }
    assert "references" not in json.dumps(croissant["recordSet"])


# The profile: what a descriptor of ours promises


def altered(descriptor: dict[str, Any], change: str) -> None:
    first = descriptor["resources"][0]
    match change:
        case "a table less":
            descriptor["resources"].pop(3)
        case "a table more":
            descriptor["resources"].append({**first, "name": "mine", "path": "data/mine.csv"})
        case "another type":
            first["schema"]["fields"][1]["type"] = "integer"
        case "columns exchanged":
            first["schema"]["fields"][:2] = reversed(first["schema"]["fields"][:2])
        case "another key":
            first["schema"]["primaryKey"] = [first["schema"]["fields"][1]["name"]]
        case "no licence":
            del descriptor["licenses"]
        case "another name":
            descriptor["name"] = "policytrack-of-somebody"
        case _:
            first["hash"] = first["hash"].upper()


@pytest.mark.parametrize(
    "change",
    [
        *("a table less", "a table more", "another type", "columns exchanged"),
        *("another key", "no licence", "another name", "hash in capitals"),
    ],
)
def test_the_profile_refuses_the_descriptor_of_something_else(made: Composed, tmp_path: Path, change: str) -> None:
    folder = save(made, tmp_path / "out").folder
    assert check_package(folder) == []
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    altered(descriptor, change)
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2), encoding="utf-8")
    assert "PT048" in {finding.code for finding in check_package(folder)}


# The citation at the root


def test_the_citation_at_the_root_is_of_the_release_at_the_root() -> None:
    file = ROOT / "CITATION.cff"
    if not (ROOT / "data" / "actions.csv").exists():
        assert not file.exists()
        return
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    chain = json.loads((ROOT / "data/history/versions.json").read_text(encoding="utf-8"))["versions"]
    if not file.exists():
        # The release of this state was made before citations were written.
        assert descriptor["version"] == "0.1.0"
        return
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert (told["version"], told["date-released"]) == (descriptor["version"], chain[-1]["released"])
