"""The JSON API under /api/v1; `ROUTERS` is the only list of its parts."""

from watchfloor.desk.api import (
    admin,
    alerts,
    cases,
    casework,
    cell,
    incidents,
    journeys,
    judgements,
    papers,
    paperwork,
    records,
    reports,
    rest,
    sources,
    stream,
    undo,
)
from watchfloor.desk.api.document import router as document

ROUTERS = (
    document,
    *(
        part.router
        for part in (
            stream,
            alerts,
            incidents,
            judgements,
            reports,
            rest,
            sources,
            cases,
            casework,
            cell,
            journeys,
            undo,
            papers,
            paperwork,
            records,
            admin,
        )
    ),
)

__all__ = ["ROUTERS"]
