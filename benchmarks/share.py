"""How much of the time of `watchfloor ingest` the record takes, beside coding.

python -m benchmarks.share REPORTS.jsonl ...
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from watchfloor.flow import REPORTS_AT_ONCE, code_reports
from watchfloor.read import receive
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database, put


def main() -> None:
    """Print the seconds of CPU that coding and keeping took, and the share of keeping."""
    settings = Settings.from_environment()
    waiting = (r.report for r in receive(sys.argv[1:], settings) if not r.failed)
    list(code_reports(islice(waiting, REPORTS_AT_ONCE), settings))  # models are loaded once
    coding = keeping = 0.0
    reports = 0
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "record.db")
        while some := list(islice(waiting, REPORTS_AT_ONCE)):
            began = time.process_time()
            coded = list(code_reports(some, settings))
            coding += time.process_time() - began
            began = time.process_time()
            now = datetime.now(UTC)
            with database.writing() as session:
                put(session, [Arrival(coded=c, received_at=now) for c in coded])
            keeping += time.process_time() - began
            reports += len(some)
        database.close()
    share = keeping / (coding + keeping) if reports else 0.0
    print(f"{reports} reports: coding {coding:.1f} s, the record {keeping:.1f} s = {share:.1%}")


if __name__ == "__main__":
    main()
