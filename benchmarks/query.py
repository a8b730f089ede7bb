"""How long the usual questions take over many events: generated, in a backfill's layout.

    python benchmarks/query.py [--rows 1000000] [--parts 4] [--copies 1] [--runs 3]

`--rows` events, as many incidents (the most there can be), a third as many reports, some of them
repeats; the files are then copied until there are `--copies` of each. Rows are drawn by DuckDB:
three hundred districts in thirty countries, ten years, kinds as in news; texts are left out. All
is written to the folder for temporary files and removed at the end. Prints rows, bytes and the
seconds of writing, then each question's median in seconds of wall time and of CPU, and the most
memory that was held.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from watchfloor.scale import Answer, Answers, Asked, Storage
from watchfloor.scale import manifest as marks
from watchfloor.scale.manifest import Done, Manifest
from watchfloor.scale.parts import Part
from watchfloor.scale.storage import Folder
from watchfloor.scale.tables import COLUMNS, write_table

#: What incidents and events share, drawn of the hash `h` of a number `n`.
_WHAT = {
    "type": "(['ASSAULT', 'ASSAULT', 'PROTEST', 'COERCE', 'CONSULT', 'HARM'])[1 + h % 6]",
    "mode": "case when h % 6 < 2 then (['explosives', 'firearms', 'aerial'])[1 + h // 7 % 3] end",
    "status": "case when h % 11 = 0 then 'disputed' else 'happened' end",
    "background": "h % 9 = 0",
    "day_from": "case when h % 13 > 0 then date '2015-01-01' + (h // 5 % 3650)::int end",
    "day_to": "case when h % 13 > 0 then date '2015-01-01' + (h // 5 % 3650)::int end",
    "place": "'Place ' || h // 3 % 20000",
    "place_kind": "(['town', 'town', 'town', 'province'])[1 + h // 11 % 4]",
    "country": "'C' || lpad((h // 3 % 30)::varchar, 2, '0')",
    "lat": "(h // 3 % 20000) / 20000.0 * 120 - 60",
    "lon": "(h // 3 % 19997) / 19997.0 * 360 - 180",
    "radius_km": "10.0",
    "killed_low": "case when h % 6 < 2 then h // 17 % 9 end",
    "killed_high": "case when h % 6 < 2 then h // 17 % 9 end",
    "injured_low": "case when h % 6 < 2 then h // 19 % 20 end",
    "injured_high": "case when h % 6 < 2 then h // 19 % 20 end",
    "admin1": "'District ' || h // 3 % 300",
}
_DAY = "strftime(date '2015-01-01' + (n * 3650 // {rows})::int, '%Y-%m-%d')"
_DRAWN = {
    "incidents": {
        **_WHAT, "incident": "'i' || n", "actors": "['group ' || h // 23 % 500]",
        "differs": "[]", "sources": "1 + h % 3", "reports": "1 + h % 5", "doc": "'{{}}'",
    },
    "events": {
        **_WHAT, "part": "'{part}'", "report": "'r' || n // 3", "event": "'e' || n % 3",
        "published": _DAY, "outlet": "'outlet ' || h // 29 % 2000", "trigger": "'attacked'",
        "start": "h % 2000", "end": "h % 2000 + 8", "actor": "'group ' || h // 23 % 500",
        "actor_country": "'C' || lpad((h // 31 % 30)::varchar, 2, '0')",
        "target": "'target ' || h // 37 % 900",
        "target_country": "'C' || lpad((h // 3 % 30)::varchar, 2, '0')", "confidence": "0.8",
    },
    "reports": {
        "part": "'{part}'", "report": "'r' || n", "published": _DAY, "language": "'en'",
        "outlet": "'outlet ' || h // 29 % 2000", "url": "'https://example.org/' || n",
        "coded": "h % 5 > 0", "events": "case when h % 5 > 0 then 3 else 0 end",
    },
    "repeats": {"part": "'{part}'", "report": "'r' || n * 50"},
}  # fmt: skip


def generate(folder: Path, rows: int, parts: int, copies: int) -> int:
    """Write the tables in `parts` files each, and so many copies of these; bytes."""
    out = Folder(str(folder), Storage())
    with duckdb.connect() as base:
        base.execute("set memory_limit = '4GB'")
        for number in range(parts):
            part = f"p{number:06}"
            ends = [rows * n // parts for n in (number, number + 1)]
            thirds = [end // 3 for end in ends]
            _draw(base, "incidents", folder / f"merged/m/incidents/{part}.parquet", rows, *ends)
            _draw(base, "events", folder / f"events/{part}.parquet", rows, *ends)
            _draw(base, "reports", folder / f"reports/{part}.parquet", rows // 3, *thirds)
            for table in ("claims", "problems"):
                write_table(out, table, f"{table}/{part}.parquet", [])
            for copy in range(copies):
                _mark(folder, out, part, f"{part}c{copy:03}" if copy else part)
        again = rows // 3 // 50
        _draw(base, "repeats", folder / "merged/m/repeats.parquet", again, 0, again // parts)
    made = Manifest(merged="merged/m", incidents=rows * copies, repeats=again // parts, whole=True)
    marks.save(out, made)
    return sum(p.stat().st_size for p in folder.rglob("*.parquet"))


def _mark(folder: Path, out: Folder, part: str, name: str) -> None:
    """Copy a partition's files to another name, if it is another, and mark it as done."""
    if name != part:
        for file in list(folder.rglob(f"{part}.parquet")):
            shutil.copyfile(file, file.with_stem(name))
    marks.mark(out, Done(part=Part(name=name, address=f"{name}.jsonl", size=1)))


