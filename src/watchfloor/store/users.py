"""Users in the record: who they are, how they sign in, how often it failed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select, update

from watchfloor.errors import InputError, StoreError
from watchfloor.records import Record
from watchfloor.store import access_tables as a
from watchfloor.store.database import Session

#: After so many wrong tries in a row an account rests for so long.
TRIES = 5
REST = timedelta(minutes=15)
#: The longest name of a user.
LONGEST = 80


class User(Record, frozen=True, kw_only=True):
    """Somebody who may come in; see `access_tables.desk_user` for what each value means."""

    n: int
    name: str
    role: str
    made_at: datetime
    sites: tuple[str, ...] | None = None
    password: str | None = None
    totp: str | None = None
    totp_step: int | None = None
    subject: str | None = None
    disabled_at: datetime | None = None
    failures: int = 0
    locked_until: datetime | None = None


def add_user(
    session: Session, name: str, role: str, at: datetime,
    password: str | None = None, sites: tuple[str, ...] | None = None,
) -> User:  # fmt: skip
    """A new user; `password` is its hash, None where they come in another way.

    Raises InputError for a name that is empty, too long, not printable or taken.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise InputError(
            "cannot be a user's name", where=repr(name), right=f"1 to {LONGEST} characters"
        )
    if user_named(session, name):
        raise InputError("is a user already", where=name, right="another name")
    session.execute(
        insert(a.desk_user).values(
            name=name, role=role, sites=_list(sites), password=password, made_at=at, failures=0
        )
    )
    made = user_named(session, name)
    assert made is not None
    return made


def users(session: Session) -> list[User]:
    """All users by name, disabled ones too."""
    return [
        read_user(row) for row in session.execute(select(a.desk_user).order_by(a.desk_user.c.name))
    ]


def user_named(session: Session, name: str) -> User | None:
    """A user by name, None where there is none; case does not matter."""
    c = a.desk_user.c
    found = session.execute(select(a.desk_user).where(func.lower(c.name) == name.lower().strip()))
    row = found.one_or_none()
    return read_user(row) if row else None


def user_of_subject(session: Session, subject: str) -> User | None:
    """A user by what an OpenID provider calls them, None where there is none."""
    query = select(a.desk_user).where(a.desk_user.c.subject == subject)
    row = session.execute(query).one_or_none()
    return read_user(row) if row else None


def the_user(session: Session, name: str) -> User:
    """A user by name. Raises StoreError where there is none."""
    found = user_named(session, name)
    if found is None:
        raise StoreError("no such user", where=name, right="a name that `users list` shows")
    return found


def user_numbered(session: Session, n: int) -> User:
    """A user by number. Raises StoreError where there is none."""
    query = select(a.desk_user).where(a.desk_user.c.n == n)
    row = session.execute(query).one_or_none()
    if row is None:
        raise StoreError("no such user", where=str(n))
    return read_user(row)


def set_role(session: Session, user: User, role: str, sites: tuple[str, ...] | None = None) -> None:
    """Give another role; it holds from the next request on."""
    _set(session, user, role=role, sites=_list(sites))


def set_password(session: Session, user: User, password: str | None) -> None:
    """Set the hash of a password, and end every session that the old one opened."""
    _set(session, user, password=password, failures=0, locked_until=None)
    end_sessions(session, user)


def set_totp(session: Session, user: User, secret: str | None) -> None:
    """Set or take away the secret that codes are made from."""
    _set(session, user, totp=secret, totp_step=None)


def set_subject(session: Session, user: User, subject: str) -> None:
    """Keep what an OpenID provider calls a user."""
    _set(session, user, subject=subject)


def disable(session: Session, user: User, at: datetime | None) -> None:
    """Shut somebody out at once, or (None) let them in again."""
    _set(session, user, disabled_at=at, failures=0, locked_until=None)
    if at is not None:
        end_sessions(session, user)


def note_failure(session: Session, user: User, at: datetime) -> None:
    """A wrong try; the fifth in a row makes the account rest."""
    failures = user.failures + 1
    rests = failures >= TRIES
    _set(
        session, user, failures=0 if rests else failures,
        locked_until=at + REST if rests else user.locked_until,
    )  # fmt: skip


def note_success(session: Session, user: User, step: int | None) -> None:
    """A right try; `step` is the time step of the code that it came with."""
    values = {"failures": 0, "locked_until": None}
    _set(session, user, **values, **({"totp_step": step} if step is not None else {}))


def end_sessions(session: Session, user: User) -> None:
    """End all sessions of a user."""
    session.execute(delete(a.desk_session).where(a.desk_session.c.user == user.n))


def _set(session: Session, user: User, **values: Any) -> None:
    session.execute(update(a.desk_user).where(a.desk_user.c.n == user.n).values(values))


def _list(sites: tuple[str, ...] | None) -> str | None:
    return None if sites is None else msgspec.json.encode(sites).decode()


def read_user(row: Any) -> User:
    """A user from a row that has all columns of `desk_user`."""
    values = {f: getattr(row, f) for f in User.__struct_fields__}
    sites = None if row.sites is None else msgspec.json.decode(row.sites, type=tuple[str, ...])
    return User(**{**values, "sites": sites})
