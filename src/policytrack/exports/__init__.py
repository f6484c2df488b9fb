"""Files that a package carries beside its tables: one module for each format, all of the same rows."""

from typing import Final

from policytrack.exports import jsonl
from policytrack.package import Export

EXPORTS: Final[tuple[Export, ...]] = (jsonl.export,)
