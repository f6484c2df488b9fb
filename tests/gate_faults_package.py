"""Single faults in what a package says of itself and of its resources and their files."""

import gate_package
from gate_package import index
from gate_planting import GONE, MUTANTS, Draft, Mutant, both, of_raw, text, told

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
), ("@readme", {
    "name": "x", "profile": "tabular-data-resource", "data": [{"id": 1}], "schema": gate_package.fields("id"),
}),
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
    MUTANTS[number] = Mutant(
        *(MUTANTS[number].code, MUTANTS[number].key, MUTANTS[number].change), ("data/people.csv", 1, 1)
    )
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
    draft.told["resources"][index("loose")] |= {
        "path": "data/loose.tsv",
        "format": "csv",
        "dialect": {"delimiter": "\t"},
    }


MUTANTS.append(Mutant("PT050", "resource.format.other", renamed, "@loose/format"))
