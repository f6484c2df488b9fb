"""The catalogue of mistakes: a good tree, and operators that plant one mistake each in it.

An operator changes one spot of one file. ``‸`` marks where its one finding must point; it is no part of the text. What
an operator tests stands in ``aspect``: one code may stand for several mistakes, but no two operators plant the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from good_tree import (
    ACME,
    BAN,
    BLOG,
    CAMERAS,
    CONTRACT,
    COUNTRY,
    EXIT,
    HALT,
    LONGER,
    MATCH,
    MAYOR,
    NEWSPAPER,
    PAGE,
    PAUSE,
    PILE,
    PROPOSAL,
    REDIRECTS,
    RELEASE,
    REPEAL,
    RUMOUR,
    RUMOURED,
    SPUN,
    STAMPED,
    TRIAL,
    WAIT,
    WIDER,
    WIRE,
    good,
)
from policytrack.documents import MAX_DEPTH

MARK = "‸"


@dataclass(frozen=True, slots=True)
class Operator:
    """One mistake: in the file at ``path``, ``old`` (which stands there once) becomes ``new``.

    ``old`` empty: a new file with the text ``new``. ``new`` None: the file is moved to ``to``, or removed where that is
    empty. ``at`` is where the finding must be, a file and a text of it with the mark, where ``new`` does not hold it.
    """

    code: str
    aspect: str
    path: str
    old: str
    new: str | None
    at: tuple[str, str] | None = None
    to: str = ""
    encoding: str = "utf-8"
    link: bool = False

    @property
    def name(self) -> str:
        """What tests call it."""
        return f"{self.code} {self.aspect}"

    def plant(self, tree: dict[str, bytes]) -> dict[str, bytes]:
        """Return the tree with the mistake in it."""
        planted = dict(tree)
        if self.new is None:
            content = planted.pop(self.path)
            return {**planted, self.to: content} if self.to else planted
        new = self.new.replace(MARK, "")
        if not self.old:
            planted[self.path] = new.encode(self.encoding)
            return planted
        text = tree[self.path].decode()
        if text.count(self.old) != 1:
            message = f"{self.name}: `{self.old}` stands {text.count(self.old)} times in {self.path}"
            raise ValueError(message)
        planted[self.path] = text.replace(self.old, new).encode(self.encoding)
        return planted

    def place(self, tree: dict[str, bytes]) -> tuple[str, int, int]:
        """Return path, line and column at which the finding must be, with the mistake planted."""
        if self.at is None:
            before = tree[self.path].decode().partition(self.old)[0] if self.old else ""
            before += (self.new or "").partition(MARK)[0]
            path = self.path
        else:
            path, marked = self.at
            text = self.plant(tree)[path].decode(self.encoding if path == self.path else "utf-8")
            if text.count(marked.replace(MARK, "")) != 1:
                message = f"{self.name}: `{marked}` does not stand once in {path}"
                raise ValueError(message)
            before = text.partition(marked.replace(MARK, ""))[0] + marked.partition(MARK)[0]
        return path, before.count("\n") + 1, len(before) - before.rfind("\n")


# Files that cannot be read to fields.
READING = (
    Operator("PT001", "a link to another file", "records/actors/linked.yaml", "", f"{MARK}acme.yaml", link=True),
    Operator("PT002", "a letter in another encoding", ACME, "Acme C", f"Acm{MARK}é C", encoding="latin-1"),
    Operator("PT003", "at the beginning", ACME, "name: Acme", f"{MARK}\ufeffname: Acme"),
    Operator("PT003", "in the middle", ACME, "type:", f"{MARK}\ufefftype:"),
    Operator("PT004", "NUL", ACME, "Acme C", f"Acme{MARK}\x00 C"),
    Operator("PT004", "a line separator", ACME, "Acme C", f"Acme{MARK}\u2028C"),
    Operator("PT005", "a file of a megabyte", "records/actors/a.yaml", "", MARK + "x" * 1_000_000),
    Operator("PT006", "a colon in a plain value", ACME, "Acme C", f"Acme{MARK}: C"),
    Operator("PT006", "a tab for indentation", RELEASE, "    locator: paragraph 1", f"{MARK}\tlocator: paragraph 1"),
    Operator("PT006", "a quote that never closes", ACME, "Acme Corporation", f'{MARK}"Acme Corporation'),
    Operator("PT006", "a bracket that never closes", TRIAL, "[{at: acme-release-2020#p1, supports: all}]",
             f"{MARK}[{{at: acme-release-2020#p1, supports: all}}"),
    Operator("PT006", "a key without a colon", ACME, "type: company", f"{MARK}type company"),
    Operator("PT006", "a value that begins with @", ACME, "Acme C", f"{MARK}@Acme C"),
    Operator("PT006", "a merge that was left unfinished", ACME, "type: company",
             f"{MARK}<<<<<<< HEAD\ntype: company\n=======\ntype: agency\n>>>>>>> other"),
    Operator("PT006", "a no-break space behind a colon", MATCH, "parent: faces", f"{MARK}parent:\u00a0faces"),
    Operator("PT006", "lines that are not aligned", RELEASE, "    start: 0", f"   {MARK}start: 0"),
    Operator("PT007", "at the top", ACME, "type: company", f"type: company\n{MARK}name: Acme Limited"),
    Operator("PT007", "in brackets", PAUSE, "technology: acme-match}",
             f"technology: acme-match, {MARK}to: [schools]}}"),
    Operator("PT008", "an anchor", ACME, "name: Acme", f"name: {MARK}&name Acme"),
    Operator("PT008", "an alias", ACME, "company", f"{MARK}*name"),
    Operator("PT009", "a tag on a value", ACME, "name: Acme", f"name: {MARK}!!str Acme"),
    Operator("PT010", "brackets in brackets", MAYOR, "[Lord Mayor, First Citizen]",
             "[" * (MAX_DEPTH - 1) + f"{MARK}[x]" + "]" * (MAX_DEPTH - 1)),
    Operator("PT011", "a list", "records/actors/a.yaml", "", f"{MARK}- name: A\n"),
    Operator("PT011", "bare text", "records/actors/a.yaml", "", f"{MARK}A company\n"),
    Operator("PT011", "an empty file", "records/actors/a.yaml", "", MARK),
    Operator("PT011", "a second document", ACME, "type: company", f"type: company\n{MARK}---\nname: Acme"),
    Operator("PT011", "a key that is a list", ACME, "type: company", f"type: company\n? {MARK}[notes]\n: x"),
)  # fmt: skip

REPORT = "type: report\ntitle: Story\npublisher: Wire\nnotes: Known by name.\nread: {extent: none}\n"

# Files in the wrong place.
PLACING = (
    Operator("PT020", "a folder of no kind", ACME.replace("actors", "players"), "", f"{MARK}name: A\n"),
    Operator("PT020", "another ending", "records/actors/a.yml", "", f"{MARK}name: A\ntype: company\n"),
    Operator("PT020", "a year where there is none", "records/actors/2020/a.yaml", "", f"{MARK}name: A\ntype: agency\n"),
    Operator("PT020", "no year where there is one", "records/sources/a.yaml", "", f"{MARK}{REPORT}"),
    Operator("PT020", "a year that is none", "records/sources/20/a.yaml", "", f"{MARK}{REPORT}"),
    Operator("PT020", "an action among the sources", HALT, "", None, to=HALT.replace("actions/", "sources/"),
             at=(HALT.replace("actions/", "sources/"), f"{MARK}title: Town")),
    Operator("PT020", "a place among the actors", "records/actors/xx-village.yaml", "",
             f"{MARK}name: Village\nlevel: municipality\nparent: xx\n"),
    Operator("PT021", "capitals and underscores", "records/actors/Acme_Two.yaml", "",
             f"{MARK}name: A\ntype: company\n"),
    Operator("PT022", "in two folders of years", NEWSPAPER.replace("2020/", "undated/"), "",
             f"{MARK}{REPORT}"),
)  # fmt: skip

# Fields and values that a model does not accept.
SHAPE = (
    Operator("PT030", "at the top", ACME, "type: company\n", "", at=(ACME, f"{MARK}name")),
    Operator("PT030", "in a part of a record", RUMOUR, "extent: full", "", at=(RUMOUR, f"{MARK}read:")),
    Operator("PT030", "in an entry of a list", PAGE, ", date: 2026-11-22", "", at=(PAGE, f"{MARK}{{code")),
    Operator("PT030", "under a key of a mapping", RUMOUR, "    length: 60\n", "", at=(RUMOUR, f"{MARK}p1:")),
    Operator("PT030", "an event in a timeline", HALT, "{announced: 2020-06-11}", "{ends: none}",
             at=(HALT, f"{MARK}timeline")),
    Operator("PT030", "in a retired id", REDIRECTS, "  reason: Two records of one company.\n", "",
             at=(REDIRECTS, f"{MARK}actor/acme-inc")),
    Operator("PT031", "misspelt", ACME, "name: Acme", f"{MARK}nmae: Acme"),
    Operator("PT031", "foreign to the record", ACME, "type: company", f"type: company\n{MARK}website: acme.example"),
    Operator("PT031", "in a part of a record", WIRE, "extent: none", f"extent: none, {MARK}by: curator"),
    Operator("PT031", "the model's own name for a code", HALT, "p1: {prohibits: use", f"p1: {{{MARK}effect: prohibits"),
    Operator("PT031", "a misspelt effect", HALT, "{prohibits: use", f"{{{MARK}prohibit: use"),
    Operator("PT031", "a misspelt relation", LONGER, "extends", f"{MARK}extend"),
    Operator("PT032", "a key without a value", ACME, "type: company", f"type: company\n{MARK}notes:"),
    Operator("PT032", "an entry of a list", MAYOR, "[Lord Mayor, First Citizen]", f"\n- Lord Mayor\n-{MARK}\n"),
    Operator("PT032", "text of spaces", ACME, "name: Acme Corporation", f"{MARK}name: '  '"),
    Operator("PT033", "misspelt", ACME, "company", f"{MARK}compny"),
    Operator("PT033", "a label for a code", TRIAL, "corporate-policy", f"{MARK}Corporate policy"),
    Operator("PT033", "nothing like a code", RUMOUR, "low", f"{MARK}seventeen"),
    Operator("PT033", "the key of an event", HALT, "announced: 2020", f"{MARK}anounced: 2020"),
    Operator("PT033", "in a list", BAN, "missing-children", f"{MARK}missing-kids"),
    Operator("PT033", "alone where a list may stand", HALT, "prohibits: use", f"prohibits: {MARK}usage"),
    Operator("PT033", "in a retired id", REDIRECTS, "merged", f"{MARK}merge"),
    Operator("PT034", "a list for a text", ACME, "Acme Corporation", f"{MARK}[Acme, Acme Corporation]"),
    Operator("PT034", "a mapping for a text", ACME, "Acme Corporation", f"{MARK}{{en: Acme}}"),
    Operator("PT034", "a text for a list", MAYOR, "[Lord Mayor, First Citizen]", f"{MARK}Lord Mayor"),
    Operator("PT034", "a mapping for a list", LONGER, "\n  - extends", f"\n  {MARK}extends"),
    Operator("PT034", "a text for a part of a record", WIRE, "{extent: none}", f"{MARK}none"),
    Operator("PT034", "a list for a mapping", HALT, "\n  p1: {prohibits: use, technology: acme-match}",
             f" {MARK}[{{prohibits: use, technology: acme-match}}]"),
    Operator("PT034", "a text for an entry of a list", LONGER, "extends: acme-trial-2020", f"{MARK}acme-trial-2020"),
    Operator("PT034", "a list for an identifier", MAYOR, "wikidata Q1", f"{MARK}[wikidata, Q1]"),
    Operator("PT034", "a list for a code", ACME, "company", f"{MARK}[company]"),
    Operator("PT034", "a mapping for a date", HALT, "2020-06-11", f"{MARK}{{day: 2020-06-11}}"),
    Operator("PT034", "a text for a retired id's entry", REDIRECTS, "\n  kind: merged\n  to: acme\n"
             "  reason: Two records of one company.\n  date: 2026-11-22", f" {MARK}acme"),
    Operator("PT035", "an id", MATCH, "vendor: acme", f"vendor: {MARK}Acme Inc."),
    Operator("PT035", "the key of a provision", HALT, "p1: {", f"{MARK}one: {{"),
    Operator("PT035", "the key of a passage", RUMOUR, "p1:", f"{MARK}passage-1:"),
    Operator("PT035", "a provision that is referred to", BAN, "except_to: p1", f"except_to: {MARK}P1"),
    Operator("PT035", "a place in a source", TRIAL, "acme-release-2020#p1", f"{MARK}acme-release-2020 p1"),
    Operator("PT035", "what evidence supports", HALT, "supports: follows", f"supports: {MARK}Follows!"),
    Operator("PT035", "a hash", RUMOUR, "a1" * 32, f"{MARK}" + "a1" * 31),
    Operator("PT035", "a number", RUMOUR, "length: 60", f"length: {MARK}60.5"),
    Operator("PT035", "a language", NEWSPAPER, "language: de", f"language: {MARK}German"),
    Operator("PT035", "a credit", RUMOUR, "staff", f"{MARK}written by staff"),
    Operator("PT035", "an amount", CONTRACT, "5000 EUR", f"{MARK}5.000 €"),
    Operator("PT035", "a scheme of identifiers", MAYOR, "wikidata Q1", f"{MARK}wikipedia Q1"),
    Operator("PT035", "an identifier without a value", BAN, "bill HB12", f"{MARK}bill"),
    Operator("PT035", "an Open Civic Data id", COUNTRY, "ocd-division/country:xx", f"{MARK}country:xx"),
    Operator("PT035", "an ISO 3166 code", COUNTRY, "iso_3166: XX", f"iso_3166: {MARK}Xx1"),
    Operator("PT035", "a key term", PAGE, "one year", f"{MARK}a pause of one year"),
    Operator("PT035", "a handle", PAUSE, "by: curator", f"by: {MARK}the curator"),
    Operator("PT035", "a code of a finding", PAGE, "PT517", f"{MARK}PT0517"),
    Operator("PT035", "a date on a page", STAMPED, "2020-11-26 date", f"{MARK}26 November 2020 date"),
    Operator("PT035", "the name of a retired id", REDIRECTS, "actor/acme-inc", f"{MARK}acme-inc"),
    Operator("PT036", "a day of no calendar", HALT, "2020-06-11", f"{MARK}2020-06-31"),
    Operator("PT036", "a leap day in another year", COUNTRY, "2020-01-31", f"{MARK}2021-02-29"),
    Operator("PT036", "another order of the parts", HALT, "2020-06-11", f"{MARK}11.06.2020"),
    Operator("PT036", "an unknown basis", EXIT, "2020-06-11 weekday", f"{MARK}2020-06-11 probably"),
    Operator("PT036", "words for an end", PAUSE, "further-notice", f"{MARK}until further notice"),
    Operator("PT036", "a duration without its P", PAUSE, "further-notice", f"{MARK}1Y"),
    Operator("PT036", "a month where a day is needed", WIRE, "read: {extent: none}",
             f"read: {{on: {MARK}2026-11, extent: opening}}"),
    Operator("PT037", "empty", MAYOR, "[Lord Mayor, First Citizen]", f"{MARK}[]"),
    Operator("PT037", "a value twice", MAYOR, "First Citizen", "Lord Mayor", at=(MAYOR, f"aliases: {MARK}[")),
    Operator("PT037", "too long", PAGE, "release]", "release, year]", at=(PAGE, f"terms: {MARK}[")),
    Operator("PT037", "no evidence", TRIAL, "[{at: acme-release-2020#p1, supports: all}]", f"{MARK}[]"),
    Operator("PT038", "two effects", HALT, "{prohibits: use", f"{MARK}{{prohibits: use, restricts: store"),
    Operator("PT038", "no effect", HALT, "{prohibits: use, technology", f"{MARK}{{technology"),
    Operator("PT038", "two relations", LONGER, "extends: acme-trial-2020",
             f"{MARK}extends: acme-trial-2020\n    follows: acme-pause-2020"),
)  # fmt: skip

# Ids, references and links among records.
IDENTITY = (
    Operator("PT101", "an action", EXIT, "", None, to=EXIT.replace("/2020/", "/2019/"),
             at=(EXIT.replace("/2020/", "/2019/"), f"timeline: {MARK}{{")),
    Operator("PT101", "a dated source among the undated", SPUN, "", None, to=SPUN.replace("/2020/", "/undated/"),
             at=(SPUN.replace("/2020/", "/undated/"), f"published: {MARK}2020")),
    Operator("PT102", "a record of a retired id", "records/actors/acme-inc.yaml", "",
             f"{MARK}name: A\ntype: company\n"),
    Operator("PT103", "an unknown target", REDIRECTS, "to: acme", f"to: {MARK}acme-holding"),
    Operator("PT104", "the vendor of a technology", MATCH, "vendor: acme", f"vendor: {MARK}acmee"),
    Operator("PT104", "the actor of an action", HALT, "actor: xx-town-council", f"actor: {MARK}xx-town-counsel"),
    Operator("PT104", "whom a provision governs", PROPOSAL, "[schools]", f"[{MARK}schoolz]"),
    Operator("PT104", "the target of a link", LONGER, "acme-trial-2020", f"{MARK}acme-trail-2020"),
    Operator("PT104", "the source of evidence", TRIAL, "acme-release-2020#p1", f"{MARK}acme-release-2021#p1"),
    Operator("PT104", "what a source copies", SPUN, "paper-one-2020", f"{MARK}paper-won-2020"),
    Operator("PT104", "a record removed", "records/jurisdictions/uu.yaml", "", None,
             at=(COUNTRY, f"jurisdiction: {MARK}uu")),
    Operator("PT105", "a person for a technology", MATCH, "parent: faces", f"parent: {MARK}xx-mayor"),
    Operator("PT106", "an office", "records/actors/housing.yaml", "",
             f"{MARK}name: Housing\ntype: agency\njurisdiction: xx\n"),
    Operator("PT107", "two actions", PAUSE, "review:", f"links:\n  - amends: {MARK}acme-wider-pause-2020\nreview:"),
    Operator("PT108", "two places", COUNTRY, "level: country", f"level: country\nparent: {MARK}xx-town"),
    Operator("PT109", "in one action", HALT, "- follows: acme-pause-2020",
             f"- follows: acme-pause-2020\n  - follows: {MARK}acme-pause-2020"),
    Operator("PT110", "a second record of a pause", "records/actions/2020/acme-stop-2020.yaml", "", f"""\
{MARK}title: Acme stops serving police forces
kind: sales-suspension
instrument: corporate-policy
actor: acme
timeline: {{announced: 2020-06-11, ends: further-notice}}
provisions:
  p1: {{prohibits: sell, to: [law-enforcement], technology: acme-match}}
