"""The desk's pages, one file each; `ROUTERS` is the only list of them."""

from watchfloor.desk.pages import (
    commitments,
    floor,
    incident,
    register,
    report,
    search,
    sources,
    trends,
)

ROUTERS = tuple(
    page.router
    for page in (floor, incident, report, register, commitments, sources, search, trends)
)

__all__ = ["ROUTERS"]
