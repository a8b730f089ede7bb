"""Users changed from a page or by a program; nobody changes themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import Request

from watchfloor.desk.access import Who
from watchfloor.desk.access.permissions import role as known_role
from watchfloor.desk.serve import record
from watchfloor.errors import InputError
from watchfloor.store import users
from watchfloor.store.database import Session


def given_role(
    request: Request, n: int, role: str, sites: Iterable[str], who: Who
) -> users.User:  # fmt: skip
    """Give another role, with the sites that it is for (none: all); it holds from the next request
    on. Raises InputError for an unknown role or oneself, StoreError where there is no such user.
    """
    known = known_role(role)
    with record(request).writing() as session:
        user = _another(session, n, who)
        users.set_role(session, user, known, tuple(sites) or None)
        return users.user_numbered(session, n)


def shut_out(request: Request, n: int, out: bool, who: Who) -> users.User:
    """Shut somebody out at once, or let them in again; an account that rests wakes too. Raises as
    `given_role` does.
    """
    with record(request).writing() as session:
        user = _another(session, n, who)
        users.disable(session, user, datetime.now(UTC) if out else None)
        return users.user_numbered(session, n)


def _another(session: Session, n: int, who: Who) -> users.User:
    user = users.user_numbered(session, n)
    if user.name == who.name:
        raise InputError("is you", where=user.name, right="another administrator does it")
    return user
