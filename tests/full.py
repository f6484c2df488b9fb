"""One record of each kind that uses every field, as the reader of files yields it: texts, lists and mappings."""

from typing import Any

REDIRECTS = {
    "action/old-ban-2019": {"kind": "merged", "to": "ban-2019", "reason": "One ordinance.", "date": "2026-11-22"}
}
FULL: dict[str, dict[str, Any]] = {
    "action": {
        "title": "A ban",
        "summary": "A ban.",
        "kind": "ban",
        "instrument": "ordinance",
        "actor": "xx-council",
        "co_actors": ["xx-mayor"],
        "jurisdictions": ["xx"],
        "excluded": ["xx-town"],
        "identifiers": ["bill HB2031", "docket 20-1"],
        "timeline": {
            "introduced": "2019..2020-02",
            "final_vote": "2020-06-10 weekday",
            "ends": "first-of P1Y | event e",
        },
        "provisions": {
            "p1": {
                "prohibits": ["use", "procure"],
                "by": "government",
                "to": ["any"],
                "from": "2020-07",
                "ends": "none",
            },
            "p2": {
                "permits": "use",
                "purposes": ["missing-children"],
                "conditions": "warrant",
                "except_to": ["p1", "a#p2"],
            },
            "p3": {"requires": "pay", "technology": "acme-match", "amount": ["7552800 GBP", "50.5 EUR paid"]},
        },
        "links": [{"amends": "old-ban-2019", "replaces": ["p1"]}, {"follows": "other-2018"}],
        "evidence": [{"at": "paper-2020#p1", "supports": ["what", "amends:old-ban-2019"], "reading": "inferred"}],
        "conflicts": [{"field": "introduced", "values": ["2019", "2020"], "chosen": "2020", "reason": "two to one"}],
        "distinct_from": ["ban-2018"],
        "waivers": [{"code": "PT603", "reason": "one copy", "date": "2026-11-22"}],
        "review": {"state": "reviewed", "by": "octavia", "on": "2026-11-22", "note": "fine"},
        "notes": "Nothing.",
    },
    "actor": {
        "name": "Acme",
        "type": "company",
        "jurisdiction": "xx",
        "parent": "acme-holding",
        "aliases": ["Acme Inc."],
        "identifiers": ["wikidata Q1"],
        "public_role": "none",
        "notes": "Nothing.",
    },
    "technology": {
        "name": "Match",
        "aliases": ["M"],
        "vendor": "acme",
        "parent": "faces",
        "description": "Faces.",
        "notes": "Nothing.",
    },
    "jurisdiction": {
        "name": "Town",
        "level": "municipality",
        "parent": "xx",
        "ocd_id": "ocd-division/country:us/state:or",
        "iso_3166": "US-OR",
        "notes": "Includes a town.",
        "member_of": [{"jurisdiction": "eu", "from": "1958-01-01", "until": "..2020-01-31"}],
    },
    "source": {
        "type": "news-article",
        "title": "T",
        "title_en": "T",
        "publisher": "P",
        "issuer": "gb-ico",
        "container": "C",
        "archive_url": "https://example.org/archive",
        "updated": "2020",
        "notes": "Nothing.",
        "waivers": [{"code": "PT704", "reason": "the only one", "date": "2026-11-22"}],
        "authors": ["A B"],
        "credit": "agency NPR",
        "url": "https://example.org",
        "published": "2020-06-10..",
        "page_dates": ["2020-11-26 header", "2021"],
        "language": "pt-BR",
        "reliability": "low",
        "reliability_reason": "garbled",
        "read": {"on": "2026-11-22", "extent": "full"},
        "copy_of": {"source": "other", "kind": "rewritten", "basis": "credit line"},
        "passages": {"p1": {"locator": "p. 1", "start": "0", "length": "40", "sha256": "0" * 64, "terms": ["a b c"]}},
    },
    "redirects": REDIRECTS,
    "coverage": {
        "searches": [
            {
                "place": "xx",
                "topic": "bans",
                "from": "2019",
                "until": "2026-11",
                "on": "2026-11-22",
                "queries": "4",
                "result": "Two ordinances.",
            }
        ],
        "rejected": [
            {
                "lead": "A ban in Springfield",
                "reason": "not-supported",
                "on": "2026-11-22",
                "note": "A list of demands.",
            }
        ],
    },
    "change-note": {
        "change": "The end is the day on which the pause was lifted.",
        "level": "minor",
        "corrections": [
            {
                "records": ["action/ban-*"],
                "fields": ["timeline*"],
                "reason": "error",
                "why": "The page stamp was taken.",
            }
        ],
    },
}
