"""The mode and contexts of an event, by the words that tell them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace

from watchfloor.data import load_yaml
from watchfloor.parse import Sentence
from watchfloor.records import Event
from watchfloor.what.candidates import Candidate
from watchfloor.what.lexicon import harm_words, pattern, patterns

#: Means that outdo the plain word for a bomb or a strike: "helicopters bombed the town".
MEANS = frozenset({"suicide-attack", "drone", "aerial"})
#: A mention without a mode has that of a mention at most this many sentences before it.
REACH = 3
#: The reader's mode counts from this probability on, where no word tells one.
SURE = 0.5
#: The most contexts that an event is given.
MOST_CONTEXTS = 3
POINTING = frozenset({"the", "this", "that", "these", "such"})


@dataclass(frozen=True, slots=True)
class ModeWords:
    """A mode with the words that tell it in a sentence and those that do in a trigger only."""

    mode: str
    words: re.Pattern[str] | None
    trigger: re.Pattern[str] | None
    default: bool


def mode(one: Candidate, sentence: Sentence) -> str | None:
    """The mode of an event by the words of its trigger, by those of its sentence, or by the reader.

    None where nothing tells it.
    """
    if one.built is not None and one.built.row.mode is not None:
        return one.built.row.mode
    rows = _modes().get(one.type, ())
    made_of = [c.idx for c in one.first.children if c.dep_ == "compound" and c.i < one.first.i]
    trigger = sentence.text[min([one.first.idx, *made_of]) : one.last.idx + len(one.last)]
    found = _first(rows, trigger, in_trigger=True)
    if found in {None, "explosives", "destroy"} and one.type == "ASSAULT":
        nearer = _first([r for r in rows if r.mode in MEANS], sentence.text, in_trigger=False)
        found = nearer or found
    if found is None:
        found = _first(rows, sentence.text, in_trigger=False) or _read(one)
    if found is None and one.entry is not None:
        found = one.entry.mode
    return found or next((row.mode for row in rows if row.default), None)


def _read(one: Candidate) -> str | None:
    """The mode that the reader is sure of, if the type has it."""
    if one.mark is None or not one.mark.modes:
        return None
    name, sure = max(one.mark.modes.items(), key=lambda item: item[1])
    known = {row.mode for row in _modes().get(one.type, ())}
    return name if sure >= SURE and name in known else None


def _first(rows: Iterable[ModeWords], text: str, *, in_trigger: bool) -> str | None:
    for row in rows:
        own = row.trigger is not None and in_trigger and row.trigger.search(text)
        if own or (row.words is not None and row.words.search(text)):
            return row.mode
    return None


def carried(events: Sequence[Event], leads: Sequence[str]) -> list[Event]:
    """Events with the mode of an earlier mention where they point back to it or tell its outcome.

    `leads` holds, for each event, the word before its trigger; "the attack" after a sentence on a
    bombing is the bombing.
    """
    done: list[Event] = []
    numbers = {start: n for n, start in enumerate(sorted({e.sentence.start for e in events}))}
    for event, lead in zip(events, leads, strict=True):
        if event.type == "ASSAULT" and event.mode in {None, "explosives"} and _points(event, lead):
            at = numbers[event.sentence.start]
            before = [
                e.mode
                for e in done
                if e.type == "ASSAULT" and e.mode and 0 <= at - numbers[e.sentence.start] <= REACH
            ]
            model = before[-1] if before else None
            if model and (event.mode is None or model in MEANS):
                done.append(replace(event, mode=model))
                continue
        done.append(event)
    return done


def _points(event: Event, lead: str) -> bool:
    """Whether an event's trigger points back, or tells what came of an act told before."""
    words = event.trigger.text.lower().split()
    outcome = any(w in _outcomes() for w in words)
    return outcome or lead in POINTING or words[0] in POINTING or lead.endswith(("'s", "’s"))


@cache
def _outcomes() -> frozenset[str]:
    past = {f"{w}ed" for w in harm_words()} | {f"{w}d" for w in harm_words()}
    return frozenset(harm_words()) | past | {"toll", "casualties"}


def contexts(sentence: Sentence) -> tuple[str, ...]:
    """PLOVER contexts that a sentence's words tell, those with most words first."""
    names, words = _contexts()
    told = Counter(m.lastindex or 0 for m in words.finditer(sentence.text.lower()))
    most = sorted(told, key=lambda n: (-told[n], n))
    return tuple(names[n - 1] for n in most[:MOST_CONTEXTS])


@cache
def _modes() -> dict[str, tuple[ModeWords, ...]]:
    return {
        kind: tuple(
            ModeWords(
                row["mode"],
                _or_none(row.get("words")),
                _or_none(row.get("trigger")),
                row.get("default", False),
            )
            for row in rows
        )
        for kind, rows in load_yaml("what_modes.yaml").items()
    }


@cache
def _contexts() -> tuple[list[str], re.Pattern[str]]:
    """The contexts, and their words in that order."""
    rows: dict[str, list[str]] = load_yaml("what_contexts.yaml")
    return list(rows), patterns(list(rows.values()))


def _or_none(words: Sequence[str] | None) -> re.Pattern[str] | None:
    return pattern(words) if words else None
