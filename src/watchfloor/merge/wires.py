"""Copies of one wire: reports whose texts are nearly the same, counted as one source."""

from __future__ import annotations

import re
import struct
from hashlib import blake2b

import numpy as np
from rensa import RMinHash

_WORD = re.compile(r"\w+")

#: Words in a shingle; long enough that two writers seldom share one by chance.
SHINGLE = 4
#: Share of shingles in common from which one text is a copy of the other: a wire with another
#: headline, a changed lead or a cut end still is one; two desks writing of one blast are not.
COPY = 0.6
#: Values of a print and values in a band. A pair at `COPY` shares one of 32 bands of 4 with a
#: likelihood of .99, one at .2 with .05.
VALUES, IN_BAND, SEED = 128, 4, 42


def shingles(text: str) -> list[str]:
    """Runs of `SHINGLE` words, lower case; a shorter text is one run."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))]


def print_of(text: str) -> bytes:
    """The text's MinHash: `VALUES` 32-bit numbers, the same on every machine."""
    made = RMinHash(num_perm=VALUES, seed=SEED)
    made.update(shingles(text))
    return struct.pack(f"<{VALUES}I", *made.digest())


def bands_of(print_: bytes) -> tuple[int, ...]:
    """Numbers that two prints share if a whole band of theirs is the same; signed, 64 bits."""
    size = 4 * IN_BAND
    return tuple(
        hash_64(bytes([n]) + print_[n * size : (n + 1) * size]) for n in range(VALUES // IN_BAND)
    )


def hash_64(data: bytes) -> int:
    """A signed 64-bit hash, the same on every machine and in every run."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def is_copy(one: bytes, two: bytes) -> bool:
    """Whether two prints agree in so many values that one text is a copy of the other."""
    left, right = np.frombuffer(one, np.uint32), np.frombuffer(two, np.uint32)
    return bool(np.mean(left == right) >= COPY)
