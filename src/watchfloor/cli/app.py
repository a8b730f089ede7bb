"""The `watchfloor` command."""

from __future__ import annotations

import sys

import msgspec

from watchfloor.flow import code_reports
from watchfloor.records import Report
from watchfloor.settings import Settings


def main() -> None:
    """Run the command line."""
    lines = (msgspec.json.decode(line, type=Report) for line in sys.stdin.buffer)
    for coded in code_reports(lines, Settings.from_environment()):
        sys.stdout.buffer.write(msgspec.json.encode(coded) + b"\n")
