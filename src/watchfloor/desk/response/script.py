"""Right-to-left and Chinese, Japanese and Korean text for a writer that knows neither.

Arabic letters are joined by the presentation forms of Unicode, whose own decompositions say which
letter each is a form of; lines are turned round by the kinds of direction of Unicode (UAX 9),
without its embeddings.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby

#: Letters that the base font of a PDF has none of: kana, ideographs, hangul, full-width forms.
_CJK = ((0x2E80, 0xA4CF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
        (0x20000, 0x3FFFF))  # fmt: skip
_RTL = frozenset({"R", "AL"})
_LTR = frozenset({"L", "EN", "AN"})
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
LAM = "\u0644"


def clean(text: str) -> str:
    """The text without characters that XML, and so Word, cannot hold."""
    return "".join(c for c in text if c in "\t\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def is_rtl(text: str) -> bool:
    """Whether a line runs from right to left: its first letter with a direction does."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind in _RTL for kind in strong if kind in {"L", *_RTL}), False)


def has_rtl(text: str) -> bool:
    """Whether any letter runs from right to left."""
    return any(unicodedata.bidirectional(c) in _RTL for c in text)


def is_cjk(char: str) -> bool:
    """Whether it is written in Chinese, Japanese or Korean type."""
    return any(first <= ord(char) <= last for first, last in _CJK)


def runs(text: str) -> list[tuple[bool, str]]:
    """The text in stretches that are, and are not, in Chinese, Japanese or Korean type."""
    return [(cjk, "".join(chars)) for cjk, chars in groupby(text, is_cjk)]


def visual(line: str) -> str:
    """A line as its letters stand from left to right, Arabic joined."""
    if not has_rtl(line):
        return line
    rtl = is_rtl(line)
    stretches = [("".join(c for c, _ in part), kind) for kind, part in
                 groupby(_directions(line, rtl), key=lambda pair: pair[1])]  # fmt: skip
    shown = [joined(text)[::-1].translate(_MIRRORED) if kind else text for text, kind in stretches]
    return "".join(reversed(shown) if rtl else shown)


def _directions(line: str, base: bool) -> list[tuple[str, bool]]:
    """Each character and whether it runs from right to left; a neutral one goes as those before
    and after it do where they agree, else as the line does.
    """
    known: list[bool | None] = []
    for char in line:
        kind = unicodedata.bidirectional(char)
        known.append(True if kind in _RTL else False if kind in _LTR else None)
    found: list[bool] = []
    for at, way in enumerate(known):
        before = found[-1] if found else base
        after = next((k for k in known[at:] if k is not None), base)
        neutral = before if before == after else base
        found.append(neutral if way is None else way)
    return list(zip(line, found, strict=True))


def joined(text: str) -> str:
    """Arabic letters as the forms that stand beside each other in a word."""
    forms, made, at = _forms(), [], 0
    while at < len(text):
        letter = text[at : at + 2] if text[at : at + 2] in forms else text[at]
        if letter not in forms:
            made.append(letter)
            at += 1
            continue
        before = _beside(text, at - 1, -1)
        after = _beside(text, at + len(letter), 1)
        own = forms[letter]
        left = "initial" in own and "final" in forms.get(after, {})
        right = "final" in own and "initial" in forms.get(before, {})
        name = {(0, 0): "isolated", (1, 0): "initial", (0, 1): "final", (1, 1): "medial"}
        made.append(own.get(name[left, right], letter))
        at += len(letter)
    return "".join(made)


def _beside(text: str, at: int, step: int) -> str:
    """The next letter, marks upon letters passed over; "" at the end."""
    while 0 <= at < len(text) and unicodedata.combining(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else ""


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The forms of each Arabic letter, and of lam with alef, from Unicode's decompositions."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)):
        tag, _, of = unicodedata.decomposition(chr(code)).partition(" ")
        letters = "".join(chr(int(c, 16)) for c in of.split())
        if len(letters) == 1 or (len(letters) == 2 and letters[0] == LAM and letters[1] in _ALEFS):
            found.setdefault(letters, {})[tag.strip("<>")] = chr(code)
    return found


_ALEFS = "\u0622\u0623\u0625\u0627"
