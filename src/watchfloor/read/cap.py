"""Messages of the Common Alerting Protocol 1.2: one report each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from watchfloor.errors import InputError
from watchfloor.read.cap_areas import areas_of
from watchfloor.read.received import Received, failure, identity, receive_report
from watchfloor.read.xml import name_of, parse_xml, text_of
from watchfloor.records import Report

#: Statuses (CAP 1.2, 3.2.1) of messages that tell of something; of an exercise it is said so.
TOLD = ("Actual", "Exercise")
#: What the parts of a message are called in the text of its report, in order.
PARTS = (("event", "Event"), ("description", None), ("instruction", None), ("contact", "Contact"))


def parse_cap(data: bytes, origin: str) -> Received:
    """The report that a message is.

    An update or cancellation is a revision of the report of the first message that it refers to.
    A test or draft is kept and not coded. The area is told by name in the text; the polygons and
    circles that draw it stand beside it, and what is wrong with one is said as a problem.
    """
    try:
        top = parse_xml(data, origin)
    except InputError as error:
        return failure(origin, error.what)
    missing = [n for n in ("identifier", "sender", "sent", "status") if text_of(top, n) is None]
    if missing:
        return failure(origin, f"a CAP message without {missing[0]}")
    info = _info(top)
    sender, status = text_of(top, "sender") or "", text_of(top, "status") or ""
    text = "\n\n".join(_said(top, info, status))
    if not text:
        return failure(origin, "a CAP message that says nothing")
    first = _first(top) or (sender, text_of(top, "identifier") or "")
    title = text_of(info, "headline") if info is not None else None
    problems: list[str] = []
    told = text_of(top, "msgType") != "Cancel" and info is not None
    areas = tuple(areas_of(info, origin, problems)) if told else ()
    received = receive_report(
        Report(
            id=identity(msgspec.json.encode(["cap", *first]).decode(), None, ""),
            text=text,
            title=title,
            published=text_of(top, "sent"),
            outlet=(text_of(info, "senderName") if info is not None else None) or sender,
            url=(text_of(info, "web") if info is not None else None),
            language=((text_of(info, "language") or "")[:2] or None) if info is not None else None,
            areas=areas,
        )
    )
    received = msgspec.structs.replace(received, problems=(*received.problems, *problems))
    if status in TOLD:
        return received
    problem = f"not coded: a CAP message of status {status}"
    return msgspec.structs.replace(received, coded=False, problems=(*received.problems, problem))


def _info(top: Any) -> Any:
    """The information in English, else the first there is; None where there is none."""
    found = [child for child in top if name_of(child) == "info"]
    english = [i for i in found if (text_of(i, "language") or "en").lower().startswith("en")]
    return next(iter(english or found), None)


def _said(top: Any, info: Any, status: str) -> Iterator[str]:
    if status == "Exercise":
        yield "EXERCISE."
    if text_of(top, "msgType") == "Cancel":
        yield f"The alert is cancelled. {text_of(top, 'note') or ''}".strip()
        return
    if info is None:
        yield from filter(None, [text_of(top, "note")])
        return
    for name, label in PARTS:
        said = text_of(info, name)
        if said:
            yield f"{label}: {said}" if label else said
    areas = [text_of(a, "areaDesc") for a in info if name_of(a) == "area"]
    if any(areas):
        yield f"Area: {'; '.join(a for a in areas if a)}."


def _first(top: Any) -> tuple[str, str] | None:
    """Sender and identifier of the first message that this one refers to, None where to none."""
    parts = (text_of(top, "references") or "").split()
    sender, comma, rest = parts[0].partition(",") if parts else ("", "", "")
    identifier = rest.rpartition(",")[0]
    return (sender, identifier) if comma and identifier else None
