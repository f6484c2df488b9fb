"""croissant.json (https://docs.mlcommons.org/croissant, 1.0): each table as a record set that machine learning loads.

Foreign keys are left out: mlcroissant finds a reference of a table to itself, or two of one table, valid and then
fails to load the table. `datapackage.json` has them all.
"""

from __future__ import annotations

from typing import Any, Final

from policytrack.publication.dialects.schema_org import head
from policytrack.publication.imprint import Imprint, Part, told
from policytrack.schemas import written
from policytrack.tables import TABLES, Column, Table

PATH: Final = "croissant.json"
# The context of the standard, word for word: readers compare it.
_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Final = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def text(imprint: Imprint) -> str:
    """Return the file."""
    tables = [part for part in imprint.parts if part.table]
    content = told(
        **head(imprint),
        citeAs=imprint.citation,
        distribution=[_file(part) for part in tables],
        recordSet=[_records(TABLES[part.name]) for part in tables if part.name in TABLES],
    )
    start = {"@context": _CONTEXT, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0"}
    return written({**start, **content})


def _file(part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{part.name}.csv",
        "name": f"{part.name}.csv",
        "description": part.description,
        "contentUrl": part.path,
        "contentSize": f"{part.size} B",
        "encodingFormat": part.mediatype,
        "sha256": part.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    keys = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.told.description,
        "dataType": _TYPES[column.datatype],
        "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}},
    }
