"""What one person may see of the record: TLP markings, and a liaison's own sites.

It is laid over every query of a reading session, so that no page, feed or count can forget it: a
table that holds something marked is replaced by the part of it that the person may see.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, text
from sqlalchemy.schema import Column, Table
from sqlalchemy.sql import Subquery
from sqlalchemy.sql.visitors import replacement_traverse

from watchfloor.errors import StoreError
from watchfloor.ledger import COMMITMENT
from watchfloor.records import Record
from watchfloor.store import audit_tables as a
from watchfloor.store import response_tables as r
from watchfloor.store import tables as t
from watchfloor.store import watch_tables as w
from watchfloor.store.markings import MARKINGS
from watchfloor.store.tables import metadata


class Sight(Record, frozen=True, kw_only=True):
    """Whose: what is marked so, what they are named to read, and (None: all) alerts of which
    register entries' sites.
    """

    user: str
    markings: tuple[str, ...]
    sites: tuple[str, ...] | None = None


#: What is hidden; MARKED is the list of markings that are not seen.
REPORTS = (
    "SELECT id FROM report WHERE marking IN (MARKED) AND id NOT IN "
    "(SELECT subject FROM reader WHERE kind = 'report' AND \"user\" = :sight_user)"
)
INCIDENTS = (
    "SELECT id FROM incident WHERE marking IN (MARKED) AND id NOT IN "
    "(SELECT subject FROM reader WHERE kind = 'incident' AND \"user\" = :sight_user)"
)
CASES = (
    "SELECT n FROM desk_case WHERE marking IN (MARKED) AND CAST(n AS TEXT) NOT IN "
    "(SELECT subject FROM reader WHERE kind = 'case' AND \"user\" = :sight_user)"
)
PAPERS = (
    "SELECT n FROM paper WHERE marking IN (MARKED) AND CAST(n AS TEXT) NOT IN "
    "(SELECT subject FROM reader WHERE kind = 'paper' AND \"user\" = :sight_user)"
)
OF_CASE = f'("case" IS NULL OR "case" NOT IN ({CASES}))'
#: An alert about a commitment names its report in place of an incident: COMMITMENT REPORT:OFFSET.
_DIGITS = "'0123456789'"
_LINE = f"rtrim(substr(incident, {len(COMMITMENT) + 1}), {_DIGITS})"
ALERTS = (
    f"incident NOT IN ({INCIDENTS}) AND (incident NOT LIKE '{COMMITMENT}%' "
    f"OR {_LINE} NOT IN (SELECT id || ':' FROM ({REPORTS}) AS hidden))"
)
#: A release is of a report, or of a version of a paper: PAPER.VERSION.
RELEASES = (
    f"subject NOT IN ({REPORTS}) AND (kind <> 'paper' OR rtrim(rtrim(subject, {_DIGITS}), '.') "
    f"NOT IN (SELECT CAST(n AS TEXT) FROM ({PAPERS}) AS hidden))"
)
OF_REPORT = f"report NOT IN ({REPORTS})"
#: Of each table that holds something marked, the rows that are seen.
SEEN: dict[Table, str] = {
    t.report: f"id NOT IN ({REPORTS})",
    t.incident: f"id NOT IN ({INCIDENTS})",
    t.history: f"incident NOT IN ({INCIDENTS})",
    t.judgement: f"id NOT IN (SELECT judgement FROM judged WHERE report IN ({REPORTS}))",
    w.alert: ALERTS,
    **dict.fromkeys(
        (w.alert_log, r.verification), f"alert IN (SELECT id FROM alert WHERE {ALERTS})"
    ),
    **dict.fromkeys(
        (t.revision, t.event, t.party, t.actor, t.place, t.claim, t.commitment, t.deed, t.judged,
         t.node),
        OF_REPORT,
    ),
    r.desk_case: f"n NOT IN ({CASES})",
    **{table: OF_CASE for table in metadata.tables.values() if "case" in table.c},
    a.release: RELEASES,
    r.paper: f"{OF_CASE} AND n NOT IN ({PAPERS})",
    r.paper_version: f"paper NOT IN ({PAPERS})",
}  # fmt: skip
#: Of alerts, their log and verifications, and of assurances, for who sees their own sites only.
OWN = {
    w.alert: "register IN :sight_sites",
    **dict.fromkeys(
        (w.alert_log, r.verification),
        "alert IN (SELECT id FROM alert WHERE register IN :sight_sites)",
    ),
    r.assurance: "(site IN :sight_sites OR 'sites:' || site IN :sight_sites)",
}


def narrowed(statement: Any, sight: Sight) -> Any:
    """The statement over what may be seen. Raises StoreError for raw SQL, which cannot be."""
    if not isinstance(statement, Select | CompoundSelect):
        raise StoreError("raw SQL cannot be narrowed to what may be seen", where=sight.user)
    views = _views(sight)

    def replace(element: Any, **_: Any) -> Any:
        if isinstance(element, Table):
            return views.get(element.name)
        if isinstance(element, Column) and isinstance(element.table, Table):
            view = views.get(element.table.name)
            return None if view is None else view.c[element.key]
        return None

    return replacement_traverse(statement, {}, replace)


@lru_cache(maxsize=1024)
def _views(sight: Sight) -> dict[str, Subquery]:
    marked = ", ".join(f"'{m}'" for m in MARKINGS if m not in sight.markings)
    narrow = {**dict.fromkeys(OWN, "true"), **SEEN} if sight.sites is not None else SEEN
    return {table.name: _view(table, seen, marked, sight) for table, seen in narrow.items()}


def _view(table: Table, seen: str, marked: str, sight: Sight) -> Subquery:
    if sight.sites is not None and table in OWN:
        seen = f"{seen} AND {OWN[table]}"
    made = text(f"SELECT * FROM {table.name} WHERE {seen.replace('MARKED', marked or 'NULL')}")
    if ":sight_user" in seen:
        made = made.bindparams(sight_user=sight.user)
    if ":sight_sites" in seen:
        own = [f"sites:{site}" for site in sight.sites or ()] or [""]  # an empty list has no type
        made = made.bindparams(bindparam("sight_sites", own, expanding=True))
    return made.columns(*table.c).subquery(table.name)
