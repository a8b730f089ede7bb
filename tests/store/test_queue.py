"""The queue by what verifying its alerts found, on both back ends."""

from __future__ import annotations

from msgspec.structs import replace

from tests.response.building import T0, hour
from watchfloor.response.records import Verification
from watchfloor.response.verified import NO_ANSWER, NOBODY, last_of
from watchfloor.store import Database
from watchfloor.store.alerts import keep_alert
from watchfloor.store.queue import Wanted, queue_counts, queued
from watchfloor.store.response import take_back
from watchfloor.store.verify import verifications, verify

ASKED = Verification(alert="a1", revision=1, asked_of="site manager", made_by="ana", made_at=T0)


def test_alerts_are_counted_and_found_by_their_last_finding(database: Database) -> None:
    refuted = replace(ASKED, alert="a2", finding="refuted", found_at=hour(2))
    with database.writing() as session:
        for n in range(4):
            keep_alert(session, {"id": f"a{n}", "incident": f"i{n}", "register": "sites:dasu",
                                 "severity": "severe", "reasons": []}, T0)  # fmt: skip
        verify(session, ASKED)
        verify(session, refuted)
        verify(session, replace(refuted, finding="confirmed", found_at=hour(1)))
        verify(session, replace(refuted, finding=None, found_at=None, made_at=hour(3)))
        gone = verify(session, replace(ASKED, alert="a3", finding="confirmed", found_at=hour(1)))
        take_back(session, Verification, gone.n, "ana", hour(2))
    with database.reading() as session:
        counted = {NOBODY: 2, NO_ANSWER: 1, "refuted": 1}
        assert queue_counts(session, Wanted(), "verified") == counted
        chosen = Wanted(verified=("refuted",))
        assert queue_counts(session, chosen, "verified") == counted, "its own choice is left out"
        assert queue_counts(session, chosen, "severity") == {"severe": 1}
        assert [one.alert.id for one in queued(session, chosen)] == ["a2"]
        told = last_of(verifications(session, ["a2"])["a2"])
        assert (told.finding if told else None) == "refuted", "in memory as in the record"
        two = Wanted(verified=(NOBODY, NO_ANSWER), order="severest")
        assert [one.alert.id for one in queued(session, two)] == ["a3", "a1", "a0"]
    assert last_of(()) is None
