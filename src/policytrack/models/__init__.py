"""The record models: the one place where a field is stated, with its type, its description and an example."""

from policytrack.models.action import Action, Conflict, Evidence, Link, Provision, Timeline
from policytrack.models.change import ChangeNote, Correcting
from policytrack.models.coverage import Coverage, Rejection, Search
from policytrack.models.entities import Actor, Jurisdiction, Membership, Technology
from policytrack.models.forms import Model
from policytrack.models.identifiers import Identifier
from policytrack.models.redirect import Redirect
from policytrack.models.review import Review, Waiver
from policytrack.models.source import Copy, Passage, Read, Source
from policytrack.models.values import Amount, Citation, Credit, PageDate

__all__ = [
    "Action",
    "Actor",
    "Amount",
    "ChangeNote",
    "Citation",
    "Conflict",
    "Copy",
    "Correcting",
    "Coverage",
    "Credit",
    "Evidence",
    "Identifier",
    "Jurisdiction",
    "Link",
    "Membership",
    "Model",
    "PageDate",
    "Passage",
    "Provision",
    "Read",
    "Redirect",
    "Rejection",
    "Review",
    "Search",
    "Source",
    "Technology",
    "Timeline",
    "Waiver",
]
