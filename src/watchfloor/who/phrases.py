"""Noun phrases that denote somebody, and what each says by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from watchfloor.parse import Chunk, Doc, Page, Sentence, Token, ordinary_words
from watchfloor.records import Place, Span
from watchfloor.who.names import WHERE, is_nobodys, own_name
from watchfloor.who.roles import role_of, title_of
from watchfloor.who.vocabulary import Entity, Named, Role, Vocabulary

PRONOUNS = frozenset("he she him her himself herself they them themselves it itself".split())
#: Pronouns that say whose a thing is.
OWNERS = frozenset({"its", "their", "his", "her"})
#: Prepositions that tie a phrase to the one that owns or sends it.
TIES = frozenset({"of", "from"})
#: Words that stand for people by their number alone.
HOW_MANY = frozenset("hundreds thousands dozens scores several many another both pair".split())
#: What those on either side of a verb are to it, and what belongs to a phrase left of its head.
SIDES = frozenset({"nsubj", "nsubjpass", "dobj"})
INNER = frozenset("det amod nummod poss compound quantmod advmod nmod".split())
#: Verbs whose subject suffers what they tell of.
SUFFERING = frozenset("die perish drown disappear suffer".split())
#: Nouns for acts of force, before which the noun for who did it may stand: "police firing".
ACTS = frozenset(
    "airstrike firing fire gunfire shelling bombardment attack assault raid violence bombing "
    "shooting strike offensive operation ambush crackdown brutality atrocity bullet action".split()
)
#: How words for peoples end.
OF_PEOPLES = ("an", "ese", "ish", "i")
#: Names that are nobody's.
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december ramadan christmas easter jan feb mar apr jun"
    " jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
#: Kinds of places whose names are no actor's; those of countries are in the vocabulary.
TOWNS = frozenset({"town", "district", "province", "facility", "region"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase: its span, its head's span, and what is known of who it is.

    `entity` is a known name that the phrase is; `owner` one inside it that it belongs to.
    `sentence` places it in the report; `subject` says that it governs its clause, `located` that
    it tells where something is. `same_as` is where the phrase starts that it stands beside; `site`
    the place inside it that tells where they are ("engineers at Gwadar port").
    `name` is a person's name without titles; empty where the phrase names nobody. `stranger` says
    that it is of a country or people that no vocabulary knows ("Lodian troops"), `nobodys` that its
    name is a place's or a thing's, `acting` that it does what its clause tells. `whose` is the word
    that says whose people they are ("its fighters"), empty for none.
    """

    span: Span
    head: Span
    sentence: int
    pronoun: bool = False
    plural: bool = False
    definite: bool = False
    subject: bool = False
    located: bool = False
    proper: bool = False
    acronym: bool = False
    entity: Entity | None = None
    role: Role | None = None
    owner: Entity | None = None
    same_as: int | None = None
    name: str = ""
    site: Entity | None = None
    stranger: bool = False
    nobodys: bool = False
    acting: bool = False
    whose: str = ""


def phrases(page: Page, vocabulary: Vocabulary, places: Sequence[Place]) -> Iterator[Phrase]:
    """Every noun phrase of a page that may denote somebody, in order; `places` are the page's."""
    surnames: set[str] = set()
    for sentence in page.sentences:
        if sentence.doc is not None:
            found = list(_of_sentence(page, sentence, sentence.doc, vocabulary, places))
            named = (_as_surname(phrase, surnames) for phrase in found)
            found = [p for p in named if p.pronoun or p.proper or p.entity or p.role]
            surnames |= {p.head.text for p in found if p.proper and " " in p.span.text}
            yield from found


def _as_surname(phrase: Phrase, surnames: set[str]) -> Phrase:
    """A town or a noun that is the surname of somebody named in full before, made that name."""
    town = phrase.entity is not None and phrase.entity.kind == "place"
    if (town or phrase.entity is None) and phrase.span.text in surnames:
        return replace(phrase, entity=None, role=None, proper=True, located=False)
    return phrase


