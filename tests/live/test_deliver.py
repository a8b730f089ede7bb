"""Alerts reach people: by mail and webhook, tried again, signed, never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import msgspec
import pytest

from tests.live.conftest import Clock, Inbox, World
from watchfloor.live import Channel, deliver
from watchfloor.live.channels import telling_time
from watchfloor.live.deliver import WAITS_MIN, signature
from watchfloor.store import Database
from watchfloor.store.alerts import acknowledge, keep_alert
from watchfloor.store.deliveries import counts, queue

ALERT = {
    "id": "al1", "incident": "i1", "register": "sites:gao-depot", "severity": "severe",
    "basis": "pin", "reports": ["r1"], "sources": 1,
    "reasons": [{"rule": "attack near a site", "because": "Gao, 2 km from Gao depot"}],
}  # fmt: skip


def raised(record: Database, clock: Clock, channel: Channel) -> None:
    with record.writing() as session:
        keep_alert(session, ALERT, clock())
        due = telling_time(channel, "severe", clock())
        queue(session, "al1", 1, channel.name, "raised", due)


def states(record: Database) -> dict[str, int]:
    with record.reading() as session:
        return counts(session)


def test_by_mail_once(record: Database, clock: Clock, post: tuple[Inbox, int]) -> None:
    inbox, port = post
    duty = Channel(name="duty", kind="smtp", host="127.0.0.1", port=port, to=("duty@example.org",))
    raised(record, clock, duty)
    assert deliver(record, [duty], clock()) == 1
    assert deliver(record, [duty], clock()) == 0
    (mail,) = inbox.mail
    read = message_from_bytes(bytes(mail.content or b""))
    assert "SEVERE" in read["Subject"]
    assert "2 km from Gao depot" in str(read.get_payload())


def test_a_webhook_that_fails_is_tried_again_signed(
    record: Database, clock: Clock, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_KEY", "k")
    hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook", secret="HOOK_KEY")
    raised(record, clock, hook)
    world.refuses = 2
    taken = []
    for _ in range(4):
        taken.append(deliver(record, [hook], clock()))
        clock.on(minutes=10)
    assert taken == [0, 0, 1, 0]
    ((headers, body),) = world.posted
    assert headers["x-watchfloor-signature"] == f"sha256={signature('k', body)}"
    assert headers["idempotency-key"] == "al1.1"
    assert msgspec.json.decode(body)["register"] == "sites:gao-depot"


def test_what_is_never_taken_is_kept_as_a_dead_letter(
    record: Database, clock: Clock, world: World
) -> None:
    hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook")
    raised(record, clock, hook)
    world.refuses = 100
    for _ in range(len(WAITS_MIN) + 2):
        deliver(record, [hook], clock())
        clock.on(hours=2)
    assert states(record) == {"dead": 1}


def test_an_escalation_is_spared_where_somebody_took_it_up(
    record: Database, clock: Clock, world: World
) -> None:
    head = Channel(name="head", kind="webhook", url=f"{world.url}/hook", after_min=15)
    raised(record, clock, head)
    assert deliver(record, [head], clock()) == 0
    with record.writing() as session:
        acknowledge(session, "al1", "duty officer", clock())
    clock.on(minutes=20)
    assert deliver(record, [head], clock()) == 0
    assert (states(record), world.posted) == ({"spared": 1}, [])


def test_quiet_hours_hold_back_what_can_wait() -> None:
    night = Channel(
        name="n", kind="smtp", to=("a@example.org",), quiet=("22:00", "06:00"), zone="Asia/Karachi"
    )
    late = datetime(2031, 3, 3, 20, 30, tzinfo=UTC)  # half past one in Karachi
    assert telling_time(night, "severe", late) == late
    assert telling_time(night, "moderate", late) == datetime(2031, 3, 4, 1, 0, tzinfo=UTC)
    noon = late + timedelta(hours=12)
    assert telling_time(night, "moderate", noon) == noon
