"""Every error that watchfloor raises on purpose.

    WatchfloorError
    ├── InputError          a report, file, page or feed that cannot be read
    │   ├── RefusedError    an address or size that the settings or a host forbid
    │   └── StatusError     an HTTP status that is no answer
    ├── SettingsError       a setting, register or rule that makes no sense
    ├── DataError           a vocabulary, model or gazetteer that is missing or damaged
    ├── StoreError          the record cannot be opened, read or written
    └── ClusterError        a cluster that cannot be reached, or was lost in the middle

Each says what was wrong, where, and what would be right; the facts are attributes too.
"""

from __future__ import annotations

import re

#: Who is to be let in, in an address, and what in its query lets somebody in.
_USER = re.compile(r"(?<=://)[^/\s@'\"]*@")
_KEY = re.compile(
    r"([?&][\w-]*(?:key|token|secret|password|passwd|pwd|auth|signature)=)[^&\s'\"]+", re.I
)


def without_secrets(text: str) -> str:
    """A text whose addresses hold no user, password or key any more."""
    return _KEY.sub(r"\1…", _USER.sub("", text))


class WatchfloorError(Exception):
    """Base of all errors; its text is fit to be shown to a user, and logged, as it stands."""

    def __init__(self, what: str, *, where: str | None = None, right: str | None = None) -> None:
        self.what = what = without_secrets(what)
        self.where = where = without_secrets(where) if where else where
        self.right = right
        parts = [f"{where}: {what}" if where else what]
        if right:
            parts.append(right)
        super().__init__("; ".join(parts))


class InputError(WatchfloorError):
    """A report, file, page or feed that cannot be read."""


class RefusedError(InputError):
    """An address or a size that the settings, or the host itself, forbid."""


class StatusError(InputError):
    """A server answered with an HTTP status that is no answer; `status` is its number."""

    def __init__(self, status: int, *, where: str) -> None:
        self.status = status
        super().__init__(f"answered with status {status}", where=where)


class SettingsError(WatchfloorError):
    """A setting, register or rule that makes no sense."""


class DataError(WatchfloorError):
    """A vocabulary, model or gazetteer that is missing or damaged."""


class StoreError(WatchfloorError):
    """The record cannot be opened, read or written."""


class ClusterError(WatchfloorError):
    """A cluster that cannot be reached, or was lost in the middle."""
