"""Nouns of saying by rule: "allegations by X that", "a claim of responsibility by X for"."""

from __future__ import annotations

from collections.abc import Iterator

from watchfloor.parse import Page, Sentence, Token
from watchfloor.word.cues import Cues
from watchfloor.word.found import Found
from watchfloor.word.grammar import SUBJECTS, before, phrase_of

#: Who tells it stands after one of these: "reports from villagers of shelling".
_BY = frozenset({"by", "from"})
#: "An allegation that the army rejects": what it is said of, not what it says.
_OBJECTS = frozenset({"dobj", "pobj", "dative"})
#: Nouns after whose "of" an act is told: "allegations of torture", but not "a view of the war".
_OF_ACTS = frozenset("report allegation accusation claim account rumour rumor complaint".split())


def said_by_noun(page: Page, cues: Cues) -> Iterator[Found]:
    """Every noun of saying that has its content with it, in order of the text."""
    for sentence in page.sentences:
        for token in sentence.doc or ():
            if token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
                found = _of_noun(page, sentence, token)
                if found is not None and not _is_denied(token, cues):
                    yield found


def _is_denied(noun: Token, cues: Cues) -> bool:
    """ "The minister denied a report that": what is told is then on the word of who denies it."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in cues.stances["denies"]


def _of_noun(page: Page, sentence: Sentence, noun: Token) -> Found | None:
    told = _clause(noun) or _thing(noun)
    teller = _teller(noun)
    if told is None:
        return None
    if teller is not None and teller.i > told.i and told.is_ancestor(teller):
        return None
    first = told.head if told.dep_ in {"pobj", "pcomp"} else told.left_edge
    content = sentence.span(told.left_edge, told.right_edge, page)
    source = None
    if teller is not None:
        source = sentence.span(*before(_named(*phrase_of(teller)), first), page)
    return Found(source=source, cue=sentence.span(noun, noun, page), content=(content,))


def _named(first: Token, last: Token) -> tuple[Token, Token]:
    """A phrase with the name that follows it: "the rights group [Open Rights]"."""
    name = next(
        (c for c in last.children if c.dep_ == "appos" and c.left_edge.i == last.i + 1), None
    )
    return (first, name) if name is not None else (first, last)


def _teller(noun: Token) -> Token | None:
    """Who tells: the owner, or who stands after "by" or "from", at most one noun further down."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner if owner.lower_ not in {"my", "our", "your"} else None
    below = [t for c in noun.children if c.dep_ == "prep" for t in c.children]
    comes = [noun.head] if noun.dep_ == "nsubj" and noun.head.lemma_ == "come" else []
    for above in (noun, *below, *comes):
        for child in above.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in _BY:
                return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _clause(noun: Token) -> Token | None:
    """The clause with "that" which tells what; it may hang on the teller, and look relative."""
    for token in noun.subtree:
        if token.dep_ in {"acl", "ccomp", "relcl"}:
            joint = next((c for c in token.children if c.lower_ == "that"), None)
            own = any(c.dep_ in SUBJECTS and c != joint for c in token.children)
            if joint is not None and own and joint.dep_ not in _OBJECTS:
                return token
    return None


def _thing(noun: Token) -> Token | None:
    """What an act is told of: "reports of shelling", "a claim of responsibility for the raid"."""
    claimed = any(t.lower_ == "responsibility" for t in noun.subtree)
    if not claimed and noun.lemma_.lower() not in _OF_ACTS:
        return None
    wanted = "for" if claimed else "of"
    for token in noun.subtree:
        if token.dep_ == "prep" and token.lower_ == wanted and token.i > noun.i:
            return next((c for c in token.children if c.dep_ in {"pobj", "pcomp"}), None)
    return None
