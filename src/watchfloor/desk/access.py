"""Who may come in: a key shown at start opens a session; writes must come from the desk's pages."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from fastapi import HTTPException, Request

COOKIE = "watchfloor"


@dataclass
class Access:
    """The key of this run of the desk, and the sessions it opened with the name each gave."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    sessions: dict[str, str] = field(default_factory=dict)

    def open(self, key: str, name: str) -> str:
        """A new session's id. Raises 403 for a wrong key, 422 where nobody is named."""
        if not hmac.compare_digest(key.encode(), self.key.encode()):
            raise HTTPException(403, "wrong key")
        if not name.strip():
            raise HTTPException(422, "say who you are")
        id = secrets.token_urlsafe(24)
        self.sessions[id] = name.strip()[:80]
        return id

    def who(self, request: Request) -> str | None:
        """The name behind a request, None where it has no session."""
        return self.sessions.get(request.cookies.get(COOKIE, ""))

    def must(self, request: Request) -> str:
        """The name behind a request. Raises 401 without one, 403 for a write from elsewhere."""
        name = self.who(request)
        if name is None:
            raise HTTPException(401, "sign in first")
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host')}"
        if request.method not in {"GET", "HEAD"} and origin not in {None, own}:
            raise HTTPException(403, "comes from another site")
        return name
