"""A person's own name, without the titles and offices before it."""

from __future__ import annotations

from watchfloor.parse import Chunk, Token
from watchfloor.who.vocabulary import Vocabulary

#: Forms of address that are no office.
ADDRESS = frozenset(
    "mr mrs ms miss dr sir madam lady don dona fr rev reverend prof professor hon st sheikh".split()
)
#: Small words inside names: "Maria de la Cruz", "Omar bin Said".
INSIDE = frozenset("de la las los del da do dos di van von der bin ibn ben al el y e".split())


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
