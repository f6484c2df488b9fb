"""How a JSON document changed: the values that differ, each under its JSON Pointer (RFC 6901).

Where keys came, went or changed their order, the object that holds them is exchanged as a whole: the order of keys is
part of the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Patch:
    """One value that differs: the steps that lead to it, what it was and what it is."""

    at: tuple[str, ...]
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """Return the published shape."""
        pointer = "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in self.at)
        return {"pointer": pointer, "before": self.before, "after": self.after}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Patch:
        """Return the patch that was published."""
        steps = str(told["pointer"]).split("/")[1:]
        return cls(tuple(step.replace("~1", "/").replace("~0", "~") for step in steps), told["before"], told["after"])


def patch(before: Any, after: Any, at: tuple[str, ...] = ()) -> Iterator[Patch]:  # noqa: ANN401 - JSON
    """Yield what differs between two JSON documents."""
    if same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and list(before) == list(after):
        for key in before:
            yield from patch(before[key], after[key], (*at, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (former, later) in enumerate(zip(before, after, strict=True)):
            yield from patch(former, later, (*at, str(number)))
    else:
        yield Patch(at, before, after)


def same(before: Any, after: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether two JSON documents are written alike: `1` is not `true`, and the order of keys counts."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return list(before) == list(after) and all(same(before[key], after[key]) for key in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(same, before, after))
    return type(before) is type(after) and bool(before == after)


def patched(document: Any, patches: Iterable[Patch]) -> Any:  # noqa: ANN401 - JSON
    """Return a document with its patches applied; raises `ValueError` where they were made for another."""
    for each in patches:
        document = _exchanged(document, each.at, each)
    return document


def _exchanged(here: Any, at: tuple[str, ...], change: Patch) -> Any:  # noqa: ANN401 - JSON
    if not at:
        if not same(here, change.before):
            message = "another value stands there"
            raise ValueError(message)
        return change.after
    step, *rest = at
    if isinstance(here, list):
        number = int(step)
        return [*here[:number], _exchanged(here[number], tuple(rest), change), *here[number + 1 :]]
    made = {**here}
    made[step] = _exchanged(here[step], tuple(rest), change)
    return made


def invert_patch(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Return the patches that take ``patches`` back."""
    return tuple(Patch(each.at, each.after, each.before) for each in reversed(tuple(patches)))


def join_patches(first: Iterable[Patch], second: Iterable[Patch]) -> tuple[Patch, ...]:
    """Return the patches that do what ``first`` and then ``second`` do, as `patch` would say it of both ends."""
    told = {each.at: each for each in first}
    for each in second:
        above = next((at for at in _ways(each.at) if at in told), None)
        if above is not None:
            whole = told.pop(above)
            after = _exchanged(whole.after, each.at[len(above) :], each)
            told |= {made.at: made for made in patch(whole.before, after, above)}
            continue
        below = [told.pop(at) for at in list(told) if at[: len(each.at)] == each.at]
        before = patched(each.before, (Patch(was.at[len(each.at) :], was.after, was.before) for was in below))
        told |= {made.at: made for made in patch(before, each.after, each.at)}
    return tuple(sorted(told.values(), key=lambda each: each.at))


def _ways(at: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the pointers that lead to ``at``, itself among them."""
    return (at[:length] for length in range(len(at) + 1))
