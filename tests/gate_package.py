"""A small Data Package 2.0 that uses all that the standard knows, made to be spoilt: no fault, every type of field.

Every table stands in text that can be read here, and sizes and hashes are those of the files unless a test says
otherwise.
"""

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROFILES = "https://datapackage.org/profiles/2.0"

# name, properties of the field, three cells. Cells hold neither `;` nor `'`, which delimit and quote the table.
TYPES: list[tuple[str, dict[str, Any], tuple[str, str, str]]] = [
    ("key", {"type": "integer", "constraints": {"required": True, "unique": True}}, ("1", "2", "3")),
    (
        "text",
        {"type": "string", "constraints": {"minLength": 2, "maxLength": 9, "pattern": "[a-z ]+"}},
        ("ab", "some text", ""),
    ),
    ("mail", {"type": "string", "format": "email"}, ("a@example.org", "b@example.org", "")),
    ("address", {"type": "string", "format": "uri"}, ("https://example.org/a", "urn:isbn:0", "")),
    ("blob", {"type": "string", "format": "binary"}, ("aGVsbG8=", "", "AA==")),
    ("uuid", {"type": "string", "format": "uuid"}, ("3f2b8c1e-7a4d-4c2f-9b1a-0d6e5f4a3b2c", "", "")),
    ("number", {"type": "number", "constraints": {"minimum": -10, "maximum": "1000"}}, ("-1.5", "1e2", "0")),
    ("price", {"type": "number", "decimalChar": ",", "groupChar": "."}, ("1.234,50", "7", "0,5")),
    ("percent", {"type": "number", "bareNumber": False}, ("95%", "EUR 3.5", "-2 %")),
    ("whole", {"type": "integer", "constraints": {"exclusiveMinimum": 0, "exclusiveMaximum": 100}}, ("1", "99", "7")),
    ("grouped", {"type": "integer", "groupChar": ","}, ("1,000", "12", "0")),
    ("bare", {"type": "integer", "bareNumber": False}, ("5 km", "6km", "7")),
    ("choice", {"type": "integer", "constraints": {"enum": [1, "2", 3]}}, ("1", "2", "3")),
    ("flag", {"type": "boolean"}, ("true", "0", "")),
    ("yes", {"type": "boolean", "trueValues": ["yes", "y"], "falseValues": ["no"]}, ("yes", "no", "y")),
    (
        "thing",
        {
            "type": "object",
            "constraints": {
                "minLength": 1,
                "maxLength": 2,
                "jsonSchema": {"type": "object", "properties": {"a": {"type": "integer"}}},
            },
        },
        ('{"a": 1}', '{"b": [1.5, null]}', ""),
    ),
    ("things", {"type": "array", "constraints": {"jsonSchema": {"maxItems": 3}}}, ("[1, 2]", "[]", '["a"]')),
    ("moment", {"type": "datetime"}, ("2024-01-26T15:00:00", "2024-01-26T15:00:00.300-05:00", "")),
    ("moment_own", {"type": "datetime", "format": "%d/%m/%Y %H:%M"}, ("26/01/2024 15:00", "", "")),
    ("moment_any", {"type": "datetime", "format": "any"}, ("26 Jan 2024 3pm", "", "")),
    (
        "day",
        {"type": "date", "constraints": {"minimum": "2000-01-01", "maximum": "2030-12-31"}},
        ("2024-02-29", "2000-01-01", ""),
    ),
    ("day_own", {"type": "date", "format": "%d.%m.%y"}, ("26.01.24", "", "")),
    ("day_any", {"type": "date", "format": "any"}, ("26 Jan 2024", "", "")),
    ("hour", {"type": "time", "constraints": {"exclusiveMaximum": "20:00:00"}}, ("15:00:00", "00:00:00", "")),
    ("hour_own", {"type": "time", "format": "%H.%M"}, ("15.30", "", "")),
    ("hour_any", {"type": "time", "format": "any"}, ("3pm", "", "")),
    ("year", {"type": "year", "constraints": {"minimum": 1900}}, ("2024", "1900", "")),
    ("month", {"type": "yearmonth"}, ("2024-01", "1999-12", "")),
    ("span", {"type": "duration", "constraints": {"maximum": "P2Y"}}, ("P1Y2M3DT4H5M6.7S", "PT36H", "-P1D")),
    ("point", {"type": "geopoint"}, ("90.50, 45.50", "-180,90", "")),
    ("point_list", {"type": "geopoint", "format": "array"}, ("[90.5, 45.5]", "", "")),
    ("point_object", {"type": "geopoint", "format": "object"}, ('{"lon": 90.5, "lat": 45.5}', "", "")),
    ("shape", {"type": "geojson"}, ('{"type": "Point", "coordinates": [1, 2]}', "", "")),
    (
        "topology",
        {"type": "geojson", "format": "topojson"},
        ('{"type": "Topology", "objects": {}, "arcs": []}', "", ""),
    ),
    ("whatever", {"type": "any"}, ("x", "1", "")),
    ("untyped", {"title": "No type", "example": "x", "rdfType": "https://schema.org/Thing"}, ("x", "", "y")),
    ("colour", {"type": "string", "categories": ["red", "green", "blue"]}, ("red", "green", "")),
    (
        "level",
        {
            "type": "integer",
            "categories": [{"value": 1, "label": "low"}, {"value": 2, "label": "high"}],
            "categoriesOrdered": True,
            "constraints": {"enum": [1, 2]},
        },
        ("1", "2", ""),
    ),
    ("gap", {"type": "integer", "missingValues": ["-", "?"]}, ("-", "4", "?")),
    ("numbers", {"type": "list", "delimiter": "|", "itemType": "integer"}, ("1|2|3", "4", "")),
]

