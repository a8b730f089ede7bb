"""Open sessions and tokens in the record, by the hashes of what their holders show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from watchfloor.errors import StoreError
from watchfloor.records import Record
from watchfloor.store import access_tables as a
from watchfloor.store.database import Session
from watchfloor.store.users import User, read_user


class Opened(Record, frozen=True, kw_only=True):
    """A session that is open, and whose."""

    digest: str
    user: User
    csrf: str
    ends_at: datetime
    purpose: str | None = None


class Grant(Record, frozen=True, kw_only=True):
    """What a token is for: permissions, until a time, or (None) until it is revoked."""

    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    ends_at: datetime | None = None


class Token(Grant, frozen=True, kw_only=True):
    """A token for a program, and whose permissions it has some of."""

    n: int
    user: User
    revoked_at: datetime | None = None


def open_session(
    session: Session, user: User, digest: str, csrf: str, at: datetime, ends_at: datetime
) -> None:
    """Open a session; those that have ended are forgotten."""
    session.execute(delete(a.desk_session).where(a.desk_session.c.ends_at <= at))
    session.execute(
        insert(a.desk_session).values(
            digest=digest, user=user.n, csrf=csrf, opened_at=at, ends_at=ends_at
        )
    )


def session_of(session: Session, digest: str, at: datetime) -> Opened | None:
    """The session with this hash; None where there is none, it ended, or its user is shut out."""
    s, u = a.desk_session.c, a.desk_user.c
    query = select(a.desk_user, s.digest, s.csrf, s.ends_at, s.purpose, s.purpose_ends_at).join(
        a.desk_session, s.user == u.n
    )
    row = session.execute(
        query.where(s.digest == digest, s.ends_at > at, u.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    stands = row.purpose_ends_at is not None and row.purpose_ends_at > at
    return Opened(
        digest=row.digest, user=read_user(row), csrf=row.csrf, ends_at=row.ends_at,
        purpose=row.purpose if stands else None,
    )  # fmt: skip


def state_purpose(session: Session, digest: str, purpose: str, ends_at: datetime) -> None:
    """Keep why the register is read, until a time."""
    here = update(a.desk_session).where(a.desk_session.c.digest == digest)
    session.execute(here.values(purpose=purpose, purpose_ends_at=ends_at))


def end_session(session: Session, digest: str) -> None:
    """End one session."""
    session.execute(delete(a.desk_session).where(a.desk_session.c.digest == digest))


def add_token(session: Session, user: User, digest: str, grant: Grant) -> None:
    """Keep a token by its hash."""
    scopes = msgspec.json.encode(grant.scopes).decode()
    session.execute(
        insert(a.desk_token).values(
            user=user.n, digest=digest, name=grant.name, scopes=scopes, made_at=grant.made_at,
            ends_at=grant.ends_at,
        )
    )  # fmt: skip


def token_of(session: Session, digest: str, at: datetime) -> Token | None:
    """The token with this hash; None where there is none, it ended, or its user is shut out."""
    found = [t for t in _tokens(session, a.desk_token.c.digest == digest) if _stands(t, at)]
    return found[0] if found else None


def tokens(session: Session) -> list[Token]:
    """All tokens in the order made, revoked ones too."""
    return _tokens(session)


def revoke_token(session: Session, n: int, at: datetime) -> None:
    """End a token. Raises StoreError where there is none that stands."""
    t = a.desk_token
    here = update(t).where(t.c.n == n, t.c.revoked_at.is_(None))
    if session.execute(here.values(revoked_at=at)).rowcount == 0:
        raise StoreError("no such token, or revoked already", where=str(n))


def _tokens(session: Session, *where: Any) -> list[Token]:
    t = a.desk_token.c
    query = select(
        a.desk_user, t.n.label("token"), t.name.label("called"), t.scopes,
        t.made_at.label("given_at"), t.ends_at, t.revoked_at,
    ).join(a.desk_token, t.user == a.desk_user.c.n)  # fmt: skip
    return [
        Token(
            n=row.token, name=row.called, user=read_user(row), made_at=row.given_at,
            scopes=msgspec.json.decode(row.scopes, type=tuple[str, ...]),
            ends_at=row.ends_at, revoked_at=row.revoked_at,
        )
        for row in session.execute(query.where(*where).order_by(t.n))
    ]  # fmt: skip


def _stands(token: Token, at: datetime) -> bool:
    over = token.ends_at is not None and token.ends_at <= at
    return token.revoked_at is None and token.user.disabled_at is None and not over
