"""`watchfloor watch`: hold reports against the register; a batch once, or feeds for months."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec.structs import replace

from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.register import entries_of
from watchfloor.errors import InputError, SettingsError, without_secrets
from watchfloor.flow import code_reports
from watchfloor.jsonlines import json_line
from watchfloor.live import Watch, read_channels
from watchfloor.live.channels import secret_of
from watchfloor.live.register import keep_register
from watchfloor.merge import across
from watchfloor.records import CodedReport, Report
from watchfloor.settings import Settings
from watchfloor.store import Database
from watchfloor.store.feeds import feeds
from watchfloor.watch import (
    Register,
    Rules,
    Told,
    default_rules,
    latest_alerts,
    read_rules,
)
from watchfloor.watch.replay import Promises, last_day

logger = logging.getLogger(__name__)
RegisterFolder = Annotated[
    Path | None,
    typer.Option(help="folder of sites.csv, groups.csv, journeys.csv; else the record's"),
]
RulesFile = Annotated[Path | None, typer.Option(help="rules as YAML; else the defaults")]


def watch(
    register: Annotated[
        Path | None,
        typer.Option(help="folder of sites.csv, groups.csv, journeys.csv; live: else the record's"),
    ] = None,
    inputs: Annotated[
        list[Path] | None, typer.Argument(help="raw or coded reports as JSON lines; none: live")
    ] = None,
    rules: RulesFile = None,
    channels: Annotated[Path | None, typer.Option(help="live: who is told, as YAML")] = None,
    store: Store = None,
    allow_private: Annotated[bool, typer.Option(help="fetch from private addresses too")] = False,
    format: Annotated[str, typer.Option(help="batch: text or jsonl")] = "text",
) -> None:
    """Raise the alerts that reports give cause for, each with its reason.

    With REPORTS: once, printed. Without: for good, over the record's feeds (`watchfloor feeds`),
    kept in the record (`watchfloor alerts`) and told on the channels; a register that is given
    becomes the record's, and what the desk changes of it counts from then on.
    """
    settings = replace(Settings.from_environment(), allow_private=allow_private)
    entries = entries_of(register, settings) if register else None
    chosen = read_rules(path) if (path := rules or settings.rules) else default_rules()
    if not inputs:
        _live(opened(store), entries, chosen, settings, channels)
    if entries is None:
        raise SettingsError("no register to hold reports against", right="--register FOLDER")
    coded = [one for path in inputs or () for one in _coded(path, settings)]
    told_by = {one.report.id: one for one in coded}
    merged = list(across(coded))
    raised = latest_alerts(merged, entries, chosen, told_by, Told(merged))
    if (day := last_day(told_by)) is not None:
        raised += Promises(told_by, merged).overdue(entries, chosen, day)
    for alert in raised:
        if format == "jsonl":
            sys.stdout.buffer.write(json_line(alert) + b"\n")
            continue
        reason = alert.reasons[0]
        typer.echo(
            f"{alert.severity.upper():9} {alert.register:32} {reason.rule}: {reason.because}"
        )


def _live(
    database: Database, entries: Register | None, chosen: Rules, settings: Settings,
    channels: Path | None,
) -> None:  # fmt: skip
    """Watch the record's feeds for good."""
    with database.reading() as session:
        known = feeds(session)
    if not known:
        raise SettingsError("no feed to watch", right="watchfloor feeds add ADDRESS")
    if entries is not None:
        with database.writing() as session:
            keep_register(session, entries, "watch --register", datetime.now(UTC))
    told = read_channels(channels) if channels else ()
    for channel in told:
        secret_of(channel)  # one that is not set is said now, and not with the first alert
    _log()
    names = ", ".join(channel.name for channel in told) or "nobody: no --channels"
    logger.info("watching %d feeds, telling %s; control-C ends it", len(known), names)
    Watch(database, None, chosen, settings, told).run()


class _Discreet(logging.Formatter):
    """Lines in which no address holds a password or a key."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return without_secrets(super().format(record))


def _log() -> None:
    """Log to stderr what the watch does."""
    lines = logging.StreamHandler()
    lines.setFormatter(_Discreet("%(asctime)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[lines])
    logging.getLogger("httpx").setLevel(logging.WARNING)


class _Head(msgspec.Struct):
    """What tells a coded report from a raw one."""

    schema: str = ""


def _coded(path: Path, settings: Settings) -> list[CodedReport]:
    """The coded reports of a file; raw ones are coded first. Raises InputError with the line."""
    try:
        lines = [line for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from error
    given: list[CodedReport | Report] = []
    for number, line in enumerate(lines, 1):
        try:
            is_coded = "coded-report" in msgspec.json.decode(line, type=_Head).schema
            kind: type[CodedReport | Report] = CodedReport if is_coded else Report
            given.append(msgspec.json.decode(line, type=kind))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            right = "one raw or coded report a line, as JSON"
            raise InputError(str(error), where=f"{path}, report {number}", right=right) from error
    new = code_reports((one for one in given if isinstance(one, Report)), settings)
    return [next(new) if isinstance(one, Report) else one for one in given]
