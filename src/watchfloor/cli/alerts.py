"""Alerts in the record: `alerts`, `ack`, `snooze`, `close`, `reopen`, `why`."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.darkness import say_dark
from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.register import Purpose, register_of
from watchfloor.cli.watch import RegisterFolder, RulesFile
from watchfloor.errors import InputError
from watchfloor.jsonlines import json_line
from watchfloor.live.publish import cap, rss
from watchfloor.live.register import kept_register
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.response.verified import last_of
from watchfloor.settings import Settings
from watchfloor.store import Session, incident_of, report_of
from watchfloor.store import alerts as kept
from watchfloor.store.alerts import KeptAlert
from watchfloor.store.verify import verifications
from watchfloor.watch import default_rules, read_rules
from watchfloor.watch import why as explain
from watchfloor.watch.register import Site

Author = Annotated[str, typer.Option(help="who decides")]
Alert = Annotated[str, typer.Argument(help="an alert's id, as `alerts` lists it")]
Note = Annotated[str, typer.Option(help="a few words")]
ME = getpass.getuser()


def alerts(
    store: Store = None,
    state: Annotated[list[str] | None, typer.Option(help="; ".join(kept.STATES))] = None,
    entry: Annotated[str | None, typer.Option(help="sites:ID, sites, journeys, …")] = None,
    limit: Annotated[int, typer.Option(help="at most so many")] = 100,
    format: Annotated[str, typer.Option(help="text, jsonl, rss or cap")] = "text",
    purpose: Annotated[
        str | None,
        typer.Option(help="why cap is to tell the outlines of sites too; it is logged"),
    ] = None,
) -> None:
    """List alerts, the newest first; without --state those that want a person."""
    states = state or ["open", "acknowledged", "snoozed"]
    unknown = sorted(set(states) - set(kept.STATES))
    if unknown:
        raise InputError(f"no such state {unknown[0]!r}", right=f"one of {', '.join(kept.STATES)}")
    database = opened(store)
    sites: dict[str, Site] = {}
    if format == "cap" and purpose is not None:
        known = register_of(None, database, purpose, entry or "register")
        sites = {f"sites:{site.id}": site for site in known.sites}
    with database.reading() as session:
        found = kept.find_alerts(session, states, register=entry, limit=limit)
        say_dark(session, (site.country for site in kept_register(session).sites))
        if format == "cap":
            checked = verifications(session, [one.id for one in found])
            for one in found:
                told, by = kept.told_at(session, one.id), last_of(checked.get(one.id, ()))
                about, site = _incident(session, one), sites.get(one.register)
                made = cap(one, about, told, "watchfloor", by, site)
                _out(made.replace(b"\n", b" "))
        elif format == "rss":
            _out(rss(found, "watchfloor alerts", "http://127.0.0.1:8437"))
        elif format == "jsonl":
            for one in found:
                _out(json_line(one))
        elif format == "text":
            for one in found:
                typer.echo(_line(one))
            if not found:
                typer.echo("no alert is " + " or ".join(states))
        else:
            raise InputError(f"no such format {format!r}", right="text, jsonl, rss or cap")


def ack(alert: Alert, note: Note = "", author: Author = ME, store: Store = None) -> None:
    """Take an alert up; it comes back when something new is known."""
    with opened(store).writing() as session:
        kept.acknowledge(session, alert, author, datetime.now(UTC), note)
        noted(session, "ack", alert, {"note": note}, author)


def snooze(
    alert: Alert,
    until: Annotated[
        datetime | None, typer.Option(help="UTC; without it until something new is known")
    ] = None,
    note: Note = "",
    author: Author = ME,
    store: Store = None,
) -> None:
    """Put an alert away for a while."""
    wakes = until.replace(tzinfo=UTC) if until else None
    with opened(store).writing() as session:
        kept.snooze(session, alert, author, datetime.now(UTC), wakes, note)
        noted(session, "snooze", alert, {"note": note}, author)


def close(
    alert: Alert,
    found: Annotated[str, typer.Option(help="; ".join(kept.DISPOSITIONS))],
    note: Note = "",
    author: Author = ME,
    store: Store = None,
) -> None:
    """Close an alert with what it came to."""
    with opened(store).writing() as session:
        kept.close(session, alert, author, datetime.now(UTC), found, note)
        noted(session, "close", alert, {"note": note}, author)


def reopen(alert: Alert, note: Note = "", author: Author = ME, store: Store = None) -> None:
    """Take back an acknowledgement, a snooze or a closing."""
    with opened(store).writing() as session:
        kept.reopen(session, alert, author, datetime.now(UTC), note)
        noted(session, "reopen", alert, {"note": note}, author)


def why(
    incident: Annotated[str, typer.Argument(help="an incident's id")],
    entry: Annotated[str, typer.Argument(help="sites:ID, groups:ID or journeys:ID")],
    register: RegisterFolder = None,
    purpose: Purpose = None,
    rules: RulesFile = None,
    store: Store = None,
) -> None:
    """Say why an incident raised an alert on a register entry, or why it did not.

    Without a folder the record's register is read, for a purpose that is logged.
    """
    database = opened(store)
    entries = register_of(register, database, purpose, entry)
    with database.reading() as session:
        row = incident_of(session, incident)
        if row is None:
            raise InputError("no such incident", where=incident, right="`incidents` lists them")
        told = told_of(session, row.incident.reports)
    chosen = (
        read_rules(path)
        if (path := rules or Settings.from_environment().rules)
        else default_rules()
    )
    for line in explain(row.incident, entry, entries, chosen, told):
        typer.echo(str(line))


def told_of(session: Session, reports: tuple[str, ...]) -> dict[str, CodedReport]:
    """Each report as it was coded."""
    found = ((r, report_of(session, r)) for r in reports)
    return {r: one.coded for r, one in found if one}


def _incident(session: Session, alert: KeptAlert) -> MergedIncident | None:
    row = incident_of(session, alert.incident)
    return row.incident if row else None


def _line(one: KeptAlert) -> str:
    reason = one.doc["reasons"][0]
    return (
        f"{one.id}  {one.severity.upper():9} {one.state:12} {one.register:28} "
        f"{reason['rule']}: {reason['because']} ({one.incident})"
    )


def _out(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
