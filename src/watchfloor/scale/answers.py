"""Questions to what a backfill wrote, by DuckDB over its Parquet files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import pyarrow.dataset as ds
from pyarrow import fs

from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.scale.manifest import Manifest, load
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import schema_of

#: Kilometres in a degree of latitude, and the mean radius of the earth.
DEGREE_KM, EARTH_KM = 111.2, 6371.0
#: What incidents can be counted by, and how it is had of a row.
BY: Mapping[str, str] = {
    "day": "day_from",
    "month": "date_trunc('month', day_from)",
    "year": "year(day_from)",
    "type": "type",
    "mode": "mode",
    "status": "status",
    "country": "country",
    "admin1": "admin1",
    "place": "place",
}
QUESTIONS = ("counts", "near", "actors", "harm", "coverage", "sql")
_PARTS = ("reports", "events", "claims", "problems")
_MERGED = ("incidents", "members")
_HARMS = ("killed", "injured", "abducted", "arrested")


class Asked(Record, frozen=True, kw_only=True):
    """Which incidents are meant, and how the answer is cut.

    `near` is latitude, longitude (degrees) and km. `by` are names of `BY`. `background` takes in
    what is told as history. `limit` is of rows, None for all.
    """

    by: tuple[str, ...] = ("month",)
    first: date | None = None
    last: date | None = None
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    near: tuple[float, float, float] | None = None
    background: bool = False
    limit: int | None = None


class Answer(Record, frozen=True, kw_only=True):
    """A table: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Answers:
    """The tables of a backfill as views: reports events claims problems incidents members.

    Partitions without a mark, and reports that an earlier partition holds too, are left out.
    Raises `InputError` where the folder is not one of a backfill.
    """

    def __init__(self, address: str, storage: Storage) -> None:
        folder = Folder(address, storage)
        found = load(folder)
        if found is None:
            right = "the folder that `watchfloor backfill` was given as --out"
            raise InputError("no manifest.json here", where=address, right=right)
        self.manifest: Manifest = found
        self._base = duckdb.connect()
        done = [name.removesuffix(".json") for name in folder.names("done")]
        again = f"{found.merged}/repeats.parquet" if found.merged else None
        self._view(folder, "repeats", [again] if again else [])
        for table in _PARTS:
            self._view(folder, table, [f"{table}/{part}.parquet" for part in done])
        for table in _MERGED:
            names = folder.names(f"{found.merged}/{table}") if found.merged else []
            self._view(folder, table, [f"{found.merged}/{table}/{name}" for name in names])

    def _view(self, folder: Folder, table: str, names: list[str]) -> None:
        paths = [folder.path(name) for name in names]
        kept = " anti join repeats using (part, report)" if table in _PARTS[:3] else ""
        kept = kept if self.manifest.repeats else ""
        if not paths:
            self._base.register(f"{table}_here", schema_of(table).empty_table())
            source = f"{table}_here"
        elif isinstance(folder.system, fs.LocalFileSystem):
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            source = f"read_parquet([{listed}], hive_partitioning = false)"
        else:
            made = ds.dataset(
                paths, schema=schema_of(table), filesystem=folder.system, format="parquet"
            )
            self._base.register(f"{table}_here", made)
            source = f"{table}_here"
        self._base.execute(f"create view {table} as select * from {source}{kept}")

    def sql(self, text: str, values: list[Any] | None = None) -> Answer:
        """The answer to a query in SQL; `InputError` where it makes no sense."""
        try:
            ran = self._base.execute(text, values or [])
            columns = tuple(column[0] for column in ran.description or ())
            return Answer(columns=columns, rows=ran.fetchall())
        except duckdb.Error as error:
            right = "tables: reports events claims problems incidents members"
            raise InputError(str(error), where="--sql", right=right) from error

    def counts(self, asked: Asked) -> Answer:
        """How many incidents, and how many killed by the best estimates, by some columns."""
        if unknown := [name for name in asked.by if name not in BY]:
            right = f"any of {', '.join(BY)}"
            raise InputError(f"cannot be counted by {unknown[0]!r}", where="--by", right=right)
        where, values = _where(asked)
        columns = ", ".join(f"{BY[name]} as {name}_" for name in asked.by)
        order = ", ".join(str(n + 1) for n in range(len(asked.by)))
        answer = self.sql(
            f"select {columns}, count(*) as incidents, sum(killed_low) as killed_at_least"
            f" from incidents where {where} group by {order} order by {order} nulls last"
            f"{_limit(asked)}", values,
        )  # fmt: skip
        rows = [(*map(_month, asked.by, row), *row[len(asked.by) :]) for row in answer.rows]
        return Answer(columns=(*asked.by, *answer.columns[len(asked.by) :]), rows=rows)

    def near(self, asked: Asked) -> Answer:
        """Incidents near a point, the nearest first. What is known only to lie in an area is not
        among them: an area is no pin.
        """
        where, values = _where(asked)
        return self.sql(
            "select round(km, 1) as km, day_from, type, mode, status, place, country, killed_low,"
            f" reports, incident from (select *, {_KM} as km from incidents where {where})"
            f" order by km, incident{_limit(asked)}",
            [*_centre(asked), *values],
        )

    def actors(self, asked: Asked) -> Answer:
        """Who is said to have done it, the most often named first."""
        where, values = _where(asked)
        return self.sql(
            "select actor, count(*) as incidents, sum(killed_low) as killed_at_least from"
            f" (select unnest(actors) as actor, * from incidents where {where})"
            f" group by actor order by incidents desc, actor{_limit(asked)}", values,
        )  # fmt: skip

    def harm(self, asked: Asked) -> Answer:
        """People harmed by country and district; a sum is over the incidents that state it."""
        where, values = _where(asked)
        sums = ", ".join(f"sum({h}_low) as {h}_at_least" for h in _HARMS)
        return self.sql(
            f"select country, admin1, count(*) as incidents, {sums} from incidents where {where}"
            f" group by all order by killed_at_least desc nulls last, incidents desc, country,"
            f" admin1{_limit(asked)}", values,
        )  # fmt: skip

    def coverage(self, asked: Asked) -> Answer:
        """By month of publication: reports, outlets, reports that were coded, and events."""
        return self.sql(
            "select substr(published, 1, 7) as month, count(*) as reports,"
            " count(distinct outlet) as outlets, count(*) filter (coded) as coded,"
            f" sum(events) as events from reports group by 1 order by 1 nulls last{_limit(asked)}"
        )


