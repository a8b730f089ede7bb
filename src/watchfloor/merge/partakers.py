"""Who has a part in an incident, and who only stands near the words that tell of it.

A sentence that tells of an attack also names the town's mayor, the fighting elsewhere and whoever
tells of it. Who has a part is told of more than once, close to the act, with a number or a fate;
the weights of these signs (`part` of merge_weights.yaml) are fitted by `tools/fit_parts.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from watchfloor.merge.alike import likelihood
from watchfloor.merge.mentions import Mentions
from watchfloor.merge.signs import FIGHTERS, HIT, STATE
from watchfloor.merge.words import anyone, head, is_vague_doer
from watchfloor.records import Actor, Event, Incident, Participant

#: Types whose participants are judged.
JUDGED = frozenset({"ASSAULT", "HARM"})
#: A participant less likely than this only stands beside.
LEAST = 0.3
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
    """The incidents and events without those who only stand beside them.

    Every event of the incidents must be among the mentions; others stay as they are.
    """
    scene = setting(mentions)
    told = {e.id: e for e in mentions.events}
    outside: dict[str, set[Key]] = {}
    for incident in incidents:
        some = [told[e] for e in incident.events if incident.type in JUDGED]
        rows = signs_of(incident.type, some, scene)
        out = outside[incident.id] = {
            k for k, row in rows.items() if likelihood("part", row) < LEAST
        }
        for event in some:
            told[event.id] = replace(event, participants=_without(event.participants, out))
    kept = (replace(i, participants=_without(i.participants, outside[i.id])) for i in incidents)
    return tuple(kept), tuple(told[e.id] for e in mentions.events)


def _without(parties: Iterable[Participant], out: set[Key]) -> tuple[Participant, ...]:
    return tuple(p for p in parties if key_of(p) not in out)


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
            **_of_distance(event, one, scene),
        }  # fmt: skip
    return found


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
