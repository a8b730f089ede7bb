"""Hard-wrapped lines: whether a line break falls inside a sentence."""

from __future__ import annotations

#: Lines longer than this are prose; shorter ones may be hard-wrapped text.
WRAP_LENGTH = 100
#: A hard-wrapped line is no shorter than this.
SHORTEST = 50
#: What ends a sentence, or brings in what follows.
ENDS = '.!?:”"…)'


def goes_on(line: str, following: str) -> bool:
    """Whether the sentence of one line goes on in the following one.

    `line` may be several lines joined; it is the last of them that tells.
    """
    stripped = line.rstrip()
    if not stripped or stripped[-1] in ENDS:
        return False
    last = stripped.rsplit("\n", 1)[-1]
    first = following.lstrip()[:1]
    return first.islower() or first.isdigit() or SHORTEST <= len(last) <= WRAP_LENGTH
