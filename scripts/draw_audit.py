"""Draw the sample of an audit: which actions somebody else reads against their sources.

    python scripts/draw_audit.py SEED COUNT

The sample is stratified by grade, by what kind of actor acts, and by region; the strata take turns, so that small ones
are read as well. The same seed and the same records give the same sample. The seed is committed before the draw.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from pathlib import Path

from policytrack.dataset import Dataset, read
from policytrack.evidence import grade
from policytrack.models import Action
from policytrack.parsing import Record

ROOT = Path(__file__).parent.parent


def stratum(dataset: Dataset, record: Record[Action]) -> tuple[str, str, str]:
    """Return grade, form of the instrument, and the country or union of an action."""
    place = next(iter(record.model.jurisdictions), "")
    above = dataset.above(place)
    region = (above[-1] if above else place) or "none"
    return grade(dataset, record).value, record.model.instrument.form.value, region


def draw(dataset: Dataset, seed: str, count: int) -> list[str]:
    """Return the ids of the sample, sorted."""
    source = random.Random(seed)  # noqa: S311 - a draw that anybody can repeat, no secret
    strata: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, record in dataset.actions.items():
        strata[stratum(dataset, record)].append(name)
    order = sorted(strata)
    source.shuffle(order)
    for members in strata.values():
        source.shuffle(members)
    found: list[str] = []
    while len(found) < count and any(strata.values()):
        found += [strata[each].pop() for each in order if strata[each]]
    return sorted(found[:count])


if __name__ == "__main__":
    print("\n".join(draw(read(ROOT), sys.argv[1], int(sys.argv[2]))))
