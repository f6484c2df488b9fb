"""Single faults in dialects and schemas."""

from gate_planting import GONE, both, told

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
    told("PT046", f"dialect.{name}", "@loose/dialect", {name: wrong}, f"@loose/dialect/{name}")
told("PT046", "dialect.object", "@loose/dialect", [])
told("PT050", "dialect.unknown", "@loose/dialect", {"delimeter": ","}, "@loose/dialect/delimeter")
told("PT046", "dialect.delimiter.twice", "@loose/dialect", {"delimiter": '"'}, "@loose/dialect/delimiter")
told("PT046", "dialect.quoteChar.twice", "@loose/dialect", {"quoteChar": ","}, "@loose/dialect/quoteChar")
told("PT046", "dialect.escapeChar.twice", "@loose/dialect", {"escapeChar": '"'}, "@loose/dialect/escapeChar")
told("PT046", "dialect.commentChar.twice", "@loose/dialect", {"commentChar": ","}, "@loose/dialect/commentChar")
told(
    "PT046", "dialect.lineTerminator.twice", "@loose/dialect", {"lineTerminator": ","}, "@loose/dialect/lineTerminator"
)
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
told("PT050", "field.ordered", "@types/.text/categoriesOrdered", value=True)
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
told("PT050", "constraint.unknown", "@types/.number/constraints/requird", value=True)
for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
    told("PT045", f"constraint.{name}.type", f"@types/.text/constraints/{name}", 1)
    told("PT045", f"constraint.{name}.value", f"@types/.number/constraints/{name}", "much")
    told("PT045", f"constraint.{name}.nan", f"@types/.number/constraints/{name}", "NaN")
told(
    "PT045",
    "constraint.minLength.type",
    "@types/.flag/constraints",
    {"minLength": 1},
    "@types/.flag/constraints/minLength",
)
told(
    "PT045",
    "constraint.maxLength.type",
    "@types/.flag/constraints",
    {"maxLength": 1},
    "@types/.flag/constraints/maxLength",
)
told(
    "PT045", "constraint.pattern.type", "@types/.flag/constraints", {"pattern": "x"}, "@types/.flag/constraints/pattern"
)
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
told(
    "PT045",
    "foreignKeys.reference.missing",
    "@people/schema/foreignKeys/0/reference",
    GONE,
    "@people/schema/foreignKeys/0",
)
told("PT045", "foreignKeys.reference.object", "@people/schema/foreignKeys/0/reference", "teams")
told("PT045", "foreignKeys.list", "@people/schema/foreignKeys/0/fields", [])
told("PT045", "foreignKeys.unknown", "@people/schema/foreignKeys/0/fields/0", "teem")
told("PT045", "foreignKeys.column.twice", "@people/schema/foreignKeys/0/fields", ["team", "team"])
told(
    "PT045",
    "reference.fields.missing",
    "@people/schema/foreignKeys/0/reference/fields",
    GONE,
    "@people/schema/foreignKeys/0/reference",
)
told("PT045", "reference.fields.list", "@people/schema/foreignKeys/0/reference/fields", [])
told("PT045", "reference.resource.text", "@people/schema/foreignKeys/0/reference/resource", 1)
told("PT045", "reference.pairs", "@people/schema/foreignKeys/0/reference/fields", ["code", "city"])
told("PT045", "reference.resource", "@people/schema/foreignKeys/0/reference/resource", "team")
told(
    "PT045",
    "reference.fields",
    "@people/schema/foreignKeys/0/reference/fields/0",
    "kode",
    "@people/schema/foreignKeys/0/reference/fields",
)
told("PT050", "reference.schema", "@people/schema/foreignKeys/0/reference/resource", "loose")
