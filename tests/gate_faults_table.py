"""Single faults in the text of tables, their cells and keys, and some that need a table of their own."""

from typing import Any

from gate_planting import MUTANTS, Draft, Mutant, cell, text, told

# Cells, each of another type
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
text(
    "PT047",
    "header.exact.missing",
    "data/teams.tsv",
    "\tseats\nred\tOslo\t3\nblue\tRome\t5",
    "\nred\tOslo\nblue\tRome",
    1,
    10,
)
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