#: Great-circle distance from a point, by the haversine formula.
_KM = (
    f"2 * {EARTH_KM} * asin(sqrt(pow(sin(radians(lat - ?) / 2), 2) + cos(radians(?)) *"
    " cos(radians(lat)) * pow(sin(radians(lon - ?) / 2), 2)))"
)


def _month(name: str, value: Any) -> Any:
    """A month as 2031-05; other values as they are. Formatting every row would take longer."""
    return value.strftime("%Y-%m") if name == "month" and value else value


def _centre(asked: Asked) -> list[float]:
    if asked.near is None:
        raise InputError("near what?", where="query near", right="--near LAT,LON,KM")
    lat, lon, _ = asked.near
    return [lat, lat, lon]


def _limit(asked: Asked) -> str:
    return "" if asked.limit is None else f" limit {int(asked.limit)}"


def _where(asked: Asked) -> tuple[str, list[Any]]:
    """The condition that an incident is meant, and its values."""
    clauses, values = ["true" if asked.background else "not background"], list[Any]()
    for column, some in (
        ("type", asked.types), ("country", asked.countries), ("status", asked.statuses),
    ):  # fmt: skip
        if some:
            clauses.append(f"{column} in ({', '.join('?' for _ in some)})")
            values += some
    if asked.first:
        clauses.append("day_to >= ?")
        values.append(asked.first)
    if asked.last:
        clauses.append("day_from <= ?")
        values.append(asked.last)
    if asked.near:
        lat, _, km = asked.near
        clauses.append("place_kind in ('point', 'town', 'facility') and lat between ? and ?")
        clauses.append(f"{_KM} <= ?")
        values += [lat - km / DEGREE_KM, lat + km / DEGREE_KM, *_centre(asked), km]
    return " and ".join(clauses), values
