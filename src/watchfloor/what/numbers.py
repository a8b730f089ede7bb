"""How many: the count that the words of a noun phrase state, as a range."""

from __future__ import annotations

import re

from watchfloor.records import Count

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
#: Vague numbers and the fewest they can mean.
VAGUE = {
    "tens of thousands": 20_000, "hundreds of thousands": 200_000, "hundreds": 200,
    "thousands": 2000, "dozens": 24, "scores": 40, "tens": 20, "several": 3, "numerous": 3,
    "many": 3, "a large number": 3, "a number": 3, "a handful": 3, "various": 2, "multiple": 2,
    "a few": 2, "few": 2, "some": 2,
}  # fmt: skip
WORD = "|".join([*UNITS, *TENS, *SCALES])
FIGURES = rf"\d[\d,]*(?:\s+(?:{'|'.join(SCALES)}))?"
NUMBER = rf"(?:{FIGURES}|(?:half a |a )?(?:{WORD})(?:[\s-]+(?:and )?(?:{WORD}))*)"
AGE = re.compile(rf"\b{NUMBER}\s?-?\s?(?:year|month|week|day)s?\s?-?\s?olds?\b")
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("none", re.compile(
        r"^(?:no|none|nobody|not a single|not one|zero)\b(?! (?:fewer|less|more) than)")),
    ("range", re.compile(rf"\b({NUMBER})\s?(?:to|or|and|-|–)\s?({NUMBER})\b")),
    ("least", re.compile(
        rf"\b(?:at least|more than|over|no (?:fewer|less) than|upwards of|in excess of|"
        rf"not less than|a minimum of|above)\s+({NUMBER})\b")),
    ("least", re.compile(rf"\b({NUMBER})\s?(?:or more\b|plus\b|\+)")),
    ("most", re.compile(
        rf"\b(?:up to|at most|no more than|not more than|as many as|fewer than|less than|"
        rf"a maximum of|under)\s+({NUMBER})\b")),
    ("about", re.compile(
        rf"\b(?:about|around|some|nearly|almost|approximately|roughly|an estimated|close to|"
        rf"estimated)\s+({NUMBER})\b")),
    ("vague", re.compile(rf"\b({'|'.join(VAGUE)})\b")),
    ("exact", re.compile(rf"\b({NUMBER})\b")),
    ("exact", re.compile(r"\b(a couple|a pair)\b")),
)  # fmt: skip
ARTICLE = re.compile(r"^(?:a|an|another|the other|one more|his|her|my|our|their|its)\b")
COUPLE = 2


def value(words: str) -> int | None:
    """The number that number words or figures stand for; None where they are no number.

    "1,200" is 1200, "twenty-one" 21, "two dozen" 24, "three hundred and six" 306.
    """
    total = current = 0
    known = False
    for word in re.split(r"[\s-]+", words.lower().strip()):
        plain = word.replace(",", "")
        if plain.isdigit():
            current += int(plain)
        elif plain in UNITS:
            current += UNITS.index(plain)
        elif plain in TENS:
            current += 10 * (TENS.index(plain) + 2)
        elif plain in SCALES:
            current = (current or 1) * SCALES[plain]
            if SCALES[plain] >= SCALES["thousand"]:
                total, current = total + current, 0
        elif plain in {"and", "a"} and word:
            continue
        elif plain == "half":
            return SCALES["dozen"] // 2 if words.lower().endswith("dozen") else None
        else:
            return None
        known = True
    return total + current if known else None


def stated(words: str) -> Count | None:
    """The count that the words before a noun state; None where they state none.

    "at least 12" has no upper bound, "up to 12" no lower, "dozens of" is at least 24, "12 to 15"
    a range, "about 50" is 50 and approximate, "no" is 0.
    """
    text = AGE.sub(" ", words.lower())
    for shape, pattern in SHAPES:
        found = pattern.search(text)
        if found is None:
            continue
        if shape == "none":
            return Count(low=0, high=0)
        if shape == "vague":
            return Count(low=VAGUE[found[1]], high=None, approx=True)
        number = COUPLE if found[1] in {"a couple", "a pair"} else value(found[1])
        if number is None:
            continue
        if shape == "range":
            other = value(found[2])
            if other is None or other <= number:
                continue
            return Count(low=number, high=other)
        low, high = (None if shape == "most" else number), (None if shape == "least" else number)
        return Count(low=low, high=high, approx=shape == "about")
    return None


def is_one(words: str) -> bool:
    """Whether an article before a singular noun makes it one: "a farmer", "another guard"."""
    return bool(ARTICLE.match(words.lower().strip()))


def total(counts: list[Count]) -> Count:
    """Several counts of different people, added: a bound that one of them lacks is unknown."""
    if len(counts) == 1:
        return counts[0]
    lows = [c.low for c in counts if c.low is not None]
    highs = [c.high for c in counts if c.high is not None]
    return Count(
        low=sum(lows) if lows else None,
        high=sum(highs) if len(highs) == len(counts) else None,
        approx=any(c.approx for c in counts),
    )


def less(whole: Count, part: Count) -> Count:
    """What is left of a count when part of it is counted elsewhere."""
    low = None if whole.low is None else max(0, whole.low - (part.low or 0))
    high = None if whole.high is None or part.low is None else max(0, whole.high - part.low)
    return Count(low=low, high=high, approx=whole.approx or part.approx)
