"""Evidence: fingerprints of passages, checks against copies, independent origins, and what supports which field."""

from policytrack.evidence.citation import (
    AmbiguousError,
    CitedAlreadyError,
    CiteError,
    Cutting,
    NotFoundError,
    TooShortError,
    candidates,
    cite,
    next_key,
)
from policytrack.evidence.copies import NoFolderError
from policytrack.evidence.independence import Origin, corroboration, grade, origins, root_of
from policytrack.evidence.passages import fingerprint, squash
from policytrack.evidence.support import Field, fields, supported
from policytrack.evidence.verification import Verified, verify
from policytrack.evidence.wording import SHARED_WORDING, shared_wording

__all__ = [
    "SHARED_WORDING",
    "AmbiguousError",
    "CiteError",
    "CitedAlreadyError",
    "Cutting",
    "Field",
    "NoFolderError",
    "NotFoundError",
    "Origin",
    "TooShortError",
    "Verified",
    "candidates",
    "cite",
    "corroboration",
    "fields",
    "fingerprint",
    "grade",
    "next_key",
    "origins",
    "root_of",
    "shared_wording",
    "squash",
    "supported",
    "verify",
]