PEOPLE = '''id,name,team,boss,mail,born
1,Ada,red,,ada@example.org,1990
2,Bo,blue,1,bo@example.org,NA
3,"Cy, the ""third""",red,2,,2001
4,Dee,,1,dee@example.org,
'''
FILES: dict[str, str] = {
    "data/types.csv": "\n".join(
        [";".join(name for name, _, _ in TYPES), *(";".join(cells[row] for _, _, cells in TYPES) for row in range(3))]
    )
    + "\n",
    "data/people.csv": PEOPLE,
    "data/notes.csv": 'id,note\n1,"two\nlines"\n2,plain\n3,"a ""b"" c"\n',
    "data/teams.tsv": "code\tcity\tseats\nred\tOslo\t3\nblue\tRome\t5\n",
    "data/part-1.csv": "day,value\n2024-01-01,1\n2024-01-02,2\n",
    "data/part-2.csv": "2024-01-03,3\n",
    "data/bare.csv": "1,x\n2,y\n",
    "data/tall.csv": "fruit,fruit\nid,name\nskipped,row\n# said\n1, apple\n2,  /N\n3, pe/,ar\n",
    "data/ends.csv": "id|name!1|x!2|y!",
    "data/latin.csv": "id,name\n1,caf\u00e9\n2,na\u00efve\n",
    "data/equal.csv": "b,a\n2,1\n",
    "data/subset.csv": "c,a,b\n3,1,2\n",
    "data/superset.csv": "b\n2\n",
    "data/partial.csv": "b,z\n2,26\n",
    "data/tree.json": '{"rows": [\n{"id": 1, "up": null},\n{"id": 2, "up": 1}\n]}\n',
    "data/grid.json": '[\n["id", "name"],\n[1, "a"],\n[2, "b"]\n]\n',
    "data/lines.ndjson": '{"id": 1, "n": 1.5}\n{"id": 2, "n": null}\n',
    "data/loose.csv": "anything,goes\nhere,x\n",
    "README.md": "# Read me\n",
    "LICENSE.md": "Free for all.\n",
    "logo.svg": "<svg/>\n",
    "schemas/tree.json": json.dumps(
        {
            "fields": [{"name": "id", "type": "integer"}, {"name": "up", "type": "integer"}],
            "primaryKey": "id",
            "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "id"}}],
        },
        indent=1,
    ),
    "schemas/dialect.json": '{\n "property": "rows",\n "itemType": "object"\n}\n',
    "profile.json": json.dumps(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "allOf": [{"$ref": f"{PROFILES}/datapackage.json"}],
            "properties": {"project": {"type": "string"}},
            "required": ["project"],
        },
        indent=1,
    ),
}
ENCODED = {"data/latin.csv": "iso-8859-1"}
HASHES = {"people": "sha256", "teams": "sha1", "readme": "", "notes": "sha512", "parts": "sha256"}


def fields(*names: str, datatype: str = "integer") -> dict[str, Any]:
    return {"fields": [{"name": name, "type": datatype} for name in names]}


def named(name: str, path: object, schema: object, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "table", "path": path, **more, "schema": schema}


