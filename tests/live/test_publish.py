"""Alerts as CAP 1.2: what another desk reads of them, revision by revision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from tests.live.conftest import Clock
from tests.live.test_deliver import ALERT
from tests.watch.test_alerts import incident
from watchfloor.live.publish import CAP, cap
from watchfloor.merge import MergedIncident
from watchfloor.merge.facts import Spot
from watchfloor.read.cap import parse_cap
from watchfloor.response.records import Verification
from watchfloor.response.verified import last_of
from watchfloor.store import Database
from watchfloor.store.alerts import (
    acknowledge,
    alert_of,
    change_alert,
    keep_alert,
    told_at,
    withdraw,
)
from watchfloor.store.verify import verifications, verify


def messages(record: Database, clock: Clock, about: MergedIncident | None) -> list[ET.Element]:
    """An alert as it was published when raised, updated (and then acknowledged) and withdrawn."""
    made = []

    def publish() -> None:
        with record.reading() as session:
            alert = alert_of(session, "al1")
            assert alert is not None
            made.append(ET.fromstring(cap(alert, about, told_at(session, "al1"), "desk")))
        clock.on(hours=1)

    def again(**more: Any) -> None:
        with record.writing() as session:
            alert = alert_of(session, "al1")
            assert alert is not None
            if more:
                change_alert(session, alert, {**ALERT, **more}, clock(), "updated")
            else:
                withdraw(session, alert, clock(), "taken back")
        publish()

    with record.writing() as session:
        keep_alert(session, ALERT, clock())
    publish()
    again(sources=2)
    with record.writing() as session:
        acknowledge(session, "al1", "duty", clock())
    again(sources=3)
    again()
    return made


def text(message: ET.Element, name: str) -> str | None:
    return message.findtext(f".//{{{CAP}}}{name}")


def test_each_message_refers_to_all_that_went_before(record: Database, clock: Clock) -> None:
    one, two, three, last = messages(record, clock, None)
    assert [text(m, "msgType") for m in (one, two, three, last)] == [
        "Alert", "Update", "Update", "Cancel",
    ]  # fmt: skip
    assert text(one, "references") is None
    first = f"desk,al1.1,{text(one, 'sent')}"
    assert text(one, "sent") == "2031-03-03T06:00:00-00:00", "UTC as CAP 1.2 wants it"
    assert text(two, "references") == first
    assert text(three, "references") == f"{first} desk,al1.2,{text(two, 'sent')}"
    assert (text(last, "references") or "").split()[:2] == (text(three, "references") or "").split()
    read = [parse_cap(ET.tostring(m), "here").report.id for m in (one, two, three, last)]
    assert len(set(read)) == 1, "who reads them has one report, revised"


@pytest.mark.parametrize(
    ("finding", "certainty", "says"),
    [
        (None, "Observed", "not verified"),
        ("confirmed", "Observed", "confirmed 2031-03-03T07:00:00-00:00"),
        ("partly confirmed", "Likely", "partly confirmed 2031-03-03T07:00:00-00:00"),
        ("not confirmed", "Observed", "not confirmed 2031-03-03T07:00:00-00:00"),
        ("refuted", "Unlikely", "refuted 2031-03-03T07:00:00-00:00"),
    ],
)
def test_what_was_verified_is_told_and_never_who_was_asked(
    record: Database, clock: Clock, finding: str | None, certainty: str, says: str
) -> None:
    with record.writing() as session:
        keep_alert(session, ALERT, clock())
        at = clock() + timedelta(hours=1) if finding else None
        asked = Verification(alert="al1", revision=1, asked_of="the clinic", made_by="duty",
                             made_at=clock(), finding=finding, found_at=at)  # fmt: skip
        verify(session, asked)
        alert = alert_of(session, "al1")
        assert alert is not None
        told = last_of(verifications(session, ["al1"])["al1"])
        made = cap(alert, incident(), told_at(session, "al1"), "desk", told)
    message = ET.fromstring(made)
    assert text(message, "certainty") == certainty
    assert (text(message, "valueName"), text(message, "value")) == ("verification", says)
    assert b"clinic" not in made
    later = ET.fromstring(cap(replace(alert, revision=2), None, (clock(), clock()), "desk", told))
    assert text(later, "value") == (f"{says}, before more was known" if finding else says)


@pytest.mark.parametrize(("kind", "radius"), [("town", 5.0), ("province", 120.0)])
def test_the_circle_is_as_wide_as_what_is_known(
    record: Database, clock: Clock, kind: str, radius: float
) -> None:
    spot = Spot(name="Karu", kind=kind, country="KEN", lat=0.0, lon=37.0, radius_km=radius)
    one, *_ = messages(record, clock, incident(place=spot))
    assert text(one, "circle") == f"0.0,37.0 {radius}"
    assert text(one, "certainty") == "Observed"
