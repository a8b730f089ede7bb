"""Chains of claims in words, for people."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.records import Claim


def in_words(claims: Sequence[Claim], chain: Sequence[str]) -> str:
    """A chain told outermost first: "CNN-News18, citing top military sources".

    `chain` is `Event.claims`, innermost first; empty when the report itself asserts it.
    """
    by_id = {claim.id: claim for claim in claims}
    names = [
        source.text if (source := by_id[name].source) is not None else "somebody unnamed"
        for name in reversed(chain)
        if name in by_id
    ]
    return ", citing ".join(" ".join(name.split()) for name in names)
