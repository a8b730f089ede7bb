"""Cases, Cell and Papers; `ROUTERS` is the only list of their parts."""

from watchfloor.desk.pages.response import case, cases, cell, evidence, means, paper, papers, undo

ROUTERS = tuple(part.router for part in (cases, case, cell, means, papers, paper, evidence, undo))

__all__ = ["ROUTERS"]
