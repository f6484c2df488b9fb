"""What a draft is asked for: which fields, in which order, and what may answer them. The words come from the models."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policytrack.codes import ActorType, Code, Extent, Instrument, JurisdictionLevel, Kind, SourceType
from policytrack.drafting.shape import Shape
from policytrack.layout import KINDS


class Form(StrEnum):
    """How an answer is written, and how it lands in the record."""

    TEXT = "text"
    # Several answers, a text each.
    TEXTS = "texts"
    # Several answers, EVENT=DATE each.
    DATES = "dates"
    # Several answers, each the inside of a mapping as a record holds it: `prohibits: use, by: [law-enforcement]`.
    MAPPINGS = "mappings"
    MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class Question:
    """A field of a draft: ``at`` is its path in the record, ``kinds`` the kinds of records whose ids may answer."""

    name: str
    at: tuple[str, ...]
    required: bool = False
    form: Form = Form.TEXT
    vocabulary: type[Code] | None = None
    kinds: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option that answers it on the command line."""
        return f"--{self.name}"

    @property
    def several(self) -> bool:
        """Whether it takes several answers."""
        return self.form in {Form.TEXTS, Form.DATES, Form.MAPPINGS}


def _ask(name: str, *, at: str = "", **more: object) -> Question:
    return Question(name, tuple((at or name.replace("-", "_")).split(".")), **more)  # type: ignore[arg-type]


_NOTES = _ask("notes")

QUESTIONS: dict[str, tuple[Question, ...]] = {
    "action": (
        _ask("title", required=True),
        _ask("kind", required=True, vocabulary=Kind),
        _ask("instrument", required=True, vocabulary=Instrument),
        _ask("actor", required=True, kinds=("actor",)),
        _ask("co-actor", at="co_actors", form=Form.TEXTS, kinds=("actor",)),
        _ask("jurisdiction", at="jurisdictions", form=Form.TEXTS, kinds=("jurisdiction",)),
        _ask("date", at="timeline", required=True, form=Form.DATES),
        _ask("ends", at="timeline.ends"),
        _ask("provision", at="provisions", form=Form.MAPPINGS),
        _ask("link", at="links", form=Form.MAPPINGS),
        _ask("evidence", form=Form.MAPPINGS),
        _ask("summary"),
        _NOTES,
    ),
    "actor": (
        _ask("name", required=True),
        _ask("type", required=True, vocabulary=ActorType),
        _ask("jurisdiction", kinds=("jurisdiction",)),
        _ask("parent", kinds=("actor",)),
        _ask("alias", at="aliases", form=Form.TEXTS),
        _ask("identifier", at="identifiers", form=Form.TEXTS),
        _ask("public-role"),
        _NOTES,
    ),
    "technology": (
        _ask("name", required=True),
        _ask("alias", at="aliases", form=Form.TEXTS),
        _ask("vendor", kinds=("actor",)),
        _ask("parent", kinds=("technology",)),
        _ask("description"),
        _NOTES,
    ),
    "jurisdiction": (
        _ask("name", required=True),
        _ask("level", required=True, vocabulary=JurisdictionLevel),
        _ask("parent", kinds=("jurisdiction",)),
        _ask("ocd-id"),
        _ask("iso-3166"),
        _NOTES,
    ),
    "source": (
        _ask("type", required=True, vocabulary=SourceType),
        _ask("title", required=True),
        _ask("title-en"),
        _ask("publisher"),
        _ask("container"),
        _ask("author", at="authors", form=Form.TEXTS),
        _ask("credit"),
        _ask("url"),
        _ask("archive-url"),
        _ask("published"),
        _ask("updated"),
        _ask("page-date", at="page_dates", form=Form.TEXTS),
        _ask("language"),
        _ask("read-on", at="read.on"),
        _ask("extent", at="read.extent", required=True, vocabulary=Extent),
        _ask("copy-of", form=Form.MAPPING),
        _NOTES,
    ),
}


def described(kind: str, at: tuple[str, ...]) -> str:
    """Return what the model says of the field at a path."""
    shape = Shape(KINDS[kind].model)
    for step in at[:-1]:
        shape = shape.inside(step)
    return shape.described(at[-1])
