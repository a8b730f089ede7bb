"""`watchfloor users`: who may come in to the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.store import users as kept

app = typer.Typer(no_args_is_help=True, help="Who may come in to the desk, and as what.")
Name = Annotated[str, typer.Argument(help="a user's name")]
Role = Annotated[str, typer.Argument(help="a role, as docs/desk-admin.md lists them")]
Sites = Annotated[list[str] | None, typer.Option("--site", help="liaison: a site of theirs")]
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="asked for")
]
OpenId = Annotated[
    bool, typer.Option("--openid", help="no password: they sign in through the OpenID provider")
]


@app.command()
def add(
    name: Name,
    role: Role,
    password: Annotated[str | None, typer.Option(help="asked for where not given")] = None,
    openid: OpenId = False,
    site: Sites = None,
    store: Store = None,
) -> None:
    """Make a user, with a password or, with --openid, to sign in through the provider."""
    from watchfloor.desk.access import permissions, secrets  # noqa: PLC0415 - the server's parts

    known = permissions.role(role)
    if password is None and not openid:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    hash = None if openid else secrets.hashed(password or "", name)
    with opened(store).writing() as session:
        now = datetime.now(UTC)
        made = kept.add_user(session, name, known, now, hash, tuple(site) if site else None)
        noted(session, "users add", made.name, {"role": known, "sites": site})


@app.command("list")
def list_(store: Store = None) -> None:
    """List users: name, role, ways in."""
    with opened(store).reading() as session:
        found = kept.users(session)
    for user in found:
        ways = [w for w, on in (("password", user.password), ("code", user.totp),
                                ("openid", user.subject)) if on]  # fmt: skip
        state = "disabled" if user.disabled_at else "+".join(ways) or "no way in"
        sites = f"  sites: {' '.join(user.sites)}" if user.sites else ""
        typer.echo(f"{user.name:24} {user.role:14} {state}{sites}")
    if not found:
        typer.echo("no users yet: `watchfloor desk` prints where to make the first")


@app.command()
def role(name: Name, role: Role, site: Sites = None, store: Store = None) -> None:
    """Give another role; it holds from the next request on."""
    from watchfloor.desk.access import permissions  # noqa: PLC0415

    known = permissions.role(role)
    with opened(store).writing() as session:
        kept.set_role(session, kept.the_user(session, name), known, tuple(site) if site else None)
        noted(session, "users role", name, {"role": known, "sites": site})


@app.command()
def password(name: Name, password: Password, store: Store = None) -> None:
    """Set a password; sessions that the old one opened end, and an account that rests wakes."""
    from watchfloor.desk.access import secrets  # noqa: PLC0415

    hash = secrets.hashed(password, name)
    with opened(store).writing() as session:
        kept.set_password(session, kept.the_user(session, name), hash)
        noted(session, "users password", name)


@app.command()
def disable(
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="let them in again")] = False,
    store: Store = None,
) -> None:
    """Shut a user out at once; what they did stays in the record under their name."""
    with opened(store).writing() as session:
        at = None if undo else datetime.now(UTC)
        kept.disable(session, kept.the_user(session, name), at)
        noted(session, "users enable" if undo else "users disable", name)
