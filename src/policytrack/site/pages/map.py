"""Where: a tile for each state of the United States and for each country, and the towns under their state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policytrack.codes import Direction, JurisdictionLevel
from policytrack.site.book import STANDING, Book
from policytrack.site.citing import Citing
from policytrack.site.page import Page
from policytrack.site.rendering import Renderer

# Row by row from the north, as the states lie: two letters are a tile, points an empty place.
_STATES: Final = (
    "ak . . . . . . . . . me",
    ". . . . . . . . . vt nh",
    "wa id mt nd mn il wi mi ny ri ma",
    "or nv wy sd ia in oh pa nj ct .",
    "ca ut co ne mo ky wv va md de .",
    ". az nm ks ar tn nc sc dc . .",
    ". . . ok la ms al ga . . .",
    "hi . . tx . . . . fl . pr",
)
_REGIONS: Final = {
    "Europe": "ad al at ba be bg by ch cy cz de dk ee es eu fi fr gb gr hr hu ie is it li lt lu lv mc md me mk mt nl "
    "no pl pt ro rs ru se si sk sm ua va xk",
    "Asia": "ae af am az bd bh bn bt cn ge hk id il in iq ir jo jp kg kh kp kr kw kz la lb lk mm mn mo mv my np om ph "
    "pk ps qa sa sg sy th tj tl tm tr tw uz vn ye",
    "The Americas": "ag ar bb bo br bs bz ca cl co cr cu do ec gd gt gy hn ht jm mx ni pa pe pr py sr sv tt us uy ve",
    "Africa": "ao bf bi bj bw cd cf cg ci cm cv dj dz eg er et ga gh gm gn ke lr ls ly ma mg ml mr mu mw mz na ne ng "
    "rw sc sd sl sn so ss st sz td tg tn tz ug za zm zw",
    "Oceania": "au fj nz pg sb to vu ws",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A place: its code, name and page, how many actions it and the places in it have, how many restrict now."""

    code: str
    name: str
    path: str
    row: int
    column: int
    actions: int
    restricting: int


@dataclass(frozen=True, slots=True)
class Town:
    """A place below a state: its name, its page, and how many of its actions restrict now."""

    name: str
    path: str
    actions: int
    restricting: int


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the map."""
    book = renderer.book
    places = _Places(book)
    states = [tile for number, line in enumerate(_STATES, 1) for tile in _line(places, number, line)]
    regions = [(name, _countries(places, codes.split())) for name, codes in _REGIONS.items()]
    yield renderer.page(
        "map.html",
        "map.html",
        citing=Citing(renderer.book, title="Where", address=renderer.address("map.html")),
        states=states,
        regions=[region for region in regions if region[1]],
        towns=[
            (tile, towns)
            for tile in sorted(states, key=lambda each: each.name)
            if (towns := _towns(places, f"us-{tile.code}"))
        ],
    )


def lineage(book: Book, place: str) -> Iterator[str]:
    """Yield a place and the places that it lies in; a union is made of its members, and holds its own acts alone."""
    seen: set[str] = set()
    while place and place not in seen:
        yield place
        seen.add(place)
        record = book.dataset.jurisdictions.get(place)
        place = (record.model.parent or "") if record else ""


class _Places:
    """How many actions each place has, those of the places in it included."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.actions: Counter[str] = Counter()
        self.restricting: Counter[str] = Counter()
        for record in book.actions:
            restricts = _restricts_now(book, record.id)
            for place in {above for name in record.model.jurisdictions for above in lineage(book, name)}:
                self.actions[place] += 1
                self.restricting[place] += restricts

    def tile(self, place: str, row: int = 0, column: int = 0) -> Tile:
        """Return the tile of a place."""
        known = place in self.book.dataset.jurisdictions
        return Tile(
            place.removeprefix("us-"),
            self.book.title("jurisdiction", place) if known else place.removeprefix("us-").upper(),
            self.book.path("jurisdiction", place) if known else "",
            row,
            column,
            self.actions[place],
            self.restricting[place],
        )


def _restricts_now(book: Book, action_id: str) -> bool:
    if book.directions[action_id] is not Direction.RESTRICTIVE:
        return False
    return book.standing(action_id) in STANDING


def _line(places: _Places, row: int, line: str) -> Iterator[Tile]:
    for column, code in enumerate(line.split(), 1):
        if code != ".":
            yield places.tile(f"us-{code}", row, column)


def _countries(places: _Places, codes: list[str]) -> list[Tile]:
    found = [places.tile(code) for code in codes if places.actions[code]]
    return sorted(found, key=lambda tile: tile.name)


def _towns(places: _Places, state: str) -> list[Town]:
    book = places.book
    below = [name for name in book.dataset.below(state) if name != state and places.actions[name]]
    local = [name for name in below if book.dataset.jurisdictions[name].model.level is not JurisdictionLevel.COUNTRY]
    found = [
        Town(
            book.title("jurisdiction", name),
            book.path("jurisdiction", name),
            places.actions[name],
            places.restricting[name],
        )
        for name in local
    ]
    return sorted(found, key=lambda town: town.name)
