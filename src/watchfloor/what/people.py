"""Groups: the noun phrases of a sentence with how many each says, read off words, not trees.

News counts people in telegraphic sentences ("2 staff killed, 1 wounded when vehicle hit mine") that
parsers misread; parts of speech hold there, so the phrases are cut by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from watchfloor.parse import Doc, Token
from watchfloor.records import Count
from watchfloor.what import numbers
from watchfloor.what.lexicon import people_nouns

NAMING = frozenset({"NOUN", "PROPN"})
INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "SYM"})
#: Words before a number that bound it.
BOUNDS = frozenset(
    "at least more over up as many about around some nearly almost approximately roughly "
    "an estimated close no fewer less not upwards in excess between most only another just".split()
)
#: Words that tie two numbers, or a number to its bound.
TIES = frozenset({"to", "and", "or", "of", "than"})
#: Nouns whose "of" names the people that they count.
COLLECTIVE = frozenset(
    "group team crew family crowd band number total couple pair handful dozens scores hundreds "
    "thousands tens majority party convoy squad unit body remains life corps corpse".split()
)
#: Heads that are no people whatever their number.
MEASURES = frozenset(
    "percent percentage year month week day hour minute second kilometer kilometre km mile meter "
    "metre foot kg kilogram gram tonne ton dollar peso rupee euro pound round time a.m. p.m. am pm "
    "o'clock cent degree m ft yd mi min hr hrs sec mm cm gallon liter litre "
    "acre hectare magnitude".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
QUOTES = frozenset({'"', "“", "``", "''"})
OTHERS = frozenset({"other", "others", "another", "more", "further", "additional"})
#: Nouns that mean one only with an article, and those that never do.
MASS = frozenset({"staff", "personnel", "public", "media", "press", "opposition", "aid"})
SEVERAL = frozenset(
    "police army crowd crew family people troop population military team group force couple "
    "community tribe clan gang mob delegation patrol convoy unit squad column".split()
)


#: Words of time that may stand right behind a noun: "guerrillas today", "the rebels last night".
DAYS = frozenset({"today", "yesterday", "tonight", "tomorrow"})
BEFORE_TIME = frozenset({"last", "this", "next", "early", "late"})


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase: its tokens from first to last, its head, how many it says.

    `other` marks people told apart from those before ("three others").
    """

    first: int
    last: int
    head: Token
    count: Count | None
    other: bool = False


def groups(doc: Doc) -> list[Group]:
    """The noun phrases of a sentence in order, brackets left out."""
    shut = bracketed(doc)
    found: list[Group] = []
    for at, token in enumerate(doc):
        if at in shut or token.lower_ in DAYS or not _is_head(doc, at):
            continue
        first = _begin(doc, at, shut, found[-1].last if found else -1)
        group = _group(doc, first, at, token, shut)
        if found and _belongs(doc, found[-1], group):
            group = _joined(doc, found.pop(), group, shut)
        found.append(group)
    return found


def bracketed(doc: Doc) -> set[int]:
    """The tokens in round or square brackets, brackets included, and numbers that are put right
    ("two, not three, guards").
    """
    shut: set[int] = set()
    opened: int | None = None
    for token in doc:
        if token.text in {"(", "["}:
            opened = int(token.i)
        elif token.text in {")", "]"} and opened is not None:
            shut.update(range(opened, token.i + 1))
            opened = None
        elif token.lower_ == "not":
            shut.update(_put_right(doc, int(token.i)))
    return shut


def _put_right(doc: Doc, at: int) -> range:
    """The tokens of a number that is denied by "not", with the commas around it."""
    last = at + 1
    if last >= len(doc) or numbers.value(doc[last].lower_) is None:
        return range(0)
    if last + 1 < len(doc) and doc[last + 1].text in {",", "but"}:
        last += 1
    first = at - 1 if at > 0 and doc[at - 1].text == "," else at
    return range(first, last + 1)


