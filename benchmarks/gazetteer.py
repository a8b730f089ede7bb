"""How fast the gazetteer is: start-up, look-ups, and an import at full size.

    python benchmarks/gazetteer.py                     start-up and look-ups
    python benchmarks/gazetteer.py --import 12000000   a synthetic dump of so many lines as well

Look-ups go to random names that are there and names that are not, none twice, so no cache helps.
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
from watchfloor.where.gazetteer import Gazetteer, unpacked
from watchfloor.where.geonames import import_dump

START = (
    "import time; from watchfloor.where.gazetteer import load;"
    "from watchfloor.settings import Settings; began = time.process_time();"
    "load(Settings.from_environment().home).named('Gao'); print(time.process_time() - began)"
)


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


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--import", dest="lines", type=int, default=0)
    parser.add_argument("--look-ups", type=int, default=50_000)
    options = parser.parse_args()
    path = unpacked(Settings.from_environment().home)
    print(f"start-up {start_up():.3f} s")
    print(f"look-ups {look_ups(path, options.look_ups):,.0f} a second")
    if options.lines:
        with tempfile.TemporaryDirectory() as scratch:
            dump = Path(scratch) / "allCountries.zip"
            synthetic(dump, options.lines)
            began = time.perf_counter()
            for _ in import_dump(dump, Path(scratch)):
                pass
            spent = time.perf_counter() - began
            print(f"import {options.lines:,} lines in {spent:,.0f} s")


if __name__ == "__main__":
    main()
