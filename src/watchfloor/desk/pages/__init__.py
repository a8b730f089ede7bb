"""The desk's pages, one file each; `ROUTERS` is the only list of them."""

from watchfloor.desk.pages import floor, incident, old, report

ROUTERS = tuple(page.router for page in (floor, incident, report, old))

__all__ = ["ROUTERS"]
