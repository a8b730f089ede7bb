"""Whether it happened, by the event's own account, read off the tree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from watchfloor.data import load_yaml
from watchfloor.parse import Token
from watchfloor.parse.reader import TriggerMark
from watchfloor.records import Status

MAY = frozenset("may might could can would should".split())
WILL = frozenset({"will", "shall"})
CONDITIONAL = frozenset("if unless whether".split())
#: Verbs of saying: "said it would send troops" is a plan, "would send" alone a supposition.
SAYING = frozenset("say announce tell declare add promise pledge confirm state vow".split())
#: Relations by which a word is the complement of the one over it.
COMPLEMENT = frozenset(
    "xcomp ccomp pcomp dobj pobj prep conj acl nsubjpass oprd attr relcl agent".split()
)
#: Relations under which a verb's own mood covers the noun: "will hold talks", "no talks were held".
NOMINAL = frozenset({"dobj", "nsubjpass", "pobj", "nsubj"})
#: Verbs that by themselves tell of an act that came to nothing: "defused a bomb".
FOILING = frozenset({"defuse", "foil", "thwart", "avert"})
#: Verbs with whose infinitive an act does not happen: "refused to hold talks".
REFUSING = frozenset({"refuse", "decline"})
#: Prepositions under which an act is told as one that was: "tried to flee after an attack".
GIVEN = frozenset("after since following amid despite during".split())
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
NOBODY = frozenset({"nobody", "none", "neither"})
#: Plain verbs whose object only announces what is to come: "announced new rallies".
ANNOUNCING = frozenset(
    "announce set slate consider order schedule demand seek request urge plan promise propose "
    "offer".split()
)
SAID_PLAINLY = frozenset({Status.DENIED, Status.PLANNED})
#: The reader is believed over the tree from this probability on.
SURE = 0.6
#: Words without which, or the vocabulary's, the reader is not believed that nothing happened.
CUES = {
    "denied": frozenset(
        "not n't no never nobody none nor neither without false untrue unfounded wrong hoax rumour "
        "rumor denial reject dismiss unlikely".split()
    ),
    "attempted": frozenset(
        "attempt bid effort plot unable narrowly survive miss unexploded discover".split()
    ),
}
#: The reader must be this sure that what stands in the past tense is still to come.
SURER = 0.85
STEPS = 4


def status(head: Token, mark: TriggerMark | None) -> Status:
    """The status of the event that a word tells of; the reader helps where the tree is silent."""
    by_tree = of_tree(head)
    if mark is None or not mark.statuses:
        return by_tree
    said = {n: p for n, p in mark.statuses.items() if _is_cued(n, head)}
    if by_tree is Status.HAPPENED and _is_presupposed(head):
        said.pop(Status.DENIED, None)
    name, sure = max(said.items(), key=lambda item: item[1])
    if by_tree is Status.HAPPENED:
        unreal = name in {Status.PLANNED, Status.POSSIBLE}
        return by_tree if unreal and sure < SURER and _is_told_as_past(head) else Status(name)
    plain = by_tree is Status.ATTEMPTED or (by_tree in SAID_PLAINLY and _is_plain(head))
    overruled = name == Status.HAPPENED and plain
    return by_tree if overruled or sure < SURE else Status(name)


def _is_cued(name: str, head: Token) -> bool:
    """Whether the sentence has a word for what the reader sees: none is denied without a "not".

    "It was burned; the army did not say by whom" has one, in a clause that follows on it.
    """
    cues = CUES.get(name)
    if cues is None:
        return True
    ends = [t.i for t in head.doc if t.text == ";"]
    low = max((i for i in ends if i < head.i), default=-1)
    high = min((i for i in ends if i > head.i), default=len(head.doc))
    near = head.doc[low + 1 : high]
    words = {t.lower_ for t in near} | {t.lemma_.lower() for t in near}
    return bool(words & (cues | _words(name, "verbs") | _words(name, "adjectives")))


def _is_told_as_past(head: Token) -> bool:
    """Whether the word's own verb stands in the past: "the meeting was held"."""
    verb = head.head if head.pos_ == "NOUN" and head.dep_ in NOMINAL else head
    past = any(c.tag_ == "VBD" for c in verb.children if c.dep_ in {"aux", "auxpass"})
    return verb.pos_ in {"VERB", "AUX"} and (verb.tag_ == "VBD" or past)


def _is_plain(head: Token) -> bool:
    """Whether the next word says so: "failed attack", "denied killing", "announced rallies"."""
    words = {c.lower_ for c in head.children if c.dep_ in {"amod", "compound"}}
    denied = head.dep_ in {"ccomp", "xcomp"} and head.head.lemma_ == "deny"
    announced = head.dep_ == "dobj" and head.head.lemma_ in {"announce", "schedule", "plan"}
    return (
        denied or announced or _is_negated(head) or bool(words & _words("attempted", "adjectives"))
    )


def of_tree(head: Token) -> Status:
    """The status of what a word tells of, by the words that govern it."""
    if _is_negated(head):
        return Status.DENIED
    if head.lemma_.lower() in FOILING:
        return Status.ATTEMPTED
    for name in ("attempted", "possible", "planned"):
        if any(_is_before(c, head) and c.lower_ in _words(name, "adjectives") for c in _near(head)):
            return Status(name)
    governed = _of_governors(head)
    if governed is not None:
        return governed
    return _of_verb(head) or Status.HAPPENED


