"""Faults planted into the small package, one at a time: what each breaks, and the code, key and place of its finding."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gate_package
from gate_package import TYPES, index

Steps = tuple[str | int, ...]
GONE = object()
_HERE = "@@here@@"


@dataclass
class Draft:
    """The package while it is being spoilt: its descriptor as data, and its other files."""

    told: dict[str, Any] = field(default_factory=gate_package.descriptor)
    files: dict[str, bytes] = field(default_factory=gate_package.raw_files)

    def put(self, pointer: str, value: Any) -> None:
        *way, last = steps(pointer)
        holder: Any = self.told
        for step in way:
            holder = holder[step]
        if value is GONE:
            del holder[last]
        elif isinstance(holder, list) and last == len(holder):
            holder.append(value)
        else:
            holder[last] = value


@dataclass(frozen=True)
class Mutant:
    """One fault. ``place`` is a JSON pointer into the descriptor, or path, line and column."""

    code: str
    key: str
    change: Callable[[Draft], None]
    place: str | tuple[str, int, int]
    raw: bytes | None = None

    def planted(self) -> tuple[dict[str, bytes], tuple[str, int, int]]:
        """Return the files of the spoilt package, and where the finding belongs."""
        draft = Draft()
        self.change(draft)
        told = gate_package.sealed(draft.told, draft.files)
        files = {**draft.files, "datapackage.json": gate_package.text_of(told).encode()}
        if self.raw is not None:
            files["datapackage.json"] = self.raw
        place = self.place if isinstance(self.place, tuple) else spot(told, self.place)
        return {path: raw for path, raw in files.items() if raw != b"@@gone@@"}, place


def steps(pointer: str) -> Steps:
    """Return the steps of a pointer; a resource may be named instead of counted."""
    found: list[str | int] = []
    for step in pointer.split("/"):
        if step.startswith("@"):
            found += ["resources", index(step[1:])]
        elif step.startswith("."):
            found += ["schema", "fields", next(number for number, each in enumerate(TYPES) if each[0] == step[1:])]
        elif step:
            found.append(int(step) if step.isdigit() else step)
    return tuple(found)


def spot(told: dict[str, Any], pointer: str) -> tuple[str, int, int]:
    """Return where a value of a descriptor stands, found by laying a sign in its stead."""
    if not pointer:
        return ("datapackage.json", 1, 1)
    marked = copy.deepcopy(told)
    *way, last = steps(pointer)
    holder: Any = marked
    for step in way:
        holder = holder[step]
    holder[last] = _HERE
    lines = gate_package.text_of(marked).split("\n")
    number = next(number for number, line in enumerate(lines) if _HERE in line)
    return ("datapackage.json", number + 1, len(lines[number]) - len(lines[number].lstrip()) + 1)


MUTANTS: list[Mutant] = []


def told(code: str, key: str, pointer: str, value: Any, place: str | None = None) -> None:
    """Add a mutant of one value of the descriptor."""
    MUTANTS.append(Mutant(code, key, lambda draft: draft.put(pointer, value), pointer if place is None else place))


def both(code: str, key: str, place: str, *changes: tuple[str, Any]) -> None:
    """Add a mutant for which several values have to change."""

    def change(draft: Draft) -> None:
        for pointer, value in changes:
            draft.put(pointer, value)

    MUTANTS.append(Mutant(code, key, change, place))


def text(code: str, key: str, path: str, old: str, new: str, line: int, column: int) -> None:
    """Add a mutant of the text of a file, which ``old`` finds once."""
    encoding = gate_package.ENCODED.get(path, "utf-8")

    def change(draft: Draft) -> None:
        raw = draft.files[path]
        assert raw.count(old.encode(encoding)) == 1, (key, old)
        draft.files[path] = raw.replace(old.encode(encoding), new.encode("latin-1" if "\xff" in new else encoding))

    MUTANTS.append(Mutant(code, key, change, (path, line, column)))


def cell(key: str, column: str, value: str, row: int = 0) -> None:
    """Add a mutant of a cell of the table that has all types."""
    number = next(number for number, each in enumerate(TYPES) if each[0] == column)
    before = [each[2][row] for each in TYPES[:number]]
    place = ("data/types.csv", row + 2, len("".join(before)) + len(before) + 1)

    def change(draft: Draft) -> None:
        lines = draft.files["data/types.csv"].decode().split("\n")
        cells = [each[2][row] for each in TYPES]
        cells[number] = value
        lines[row + 1] = ";".join(cells)
        draft.files["data/types.csv"] = "\n".join(lines).encode()

    MUTANTS.append(Mutant("PT042", key, change, place))


def gone(path: str) -> Callable[[Draft], None]:
    return lambda draft: draft.files.__setitem__(path, b"@@gone@@")


def of_raw(key: str, raw: bytes, line: int, column: int, code: str = "PT040") -> None:
    """Add a mutant of the bytes of the descriptor."""
    MUTANTS.append(Mutant(code, key, lambda _: None, ("datapackage.json", line, column), raw))


# The bytes of the descriptor
_GOOD = gate_package.good()["datapackage.json"]
of_raw("json.syntax", b'{"resources": [}', 1, 16)
of_raw("json.encoding", _GOOD.replace(b'"Everything"', b'"Every\xffthing"'), 5, 17)
of_raw("json.mark", b"\xef\xbb\xbf" + _GOOD, 1, 1)
of_raw("json.deep", b'{"resources": ' + b"[" * 200 + b"]" * 200 + b"}", 1, 1)
of_raw("json.large", b" " * (2**24 + 1), 1, 1)
of_raw("json.number", _GOOD.replace(b'"a property of our own"', b'"a", "x": NaN'), 10, 23)
of_raw("json.twice", _GOOD.replace(b' "title": "Everything",', b' "title": "Everything", "title": "Again",', 1), 5, 25)
of_raw("descriptor.object", b"[]\n", 1, 1)
of_raw("descriptor.missing", b"@@gone@@", 1, 1)

# The package's own block
for name in ("name", "id", "title", "description", "version"):
    told("PT040", f"package.{name}", name, 5)
told("PT040", "package.$schema", "$schema", 2)
both("PT040", "package.profile", "profile", ("profile", 2))
told("PT040", "package.homepage", "homepage", "example.org")
told("PT040", "package.created", "created", "2024-01-26")
told("PT040", "package.keywords", "keywords", "one, two")
told("PT040", "package.image", "image", [])
told("PT040", "package.licenses", "licenses", [])
told("PT040", "package.contributors", "contributors", {"title": "Everybody"})
told("PT040", "package.sources", "sources", "https://example.org/")
told("PT040", "package.empty", "resources", GONE, "")
told("PT040", "package.resources", "resources", [])
both("PT050", "package.unknown", "licences", ("licenses", GONE), ("licences", []))
told("PT050", "package.name.case", "name", "Every Thing")
told("PT050", "package.version.semver", "version", "1.0")
for name, wrong in {
    "title": 1,
    "path": "everybody.html",
    "email": "everybody",
    "roles": "creator",
}.items():
    told("PT040", f"contributor.{name}", f"contributors/0/{name}", wrong)
for name in ("givenName", "familyName", "organization"):
    told("PT040", f"contributor.{name}", f"contributors/1/{name}", ["x"])
told("PT040", "contributor.object", "contributors/2", "Nobody")
told("PT040", "contributor.empty", "contributors/2", {})
told("PT050", "contributor.unknown", "contributors/1/titel", "x")
told("PT050", "contributor.role.old", "contributors/1/role", "creator")
told("PT040", "license.name", "licenses/0/name", "CC 0")
told("PT040", "license.path", "licenses/0/path", 0)
told("PT040", "license.title", "licenses/0/title", 0)
told("PT040", "license.object", "licenses/1", "MIT")
told("PT040", "license.empty", "licenses/1", {})
told("PT040", "license.nameless", "licenses/1", {"title": "Free"})
both("PT050", "license.unknown", "licenses/0/titel", ("licenses/0/title", GONE), ("licenses/0/titel", "x"))
told("PT050", "link.missing", "licenses/0/path", "COPYING.md")
told("PT040", "source.title", "sources/0/title", "")
told("PT040", "source.path", "sources/0/path", None)
told("PT040", "source.email", "sources/0/email", "s at example.org")
told("PT040", "source.version", "sources/0/version", 2)
told("PT040", "source.object", "sources/1", "x")
told("PT040", "source.empty", "sources/1", {})
told("PT050", "source.unknown", "sources/1", {"titel": "x"}, "sources/1/titel")

# Profiles
told("PT048", "profile.kind", "$schema", f"{gate_package.PROFILES}/tableschema.json")
told("PT048", "profile.version", "$schema", "https://datapackage.org/profiles/9.0/datapackage.json")
told("PT048", "profile.missing", "$schema", "own.json")
told("PT048", "profile.path", "$schema", "../own.json")
told("PT048", "profile.broken", "project", 7)
told("PT051", "unread.profile", "$schema", "https://example.org/elsewhere.json")
text("PT048", "profile.form", "profile.json", '"type": "string"', '"type": "text"', 1, 1)
both("PT040", "package.tabular", "@loose", ("$schema", GONE), ("profile", "tabular-data-package"), *(
    (f"resources/{number}/profile", "tabular-data-resource")
    for number, each in enumerate(gate_package.resources()) if each not in {"loose", "readme"}
), ("@readme", {"name": "x", "profile": "tabular-data-resource", "data": [{"id": 1}], "schema": gate_package.fields("id")}),
)  # fmt: skip

# Resources
told("PT040", "resource.nameless", "@loose/name", GONE, "@loose")
for name, wrong in {
    "$schema": 1,
    "profile": 1,
    "name": 1,
    "type": "tabel",
    "title": 1,
    "description": 1,
    "homepage": "readme",
    "format": 1,
    "mediatype": "csv",
    "encoding": "utf-9",
    "bytes": "12",
    "hash": 12,
    "sources": 1,
    "licenses": [],
}.items():
    told("PT040", f"resource.{name}", f"@readme/{name}", wrong)
told("PT050", "resource.unknown", "@readme/decription", "x")
told("PT050", "resource.name.case", "@loose/name", "Loose")
told("PT040", "resource.twice", "@loose/name", "matrix")
told("PT040", "resource.object", "@loose", "data/loose.csv")
told("PT040", "resource.empty", "@loose/path", GONE, "@loose")
told("PT040", "resource.both", "@loose/data", [])
told("PT040", "resource.path", "@loose/path", [])
told("PT040", "resource.mixed", "@parts/path/1", "https://example.org/part-2.csv", "@parts/path")
told("PT040", "resource.tabular", "@loose/profile", "tabular-data-resource", "@loose")
told("PT050", "resource.mediatype.other", "@people/mediatype", "application/json")
for key, path in {
    "control": "data/lo\tose.csv",
    "backslash": "data\\loose.csv",
    "absolute": "/data/loose.csv",
    "scheme": "file:data/loose.csv",
    "parent": "data/../data/loose.csv",
    "plain": "./data/loose.csv",
}.items():
    told("PT040", f"path.{key}", "@loose/path", path)
told("PT041", "file.missing", "@loose/path", "data/lose.csv")
told("PT041", "file.kind", "@loose/path", "data")
told("PT041", "file.bytes", "@people/bytes", 3, "")
told("PT041", "file.hash", "@people/hash", f"sha256:{'0' * 64}", "")
for number in (-2, -1):
    MUTANTS[number] = Mutant(*(MUTANTS[number].code, MUTANTS[number].key, MUTANTS[number].change), ("data/people.csv", 1, 1))
told("PT040", "hash.form", "@people/hash", "sha256:xyz")
told("PT040", "hash.digits", "@people/hash", "sha256:00")
told("PT050", "hash.algorithm", "@people/hash", "crc32:00000000")
told("PT051", "unread.remote", "@loose/path", "https://example.org/loose.csv")
told("PT051", "unread.descriptor", "@loose/dialect", "https://example.org/dialect.json")
both("PT051", "unread.format", "@loose/path", ("@loose/path", "README.md"), ("@loose/type", "table"))
told("PT040", "data.kind", "@inline/data", 5)
told("PT040", "data.format", "@within/format", GONE, "@within/data")


def compressed(draft: Draft) -> None:
    draft.files["data/loose.csv.gz"] = b"\x1f\x8b"
    draft.told["resources"][index("loose")] |= {"path": "data/loose.csv.gz", "type": "table"}


MUTANTS.append(Mutant("PT051", "unread.compressed", compressed, "@loose/path"))


def renamed(draft: Draft) -> None:
    draft.files["data/loose.tsv"] = b"anything\there\nx\ty\n"
    draft.told["resources"][index("loose")] |= {"path": "data/loose.tsv", "format": "csv", "dialect": {"delimiter": "\t"}}


MUTANTS.append(Mutant("PT050", "resource.format.other", renamed, "@loose/format"))

# Dialects
for name, wrong in {
    "$schema": 1,
    "title": 1,
    "description": 1,
    "header": "yes",
    "headerRows": [0],
    "headerJoin": 1,
    "commentRows": 3,
    "commentChar": "",
    "delimiter": "",
    "lineTerminator": 10,
    "quoteChar": "''",
    "doubleQuote": 1,
    "escapeChar": "//",
    "nullSequence": 0,
    "skipInitialSpace": "no",
    "property": "",
    "itemType": "list",
    "itemKeys": [],
    "sheetNumber": 0,
    "sheetName": 1,
    "table": 1,
    "caseSensitiveHeader": "no",
}.items():
    told("PT046", f"dialect.{name}", f"@loose/dialect", {name: wrong}, f"@loose/dialect/{name}")
told("PT046", "dialect.object", "@loose/dialect", [])
told("PT050", "dialect.unknown", "@loose/dialect", {"delimeter": ","}, "@loose/dialect/delimeter")
told("PT046", "dialect.delimiter.twice", "@loose/dialect", {"delimiter": '"'}, "@loose/dialect/delimiter")
told("PT046", "dialect.quoteChar.twice", "@loose/dialect", {"quoteChar": ","}, "@loose/dialect/quoteChar")
told("PT046", "dialect.escapeChar.twice", "@loose/dialect", {"escapeChar": '"'}, "@loose/dialect/escapeChar")
told("PT046", "dialect.commentChar.twice", "@loose/dialect", {"commentChar": ","}, "@loose/dialect/commentChar")
told("PT046", "dialect.lineTerminator.twice", "@loose/dialect", {"lineTerminator": ","}, "@loose/dialect/lineTerminator")
told("PT046", "dialect.delimiter.end", "@loose/dialect", {"delimiter": "\n;"}, "@loose/dialect/delimiter")
told("PT046", "dialect.quoteChar.end", "@loose/dialect", {"quoteChar": "\n"}, "@loose/dialect/quoteChar")
told("PT046", "dialect.escapeChar.end", "@loose/dialect", {"escapeChar": "\r"}, "@loose/dialect/escapeChar")
told("PT046", "dialect.rows", "@loose/dialect", {"commentRows": [1]}, "@loose/dialect/commentRows")
told("PT050", "dialect.exclusive", "@loose/dialect", {"escapeChar": "/", "quoteChar": '"'}, "@loose/dialect/escapeChar")
told("PT050", "dialect.old", "@loose/dialect", {"csvddfVersion": 1.2}, "@loose/dialect/csvddfVersion")
told("PT050", "dialect.header.rows", "@bare/dialect/headerRows", [1])

# Schemas
told("PT045", "schema.object", "@people/schema", [])
told("PT045", "schema.fields.missing", "@superset/schema/fields", GONE, "@superset/schema")
told("PT045", "schema.fields", "@superset/schema/fields", [])
told("PT045", "schema.fieldsMatch", "@partial/schema/fieldsMatch", "partly")
for name in ("$schema", "name", "title", "description"):
    told("PT045", f"schema.{name}", f"@people/schema/{name}", 1)
told("PT045", "schema.uniqueKeys", "@people/schema/uniqueKeys", "name")
told("PT045", "schema.foreignKeys", "@people/schema/foreignKeys", {"fields": ["team"]})
told("PT050", "schema.unknown", "@grid/schema/primarykey", ["id"])
told("PT045", "field.object", "@notes/schema/fields/1", "note")
told("PT045", "field.type", "@types/.whatever/type", 5)
told("PT045", "field.type.unknown", "@types/.text/type", "sting")
told("PT045", "field.format", "@types/.mail/format", 5)
told("PT045", "field.format.name", "@types/.mail/format", "e-mail")
told("PT045", "field.format.pattern", "@types/.day_own/format", "DD.MM.YY")
told("PT045", "field.title", "@types/.untyped/title", 5)
told("PT045", "field.description", "@types/.untyped/description", 5)
told("PT045", "field.rdfType", "@types/.untyped/rdfType", "Thing")
told("PT045", "field.constraints", "@types/.text/constraints", ["required"])
told("PT045", "field.categories", "@types/.colour/categories", [])
told("PT045", "field.categoriesOrdered", "@types/.level/categoriesOrdered", "yes")
told("PT045", "field.decimalChar", "@types/.number/decimalChar", 0)
told("PT045", "field.groupChar", "@types/.number/groupChar", "")
told("PT045", "field.bareNumber", "@types/.number/bareNumber", "no")
told("PT045", "field.trueValues", "@types/.flag/trueValues", "true")
told("PT045", "field.falseValues", "@types/.flag/falseValues", [0])
told("PT045", "field.itemType", "@types/.numbers/itemType", "numbers")
told("PT050", "field.unknown", "@types/.untyped/desciption", "x")
told("PT045", "field.categories.type", "@types/.number/categories", [1])
told("PT050", "field.ordered", "@types/.text/categoriesOrdered", True)
told("PT045", "field.groups", "@types/.percent/groupChar", ".")
told("PT045", "field.truth", "@types/.yes/falseValues", ["no", "y"])
for name, value in {
    "decimalChar": ",",
    "groupChar": ",",
    "bareNumber": False,
    "trueValues": ["x"],
    "falseValues": ["x"],
    "delimiter": "|",
    "itemType": "string",
}.items():
    told("PT050", f"field.{name}.type", f"@types/.text/{name}", value)
told("PT045", "missing.list", "@grid/schema/missingValues", "-")
told("PT045", "missing.mixed", "@grid/schema/missingValues", ["", {"value": "-"}])
told("PT045", "missing.text", "@grid/schema/missingValues", ["", 9], "@grid/schema/missingValues/1")
told("PT045", "missing.twice", "@grid/schema/missingValues", ["", ""], "@grid/schema/missingValues/1")
told("PT045", "missing.label", "@people/schema/missingValues/1/label", 1)
told("PT045", "missing.label.twice", "@people/schema/missingValues/1/label", "not told")
told("PT045", "categories.value", "@types/.colour/categories/3", 3)
told("PT045", "categories.twice", "@types/.colour/categories/3", "red")
told("PT045", "categories.label", "@types/.level/categories/1/label", 2)
told("PT045", "categories.label.twice", "@types/.level/categories/1/label", "low")
told("PT045", "categories.mixed", "@types/.colour/categories/3", {"value": "pink"}, "@types/.colour/categories")
told("PT045", "categories.enum", "@types/.level/constraints/enum/2", 3)
for name, wrong in {
    "required": "yes",
    "unique": 1,
    "pattern": 1,
    "enum": [],
    "minLength": -1,
    "maxLength": "9",
}.items():
    told("PT045", f"constraint.{name}", f"@types/.text/constraints/{name}", wrong)
told("PT045", "constraint.jsonSchema", "@types/.thing/constraints/jsonSchema", "x")
told("PT045", "constraint.jsonSchema.form", "@types/.thing/constraints/jsonSchema", {"type": "x"})
told("PT045", "constraint.pattern.form", "@types/.text/constraints/pattern", "(")
told("PT050", "constraint.unknown", "@types/.number/constraints/requird", True)
for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
    told("PT045", f"constraint.{name}.type", f"@types/.text/constraints/{name}", 1)
    told("PT045", f"constraint.{name}.value", f"@types/.number/constraints/{name}", "much")
    told("PT045", f"constraint.{name}.nan", f"@types/.number/constraints/{name}", "NaN")
told("PT045", "constraint.minLength.type", "@types/.flag/constraints", {"minLength": 1}, "@types/.flag/constraints/minLength")
told("PT045", "constraint.maxLength.type", "@types/.flag/constraints", {"maxLength": 1}, "@types/.flag/constraints/maxLength")
told("PT045", "constraint.pattern.type", "@types/.flag/constraints", {"pattern": "x"}, "@types/.flag/constraints/pattern")
told("PT045", "constraint.jsonSchema.type", "@types/.text/constraints/jsonSchema", {})
told("PT045", "constraint.enum.value", "@types/.choice/constraints/enum/0", "one")
told("PT045", "constraint.enum.twice", "@types/.choice/constraints/enum/3", "1")
BARE = {"minimum-maximum": (2, 1), "exclusiveMinimum-exclusiveMaximum": (1, 1), "minimum-exclusiveMaximum": (1, 1),
        "exclusiveMinimum-maximum": (1, 1)}  # fmt: skip
for pair, (low, high) in BARE.items():
    lower, _, upper = pair.partition("-")
    both("PT045", f"constraint.{pair}", f"@superset/schema/fields/0/constraints/{upper}",
         ("@superset/schema/fields/0/constraints", {lower: low, upper: high}))  # fmt: skip
both("PT045", "constraint.minLength-maxLength", "@loose/schema/fields/0/constraints/maxLength",
     ("@loose/schema", {"fields": [{"name": "else", "type": "string", "constraints": {"minLength": 2, "maxLength": 1}},
                                   {"name": "goes"}], "fieldsMatch": "partial"}))  # fmt: skip
told("PT045", "primaryKey.list", "@grid/schema/primaryKey", [])
told("PT045", "primaryKey.unknown", "@people/schema/primaryKey/0", "key")
told("PT045", "primaryKey.column.twice", "@people/schema/primaryKey", ["id", "id"])
told("PT045", "uniqueKeys.list", "@people/schema/uniqueKeys/0", "name")
told("PT045", "uniqueKeys.unknown", "@people/schema/uniqueKeys/0/1", "teem")
told("PT045", "uniqueKeys.column.twice", "@people/schema/uniqueKeys/0", ["name", "name"])
told("PT045", "uniqueKeys.twice", "@people/schema/uniqueKeys/1", ["name", "team"], "@people/schema/uniqueKeys")
told("PT045", "foreignKeys.object", "@people/schema/foreignKeys/0", "team")
told("PT045", "foreignKeys.fields.missing", "@people/schema/foreignKeys/0/fields", GONE, "@people/schema/foreignKeys/0")
told("PT045", "foreignKeys.reference.missing", "@people/schema/foreignKeys/0/reference", GONE, "@people/schema/foreignKeys/0")
told("PT045", "foreignKeys.reference.object", "@people/schema/foreignKeys/0/reference", "teams")
told("PT045", "foreignKeys.list", "@people/schema/foreignKeys/0/fields", [])
told("PT045", "foreignKeys.unknown", "@people/schema/foreignKeys/0/fields/0", "teem")
told("PT045", "foreignKeys.column.twice", "@people/schema/foreignKeys/0/fields", ["team", "team"])
told("PT045", "reference.fields.missing", "@people/schema/foreignKeys/0/reference/fields", GONE, "@people/schema/foreignKeys/0/reference")
told("PT045", "reference.fields.list", "@people/schema/foreignKeys/0/reference/fields", [])
told("PT045", "reference.resource.text", "@people/schema/foreignKeys/0/reference/resource", 1)
told("PT045", "reference.pairs", "@people/schema/foreignKeys/0/reference/fields", ["code", "city"])
told("PT045", "reference.resource", "@people/schema/foreignKeys/0/reference/resource", "team")
told("PT045", "reference.fields", "@people/schema/foreignKeys/0/reference/fields/0", "kode", "@people/schema/foreignKeys/0/reference/fields")
told("PT050", "reference.schema", "@people/schema/foreignKeys/0/reference/resource", "loose")

# Cells: types
for key, column, wrong in [
    ("integer", "key", "1.0"),
    ("string.email", "mail", "a.example.org"),
    ("string.uri", "address", "example"),
    ("string.binary", "blob", "aGVsb"),
    ("string.uuid", "uuid", "3f2b8c1e"),
    ("number", "number", "1,5"),
    ("boolean", "flag", "yes"),
    ("object", "thing", "[1]"),
    ("array", "things", '{"a": 1}'),
    ("datetime", "moment", "2024-01-26 15:00:00"),
    ("datetime.pattern", "moment_own", "2024-01-26"),
    ("datetime.any", "moment_any", "soon"),
    ("date", "day", "2023-02-29"),
    ("date.pattern", "day_own", "26.13.24"),
    ("date.any", "day_any", "soon"),
    ("time", "hour", "25:00:00"),
    ("time.pattern", "hour_own", "15:30"),
    ("time.any", "hour_any", "noon"),
    ("year", "year", "24"),
    ("yearmonth", "month", "2024-13"),
    ("duration", "span", "1Y"),
    ("geopoint", "point", "190,45"),
    ("geopoint.array", "point_list", "[1, 2, 3]"),
    ("geopoint.object", "point_object", '{"lon": 1}'),
    ("geojson", "shape", '{"type": "Dot"}'),
    ("geojson.topojson", "topology", '{"type": "Topology"}'),
    ("list", "numbers", "1|x"),
    # Constraints
    ("minLength", "text", "a"),
    ("maxLength", "text", "abcdefghij"),
    ("pattern", "text", "ABC"),
    ("enum", "choice", "4"),
    ("minimum", "number", "-11"),
    ("maximum", "span", "P3Y"),
    ("exclusiveMinimum", "whole", "0"),
    ("exclusiveMaximum", "whole", "100"),
    ("jsonSchema", "thing", '{"a": "x"}'),
    ("categories", "colour", "pink"),
]:
    cell(f"cell.{key}", column, wrong)
text("PT042", "cell.required", "data/people.csv", "2,Bo,", "2,,", 3, 3)

# Keys and references
text("PT043", "key.primary", "data/lines.ndjson", '"id": 2', '"id": 1', 2, 2)
text("PT043", "key.primary.empty", "data/lines.ndjson", '"id": 2', '"id": null', 2, 2)
text("PT043", "key.uniqueKeys", "data/people.csv", '"Cy, the ""third"""', "Ada", 4, 3)
text("PT043", "key.unique", "data/people.csv", "bo@example.org", "ada@example.org", 3, 13)
text("PT044", "reference.row", "data/people.csv", "Bo,blue", "Bo,green", 3, 6)
text("PT044", "reference.own", "data/people.csv", "Dee,,1", "Dee,,9", 5, 8)

