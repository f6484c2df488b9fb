"""Writing into records: what a command adds stands where a curator would have put it, in one layout for all."""

from policytrack.drafting.drafts import Draft, TakenIdError, draft, new, place
from policytrack.drafting.fixing import Repair, apply, fix
from policytrack.drafting.formatting import Formatted, fmt, formatted
from policytrack.drafting.forms import forms
from policytrack.drafting.issues import from_issue
from policytrack.drafting.writing import DraftError, create, with_passage, write

__all__ = [
    "Draft",
    "DraftError",
    "Formatted",
    "Repair",
    "TakenIdError",
    "apply",
    "create",
    "draft",
    "fix",
    "fmt",
    "formatted",
    "forms",
    "from_issue",
    "new",
    "place",
    "with_passage",
    "write",
]
