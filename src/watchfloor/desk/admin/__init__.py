"""Administration: users, tokens, audit, markings, retention; `ROUTERS` is the only list of it."""

from watchfloor.desk.admin import keeping, people

ROUTERS = (people.router, keeping.router)

__all__ = ["ROUTERS"]
