"""Tell what is due: by mail, by webhook; tried again with growing waits, then laid aside."""

from __future__ import annotations

import hashlib
import hmac
import logging
import random
import smtplib
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

import httpx
import msgspec

from watchfloor.errors import SettingsError, without_secrets
from watchfloor.live.channels import Channel, secret_of
from watchfloor.live.oncall import on_call
from watchfloor.read.deadline import Deadline, addresses_of, connect
from watchfloor.read.trust import for_mail, on_the_web
from watchfloor.store import Database, Session
from watchfloor.store.deliveries import Delivery, claim, failed, sent, spare

logger = logging.getLogger(__name__)
#: Waits between tries, minutes; after the last the telling is a dead letter.
WAITS_MIN = (0.5, 2, 5, 15, 60)
#: Seconds that a channel may take for one telling.
TIMEOUT_S = 15.0


def deliver(database: Database, channels: Sequence[Channel], at: datetime) -> int:
    """Tell everything that is due and wait for it; how many were taken.

    Each telling carries a name of its own (message id, idempotency key), so that one that was
    taken and not noted, because the process was killed between, can be known for a repetition.
    """
    return Posting(database, channels).all(lambda: at)


@dataclass
class Posting:
    """The tellings that are under way: each channel is told one after the other, and a channel that
    does not answer holds up no other. The record is written by the caller's own thread.
    """

    database: Database
    channels: Sequence[Channel]
    busy: dict[str, tuple[Delivery, Future[str | None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make ready."""
        self.pool = ThreadPoolExecutor(max(1, len(self.channels)), thread_name_prefix="telling")

    def post(self, at: datetime, within_s: float | None = 0.0) -> int:
        """Note what was taken and what was not, and begin to tell what is due on channels that have
        nothing to tell. The first answer is waited for so long (None: till it comes). How many were
        taken.
        """
        waited = [future for _, future in self.busy.values()]
        wait(waited, timeout=within_s, return_when=FIRST_COMPLETED)
        done = [self.busy.pop(n) for n, (_, told) in list(self.busy.items()) if told.done()]
        with self.database.writing() as session:
            for one, told in done:
                _note(session, one, told.result(), at)
            claimed = list(self._claimed(session, at))
        for one, channel in claimed:  # what is told is claimed for good
            self.busy[channel.name] = (one, self.pool.submit(_told, one, channel))
        return sum(told.result() is None for _, told in done)

    def all(self, clock: Callable[[], datetime]) -> int:
        """Tell everything that is due, and wait for it; how many were taken."""
        taken = self.post(clock())
        while self.busy:
            taken += self.post(clock(), None)
        return taken

    def _claimed(self, session: Session, at: datetime) -> Iterator[tuple[Delivery, Channel]]:
        """What is due, one a channel, claimed so that several processes never tell the same, with
        its channel as the roster has it. What need not be told any more is spared.
        """
        busy = set(self.busy)
        while one := claim(session, at, busy):
            known = {c.name: c for c in on_call(session, self.channels, at)}
            channel = known.get(one.channel)
            spared = _spared(one, channel) if channel else "the channel is no longer there"
            if channel is None or spared is not None:
                spare(session, one.n, spared or "")
            else:
                busy.add(channel.name)
                yield one, channel


def _note(session: Session, one: Delivery, error: str | None, at: datetime) -> None:
    if error is None:
        sent(session, one.n, at)
    else:
        again = _again(one, at)
        tries = f"told again at {again:%H:%M}Z" if again else "a dead letter"
        logger.warning("%s did not take %s: %s; %s", one.channel, one.alert.id, error, tries)
        failed(session, one.n, error, again)


def _told(one: Delivery, channel: Channel) -> str | None:
    """Tell it; why the channel did not take it, None where it did."""
    try:
        (_mail if channel.kind == "smtp" else _post)(one, channel)
    except (OSError, smtplib.SMTPException, httpx.HTTPError, SettingsError) as problem:
        return _said(problem)
    return None


def name_of(one: Delivery) -> str:
    """The name by which a receiver knows a repetition."""
    return f"{one.alert.id}.{one.revision}"


def subject(one: Delivery) -> str:
    """The first line: how severe, what happened to the alert, and which entry it is about."""
    rule = one.alert.doc["reasons"][0]["rule"]
    return f"[{one.alert.severity.upper()}] {one.what}: {one.alert.register} - {rule}"


def body(one: Delivery) -> str:
    """The alert in words: each reason, and the reports behind it."""
    doc = one.alert.doc
    reasons = [f"- {r['rule']}: {r['because']}" for r in doc["reasons"]]
    lines = [
        f"{one.alert.register}: {one.what}, severity {one.alert.severity}",
        *reasons,
        f"reports: {', '.join(doc['reports'])}; independent sources: {doc['sources']}",
        f"alert {one.alert.id}, incident {one.alert.incident}",
    ]
    return "\n".join(lines) + "\n"


def signature(key: str, payload: bytes) -> str:
    """HMAC-SHA256 of what is posted, in hex; the receiver computes the same."""
    return hmac.new(key.encode(), payload, hashlib.sha256).hexdigest()


def _mail(one: Delivery, channel: Channel) -> None:
    message = EmailMessage()
    message["Subject"] = " ".join(subject(one).split())
    message["From"], message["To"] = channel.sender, ", ".join(channel.to)
    message["Message-ID"] = f"<{name_of(one)}.{channel.name.replace(' ', '-')}@watchfloor>"
    message.set_content(body(one))
    with (
        Deadline(TIMEOUT_S) as deadline,
        _Server(deadline, channel.host, channel.port, timeout=TIMEOUT_S) as server,
    ):
        if key := secret_of(channel):
            server.starttls(context=for_mail())  # a stranger gets no password
            server.login(channel.user or channel.sender, key)
        server.send_message(message)


class _Server(smtplib.SMTP):
    """A mail server that is given so long for all of its answers."""

    def __init__(self, deadline: Deadline, host: str, port: int, timeout: float) -> None:
        self._deadline = deadline
        super().__init__(host, port, timeout=timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect(host, port, self._deadline)


def _post(one: Delivery, channel: Channel) -> None:
    assert channel.url is not None
    payload = msgspec.json.encode({"what": one.what, "revision": one.revision, **one.alert.doc})
    headers = {"Content-Type": "application/json", "Idempotency-Key": name_of(one)}
    if key := secret_of(channel):
        headers["X-Watchfloor-Signature"] = f"sha256={signature(key, payload)}"
    with (
        Deadline(TIMEOUT_S) as deadline,
        httpx.Client(timeout=TIMEOUT_S, verify=on_the_web(), trust_env=False) as client,
    ):
        _sent(client, httpx.URL(channel.url), payload, headers, deadline).raise_for_status()


def _sent(
    client: httpx.Client, url: httpx.URL, payload: bytes, headers: dict[str, str],
    deadline: Deadline,
) -> httpx.Response:  # fmt: skip
    """What a receiver answers, at the first of its addresses that takes a connection."""
    headers = {**headers, "Host": url.netloc.decode("ascii")}
    refused: httpx.ConnectError | None = None
    for address in addresses_of(url.host, url.port or 443, deadline):
        request = client.build_request(
            "POST", url.copy_with(host=address), content=payload, headers=headers,
            extensions={"sni_hostname": url.host, "trace": deadline.trace},
        )  # fmt: skip
        try:
            return client.send(request)
        except httpx.ConnectError as error:
            refused = error
    raise refused or httpx.ConnectError(f"{url.host} has no address")


def _spared(one: Delivery, channel: Channel) -> str | None:
    """Why a telling is not needed any more, None where it is."""
    if one.revision < one.alert.revision:
        return "something newer is told"
    if one.what == "withdrawn":  # whoever was told before is told so, whoever was not is not
        return None if one.before or not channel.after_min else "it was never told here"
    if channel.after_min and one.alert.state != "open":
        return f"it was {one.alert.state} in time"
    return None


def _again(one: Delivery, at: datetime) -> datetime | None:
    if one.tries >= len(WAITS_MIN):
        return None
    return at + timedelta(minutes=WAITS_MIN[one.tries] * random.uniform(0.8, 1.2))


def _said(problem: Exception) -> str:
    """The problem without addresses that hold secrets."""
    if isinstance(problem, httpx.HTTPStatusError):
        return f"answered with status {problem.response.status_code}"
    kind = "" if isinstance(problem, SettingsError) else f"{type(problem).__name__}: "
    return without_secrets(f"{kind}{problem}")[:200]
