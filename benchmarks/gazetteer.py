"""How fast the gazetteer is: start-up, look-ups, and an import at full size.

    python benchmarks/gazetteer.py                     start-up and look-ups
    python benchmarks/gazetteer.py --import 12000000   a synthetic dump of so many lines as well
    python benchmarks/gazetteer.py --countries MLI DEU how many towns it has in a country

Look-ups go to random names that are there and names that are not, none twice, so no cache helps.
The import runs in a process of its own, which is killed with SIGKILL after a third of the lines and
begun again; it says itself how much memory it has held.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from watchfloor.settings import Settings
from watchfloor.where.gazetteer import OWN_FILE, Gazetteer, unpacked

START = (
    "import time; from watchfloor.where.gazetteer import load;"
    "from watchfloor.settings import Settings; began = time.process_time();"
    "load(Settings.from_environment().home).named('Gao'); print(time.process_time() - began)"
)
IMPORT = """
import resource, sys
from pathlib import Path
from watchfloor.where.geonames import import_dump
def tell(done):
    print(done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
done = 0
for done in import_dump(Path(sys.argv[1]), Path(sys.argv[2])):
    tell(done)
tell(done)
"""


def start_up() -> float:
    """Processor seconds from opening the file to the first answer, in a new process."""
    run = [sys.executable, "-c", START]
    return min(float(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
               for _ in range(3))  # fmt: skip


def look_ups(path: Path, number: int) -> float:
    """Look-ups a second, of processor time."""
    base = sqlite3.connect(path)
    some = "SELECT key FROM names ORDER BY random() LIMIT ?"
    keys = [key for (key,) in base.execute(some, (number,))]
    keys = [key if n % 4 else f"{key} q" for n, key in enumerate(keys)]
    gazetteer = Gazetteer(path)
    began = time.process_time()
    for key in keys:
        gazetteer.lookup(key)
    return len(keys) / (time.process_time() - began)


def synthetic(path: Path, lines: int) -> None:
    """A dump in GeoNames' form, names made of syllables."""
    rng = random.Random(7)
    parts = "ka ro mi zu ten bar lo vi sa dor nu pel".split()
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
        out.open("allCountries.txt", "w", force_zip64=True) as text,
    ):
        for number in range(1, lines + 1):
            name = "".join(rng.choices(parts, k=4)).title()
            row = [str(number), name, name, f"{name}i", f"{rng.uniform(-60, 70):.4f}",
                   f"{rng.uniform(-180, 180):.4f}", "P", "PPL", "ML", "", "01", "", "", "",
                   "0", "", "0", "Africa/Bamako", "2024-01-01"]  # fmt: skip
            text.write(("\t".join(row) + "\n").encode())


def imported(dump: Path, home: Path, until: int | None) -> tuple[float, list[int]]:
    """Import in a process of its own, killed once `until` lines are done; None lets it end.

    Returns the seconds it took and the most memory it had held, in MB, after each batch of lines
    and at its end.
    """
    began, memory = time.perf_counter(), []
    run = [sys.executable, "-c", IMPORT, str(dump), str(home)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            done, most = line.split()
            memory.append(int(most))
            if until is not None and int(done) >= until:
                process.kill()
                break
    if until is None and process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    return time.perf_counter() - began, memory


def full_size(lines: int) -> None:
    """Import so many lines, killed once on the way, and print time, memory and what was kept."""
    with tempfile.TemporaryDirectory() as scratch:
        home, dump = Path(scratch), Path(scratch) / "allCountries.zip"
        synthetic(dump, lines)
        first, before = imported(dump, home, lines // 3)
        second, after = imported(dump, home, None)
        base = sqlite3.connect(home / OWN_FILE)
        kept, ids = base.execute("SELECT count(*), count(DISTINCT id) FROM places").fetchone()
        names, ones = base.execute(
            "SELECT count(*), count(DISTINCT key || '/' || place) FROM names"
        ).fetchone()
        base.close()
        size = (home / OWN_FILE).stat().st_size / 1e6
        print(f"import {lines:,} lines in {first:,.0f} s until killed + {second:,.0f} s after")
        print(
            f"most memory {after[0]} MB after the first lines, {after[-2]} MB after the last,"
            f" {after[-1]} MB at the end; {before[-1]} MB before it was killed"
        )
        print(f"file {size:,.0f} MB")
        print(f"kept {kept:,} places ({ids:,} different), {names:,} names ({ones:,} different)")


def coverage(path: Path, countries: list[str]) -> None:
    """Print how many towns of how many people the built-in file has in countries."""
    base = sqlite3.connect(path)
    some = "SELECT count(*), sum(population = 0) FROM places WHERE kind = 'town' AND country = ?"
    for country in countries:
        towns, unpeopled = base.execute(some, (country,)).fetchone()
        print(f"{country} {towns:,} towns, {unpeopled or 0:,} of them without a population")
    base.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--import", dest="lines", type=int, default=0)
    parser.add_argument("--look-ups", type=int, default=50_000)
    parser.add_argument("--countries", nargs="*", default=[])
    options = parser.parse_args()
    path = unpacked(Settings.from_environment().home)
    coverage(path, options.countries)
    print(f"start-up {start_up():.3f} s")
    print(f"look-ups {look_ups(path, options.look_ups):,.0f} a second")
    if options.lines:
        full_size(options.lines)


if __name__ == "__main__":
    main()
