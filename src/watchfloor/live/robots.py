"""What a host allows to be asked for (robots.txt, RFC 9309), and how often it is asked."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from threading import Lock
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
LONGEST_S = 30.0

#: What a host allows, or why it could not be asked: nothing is allowed then (RFC 9309, 2.3.1.4).
Rules = Protego | InputError


@dataclass
class Manners:
    """What is known of each host: its rules and when it was asked last, by `time.monotonic`.

    Threads that ask one host take turns; those that ask others do not wait for it.
    """

    said: dict[str, tuple[float, Rules]] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    turns: defaultdict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))

    def heed(self, url: str, settings: Settings) -> None:
        """Wait for the host's turn.

        Raises RefusedError where its robots.txt forbids that, and the fault itself where the host
        cannot be asked for it: it is down, or its address is private.
        """
        host = _host(url)
        with self.turns[host]:
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
        rules, holds = _asked(host, settings)
        self.said[host] = (time.monotonic() + holds, rules)
        return rules

    def _wait(self, host: str, delay: float, settings: Settings) -> None:
        gap = max(delay, settings.host_gap_s)
        last = self.asked.get(host)
        if last is not None:
            time.sleep(max(0.0, last + gap - time.monotonic()))
        self.asked[host] = time.monotonic()


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
