"""Who asks."""

from __future__ import annotations

from typing import cast

from fastapi import HTTPException, Request

from watchfloor.desk.access.permissions import markings_of, permission, permissions_of
from watchfloor.records import Record
from watchfloor.store.sessions import Opened, Token
from watchfloor.store.sight import Sight


class Who(Record, frozen=True, kw_only=True):
    """Somebody who is signed in, or a program that shows a token of theirs.

    `sites`: the register sites whose alerts they see, None for all. `session` is the hash of the
    session and `csrf` what its forms carry, both None for a token. `purpose` is why they read the
    register, None until they have said so.
    """

    name: str
    role: str
    permissions: frozenset[str]
    sites: tuple[str, ...] | None = None
    session: str | None = None
    csrf: str | None = None
    purpose: str | None = None

    @property
    def markings(self) -> tuple[str, ...]:
        """The TLP markings that they see without being named as a reader."""
        return markings_of(self.role)

    @property
    def sight(self) -> Sight:
        """What they may see of the record."""
        return Sight(user=self.name, markings=self.markings, sites=self.sites)

    def may(self, name: str) -> bool:
        """Whether they have a permission. Raises KeyError for one that there is not."""
        permission(name)
        return name in self.permissions


def of_session(opened: Opened) -> Who:
    """Who a session belongs to."""
    user = opened.user
    return Who(
        name=user.name, role=user.role, permissions=frozenset(permissions_of(user.role)),
        sites=_sites(user.role, user.sites), session=opened.digest, csrf=opened.csrf,
        purpose=opened.purpose,
    )  # fmt: skip


def of_token(token: Token, purpose: str | None) -> Who:
    """Whose a token is; it has no more permissions than its scopes name and its user has."""
    user = token.user
    kept = frozenset(permissions_of(user.role)) & frozenset(token.scopes)
    return Who(
        name=user.name, role=user.role, permissions=kept, sites=_sites(user.role, user.sites),
        purpose=purpose,
    )  # fmt: skip


def who_asks(request: Request) -> Who:
    """Who is behind a request whose route names a permission. Raises 401 where nobody is."""
    found = cast("Who | None", getattr(request.state, "who", None))
    if found is None:
        raise HTTPException(401, "sign in first")
    return found


def _sites(role: str, sites: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """A liaison sees their own sites only, and none where none is named."""
    return (sites or ()) if role == "liaison" else sites
