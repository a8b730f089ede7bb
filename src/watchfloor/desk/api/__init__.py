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
    ledger,
    letters,
    papers,
    paperwork,
    register,
    reports,
    searches,
    sources,
    stream,
    undo,
    users,
    verifications,
)
from watchfloor.desk.api.document import router as document

ROUTERS = (
    document,
    *(
        part.router
        for part in (
            stream,
            alerts,
            verifications,
            incidents,
            judgements,
            reports,
            ledger,
            register,
            sources,
            cases,
            casework,
            cell,
            journeys,
            undo,
            papers,
            paperwork,
            letters,
            searches,
            users,
            admin,
        )
    ),
)

__all__ = ["ROUTERS"]
