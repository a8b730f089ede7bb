"""The words by which something is attributed, loaded once from `data/word_cues.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.records import Span

WORD = re.compile(r"[\w’'-]+")
LETTER = re.compile(r"\w")
#: The lists of words for outlets, by where such a word must stand.
OUTLETS = ("outlets", "outlet_ends", "outlet_names", "outlet_bodies")
#: What only points at an outlet: "the same agency".
_POINTING = frozenset("the a an this that same".split())
_ENDINGS = (("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""),
            ("ing", ""), ("ing", "e"))  # fmt: skip
#: Forms that no ending explains.
_FORMS = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think",
    "knew": "know", "known": "know", "found": "find", "heard": "hear", "learnt": "learn",
    "understood": "understand", "held": "hold", "shown": "show", "felt": "feel", "saw": "see",
    "denies": "deny", "admitted": "admit", "swore": "swear", "sworn": "swear", "sought": "seek",
    "quoting": "quote", "citing": "cite", "saying": "say", "believed": "believe",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemmas of cues by what they do, stances by name, and the words that tell who a source is.

    `telling` and `holding` put what follows on the speaker's word; `moving` asks for it, orders
    or promises it.
    """

    telling: frozenset[str]
    holding: frozenset[str]
    moving: frozenset[str]
    nouns: frozenset[str]
    prepositions: tuple[str, ...]
    phrases: tuple[str, ...]
    withholding: frozenset[str]
    hearsay: frozenset[str]
    voicing: frozenset[str]
    feelings: frozenset[str]
    calling: frozenset[str]
    untrue: frozenset[str]
    stances: dict[str, frozenset[str]]
    unnamed: frozenset[str]
    documents: frozenset[str]
    outlet_words: dict[str, frozenset[str]]
    agencies: frozenset[str]
    standings: dict[str, tuple[str, ...]]

    @property
    def verbs(self) -> frozenset[str]:
        """Every verb of attribution."""
        return self.telling | self.holding | self.moving

    @property
    def outlets(self) -> frozenset[str]:
        """Every word that can make a name an outlet's."""
        return frozenset().union(*self.outlet_words.values())

    @property
    def kinds(self) -> frozenset[str]:
        """Every word for a kind of source."""
        return self.unnamed | self.documents | self.outlets | set(self.standings["authority"])

    def tells(self, cue: Span) -> bool:
        """Whether a cue puts what follows on somebody's word, rather than asking for it."""
        lemmas = lemmas_of(cue.text)
        if lemmas & self.withholding:
            return False
        known = self.telling | self.holding | self.nouns
        other = self.is_preposition(cue) or self.is_phrase(cue) or not LETTER.search(cue.text)
        return bool(lemmas & known) or other

    def is_preposition(self, cue: Span) -> bool:
        """Whether a cue is "according to" or one of its kin."""
        text = " ".join(cue.text.lower().split())
        return any(text.startswith(one) for one in self.prepositions)

    def is_agency(self, name: str) -> bool:
        """Whether a name is a news agency's: "ACAN-EFE", or any "…wire"."""
        words = [w.lower() for w in WORD.findall(name)]
        known = all(w in self.agencies for w in words)
        return bool(words) and (known or words[-1].endswith(("wire", "press")))

    def is_outlet(self, words: Sequence[str]) -> bool:
        """Whether the words of a name, as written, are an outlet's."""
        sure, ends, names, bodies = (self.outlet_words[kind] for kind in OUTLETS)
        last = len(words) - 1
        for n, word in enumerate(words):
            low, rest = word.lower(), {w.lower() for m, w in enumerate(words) if m != n}
            follows = all(w[:1].isupper() or w.lower() in self.outlets for w in words[n + 1 :])
            if (low in ends and n == last) or (low in sure and follows):
                return True
            if low in names and n == last and word[:1].isupper():
                return True
            if low in bodies and follows and (rest <= _POINTING or rest & (sure | ends | names)):
                return True
        return False

    def is_phrase(self, cue: Span) -> bool:
        """Whether a cue has a phrase of telling in it, such as "went on"."""
        text = " ".join(cue.text.lower().split())
        return any(one in text for one in self.phrases)

    def is_known(self, cue: Span) -> bool:
        """Whether any word of the cue is in the vocabulary."""
        lemmas = lemmas_of(cue.text)
        return (
            self.tells(cue)
            or not lemmas.isdisjoint(self.moving)
            or not lemmas.isdisjoint(self.hearsay)
        )


@cache
def load() -> Cues:
    """The vocabulary."""
    raw = load_yaml("word_cues.yaml")
    lists = (
        "telling holding moving withholding nouns hearsay voicing feelings unnamed documents "
        "agencies calling untrue".split()
    )
    return Cues(
        **{name: frozenset(raw[name]) for name in lists},
        outlet_words={kind: frozenset(raw[kind]) for kind in OUTLETS},
        prepositions=tuple(raw["prepositions"]),
        phrases=tuple(raw["phrases"]),
        stances={name: frozenset(words) for name, words in raw["stances"].items()},
        standings={
            "victim": tuple(raw["victims"]),
            "witness": tuple(raw["witnesses"]),
            "rights_group": tuple(raw["rights_groups"]),
            "authority": tuple(raw["authorities"]),
        },
    )


def lemmas_of(text: str) -> frozenset[str]:
    """Every form that the words of a text may be of: "denied" may be "deny"."""
    found: set[str] = set()
    for word in WORD.findall(text.lower()):
        found.add(_FORMS.get(word, word))
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                found.add(word[: -len(ending)] + instead)
    return frozenset(found)
