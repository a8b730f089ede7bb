"""Alerts reach people: by mail and webhook, tried again, signed, never twice."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from tests.live.conftest import Clock, Inbox, World
from tests.live.world import dripping, posting, unresolved
from watchfloor.errors import StoreError
from watchfloor.live import Channel, Watch, deliver
from watchfloor.live.channels import telling_time
from watchfloor.live.deliver import WAITS_MIN, signature
from watchfloor.live.keep import coded_arrivals
from watchfloor.read import Received
from watchfloor.records import Report
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store import watch_tables as w
from watchfloor.store.alerts import acknowledge, close, find_alerts, keep_alert
from watchfloor.store.deliveries import counts, deliveries, queue, try_again
from watchfloor.watch import Register, default_rules
from watchfloor.watch.register import Site

ALERT = {
    "id": "al1", "incident": "i1", "register": "sites:gao-depot", "severity": "severe",
    "basis": "pin", "reports": ["r1"], "sources": 1,
    "reasons": [{"rule": "attack near a site", "because": "Gao, 2 km from Gao depot"}],
}  # fmt: skip


def raised(record: Database, clock: Clock, channel: Channel) -> None:
    with record.writing() as session:
        keep_alert(session, ALERT, clock())
        due = telling_time(channel, "severe", clock(), clock())
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


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that nobody vouches for, and a server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "mail.pem"
    form = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return path, context


def test_a_mail_server_nobody_vouches_for_gets_no_password(
    record: Database, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, context = certificate(tmp_path)
    monkeypatch.setenv("MAIL_KEY", "open sesame 7")
    shown: list[bytes] = []

    def known(
        server: object, session: object, envelope: object, how: str, said: object
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        shown.append(said.login + b" " + said.password)
        return AuthResult(success=said.password == b"open sesame 7")

    inbox = Inbox()
    with posting(inbox, tls_context=context, authenticator=known, auth_required=True) as port:
        duty = Channel(name="duty", kind="smtp", host="localhost", port=port, secret="MAIL_KEY",
                       user="desk", to=("duty@example.org",))  # fmt: skip
        raised(record, clock, duty)
        assert deliver(record, [duty], clock()) == 0
        assert (shown, inbox.mail) == ([], [])
        with record.reading() as session:
            (error,) = session.scalars(select(w.delivery.c.error))
        assert "certificate verify failed" in error
        assert "sesame" not in error
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        clock.on(minutes=5)
        assert deliver(record, [duty], clock()) == 1
    assert shown == [b"desk open sesame 7"]
    assert len(inbox.mail) == 1


def running(record: Database, channels: tuple[Channel, ...], clock: Clock) -> Callable[..., None]:
    """How reports of an attack at Gao depot become tellings: `told(killed)` takes one in."""
    depot = Site(id="gao-depot", name="Gao depot", kind="depot", country="MLI", lat=16.27,
                 lon=-0.04)  # fmt: skip
    watch = Watch(record, Register(sites=(depot,)), default_rules(), Settings(), channels, clock)

    def told(text: str) -> None:
        report = Report(id="r1", text=text, published="2031-03-03")
        watch.take(coded_arrivals([Received(report=report)], Settings(), clock()))

    return told


ATTACK = "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and {} two officers."


def test_updates_do_not_make_an_escalation_begin_anew(
    record: Database, clock: Clock, world: World
) -> None:
    head = Channel(name="head", kind="webhook", url=f"{world.url}/hook", after_min=15)
    take = running(record, (head,), clock)
    take(ATTACK.format("injured"))
    clock.on(minutes=10)
    take(ATTACK.format("killed"))
    clock.on(minutes=5)
    assert deliver(record, [head], clock()) == 1, "nobody took it up for a quarter of an hour"
    with record.writing() as session:
        (alert,) = find_alerts(session)
        acknowledge(session, alert.id, "duty officer", clock())
    clock.on(minutes=60)
    take("EXERCISE. Ministers met in Nairobi, Kenya, on Sunday to discuss trade.")
    assert deliver(record, [head], clock()) == 1
    told = [msgspec.json.decode(body)["what"] for _, body in world.posted]
    assert told == ["escalated", "withdrawn"], "who was told of it is told that it is withdrawn"


def test_who_was_never_told_of_an_alert_is_not_told_that_it_is_withdrawn(
    record: Database, clock: Clock, world: World
) -> None:
    head = Channel(name="head", kind="webhook", url=f"{world.url}/hook", after_min=15)
    take = running(record, (head,), clock)
    take(ATTACK.format("killed"))
    clock.on(minutes=5)
    take("EXERCISE. Ministers met in Nairobi, Kenya, on Sunday to discuss trade.")
    clock.on(minutes=60)
    assert (deliver(record, [head], clock()), states(record)) == (0, {"spared": 2})


def test_a_closed_alert_that_grows_worse_is_open_again(
    record: Database, clock: Clock, world: World
) -> None:
    head = Channel(name="head", kind="webhook", url=f"{world.url}/hook", after_min=15)
    take = running(record, (head,), clock)
    take(ATTACK.format("injured"))
    with record.writing() as session:
        (alert,) = find_alerts(session)
        close(session, alert.id, "duty officer", clock(), "no impact")
    clock.on(hours=1)
    take(ATTACK.format("killed"))
    with record.reading() as session:
        (alert,) = find_alerts(session)
    assert (alert.state, alert.disposition) == ("open", None)
    clock.on(minutes=15)
    assert deliver(record, [head], clock()) == 1


def test_a_dead_letter_is_told_after_all_where_it_is_queued_anew(
    record: Database, clock: Clock, world: World
) -> None:
    hook = Channel(name="hook", kind="webhook", url=f"{world.url}/hook")
    raised(record, clock, hook)
    world.refuses = len(WAITS_MIN) + 1
    for _ in range(len(WAITS_MIN) + 1):
        deliver(record, [hook], clock())
        clock.on(hours=2)
    with record.writing() as session:
        (dead,) = deliveries(session, ["dead"])
        assert dead.error == "answered with status 503"
        assert try_again(session, clock(), dead.n) == 1
    assert deliver(record, [hook], clock()) == 1
    with record.writing() as session:
        assert [line.state for line in deliveries(session, alert="al1")] == ["sent"]
        with pytest.raises(StoreError, match="no such dead letter"):
            try_again(session, clock(), dead.n)


@pytest.mark.parametrize("kind", ["smtp", "webhook"])
def test_a_receiver_whose_name_no_resolver_finds_is_given_up(
    record: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(import_module("watchfloor.live.deliver"), "TIMEOUT_S", 0.5)
    lost = Channel(name="lost", kind=kind, host="mail.example.org", to=("d@example.org",),
                   url="https://hook.example.org/")  # fmt: skip
    raised(record, clock, lost)
    with unresolved():
        assert deliver(record, [lost], clock()) == 0
    with record.reading() as session:
        (line,) = deliveries(session)
    assert (line.state, line.tries) == ("waiting", 1)
    assert "example.org was not found in time" in (line.error or "")


@pytest.mark.parametrize("kind", ["smtp", "webhook"])
def test_a_receiver_that_drips_is_given_up_and_told_again(
    record: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(import_module("watchfloor.live.deliver"), "TIMEOUT_S", 0.5)
    greeting = {"smtp": b"220-", "webhook": b"HTTP/1.0 200 OK\r\nX-Long: "}[kind]
    with dripping(greeting) as port:
        slow = Channel(name="slow", kind=kind, host="127.0.0.1", port=port, to=("d@example.org",),
                       url=f"http://127.0.0.1:{port}/hook")  # fmt: skip
        raised(record, clock, slow)
        assert deliver(record, [slow], clock()) == 0
    with record.reading() as session:
        (line,) = deliveries(session)
    assert (line.state, line.tries) == ("waiting", 1)
    assert line.error
