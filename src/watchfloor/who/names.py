"""What the words of a name tell: a person's own name without titles, and names of places."""

from __future__ import annotations

from watchfloor.parse import Chunk, Token
from watchfloor.who.vocabulary import Vocabulary

#: Forms of address that are no office.
ADDRESS = frozenset(
    "mr mrs ms miss dr sir madam lady don dona fr rev reverend prof professor hon st sheikh".split()
)
#: Small words inside names: "Maria de la Cruz", "Omar bin Said".
INSIDE = frozenset("de la las los del da do dos di van von der bin ibn ben al el y e".split())
#: Prepositions that tell where a body is ("a court in Kampala") and where a clause happens.
WHERE = frozenset("in at near outside around inside within across throughout".split())
#: Prepositions that tell where somebody goes.
WHITHER = frozenset("into towards toward via".split())
#: Words before a name that make it one of a place, and those after it.
SIDES_OF_PLACES = frozenset("east west north south upper lower central old new greater".split())
KINDS_OF_PLACES = frozenset(
    "province city district county town village island islands river lake valley peninsula hills "
    "mountains mountain desert airport port harbour harbor strait gulf bay bridge road highway "
    "street avenue square camp checkpoint dam forest pass crossing junction coast".split()
)
FIRST_OF_PLACES = frozenset("camp fort mount lake port cape base highway".split())
#: Last words of the names of what is held, agreed or planned, and is nobody.
HAPPENINGS = frozenset(
    "meeting conference summit initiative operation agreement treaty accord accords resolution "
    "plan programme program project corridor statement report act law bill day week cup games "
    "award talks dialogue process pact convention".split()
)
#: Verbs whose object, if it has a name, is a place.
TAKING = frozenset(
    "storm shell bombard besiege overrun retake recapture enter encircle reach occupy".split()
)


def is_nobodys(chunk: Chunk) -> bool:
    """Whether the name in a noun phrase is a place's or a thing's, and so nobody's."""
    return chunk.root.pos_ == "PROPN" and (_is_used_as_place(chunk) or _is_of_things(chunk))


def _is_used_as_place(chunk: Chunk) -> bool:
    """Whether a name stands where a place stands: "East Tolma", "in Tolma", "stormed Tolma", "the
    village of Tolma".
    """
    head: Token = chunk.root
    tie = head.head
    of_place = tie.lower_ == "of" and tie.head.lower_ in KINDS_OF_PLACES
    there = head.dep_ == "pobj" and (tie.lower_ in WHERE | WHITHER or of_place)
    taken = head.dep_ in {"dobj", "nsubjpass"} and tie.lemma_.lower() in TAKING
    named = [t.lower_ for t in chunk if t.pos_ in {"PROPN", "ADJ"} and t.text[:1].isupper()]
    sided = len(named) > 1 and named[0] in SIDES_OF_PLACES | FIRST_OF_PLACES
    return there or taken or sided or head.lower_ in KINDS_OF_PLACES


def _is_of_things(chunk: Chunk) -> bool:
    """Whether what has capitals is held, agreed or planned: "the Brussels Conference", "Operation
    Clear Water".
    """
    words = [t.lower_ for t in chunk if t.text[:1].isupper() and t.i <= chunk.root.i]
    return words[-1:] != [] and (words[-1] in HAPPENINGS or words[0] == "operation")


def own_name(chunk: Chunk, vocabulary: Vocabulary) -> str:
    """The name that ends a noun phrase: "Ana Ruiz" of "Police Chief Ana Ruiz".

    Empty where the phrase ends in no name: "the police chief".
    """
    head: Token = chunk.root
    if (
        head.pos_ != "PROPN"
        or not head.text[:1].isupper()
        or vocabulary.role([head.lower_]) is not None
    ):
        return ""
    words: list[Token] = []
    for token in reversed(chunk[: head.i - chunk[0].i + 1]):
        if token.is_space:
            continue
        if not _names(token, words, vocabulary):
            break
        words.insert(0, token)
    while words and words[0].lower_ in INSIDE and words[0].pos_ != "PROPN":
        words.pop(0)
    return " ".join(w.text for w in words)


def _names(token: Token, after: list[Token], vocabulary: Vocabulary) -> bool:
    """Whether a word belongs to the name whose later words are known."""
    low = token.lower_.rstrip(".")
    if not after:
        return True
    if low in INSIDE or token.text in {"-", "'", "\N{RIGHT SINGLE QUOTATION MARK}"}:
        return True
    if low in ADDRESS or vocabulary.role([low]) is not None:
        return False
    return token.pos_ == "PROPN" and token.text[:1].isupper()
