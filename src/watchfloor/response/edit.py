"""What a person makes of a draft: sentences changed, left out, added; evidence numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.response.records import Evidence, Section, Sentence


class Changed(Record, frozen=True, kw_only=True):
    """A sentence as a person leaves it: the `place`th (from 0) of a section, None for a new one.

    An empty text leaves it out. `rests_on`: numbers of the paper's evidence, for a new one.
    """

    section: int
    place: int | None
    text: str
    rests_on: tuple[int, ...] = ()


def numbered(sections: Iterable[Section]) -> dict[Evidence, int]:
    """Each piece of evidence with its number, from 1, in the order of the paper."""
    found: dict[Evidence, int] = {}
    for section in sections:
        for sentence in section.sentences:
            for one in sentence.evidence:
                found.setdefault(one, len(found) + 1)
    return found


def edited(
    sections: Sequence[Section], changes: Iterable[Changed], author: str
) -> tuple[Section, ...]:
    """The sections with a person's changes; what they did not touch stays as it was drafted.

    A sentence whose words change keeps its evidence and bears their name. Raises InputError for
    a sentence or a number that there is not.
    """
    evidence = {n: one for one, n in numbered(sections).items()}
    old = {(i, j): s for i, sec in enumerate(sections) for j, s in enumerate(sec.sentences)}
    new: dict[int, list[Sentence]] = {i: [] for i in range(len(sections))}
    for change in changes:
        text = " ".join(change.text.split())
        where = (change.section, change.place)
        if change.section not in new or (change.place is not None and where not in old):
            raise InputError("no such sentence", where=f"{change.section}.{change.place}")
        rests = tuple(_one(evidence, n) for n in change.rests_on)
        if change.place is not None:
            old[where] = _said(old[where], text, author)  # type: ignore[index]
        elif text:
            new[change.section].append(Sentence(text=text, evidence=rests, author=author))
    made = [
        replace(section, sentences=tuple(
            s for s in (*(old[i, j] for j in range(len(section.sentences))), *new[i]) if s.text
        ))
        for i, section in enumerate(sections)
    ]  # fmt: skip
    return tuple(section for section in made if section.sentences)


def unsupported(sentence: Sentence) -> tuple[str, ...]:
    """The numbers in a sentence that a person wrote which none of its evidence has; none where
    the sentence was drafted from the record.
    """
    if sentence.author is None:
        return ()
    said = " ".join(e.says for e in sentence.evidence)
    known = set(re.findall(r"\d+", said))
    return tuple(n for n in dict.fromkeys(re.findall(r"\d+", sentence.text)) if n not in known)


def _said(sentence: Sentence, text: str, author: str) -> Sentence:
    return sentence if text == sentence.text else replace(sentence, text=text, author=author)


def _one(evidence: Mapping[int, Evidence], n: int) -> Evidence:
    if n not in evidence:
        raise InputError(f"no evidence {n}", right=f"1 to {len(evidence)}")
    return evidence[n]
