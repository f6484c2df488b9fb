"""YAML text to plain data with a mark on every key and value; whatever cannot be read becomes a finding.

Read from the parser's events: depth is bounded before anything is built, aliases and tags are refused instead of
resolved, and every scalar stays the text that stands in the file. A text without faults takes the short way; one with
faults is read again by the builder, which can say what is wrong.
"""

from policytrack.documents.building import MAX_DEPTH
from policytrack.documents.document import Data, Document, Mark, Path, walk
from policytrack.documents.reading import MAX_BYTES, parse

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Data", "Document", "Mark", "Path", "parse", "walk"]
