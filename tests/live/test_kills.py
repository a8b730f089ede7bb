"""A watch that is killed in the middle of bad days loses, doubles and misses nothing."""

from __future__ import annotations

from pathlib import Path

from benchmarks.watch_kills import lived_through


def test_killed_three_times_in_two_and_a_half_days(tmp_path: Path) -> None:
    lived = lived_through(tmp_path, kills=3, steps=30, seed=11)
    assert (lived.kills, lived.alerts) == (3, 10)
    assert len(lived.told) >= 2 * lived.alerts