def _of_sentence(
    page: Page, sentence: Sentence, doc: Doc, vocabulary: Vocabulary, places: Sequence[Place]
) -> Iterator[Phrase]:
    names = [_as_state(n, sentence, vocabulary) for n in _names(page, sentence, vocabulary, places)]
    found: dict[int, Phrase] = {}
    for chunk in doc.noun_chunks:
        phrase = _phrase(page, sentence, chunk, names, vocabulary)
        if phrase is not None:
            found[chunk.root.i] = phrase
    for token in doc:
        stray = None if token.i in found else _outside(page, sentence, token, names, vocabulary)
        if stray is not None and not any(p.span.overlaps(stray.span) for p in found.values()):
            found[token.i] = stray
    for at, phrase in found.items():
        token = doc[at]
        governor = found.get(token.head.i) if token.dep_ == "appos" else None
        if governor and (phrase.entity is None or governor.entity is None):
            found[at] = replace(phrase, same_as=governor.span.start)
    yield from found.values()
    yield from _bare_names(page, sentence, names, found.values())


def _names(
    page: Page, sentence: Sentence, vocabulary: Vocabulary, places: Sequence[Place]
) -> list[Named]:
    """The known names of a sentence, and its places; a town is no person of that surname."""
    towns = [
        Named(
            p.start - sentence.start,
            p.end - sentence.start,
            Entity(p.text, "place", p.country, None),
        )
        for p in places
        if sentence.start <= p.start and p.end <= sentence.end and p.kind in TOWNS
    ]
    known = [
        n
        for n in vocabulary.find(sentence.text)
        if _is_current(n.entity, page)
        and not (n.entity.kind == "person" and any(_meet(n, town) for town in towns))
    ]
    free = [town for town in towns if not any(_meet(town, n) for n in known)]
    return sorted([*known, *free], key=lambda n: n.start)


def _as_state(name: Named, sentence: Sentence, vocabulary: Vocabulary) -> Named:
    """A word for a people made their state's name before an act of force: "Russian shelling"."""
    follows = sentence.text[name.end :].lower().split(None, 1)[:1]
    acts = [word.rstrip(".,;") for word in follows]
    forceful = name.entity.demonym and bool(acts) and (acts[0] in ACTS or acts[0][:-1] in ACTS)
    state = vocabulary.state(name.entity.country) if forceful else None
    return replace(name, entity=state) if state is not None else name


def _is_guess(name: Named, chunk: Chunk) -> bool:
    """Whether a place that no gazetteer knows is named with other words: "lawmaker Ana Khar"."""
    unknown = name.entity.kind == "place" and name.entity.country is None
    return unknown and any(t.pos_ in {"NOUN", "PROPN"} and t.idx < name.start for t in chunk)


def is_town(place: Place) -> bool:
    """Whether a place is a town or the like that the gazetteer knows, and no mere guess at one."""
    return place.kind in TOWNS and place.country is not None


def _meet(one: Named, two: Named) -> bool:
    return one.start < two.end and two.start < one.end