evidence: [{{at: paper-one-2020#p1, supports: all}}]
""", at=("records/actions/2020/acme-stop-2020.yaml", f"title: {MARK}Acme")),
)  # fmt: skip

TIME = (
    Operator("PT201", "a date", HALT, "2020-06-11", f"{MARK}2020-06-11..2020-06-09"),
    Operator("PT202", "passed before introduced", BAN, "2020-05-20", f"{MARK}2020-02-20"),
    Operator("PT203", "without the word retrospective", BAN, "effective: 2020-07-01", f"effective: {MARK}2020-06-01"),
    Operator("PT204", "a start somewhere in eighteen months", CAMERAS, "effective: 2018",
             f"effective: {MARK}2018-01-01..2019-06-30"),
    Operator("PT205", "confirmed later than ended", TRIAL, "2020-05-20", "2020-06-09",
             at=(TRIAL, f"ended: {MARK}2020")),
    Operator("PT206", "told before it was", HALT, "announced: 2020-06-11", f"announced: {MARK}2020-07-11"),
    Operator("PT207", "the stamp of the page", WAIT, "2020-05-10", f"{MARK}2020-11-26"),
    Operator("PT208", "a weekday in a span", EXIT, "2020-06-11 weekday", f"{MARK}2020-06-08..2020-06-11 weekday"),
    Operator("PT209", "a weekday of last month", HALT, "2020-06-11", f"{MARK}2020-05-14 weekday"),
    Operator("PT210", "another weekday", EXIT, "2020-06-11", f"{MARK}2020-06-10"),
    Operator("PT211", "planned and real end", CAMERAS, "ends: 2020-03", "ends: 2020-02",
             at=(CAMERAS, f"ended: {MARK}2020")),
    Operator("PT212", "a halt of no set time", HALT, "use-suspension", f"{MARK}moratorium"),
    Operator("PT214", "an act of one's own", RUMOURED, "announced:", "published:",
             at=(RUMOURED, f"timeline: {MARK}{{")),
    Operator("PT215", "a year with its digits turned round", BAN, "effective: 2020-07-01",
             f"effective: {MARK}2202-07-01"),
    Operator("PT213", "of an action", LONGER, "2020-09-30", f"{MARK}2020-05-01"),
)  # fmt: skip

CHAIN = (
    Operator("PT301", "a link", HALT, "- follows: acme-pause-2020", f"- follows: {MARK}xx-town-halt-2020"),
    Operator("PT302", "a law of another country", REPEAL, "timeline:", "jurisdictions: [yy]\ntimeline:",
             at=(REPEAL, f"repeals: {MARK}xx")),
    Operator("PT303", "an amendment", WIDER, "announced: 2020-06-12", "announced: 2020-05-12",
             at=(WIDER, f"amends: {MARK}acme")),
    Operator("PT304", "an extension of nothing", LONGER, "links:\n  - extends: acme-trial-2020\n", "",
             at=(LONGER, f"kind: {MARK}ext")),
    Operator("PT305", "a resolution that repeals", REPEAL, "kind: repeal", "kind: resolution",
             at=(REPEAL, f"repeals: {MARK}xx")),
    Operator("PT306", "a trial that was over", LONGER, "2020-05-15", "2020-06-10", at=(LONGER, f"extends: {MARK}acme")),
    Operator("PT307", "a repeal", REPEAL, ", effective: 2020-09-01", "", at=(REPEAL, f"repeals: {MARK}xx")),
    Operator("PT308", "an amendment", WIDER, "replaces: [p1]", f"replaces: [{MARK}p2]"),
    Operator("PT309", "an extension", LONGER, "extends: acme-trial-2020",
             f"extends: acme-trial-2020\n    {MARK}replaces: [p1]"),
    Operator("PT310", "in the same action", BAN, "except_to: p1", f"except_to: {MARK}p3"),
    Operator("PT311", "a pause until further notice", PROPOSAL, "other-corp-wait-2020", f"{MARK}acme-pause-2020"),
)  # fmt: skip

SCOPE = (
    Operator("PT401", "an exit without one", EXIT, "provisions:\n  p1: {prohibits: sell}\n", "",
             at=(EXIT, f"kind: {MARK}market")),
    Operator("PT402", "a statute", EXIT, "corporate-policy", f"{MARK}statute"),
    Operator("PT403", "in a statute", PROPOSAL, "{prohibits: use, by: [schools]}", "{prohibits: use}",
             at=(PROPOSAL, f"p1: {MARK}{{pro")),
    Operator("PT404", "places added", HALT, "actor: xx-town-council",
             f"actor: xx-town-council\njurisdictions: {MARK}[xx-town]"),
    Operator("PT405", "a mayor", MAYOR, "public_role: mayor\n", "", at=(MAYOR, f"type: {MARK}person")),
    Operator("PT406", "a purchase", CONTRACT, "by: [xx-town-council], technology: acme-match}",
             f"by: [xx-town-council], technology: acme-match, amount: {MARK}5000 EUR}}"),
    Operator("PT407", "about another conduct", BAN, "p2: {permits: use", "p2: {permits: disclose",
             at=(BAN, f"except_to: {MARK}p1")),
    Operator("PT408", "without its purpose", BAN, ", purposes: [missing-children]", "",
             at=(BAN, f"except_to: {MARK}p1")),
)  # fmt: skip

EVIDENCE = (
    Operator("PT501", "an event", HALT, "supports: [what, announced, p1]", "supports: [what, p1]",
             at=(HALT, f"{MARK}announced: 2020")),
    Operator("PT501", "an end", WIDER, "\n  - {at: paper-one-2020#p2, supports: ends, reading: inferred}", "",
             at=(WIDER, f"{MARK}ends: further")),
    Operator("PT502", "an event that is not dated", HALT, "[what, announced, p1]",
             f"[what, announced, p1, {MARK}effective]"),
    Operator("PT503", "a passage of a source", TRIAL, "acme-release-2020#p1", f"{MARK}acme-release-2020#p7"),
    Operator("PT504", "stated and inferred", HALT, "reading: inferred}",
             f"reading: inferred}}\n  - {{at: {MARK}paper-one-2020#p2, supports: p1, reading: inferred}}"),
    Operator("PT505", "an end", WIDER, "paper-one-2020#p2, supports: ends", f"{MARK}sentence-pile#p1, supports: ends"),
    Operator("PT506", "an end", WIDER, "paper-one-2020#p2, supports: ends", f"{MARK}spun-copy-2020#p1, supports: ends"),
    Operator("PT507", "an end", WIDER, "paper-one-2020#p2, supports: ends", f"{MARK}rumour-2020#p1, supports: ends"),
    Operator("PT508", "a date", PAUSE, "- {at: paper-two-2020#p1, supports: [what, p1]}",
             f"- {{at: paper-two-2020#p1, supports: [what, p1]}}\n"
             f"  - {{at: paper-two-2020#p2, supports: announced, reading: {MARK}contradicts}}"),
    Operator("PT509", "a source that is known by name", WIDER, "paper-one-2020#p2, supports: ends",
             f"{MARK}wire-2020, supports: ends"),
    Operator("PT511", "an event that is not dated", CONTRACT, "field: settled", f"field: {MARK}effective"),
    Operator("PT512", "one date", CONTRACT, "[2020-06-09, 2020-06-10]", f"{MARK}[2020-06-10]"),
    Operator("PT513", "a consequence", EXIT, "supports: all", "supports: all, reading: inferred",
             at=(EXIT, f"{MARK}consequence_of: acme")),
    Operator("PT514", "a record of one rumour", RUMOURED, "{state: draft}",
             f"{{state: {MARK}reviewed, by: curator, on: 2026-11-22}}"),
    Operator("PT515", "a passage", BLOG, "{on: 2026-11-22, extent: opening}", f"{{extent: {MARK}none}}"),
    Operator("PT516", "twelve characters", RUMOUR, "length: 60", f"length: {MARK}12"),
    Operator("PT517", "a whole page", RUMOUR, "length: 60", f"length: {MARK}21050"),
    Operator("PT518", "under two keys", PAGE, "b8" * 32, f"{MARK}" + "c7" * 32),
)  # fmt: skip

SOURCES = (
    Operator("PT601", "syndicated", SPUN, "source: paper-one-2020, ", "", at=(SPUN, f"{MARK}copy_of: {{")),
    Operator("PT602", "one fingerprint", RUMOUR, "a1" * 32,
             f"{MARK}90142d03026f1a36d32f4cf013d1cf95572697383c23e7b7e1eb787b092a6a55"),
    Operator("PT603", "in another spelling", NEWSPAPER, "https://zeitung.example/acme?id=7",
             f"{MARK}https://Rumour.example:443/acme/"),
    Operator("PT604", "of a campaign", NEWSPAPER, "?id=7", "?utm_source=mail&id=7",
             at=(NEWSPAPER, f"url: {MARK}https")),
    Operator("PT605", "without a scheme", RUMOUR, "https://rumour", f"{MARK}www.rumour"),
    Operator("PT605", "a scheme that runs code", PAGE, "https://acme.example/police\narch",
             f"{MARK}javascript:alert(1)\narch"),
    Operator("PT606", "a password", RUMOUR, "https://rumour", f"{MARK}https://reader:secret@rumour"),
    Operator("PT607", "and no reason", RUMOUR, "url: https://rumour.example/acme\n", "",
             at=(RUMOUR, f"{MARK}type: news")),
    Operator("PT608", "a rumour", RUMOUR, "reliability_reason: the site has invented stories before\n", "",
             at=(RUMOUR, f"reliability: {MARK}low")),
    Operator("PT609", "a pile of sentences", PILE, "reliability: low\n", "",
             at=(PILE, f"reliability_reason: {MARK}sent")),
    Operator("PT610", "read to its end", RUMOUR, "{on: 2026-11-22, extent: full}", f"{{extent: {MARK}full}}"),
    Operator("PT611", "never read", WIRE, "{extent: none}", f"{{on: {MARK}2026-11-22, extent: none}}"),
    Operator("PT612", "German", NEWSPAPER, "title_en: Acme no longer sells to the police\n", "",
             at=(NEWSPAPER, f"title: {MARK}Acme")),
    Operator("PT613", "a second title", PAGE, "credit:", f"title_en: {MARK}What Acme sells\ncredit:"),
    Operator("PT614", "a copy of one's own", PAGE,
             "https://web.archive.org/web/20200612000000/https://acme.example/police",
             f"{MARK}https://my-copies.example/acme.html"),
    Operator("PT615", "a week early", PAGE, "updated: 2020-06-12", f"updated: {MARK}2020-06-02"),
    Operator("PT616", "a week early", RUMOUR, "on: 2026-11-22", f"on: {MARK}2020-06-01"),
    Operator("PT617", "an article", RUMOUR, "credit: staff\n", "", at=(RUMOUR, f"{MARK}type: news")),
    Operator("PT618", "an article", RUMOUR, "credit: staff", f"credit: {MARK}agency Wire"),
)  # fmt: skip

WORDS = (
    Operator("PT701", "in notes", ACME, "type: company",
             f"type: company\nnotes: {MARK}Calls itself the “biggest” vendor."),
    Operator("PT702", "a title", HALT, "Town Council halts face recognition",
             f"{MARK}Town Council halts face recognition " + "and more " * 20 + "of it"),
    Operator("PT703", "a space of no width", ACME, "Acme C", f"Acme{MARK}\u200b C"),
    Operator("PT703", "a mark that turns the text around", ACME, "Acme C", f"Acme{MARK}\u202e C"),
    Operator("PT704", "a Cyrillic letter", ACME, "Acme C", f"{MARK}\u0410cme C"),
    Operator("PT705", "a space at the end", ACME, "Acme Corporation", f"{MARK}'Acme Corporation '"),
    Operator("PT705", "a tab in the middle", ACME, "Acme Corporation", f"{MARK}Acme\tCorporation"),
    Operator("PT705", "folded, with its line end", ACME, "name: Acme Corporation",
             f"name: {MARK}>\n  Acme Corporation"),
    Operator("PT706", "another kind's", MATCH, "# yaml-language-server: $schema=../../schemas/technology",
             f"{MARK}# yaml-language-server: $schema=../../schemas/actor"),
    Operator("PT801", "a warning that is not there", HALT, "evidence:\n",
             f"waivers: [{{code: {MARK}PT212, reason: r, date: 2026-11-22}}]\nevidence:\n"),
    Operator("PT802", "an error", HALT, "evidence:\n",
             f"waivers: [{{code: {MARK}PT404, reason: r, date: 2026-11-22}}]\nevidence:\n"),
)  # fmt: skip

OPERATORS = (*READING, *PLACING, *SHAPE, *IDENTITY, *TIME, *CHAIN, *SCOPE, *EVIDENCE, *SOURCES, *WORDS)

# Codes of errors and warnings that no single mistake in a good tree sets off.
WITHOUT_OPERATOR = {
    "PT039": "a fault of a filled form, not of records",
    **{f"PT{number:03}": "a fault of a package, not of records" for number in (*range(40, 51), *range(52, 58))},
    "PT510": "needs copies of the articles, which are not here",
}


def planted() -> Iterator[tuple[Operator, dict[str, bytes]]]:
    """Yield each operator with the tree that it makes of the good one."""
    tree = good()
    for operator in OPERATORS:
        yield operator, operator.plant(tree)
