"""The incidents of a report for people: each with its accounts, and where they differ."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from watchfloor.cli.telling import facts
from watchfloor.records import Account, CodedReport, Incident
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
    for incident in coded.incidents:
        console.print(_incident(coded, incident))


def _incident(coded: CodedReport, incident: Incident) -> Tree:
    kind = incident.type + (f"-{incident.mode}" if incident.mode else "")
    tree = Tree(Text(f"{incident.id}  {kind}  {incident.status}", style="bold"))
    for account in incident.accounts:
        tree.add(_account(coded, account))
    return tree


def _account(coded: CodedReport, account: Account) -> Text:
    word = in_words(coded.claims, account.claims) if account.claims else "the report itself"
    events = [event for event in coded.events if event.id in account.events]
    told = []
    for event in events:
        known = facts(coded, event)
        parts = [str(event.status), *(known[name] for name in ("harm", "when") if name in known)]
        told.append(f"{event.trigger.text}: {', '.join(parts)}")
    differs = f"  (differs: {', '.join(account.differs)})" if account.differs else ""
    return Text.assemble((word, "cyan"), " - ", " ".join("; ".join(told).split()), (differs, "red"))