def _draw(
    base: duckdb.DuckDBPyConnection, table: str, file: Path, rows: int, first: int, stop: int
) -> None:
    """Write the rows `first` to `stop` of a table's `rows`; what is not drawn is NULL."""
    file.parent.mkdir(parents=True, exist_ok=True)
    drawn = _DRAWN[table]
    columns = ", ".join(
        f'({drawn.get(name, "null")})::{_kind(kind)} as "{name}"'
        for name, kind in COLUMNS[table].items()
    ).format(part=file.stem if table != "repeats" else "p000000", rows=rows)
    numbered = f"select n, (hash(n) % 1000000007)::bigint as h from range({first}, {stop}) t(n)"
    base.execute(
        f"copy (select {columns} from ({numbered})) to '{file}' (format parquet, compression zstd)"
    )


def _kind(arrow: object) -> str:
    """The name that DuckDB has for a type of Arrow's."""
    known = {"string": "varchar", "int64": "bigint", "bool": "boolean", "date32[day]": "date"}
    name = str(arrow)
    return "varchar[]" if name.startswith("list") else known.get(name, name)


def questions(answers: Answers) -> dict[str, Callable[[], Answer]]:
    """The usual ones, and two in SQL over the events themselves."""
    spring = {"first": date(2019, 3, 1), "last": date(2019, 5, 31)}
    by = Asked(by=("month", "type", "country"))
    attacks = Asked(by=("country",), types=("ASSAULT",), **spring)  # type: ignore[arg-type]
    dyads = (
        "select year(day_from) as year, actor_country, target_country, count(*) from events"
        " where type = 'ASSAULT' and not background group by all order by 4 desc limit 50"
    )
    one = (
        "select day_from, type, place, target, killed_low, report from events"
        " where actor = 'group 7' and country = 'C07' order by day_from desc limit 50"
    )
    return {
        "incidents by month": lambda: answers.counts(Asked()),
        "by month, type, country": lambda: answers.counts(by),
        "attacks of one spring by country": lambda: answers.counts(attacks),
        "within 50 km of a point": lambda: answers.near(Asked(near=(12.0, 44.0, 50.0), limit=50)),
        "top actors": lambda: answers.actors(Asked(limit=20)),
        "harm by district": lambda: answers.harm(Asked(limit=50)),
        "coverage by month (reports)": lambda: answers.coverage(Asked()),
        "who attacked whom, by year (events)": lambda: answers.sql(dyads),
        "latest of one group in one country (events)": lambda: answers.sql(one),
    }


def main() -> None:
    """Generate, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        began = time.monotonic()
        size = generate(folder, asked.rows, asked.parts, asked.copies)
        print(f"{asked.rows * asked.copies:,} events, {size / 1e6:,.0f} MB, written in "
              f"{time.monotonic() - began:,.0f} s", flush=True)  # fmt: skip
        for name, ask in questions(Answers(str(folder), Storage())).items():
            wall, cpu = [], []
            for _ in range(asked.runs):
                at, worked = time.monotonic(), time.process_time()
                found = len(ask().rows)
                wall.append(time.monotonic() - at)
                cpu.append(time.process_time() - worked)
            print(f"{name:44} {statistics.median(wall):7.2f} s  {statistics.median(cpu):7.2f} s of "
                  f"CPU  {found} rows", flush=True)  # fmt: skip
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"the most memory held: {held:,.0f} MB")


if __name__ == "__main__":
    main()
