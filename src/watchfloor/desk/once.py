"""What many ask for at once is worked out once: kept for as long as nothing has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

#: Answers that are kept.
MOST = 128


class Once:
    """Answers by key, the latest `MOST`. Who asks for one that is being worked out waits for it; a
    key must name all that the answer depends on.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Hashable, _Slot] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The answer; what `make` raises goes to who asked, and is not kept."""
        with self._lock:
            slot = self._known.setdefault(key, _Slot())
            self._known.move_to_end(key)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        with slot.lock:
            if not slot.made:
                slot.answer, slot.made = make(), True
        return slot.answer


class _Slot:
    def __init__(self) -> None:
        self.lock = Lock()
        self.made = False
        self.answer: Any = None
