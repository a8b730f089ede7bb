"""Who may come in, and what each may do; every route names a permission by `needs`."""

from watchfloor.desk.access.entry import COOKIE, Access
from watchfloor.desk.access.guard import PUBLIC, check_routes, needs
from watchfloor.desk.access.who import Who, who_asks

__all__ = ["COOKIE", "PUBLIC", "Access", "Who", "check_routes", "needs", "who_asks"]
