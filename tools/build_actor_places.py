"""Draw the table of places that tell a report's country from the gazetteer.

    python tools/build_actor_places.py GAZETTEER.sqlite.xz OUT.tsv

A province or a town of at least LEAST people is taken where its name means one country: no place
of that name elsewhere has a CONTEST-th of its people, and it is neither an ordinary word nor the
name of a country.
"""

from __future__ import annotations

import lzma
import sqlite3
import sys
import tempfile
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from watchfloor.where.names import key_of

LEAST = 25_000
CONTEST = 4
#: People that a province counts for when names are weighed: more than most towns.
PROVINCE = 400_000
HEADER = (
    "# Towns and provinces whose name tells the country; drawn from the gazetteer (GeoNames, CC BY"
    " 4.0)\n# by tools/build_actor_places.py. One line a country.\ncountry\tnames\n"
)


def main(source: Path, out: Path) -> None:
    """Write OUT.tsv: a country and its names on each line."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
        file.write(lzma.decompress(source.read_bytes()))
        file.flush()
        base = sqlite3.connect(file.name)
        weights: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        kinds: dict[str, set[str]] = defaultdict(set)
        query = "SELECT key, country, population, kind FROM names JOIN places ON number = place"
        for key, country, people, kind in base.execute(query):
            kinds[key].add(kind)
            if country:
                size = max(people or 0, PROVINCE if kind == "province" else 0)
                weights[key][country] = max(weights[key][country], size)
        ordinary = {
            word.lower()
            for word in files("watchfloor.data")
            .joinpath("ordinary_words.txt")
            .read_text(encoding="utf-8")
            .split()
        }
        names: dict[str, set[str]] = defaultdict(set)
        rows = base.execute(
            "SELECT name, country, population, kind FROM places WHERE country IS NOT NULL AND"
            " (kind = 'province' OR (kind = 'town' AND population >= ?))",
            (LEAST,),
        )
        for name, country, _, _ in rows:
            key = key_of(name)
            others = [size for other, size in weights[key].items() if other != country]
            if (
                len(name) > 3
                and "country" not in kinds[key]
                and name.lower() not in ordinary
                and weights[key][country] > CONTEST * max(others, default=0)
            ):
                names[country] |= {name, _plain(name)}
    lines = [f"{country}\t{';'.join(sorted(found))}" for country, found in sorted(names.items())]
    out.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def _plain(name: str) -> str:
    """The name without accents, as most wires write it."""
    letters = unicodedata.normalize("NFD", name)
    return "".join(c for c in letters if not unicodedata.combining(c))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
