"""Words that may tell of an event: those the lexicon knows and those the reader saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from watchfloor.parse import FLASH, Doc, Page, Sentence, Token
from watchfloor.parse.reader import Reading, TriggerMark
from watchfloor.records import Actor
from watchfloor.what.constructions import Built, constructions
from watchfloor.what.lexicon import Entry, triggers
from watchfloor.what.light import Carried, carried
from watchfloor.what.tolls import tolls

#: The reader's probability from which it is believed by itself, and with the lexicon's support.
ALONE, SUPPORTED = 0.5, 0.3
#: The same for a word that says who came to harm, where no other word of the sentence tells of an
#: act that harms: "3 killed in ambush".
STATED = 0.1
#: Types of acts that harm, which may share one outcome.
HARMFUL = frozenset({"ASSAULT", "HARM"})
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


def candidates(
    page: Page, sentence: Sentence, doc: Doc, actors: Sequence[Actor]
) -> Iterator[Candidate]:
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
    flash = len(page.report.text) < FLASH
    if (marks or flash) and not any(one.type in HARMFUL for one in found):
        harming = _harming(doc)
        found = [one for mark in marks for one in _marked(sentence, doc, mark, known, harming)]
        if flash and not any(one.type in HARMFUL for one in found):
            found += _plain(doc, known, harming)
    for act in carried(sentence, doc, actors):
        mark = _surest(page.reading, sentence, act.words())
        found = _forced(act, found, known, mark)
    heads = {one.head.i for one in found}
    for one in found:
        small = one.head.pos_ in SMALL and one.head.head.i in heads - {one.head.i}
        if not small and not any(_meets_any(one, _words(row)) for row in built):
            yield one


def _of_construction(reading: Reading, sentence: Sentence, one: Built) -> Candidate:
    """A construction as a candidate, with the reader's mark of its verb or noun if there is one."""
    mark = _surest(reading, sentence, _words(one))
    entry = Entry(one.row.type, one.row.mode)
    return Candidate(
        one.verb, one.verb, one.verb, one.row.type, BUILT, entry, mark, "construction", built=one
    )


def _forced(
    act: Carried,
    found: Sequence[Candidate],
    known: dict[int, tuple[int, Entry]],
    mark: TriggerMark | None,
) -> list[Candidate]:
    """The candidates with an act of force that a light verb carries for sure, as an attack,
    whatever the reader sees in its words.
    """
    words = act.words()
    kept = [one for one in found if not _meets_any(one, words)]
    attacks = [
        replace(one, score=max(BUILT, one.score))
        for one in found
        if one.type == "ASSAULT" and _meets_any(one, [act.noun, act.verb])
    ]
    if not attacks:
        noun, entry = act.noun, known.get(int(act.noun.i), (0, None))[1]
        own = entry if entry is not None and entry.type == "ASSAULT" else Entry("ASSAULT", None)
        attacks = [Candidate(noun, noun, noun, "ASSAULT", BUILT, own, mark, "light verb")]
    return sorted((*kept, *attacks), key=lambda one: int(one.first.i))


def _words(one: Built) -> list[Token]:
    return [one.verb] if one.noun is None else [one.verb, one.noun]


def _surest(reading: Reading, sentence: Sentence, words: Sequence[Token]) -> TriggerMark | None:
    """The mark over some words that the reader is surest of; None where there is none."""
    marks = [m for m in reading.triggers if any(_meets(t, m, sentence) for t in words)]
    return min(marks, key=lambda m: m.none, default=None)


def _meets_any(found: Candidate, words: Sequence[Token]) -> bool:
    """Whether a candidate has one of some words."""
    return any(found.first.i <= word.i <= found.last.i for word in words)


def _marked(
    sentence: Sentence,
    doc: Doc,
    mark: TriggerMark,
    known: dict[int, tuple[int, Entry]],
    harming: frozenset[int] = frozenset(),
) -> Iterator[Candidate]:
    tokens = [t for t in doc if _meets(t, mark, sentence) and not t.is_punct]
    if not tokens:
        return
    head = _head(tokens)
    entry = next((known[t.i][1] for t in (head, *tokens) if t.i in known), None)
    seen = max(mark.types, key=mark.types.__getitem__)
    states = bool(harming & {int(t.i) for t in tokens}) and seen in HARMFUL
    if states:  # a word of harm does not tell whether anybody meant it
        kind = seen
    else:
        kind = max(mark.types, key=lambda name: mark.types[name] + _support(entry, name))
    if entry is not None and entry.type == "HARM" and kind == "ASSAULT":
        kind = entry.type  # the reader sees that people came to harm, the word that nobody did it
    score = 1 - mark.none
    agrees = entry is not None and entry.type == kind
    plain = agrees and kind in {"HARM", seen}
    if score >= (STATED if states else SUPPORTED if plain else ALONE):
        own = entry if agrees else None
        rule = "reader and lexicon" if agrees else "reader"
        yield Candidate(tokens[0], tokens[-1], head, kind, score, own, mark, rule)


def _harming(doc: Doc) -> frozenset[int]:
    """The words of a sentence that say of some people that they came to harm."""
    return frozenset(
        int(t.word.i)
        for t in tolls(doc)
        if t.people
        and not t.part
        and (t.count is None or t.count.high != 0)
        and t.field != "arrested"
    )


def _plain(
    doc: Doc, known: dict[int, tuple[int, Entry]], harming: frozenset[int]
) -> Iterator[Candidate]:
    """Verbs of attack that say whom they harmed, where the reader sees no harm at all: it has
    little to go by in a flash such as "3 soldiers killed in ambush".
    """
    for at in sorted(harming & known.keys()):
        word, (_, entry) = doc[at], known[at]
        if entry.type == "ASSAULT" and word.pos_ == "VERB":
            yield Candidate(word, word, word, entry.type, BUILT, entry, None, "plain word of harm")


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
