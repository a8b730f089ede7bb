"""Build the wheel, open it, and see that every data file and every built asset is inside."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from build_assets import COPIED

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Exit with 1 and name what is missing."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", scratch]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = Path(scratch).glob("*.whl")
        inside = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "src/watchfloor"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    built = [
        f"src/watchfloor/desk/static/vendor/{name}" for name in (*COPIED.values(), "world.json")
    ]
    missing = [path for path in (*tracked, *built) if path.removeprefix("src/") not in inside]
    print(f"wheel: {len(inside)} files, {len(missing)} missing")
    for path in missing:
        print(f"  missing: {path}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
