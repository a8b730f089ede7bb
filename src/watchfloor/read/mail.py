"""E-mail messages: the subject is the title, the sender the outlet."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

from watchfloor.read.pages import plain
from watchfloor.read.received import Received, failure, identity, receive_report
from watchfloor.records import Report


def parse_mail(data: bytes, origin: str) -> Received:
    """The report that a message holds: its plain text, or its HTML where it has none."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    body = message.get_body(preferencelist=("plain", "html"))
    try:
        text = str(body.get_content()) if body is not None else ""
    except (KeyError, LookupError):
        return failure(origin, "a message whose text cannot be read")
    if body is not None and body.get_content_type() == "text/html":
        text = plain(text)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return failure(origin, "a message without text")
    sender = message.get("From")
    addresses = sender.addresses if sender is not None else ()
    outlet = (addresses[0].display_name or addresses[0].addr_spec) if addresses else None
    subject, sent, named = message.get("Subject"), message.get("Date"), message.get("Message-ID")
    return receive_report(
        Report(
            id=identity(str(named or origin), outlet, "" if named else text),
            text=text,
            title=str(subject) if subject else None,
            published=str(sent) if sent else None,
            outlet=outlet,
        )
    )
