"""The ledger of commitments: demanded, promised, refused, kept, overdue; a pure stage."""

from watchfloor.ledger.find import Commitment, Evidence, Side, find
from watchfloor.ledger.follow import Deed, deeds_of, follow

__all__ = ["Commitment", "Deed", "Evidence", "Side", "deeds_of", "find", "follow"]
