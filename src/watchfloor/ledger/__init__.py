"""The ledger of commitments: demanded, promised, refused, kept, overdue; a pure stage."""

from watchfloor.ledger.find import COMMITMENT, Commitment, Evidence, Side, find
from watchfloor.ledger.follow import STATUSES, Deed, deeds_of, follow
from watchfloor.ledger.fullest import fullest

__all__ = [
    "COMMITMENT",
    "STATUSES",
    "Commitment",
    "Deed",
    "Evidence",
    "Side",
    "deeds_of",
    "find",
    "follow",
    "fullest",
]
