"""`watchfloor retention`: how long things are kept, holds, erasure on request."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from watchfloor.cli.audit import noted
from watchfloor.cli.ingest import Store, opened
from watchfloor.store import retention as kept

app = typer.Typer(no_args_is_help=True, help="How long things are kept, holds, and erasure.")
Reason = Annotated[str, typer.Option(help="why, in a few words")]
ME = f"{getpass.getuser()} (command line)"


@app.command()
def show(store: Store = None) -> None:
    """Show each kind: how many days it is kept, and how much is due; and what is held."""
    now = datetime.now(UTC)
    with opened(store).reading() as session:
        due, held = kept.due(session, now), kept.holds(session)
        for name, kind in kept.kinds(session).items():
            typer.echo(f"{name:10} {kind.days:5} days  {len(due[name]):5} due  {kind.says}")
    for hold in held:
        if hold.lifted_at is None:
            typer.echo(
                f"hold {hold.n}: {hold.kind} {hold.subject}, by {hold.placed_by}: {hold.reason}"
            )


@app.command("set")
def set_(
    kind: Annotated[str, typer.Argument(help="a kind that `show` lists")],
    days: Annotated[int, typer.Argument(help="how many days")],
    store: Store = None,
) -> None:
    """Set how many days a kind is kept."""
    with opened(store).writing() as session:
        kept.keep_for(session, kind, days, ME, datetime.now(UTC))
        noted(session, "retention set", kind, {"days": days})


@app.command()
def run(store: Store = None) -> None:
    """Delete what is due and not held; the audit log says how many of each kind."""
    with opened(store).writing() as session:
        counted = kept.delete_due(session, ME, datetime.now(UTC))
    typer.echo("; ".join(f"{n} {kind}" for kind, n in counted.items()) + " deleted")


@app.command()
def hold(
    kind: Annotated[str, typer.Argument(help="; ".join(kept.HOLDS))],
    subject: Annotated[str, typer.Argument(help="its id; * for all")],
    reason: Reason,
    store: Store = None,
) -> None:
    """Keep something whatever its age."""
    with opened(store).writing() as session:
        made = kept.place_hold(session, kind, subject, reason, ME, datetime.now(UTC))
        noted(session, "hold", f"{kind} {subject}", {"reason": reason})
    typer.echo(f"hold {made.n}")


@app.command()
def lift(
    hold: Annotated[int, typer.Argument(help="the number of a hold")], store: Store = None
) -> None:
    """Lift a hold."""
    with opened(store).writing() as session:
        kept.lift_hold(session, hold, ME, datetime.now(UTC))
        noted(session, "hold lifted", str(hold))


@app.command()
def erase(
    report: Annotated[str, typer.Argument(help="a report's id")], reason: Reason,
    store: Store = None,
) -> None:  # fmt: skip
    """Erase a report and everything that was found in it, on request."""
    with opened(store).writing() as session:
        changed = kept.erase(session, report, reason, ME, datetime.now(UTC))
    typer.echo(f"{report} erased; {len(changed)} incidents changed")
