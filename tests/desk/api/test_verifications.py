"""Verifying an alert: asked, found, undone, by page and by program, and seen by whom it may be."""

from __future__ import annotations

import httpx
from sqlalchemy import update

from tests.desk.api.conftest import Client
from tests.desk.api.test_writing import done
from tests.desk.conftest import As, only_alert
from watchfloor.response.verified import STANDINGS
from watchfloor.store import Database
from watchfloor.store import tables as t
from watchfloor.store.alerts import log_of
from watchfloor.store.audit import lines
from watchfloor.store.verify import verifications

ASKED = {"asked_of": "site manager"}


def log(record: Database) -> list[str]:
    with record.reading() as session:
        return [line.what for line in log_of(session, only_alert(record).id)]


def test_somebody_is_asked_answers_and_all_of_it_is_undone(
    officer: httpx.Client, record: Database
) -> None:
    one = only_alert(record)
    assert "Nobody has verified it." in officer.get(f"/floor/alerts/{one.id}").text
    to = {"to": f"/incidents/{one.incident}"}
    kept = officer.post(f"/alerts/{one.id}/verify", data={**ASKED, **to})
    assert "asked of <bdi>site manager</bdi>" in kept.text
    assert "/verifications/1/take-back" in kept.text
    found = officer.post("/verifications/1/found", data={"finding": "confirmed", **to})
    assert "<b>confirmed</b>" in found.text
    assert "confirmed" in officer.get("/").text, "the floor says so too"
    undone = officer.post("/verifications/1/found?finding=", data=to)
    assert "asked of <bdi>site manager</bdi>" in undone.text
    back = officer.post("/verifications/1/take-back", data=to)
    assert "Nobody has verified it." in back.text
    officer.post("/verifications/1/put-back", data=to)
    assert log(record)[-5:] == [
        "verification asked", "verified", "finding taken back", "verification taken back",
        "verification put back",
    ]  # fmt: skip
    with record.reading() as session:
        assert [v.asked_of for v in verifications(session, [one.id])[one.id]] == ["site manager"]
        told = [(line.what, line.subject) for line in lines(session)]
    assert ("alerts:decide", f"POST /alerts/{one.id}/verify") in told
    assert one.state == only_alert(record).state == "open", "to verify is not to acknowledge"


def test_the_floor_verifies_in_place_and_undoes_in_place(
    officer: httpx.Client, record: Database
) -> None:
    hx = {"HX-Request": "true"}
    said = {**ASKED, "finding": "refuted", "note": "a tyre burst"}
    kept = officer.post(f"/alerts/{only_alert(record).id}/verify", data=said, headers=hx)
    assert "Verification kept." in kept.text
    assert "<b>refuted</b>" in kept.text
    back = officer.post("/verifications/1/take-back", headers=hx)
    assert "<b>refuted</b>" not in back.text
    assert "/verifications/1/put-back" in back.text


def test_a_program_verifies_and_what_makes_no_sense_is_refused(
    program: Client, record: Database
) -> None:
    client, one = program("duty officer"), only_alert(record)
    at = f"/alerts/{one.id}/verifications"
    asked = done(client.post(at, json={**ASKED, "due_at": "2031-03-03T08:00:00+02:00"}))
    assert (asked["finding"], asked["due_at"]) == (None, "2031-03-03T06:00:00Z")
    n = asked["n"]
    said = {"finding": "partly confirmed", "note": "one, not two"}
    found = done(client.post(f"/verifications/{n}/found", json=said))
    assert (found["finding"], found["found_by"]) == ("partly confirmed", asked["made_by"])
    assert client.post(f"/verifications/{n}/found", json=said).status_code == 400, "found already"
    assert done(client.post(f"/verifications/{n}/found", json={"finding": None}))["note"] is None
    assert done(client.post(f"/verifications/{n}/take-back"))["dropped_by"]
    assert done(client.get(at))["items"] == []
    assert done(client.post(f"/verifications/{n}/put-back"))["dropped_by"] is None
    assert client.post(at, json={**ASKED, "finding": "surely"}).status_code == 422
    assert client.post("/alerts/nothing/verifications", json=ASKED).status_code == 404
    assert program("administrator").post(at, json=ASKED).status_code == 403
    assert done(program("administrator").get(at))["items"], "to read is for who reads alerts"


def test_the_queue_is_filtered_by_what_was_found(
    officer: httpx.Client, program: Client, record: Database
) -> None:
    one, client = only_alert(record), program("duty officer")

    def standing() -> dict[str, int]:
        (value,) = done(client.get("/alerts/counts"))["verified"].items()
        listed = {
            word: done(client.get("/alerts", params={"verified": word}))["items"]
            for word in STANDINGS
        }
        assert [word for word, items in listed.items() if items] == [value[0]]
        assert one.id in officer.get("/", params={"verified": value[0]}).text
        others = [("verified", word) for word in STANDINGS if word != value[0]]
        assert one.id not in officer.get("/", params=others).text
        return dict([value])

    at = f"/alerts/{one.id}/verifications"
    assert standing() == {"nobody asked": 1}
    done(client.post(at, json=ASKED))
    assert standing() == {"no answer yet": 1}
    done(client.post(at, json={**ASKED, "finding": "refuted"}))
    done(client.post(at, json=ASKED))
    assert standing() == {"refuted": 1}, "what was found counts before what was asked since"
    done(client.post("/verifications/2/take-back"))
    assert standing() == {"no answer yet": 1}
    done(client.post("/verifications/1/found", json={"finding": "confirmed"}))
    assert standing() == {"confirmed": 1}
    cap = officer.get(f"/alerts/{one.id}.cap").text
    assert "<value>confirmed 20" in cap.replace("ns0:", "")
    assert client.get("/alerts", params={"verified": "surely"}).status_code == 422
    assert officer.get("/", params={"verified": "surely"}).status_code == 400


def test_a_paper_tells_it_and_leads_to_its_alert(officer: httpx.Client, record: Database) -> None:
    one = only_alert(record)
    officer.post(f"/alerts/{one.id}/verify", data={**ASKED, "finding": "confirmed"})
    paper = officer.post("/papers", data={"kind": "sitrep", "marking": "AMBER"}).text
    assert "confirmed, verified by site manager at" in paper
    led = officer.get("/evidence/verification/1")
    assert led.url.path == f"/incidents/{one.incident}"
    assert officer.get("/evidence/verification/9").status_code == 404


def test_a_verification_is_seen_by_who_sees_its_alert(
    program: Client, enter: As, record: Database
) -> None:
    client, one = program("duty officer"), only_alert(record)
    made = done(client.post(f"/alerts/{one.id}/verifications", json=ASKED))
    elsewhere = program("liaison")
    assert elsewhere.get(f"/alerts/{one.id}/verifications").status_code == 404
    with record.writing() as session:
        session.execute(update(t.incident).values(marking="RED"))
    assert client.get(f"/alerts/{one.id}/verifications").status_code == 404
    assert client.post(f"/verifications/{made['n']}/take-back").status_code == 404
    refused = client.post(f"/verifications/{made['n']}/found", json={"finding": "refuted"})
    assert refused.status_code == 404
