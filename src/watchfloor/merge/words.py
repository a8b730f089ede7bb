"""Words as comparing needs them: stems, heads of phrases, names, and words for any attack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast

from watchfloor.data import load_yaml

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CUT = re.compile(
    r"\s(?:of|in|at|on|from|near|with|for|by|to|who|whom|which|that|whose|when|where|and|or|"
    r"belonging|carrying|including|outside|inside|between|under)\s|[,;:(\[\"“]",
    re.I,
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "ies", "ied", "er", "ed", "es")
#: Endings of nouns for acts ("shelling", "expulsion"); participles share one of them.
_NOUN_ENDINGS = ("ing", "ion", "ment", "age", "ery", "ure", "arson")


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, object]:
    """The words of merging, from the data file."""
    return cast(Mapping[str, object], load_yaml("merge_words.yaml"))


@lru_cache(maxsize=16)
def _set(name: str) -> frozenset[str]:
    return frozenset(cast(Iterable[str], vocabulary()[name]))


def words_of(name: str) -> tuple[str, ...]:
    """A list of the data file, in its order."""
    return tuple(cast(Iterable[str], vocabulary()[name]))


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, str]:
    groups = cast(Mapping[str, Iterable[str]], vocabulary()["synonyms"])
    return {
        **{_bare(word): key for key, words in groups.items() for word in words},
        **{key: key for key in groups},
    }


@lru_cache(maxsize=64)
def families(kind: str) -> frozenset[str]:
    """The families of types that `kind` may share a happening with, itself included."""
    groups = cast(Iterable[Iterable[str]], vocabulary()["families"])
    return frozenset({kind}.union(*(set(g) for g in groups if kind in g)))


@lru_cache(maxsize=64)
def group(kind: str) -> str:
    """A name for all types that families tie to this one, directly or through others."""
    tied, waiting = {kind}, [kind]
    while waiting:
        more = families(waiting.pop()) - tied
        tied |= more
        waiting += more
    return min(tied)


def _bare(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'-")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    else:
        word = word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem, the same for "bombed", "bombing" and "bombs"; empty for a word of no weight."""
    found = _WORD.search(word)
    if not found or found.group().lower() in _set("stop"):
        return ""
    bare = _bare(found.group())
    return _synonyms().get(bare, bare)


@lru_cache(maxsize=65536)
def head(phrase: str) -> str:
    """Stem of the noun that a phrase is about: its last word before "of", "in", "who" ..."""
    cut = _CUT.search(phrase, 1)
    words = _WORD.findall(phrase[: cut.start()] if cut else phrase) or _WORD.findall(phrase)
    return stem(words[-1]) if words else ""


@lru_cache(maxsize=65536)
def names_in(phrase: str) -> frozenset[str]:
    """Words of a phrase that begin with a capital, in lower case; a telex's ordinary ones too."""
    found = (w.replace("’", "'").removesuffix("'s") for w in _WORD.findall(phrase))
    names = {w.lower() for w in found if w[0].isupper() and len(w) > 2}
    return frozenset(names - _set("stop"))


def acts(stems: Iterable[str]) -> frozenset[str]:
    """The kinds of act that stems stand for ("shoot", "abduct"); none for words of no list."""
    return frozenset(stems) & _synonyms().keys()


def outcomes() -> frozenset[str]:
    """Kinds of act that tell what came of another one ("kill" of a blast)."""
    return _set("outcomes")


@lru_cache(maxsize=64)
def sphere(kind: str) -> str:
    """What a type of event is about: violence, force, protest, measure or speech."""
    spheres = cast(Mapping[str, Iterable[str]], vocabulary()["spheres"])
    return next((name for name, kinds in spheres.items() if kind in kinds), "speech")


@lru_cache(maxsize=8192)
def is_generic(trigger: str) -> bool:
    """Whether a trigger is a noun for any happening ("the attack", "these killings"), as it
    stands: "killed" is no noun.
    """
    return any(_singular(word) in _set("generic") for word in _WORD.findall(trigger.lower()))


def _singular(word: str) -> str:
    plain = word.removesuffix("s")
    return word if word in _set("generic") else plain if plain in _set("generic") else plain[:-1]


@lru_cache(maxsize=8192)
def is_noun(trigger: str) -> bool:
    """Whether a trigger looks like a noun for an act: by its ending, or for any happening."""
    last = trigger.lower().split()[-1].removesuffix("s") if trigger.split() else ""
    return is_generic(trigger) or last.endswith(_NOUN_ENDINGS)


@lru_cache(maxsize=1)
def anyone() -> frozenset[str]:
    """Stems of words for people of whom no more is said ("people", "others", "victims")."""
    return frozenset(map(stem, _set("anyone"))) | _set("anyone")


@lru_cache(maxsize=512)
def modes_agree(one: str, two: str) -> bool:
    """Whether two modes may be one act told in two ways ("explosives", "suicide-attack")."""
    groups = cast(Iterable[Iterable[str]], vocabulary()["modes_agree"])
    return one == two or any(one in g and two in g for g in groups)


@lru_cache(maxsize=8192)
def is_vague_doer(head_stem: str) -> bool:
    """Whether a doer is named by nothing but what he did or bore ("gunmen", "attackers")."""
    return head_stem in _vague_doers()


@lru_cache(maxsize=1)
def _vague_doers() -> frozenset[str]:
    return frozenset(map(stem, _set("vague_doers")))
