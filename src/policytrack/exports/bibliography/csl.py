"""Works as CSL-JSON, which Zotero, Pandoc and all that use the Citation Style Language read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from policytrack.codes import SourceType
from policytrack.exports.bibliography.works import When, Work

# Types of CSL 1.0.1, which older processors know too; `genre` says what the type cannot.
_TYPES: Final[dict[SourceType, str]] = {
    SourceType.NEWS_ARTICLE: "article-newspaper",
    SourceType.TRADE_PRESS: "article-magazine",
    SourceType.STATUTE: "legislation",
    SourceType.BILL: "bill",
    SourceType.ORDINANCE: "legislation",
    SourceType.REGULATION: "legislation",
    SourceType.COURT_DECISION: "legal_case",
    SourceType.COURT_FILING: "legal_case",
    SourceType.REGULATOR_DECISION: "legal_case",
    SourceType.REPORT: "report",
    SourceType.LAW_FIRM_NOTE: "post-weblog",
    SourceType.PRESS_RELEASE: "webpage",
    SourceType.GOVERNMENT_PAGE: "webpage",
    SourceType.COMPANY_PAGE: "webpage",
    SourceType.TRACKER: "webpage",
    SourceType.ADVOCACY_PAGE: "webpage",
}


def written(works: Iterable[Work]) -> str:
    """Return the items as one JSON array, an item to a line."""
    return "[\n" + ",\n".join(json.dumps(_item(work), ensure_ascii=False) for work in works) + "\n]\n"


def _item(work: Work) -> dict[str, Any]:
    notes = [f"In English: {work.title_en}" if work.title_en else "", work.published.words]
    told: dict[str, Any] = {
        "id": work.id,
        "type": _TYPES[work.type],
        "title": work.title,
        # A name as printed, not taken apart.
        "author": [{"literal": name} for name in work.authors],
        "container-title": work.container,
        "publisher": work.publisher,
        "issued": _issued(work.published),
        "accessed": _day(work.read_on),
        "URL": work.url,
        "archive_location": work.archive_url,
        "language": work.language,
        "genre": work.type.label,
        "note": ". ".join(filter(None, notes)),
    }
    return {key: value for key, value in told.items() if value}


def _issued(published: When) -> dict[str, Any]:
    return {"date-parts": [list(published.parts)]} if published.parts else {}


def _day(value: date | None) -> dict[str, Any]:
    return {} if value is None else {"date-parts": [[value.year, value.month, value.day]]}
