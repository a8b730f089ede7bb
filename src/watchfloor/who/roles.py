"""What the nouns and titles of a phrase say of the people it stands for."""

from __future__ import annotations

from dataclasses import replace

from watchfloor.parse import Chunk, Token
from watchfloor.who.vocabulary import Role, Vocabulary

#: Ranks as they are shortened in front of a name.
SHORT = {
    "gen": "general", "col": "colonel", "lt": "lieutenant", "sgt": "sergeant", "capt": "captain",
    "maj": "major", "sen": "senator", "gov": "governor", "rep": "representative",
    "adm": "admiral", "amb": "ambassador", "supt": "superintendent", "insp": "inspector",
}  # fmt: skip
#: Words that say that an office is no longer held.
PAST = frozenset("former ex retired ousted deposed".split())
#: Sectors of offices that can be left.
OFFICES = frozenset("GOV MIL LEG SPY JUD".split())


def role_of(chunk: Chunk, vocabulary: Vocabulary) -> Role | None:
    """What the head noun says, with the sector of the word that it acts for."""
    head = chunk.root
    words = _hyphened([t.lower_ for t in chunk if t.i <= head.i])
    single = [*words[:-1], head.lemma_.lower()]
    role = _office(head, vocabulary) or vocabulary.role(words) or vocabulary.role(single)
    if role is None:
        return None
    if role.carrier:
        for_whom = _acts_for(words, head, vocabulary)
        role = replace(for_whom, kind=role.kind) if for_whom else role
    if role.sector == "CVL" and "armed" in words:
        role = Role("group", "UAF")
    if role.sector == "PTY" and any(word.endswith("-led") for word in words):
        role = Role("organisation", "MIL")  # "the US-led coalition"
    if role.sector in OFFICES and not PAST.isdisjoint(words):
        role = replace(role, sector="ELI")
    return role


def _office(head: Token, vocabulary: Vocabulary) -> Role | None:
    """What an office says whose name goes on behind its head: "chief of army staff"."""
    behind = [" ".join(t.lower_ for t in head.doc[head.i : head.i + n]) for n in (4, 3)]
    return next((vocabulary.roles[name] for name in behind if name in vocabulary.roles), None)


def _hyphened(words: list[str]) -> list[str]:
    """The words of a phrase with those that hyphens join made one: "anti-government"."""
    joined: list[str] = []
    for at, word in enumerate(words):
        if joined and (word == "-" or (at > 1 and words[at - 1] == "-")):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _acts_for(words: list[str], head: Token, vocabulary: Vocabulary) -> Role | None:
    """The role of the noun beside a carrier: the nearest before it, else the one after "of"."""
    for size in range(len(words) - 1, 0, -1):
        found = vocabulary.role(words[:size])
        if found is not None and not found.carrier and found.sector is not None:
            return found
    for child in head.children:
        if child.lower_ in {"of", "for", "from"}:
            for token in child.children:
                found = vocabulary.role([t.lower_ for t in token.subtree if t.i <= token.i])
                if token.dep_ == "pobj" and found is not None and found.sector is not None:
                    return found
    return None


def title_of(chunk: Chunk, vocabulary: Vocabulary) -> Role | None:
    """What the title in front of a name says: "Police Chief" in "Police Chief Ana Ruiz"."""
    words = [SHORT.get(t.lower_.rstrip("."), t.lower_) for t in chunk if t.i < chunk.root.i]
    for size in range(len(words), 0, -1):
        found = vocabulary.role(words[:size])
        if found is not None and found.kind != "organisation":
            before = vocabulary.role(words[: size - 1]) if found.carrier else None
            return replace(found, kind="person", sector=before.sector if before else found.sector)
    return None
