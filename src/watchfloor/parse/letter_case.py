"""Restore the case of reports in capitals only, character for character.

A word that the word list knows as an ordinary English word becomes lower case, others are taken
for names. The result is as long as the text, so offsets stay.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

#: A text is "in capitals" when at least this share of its letters is.
CAPITALS_SHARE = 0.8

_WORD = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’]*")
_NEW_SENTENCE = re.compile(r"""(?:\A|[.!?]["”')\]]*\s+|\n\s*|--\s*|\]\s*)["“'(\[]*\Z""")
#: Looking back this far is enough to see whether a sentence begins.
_BACK = 12


def is_capitals(text: str) -> bool:
    """Whether the text is a telex: nearly all of its letters are capitals."""
    letters = [c for c in text[:4000] if c.isalpha()]
    return len(letters) > 20 and sum(map(str.isupper, letters)) / len(letters) >= CAPITALS_SHARE


def restore(text: str) -> str:
    """The text in ordinary case, of the same length."""
    pieces: list[str] = []
    at = 0
    for word in _WORD.finditer(text):
        pieces.append(text[at : word.start()])
        begins = bool(_NEW_SENTENCE.search(text[max(0, word.start() - _BACK) : word.start()]))
        pieces.append(_cased(word[0], begins))
        at = word.end()
    return "".join(pieces) + text[at:]


def _cased(word: str, begins: bool) -> str:
    low = word.lower()
    if len(low) != len(word):
        return word
    if low in _ordinary_words():
        return low.capitalize() if begins or low == "i" else low
    if low.endswith(("'s", "’s")):
        return _cased(word[:-2], begins) + word[-2:].lower()
    return low[:1].upper() + low[1:]


@cache
def _ordinary_words() -> frozenset[str]:
    """English words that are not names, with their inflections."""
    raw = files("watchfloor.data").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in raw.splitlines() if line and not line.startswith("#"))
