"""`watchfloor rules`: check a rules file, and try it on the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from watchfloor.cli.alerts import told_of
from watchfloor.cli.ingest import Store, opened
from watchfloor.cli.register import Purpose, register_of
from watchfloor.cli.watch import RegisterFolder, RulesFile
from watchfloor.live.stand import blindness
from watchfloor.merge import MergedIncident
from watchfloor.records import CodedReport
from watchfloor.store import Filter, stream_incidents
from watchfloor.watch import (
    Alert,
    Register,
    Rules,
    Told,
    default_rules,
    latest_alerts,
    read_rules,
)
from watchfloor.watch.replay import Promises
from watchfloor.watch.standing import Blindness, blind_alerts

app = typer.Typer(no_args_is_help=True, help="Check rules, and try them on the past.")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="rules as YAML")]) -> None:
    """Read a rules file; what is wrong is said with the valid answers."""
    found = read_rules(file)
    count = len(found.rules) + len(found.overdue) + len(found.blind)
    typer.echo(f"{count} rules are well-formed")


@app.command()
def test(
    file: Annotated[Path, typer.Argument(help="the rules to try")],
    register: RegisterFolder = None,
    purpose: Purpose = None,
    against: RulesFile = None,
    store: Store = None,
) -> None:
    """Replay the record; which alerts the rules would have raised or spared.

    Without a folder the record's register is read, for a purpose that is logged.
    """
    new, old = read_rules(file), read_rules(against) if against else default_rules()
    database = opened(store)
    entries = register_of(register, database, purpose, "rules test")
    with database.reading() as session:
        past = [row.incident for row in stream_incidents(session, Filter(background=True))]
        reports = tuple(sorted({r for one in past for r in one.reports}))
        replay = _Replay(past, told_of(session, reports), entries, blindness(session, entries))
    before, after = replay.alerts(old), replay.alerts(new)
    for id in sorted(after.keys() - before.keys()):
        typer.echo(_line("raised", after[id]))
    for id in sorted(before.keys() - after.keys()):
        typer.echo(_line("spared", before[id]))
    both = sorted(before.keys() & after.keys())
    changed = [id for id in both if before[id].severity != after[id].severity]
    for id in changed:
        typer.echo(_line(f"{before[id].severity} -> {after[id].severity}", after[id]))
    typer.echo(
        f"{len(past)} incidents: {len(after)} alerts instead of {len(before)}; "
        f"{len(after.keys() - before.keys())} raised, {len(before.keys() - after.keys())} spared, "
        f"{len(changed)} of another severity"
    )


@dataclass(frozen=True, slots=True)
class _Replay:
    """What the record holds of the past, to try rules on."""

    incidents: list[MergedIncident]
    told: dict[str, CodedReport]
    register: Register
    blind: list[Blindness]

    def alerts(self, rules: Rules) -> dict[str, Alert]:
        """All that the rules would have raised by now, for incidents, commitments and feeds."""
        now, known = datetime.now(UTC), Told(self.incidents)
        promises = Promises(self.told, self.incidents)
        found = [
            *latest_alerts(self.incidents, self.register, rules, self.told, known),
            *promises.ever_overdue(self.register, rules, now.date()),
            *blind_alerts(self.blind, self.register, rules, now),
        ]
        return {alert.id: alert for alert in found}


def _line(what: str, alert: Alert) -> str:
    return f"{what:20} {alert.severity:9} {alert.register:28} {alert.reasons[0].because}"
