"""Copies of one wire: reports whose texts are nearly the same, counted as one source."""

from __future__ import annotations

import re

from rensa import RMinHash, RMinHashLSH

_WORD = re.compile(r"\w+")

#: Words in a shingle; long enough that two writers seldom share one by chance.
SHINGLE = 4
#: Share of shingles in common from which one text is a copy of the other: a wire with another
#: headline, a changed lead or a cut end still is one; two desks writing of one blast are not.
COPY = 0.6
#: Permutations and bands of MinHash: a pair at `COPY` is met with a likelihood over .99.
PERMUTATIONS, BANDS, SEED = 128, 32, 42


def shingles(text: str) -> list[str]:
    """Runs of `SHINGLE` words, lower case."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))]


class Wires:
    """Groups of reports that are copies, kept as they come in; the order does not matter."""

    def __init__(self) -> None:
        self._lsh = RMinHashLSH(threshold=COPY, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._prints: dict[int, tuple[str, RMinHash]] = {}
        self._number: dict[str, int] = {}
        self._links: dict[str, str] = {}
        self._next = 0

    def add(self, report: str, text: str) -> list[str]:
        """Take in a report; the ids of those already here that it is a copy of."""
        if report in self._number or not text.strip():
            return []
        made = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        made.update(shingles(text))
        near = (self._prints[n] for n in self._lsh.query(made))
        copies = sorted(other for other, print_ in near if print_.jaccard(made) >= COPY)
        self._number[report] = self._next
        self._prints[self._next] = (report, made)
        self._lsh.insert(self._next, made)
        self._next += 1
        for other in copies:
            link(self._links, report, other)
        return copies

    def forget(self, report: str) -> None:
        """Stop looking for copies of a report; what was found so far stays found."""
        number = self._number.pop(report, None)
        if number is not None:
            del self._prints[number]
            self._lsh.remove(number)

    def wire(self, report: str) -> str:
        """The least id among a report and its copies: the name of its wire."""
        return root(self._links, report)


def root(links: dict[str, str], one: str) -> str:
    """The head of a chain of links, which is shortened on the way."""
    top = one
    while (above := links.get(top, top)) != top:
        top = above
    while (above := links.get(one, one)) != top:
        links[one] = top
        one = above
    return top


def link(links: dict[str, str], one: str, two: str) -> None:
    """Join two chains under the lesser of their heads."""
    low, high = sorted((root(links, one), root(links, two)))
    if low != high:
        links[high] = low
