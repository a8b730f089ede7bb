"""Words that may tell of an event: those the lexicon knows and those the reader saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.parse import Doc, Page, Sentence, Token
from watchfloor.parse.reader import Reading, TriggerMark
from watchfloor.what.constructions import Built, constructions
from watchfloor.what.lexicon import Entry, triggers

#: The reader's probability from which it is believed by itself, and with the lexicon's support.
ALONE, SUPPORTED = 0.5, 0.3
#: What the lexicon's word adds to the reader's probability of its type.
LEXICON = 0.25
#: What a construction is worth.
BUILT = 0.9
#: What a lexicon word is worth where there is no reader.
UNREAD = 0.6
#: Words that belong to the trigger they hang on, whatever the reader sees: "sealed off".
SMALL = frozenset({"ADP", "PART", "DET", "AUX"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event: its trigger's tokens, head word, type and how sure.

    `also` holds further words for the same happening, which it stands for.
    """

    first: Token
    last: Token
    head: Token
    type: str
    score: float
    entry: Entry | None = None
    mark: TriggerMark | None = None
    rule: str = "lexicon"
    also: tuple[Candidate, ...] = ()
    built: Built | None = None


def candidates(page: Page, sentence: Sentence, doc: Doc) -> Iterator[Candidate]:
    """The candidates of a sentence, in order; without a reader the lexicon's alone."""
    known = dict(_lexical(doc))
    if page.reading is None:
        for at, (last, entry) in known.items():
            if _tells(doc[at], entry):
                yield Candidate(doc[at], doc[last], doc[at], entry.type, UNREAD, entry)
        return
    built = list(constructions(doc))
    for row in built:
        yield _of_construction(page.reading, sentence, row)
    marks = [m for m in page.reading.triggers if m.start < sentence.end and sentence.start < m.end]
    found = [one for mark in marks for one in _marked(sentence, doc, mark, known)]
    heads = {one.head.i for one in found}
    for one in found:
        small = one.head.pos_ in SMALL and one.head.head.i in heads - {one.head.i}
        if not small and not any(_covers(row, one) for row in built):
            yield one


def _of_construction(reading: Reading, sentence: Sentence, one: Built) -> Candidate:
    """A construction as a candidate, with the reader's mark of its verb or noun if there is one."""
    words = [one.verb] if one.noun is None else [one.verb, one.noun]
    marks = [m for m in reading.triggers if any(_meets(t, m, sentence) for t in words)]
    mark = min(marks, key=lambda m: m.none, default=None)
    entry = Entry(one.row.type, one.row.mode)
    return Candidate(
        one.verb, one.verb, one.verb, one.row.type, BUILT, entry, mark, "construction", built=one
    )


def _covers(one: Built, found: Candidate) -> bool:
    """Whether a candidate is the verb or the noun of a construction."""
    inside = range(int(found.first.i), int(found.last.i) + 1)
    return one.verb.i in inside or (one.noun is not None and one.noun.i in inside)


def _marked(
    sentence: Sentence, doc: Doc, mark: TriggerMark, known: dict[int, tuple[int, Entry]]
) -> Iterator[Candidate]:
    tokens = [t for t in doc if _meets(t, mark, sentence) and not t.is_punct]
    if not tokens:
        return
    head = _head(tokens)
    entry = next((known[t.i][1] for t in (head, *tokens) if t.i in known), None)
    kind = max(mark.types, key=lambda name: mark.types[name] + _support(entry, name))
    if entry is not None and entry.type == "HARM" and kind == "ASSAULT":
        kind = entry.type  # the reader sees that people came to harm, the word that nobody did it
    score = 1 - mark.none
    agrees = entry is not None and entry.type == kind
    plain = agrees and (kind == "HARM" or kind == max(mark.types, key=mark.types.__getitem__))
    if score >= ALONE or (plain and score >= SUPPORTED):
        own = entry if agrees else None
        rule = "reader and lexicon" if agrees else "reader"
        yield Candidate(tokens[0], tokens[-1], head, kind, score, own, mark, rule)


def _support(entry: Entry | None, kind: str) -> float:
    return LEXICON if entry is not None and entry.type == kind else 0.0


def _meets(token: Token, mark: TriggerMark, sentence: Sentence) -> bool:
    start = sentence.start + int(token.idx)
    return start < mark.end and mark.start < start + len(token)


def _head(tokens: Sequence[Token]) -> Token:
    """The word of a trigger that governs its others."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])


def _lexical(doc: Doc) -> Iterator[tuple[int, tuple[int, Entry]]]:
    """(first token, (last token, entry)) of every word or phrase that the lexicon has."""
    lexicon = triggers()
    for token in doc:
        lemma = token.lemma_.lower()
        for words, _, entry in lexicon.phrases.get(lemma, []):
            ahead = [t.lemma_.lower() for t in doc[token.i : token.i + len(words)]]
            if ahead == words:
                yield token.i, (token.i + len(words) - 1, entry)
                break
        else:
            part = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "AUX": "verb"}.get(token.pos_)
            found = lexicon.single.get((lemma, part or ""))
            if found is not None:
                yield token.i, (token.i, found)


def _tells(token: Token, entry: Entry) -> bool:
    """Whether a lexicon word tells of an event here: not a mere modifier or part of a name."""
    if token.dep_ in {"compound", "amod"} and token.head.pos_ in {"NOUN", "PROPN"}:
        return False
    return not (token.pos_ == "PROPN" and token.dep_ == "compound") and entry.type != "HARM"
