"""Propose a grade for every account of an incident.

Reliability (A reliable to F cannot be judged) is the desk's own: a chain is as reliable as the
least reliable named link, and a name that the desk does not know is F. Unnamed sources stand on
the outlet that vouches for them. Credibility (1 confirmed to 6 cannot be judged) is read off the
other accounts: independent voices that say the same, that say otherwise, and who gains by it.
Scale: NATO STANAG 2511 / AJP-2.1.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.grade.table import Known, Table
from watchfloor.merge import Compared, MergedAccount, MergedIncident, compare, voices_of
from watchfloor.records import Grade

#: Fields that tell what happened; accounts that differ on them contradict each other.
WEIGHTY = ("harm.", "status", "participants.actor", "place", "when")
UNJUDGED = 6
#: Stands where a report names nobody who published it.
NAMELESS = ""


def graded(incident: MergedIncident, table: Table) -> MergedIncident:
    """The incident, each account with a grade such as "C3" and, in `grading`, its reasons.

    A person's grade stands in place of the proposal, which is kept beside it as `proposed`.
    """
    told = compare(incident) if len(incident.accounts) > 1 else ()  # one alone is held to nothing
    fields = [f for f in told if f.field.startswith(WEIGHTY)]
    voices = voices_of(incident.accounts)
    return replace(
        incident,
        accounts=tuple(
            _graded(incident.accounts, n, fields, voices, table)
            for n in range(len(incident.accounts))
        ),
    )


def _graded(
    accounts: Sequence[MergedAccount],
    n: int,
    fields: Sequence[Compared],
    voices: Sequence[int],
    table: Table,
) -> MergedAccount:
    account = accounts[n]
    known = _links(account, table)
    letter, why = _reliability(account, known)
    number, because = _credibility(accounts, n, fields, voices)
    person = next((k for _, k in known if k is not None and k.by is not None), None)
    grade = Grade(reliability=letter, credibility=number, reasons=(why, *because))
    if person is not None:
        machine = _links(account, table, persons=False)
        grade = Grade(
            reliability=letter,
            credibility=person.credibility or number,
            reasons=grade.reasons,
            by=person.by,
            proposed=f"{_reliability(account, machine)[0]}{number}",
        )
    return replace(account, grade=f"{grade.reliability}{grade.credibility}", grading=grade)


def _links(
    account: MergedAccount, table: Table, *, persons: bool = True
) -> list[tuple[str, Known | None]]:
    """The links of a chain that are named or speak for a body the desk knows, agency and outlet
    last, each with what the desk knows of it.
    """
    kinds = (*account.kinds, *[None] * len(account.sources))
    said = [
        (source, kind, table.of(source, account.report, persons=persons))
        for source, kind in zip(account.sources, kinds, strict=False)
    ]
    vouch = [name for name in (account.agency, account.outlet) if name] or [NAMELESS]
    return [
        *((source, known) for source, kind, known in said if kind != "unnamed" or known),
        *((name, table.of(name, account.report, persons=persons)) for name in vouch),
    ]


def _reliability(
    account: MergedAccount, links: Sequence[tuple[str, Known | None]]
) -> tuple[str, str]:
    unknown = [name for name, known in links if known is None]
    if unknown == [NAMELESS]:
        return "F", "the report names no outlet"
    if unknown:
        return "F", f"{unknown[0]} is not in the desk's table"
    name, worst = max(((n, k) for n, k in links if k), key=lambda link: link[1].reliability)
    who = "by a person's grade" if worst.by else "in the desk's table"
    note = f": {worst.note}" if worst.note else ""
    return worst.reliability, f"{name} is {worst.reliability} {who}{note}"


def _credibility(
    accounts: Sequence[MergedAccount],
    n: int,
    fields: Sequence[Compared],
    voices: Sequence[int],
) -> tuple[int, tuple[str, ...]]:
    with_it, against, disputed = _sides(accounts, n, fields, voices)
    number = _number(with_it, against)
    reasons = []
    if with_it:
        reasons.append(f"{with_it} independent {_sources(with_it)} the same")
    if against:
        reasons.append(f"{against} {_sources(against)} otherwise of {', '.join(disputed)}")
    if not with_it and not against:
        reasons.append("no other source tells of it")
    if _gains(accounts[n]):
        number = number if number == UNJUDGED else min(number + 1, 5)
        reasons.append("said by the one who gains by it")
    return number, tuple(reasons)


def _sources(count: int) -> str:
    return "source says" if count == 1 else "sources say"


def _sides(
    accounts: Sequence[MergedAccount],
    n: int,
    fields: Sequence[Compared],
    voices: Sequence[int],
) -> tuple[int, int, tuple[str, ...]]:
    """Independent voices that agree, those that differ on something weighty, and on what. "Gunmen"
    is another value than "the Delta Front" and no contradiction: the accounts say what is.
    """
    same: set[int] = set()
    other: set[int] = set()
    disputed = []
    for field in fields:
        mine = next((s for s in field.values if n in s.accounts), None)
        if mine is None:
            continue
        same |= {voices[a] for a in mine.accounts}
        if field.verdict != "differ" or field.field not in accounts[n].differs:
            continue
        others = (a for s in field.values if s is not mine for a in s.accounts)
        theirs = {voices[a] for a in others if field.field in accounts[a].differs}
        if theirs - {voices[n]}:
            other |= theirs
            disputed.append(field.field)
    own = {voices[n]}
    return len(same - other - own), len(other - own), tuple(disputed)


def _number(with_it: int, against: int) -> int:
    """2 where one voice confirms, 1 where two do; contradiction takes that away again."""
    if against and not with_it:
        return 4 if against == 1 else 5
    if against:
        return 3 if with_it >= against else 4
    if with_it:
        return 1 if with_it > 1 else 2
    return UNJUDGED


def _gains(account: MergedAccount) -> bool:
    """Whether the accused speaks for itself: it denies what it is said to have done."""
    return account.standing == "accused" and account.status == "denied"
