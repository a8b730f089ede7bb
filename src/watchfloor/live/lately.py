"""What addresses answered lately, so that a server need only say that nothing changed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from watchfloor.read.fetch import Fetched, asking_whether_changed

T = TypeVar("T")


@dataclass
class Lately(Generic[T]):
    """What was made of answers that can be asked for conditionally (RFC 9110, 13), up to `most` of
    size 1; those asked for longest ago are forgotten first.
    """

    most: int
    kept: OrderedDict[str, tuple[dict[str, str], T, int]] = field(default_factory=OrderedDict)
    size: int = 0
    turn: Lock = field(default_factory=Lock)

    def headers(self, url: str) -> dict[str, str]:
        """What an address is asked with; empty where nothing is kept of it."""
        with self.turn:
            return dict(self.kept[url][0]) if url in self.kept else {}

    def same(self, url: str) -> T | None:
        """What was made of the answer that did not change, None where none is kept."""
        with self.turn:
            if url not in self.kept:
                return None
            self.kept.move_to_end(url)
            return self.kept[url][1]

    def keep(self, url: str, got: Fetched, made: T, size: int = 1) -> None:
        """Keep what was made of an answer, where its server gave something to ask with."""
        asked = asking_whether_changed(got.headers.get("etag"), got.headers.get("last-modified"))
        with self.turn:
            self._forget(url)
            if asked and size <= self.most:
                self.kept[url] = asked, made, size
                self.size += size
            while self.size > self.most:
                self._forget(next(iter(self.kept)))

    def _forget(self, url: str) -> None:
        _, _, size = self.kept.pop(url, ({}, None, 0))
        self.size -= size
