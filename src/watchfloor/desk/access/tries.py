"""How often one address may try to sign in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: Failed tries from one address within the window, after which it must wait.
MOST = 20
WINDOW = timedelta(minutes=10)
#: Addresses remembered at once; the oldest are forgotten first.
REMEMBERED = 10_000


@dataclass
class Tries:
    """Failed tries by address, for as long as this desk runs."""

    failed: dict[str, deque[datetime]] = field(default_factory=dict)

    def too_many(self, address: str, at: datetime) -> bool:
        """Whether an address has to wait."""
        kept = self.failed.get(address, deque())
        while kept and kept[0] <= at - WINDOW:
            kept.popleft()
        return len(kept) >= MOST

    def note(self, address: str, at: datetime) -> None:
        """One more failed try."""
        kept = self.failed.pop(address, deque())
        kept.append(at)
        self.failed[address] = kept
        while len(self.failed) > REMEMBERED:
            del self.failed[next(iter(self.failed))]
