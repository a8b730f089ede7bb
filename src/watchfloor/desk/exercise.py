"""What the desk of the EXERCISE has done about its week: cases, roster, means, journeys, papers.

The deeds are data (`data/exercise/response.yaml`), kept through the same functions as a person's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

import msgspec

from watchfloor.desk.response.opening import begin, begin_from_alert
from watchfloor.desk.response.papers import Asked, composed, subject_of
from watchfloor.response import records as r
from watchfloor.store import Database, Session, alerts, cases
from watchfloor.store.alerts import KeptAlert, find_alerts
from watchfloor.store.journeys import ask_leave, decide_leave, keep_check_in
from watchfloor.store.papers import keep_paper
from watchfloor.store.releases import Wanted, propose
from watchfloor.store.response import TABLES, change, keep, standing

Doc = dict[str, Any]
#: When something was done, and what does it.
Step = tuple[datetime, Callable[[datetime], object]]


def seed(database: Database, now: datetime) -> None:
    """Put the deeds into a record that holds the week, as seen from `now` (UTC)."""
    text = files("watchfloor.data.exercise").joinpath("response.yaml").read_bytes()
    doc: dict[str, list[Doc]] = msgspec.yaml.decode(text)
    seeding = _Seeding(database, now)
    with database.writing() as session:
        seeding.means(session, doc)
        opened = [seeding.case(session, one) for one in seeding.raised(doc["cases"])]
        for one in doc["triage"]:
            seeding.triage(session, one)
        for one in doc["journeys"]:
            seeding.journey(session, one)
        for one in doc["papers"]:
            seeding.paper(session, one, opened)


class _Seeding:
    """Hours of the data as moments, reports as the alerts that they raised."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.now = now.replace(second=0, microsecond=0)
        with database.reading() as session:
            self.alerts = find_alerts(session, limit=None)

    def at(self, hours: float, since: datetime | None = None) -> datetime:
        return (since or self.now) + timedelta(minutes=round(hours * 60))

    def means(self, session: Session, doc: dict[str, list[Doc]]) -> None:
        """Roster, resources with needs and assignments, check-ins, measures."""
        week = self.at(-160)
        numbers = {
            one["name"]: keep(session, r.Resource(**one, made_by="emre", made_at=week)).n
            for one in doc["resources"]
        }
        for kind, name in ((r.Need, "needs"), (r.Assignment, "assignments"), (r.Turn, "turns")):
            for one in doc[name]:
                said = {k: v for k, v in one.items() if k not in {"from", "to"}}
                if "resource" in said:
                    said["resource"] = numbers[said["resource"]]
                keep(session, kind(**said, starts_at=self.at(one["from"]),
                     ends_at=self.at(one["to"]), made_by="emre", made_at=self.at(-80)))  # fmt: skip
        for kind_, name in ((r.CheckIn, "check_ins"), (r.Assurance, "measures")):
            for one in doc[name]:
                said = {k: v for k, v in one.items() if k not in {"at", "by"}}
                keep(session, kind_(**said, made_by=one["by"], made_at=self.at(one["at"])))

    def triage(self, session: Session, one: Doc) -> None:
        """Acknowledge or close the alerts that a report raised."""
        for alert in self._raised_by(one["report"]):
            at = self.at(one["after"], alert.first_at)
            note = one.get("note", "")
            if one["act"] == "close":
                alerts.close(session, alert.id, one["by"], at, one["found"], note)
            else:
                alerts.acknowledge(session, alert.id, one["by"], at, note)

    def raised(self, several: list[Doc]) -> list[Doc]:
        """The cases that are there to open: by hand, or of a report that raised an alert."""
        return [one for one in several if "report" not in one or self._raised_by(one["report"])]

    def case(self, session: Session, one: Doc) -> r.Case:
        """Open a case and do in it what its data tell."""
        who = one["by"]
        if "report" in one:
            alert = self._raised_by(one["report"])[0]
            alerts.acknowledge(session, alert.id, who, self.at(0.1, alert.first_at), "")
            at = self.at(one["after"], alert.first_at)
            case, _ = begin_from_alert(session, alert.id, who, at)
        else:
            made = r.Case(title=one["title"], severity=one["severity"], site=one["site"],
                          opened_by=who, opened_at=self.at(one["at"]))  # fmt: skip
            case = begin(session, made, one["kind"], {})
        case = change(session, case, hypothesis=one["hypothesis"], lead=one.get("lead", who))
        for at, does in sorted(self._steps(session, case, one), key=lambda step: step[0]):
            does(at)
        self._asked(session, case, one)
        return case

    def _steps(self, session: Session, case: r.Case, one: Doc) -> Iterator[Step]:
        """What was done in a case, each with its time: the log is kept in that order."""
        start, who, n = case.opened_at, one["by"], case.n
        for field in ("told", "written"):
            if field in one:
                met = partial(cases.mark_case, session, n, f"{field}_at", who)
                yield self.at(one[field], start), met
        tasks = standing(session, r.Task, TABLES[r.Task].c.case == n)
        for place, hours in one.get("done", ()):
            done = partial(cases.mark_task, session, tasks[place].n, who, done=True)
            yield self.at(hours, start), done
        for line in one.get("log", ()):
            noted = partial(cases.note, session, n, who=line["by"], text=line["text"])
            yield self.at(line["after"], start), noted
        for alert in (a for report in one.get("links", ()) for a in self._raised_by(report)):
            linked = partial(cases.link, session, n, "incident", alert.incident, who)
            yield self.at(28, start), linked
        if "closed" in one:
            closed = partial(cases.close_case, session, n, who, outcome=one["outcome"])
            yield self.at(one["closed"], start), closed

    def _asked(self, session: Session, case: r.Case, one: Doc) -> None:
        """Tasks of its own, counts and requests of a case."""
        start, who = case.opened_at, one["by"]
        for task in one.get("tasks", ()):
            keep(session, r.Task(case=case.n, what=task["what"], doer=task["doer"], made_by=who,
                 made_at=start, due_at=self.at(task["at"])))  # fmt: skip
        for count in one.get("counts", ()):
            said = {k: count[k] for k in ("place", "expected", "accounted", "hurt")}
            keep(session, r.HeadCount(case=case.n, **said, made_by=count["by"],
                 made_at=self.at(count["after"], start)))  # fmt: skip
        for asked in one.get("inquiries", ()):
            answered = "answer" in asked
            keep(session, r.Inquiry(
                case=case.n, question=asked["question"], asked_of=asked["asked_of"],
                made_by=asked["by"], made_at=self.at(asked["after"], start),
                due_at=self.at(asked["due"]) if "due" in asked else None,
                answer=asked.get("answer"), answered_by=who if answered else None,
                answered_at=self.at(asked["answered"], start) if answered else None,
            ))  # fmt: skip

    def journey(self, session: Session, one: Doc) -> None:
        """Ask leave, decide it, and keep where the journey was heard of."""
        points = tuple(r.CallPoint(name=n, due_at=self.at(h)) for n, h in one["points"])
        made = ask_leave(session, r.Clearance(
            title=one["title"], journey=one.get("journey"), people=one["people"], points=points,
            starts_at=self.at(one["depart"]), ends_at=self.at(one["arrive"]), route=one["route"],
            alternate=one.get("alternate"), asked_by=one["by"], asked_at=self.at(one["asked"]),
        ))  # fmt: skip
        if "decide" in one:
            decide_leave(session, made.n, one["decide"], one["reason"], "emre",
                         self.at(one["decided"]))  # fmt: skip
        for point, hours in one.get("heard", ()):
            keep_check_in(session, r.CheckIn(
                subject=f"clearances:{made.n}", point=point, people=one["people"],
                made_by=one["by"], made_at=self.at(hours),
            ))  # fmt: skip

    def paper(self, session: Session, one: Doc, opened: list[r.Case]) -> None:
        """Draft a paper, and release it where the data say to whom."""
        case = opened[one["case"]].n if "case" in one else None
        asked = Asked(one["kind"], case, None, None, "AMBER")
        paper = keep_paper(session, *composed(session, asked, one["by"], self.now))
        if "to" in one:
            wanted = Wanted(kind="paper", subject=subject_of(paper), marking=paper.marking,
                            to=one["to"], reason=one["reason"])  # fmt: skip
            propose(session, wanted, one["by"], self.now)

    def _raised_by(self, report: str) -> list[KeptAlert]:
        """The alerts that a report gave cause for, those of sites first."""
        found = [a for a in self.alerts if report in a.doc["reports"]]
        return sorted(found, key=lambda a: (not a.register.startswith("sites:"), a.id))
