"""Small pieces of markup that a page has by the hundred: made in Python, where a template takes ten times as long.

Text is escaped here; what stands in a figure, places and codes, is our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from policytrack.codes import Effect, ForceState, Grade
from policytrack.site.account import Name
from policytrack.site.grounds import Claim
from policytrack.site.life import Bar, Chapter, Life


def named(name: Name, up: str) -> Markup:
    """Return a name, as a link where it has a page."""
    text = escape(name.text)
    return Markup(f'<a href="{escape(up + name.path)}">{text}</a>') if name.path else text  # noqa: S704 - escaped


def names(items: Sequence[Name], up: str) -> Markup:
    """Return names as a phrase: `a`, `a and b`, `a, b and c`."""
    told = [named(name, up) for name in items]
    return Markup(" and ").join([Markup(", ").join(told[:-1]), told[-1]] if len(told) > 1 else told)


@lru_cache
def state_of(state: ForceState) -> Markup:
    """Return a state of force with its sign."""
    return Markup('<span class="state {}"><span class="mark" aria-hidden="true"></span>{}</span>').format(
        state.value, state.label
    )


@lru_cache
def effect_of(effect: Effect) -> Markup:
    """Return what a provision does, as a badge."""
    return Markup('<span class="effect {}">{}</span>').format(effect.value, effect.label)


@lru_cache
def grade_of(grade: Grade, up: str) -> Markup:
    """Return a grade that leads to what it means."""
    return Markup('<a class="grade" href="{}method.html#grades" aria-label="Grade {}: {}">{}</a>').format(
        up, grade.value, grade.label, grade.value
    )


@lru_cache(maxsize=4096)
def numbers(items: tuple[int, ...]) -> Markup:
    """Return the numbers of sources on the same page."""
    return Markup(" ".join(f'<a class="ref" href="#s{number}">{number}</a>' for number in items))  # noqa: S704 - numbers


def claimed(claims: Iterable[Claim]) -> Markup:
    """Return claims, each with the sources that state it, from which it is inferred, and which say otherwise."""
    return Markup("\n".join(map(_claim, claims)))  # noqa: S704 - escaped


def _claim(claim: Claim) -> str:
    cited = _grounded(claim.stated, claim.inferred, claim.against, claim.origins)
    return (
        f'<div id="claim-{escape(claim.anchor)}">\n<dt>{escape(claim.what)}</dt>\n'
        f"<dd>{escape(claim.says)}\n{cited}</dd>\n</div>"
    )


@lru_cache(maxsize=4096)
def _grounded(stated: tuple[int, ...], inferred: tuple[int, ...], against: tuple[int, ...], origins: int) -> Markup:
    told = [f"Stated in {numbers(stated)}"] if stated else []
    told += [f"{'inferred' if stated else 'Inferred'} from {numbers(inferred)}"] if inferred else []
    told = told or ["Follows from the rest"]
    told += [f"<strong>contradicted by {numbers(against)}</strong>"] if against else []
    count = f" · {origins} origins" if origins > 1 else ""
    return Markup(f'<span class="cited">{"; ".join(told)}{count}</span>')  # noqa: S704 - numbers


def grid(life: Life) -> Markup:
    """Return the years of a figure and the day of the site as lines."""
    drawn = [_upright("grid", tick.at) for tick in life.ticks]
    return Markup("".join([*drawn, _upright("today", life.today)]))  # noqa: S704 - our own


def axis(life: Life) -> Markup:
    """Return the labels of the years."""
    end = ' text-anchor="end"'
    return Markup(  # noqa: S704 - our own
        "".join(f'<text x="{tick.at}" y="12"{end if tick.last else ""}>{tick.year}</text>' for tick in life.ticks)
    )


def marks(chapter: Chapter) -> Markup:
    """Return what happened as points, and as lines where no day is known."""
    return Markup(  # noqa: S704 - our own
        "".join(
            f'<circle class="event" cx="{mark.left}" cy="7" r="4"/>'
            if mark.exact
            else _level("within", mark.left, mark.right)
            for mark in chapter.marks
        )
    )


def stretches(bar: Bar) -> Markup:
    """Return when a provision stood as lines."""
    return Markup("".join(_level(each.state.value, each.left, each.right) for each in bar.drawn))  # noqa: S704 - our own


def _upright(name: str, at: str) -> str:
    return f'<line class="{name}" x1="{at}" x2="{at}" y1="0" y2="100%"/>'


def _level(name: str, left: str, right: str) -> str:
    return f'<line class="{name}" x1="{left}" x2="{right}" y1="7" y2="7"/>'


PIECES = {
    piece.__name__: piece
    for piece in (named, names, state_of, effect_of, grade_of, numbers, claimed, grid, axis, marks, stretches)
}
