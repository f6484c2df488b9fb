"""A good tree of records in which every rule has something to look at; mistakes are planted in it."""

from __future__ import annotations

from pathlib import Path

TREE = Path(__file__).parent / "tree"

ACME = "records/actors/acme.yaml"
MAYOR = "records/actors/xx-mayor.yaml"
MATCH = "records/technologies/acme-match.yaml"
COUNTRY = "records/jurisdictions/xx.yaml"
TOWN = "records/jurisdictions/xx-town.yaml"
REDIRECTS = "records/redirects.yaml"
PAUSE = "records/actions/2020/acme-pause-2020.yaml"
BAN = "records/actions/2020/xx-police-ban-2020.yaml"
REPEAL = "records/actions/2020/xx-police-ban-repeal-2020.yaml"
TRIAL = "records/actions/2020/acme-trial-2020.yaml"
LONGER = "records/actions/2020/acme-longer-trial-2020.yaml"
WIDER = "records/actions/2020/acme-wider-pause-2020.yaml"
CONTRACT = "records/actions/2020/xx-town-contract-2020.yaml"
CAMERAS = "records/actions/2018/xx-police-cameras-2018.yaml"
EXIT = "records/actions/2020/other-corp-exit-2020.yaml"
HALT = "records/actions/2020/xx-town-halt-2020.yaml"
WAIT = "records/actions/2020/other-corp-wait-2020.yaml"
PROPOSAL = "records/actions/2020/xx-school-bill-2020.yaml"
RUMOURED = "records/actions/2020/acme-study-2020.yaml"
RELEASE = "records/sources/2020/acme-release-2020.yaml"
ONE = "records/sources/2020/paper-one-2020.yaml"
TWO = "records/sources/2020/paper-two-2020.yaml"
COPY = "records/sources/2020/paper-one-copy-2020.yaml"
PAGE = "records/sources/2020/acme-page-2020.yaml"
NEWSPAPER = "records/sources/2020/zeitung-2020.yaml"
RUMOUR = "records/sources/2020/rumour-2020.yaml"
SPUN = "records/sources/2020/spun-copy-2020.yaml"
STAMPED = "records/sources/undated/paper-four.yaml"
PILE = "records/sources/undated/sentence-pile.yaml"
WIRE = "records/sources/undated/wire-2020.yaml"
BLOG = "records/sources/undated/acme-blog.yaml"

