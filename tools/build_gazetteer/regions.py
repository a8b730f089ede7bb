"""Put the hand-kept regions into a built gazetteer again, without its other sources.

    python tools/build_gazetteer/regions.py src/watchfloor/data/gazetteer.sqlite.xz

For when only `data/places_regions.tsv` has changed; `build.py` makes the whole file.
"""

from __future__ import annotations

import csv
import lzma
import sqlite3
import sys
import tempfile
from pathlib import Path

from watchfloor.where.names import key_of

REGIONS = Path(__file__).parents[2] / "src/watchfloor/data/places_regions.tsv"
#: A region outweighs the towns that share its name as a town of so many people would.
POPULATION = 1_000_000


def refresh(packed: Path) -> int:
    """Replace the regions in a packed gazetteer; returns how many it now has."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "gazetteer.sqlite"
        path.write_bytes(lzma.decompress(packed.read_bytes()))
        base = sqlite3.connect(path)
        ours = "SELECT number FROM places WHERE id LIKE 'watchfloor:%'"
        base.execute(f"DELETE FROM names WHERE place IN ({ours})")
        base.execute("DELETE FROM places WHERE id LIKE 'watchfloor:%'")
        first = base.execute("SELECT max(number) + 1 FROM places").fetchone()[0]
        with REGIONS.open(encoding="utf-8") as lines:
            rows = list(csv.DictReader((x for x in lines if x[0] != "#"), delimiter="\t"))
        for number, row in enumerate(rows, first):
            names = row["names"].split(";")
            keys = {key for name in names if (key := key_of(name))}
            base.execute(
                "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (number, f"watchfloor:{key_of(names[0])}", names[0], row["kind"],
                 row["country"] or None, None, float(row["lat"]), float(row["lon"]),
                 float(row["radius_km"]), POPULATION, len(keys), row["worldview"]),
            )  # fmt: skip
            base.executemany("INSERT INTO names VALUES (?,?)", [(k, number) for k in keys])
        base.commit()
        base.execute("VACUUM")
        base.close()
        packed.write_bytes(lzma.compress(path.read_bytes(), preset=6))
    return len(rows)


if __name__ == "__main__":
    print(refresh(Path(sys.argv[1])), "regions")