def _phrase(
    page: Page, sentence: Sentence, chunk: Chunk, names: list[Named], vocabulary: Vocabulary
) -> Phrase | None:
    head: Token = chunk.root
    base = Phrase(
        span=sentence.span(chunk[0], _last(chunk, names), page),
        head=sentence.span(head, head, page),
        sentence=sentence.index,
        plural=head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"they", "them", "police", "people"},
        definite=chunk[0].lower_ in {"the", "this", "that", "these", "those"},
        subject=head.dep_ in {"nsubj", "nsubjpass"},
        located=head.dep_ == "pobj" and head.head.lower_ in WHERE,
        nobodys=is_nobodys(chunk),
        acting=head.dep_ == "nsubj" and head.head.lemma_.lower() not in SUFFERING,
        whose=chunk[0].lower_ if chunk[0].lower_ in OWNERS else "",
        proper=head.pos_ == "PROPN" and head.text[:1].isupper(),
        acronym=head.pos_ == "PROPN"
        and head.text.isupper()
        and head.text.isalpha()
        and len(head) > 2,
    )
    if head.lower_.rstrip(".") in CALENDAR or _is_thing(base, chunk, vocabulary):
        return None
    if head.pos_ == "PRON":
        return replace(base, pronoun=True) if head.lower_ in PRONOUNS else None
    inside = [
        n for n in names if chunk[0].idx <= n.start and n.end <= base.span.end - sentence.start
    ]
    over_head = [n for n in inside if n.start <= head.idx < n.end and not _is_guess(n, chunk)]
    role = role_of(chunk, vocabulary)
    if over_head and not _is_surname(chunk, over_head[0], names):
        return _named(base, over_head[0].entity, inside, head)
    inside = [n for n in inside if n not in over_head and not _is_forename(n, chunk, vocabulary)]
    owner = next((n.entity for n in inside if n.start < head.idx), None) or next(
        (n.entity for n in inside), None
    )
    if head.pos_ == "PROPN" and (role is None or role.carrier):
        role = title_of(chunk, vocabulary) or role
    if role is not None or head.pos_ == "PROPN" or (len(chunk) == 1 and head.text.istitle()):
        strange = owner is None and any(_is_strange(word, head) for word in chunk)
        return replace(
            base,
            role=role,
            owner=owner,
            name=own_name(chunk, vocabulary),
            site=_site(sentence, base, inside),
            stranger=strange,
        )
    return None


def _is_strange(word: Token, head: Token) -> bool:
    """Whether a word before a noun is made like those for peoples and is no word of the language:
    "Lodian" in "Lodian troops".
    """
    of_people = word.text.istitle() and word.lower_.endswith(OF_PEOPLES)
    beside = word.i < head.i and head.pos_ != "PROPN" and word.head.i == head.i
    return of_people and beside and word.lower_ not in ordinary_words()


def _is_thing(phrase: Phrase, chunk: Chunk, vocabulary: Vocabulary) -> bool:
    """Whether an acronym is a thing's, not a body's, by its article: "an IED", "a CCTV"."""
    single = chunk[0].lower_ in {"a", "an"}
    return phrase.acronym and single and vocabulary.role([chunk.root.lower_]) is None


def _site(sentence: Sentence, phrase: Phrase, inside: list[Named]) -> Entity | None:
    """The first place that a phrase names after "at", "in" or "near"."""
    for name in inside:
        start = phrase.span.start - sentence.start
        before = sentence.text[start : name.start].lower().split()
        if name.entity.kind in {"place", "state"} and not WHERE.isdisjoint(before[-1:]):
            return name.entity
    return None


def _outside(
    page: Page, sentence: Sentence, token: Token, names: list[Named], vocabulary: Vocabulary
) -> Phrase | None:
    """A phrase that the parser's noun phrases leave out: "49 died", "the wounded", stray nouns;
    and whose a thing is: "the embassy's gate", "its camps", "a police post".
    """
    role = None
    pronoun = token.dep_ == "poss" and token.lower_ in OWNERS
    if token.lower_ in HOW_MANY or (token.pos_ == "NUM" and token.lower_.isalpha()):
        role = Role("population", None) if token.dep_ in SIDES else None
    elif token.pos_ == "NUM":
        is_year = len(token) == 4 and token.lower_.isdigit()
        role = Role("population", None) if token.dep_ in SIDES and not is_year else None
    elif token.pos_ in {"NOUN", "ADJ", "PROPN"}:
        role = vocabulary.role([token.lower_])
        organ = role is not None and role.state and role.kind == "organisation"
        whose = token.dep_ == "compound" and organ
        role = role if whose or _stands_alone(token) else None
    if role is None and not pronoun:
        return None
    first = min((t for t in token.lefts if t.dep_ in INNER), key=lambda t: t.i, default=token)
    span = sentence.span(first.left_edge if first is not token else token, token, page)
    inside = (n for n in names if span.start <= sentence.start + n.start < span.end)
    return Phrase(
        span=span,
        head=sentence.span(token, token, page),
        sentence=sentence.index,
        pronoun=pronoun,
        plural=token.pos_ == "NUM" or token.tag_ in {"NNS", "JJ"},
        definite=first.lower_ in {"the", "this", "that", "these", "those"},
        subject=token.dep_ in {"nsubj", "nsubjpass"},
        role=role,
        owner=next((n.entity for n in inside), None),
    )


