"""What the tree says of a cue: who speaks and what is said."""

from __future__ import annotations

from collections.abc import Iterable

from watchfloor.parse import Page, Sentence, Token
from watchfloor.records import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES = frozenset({"ccomp", "parataxis", "xcomp"})
RELATIVES = frozenset({"who", "which", "that"})
#: Tags of verbs that make a sentence.
FINITE = frozenset({"VBD", "VBP", "VBZ"})
#: Verbs whose passive tells what somebody holds: "is determined to".
STATES = frozenset("determine commit oppose decide convince concern worry".split())
#: Parts of a noun phrase that belong to the name of a source; clauses and appositions do not.
_PARTS = frozenset(
    {"det", "amod", "compound", "poss", "nmod", "nummod", "case", "quantmod", "prep", "pobj",
     "predet", "flat", "conj", "cc"}
)  # fmt: skip


def tokens_in(page: Page, span: Span) -> tuple[Sentence | None, list[Token]]:
    """The sentence that holds a span's start and the span's tokens, none without a tree."""
    sentence = page.sentence_at(span.start)
    if sentence is None or sentence.doc is None:
        return sentence, []
    low, high = span.start - sentence.start, span.end - sentence.start
    return sentence, [t for t in sentence.doc if low <= t.idx < high]


def is_clause(page: Page, span: Span) -> bool:
    """Whether words say something themselves: "Blast at mine: rebels kill guards"."""
    return any(t.tag_ in FINITE for t in tokens_in(page, span)[1])


def head_verb(tokens: Iterable[Token]) -> Token | None:
    """The verb of a cue: its last one; None where it has none."""
    return next((t for t in reversed(list(tokens)) if t.pos_ == "VERB"), None)


def speaker_of(verb: Token) -> tuple[Token, Token] | None:
    """First and last token of who speaks by a verb; None where the tree does not say."""
    head = _speaker(verb)
    return None if head is None else phrase_of(head)


def is_quoted(verb: Token) -> bool:
    """Whether a verb is "as saying" under one of quoting: "X quoted Y as saying"."""
    return verb.head.lower_ == "as" and verb.head.head.lemma_.lower() in {"quote", "cite"}


def is_told(verb: Token) -> bool:
    """Whether a verb of saying, with a subject of its own, is itself what somebody says."""
    own = any(c.dep_ == "nsubj" and c.lower_ not in _PERSONAL for c in verb.children)
    return (verb.dep_ == "ccomp" and own) or is_quoted(verb)


_PERSONAL = frozenset({"i", "we", "you"})


