"""Small records of the response, made from hours after a fixed moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from watchfloor.response.records import (
    Assignment,
    CallPoint,
    Case,
    CheckIn,
    Clearance,
    Need,
    Resource,
)

T0 = datetime(2031, 3, 3, 6, tzinfo=UTC)


def hour(n: float) -> datetime:
    return T0 + timedelta(hours=n)


def made(hours: float = 0) -> dict[str, Any]:
    return {"made_by": "ana", "made_at": hour(hours)}


def team(n: int = 1, kind: str = "guard", size: int = 4) -> Resource:
    return Resource(n=n, name=f"{kind} {n}", kind=kind, size=size, **made())


def need(starts: float, ends: float, size: int = 4, kind: str = "guard", n: int = 1) -> Need:
    return Need(n=n, subject="sites:dasu", kind=kind, size=size, starts_at=hour(starts),
                ends_at=hour(ends), **made())  # fmt: skip


def assigned(
    starts: float, ends: float, resource: int = 1, subject: str = "sites:dasu", n: int = 1
) -> Assignment:
    return Assignment(n=n, resource=resource, subject=subject, starts_at=hour(starts),
                      ends_at=hour(ends), **made())  # fmt: skip


def case(severity: str = "severe", **facts: Any) -> Case:
    return Case(**{"n": 1, "title": "EXERCISE case", "severity": severity, "opened_by": "ana",
                   "opened_at": T0, **facts})  # fmt: skip


def clearance(*points: tuple[str, float], ends: float = 8, state: str = "cleared") -> Clearance:
    return Clearance(
        n=7, title="Convoy of two", people=6, starts_at=hour(1), ends_at=hour(ends),
        route="by the river road", state=state, asked_by="ana", asked_at=T0,
        points=tuple(CallPoint(name=name, due_at=hour(at)) for name, at in points),
    )  # fmt: skip


def called(point: int | None, at: float, subject: str = "clearances:7") -> CheckIn:
    return CheckIn(subject=subject, point=point, people=6, **made(at))


@st.composite
def periods(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, 40))
    return start, start + draw(st.integers(1, 20))
