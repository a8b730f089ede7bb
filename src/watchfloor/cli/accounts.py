"""The incidents of a report for people: each with its accounts, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from watchfloor.cli.telling import facts
from watchfloor.grade import TABLE, graded, read_table
from watchfloor.merge import across
from watchfloor.parse import outlet_of
from watchfloor.records import Account, CodedReport, Grade, Incident
from watchfloor.settings import Settings
from watchfloor.word import in_words


def show_accounts(console: Console, coded: CodedReport) -> None:
    """Print what each chain of sources says of each incident."""
    report = coded.report
    head = " · ".join(part for part in (report.id, report.published, report.outlet) if part)
    console.rule(escape(head), align="left")
    for problem in coded.problems:
        console.print(Text(problem, style="yellow"))
    if not coded.incidents:
        console.print("no incident")
    table = read_table(Settings.from_environment().home / TABLE)
    grades = {
        account.events: account.grading
        for found in across([coded])
        for account in graded(found, table).accounts
    }
    for incident in coded.incidents:
        console.print(_incident(coded, incident, grades))


def _incident(
    coded: CodedReport, incident: Incident, grades: Mapping[tuple[str, ...], Grade | None]
) -> Tree:
    kind = incident.type + (f"-{incident.mode}" if incident.mode else "")
    tree = Tree(Text(f"{incident.id}  {kind}  {incident.status}", style="bold"))
    for account in incident.accounts:
        branch = tree.add(_account(coded, account))
        grade = grades.get(account.events)
        if grade is not None:
            why = "; ".join(grade.reasons)
            branch.add(Text(f"{grade.reliability}{grade.credibility}: {why}", style="dim"))
    return tree


#: What an account says that no event states.
_REPLIES = {"status": "denies it", "participants.actor": "says who did it"}


def _account(coded: CodedReport, account: Account) -> Text:
    outlet = outlet_of(coded.report)
    word = in_words(coded.claims, account.claims, outlet) or "the report itself"
    events = [event for event in coded.events if event.id in account.events]
    told = [_REPLIES[field] for field in account.only]
    for event in () if account.only else events:
        known = facts(coded, event)
        parts = [str(event.status), *(known[name] for name in ("harm", "when") if name in known)]
        told.append(f"{event.trigger.text}: {', '.join(parts)}")
    differs = f"  (differs: {', '.join(account.differs)})" if account.differs else ""
    back = f"  (taken back: {', '.join(account.taken_back)})" if account.taken_back else ""
    said = " ".join("; ".join(told).split())
    return Text.assemble((word, "cyan"), " - ", said, (differs, "red"), (back, "yellow"))
