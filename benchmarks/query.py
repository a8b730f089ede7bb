"""How long the usual questions take over many incidents: generated, in a backfill's layout.

    python benchmarks/query.py [--rows 5000000] [--parts 20] [--keep FOLDER]

Rows are drawn by DuckDB: three hundred districts in thirty countries, ten years, kinds as in news.
Prints rows and bytes, then the median of three runs of each question in seconds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from watchfloor.scale import Answers, Asked, Storage
from watchfloor.scale import manifest as marks
from watchfloor.scale.manifest import Manifest
from watchfloor.scale.storage import Folder
from watchfloor.scale.tables import write_table

_ROWS = """
copy (
  select 'i' || n as incident,
    (['ASSAULT', 'ASSAULT', 'PROTEST', 'COERCE', 'CONSULT', 'HARM'])[1 + h % 6] as type,
    case when h % 6 < 2 then (['explosives', 'firearms', 'aerial'])[1 + h // 7 % 3] end as mode,
    case when h % 11 = 0 then 'disputed' else 'happened' end as status, h % 9 = 0 as background,
    case when h % 13 > 0 then date '2015-01-01' + (h // 5 % 3650)::int end as day_from,
    day_from as day_to, 'Place ' || h // 3 % 20000 as place,
    (['town', 'town', 'town', 'province'])[1 + h // 11 % 4] as place_kind,
    null::varchar as gazetteer_id, 'C' || lpad((h // 3 % 30)::varchar, 2, '0') as country,
    (h // 3 % 20000) / 20000.0 * 120 - 60 as lat, (h // 3 % 19997) / 19997.0 * 360 - 180 as lon,
    10.0 as radius_km, case when h % 6 < 2 then h // 17 % 9 end as killed_low,
    killed_low as killed_high, case when h % 6 < 2 then h // 19 % 20 end as injured_low,
    injured_low as injured_high, null::bigint as abducted_low, null::bigint as abducted_high,
    null::bigint as arrested_low, null::bigint as arrested_high,
    'District ' || h // 3 % 300 as admin1, ['group ' || h // 23 % 500] as actors,
    []::varchar[] as differs, 1 + h % 3 as sources, 1 + h % 5 as reports, '{}' as doc
  from (select n, (hash(n) % 1000000007)::bigint as h from range(?, ?) t(n))
) to '{file}' (format parquet, compression zstd)
"""


def generate(folder: Path, rows: int, parts: int) -> int:
    """Write the incidents in so many files; bytes."""
    made = folder / "merged" / "m" / "incidents"
    made.mkdir(parents=True)
    for part in range(parts):
        ends = [rows * part // parts, rows * (part + 1) // parts]
        with duckdb.connect() as base:
            base.execute(_ROWS.replace("{file}", str(made / f"p{part:06}.parquet")), ends)
    write_table(Folder(str(folder), Storage()), "repeats", "merged/m/repeats.parquet", [])
    marks.save(Folder(str(folder), Storage()), Manifest(merged="merged/m", incidents=rows))
    return sum(p.stat().st_size for p in made.iterdir())


def main() -> None:
    """Generate, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--parts", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        size = generate(folder, asked.rows, asked.parts)
        print(f"{asked.rows:,} incidents, {size / 1e6:,.0f} MB")
        answers = Answers(str(folder), Storage())
        spring = {"first": date(2019, 3, 1), "last": date(2019, 5, 31)}
        questions = {
            "by month": lambda: answers.counts(Asked()),
            "by month, type, country": lambda: answers.counts(
                Asked(by=("month", "type", "country"))
            ),
            "attacks of one spring by country": lambda: answers.counts(
                Asked(by=("country",), types=("ASSAULT",), **spring)
            ),
            "within 50 km of a point": lambda: answers.near(
                Asked(near=(12.0, 44.0, 50.0), limit=50)
            ),
            "top actors": lambda: answers.actors(Asked(limit=20)),
            "harm by district": lambda: answers.harm(Asked(limit=50)),
        }
        for name, ask in questions.items():
            spent = []
            for _ in range(3):
                began = time.monotonic()
                found = len(ask().rows)
                spent.append(time.monotonic() - began)
            print(f"{name:34} {statistics.median(spent):7.2f} s  {found} rows")


if __name__ == "__main__":
    main()
