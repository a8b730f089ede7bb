"""The desk's pages, one file each; `ROUTERS` is the only list of them."""

from watchfloor.desk.pages import floor, incident, old, report, response

ROUTERS = (
    *(page.router for page in (floor, incident, report, old)),
    *response.ROUTERS,
)

__all__ = ["ROUTERS"]
