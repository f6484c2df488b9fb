"""The closed vocabularies: every value on which the code may branch, each with the words that the codebook prints."""

from typing import Final

from policytrack.codes.events import Event, Stage
from policytrack.codes.instruments import Bindingness, Form, IdentifierScheme, Instrument
from policytrack.codes.kinds import Kind
from policytrack.codes.places import ActorType, EntityScheme, JurisdictionLevel
from policytrack.codes.provisions import AmountKind, Condition, Conduct, Direction, Effect
from policytrack.codes.publication import ChangeLevel, CorrectionReason
from policytrack.codes.relations import Relation
from policytrack.codes.scope import Purpose, Subject
from policytrack.codes.sources import (
    CopyKind,
    CreditKind,
    Extent,
    Grade,
    PassageState,
    Reading,
    RedirectKind,
    RejectionKind,
    Reliability,
    ReviewState,
    SourceType,
)
from policytrack.codes.timing import DateBasis, EndKind, ForceBasis, ForceState
from policytrack.codes.vocabulary import Code

# The name under which each vocabulary is published, in the order of the codebook.
VOCABULARIES: Final[dict[str, type[Code]]] = {
    "kind": Kind,
    "instrument": Instrument,
    "form": Form,
    "bindingness": Bindingness,
    "identifier-scheme": IdentifierScheme,
    "event": Event,
    "stage": Stage,
    "relation": Relation,
    "effect": Effect,
    "direction": Direction,
    "conduct": Conduct,
    "subject": Subject,
    "purpose": Purpose,
    "condition": Condition,
    "amount-kind": AmountKind,
    "actor-type": ActorType,
    "entity-scheme": EntityScheme,
    "jurisdiction-level": JurisdictionLevel,
    "date-basis": DateBasis,
    "end-kind": EndKind,
    "force-state": ForceState,
    "force-basis": ForceBasis,
    "source-type": SourceType,
    "credit-kind": CreditKind,
    "reliability": Reliability,
    "extent": Extent,
    "copy-kind": CopyKind,
    "reading": Reading,
    "review-state": ReviewState,
    "grade": Grade,
    "passage-state": PassageState,
    "redirect-kind": RedirectKind,
    "rejection-kind": RejectionKind,
    "change-level": ChangeLevel,
    "correction-reason": CorrectionReason,
}

__all__ = [
    "VOCABULARIES",
    "ActorType",
    "AmountKind",
    "Bindingness",
    "ChangeLevel",
    "Code",
    "Condition",
    "Conduct",
    "CopyKind",
    "CorrectionReason",
    "CreditKind",
    "DateBasis",
    "Direction",
    "Effect",
    "EndKind",
    "EntityScheme",
    "Event",
    "Extent",
    "ForceBasis",
    "ForceState",
    "Form",
    "Grade",
    "IdentifierScheme",
    "Instrument",
    "JurisdictionLevel",
    "Kind",
    "PassageState",
    "Purpose",
    "Reading",
    "RedirectKind",
    "RejectionKind",
    "Relation",
    "Reliability",
    "ReviewState",
    "SourceType",
    "Stage",
    "Subject",
]