# The layout of tables
text("PT047", "table.short", "data/teams.tsv", "\t5", "", 3, 10)
text("PT047", "table.long", "data/teams.tsv", "\t5", "\t5\t6", 3, 13)
text("PT047", "table.blank", "data/teams.tsv", "blue", "\nblue", 3, 1)
text("PT047", "table.quote", "data/people.csv", '""third"""', '"third"""', 4, 13)
text("PT047", "table.unclosed", "data/notes.csv", 'b"" c"', 'b"" c', 5, 3)
text("PT050", "table.bare", "data/notes.csv", "plain", 'pl"ain', 4, 5)
text("PT047", "table.part", "data/part-1.csv", "02,2\n", "02,2", 3, 13)
text("PT041", "file.nul", "data/loose.csv", "here", "he\0re", 2, 3)
text("PT041", "file.encoding", "data/loose.csv", "here", "he\xffre", 2, 3)
text("PT050", "file.mark", "data/loose.csv", "anything", "\ufeffanything", 1, 1)
text("PT047", "header.none", "data/loose.csv", "anything,goes\nhere,x\n", "", 1, 1)
text("PT047", "header.blank", "data/loose.csv", "goes", "", 1, 10)
text("PT047", "header.twice", "data/loose.csv", "goes", "anything", 1, 10)
text("PT047", "header.exact.missing", "data/teams.tsv", "\tseats\nred\tOslo\t3\nblue\tRome\t5", "\nred\tOslo\nblue\tRome", 1, 10)
text("PT047", "header.exact.extra", "data/teams.tsv", "\tseats\nred\tOslo\t3\nblue\tRome\t5",
     "\tseats\tx\nred\tOslo\t3\t\nblue\tRome\t5\t", 1, 17)  # fmt: skip
