"""How many were harmed, and how, as the sentence of an event states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchfloor.records import Count, Harm
from watchfloor.what import numbers
from watchfloor.what.candidates import Candidate
from watchfloor.what.lexicon import harms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Event types that harm people, and the fields each may have.
FIELDS = {
    "ASSAULT": {"killed", "injured", "abducted", "missing"},
    "HARM": {"killed", "injured", "missing", "ill"},
    "COERCE": {"arrested", "abducted", "injured", "killed"},
    "PROTEST": {"killed", "injured", "arrested"},
    "ACCUSE": {"arrested"},
}
PASSIVE_LIKE = frozenset({"die", "perish", "drown", "vanish", "disappear"})


@dataclass(frozen=True, slots=True)
class Toll:
    """One statement of harm: which field, how many, said by which word."""

    field: str
    count: Count
    word: Token
    sufferer: Token | None


def tolls(doc: Doc) -> list[Toll]:
    """Every statement of how many were harmed in a sentence."""
    return [toll for token in doc for toll in _of_word(token)]


def assign(found: Sequence[Toll], events: Sequence[Candidate]) -> dict[int, Harm]:
    """The harm of each event (by its place in the list): a toll goes to the nearest that fits."""
    sums: dict[int, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for toll in found:
        fitting = [
            (_distance(event, toll.word), n)
            for n, event in enumerate(events)
            if toll.field in FIELDS.get(event.type, set())
        ]
        if fitting:
            sums[min(fitting)[1]][toll.field].append(toll.count)
    return {
        n: Harm(**{name: _joined(counts) for name, counts in fields.items()})
        for n, fields in sums.items()
    }


def _joined(counts: Sequence[Count]) -> Count:
    """The total of several statements of one kind in a sentence: "two soldiers and a child"."""
    if len(counts) == 1:
        return counts[0]
    low = [c.low for c in counts if c.low is not None]
    high = [c.high for c in counts]
    return Count(
        low=sum(low) if low else None,
        high=sum(h for h in high if h is not None) if all(h is not None for h in high) else None,
        approx=any(c.approx for c in counts),
    )


def _distance(event: Candidate, word: Token) -> int:
    if event.first.i <= word.i <= event.last.i:
        return 0
    return min(abs(event.first.i - int(word.i)), abs(event.last.i - int(word.i)))


def _of_word(token: Token) -> Iterator[Toll]:
    part = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(token.pos_)
    name = harms().get((token.lemma_.lower(), part or "")) or (
        harms().get((token.lower_, part or ""))
    )
    if name is None:
        return
    if any(c.dep_ == "neg" for c in token.children):
        return
    for person in _sufferers(token, part):
        for one in (person, *(c for c in person.children if c.dep_ == "conj")):
            count = numbers.of_phrase(one)
            if count is not None and one.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}:
                yield Toll(name, count, token, one)


def _sufferers(token: Token, part: str | None) -> Iterator[Token]:
    """The people that a harm word is about."""
    if part == "verb":
        passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
        subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if token.dep_ == "conj" and not subjects and token.tag_ == "VBN":
            subjects = [c for c in token.head.children if c.dep_ == "nsubjpass"]
            passive = True
        if passive or token.lemma_.lower() in PASSIVE_LIKE:
            yield from subjects
        else:
            yield from (c for c in token.children if c.dep_ == "dobj")
        if token.dep_ == "acl" and token.tag_ == "VBN":
            yield token.head
    elif part == "noun":
        yield token
        for child in token.children:
            if child.lower_ == "of":
                yield from (c for c in child.children if c.dep_ == "pobj" and c.ent_type_ == "")
    elif part == "adjective":
        if token.dep_ == "amod":
            yield token.head
        elif token.dep_ in {"acomp", "oprd", "xcomp"}:
            yield from (c for c in token.head.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"})
        elif any(c.dep_ == "nummod" for c in token.children):
            yield token
