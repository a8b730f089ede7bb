"""A bar on standard error over anything that takes long."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

#: A bar is shown where the work takes longer than this, seconds.
PATIENCE_S = 2.0
T = TypeVar("T")


def with_bar(
    items: Iterable[T], total: int | None, task: str, unit: str = "reports"
) -> Iterator[T]:
    """The same items, with a bar where standard error is a terminal and the work takes long."""
    columns = (
        f"{{task.fields[rate]}} {unit}/s",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    began = time.monotonic()
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    shown = progress.add_task(task, total=total, rate="-")
    try:
        for number, item in enumerate(items, 1):
            spent = time.monotonic() - began
            if spent > PATIENCE_S and sys.stderr.isatty():
                progress.start()
            progress.update(shown, completed=number, rate=f"{number / max(spent, 0.01):.1f}")
            yield item
    finally:
        progress.stop()
