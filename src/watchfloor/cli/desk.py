"""`watchfloor desk`: serve the desk's pages."""

from __future__ import annotations

from typing import Annotated

import typer

from watchfloor.cli.ingest import Store
from watchfloor.cli.record import opened


def desk(
    host: Annotated[str, typer.Option(help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port to listen on")] = 8437,
    store: Store = None,
) -> None:
    """Serve the desk over the record; the key that signs in is printed."""
    import uvicorn  # noqa: PLC0415 - other commands need no server

    from watchfloor.desk.access import Access  # noqa: PLC0415
    from watchfloor.desk.app import make_app  # noqa: PLC0415

    access = Access()
    typer.echo(f"the desk: http://{host}:{port}/  key: {access.key}")
    uvicorn.run(make_app(opened(store), access), host=host, port=port, log_level="warning")