text("PT047", "header.exact.other", "data/teams.tsv", "city", "town", 1, 6)
text("PT047", "header.equal.missing", "data/equal.csv", "b,a\n2,1", "b\n2", 1, 2)
text("PT047", "header.equal.extra", "data/equal.csv", "b,a\n2,1", "b,a,c\n2,1,3", 1, 5)
text("PT047", "header.subset.missing", "data/subset.csv", "c,a,b\n3,1,2", "c,a\n3,1", 1, 4)
text("PT047", "header.superset.extra", "data/superset.csv", "b\n2", "b,c\n2,3", 1, 3)
text("PT047", "header.partial.none", "data/partial.csv", "b,z", "y,z", 1, 4)
text("PT047", "rows.property", "data/tree.json", '"rows"', '"row"', 1, 1)
text("PT047", "rows.list", "data/grid.json", '[\n["id", "name"],\n[1, "a"],\n[2, "b"]\n]', '{"id": 1}', 1, 1)
text("PT047", "rows.kind", "data/grid.json", '[1, "a"]', '{"id": 1}', 3, 1)
text("PT047", "rows.key", "data/lines.ndjson", '{"id": 2,', '{"id": 2, "x": 1,', 2, 11)
text("PT047", "lines.syntax", "data/lines.ndjson", '{"id": 2,', '{"id": 2', 2, 10)


