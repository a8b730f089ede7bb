"""Who has a part in an incident, and who only stands near the words that tell of it.

A sentence that tells of an attack also names the town's mayor, the fighting elsewhere and whoever
tells of it. Who has a part is told of more than once, close to the act, with a number or a fate;
the weights of these signs (`part` of merge_weights.yaml) are fitted by `tools/fit_parts.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from watchfloor.merge.alike import likelihood
from watchfloor.merge.mentions import Mentions
from watchfloor.merge.signs import FIGHTERS, HIT, STATE
from watchfloor.merge.told import likely
from watchfloor.merge.words import anyone, head, is_vague_doer
from watchfloor.records import Actor, Event, Incident, Participant, Role

#: Types whose participants are judged.
JUDGED = frozenset({"ASSAULT", "HARM"})
#: A participant less likely than this only stands beside.
LEAST = 0.35
#: So does one of whom it is less likely that the incident is told and that he has a part in it.
LEAST_TOLD = 0.25
#: An incident less likely told than this is only spoken of if nobody has a part in it.
EMPTY = 0.7
PRONOUNS = frozenset(
    "they he we it who i you she them him her us these those which that another others several "
    "some many all none both each".split()
)
#: Words before the noun of a phrase that say nothing of who it is.
SMALL = frozenset("the a an at least about some other another more than of up to".split())
NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
WORD = re.compile(r"[\w']+")

Key = tuple[str, str]


class Setting(msgspec.Struct, frozen=True):
    """What a report tells beside an incident: its actors, the names of its places, who speaks."""

    actors: Mapping[str, Actor]
    places: frozenset[str]
    speakers: frozenset[str]
    text: str
    telex: bool


def setting(mentions: Mentions) -> Setting:
    """The setting of a report's incidents."""
    return Setting(
        actors=mentions.actors,
        places=frozenset(p.text.lower() for p in mentions.places.values()),
        speakers=frozenset(c.source.actor for c in mentions.claims if c.source and c.source.actor),
        text=mentions.text,
        telex=mentions.text.isupper(),
    )


def key_of(one: Participant) -> Key:
    """What tells one participant of an incident from another."""
    return one.role.value, one.actor or " ".join(one.text.upper().split())


def partaking(
    incidents: Sequence[Incident], mentions: Mentions
) -> tuple[tuple[Incident, ...], tuple[Event, ...]]:
    """The incidents and events without those who only stand beside them; an incident in which
    nobody has a part then is left out unless it is surely told.

    Every event of the incidents must be among the mentions; others stay as they are.
    """
    scene = setting(mentions)
    told = {e.id: e for e in mentions.events}
    kept: list[Incident] = []
    for incident in incidents:
        sure = likely(incident, mentions)
        out = _outside(incident, [told[e] for e in incident.events], scene, sure)
        for event in incident.events:
            parties = tuple(p for p in told[event].participants if key_of(p) not in out)
            told[event] = replace(told[event], participants=parties)
        bare = incident.type in JUDGED and not any(_tells_whom(told[e]) for e in incident.events)
        if sure >= EMPTY or not bare:
            parties = tuple(p for p in incident.participants if key_of(p) not in out)
            kept.append(replace(incident, id=f"i{len(kept) + 1}", participants=parties))
    return tuple(kept), tuple(told[e.id] for e in mentions.events)


def _outside(
    incident: Incident, mentions: Sequence[Event], scene: Setting, sure: float
) -> set[Key]:
    """Those who only stand beside an incident that is told with a likelihood of `sure`."""
    if incident.type not in JUDGED:
        return set()
    rows = signs_of(incident.type, mentions, scene)
    chances = {key: likelihood("part", row) for key, row in rows.items()}
    return {k for k, part in chances.items() if part < LEAST or part * sure < LEAST_TOLD}


def _tells_whom(event: Event) -> bool:
    """Whether a mention says who did it, whom or what it hit, or how many were harmed."""
    return _is_harmful(event) or any(p.role is not Role.INSTRUMENT for p in event.participants)


