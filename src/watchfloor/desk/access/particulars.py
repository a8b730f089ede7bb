"""What a request sent, as the audit log keeps it: without secrets, and long values by hash."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
from fastapi import Request
from starlette.datastructures import UploadFile

from watchfloor.desk.access.who import Who

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
#: Values that no log may hold.
SECRET = frozenset({"csrf", "password", "again", "code", "key", "token", "secret"})
#: What people write down, which the record holds under a marking, sealed, or for a few days only:
#: kept as its hash, however short.
WRITTEN = frozenset(
    "alternate answer entries groups_csv hypothesis journeys_csv note old outcome points question "
    "route sentences sites_csv text title what".split()
)
#: Longer values are kept as their hash: the log is not a second copy of the record.
LONGEST = 200
#: Values that are kept of one request.
MOST = 40


async def particulars_of(request: Request, who: Who) -> dict[str, Any]:
    """The query, the form or the JSON object of a request, and what the register is read for."""
    found: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in FORMS:
        found |= dict((await request.form()).multi_items())
    elif kind == "application/json":
        found |= _object(await request.body())
    kept = {key[:LONGEST]: _kept(key, value) for key, value in list(found.items())[:MOST]
            if key.lower() not in SECRET}  # fmt: skip
    return {**kept, **({"purpose": who.purpose} if who.purpose else {})}


def _object(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


def _kept(key: str, value: Any) -> Any:
    if isinstance(value, UploadFile):
        return {"file": (value.filename or "")[:LONGEST], "bytes": value.size}
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    if len(text) <= LONGEST and key.lower() not in WRITTEN:
        return value
    return {"sha256": sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "long": len(text)}
