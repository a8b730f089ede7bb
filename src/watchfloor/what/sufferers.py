"""To whom a word of harm happened: the phrases before or after it, by its voice."""

from __future__ import annotations

from collections.abc import Sequence

from watchfloor.parse import Chunk, Doc, Token
from watchfloor.what.people import Group, at_token, bracketed, is_measure

#: Words that a subject may be followed by before its verb.
SKIPPED = frozenset({"ADV", "AUX", "PART", "INTJ"})
PASSED = frozenset({"VBN", "VBD", "VBG", "WP", "WDT"})
#: Words that tie further words to a phrase that ends before them.
HOPS = frozenset({"ADP", "SCONJ"})
RELATIVE = frozenset({"WP", "WDT"})
PARTS = frozenset({"including", "among", "like", "with", "of", "by"})
JOINS = frozenset({"and", ",", "plus", "or", "&"})


def whom(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """The people before a clause whose object they are: "the five men whom they shot"; nobody
    where it is no such clause.
    """
    parts = {c.dep_: c for c in verb.children}
    said = parts.get("dobj")
    if verb.dep_ != "relcl" or "nsubj" not in parts or parts["nsubj"].tag_ in RELATIVE:
        return []
    if said is not None and (said.tag_ not in RELATIVE or said.i > verb.i):
        return []
    heads = [verb.head]
    while heads[0].dep_ == "conj":
        heads.insert(0, heads[0].head)
    people = [g for head in heads if (g := at_token(found, int(head.i))) is not None]
    return _told_apart(doc, people)


def is_passive(doc: Doc, verb: Token, found: Sequence[Group]) -> bool:
    """Whether the people stand before a verb: "were killed", "2 staff killed when ..."."""
    if verb.tag_ in {"VBG", "VB", "VBZ", "VBP"}:
        return any(c.dep_ == "auxpass" for c in verb.children)
    if _has_be(doc, verb):
        return True
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    follow = _next(doc, int(verb.i), found)
    return follow is None or is_measure(follow)


def _has_be(doc: Doc, verb: Token) -> bool:
    """Whether a form of "be" or "get" governs the participle, through participles joined to it."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    at = verb.i - 1
    while at >= 0 and (
        doc[at].pos_ in {"ADV", "PART"}
        or doc[at].text in {",", "and"}
        or doc[at].tag_ in {"VBN", "VBD"}
    ):
        if doc[at].lemma_ in {"be", "get"}:
            return True
        at -= 1
    return at >= 0 and doc[at].lemma_ in {"be", "get"} and doc[at].i < verb.i


def _next(doc: Doc, at: int, found: Sequence[Group]) -> Group | None:
    """The phrase that begins right after a word, adverbs and its particle aside."""
    following = at + 1
    while (
        following < len(doc)
        and (doc[following].pos_ == "ADV" or doc[following].dep_ == "prt")
        and (at_token(found, following) is None)
    ):
        following += 1
    group = at_token(found, following)
    return group if group is not None and group.first == following else None


def after(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """The people after a verb: its object and what is joined to it."""
    group = _next(doc, int(verb.i), found)
    if group is None:
        head = next((c for c in verb.children if c.dep_ in {"dobj", "dative"}), None)
        group = at_token(found, int(head.i)) if head is not None else None
    if group is None:
        return []
    joined = _joined_right(doc, group, found)
    return _told_apart(doc, [group, *(joined or _conjoined(group, found))])


def _conjoined(group: Group, found: Sequence[Group]) -> list[Group]:
    """Counted people whom the tree joins to a phrase over what lies between: "the principal of a
    school and eleven of her teachers".
    """
    joined = (at_token(found, int(c.i)) for c in group.head.children if c.dep_ == "conj")
    return [g for g in joined if g is not None and g.count is not None and not is_measure(g)]


def _joined_right(
    doc: Doc, group: Group, found: Sequence[Group], until: int | None = None
) -> list[Group]:
    """Phrases joined to one, none of them the subject of a verb other than that at `until`."""
    more: list[Group] = []
    last = group
    while True:
        at = last.last + 1
        while at < len(doc) and doc[at].text in JOINS:
            at += 1
        following = at_token(found, at) if at > last.last + 1 else None
        if following is None or following.first != at:
            return more
        if until is None and _is_subject(doc, following):
            return more
        if until is not None and following.last >= until:
            return more
        more.append(following)
        last = following


def _is_subject(doc: Doc, group: Group) -> bool:
    at = group.last + 1
    while at < len(doc) and doc[at].pos_ == "ADV":
        at += 1
    if at >= len(doc):
        return False
    return doc[at].pos_ in {"AUX", "VERB"} and doc[at].tag_ != "VBG"


def before(doc: Doc, verb: Token, found: Sequence[Group]) -> list[Group]:
    """The people before a verb or a state: its subject, by the words next to it or by the tree."""
    near, direct = _near(doc, int(verb.i), found)
    by_tree = _by_tree(verb, found)
    group = (
        near if near is not None and (direct or _is_of_another(verb, by_tree, near)) else by_tree
    )
    group = group or near
    if group is None:
        return []
    if group.head.lower_ in {"they", "who", "them"}:
        group = _meant(group, found)
    further = [] if group is near else _joined_right(doc, group, found, until=int(verb.i))
    left = _joined_left(doc, group, found) or _first_of_row(group, found)
    return _told_apart(doc, [*left, group, *further])


def _is_of_another(verb: Token, by_tree: Group | None, near: Group) -> bool:
    """Whether the subject that the tree has is of a verb before, and the phrase next to a passive
    its own: "one man died and 29 others, among them police, were injured".
    """
    own = {c.dep_ for c in verb.children}
    lost = "auxpass" in own and own.isdisjoint({"nsubj", "nsubjpass"})
    return lost and by_tree is not None and by_tree.last < near.first and near.count is not None


def _first_of_row(group: Group, found: Sequence[Group]) -> list[Group]:
    """Counted people to whom the tree joins a phrase over what lies between: "a woman of 70 and her
    grandson".
    """
    if group.head.dep_ != "conj":
        return []
    over = group.head.head
    first = at_token(found, int(over.i))
    if first is not None and is_measure(first) and over.dep_ == "pobj":
        first = at_token(found, int(over.head.head.i))
    if first is None or first.count is None or is_measure(first) or first.last >= group.first:
        return []
    between = group.head.doc[first.last + 1 : group.first]
    joined = all(t.text in JOINS or t.lower_ == "of" or t.pos_ == "NUM" for t in between)
    return [first] if joined else []


def _meant(pronoun: Group, found: Sequence[Group]) -> Group:
    """Whom "they" and "who" stand for: the last people counted before them in the sentence."""
    earlier = [g for g in found if g.last < pronoun.first and g.count and not is_measure(g)]
    several = [g for g in earlier if g.count and (g.count.low or 0) > 1]
    if pronoun.head.lower_ == "who":
        return earlier[-1] if earlier else pronoun
    return several[-1] if several else pronoun


def _near(doc: Doc, at: int, found: Sequence[Group]) -> tuple[Group | None, bool]:
    """The phrase that ends before a word, and whether nothing but auxiliaries lies between."""
    direct = True
    place = at - 1
    while place >= 0:
        token = doc[place]
        group = at_token(found, place)
        if group is not None:
            lead = doc[group.first - 1] if group.first else None
            if lead is not None and (lead.pos_ in HOPS or lead.lower_ in PARTS):
                direct, place = False, group.first - 2
                continue
            if lead is not None and lead.tag_ == "VBG" and lead.lemma_.lower() != "leave":
                direct, place = False, group.first - 2
                continue
            direct = direct and (lead is None or lead.pos_ not in {"NOUN", "PROPN"})
            blocked = lead is not None and lead.pos_ == "VERB" and lead.tag_ not in {"VBN", "VBG"}
            return (None, False) if blocked and not direct else (group, direct)
        if token.text in {",", ")", "("}:
            direct = direct and token.text != ","
        elif not (token.tag_ in PASSED or token.lower_ == "and" or token.pos_ in SKIPPED):
            return None, False
        place -= 1
    return None, False


def _by_tree(verb: Token, found: Sequence[Group]) -> Group | None:
    token = verb
    for _ in range(3):
        subject = next((c for c in token.children if c.dep_ in {"nsubjpass", "nsubj"}), None)
        if subject is not None and subject.tag_ in {"WP", "WDT"} and token.dep_ == "relcl":
            subject = token.head
        if subject is not None and token is not verb and token.lemma_ in {"leave", "find"}:
            subject = next((c for c in token.children if c.dep_ == "dobj"), None)
        if subject is not None:
            return at_token(found, int(subject.i))
        if token.dep_ == "acl":
            return at_token(found, int(token.head.i))
        if token.dep_ not in {"conj", "acomp", "oprd", "xcomp", "advcl"}:
            return None
        token = token.head
    return None


def _joined_left(doc: Doc, group: Group, found: Sequence[Group]) -> list[Group]:
    """Phrases that a phrase is joined to: "two staff, a guard" before "and three drivers"."""
    more: list[Group] = []
    first = group
    shut = bracketed(doc)
    while True:
        at = first.first - 1
        joined = False
        while at >= 0 and (doc[at].text in JOINS or at in shut or doc[at].pos_ == "ADJ"):
            joined = joined or doc[at].text in JOINS
            at -= 1
        previous = at_token(found, at) if joined and at >= 0 else None
        if previous is None or previous.last != at or _is_governed(doc, previous):
            return more
        more.insert(0, previous)
        first = previous


def _is_governed(doc: Doc, group: Group) -> bool:
    """Whether a phrase belongs to a preposition or verb before it, not to the list after it."""
    if group.first == 0:
        return False
    lead = doc[group.first - 1]
    return lead.pos_ in {"ADP", "VERB"} and lead.tag_ != "VBN" and lead.lemma_ != "be"


def _told_apart(doc: Doc, people: list[Group]) -> list[Group]:
    """A list of people without what only says again who they are.

    "Two staff, a doctor and his driver," are two; "the governor, Ana Ruiz," is one.
    """
    people = [g for g in people if not is_measure(g) or len(people) == 1]
    if len(people) < 2:
        return people
    first, rest = people[0], people[1:]
    lows = [g.count.low or 0 if g.count else 0 for g in rest]
    closed = people[-1].last + 1 >= len(doc) or doc[people[-1].last + 1].pos_ not in {"AUX", "VERB"}
    several = first.count is not None and (first.count.low or 0) > 1
    if several and closed and first.count is not None and sum(lows) == first.count.low:
        return [first]
    kept = [first]
    row = len(people) > 2 and len({doc[g.first].pos_ for g in people}) == 1
    for previous, group in zip(people, rest, strict=False):
        between = Chunk(doc[previous.last + 1 : group.first]).text.strip()
        one = group.count is None or group.count.low == 1
        same = previous.count is None or previous.count.low == 1
        if group.first == group.last and group.head.pos_ == "NUM" and is_one(previous):
            continue
        listed = row or doc[group.first].pos_ == "NUM" or group.other
        listed = listed or doc[group.first].tag_ == "PRP$"
        if between == "," and one and (same or group.count is None) and not listed:
            continue
        kept.append(group)
    return kept


def is_one(group: Group) -> bool:
    """Whether a phrase is one person or a name, which a bare number after it gives the age of."""
    if group.count is None:
        return group.head.pos_ == "PROPN"
    return group.count.low == 1 and group.head.pos_ != "NUM"


def of_noun(doc: Doc, noun: Token, found: Sequence[Group]) -> list[Group]:
    """Whom an act told by a noun befell: "the killing of two engineers", "the mayor's murder"."""
    for child in noun.children:
        if child.lower_ in {"of", "to"} and child.i == noun.i + 1:
            group = _next(doc, int(child.i), found)
            if group is not None:
                return _told_apart(doc, [group, *_joined_right(doc, group, found)])
    return []
