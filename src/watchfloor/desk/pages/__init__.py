"""The desk's pages, one file each; `ROUTERS` is the only list of them."""

from watchfloor.desk.pages import floor, old

ROUTERS = tuple(page.router for page in (floor, old))

__all__ = ["ROUTERS"]
