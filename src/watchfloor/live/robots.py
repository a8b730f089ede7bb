"""What a host allows to be asked for (robots.txt, RFC 9309), and how often it is asked."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock
from urllib.parse import urlsplit

from protego import Protego

from watchfloor.errors import InputError, RefusedError, StatusError
from watchfloor.read import fetch
from watchfloor.settings import Settings

#: The name by which robots.txt may speak of us.
AGENT = "watchfloor"
#: Seconds for which what a robots.txt said holds (RFC 9309, 2.4: no more than a day).
HOLDS_S = 24 * 3600.0
#: Seconds for which a robots.txt that did not answer is not asked again.
AGAIN_S = 300.0
#: The longest wait between two requests that a robots.txt can ask for, seconds.
LONGEST_S = 600.0

#: What a host allows, or why it could not be asked: nothing is allowed then (RFC 9309, 2.3.1.4).
Rules = Protego | InputError


#: Takes the next turn at a host, after which it is left alone for so many seconds; the seconds
#: until that turn comes.
Turn = Callable[[str, float], float]


@dataclass
class Own:
    """Turns at hosts that one process takes, by `time.monotonic`."""

    free: dict[str, float] = field(default_factory=dict)

    def __call__(self, host: str, gap_s: float) -> float:
        """As `Turn`."""
        now = time.monotonic()
        comes = max(now, self.free.get(host, now))
        self.free[host] = comes + gap_s
        return comes - now


@dataclass
class Manners:
    """What is known of each host: its rules, and whose `turn` it is.

    Threads that ask one host take turns; those that ask others do not wait for it.
    """

    turn: Turn = field(default_factory=Own)
    said: dict[str, tuple[float, Rules]] = field(default_factory=dict)
    locks: defaultdict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))
    stopped: Event = field(default_factory=Event)

    def heed(self, url: str, settings: Settings) -> None:
        """Wait for the host's turn.

        Raises RefusedError where its robots.txt forbids that, and the fault itself where the host
        cannot be asked for it: it is down, its address is private, or the watch was stopped.
        """
        host = _host(url)
        with self.locks[host]:
            rules = self._rules(host, settings)
            if isinstance(rules, InputError):
                raise rules
            if not rules.can_fetch(url, AGENT):
                right = "a feed of the host, or its leave"
                raise RefusedError("robots.txt forbids it", where=url, right=right)
            self._wait(host, min(LONGEST_S, rules.crawl_delay(AGENT) or 0.0), settings)

    def _rules(self, host: str, settings: Settings) -> Rules:
        known = self.said.get(host)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        self._wait(host, 0.0, settings)
        rules, holds = _asked(host, settings)
        self.said[host] = (time.monotonic() + holds, rules)
        return rules

    def _wait(self, host: str, delay: float, settings: Settings) -> None:
        if self.stopped.wait(self.turn(host, max(delay, settings.host_gap_s))):
            raise InputError("not asked: the watch was stopped", where=host)


def _asked(host: str, settings: Settings) -> tuple[Rules, float]:
    """The rules of a host, everything where it has none, and for how many seconds they hold."""
    try:
        text = fetch(f"{host}/robots.txt", settings).data.decode("utf-8", "replace")
    except StatusError as error:
        return (Protego.parse(""), HOLDS_S) if 400 <= error.status < 500 else (error, AGAIN_S)
    except InputError as error:
        return error, AGAIN_S
    return Protego.parse(text), HOLDS_S


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
