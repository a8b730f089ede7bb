"""Roles and what each may do, from `data/desk_permissions.yaml`: the only table of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from watchfloor.errors import InputError
from watchfloor.records import Record
from watchfloor.store.markings import MARKINGS


class Permission(Record, frozen=True, kw_only=True):
    """One thing that may be done. `logged`: reading by it goes into the audit log. `purpose`: it
    is asked what for.
    """

    says: str
    roles: tuple[str, ...] = msgspec.field(name="for")
    logged: bool = False
    purpose: bool = False


class Table(Record, frozen=True, kw_only=True):
    """Roles with what each does, the highest marking each sees, and all permissions."""

    roles: dict[str, str]
    markings: dict[str, str]
    permissions: dict[str, Permission]


@cache
def table() -> Table:
    """The table of roles and permissions."""
    text = files("watchfloor.data").joinpath("desk_permissions.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=Table)


def permission(name: str) -> Permission:
    """A permission by name. Raises KeyError for one that the table does not have."""
    return table().permissions[name]


def role(name: str) -> str:
    """The role, as the table writes it. Raises InputError for one that the table does not have."""
    wanted = " ".join(name.lower().replace("-", " ").replace("_", " ").split())
    if wanted not in table().roles:
        raise InputError("no such role", where=name, right=f"one of {', '.join(table().roles)}")
    return wanted


def permissions_of(role: str) -> tuple[str, ...]:
    """The permissions that a role has, in the table's order."""
    return tuple(name for name, one in table().permissions.items() if role in one.roles)


def markings_of(role: str) -> tuple[str, ...]:
    """The markings that a role sees without being named."""
    return MARKINGS[: MARKINGS.index(table().markings[role]) + 1]
