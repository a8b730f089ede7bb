"""Ways in: a password with a code, a key that the command printed, a token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import HTTPException, Request

from watchfloor.desk.access import secrets
from watchfloor.desk.access.openid import Known, OpenId
from watchfloor.desk.access.pace import Pace
from watchfloor.desk.access.permissions import role as known_role
from watchfloor.desk.access.tries import Tries
from watchfloor.desk.access.who import Who, of_session, of_token
from watchfloor.store import Database
from watchfloor.store.audit import note
from watchfloor.store.sessions import open_session, session_of, token_of
from watchfloor.store.users import (
    LONGEST,
    User,
    add_user,
    note_failure,
    note_success,
    set_role,
    set_subject,
    user_named,
    user_of_subject,
    users,
)

COOKIE = "watchfloor"
#: How the names of users end who stand for whoever holds a key.
KEY = " (key)"
#: How long a session lasts: a night watch and its handover.
LASTS = timedelta(hours=14)
#: What is said of every failed try, so that it tells nothing of who has an account.
WRONG = (
    "name, password or code is wrong, or the account rests: "
    "after five wrong tries it does for 15 minutes"
)


class Access:
    """The ways into one desk.

    `open_as`: roles that a key, made for this run, opens without an account; for a demonstration
    on one's own machine. `keys` are those keys by role. `first` is the key that makes the first
    administrator, for as long as nobody can sign in. `secure`: cookies go over HTTPS only.
    `openid` is a provider that people may sign in through, None where there is none.
    """

    def __init__(
        self,
        database: Database,
        open_as: Iterable[str] = (),
        secure: bool = False,
        openid: OpenId | None = None,
    ) -> None:
        self.database = database
        self.secure = secure
        self.openid = openid
        self.keys = {known_role(role): secrets.fresh() for role in open_as}
        self.first = secrets.fresh()
        self.tries = Tries()
        self.pace = Pace()

    def nobody_yet(self) -> bool:
        """Whether there is no account that somebody could sign in to."""
        with self.database.reading() as session:
            return not any((u.password or u.subject) and not u.disabled_at for u in users(session))

    def make_first(self, key: str, name: str, password: str) -> str:
        """The first administrator's session. Raises 403 for a wrong key or once there is one."""
        if not secrets.same(key, self.first) or not self.nobody_yet():
            raise HTTPException(403, "this address made the first administrator and works once")
        hash = secrets.hashed(password, name)
        now = datetime.now(UTC)
        with self.database.writing() as session:
            made = add_user(session, name, "administrator", now, hash)
        return self.begin(made)

    def enter(self, key: str) -> str:
        """A session by a key of this run. Raises 403 for a wrong one."""
        for role, right in self.keys.items():
            if secrets.same(key, right):
                return self.begin(self._keyholder(role))
        raise HTTPException(
            403, "wrong key; the command that started the desk printed the right one"
        )

    def sign_in(self, name: str, password: str, code: str, address: str) -> str:
        """A session by name, password and, where the account has them, a code.

        Raises 429 for an address that failed too often, 403 for what is wrong.
        """
        now = datetime.now(UTC)
        if self.tries.too_many(address, now):
            raise HTTPException(429, "too many failed tries from here; wait ten minutes")
        with self.database.reading() as session:
            user = user_named(session, name)
        right = secrets.is_password(user.password if user else None, password)
        with self.database.writing() as session:
            user = user_named(session, name)  # as it is now, for two tries at once
            step = _step(user, code, now) if user else None
            resting = user is None or (user.locked_until and user.locked_until > now)
            if user and right and not resting and not user.disabled_at and _fits(user, step):
                note_success(session, user, step)
                let_in = True
            else:
                let_in = False
                if user and not resting:
                    note_failure(session, user, now)
        if user is None or not let_in:
            self.tries.note(address, now)
            self.note_entry(name, "failed to sign in", address)
            raise HTTPException(403, WRONG)
        return self.begin(user)

    def begin_known(self, known: Known) -> str:
        """A session for who signed in at the provider.

        The first time a user is found by name: one that an administrator made without a password
        and that nobody came in as yet. Raises 403 where there is none.
        """
        with self.database.writing() as session:
            user = user_of_subject(session, known.subject)
            for name in known.names if user is None else ():
                made = user_named(session, name)
                if made and made.password is None and made.subject is None and not keyholder(made):
                    set_subject(session, made, known.subject)
                    user = made
                    break
        if user is None or user.disabled_at:
            names = " or ".join(known.names) or known.subject
            raise HTTPException(403, f"nobody is known here as {names}; ask an administrator")
        return self.begin(user)

    def begin(self, user: User) -> str:
        """A new session's id; whatever id the browser came with is not kept."""
        id, now = secrets.fresh(), datetime.now(UTC)
        with self.database.writing() as session:
            open_session(session, user, secrets.digest(id), secrets.fresh(), now, now + LASTS)
            note(session, user.name, "signed in", "desk", now, {"role": user.role})
        return id

    def who(self, request: Request) -> Who | None:
        """Who is behind a request, by cookie or, under /api and /feeds, by token; None: nobody.

        Raises 429 for a session or token that asks too fast.
        """
        now = datetime.now(UTC)
        path = request.url.path
        with self.database.reading() as session:
            if path.startswith(("/api/", "/feeds/")) and (shown := _shown(request)):
                token = token_of(session, self._paced(shown), now)
                purpose = " ".join(request.headers.get("x-purpose", "").split())
                return of_token(token, purpose[:200] or None) if token else None
            id = request.cookies.get(COOKIE)
            opened = session_of(session, self._paced(id), now) if id else None
        return of_session(opened) if opened else None

    def _paced(self, shown: str) -> str:
        """The hash of what a request shows. Raises 429 where that asks too fast."""
        hash = secrets.digest(shown)
        if self.pace.spent(hash):
            raise HTTPException(429, "too many requests at once; ask again in a second",
                                {"Retry-After": "1"})  # fmt: skip
        return hash

    def note(
        self, who: str, what: str, request: Request, particulars: dict[str, Any] | None = None
    ) -> int:
        """Add a line to the audit log before what it tells of is done; the line's number. A token
        that stands in the address is not in the line.
        """
        path = request.url.path
        if token := request.path_params.get("token"):
            path = path.replace(token, "TOKEN", 1)
        subject = f"{request.method} {path}"
        with self.database.writing() as session:
            return note(session, who, what, subject, datetime.now(UTC), particulars).n

    def note_entry(self, name: str, what: str, address: str) -> None:
        """Add a line to the audit log of somebody who came in, or tried to."""
        with self.database.writing() as session:
            note(session, " ".join(name.split())[:LONGEST], what, "desk", datetime.now(UTC),
                 {"from": address})  # fmt: skip

    def _keyholder(self, role: str) -> User:
        """The user that stands for whoever holds the key of a role; has no password."""
        name = f"{role}{KEY}"
        with self.database.writing() as session:
            found = user_named(session, name)
            if found is None:
                return add_user(session, name, role, datetime.now(UTC))
            set_role(session, found, role)
            return found


def keyholder(user: User) -> bool:
    """Whether a user stands for whoever holds a key."""
    return user.name.endswith(KEY)


def _shown(request: Request) -> str | None:
    """The token that a request shows, in its header or in a feed's address."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    return request.path_params.get("token")


def _step(user: User, code: str, now: datetime) -> int | None:
    return secrets.code_step(user.totp, code, now, user.totp_step) if user.totp else None


def _fits(user: User, step: int | None) -> bool:
    """Whether the code was right, or none is asked for."""
    return user.totp is None or step is not None
