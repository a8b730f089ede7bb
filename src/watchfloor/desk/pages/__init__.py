"""The desk's pages, one file each; `ROUTERS` is the only list of them."""

from watchfloor.desk.pages import (
    commitments,
    floor,
    incident,
    register,
    report,
    response,
    search,
    send,
    sources,
    trend_files,
    trends,
)

_PAGES = (
    floor, incident, report, send, register, commitments, sources, search, trends, trend_files,
)  # fmt: skip
ROUTERS = (*(page.router for page in _PAGES), *response.ROUTERS)

__all__ = ["ROUTERS"]
