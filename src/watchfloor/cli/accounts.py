"""The incidents of a report for people: each with its accounts, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from watchfloor.cli.telling import days, facts, value_in_words
from watchfloor.grade import TABLE, graded, read_table
from watchfloor.merge import MergedIncident, Said, across, compare, published_by
from watchfloor.records import Account, CodedReport, Incident
from watchfloor.settings import Settings
from watchfloor.word import NOBODY, in_words, voices

#: What each field of an incident is called for people.
FIELDS = {
    "harm.killed": "killed", "harm.injured": "injured", "harm.abducted": "abducted",
    "harm.arrested": "arrested", "harm.missing": "missing", "harm.ill": "ill",
    "participants.actor": "who did it", "place": "where", "when": "when", "mode": "how",
    "status": "whether it happened",
}  # fmt: skip
#: What an account says that no event states.
_REPLIES = {"status": "denies it", "participants.actor": "says who did it"}


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
    merged = [graded(found, table) for found in across([coded])]
    for incident in coded.incidents:
        own = [m for m in merged if {e.event for e in m.members} & set(incident.events)]
        console.print(_incident(coded, incident, own))


def _incident(coded: CodedReport, incident: Incident, merged: Sequence[MergedIncident]) -> Tree:
    kind = incident.type + (f"-{incident.mode}" if incident.mode else "")
    tree = Tree(Text(f"{incident.id}  {kind}  {incident.status}", style="bold"))
    same = {(a.events, a.only, _plain(a.sources)): a for m in merged for a in m.accounts}
    for account in incident.accounts:
        said = tuple(reversed(voices(coded.claims, account.claims)))
        found = same.get((account.events, account.only, _plain(s for s in said if s != NOBODY)))
        branch = tree.add(_account(coded, account, found.actors if found else ()))
        grade = found.grading if found else None
        if grade is not None:
            why = "; ".join(map(_plainly, grade.reasons))
            branch.add(Text(f"{grade.reliability}{grade.credibility}: {why}", style="dim"))
    lines = [line for m in merged for line in _differing(m)]
    if lines:
        differ = tree.add(Text("they differ", style="red"))
        for line in lines:
            differ.add(Text(line))
    return tree


def _differing(merged: MergedIncident) -> Iterator[str]:
    """One line a field on which accounts do not agree: each value with whose it is."""
    for field in compare(merged) if len(merged.accounts) > 1 else ():
        if field.verdict == "differ":
            said = (f"{value_in_words(v.value)} ({_whose(merged, v)})" for v in field.values)
            yield f"{FIELDS.get(field.field, field.field)}: {'; '.join(said)}"


def _whose(merged: MergedIncident, said: Said) -> str:
    chains = [merged.accounts[n].sources for n in said.accounts]
    return ", ".join(chain[0] if chain else "the report itself" for chain in chains)


def _plainly(reason: str) -> str:
    """A reason with the fields that it names in words."""
    for field, words in FIELDS.items():
        reason = re.sub(rf"(?<=[ ,]){re.escape(field)}(?=$|[ ,;])", words, reason)
    return reason


def _replied(field: str, whom: str) -> str:
    """What an account says that no event states: a denial, who is blamed, how many there were."""
    if field != "participants.actor" or not whom:
        return _REPLIES[field]
    counts = any(letter.isdigit() for letter in whom)
    return f"{'says how many' if counts else _REPLIES[field]}: {whom}"


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in names)


def _account(coded: CodedReport, account: Account, blamed: Sequence[str]) -> Text:
    word = in_words(coded.claims, account.claims, published_by(coded)) or "the report itself"
    stances = {c.id: c.stance for c in coded.claims}
    stance = stances.get(account.claims[0], "asserts") if account.claims else "asserts"
    told = [_replied(field, ", ".join(blamed)) for field in account.only]
    for event in (e for e in coded.events if e.id in account.events and not account.only):
        known = facts(coded, event)
        parts = [str(event.status), *(known[name] for name in ("harm",) if name in known)]
        if event.when is not None and event.when.basis != "report":
            parts.append(days(event.when))
        told.append(f"{event.trigger.text}: {', '.join(parts)}")
    said = " ".join("; ".join(dict.fromkeys(told)).split())
    verb = "" if stance == "asserts" or account.only else f" ({stance} it)"
    back = f"  (taken back: {', '.join(account.taken_back)})" if account.taken_back else ""
    return Text.assemble((word, "cyan"), (verb, "bold"), " - ", said, (back, "yellow"))
