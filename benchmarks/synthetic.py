"""Synthetic records for benchmarks: as many as asked, the same for the same seed, clean under every rule.

    python benchmarks/synthetic.py FOLDER ACTIONS [SEED]

Dates, and the key `on`, stand in quotes, so that the peers too take them for text and find no fault.

Six sources to ten actions, an actor and a place to fifty. Every tenth action extends an earlier one, so that links and
measures are exercised as they are in the record of the world.
"""

from __future__ import annotations

import hashlib
import random
import sys
from datetime import date, timedelta
from pathlib import Path

_HEADER = "# yaml-language-server: $schema={up}schemas/{kind}.schema.json\n"
_WORDS = [
    "council",
    "city",
    "police",
    "camera",
    "system",
    "street",
    "station",
    "school",
    "border",
    "airport",
    "vote",
    "ordinance",
    "rule",
    "report",
    "notice",
    "review",
    "public",
    "private",
    "office",
    "county",
    "river",
    "market",
    "north",
    "south",
    "east",
    "west",
    "bridge",
    "harbour",
    "valley",
    "garden",
]
_KINDS = [
    ("ban", "ordinance", "final_vote", "prohibits", "council"),
    ("use-rules", "statute", "enacted", "restricts", "legislature"),
    ("authorization", "regulation", "published", "permits", "regulator"),
]


def write(folder: Path, actions: int, seed: int = 1) -> None:
    """Write ``actions`` actions, and what they name, below ``folder``."""
    draw = random.Random(seed)  # noqa: S311 - nothing here is a secret
    places = max(1, actions // 50)
    sources = max(1, actions * 6 // 10)
    for number in range(places):
        _place(folder, number)
        _actor(folder, number)
    dates = [date(2010, 1, 1) + timedelta(days=draw.randrange(5_400)) for _ in range(sources)]
    for number, published in enumerate(dates):
        _source(folder, number, published, draw)
    for number in range(actions):
        _action(folder, number, (number % places, number % sources), dates[number % sources], draw)


def _put(folder: Path, path: str, kind: str, text: str) -> None:
    file = folder / "records" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_HEADER.format(up="../" * (path.count("/") + 1), kind=kind) + text, encoding="utf-8")


def _sentence(draw: random.Random, words: int) -> str:
    return " ".join(draw.choice(_WORDS) for _ in range(words)).capitalize()


def _place(folder: Path, number: int) -> None:
    _put(folder, f"jurisdictions/xx-{number}.yaml", "jurisdiction", f"name: Place {number}\nlevel: municipality\n")


def _actor(folder: Path, number: int) -> None:
    text = f"name: Council of place {number}\ntype: {_KINDS[number % 3][4]}\njurisdiction: xx-{number}\n"
    _put(folder, f"actors/xx-{number}-council.yaml", "actor", text)


def _source(folder: Path, number: int, published: date, draw: random.Random) -> None:
    passages = "".join(
        f"  p{key}:\n    locator: paragraph {key}\n    start: {key * 200}\n    length: 120\n"
        f"    sha256: {hashlib.sha256(f'{number} {key}'.encode()).hexdigest()}\n    terms: [{draw.choice(_WORDS)}]\n"
        for key in (1, 2, 3)
    )
    _put(
        folder,
        f"sources/{published.year}/source-{number}.yaml",
        "source",
        f"type: news-article\ntitle: {_sentence(draw, 9)}\npublisher: {_sentence(draw, 2)}\n"
        f"authors: [{_sentence(draw, 2)}]\n"
        f'credit: own-byline\nurl: https://paper{number % 97}.example/story/{number}\npublished: "{published}"\n'
        f'language: en\nread: {{"on": "2026-11-22", extent: full}}\nnotes: {_sentence(draw, 12)}.\n'
        f"passages:\n{passages}",
    )


def _action(folder: Path, number: int, picked: tuple[int, int], published: date, draw: random.Random) -> None:
    place, source = picked
    kind, instrument, event, effect, _ = _KINDS[place % 3]
    happened = published - timedelta(days=1 + number % 5)
    text = (
        f"title: {_sentence(draw, 10)}\nsummary: {_sentence(draw, 30)}.\nkind: {kind}\ninstrument: {instrument}\n"
        f"actor: xx-{place}-council\njurisdictions: [xx-{place}]\nidentifiers: [file {number}]\n"
        f'timeline: {{{event}: "{happened}", effective: "{happened + timedelta(days=30)}", ends: P{1 + number % 9}Y}}\n'
        f"provisions:\n  p1: {{{effect}: [use, procure], by: [law-enforcement]}}\n"
        f"  p2: {{{'permits' if effect != 'permits' else 'restricts'}: [use], by: [law-enforcement], "
        "purposes: [missing-children], conditions: [warrant]"
        f"{', except_to: p1' if effect != 'permits' else ''}}}\n"
        f"evidence:\n  - {{at: source-{source}#p1, supports: [what, {event}, p1, jurisdictions, identifiers]}}\n"
        f"  - {{at: source-{source}#p2, supports: [effective, ends]}}\n  - {{at: source-{source}#p3, supports: [p2]}}\n"
        f"review: {{state: draft}}\nnotes: {_sentence(draw, 40)}.\n"
    )
    _put(folder, f"actions/{happened.year}/action-{number}.yaml", "action", text)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)  # noqa: PLR2004
