"""Light verbs: "launched an attack" tells of the attack in two words, and both are its trigger."""

from __future__ import annotations

from watchfloor.parse import Token

#: Verbs that say of an act only that it is done, begun or gone on with.
LIGHT = frozenset(
    "launch begin start continue resume conduct stage mount commit wage perform execute undertake"
    " renew unleash initiate hold make".split()
)


def carrier(act: Token) -> Token | None:
    """The light verb in front of a noun for an act that is its object ("launched a string of
    attacks"); None where there is none, or where a name stands between the two.
    """
    counted = act.dep_ == "pobj" and act.head.lower_ == "of" and act.head.dep_ == "prep"
    thing = act.head.head if counted else act
    verb = thing.head
    if act.pos_ != "NOUN" or thing.dep_ != "dobj" or verb.lemma_.lower() not in LIGHT:
        return None
    between = [verb.nbor(n) for n in range(1, act.i - verb.i)]
    if verb.i > act.i or any(t.pos_ == "PROPN" or t.is_punct for t in between):
        return None
    return verb
