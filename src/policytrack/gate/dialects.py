"""The dialect of a table: what is wrong with its description, and how rows are cut by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from policytrack.gate.descriptors import Node
from policytrack.gate.faults import ADVICE, DIALECT
from policytrack.gate.report import Report
from policytrack.gate.shapes import DIALECTS

_OLD: Final = ("caseSensitiveHeader", "csvddfVersion")
_SIGNS: Final = ("delimiter", "quoteChar", "escapeChar", "commentChar", "lineTerminator")
_ENDS: Final = frozenset("\r\n")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written. Rows are counted from 1."""

    delimiter: str = ","
    terminator: str = "\r\n"
    quote: str = '"'
    doubled: bool = True
    escape: str = ""
    null: str | None = None
    skips_space: bool = False
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    comment_rows: frozenset[int] = frozenset()
    comment: str = ""
    where: str = ""
    item_type: str = ""
    item_keys: tuple[str, ...] = ()


def dialect_of(node: Node, report: Report, kind: str) -> Dialect:
    """Return the dialect that a description makes for a format, the standard's where it says nothing or nonsense."""
    usual: dict[str, Any] = {"delimiter": "\t"} if kind == "tsv" else {}
    if node.value is None:
        return Dialect(**usual)
    if not isinstance(node.value, dict):
        report.at(DIALECT, "dialect.object", node, "a dialect is an object, or the path of one")
        return Dialect(**usual)
    DIALECTS.inspect(node, report)
    told = {name: node[name].value for name, form in DIALECTS.properties.items()
            if name in node and form.holds(node[name].value)}  # fmt: skip
    made = Dialect(**{**usual, **_parts(told)})
    _contradictions(node, told, made, report)
    return made


def _parts(told: Mapping[str, Any]) -> dict[str, Any]:
    names = {
        "delimiter": "delimiter",
        "lineTerminator": "terminator",
        "quoteChar": "quote",
        "doubleQuote": "doubled",
        "escapeChar": "escape",
        "nullSequence": "null",
        "skipInitialSpace": "skips_space",
        "headerJoin": "header_join",
        "commentChar": "comment",
        "property": "where",
        "itemType": "item_type",
    }
    parts = {names[key]: value for key, value in told.items() if key in names}
    if told.get("headerRows"):
        parts["header_rows"] = tuple(sorted(set(told["headerRows"])))
    if told.get("header") is False:
        parts["header_rows"] = ()
    parts["comment_rows"] = frozenset(told.get("commentRows", ()))
    parts["item_keys"] = tuple(told.get("itemKeys", ()))
    return parts


def _contradictions(node: Node, told: Mapping[str, Any], made: Dialect, report: Report) -> None:
    """Tell of signs that mean two things, and of what is of the first version."""
    signs = {"delimiter": made.delimiter, "quoteChar": made.quote, "escapeChar": made.escape,
             "commentChar": made.comment, "lineTerminator": made.terminator}  # fmt: skip
    told_signs = [name for name in _SIGNS if name in told]
    for number, name in enumerate(told_signs):
        others = [each for each in _SIGNS if signs[each] == signs[name] and each != name]
        if others and not set(others) & set(told_signs[:number]):
            report.at(DIALECT, f"dialect.{name}.twice", node[name], f"{signs[name]!r} is the {others[0]} as well")
            return
    for name in ("delimiter", "quoteChar", "escapeChar"):
        if name in told and made.terminator in {"\r\n", "\n", "\r"} and _ENDS & set(signs[name]):
            report.at(DIALECT, f"dialect.{name}.end", node[name], f"{signs[name]!r} ends lines")
    if "escapeChar" in told and "quoteChar" in told:
        report.at(ADVICE, "dialect.exclusive", node["escapeChar"], "`escapeChar` and `quoteChar` exclude each other")
    both = set(made.header_rows) & made.comment_rows
    if both:
        message = f"row {min(both)} is header and comment"
        report.at(DIALECT, "dialect.rows", node["commentRows"], message)
    if told.get("header") is False and told.get("headerRows"):
        report.at(ADVICE, "dialect.header.rows", node["headerRows"], "`header` says that there are none")
    for name in _OLD:
        if name in told:
            report.at(ADVICE, "dialect.old", node[name], f"`{name}` is of the first version of the standard")
