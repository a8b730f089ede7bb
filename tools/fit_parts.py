"""Fit the weights by which a participant has a part in an incident (`part` of merge_weights.yaml).

    python tools/fit_parts.py --scorers FOLDER [--desk GOLD=CODED ...] GOLD=CODED ...

As `tools/fit_told.py`: FOLDER holds the scorers, the plain pairs are sets of incident templates,
the --desk ones reports annotated in full; CODED is what `watchfloor code` prints for them while
nobody is left out (`LEAST` at 0). A participant of an incident with a partner in the gold has a
part where the partner names it in the same role. Prints what stays at several thresholds, from
folds over reports; then the weights, as YAML.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from fit_told import Row, command_line, read

from watchfloor.merge.mentions import of_coded
from watchfloor.merge.partakers import JUDGED, Key, key_of, setting, signs_of
from watchfloor.records import CodedReport

#: Slots of a template, by role; the others are those of whom or what it hit.
SLOTS = {
    "actor": ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID"),
    "instrument": ("INCIDENT: INSTRUMENT ID",),
}
HIT = ("PHYS TGT: ID", "HUM TGT: NAME", "HUM TGT: DESCRIPTION")
OF_DESK = 2.0


def signs(report: CodedReport) -> Iterator[tuple[str, Key, dict[str, float]]]:
    """(incident, participant, signs) of every participant that is judged."""
    scene = setting(of_coded(report))
    events = {e.id: e for e in report.events}
    for incident in report.incidents:
        if incident.type in JUDGED:
            told = [events[e] for e in incident.events]
            for key, row in signs_of(incident.type, told, scene).items():
                yield incident.id, key, row


def of_templates(gold: Path, coded: Path) -> Iterator[Row]:
    """Participants of incidents that answer a template."""
    scorer = importlib.import_module("muc4")
    for record, report, raw in read(gold, coded):
        keys = scorer.key_templates(record)
        mapper = scorer.ReportMapper(raw)
        made = [(i["id"], t) for i in raw["incidents"] if (t := mapper._template(i))]
        answers = {made[b][0]: keys[a] for a, b in scorer.align(keys, [t for _, t in made])}
        actors = {a.id: a for a in report.actors}
        for incident, (role, who), row in signs(report):
            if incident not in answers:
                continue
            fills = [
                f.values for s in SLOTS.get(role, HIT) for f in answers[incident].slots.get(s, [])
            ]
            actor = actors.get(who)
            said = [m.text for m in actor.mentions] + [actor.name] if actor else [who]
            right = any(scorer.string_credit(f, s.upper()) > 0 for f in fills for s in said)
            yield Row(str(coded), record["id"], right, 1.0, row)


def of_desk(gold: Path, coded: Path) -> Iterator[Row]:
    """Participants of events that the annotators marked too."""
    scorer = importlib.import_module("score_desk")
    for record, report, raw in read(gold, coded):
        pairs = scorer.align(record["events"], raw["events"], True)
        partner = {made["id"]: wanted for wanted, made in pairs}
        incidents = {i.id: i.events for i in report.incidents}
        events = {e.id: e for e in report.events}
        for incident, (role, who), row in signs(report):
            said = [
                any(p["role"] == role and p["start"] < q.end and q.start < p["end"]
                    for p in partner[e]["participants"])
                for e in incidents[incident] if e in partner
                for q in events[e].participants
                if key_of(q) == (role, who)
            ]  # fmt: skip
            if said:
                yield Row("desk", record["id"], any(said), OF_DESK, row)


if __name__ == "__main__":
    command_line("part", __doc__, of_templates, of_desk)
