"""Programs that ask the API with tokens of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from watchfloor.desk.access.permissions import permissions_of
from watchfloor.desk.access.secrets import digest, fresh
from watchfloor.store import Database
from watchfloor.store.sessions import Grant, add_token
from watchfloor.store.users import add_user

Client = Callable[..., httpx.Client]


@pytest.fixture
def program(url: str, record: Database) -> Iterator[Client]:
    """A program with a token of a user of a role, with all its scopes or some."""
    with ExitStack() as stack:

        def made(role: str, scopes: tuple[str, ...] | None = None) -> httpx.Client:
            secret, now = fresh(), datetime.now(UTC)
            with record.writing() as session:
                user = add_user(session, f"{role} {secret[:6]}", role, now)
                given = permissions_of(role) if scopes is None else scopes
                ends = now + timedelta(days=1)
                add_token(session, user, digest(secret),
                          Grant(name="t", scopes=given, made_at=now, ends_at=ends))  # fmt: skip
            headers = {"Authorization": f"Bearer {secret}"}
            return stack.enter_context(
                httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=60)
            )

        yield made
