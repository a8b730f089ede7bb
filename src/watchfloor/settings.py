"""One frozen record of settings, built once and passed in."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of watchfloor may be told.

    `home` is where files built or kept by watchfloor live (gazetteer, store). `learned` turns
    the trained models on; without them the rules work alone. `batch` is how many sentences the
    parser takes at once. `debug` lets a fault in a stage through, where otherwise it costs one
    report only. `store` is the record's file or URL, None for one in `home`. `worldview`
    says whose a disputed place is (docs/places.md). `zone` is the time zone in which the desk
    shows times. `rules` is the desk's own rules file, None for the rules that come with watchfloor.
    `host_gap_s` is the least time
    between two requests of the watch to one host. Sizes are in bytes, times in seconds.
    """

    home: Path = Path.home() / ".local" / "share" / "watchfloor"
    learned: bool = True
    batch: int = 128
    max_bytes: int = 50_000_000
    timeout_s: float = 20.0
    host_gap_s: float = 1.0
    allow_private: bool = False
    actors_file: Path | None = None
    worldview: str = "un"
    debug: bool = False
    store: str | None = None
    zone: str = "UTC"
    rules: Path | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Settings from WATCHFLOOR_HOME, _STORE, _ZONE, _WORLDVIEW and _RULES."""
        home, store = os.environ.get("WATCHFLOOR_HOME"), os.environ.get("WATCHFLOOR_STORE")
        rules = os.environ.get("WATCHFLOOR_RULES")
        made = cls(
            zone=os.environ.get("WATCHFLOOR_ZONE") or "UTC",
            store=store or None,
            rules=Path(rules) if rules else None,
            worldview=os.environ.get("WATCHFLOOR_WORLDVIEW") or "un",
        )
        return msgspec.structs.replace(made, home=Path(home)) if home else made

    @property
    def record(self) -> str:
        """Where the record is: a file, or the URL of a PostgreSQL database."""
        return self.store or str(self.home / "record.db")