# Laid over the tree that the pages of the rules use, so that every rule has something to look at.
LAID = {
    MAYOR: """\
name: Mayor of Town
type: person
jurisdiction: xx-town
aliases: [Lord Mayor, First Citizen]
identifiers: [wikidata Q1]
public_role: mayor
""",
    "records/actors/xx-housing-office.yaml": "name: Housing Office\ntype: agency\njurisdiction: xx\n",
    "records/actors/xx-court.yaml": "name: High Court\ntype: court\njurisdiction: xx\n",
    MATCH: """\
# yaml-language-server: $schema=../../schemas/technology.schema.json
name: Acme Match
vendor: acme
parent: faces
""",
    "records/technologies/faces.yaml": "name: Face recognition\naliases: [facial recognition]\n",
    "records/jurisdictions/uu.yaml": "name: Union U\nlevel: supranational\n",
    COUNTRY: """\
name: Country X
level: country
ocd_id: ocd-division/country:xx
iso_3166: XX
member_of: [{jurisdiction: uu, from: 1973-01-01, until: 2020-01-31}]
""",
    REDIRECTS: """\
actor/acme-inc:
  kind: merged
  to: acme
  reason: Two records of one company.
  date: 2026-11-22
""",
    BAN: """\
title: Country X bars police from face recognition
kind: ban
instrument: statute
actor: xx-parliament
jurisdictions: [xx]
identifiers: [bill HB12]
timeline:
  introduced: 2020-03-02
  passed: 2020-05-20
  signed: 2020-06-10
  effective: 2020-07-01
provisions:
  p1: {prohibits: use, by: [law-enforcement]}
  p2: {permits: use, by: [law-enforcement], purposes: [missing-children], except_to: p1}
evidence: [{at: paper-one-2020#p1, supports: all}]
""",
    REPEAL: """\
title: Country X lifts the bar
kind: repeal
instrument: statute
actor: xx-parliament
timeline: {signed: 2020-06-10, effective: 2020-09-01}
links:
  - repeals: xx-police-ban-2020
evidence: [{at: paper-one-2020#p1, supports: all}]
""",
    TRIAL: """\
title: Acme tries out a check on its customers
kind: pilot
instrument: corporate-policy
actor: acme
timeline:
  announced: 2020-03-10
  effective: 2020-04-01
  ends: 2020-05-31..2020-06-30
  confirmed: 2020-05-20
  ended: 2020-06-01
provisions:
  p1: {practises: use, technology: acme-match}
evidence: [{at: acme-release-2020#p1, supports: all}]
""",
    LONGER: """\
title: Acme prolongs its trial
kind: extension
instrument: corporate-policy
actor: acme
timeline: {announced: 2020-05-15, ends: 2020-09-30}
links:
  - extends: acme-trial-2020
evidence: [{at: acme-release-2020#p1, supports: all}]
""",
    WIDER: """\
title: Acme pauses sales to all public bodies
kind: amendment
instrument: corporate-policy
actor: acme
timeline: {announced: 2020-06-12, ends: further-notice}
provisions:
  p1: {prohibits: sell, to: [government], technology: acme-match}
links:
  - {amends: acme-pause-2020, replaces: [p1]}
evidence:
  - {at: paper-one-copy-2020#p1, supports: [what, announced, p1, amends]}
  - {at: paper-one-2020#p2, supports: ends, reading: inferred}
distinct_from: [acme-trial-2020]
""",
    CONTRACT: """\
title: Town buys Acme Match
kind: procurement
instrument: contract
actor: xx-town-council
timeline: {settled: 2020-06-10}
provisions:
  p1: {practises: procure, by: [xx-town-council], technology: acme-match}
  p2: {requires: pay, by: [xx-town-council], to: [acme], amount: 5000 EUR}
evidence: [{at: acme-release-2020#p1, supports: all}]
conflicts:
  - {field: settled, values: [2020-06-09, 2020-06-10], chosen: 2020-06-10, reason: the release is dated}
""",
    CAMERAS: """\
title: Police of Country X run face recognition cameras
kind: deployment
instrument: agency-decision
actor: xx-police
timeline:
  announced: 2018
  effective: 2018
  ends: 2020-03
  ended: 2020-03-10
provisions:
  p1: {practises: use, technology: acme-match}
evidence: [{at: paper-one-2020#p1, supports: all}]
""",
    EXIT: """\
title: Other Corporation leaves the market
kind: market-exit
instrument: corporate-policy
actor: other-corp
timeline: {announced: 2020-06-11 weekday}
provisions:
  p1: {prohibits: sell}
links:
  - consequence_of: acme-pause-2020
evidence: [{at: paper-two-2020#p2, supports: all}]
""",
    HALT: """\
title: Town Council halts face recognition
kind: use-suspension
instrument: agency-decision
actor: xx-town-council
timeline: {announced: 2020-06-11}
provisions:
  p1: {prohibits: use, technology: acme-match}
links:
  - follows: acme-pause-2020
evidence:
  - {at: paper-one-2020#p2, supports: [what, announced, p1]}
  - {at: paper-one-2020#p2, supports: follows, reading: inferred}
""",
    WAIT: """\
title: Other Corporation holds sales to schools back until there is a law
kind: moratorium
instrument: corporate-policy
actor: other-corp
timeline: {announced: 2020-05-10, ends: event school-law}
provisions:
  p1: {prohibits: sell, to: [schools]}
evidence:
  - {at: paper-four#p1, supports: [what, announced]}
  - {at: paper-two-2020#p1, supports: [ends, p1]}
""",
    PROPOSAL: """\
title: Country X regulates cameras in schools
kind: ban
instrument: statute
actor: xx-parliament
timeline: {signed: 2020-06-11, effective: 2020-07-01}
provisions:
  p1: {prohibits: use, by: [schools]}
links:
  - fulfils: other-corp-wait-2020
evidence: [{at: zeitung-2020#p1, supports: all}]
""",
    RUMOURED: """\
title: Acme looks into the use of its product by police
kind: study
instrument: corporate-policy
actor: acme
timeline: {announced: 2020-06-11}
evidence: [{at: rumour-2020#p1, supports: all}]
waivers: [{code: PT507, reason: nothing else was found, date: 2026-11-22}]
review: {state: draft}
""",
    PAGE: """\
type: company-page
title: Acme and the police
credit: issuer
url: https://acme.example/police
archive_url: https://web.archive.org/web/20200612000000/https://acme.example/police
published: 2020-06-10
updated: 2020-06-12
language: en
read: {on: 2026-11-22, extent: full}
passages:
  p1:
    locator: heading and paragraph 1
    start: 0
    length: 92
    sha256: c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7
    terms: [sales, police, pause, Acme Match, one year, release]
  p2:
    locator: the whole page
    start: 0
    length: 21050
    sha256: b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8b8
waivers: [{code: PT517, reason: the page has no parts, date: 2026-11-22}]
""",
    NEWSPAPER: """\
type: news-article
title: Acme verkauft nicht mehr an die Polizei
title_en: Acme no longer sells to the police
credit: own-byline
url: https://zeitung.example/acme?id=7
published: 2020-06-12
language: de
read: {on: 2026-11-22, extent: full}
passages:
  p1:
    locator: paragraph 1
    start: 0
    length: 60
    sha256: d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6
""",
    RUMOUR: """\
type: news-article
title: Acme and the police
credit: staff
url: https://rumour.example/acme
published: 2020-06-12
reliability: low
reliability_reason: the site has invented stories before
read: {on: 2026-11-22, extent: full}
passages:
  p1:
    locator: paragraph 1
    start: 0
    length: 60
    sha256: a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1
""",
    SPUN: """\
type: news-article
title: Acme ends selling of faces
credit: agency Wire
url: https://spun.example/acme
published: 2020-06-12
read: {on: 2026-11-22, extent: full}
copy_of: {source: paper-one-2020, kind: rewritten, basis: synonyms throughout}
passages:
  p1:
    locator: paragraph 1
    start: 0
    length: 60
    sha256: a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2
""",
    STAMPED: """\
type: news-article
title: Schools wait for a law
publisher: Paper Four
credit: own-byline
url: https://paper-four.example/acme
page_dates: [2020-11-26 date in the page header]
language: en
read: {on: 2026-11-22, extent: full}
passages:
  p1:
    locator: paragraph 1
    start: 0
    length: 60
    sha256: c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4
""",
    PILE: """\
type: news-article
title: Sentences on Acme run together
credit: unstated
notes: No address was seen.
reliability: low
reliability_reason: sentences of many pages in no order
read: {on: 2026-11-22, extent: full}
copy_of: {kind: compiled, basis: sentences break off}
passages:
  p1:
    locator: sentence 3
    start: 80
    length: 60
    sha256: b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3
""",
    WIRE: """\
type: news-article
title: Story on Acme (title not seen)
publisher: Wire
credit: agency Wire
notes: Not held; known through a newspaper that carries it.
read: {extent: none}
""",
    BLOG: """\
type: company-page
title: Acme blog entry on police
credit: issuer
notes: No address was seen.
read: {on: 2026-11-22, extent: opening}
passages:
  p1:
    locator: paragraph 1
    start: 0
    length: 60
    sha256: d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5
""",
}


def good() -> dict[str, bytes]:
    """Return the files of the good tree, by path."""
    base = {path.relative_to(TREE).as_posix(): path.read_bytes() for path in sorted(TREE.rglob("*.yaml"))}
    return base | {path: text.encode() for path, text in LAID.items()}
