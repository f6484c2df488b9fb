"""The publication of an edition: the whole layout of a release, and how anybody verifies one."""

from __future__ import annotations

from policytrack.publication.assembly import citation, publish
from policytrack.publication.rebuilding import rebuild
from policytrack.publication.signature import SignatureError
from policytrack.publication.verification import verify_release

__all__ = ["SignatureError", "citation", "publish", "rebuild", "verify_release"]