def _stands_alone(token: Token) -> bool:
    """Whether a noun may be somebody by its place: a side of a verb, or the doer of an act."""
    doer = token.dep_ == "compound" and token.head.lemma_.lower() in ACTS
    return doer or token.dep_ in SIDES | {"ROOT", "conj", "poss"}


def _is_surname(chunk: Chunk, name: Named, names: list[Named]) -> bool:
    """Whether a town's name ends a person's: "Michael Jackson"."""
    before = chunk.root.nbor(-1) if chunk.root.i > chunk[0].i else None
    return (
        name.entity.kind == "place"
        and before is not None
        and before.pos_ == "PROPN"
        and not any(n.start <= before.idx < n.end for n in names if n.entity.kind != "place")
        and not name.start <= before.idx
    )


def _is_forename(name: Named, chunk: Chunk, vocabulary: Vocabulary) -> bool:
    """Whether a town's name begins a person's: no title stands between it and the surname."""
    head = chunk.root
    return (
        name.entity.kind == "place"
        and head.pos_ == "PROPN"
        and vocabulary.role([head.lower_]) is None
        and not any(
            vocabulary.role([t.lower_]) for t in chunk if t.idx >= name.end and t.i < head.i
        )
    )


def _is_current(entity: Entity, page: Page) -> bool:
    """Whether a bare surname was an office holder's when the report was published."""
    published = page.report.published
    if entity.years is None or not published or not published[:4].isdigit():
        return True
    return entity.years[0] <= int(published[:4]) <= entity.years[1]


def _named(base: Phrase, entity: Entity, inside: list[Named], head: Token) -> Phrase:
    """A phrase whose head is a known name; "US" before another noun is that noun's owner."""
    owner = next((n.entity for n in inside if n.entity is not entity), None)
    return replace(base, entity=entity, owner=owner)


def _last(chunk: Chunk, names: list[Named]) -> Token:
    """The end of a phrase with the "of" or "from" that follows it at once, or "in" a place."""
    last: Token = chunk[-1]
    for child in chunk.root.children:
        if child.i == chunk[-1].i + 1 and (child.lower_ in TIES or _is_site(child, names)):
            inner = [t for t in child.subtree if not _in_clause(t, child)]
            last = max(inner, key=lambda t: t.i)
    return last


def _is_site(tie: Token, names: list[Named]) -> bool:
    """Whether a preposition says "in" and a known place follows."""
    return tie.lower_ == "in" and any(
        n.entity.kind in {"state", "place"} and n.start <= token.idx < n.end
        for token in tie.children
        if token.dep_ == "pobj"
        for n in names
    )


def _in_clause(token: Token, top: Token) -> bool:
    """Whether a token lies in a clause below the preposition `top`."""
    while token.i != top.i:
        if token.dep_ in {"relcl", "acl", "advcl", "ccomp", "punct", "appos"}:
            return True
        token = token.head
    return False


def _bare_names(
    page: Page, sentence: Sentence, names: list[Named], found: Iterable[Phrase]
) -> Iterator[Phrase]:
    """Known names that no phrase has for its head: "US" in "US-led", names in headlines.

    A body inside a phrase for others is named too: "members of the FMLN".
    """
    taken = list(found)
    for name in names:
        span = page.span(sentence.start + name.start, sentence.start + name.end)
        around = [p for p in taken if p.span.contains(span)]
        body = name.entity.kind == "organisation" and all(p.entity is None for p in around)
        if not around or body:
            yield Phrase(
                span=span, head=span, sentence=sentence.index, entity=name.entity, proper=True
            )