def _is_head(doc: Doc, at: int) -> bool:
    """Whether a word ends a noun phrase: no further noun of the same phrase follows."""
    token = doc[at]
    following = next_open(doc, at)
    if token.lower_ in numbers.VAGUE and following is not None and following.lower_ in OTHERS:
        return False
    if token.pos_ in NAMING:
        if following is None or _begins_time(following):
            return True
        return not (
            following.pos_ in NAMING
            or following.text in {"'s", "’s", "'", "-"}
            or (following.pos_ in {"ADJ", "NUM"} and _leads_to_noun(doc, following.i, token))
        )
    if token.pos_ == "NUM" or token.lower_ in numbers.VAGUE or token.lower_ in OTHERS:
        return following is None or not (
            following.pos_ in NAMING | {"NUM"}
            or (following.pos_ == "ADJ" and _leads_to_noun(doc, following.i, token))
            or following.text in {"-", "%"}
            or following.lower_ in {"to", "or", "other", "others", "more", "than", "as", "dozen"}
            or (following.pos_ in {"DET", "PART"})
            or (following.tag_ in {"VBN", "VBG"} and _leads_to_noun(doc, following.i, token))
            or _is_compound(doc, int(following.i))
            or (following.lower_ == "and" and _is_between(doc, at))
        )
    return token.pos_ == "PRON" and token.tag_ != "PRP$" and token.lower_ != "no"


def _begins_time(token: Token) -> bool:
    """Whether a word begins a time and no more of the phrase before it: "last night"."""
    if token.lower_ in BEFORE_TIME and token.i + 1 < len(token.doc):
        low = token.nbor(1).lemma_.lower()
        return low in MEASURES | MONTHS | {"night", "morning", "afternoon", "evening"}
    return token.lower_ in DAYS


def next_open(doc: Doc, at: int) -> Token | None:
    """The next token that is not in brackets."""
    depth = 0
    for place in range(at + 1, len(doc)):
        token = doc[place]
        if token.text in {"(", "["}:
            depth += 1
        elif token.text in {")", "]"}:
            depth = max(0, depth - 1)
        elif depth == 0:
            return token
    return None


def _is_compound(doc: Doc, at: int) -> bool:
    """Whether a hyphen follows: "UN-contracted driver", "locally-employed workers"."""
    return at + 1 < len(doc) and doc[at + 1].text == "-" and doc[at].pos_ in {"ADJ", "ADV"}


def _is_between(doc: Doc, at: int) -> bool:
    """Whether a number begins a range: "between 10 and 15"."""
    return (
        at > 0
        and doc[at - 1].lower_ == "between"
        and at + 2 < len(doc)
        and (doc[at + 2].pos_ == "NUM")
    )


def _leads_to_noun(doc: Doc, at: int, before: Token) -> bool:
    """Whether an adjective or a number after a noun begins more of the same phrase.

    "UN (6 international) staff" and "INGO national staff" go on; "Tuesday five people" does not.
    """
    if doc[at].pos_ == "NUM" or before.tag_ in {"NNS", "NNPS"}:
        return False
    following = next_open(doc, at)
    while following is not None and following.pos_ == "ADJ":
        following = next_open(doc, int(following.i))
    return following is not None and following.pos_ in NAMING


def _begin(doc: Doc, at: int, shut: set[int], floor: int) -> int:
    """The first token of the phrase that ends at a head."""
    first = at
    for before in range(at - 1, floor, -1):
        token = doc[before]
        if before in shut:
            continue
        taken = doc[first]
        scaled = taken.lower_ == "a" and taken.nbor(1).pos_ == "NUM"  # "at least a thousand"
        closed = taken.pos_ == "DET" and taken.lower_ not in {"some", "no", "another", "all"}
        if closed and not (scaled and token.lower_ in BOUNDS):
            break
        if taken.pos_ == "NUM" and (token.pos_ in NAMING or _closes(token, doc, first)):
            break
        if _is_year(token):
            break
        inner = token.pos_ in INSIDE or token.tag_ == "PRP$" or token.text in {"-", "'s", "’s"}
        inner = inner or (token.text in QUOTES and before > 0 and doc[before - 1].pos_ == "DET")
        compound = taken.text == "-" or doc[before + 1].text == "-"
        modifier = token.tag_ in {"VBN", "VBG"} and token.dep_ in {"amod", "compound"}
        modifier = modifier or (compound and token.pos_ in {"ADV", "VERB", "ADP"})
        bound = token.lower_ in BOUNDS | TIES and _bounds(doc, before, first)
        if not (inner or modifier or bound):
            break
        first = before
    while first < at and doc[first].text in {"-", "'s", "’s", "'"}:
        first += 1
    return first


def _is_year(token: Token) -> bool:
    """Whether a number is the year before a phrase: "on 6 February 1998 Prefect ...", "in 2014"."""
    if not _could_be_year(token):
        return False
    lead = token.nbor(-1).lower_.rstrip(".") if token.i else ""
    return lead in MONTHS or lead in {"in", "since", "by", "until"}


def _could_be_year(token: Token) -> bool:
    return token.text.isdigit() and 1900 <= int(token.text) <= 2099


