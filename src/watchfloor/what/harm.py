"""How many were harmed, and how, as the sentence of an event states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from watchfloor.parse import Token
from watchfloor.records import Count, Harm
from watchfloor.what import numbers
from watchfloor.what.candidates import Candidate
from watchfloor.what.toll import Toll

#: Event types that harm people, and the fields each may have.
FIELDS = {
    "ASSAULT": {"killed", "injured", "abducted", "missing"},
    "HARM": {"killed", "injured", "missing", "ill"},
    "COERCE": {"arrested", "abducted", "injured", "killed"},
    "PROTEST": {"killed", "injured", "arrested"},
}
#: Steps of the tree over which a word still belongs to the event that governs it.
STEPS = 4
#: An event farther than this many words from a toll needs the tree to be given it.
FAR = 100


def assign(found: Sequence[Toll], events: Sequence[Candidate]) -> dict[int, list[Toll]]:
    """The tolls of each event (by its place in the list): each goes to the nearest that fits."""
    given: dict[int, list[Toll]] = defaultdict(list)
    for toll in found:
        fitting = [
            (_distance(event, toll), n)
            for n, event in enumerate(events)
            if toll.field in FIELDS.get(event.type, set())
        ]
        if fitting:
            given[min(fitting)[1]].append(toll)
    return given


def of_tolls(found: Iterable[Toll]) -> Harm:
    """The harm that several statements add up to."""
    by_field: dict[str, list[Toll]] = defaultdict(list)
    for toll in found:
        by_field[toll.field].append(toll)
    counts = {name: _joined(tolls) for name, tolls in by_field.items()}
    died = [t.count for t in by_field["killed"] if t.part and t.count is not None]
    whole = counts.get("injured")
    if died and whole is not None and not any(t.count for t in by_field["killed"] if not t.part):
        dead = numbers.total(died)
        counts |= {"killed": dead, "injured": numbers.less(whole, dead)}
    for name, parts in by_field.items():
        counted = [t.count for t in parts if t.part and t.count is not None]
        if counts.get(name) is None and counted:
            counts[name] = numbers.total(counted)
    return Harm(**{name: count for name, count in counts.items() if count is not None})


def _joined(tolls: Sequence[Toll]) -> Count | None:
    """The total of several statements of one kind in a sentence: "two soldiers and a child"."""
    whole = [t.count for t in tolls if t.total and t.count is not None]
    if whole:
        return max(whole, key=lambda c: c.low or c.high or 0)
    told = [t for t in tolls if not t.part and t.count is not None]
    real = [t for t in told if t.count is not None and t.count.high != 0] or told[:1]
    if any(t.count is None and not t.part for t in tolls) and not real:
        return None
    kept: list[Toll] = []
    for toll in real:
        again = next((n for n, other in enumerate(kept) if _says_again(toll, other)), None)
        if again is None:
            kept.append(toll)
        elif toll.count is not None and toll.count.high is None:
            kept[again] = toll
    return numbers.total([t.count for t in kept if t.count is not None]) if kept else None


def _says_again(toll: Toll, other: Toll) -> bool:
    """Whether a statement repeats another: "two killed in blast. At least two were killed"."""
    if toll.count is None or other.count is None or toll.word.i == other.word.i:
        return False
    mine, theirs = _heads(toll), _heads(other)
    if mine and theirs and toll.word.dep_ == "conj" and toll.word.head.i == other.word.i:
        return False
    same_number = (toll.count.low or toll.count.high) == (other.count.low or other.count.high)
    return same_number and (not mine or not theirs or bool(mine & theirs))


def _heads(toll: Toll) -> set[str]:
    general = {"people", "person", "man", "other", "others"}
    return {g.head.lemma_.lower() for g in toll.people if g.head.pos_ != "NUM"} - general


def _distance(event: Candidate, toll: Toll) -> tuple[int, int]:
    """How far an event is from a toll: in it, over it in the tree, or so many words off."""
    word = toll.word
    if event.first.i <= word.i <= event.last.i:
        return 0, 0
    prefers = 1 if (toll.field == "abducted") == _takes(event) else 2
    apart = min(abs(event.first.i - int(word.i)), abs(event.last.i - int(word.i)))
    return prefers, apart - (FAR if _governs(event, word) else 0)


def _takes(event: Candidate) -> bool:
    """Whether an event takes people away rather than hurting them."""
    return event.entry is not None and event.entry.mode in {"abduct", "arrest"}


def _governs(event: Candidate, word: Token) -> bool:
    token = word
    for _ in range(STEPS):
        if token.head.i == token.i:
            return False
        token = token.head
        if event.first.i <= token.i <= event.last.i:
            return True
    return False
