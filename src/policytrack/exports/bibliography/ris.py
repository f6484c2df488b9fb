"""Works as RIS: a tag to a line, as the makers of the form say, with the line ends that they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from policytrack.codes import SourceType
from policytrack.exports.bibliography.works import Work

_TYPES: Final[dict[SourceType, str]] = {
    SourceType.NEWS_ARTICLE: "NEWS",
    SourceType.TRADE_PRESS: "MGZN",
    SourceType.STATUTE: "STAT",
    SourceType.BILL: "BILL",
    SourceType.ORDINANCE: "STAT",
    SourceType.REGULATION: "STAT",
    SourceType.COURT_DECISION: "CASE",
    SourceType.COURT_FILING: "CASE",
    SourceType.REGULATOR_DECISION: "GEN",
    SourceType.REPORT: "RPRT",
    SourceType.LAW_FIRM_NOTE: "ELEC",
    SourceType.PRESS_RELEASE: "ELEC",
    SourceType.GOVERNMENT_PAGE: "ELEC",
    SourceType.COMPANY_PAGE: "ELEC",
    SourceType.TRACKER: "ELEC",
    SourceType.ADVOCACY_PAGE: "ELEC",
}


def written(works: Iterable[Work]) -> str:
    """Return the references, one after the other."""
    return "".join(f"{tag}  - {value}\r\n" for work in works for tag, value in _lines(work))


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work.type]
    yield "ID", work.id
    yield from (("AU", name) for name in work.authors)
    told = (
        ("TI", work.title),
        ("TT", work.title_en),
        ("T2", work.container),
        ("PB", work.publisher),
        ("M3", work.type.label),
        ("PY", _year(work)),
        ("DA", _date(work)),
        ("UR", work.url),
        ("Y2", work.read_on.strftime("%Y/%m/%d") if work.read_on else ""),
        ("LA", work.language),
        ("N1", work.published.words),
        ("N1", f"archived at {work.archive_url}" if work.archive_url else ""),
    )
    yield from ((tag, value) for tag, value in told if value)
    yield "ER", ""


def _year(work: Work) -> str:
    return f"{work.published.parts[0]:04}" if work.published.parts else ""


def _date(work: Work) -> str:
    """Return year, month and day with two slashes; what is not known is left empty between them."""
    if not work.published.parts:
        return ""
    year, *rest = work.published.parts
    return "/".join([f"{year:04}", *(f"{part:02}" for part in rest), "", ""][:3])
