"""Opening a case: from an alert or by hand, with the tasks that its kind begins with."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from watchfloor.desk import words
from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.response.records import Case, Task
from watchfloor.store import Session, incident_of
from watchfloor.store.alerts import alert_of
from watchfloor.store.cases import case_about, open_case
from watchfloor.store.markings import MARKINGS
from watchfloor.store.register import entry_names
from watchfloor.store.response import keep


class First(Record, frozen=True, kw_only=True):
    """A task that a kind of case begins with, to be done within so many hours."""

    what: str
    within_h: float


#: The kind of case for a type of event, where there is one of its own.
_OF_TYPE = {"ASSAULT": "attack", "HARM": "accident or disaster", "PROTEST": "disruption"}


@cache
def templates() -> dict[str, list[First]]:
    """The kinds of case with their first tasks, from `data/case_templates.yaml`."""
    text = files("watchfloor.data").joinpath("case_templates.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, list[First]])


def begin(session: Session, case: Case, template: str, links: dict[str, str]) -> Case:
    """Open a case with the tasks of its kind; `template` "" begins with none.

    Raises InputError for a kind that there is not.
    """
    if template and template not in templates():
        right = f"one of {', '.join(templates())}"
        raise InputError(f"no such kind of case {template!r}", right=right)
    if case.marking not in MARKINGS:
        right = f"one of {', '.join(MARKINGS)}"
        raise InputError("no such TLP label", where=case.marking, right=right)
    made = open_case(session, case, links)
    for first in templates().get(template, []):
        due = case.opened_at + timedelta(hours=first.within_h)
        keep(
            session,
            Task(case=made.n, what=first.what, due_at=due, made_by=case.opened_by,
                 made_at=case.opened_at),
        )  # fmt: skip
    return made


def begin_from_alert(session: Session, id: str, who: str, at: datetime) -> tuple[Case, bool]:
    """The case of an alert, opened where there is none, and whether it was opened now.

    Its name, severity and marking are the alert's; it is never marked freer than its incident.
    Raises StoreError where there is no such alert.
    """
    there = case_about(session, "alert", id)
    if there is not None and there.state == "open":
        return there, False
    alert = alert_of(session, id)
    if alert is None:
        raise StoreError("no such alert", where=id)
    row = incident_of(session, alert.incident)
    one = row.incident if row else None
    entry = entry_names(session).get(alert.register, alert.register)
    what = words.kind(one.type, one.mode) if one else "incident"
    template = _OF_TYPE.get(one.type, "") if one else ""
    if one and one.harm.abducted is not None:
        template = "abduction"
    marks = ["AMBER", *([row.marking] if row else [])]
    case = Case(
        title=f"{entry}: {what}", severity=alert.severity, opened_by=who, opened_at=at, lead=who,
        site=alert.register, marking=max(marks, key=MARKINGS.index),
    )  # fmt: skip
    links = {"alert": id, **({"incident": alert.incident} if one else {})}
    return begin(session, case, template, links), True
