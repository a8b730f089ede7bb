"""The JSON API under /api/v1; `ROUTERS` is the only list of its parts."""

from watchfloor.desk.api import (
    alerts,
    cases,
    cell,
    incidents,
    judgements,
    papers,
    reports,
    rest,
    stream,
)
from watchfloor.desk.api.document import router as document

ROUTERS = (
    document,
    *(
        part.router
        for part in (stream, alerts, incidents, judgements, reports, rest, cases, cell, papers)
    ),
)

__all__ = ["ROUTERS"]