def signs_of(kind: str, mentions: Sequence[Event], scene: Setting) -> dict[Key, dict[str, float]]:
    """The signs of each participant of an incident, by its key."""
    said: dict[Key, list[tuple[int, Event, Participant]]] = {}
    for number, event in enumerate(mentions):
        for one in event.participants:
            said.setdefault(key_of(one), []).append((number, event, one))
    roles = Counter(role for role, _ in said)
    most = {role: max(len(v) for k, v in said.items() if k[0] == role) for role in roles}
    sectors = {_sector(p, scene) for v in said.values() for _, _, p in v if p.role in HIT}
    found = {}
    for key, times in said.items():
        role = key[0]
        number, event, one = times[0]
        share = len(times) / len(mentions)
        fighter = _sector(one, scene) in FIGHTERS
        found[key] = {
            f"type_{kind}": 1.0,
            f"role_{role}": 1.0,
            **{f"{role}_{name}": value for name, value in _of_phrase(one, scene).items()},
            f"{role}_share": share,
            f"{role}_most": float(len(times) == most[role]),
            "times": min(4.0, float(len(times))),
            "alone": float(roles[role] == 1),
            "beside": min(6.0, roles[role] - 1.0),
            "late": number / len(mentions),
            "mentions": min(6.0, float(len(mentions))),
            "fighter_among_others": float(fighter and bool(sectors - FIGHTERS)),
            "two_roles": float(any(k[1] == key[1] and k[0] != role for k in said)),
            "harmed": float(any(_is_harmful(e) for _, e, _ in times)),
            **_of_others(key, one, said),
            **_of_distance(event, one, scene),
        }  # fmt: skip
    return found


def _of_others(
    key: Key, one: Participant, said: Mapping[Key, list[tuple[int, Event, Participant]]]
) -> dict[str, float]:
    """Whether others have the same noun or hold all of its words: who is told of, told again."""
    role, noun = key[0], head(one.text)
    words = frozenset(WORD.findall(one.text.lower())) - SMALL
    others = [(k[0], times[0][2]) for k, times in said.items() if k != key]
    same = [(r, p) for r, p in others if noun and head(p.text) == noun]
    alike = [p for r, p in same if r == role]
    return {
        f"{role}_again": float(bool(alike)),
        f"{role}_again_later": float(any(p.start < one.start for p in alike)),
        f"{role}_in_other": float(
            bool(words)
            and any(r == role and words < set(WORD.findall(p.text.lower())) for r, p in others)
        ),
        f"{role}_elsewhere": float(any(r != role for r, _ in same)),
    }


def _sector(one: Participant, scene: Setting) -> str | None:
    actor = scene.actors.get(one.actor or "")
    return actor.sector if actor else None


def _of_phrase(one: Participant, scene: Setting) -> dict[str, float]:
    """What the words for a participant are like, and what is known of it."""
    actor = scene.actors.get(one.actor or "")
    words = WORD.findall(one.text.lower())
    bare = [w for w in words if w not in SMALL]
    sector = actor.sector if actor else None
    noun = head(one.text)
    return {
        f"kind_{actor.kind if actor else None}": 1.0,
        "pronoun": float(not bare or bare[-1] in PRONOUNS),
        "number": float(bool(bare) and all(w in NUMBERS or w.isdigit() for w in bare)),
        "vague": float(is_vague_doer(noun) or noun in anyone()),
        "place": float(one.text.lower() in scene.places),
        "words": min(8.0, float(len(words))),
        "definite": float(words[:1] == ["the"]),
        "indefinite": float(words[:1] in (["a"], ["an"])),
        "counted": float(one.count is not None),
        "fate": float(one.effect is not None),
        "fighter": float(sector in FIGHTERS),
        "state": float(sector in STATE),
        "no_sector": float(sector is None),
        "speaks": float(one.actor in scene.speakers),
        "known": min(6.0, float(len(actor.mentions))) if actor else 0.0,
    }


def _is_harmful(event: Event) -> bool:
    harm = event.harm
    return any(c is not None for c in (harm.killed, harm.injured, harm.abducted, harm.arrested))


def _of_distance(event: Event, one: Participant, scene: Setting) -> dict[str, float]:
    """How far the words are from the act's, in the sentence that names it first."""
    follows = one.start >= event.trigger.end
    low, high = (event.trigger.end, one.start) if follows else (one.end, event.trigger.start)
    between = scene.text[low:high]
    return {
        "far": min(3.0, len(between) / 60),
        "comma": float("," in between),
        f"{one.role}_follows": float(follows),
        "sure": event.confidence,
        "background": float(event.background),
        "telex": float(scene.telex),
    }
