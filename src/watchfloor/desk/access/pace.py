"""How fast one session or token may ask, so that a program that runs wild holds nobody else up."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

#: Requests at once, and how many more each second.
BURST, A_SECOND = 1000, 50.0
#: Sessions and tokens remembered at once; the oldest are forgotten first.
REMEMBERED = 10_000


@dataclass
class Pace:
    """What each may still ask, as a bucket that fills again, for as long as this desk runs."""

    left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def spent(self, whose: str) -> bool:
        """Whether one more request is too many; if not, it counts."""
        now = monotonic()
        left, since = self.left.pop(whose, (float(BURST), now))
        left = min(float(BURST), left + (now - since) * A_SECOND)
        self.left[whose] = (max(0.0, left - 1), now)
        while len(self.left) > REMEMBERED:
            del self.left[next(iter(self.left))]
        return left < 1