def _near(head: Token) -> Iterator[Token]:
    yield from head.children
    if head.dep_ in {"compound", "amod"}:
        yield from head.head.children


def _is_before(token: Token, head: Token) -> bool:
    return token.dep_ in {"amod", "compound", "acomp"} and token.i < head.i


def _is_negated(head: Token) -> bool:
    """Whether the word is negated: "did not attack", "no attack", "nobody was killed"."""
    for child in head.children:
        if child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no"):
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and _is_nobody(child):
            return True
    if head.dep_ == "pcomp" and head.head.lower_ == "without":
        return True
    if head.pos_ == "NOUN" and head.dep_ in NOMINAL and head.head.pos_ == "VERB":
        if _is_presupposed(head):
            return False
        return any(c.dep_ == "neg" for c in head.head.children)
    return False


def _is_nobody(subject: Token) -> bool:
    words = {c.lower_ for c in subject.children if c.dep_ == "det"}
    return subject.lower_ in NOBODY or "no" in words


def _of_governors(head: Token) -> Status | None:
    below = head
    for governor in _governors(head):
        lemma, noun = governor.lemma_.lower(), governor.pos_ in {"NOUN", "PROPN"}
        if lemma in REFUSING and _is_done_by(head, below):
            return Status.DENIED
        part = "nouns" if noun else "adjectives" if governor.pos_ == "ADJ" else "verbs"
        for name in ("denied", "attempted", "possible", "planned"):
            if lemma in _words(name, part) and not _is_past_plan(governor, below, name):
                return Status(name)
        below = governor
    return None


def _is_done_by(head: Token, verb: Token) -> bool:
    """Whether a word is an infinitive, or what the infinitive does: "to hold talks"."""
    inside = head.i == verb.i or (head.head.i == verb.i and head.dep_ == "dobj")
    return inside and verb.dep_ == "xcomp"


def _is_past_plan(governor: Token, below: Token, name: str) -> bool:
    """Whether a verb of planning governs a plain fact or a thing: "wanted the killers"."""
    if name != "planned" or governor.pos_ != "VERB":
        return False
    if below.dep_ in {"dobj", "nsubjpass"}:
        return governor.lemma_.lower() not in ANNOUNCING
    return below.dep_ == "ccomp" and below.tag_ in {"VBD"}


def _governors(head: Token) -> Iterator[Token]:
    """The verbs, nouns and adjectives over a word, as far as it is their complement."""
    token = head
    definite = head.pos_ in {"NOUN", "PROPN"} and _is_definite(head)
    for _ in range(STEPS):
        given = token.dep_ == "prep" and token.lower_ in GIVEN
        if given or token.dep_ not in COMPLEMENT or token.head.i == token.i:
            return
        if token.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children):
            return
        if token.dep_ == "relcl":
            return
        token = token.head
        if definite and token.lemma_.lower() in _presupposing():
            return
        if token.pos_ in {"VERB", "NOUN", "AUX", "ADJ", "PROPN"}:
            yield token
            if token.dep_ in {"ccomp"} and token.head.lemma_.lower() in SAYING:
                return


def _is_presupposed(noun: Token) -> bool:
    """Whether a word speaks of a definite act as of one that was done, be it negated or not: "did
    not comment on the raid", "has not confirmed the kidnapping".
    """
    if noun.pos_ != "NOUN" or not _is_definite(noun):
        return False
    over = noun.head.head if noun.dep_ == "pobj" else noun.head
    return over.lemma_.lower() in _presupposing()


def _is_definite(noun: Token) -> bool:
    """Whether a noun speaks of what is known: "the murder", "his murder", "Diaz's murder"."""
    return any(c.dep_ == "poss" or c.lower_ in DEFINITE for c in noun.children)


def _of_verb(head: Token) -> Status | None:
    """The status by auxiliaries, conditions and aspect of the word's own verb."""
    verb = head
    if head.pos_ == "NOUN" and head.dep_ in NOMINAL:
        verb = head.head if head.head.pos_ in {"VERB", "AUX"} else head.head.head
    auxiliaries = {c.lemma_.lower() for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if any(c.lower_ in CONDITIONAL for c in verb.children if c.dep_ == "mark"):
        return Status.POSSIBLE
    if "would" in auxiliaries and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in SAYING:
        return Status.PLANNED
    if auxiliaries & WILL:
        return Status.PLANNED
    if auxiliaries & MAY:
        return Status.POSSIBLE
    to = any(c.tag_ == "TO" for c in verb.children)
    if to and verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
        return Status.PLANNED
    if verb.tag_ == "VBG" and "be" in auxiliaries and _is_present(verb):
        return Status.ONGOING
    if verb.dep_ == "xcomp" and verb.head.lemma_ in {"continue", "keep"}:
        return Status.ONGOING
    return None


def _is_present(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP"} for c in verb.children)


@cache
def _words(name: str, part: str) -> frozenset[str]:
    return frozenset(load_yaml("what_status.yaml")[name][part])


@cache
def _presupposing() -> frozenset[str]:
    return frozenset(load_yaml("what_status.yaml")["presupposing"])
