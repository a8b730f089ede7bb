"""The schema of access: who may come in, what they hold, and what they did."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from watchfloor.store.tables import metadata
from watchfloor.store.types import Utc

#: Who may come in. `sites` is a JSON list of register sites for those who see only theirs, None
#: where all may be seen. `password` is an argon2 hash, `totp` a secret, None where there is none;
#: `totp_step` is the last step that a code was taken for, so that none is taken twice. `subject`
#: is the issuer and subject at an OpenID provider.
desk_user = Table(
    "desk_user",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("sites", Text),
    Column("password", Text),
    Column("totp", Text),
    Column("totp_step", Integer),
    Column("subject", Text, unique=True),
    Column("made_at", Utc, nullable=False),
    Column("disabled_at", Utc),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
)


def _user() -> Column[int]:
    key = ForeignKey("desk_user.n", ondelete="CASCADE")
    return Column("user", Integer, key, nullable=False, index=True)


#: Open sessions, by the hash of their ids. `csrf` goes into every form; `purpose` is why the
#: register is read, for as long as it stands.
desk_session = Table(
    "desk_session",
    metadata,
    Column("digest", Text, primary_key=True),
    _user(),
    Column("csrf", Text, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("ends_at", Utc, nullable=False, index=True),
    Column("purpose", Text),
    Column("purpose_ends_at", Utc),
)

#: Tokens for programs, by their hash; `scopes` is a JSON list of permissions.
desk_token = Table(
    "desk_token",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    _user(),
    Column("scopes", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("ends_at", Utc),
    Column("revoked_at", Utc),
)
