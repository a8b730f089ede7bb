"""CSV files that somebody sends as the register: every line checked, all problems said at once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from watchfloor.settings import Settings
from watchfloor.watch import Register, read_register
from watchfloor.watch.register import problems_in
from watchfloor.where.locate import locate

NAMES = ("sites.csv", "groups.csv", "journeys.csv")


def taken(given: Mapping[str, bytes], settings: Settings) -> tuple[Register, list[str]]:
    """The register of these files by name, and what is wrong with them; empty where anything is."""
    wrong = [
        f"{name or 'a file'}: is none of {', '.join(NAMES)}" for name in given if name not in NAMES
    ]
    if not given or wrong:
        return Register(), wrong or [f"no file: send {', '.join(NAMES)}"]
    with tempfile.TemporaryDirectory() as scratch:
        for name, content in given.items():
            Path(scratch, name).write_bytes(content)

        def find(name: str, country: str | None) -> tuple[float, float]:
            return locate(name, country, settings)

        problems = problems_in(Path(scratch), find)
        return (Register(), problems) if problems else (read_register(Path(scratch), find), [])