def _closes(token: Token, doc: Doc, first: int) -> bool:
    """Whether "and" before a number joins another phrase, and is no range: "between 10 and 15"."""
    return token.lower_ == "and" and not _is_between(doc, first - 2)


def _bounds(doc: Doc, before: int, first: int) -> bool:
    """Whether a word like "over" or "to" stands before a number, not before a name."""
    word = doc[before].lower_
    if word in {"to", "and", "or"}:
        return before > 0 and doc[before - 1].pos_ == "NUM" and doc[first].pos_ == "NUM"
    if word == "at":
        return doc[before + 1].lower_ in {"least", "most"}
    if word == "of":
        return before > 0 and doc[before - 1].lower_ in {"excess", "upwards", "minimum", "maximum"}
    return doc[first].pos_ == "NUM" or doc[first].lower_ in BOUNDS | {"a"}


def _group(doc: Doc, first: int, last: int, head: Token, shut: set[int]) -> Group:
    words = [doc[i] for i in range(first, last + 1) if i not in shut]
    text = " ".join(t.lower_ for t in words)
    other = any(t.lower_ in OTHERS for t in words)
    if head.pos_ == "PRON" or head.lower_ == "another":
        return Group(first, last, head, _of_pronoun(head), other)
    return Group(first, last, head, _count(text, head), other)


def _of_pronoun(head: Token) -> Count | None:
    if head.lower_ in {"nobody", "none"} or (head.lower_ == "one" and _after_no(head)):
        return Count(low=0, high=0)
    single = head.lower_ in {"he", "she", "him", "her", "himself", "herself", "i", "me", "another"}
    return Count(low=1, high=1) if single else None


def _after_no(head: Token) -> bool:
    return head.i > 0 and head.nbor(-1).lower_ in {"no", "-"}


def _count(text: str, head: Token) -> Count | None:
    stated = numbers.stated(text)
    if stated is not None:
        return stated
    low = head.lemma_.lower()
    if head.tag_ not in {"NN", "NNP", "JJ"} or low in SEVERAL:
        return None
    one = Count(low=1, high=1)
    if numbers.is_one(text):
        return one
    if low in MASS:
        return None
    named = head.pos_ == "PROPN" and " " in text
    whose = text.startswith("the ") or " 's " in text or " ’s " in text
    bare = head.tag_ == "NN" and (whose or low in people_nouns())
    return one if named or bare else None


def _belongs(doc: Doc, outer: Group, inner: Group) -> bool:
    """Whether two phrases are one: "two of the five engineers", "a team of six doctors"."""
    between = doc[outer.last + 1 : inner.first]
    if len(between) != 1 or between[0].lower_ != "of":
        return False
    head = outer.head
    return head.pos_ == "NUM" or head.lower_ in numbers.VAGUE or head.lemma_.lower() in COLLECTIVE


def _joined(doc: Doc, outer: Group, inner: Group, shut: set[int]) -> Group:
    counted = outer.head.pos_ == "NUM" or outer.head.lower_ in numbers.VAGUE
    plain = _group(doc, outer.first, outer.last, outer.head, shut).count
    number = outer.head.lower_ in {"total", "number", "group", "team", "crew", "band", "family"}
    count = (inner.count if number else None) or (plain if counted else plain or inner.count)
    if not counted and inner.count is not None:
        count = inner.count
    return Group(outer.first, inner.last, inner.head, count, outer.other or inner.other)


def is_measure(group: Group) -> bool:
    """Whether a phrase counts hours, kilometres, ages or dates, not people."""
    head = group.head
    if _is_age(group):
        return True
    low = head.lemma_.lower()
    year = head.pos_ == "NUM" and _could_be_year(head)
    day = head.pos_ == "NUM" and head.i > 0 and head.nbor(-1).lower_.rstrip(".") in MONTHS
    return low in MEASURES or head.lower_.rstrip(".") in MONTHS or year or day


def _is_age(group: Group) -> bool:
    """Whether a phrase tells how old somebody is: "aged about ten", "a woman of 70"."""
    doc, first = group.head.doc, group.first
    lead = doc[first - 1].lower_ if first else ""
    whose = doc[first - 2] if first > 1 else None
    alone = group.head.pos_ == "NUM" and first == group.last
    person = whose is not None and whose.tag_ == "NN" and whose.lemma_.lower() in people_nouns()
    return lead == "aged" or (lead == "of" and alone and person)


def at_token(found: Sequence[Group], index: int) -> Group | None:
    """The phrase that a token lies in."""
    return next((g for g in found if g.first <= index <= g.last), None)
