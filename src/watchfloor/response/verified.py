"""How an alert stands as to its verification: by what was found last, else by who was asked."""

from __future__ import annotations

from collections.abc import Iterable

from watchfloor.response.records import VERIFIED, Verification

#: Where somebody was asked and nothing is found yet, and where nobody was.
NO_ANSWER, NOBODY = "no answer yet", "nobody asked"
#: How an alert can stand.
STANDINGS = (*VERIFIED, NO_ANSWER, NOBODY)


def last_of(told: Iterable[Verification]) -> Verification | None:
    """The verification that counts: the last to find something, else the last that was asked for;
    None where nobody was asked.
    """
    return max(
        told, key=lambda v: (v.finding is not None, v.found_at or v.made_at, v.n), default=None
    )