def _speaker(verb: Token) -> Token | None:
    if is_quoted(verb):
        above = verb.head.head
        wanted = {"nsubjpass"} if is_passive(above) else {"dobj", "obj"}
        return next((c for c in above.children if c.dep_ in wanted), None)
    if is_passive(verb):
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None and own.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    if own is not None:
        return None if own.lower_ in {"it", "there"} and own.dep_ == "nsubjpass" else own
    if verb.dep_ == "acl":
        return verb.head
    if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp"} and verb.head.i != verb.i:
        above = verb.head
        while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
            above = above.head
        return _speaker(above) if above.i != verb.i and above.pos_ in {"VERB", "AUX"} else None
    return None


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: its subject is not who speaks. "He's sought" has none of "be"."""
    helps = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.dep_ == "agent" for c in verb.children):
        return True
    if helps:
        return any(c.dep_ == "auxpass" and c.lower_ not in {"'s", "’s"} for c in helps)
    bare = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}
    subjects = {c.dep_ for c in verb.children} & SUBJECTS
    return subjects == {"nsubjpass"} or (bare and not subjects)


def passive_subject(verb: Token) -> Token | None:
    """To whom, or of whom, a passive verb without an agent is said: "he was asked", "asked about
    the raid, he said", "the bill known as".
    """
    if not is_passive(verb) or any(c.dep_ == "agent" for c in verb.children):
        return None
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None or verb.dep_ == "acl":
        return own or verb.head
    return next((c for c in verb.head.children if c.dep_ in SUBJECTS), None)


def phrase_of(head: Token) -> tuple[Token, Token]:
    """A noun with what belongs to its name: "two senior officials of the port"."""
    held = [head]
    waiting = [head]
    while waiting:
        for child in waiting.pop().children:
            if child.dep_ in _PARTS and child.pos_ != "PUNCT" and not _is_adverbial(child):
                held.append(child)
                waiting.append(child)
    run = sorted(held, key=at)
    return run[0], run[-1]


def named_by(head: Token) -> tuple[Token, Token]:
    """A noun with what belongs to its name, and with all of the name where the tree cuts it."""
    first, last = phrase_of(head)
    while _is_name(last) and last.i + 1 < len(last.doc) and _is_name(last.nbor(1)):
        last = last.nbor(1)
    return first, last


def whole_name(page: Page, span: Span) -> Span:
    """A span that ends inside a name, grown to all of it: "told Radio [Marina]"."""
    sentence, tokens = tokens_in(page, span)
    last = tokens[-1] if tokens else None
    if sentence is None or last is None or len(tokens) == 1 or not _is_name(last):
        return span
    while last.i + 1 < len(last.doc) and _is_name(last.nbor(1)):
        last = last.nbor(1)
    return page.span(span.start, max(span.end, sentence.start + int(last.idx) + len(last)))


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.lower_ not in _DAYS


#: What stands before a noun and belongs to it.
_BEFORE = frozenset({"det", "amod", "compound", "poss", "nmod", "nummod", "quantmod", "case"})


def grown(page: Page, span: Span) -> Span:
    """A span that cuts a noun phrase short, grown to its noun and what stands before it."""
    sentence, tokens = tokens_in(page, span)
    inside = {t.i for t in tokens}
    if sentence is None or not tokens:
        return span
    last = tokens[-1]
    while last.dep_ in _BEFORE and 0 < last.head.i - last.i < _FARTHEST:
        if last.head.pos_ not in _NOUNS:
            break
        last = last.head
    first = next((t for t in tokens if t.head.i not in inside), tokens[0])
    for child in sorted(first.lefts, key=at, reverse=True):
        if child.dep_ in _BEFORE:
            first = child.left_edge
    first = _with_name(tokens, first)
    start = min(span.start, sentence.start + int(first.idx))
    return page.span(start, max(span.end, sentence.start + int(last.idx) + len(last)))


def _with_name(tokens: list[Token], first: Token) -> Token:
    """Where a source begins of which only what stands beside the name was seen: "[Mira Sen,] a
    teacher".
    """
    named = next((t for t in tokens if t.dep_ == "appos"), None)
    if named is None or named.head.pos_ != "PROPN" or tokens[0].i - named.head.i not in {1, 2}:
        return first
    return phrase_of(named.head)[0]


_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
#: Words between a part of a noun phrase and its noun.
_FARTHEST = 6


def _is_adverbial(token: Token) -> bool:
    """A time or manner beside a noun that the parser hung on it: "on Monday"."""
    return token.dep_ == "prep" and any(c.lower_ in _DAYS for c in token.children)


_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday condition "
    "january february march april may june july august september october november december".split()
)


def clause_of(verb: Token) -> tuple[Token, Token] | None:
    """First and last token of what is said by a verb: its clause, before or after it."""
    clauses = [c for c in verb.children if c.dep_ in CLAUSES]
    if not clauses and verb.dep_ in {"parataxis", "ccomp"} and verb.head.i != verb.i:
        clauses = [verb.head]
    if not clauses:
        return None
    body = [t for t in clauses[0].subtree if not _under(t, verb, clauses[0])]
    body = _stretch(sorted(body, key=at), clauses[0])
    return (body[0], body[-1]) if body else None


def spoken_of(verb: Token) -> Token | None:
    """The comma that ends what an aside speaks of: "rebels fled[,] which the army denies", "rebels
    fled[,] a claim that the army denies", "a version disputed by the army"; None where a verb is in
    no such aside.
    """
    joint = next((c for c in verb.children if c.lower_ in RELATIVES), None)
    if verb.dep_ == "acl" and any(c.dep_ == "agent" for c in verb.children):
        joint = verb
    elif verb.dep_ != "relcl" or joint is None or joint.dep_ == "nsubj":
        return None
    noun = verb.head if verb.head.pos_ == "NOUN" and verb.head.i == joint.i - 1 else None
    first = noun.left_edge if noun is not None else joint
    before = first.nbor(-1) if first.i else first
    return before if before.text == "," else None


def _stretch(body: list[Token], root: Token) -> list[Token]:
    """The run of tokens around the clause's verb that nothing else breaks into."""
    place = next(n for n, t in enumerate(body) if t.i == root.i)
    first = last = place
    while first and body[first - 1].i == body[first].i - 1:
        first -= 1
    while last + 1 < len(body) and body[last + 1].i == body[last].i + 1:
        last += 1
    run = body[first : last + 1]
    while run and run[0].is_punct and run[0].text not in "“\"'‘([":
        run = run[1:]
    while run and run[-1].is_punct and run[-1].text not in "”\"'’)]":
        run = run[:-1]
    return run


def _under(token: Token, top: Token, clause: Token) -> bool:
    """Whether a token hangs under the cue rather than under the clause."""
    while token.i != token.head.i:
        if token.i == clause.i:
            return False
        if token.i == top.i:
            return True
        token = token.head
    return token.i == top.i and clause.i != top.i


def before(phrase: tuple[Token, Token], end: Token) -> tuple[Token, Token]:
    """A phrase cut off before a token that the parser hung on it: "villagers [of killing two]"."""
    first, last = phrase
    return (first, end.nbor(-1)) if first.i < end.i <= last.i else phrase


def at(token: Token) -> int:
    """Where a token stands in its sentence."""
    return int(token.i)