def swapped(draft: Draft) -> None:
    draft.files["data/notes.csv"] = b"note,id\nx,1\n"


MUTANTS.append(Mutant("PT047", "header.exact.order", swapped, ("data/notes.csv", 1, 1)))


def partly(*declared: dict[str, Any]) -> dict[str, Any]:
    """Return a schema for the loose table that asks nothing of its columns."""
    return {"fields": [*declared, {"name": "goes"}], "fieldsMatch": "partial"}


told("PT040", "contributor.role", "contributors/1/role", 5)
told("PT045", "field.delimiter", "@types/.text/delimiter", "")
told("PT045", "field.name", "@loose/schema", partly({"name": 5}), "@loose/schema/fields/0/name")
told("PT045", "field.nameless", "@loose/schema", partly({"type": "any"}), "@loose/schema/fields/0")
told("PT045", "field.twice", "@loose/schema", partly({"name": "goes"}), "@loose/schema/fields/1/name")
told(
    "PT050", "reference.types", "@loose/schema",
    {
        **partly({"name": "else", "type": "string"}),
        "foreignKeys": [{"fields": ["else"], "reference": {"resource": "parts", "fields": ["value"]}}],
    },
    "@loose/schema/foreignKeys/0/fields",
)  # fmt: skip


def endless(draft: Draft) -> None:
    draft.files["data/loose.csv"] = b"anything,goes\n" + b"x" * 2**24


def large(draft: Draft) -> None:
    draft.files["data/grid.json"] += b" " * 2**24


def torn(draft: Draft) -> None:
    draft.files["data/loose.csv"] = "anything,goes\n".encode("utf-16") + b"\x00"
    draft.put("@loose/encoding", "utf-16")


MUTANTS.append(Mutant("PT047", "table.endless", endless, ("data/loose.csv", 2, 1)))
MUTANTS.append(Mutant("PT051", "unread.large", large, "@grid/path"))
MUTANTS.append(Mutant("PT041", "file.encoding.lost", torn, ("data/loose.csv", 2, 1)))