def descriptor() -> dict[str, Any]:
    """Return the descriptor, sizes and hashes left out."""
    types = [{"name": name, **copy.deepcopy(told)} for name, told, _ in TYPES]
    people = {
        "fields": [
            {"name": "id", "type": "integer"},
            {"name": "name", "type": "string", "constraints": {"required": True}},
            {"name": "team", "type": "string"},
            {"name": "boss", "type": "integer"},
            {"name": "mail", "type": "string", "format": "email", "constraints": {"unique": True}},
            {"name": "born", "type": "year"},
        ],
        "missingValues": [{"value": "", "label": "not told"}, {"value": "NA", "label": "not known"}],
        "primaryKey": ["id"],
        "uniqueKeys": [["name", "team"]],
        "foreignKeys": [
            {"fields": ["team"], "reference": {"resource": "teams", "fields": ["code"]}},
            {"fields": ["boss"], "reference": {"fields": ["id"]}},
        ],
    }
    teams = {
        "fields": [{"name": "code", "type": "string"}, {"name": "city"}, {"name": "seats", "type": "integer"}],
        "primaryKey": ["code"],
    }
    pair = fields("id")["fields"] + fields("name", datatype="string")["fields"]
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "everything",
        "id": "3f2b8c1e-7a4d-4c2f-9b1a-0d6e5f4a3b2c",
        "title": "Everything",
        "description": "All that the standard knows.",
        "homepage": "https://example.org/everything",
        "version": "1.0.0-rc.1",
        "created": "2024-01-26T15:00:00Z",
        "project": "a property of our own",
        "keywords": ["one", "two"],
        "image": "logo.svg",
        "licenses": [{"name": "CC0-1.0", "path": "LICENSE.md", "title": "Zero"}],
        "contributors": [
            {"title": "Everybody", "roles": ["creator"], "email": "all@example.org", "path": "https://example.org/"},
            {"givenName": "Some", "familyName": "Body", "organization": "Something"},
        ],
        "sources": [
            {"title": "A source", "path": "https://example.org/s", "email": "s@example.org", "version": "2"},
        ],
        "resources": [
            named(
                "types", "data/types.csv", {"fields": types},
                format="csv", mediatype="text/csv", encoding="utf-8",
                dialect={"delimiter": ";", "quoteChar": "'", "doubleQuote": True, "lineTerminator": "\n"},
            ),
            named("people", "data/people.csv", people, title="People", description="Who.", format="csv"),
            named("teams", "data/teams.tsv", teams, format="tsv"),
            named("notes", "data/notes.csv", {"fields": [*fields("id")["fields"], {"name": "note", "type": "string"}]}),
            named(
                "parts", ["data/part-1.csv", "data/part-2.csv"],
                {"fields": [{"name": "day", "type": "date"}, {"name": "value", "type": "integer"}]},
            ),
            named(
                "bare", "data/bare.csv", {"fields": [*fields("n")["fields"], {"name": "s", "type": "string"}]},
                dialect={"header": False},
            ),
            named(
                "tall", "data/tall.csv",
                {"fields": [{"name": "fruit-id", "type": "integer"}, {"name": "fruit-name", "type": "string"}]},
                dialect={
                    "headerRows": [1, 2], "headerJoin": "-", "commentRows": [3], "commentChar": "#",
                    "skipInitialSpace": True, "escapeChar": "/", "nullSequence": "N",
                },
            ),
            named(
                "ends", "data/ends.csv", {"fields": pair}, dialect={"delimiter": "|", "lineTerminator": "!"},
            ),
            named("latin", "data/latin.csv", {"fields": pair}, encoding="iso-8859-1"),
            *(
                named(word, f"data/{word}.csv", {"fieldsMatch": word, **fields(*names)})
                for word, names in {
                    "equal": ("a", "b"), "subset": ("a", "b"), "superset": ("a", "b"), "partial": ("a", "b"),
                }.items()
            ),
            named("tree", "data/tree.json", "schemas/tree.json", dialect="schemas/dialect.json"),
            named("grid", "data/grid.json", {"fields": pair}, format="json", mediatype="application/json"),
            named(
                "lines", "data/lines.ndjson",
                {"fields": [*fields("id")["fields"], {"name": "n", "type": "number"}], "primaryKey": ["id"]},
            ),
            {
                "name": "inline", "type": "table", "data": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
                "schema": {"fields": pair, "primaryKey": ["id"]},
            },
            {"name": "matrix", "type": "table", "data": [["id", "name"], [1, "a"]], "schema": {"fields": pair}},
            {"name": "within", "type": "table", "data": "id,name\n1,a\n", "format": "csv", "schema": {"fields": pair}},
            {"name": "loose", "path": "data/loose.csv"},
            {
                "name": "readme", "path": "README.md", "homepage": "https://example.org/readme",
                "licenses": [{"name": "MIT"}], "sources": [{"path": "LICENSE.md"}], "mediatype": "text/markdown",
            },
        ],
    }  # fmt: skip


def raw_files() -> dict[str, bytes]:
    """Return the files that are not the descriptor."""
    return {path: text.encode(ENCODED.get(path, "utf-8")) for path, text in FILES.items()}


def sealed(told: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """Put sizes and hashes of the files into a descriptor, for the resources that state them."""
    for each in told.get("resources", ()):
        if isinstance(each, dict) and each.get("name") in HASHES and "path" in each:
            paths = each["path"] if isinstance(each["path"], list) else [each["path"]]
            content = b"".join(files.get(path, b"") for path in paths)
            word = HASHES[each["name"]]
            made = hashlib.new(word or "md5", content, usedforsecurity=False).hexdigest()
            each.setdefault("bytes", len(content))
            each.setdefault("hash", f"{word}:{made}" if word else made)
    return told


def text_of(told: object) -> str:
    """Return a descriptor as it is laid down: one value to a line, so that each has a place of its own."""
    return json.dumps(told, indent=1) + "\n"


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    for path, raw in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    return folder


def good() -> dict[str, bytes]:
    """Return all files of the package, without a fault."""
    files = raw_files()
    return {**files, "datapackage.json": text_of(sealed(descriptor(), files)).encode()}


def index(name: str) -> int:
    """Return the number of a resource."""
    return next(number for number, each in enumerate(descriptor()["resources"]) if each["name"] == name)


def resources() -> Iterator[str]:
    return (each["name"] for each in descriptor()["resources"])
