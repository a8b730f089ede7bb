"""Answers of the API: JSON with a tag, lists with a cursor."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from fastapi import HTTPException, Path, Query, Request, Response
from pydantic import Field

#: How many of a list at once.
LIMIT = 50
MOST = 500
#: The largest number of a row.
LARGEST = 2**53
Limit = Annotated[int, Query(ge=1, le=MOST, description="at most so many")]
Cursor = Annotated[str, Query(max_length=40, description="`next` of the answer before")]
#: The same two in a record of what is asked.
Many = Annotated[int, Field(ge=1, le=MOST, description="at most so many")]
Next = Annotated[str, Field(max_length=40, description="`next` of the answer before")]
Id = Annotated[str, Path(max_length=200, description="an id, as lists show it")]


def answer(request: Request, thing: Any, status: int = 200) -> Response:
    """The thing as JSON; 304 without it where the asker has it already (RFC 9110, 13.1.2)."""
    body = msgspec.json.encode(thing)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = [t.strip().removeprefix("W/") for t in
             request.headers.get("if-none-match", "").split(",")]  # fmt: skip
    if request.method in {"GET", "HEAD"} and (tag in known or "*" in known):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type="application/json")


def page(request: Request, found: Sequence[Any], limit: int, n_of: str = "n") -> Response:
    """A part of a list. `found` holds one more than `limit` where there is more to come."""
    items = list(found[:limit])
    more = cursor_of(getattr(items[-1], n_of)) if len(found) > limit else None
    return answer(request, {"items": items, "next": more})


def part(
    request: Request, all_: Sequence[Any], cursor: str, limit: int, by: tuple[str, ...] = ("n",)
) -> Response:
    """A part of a list that is at hand whole, in an order that stands; `by`: the fields that tell
    one of it from another.

    Raises 422 for no cursor of ours, or where the last one seen has left the list meanwhile.
    """
    start = 0
    if cursor:
        places = [n for n, one in enumerate(all_) if _mark(one, by) == cursor]
        if not places:
            what = "cursor: what it stood at is gone, or it is none of this desk's"
            raise HTTPException(422, f"{what}; begin again without one")
        start = places[0] + 1
    items = all_[start : start + limit]
    more = _mark(items[-1], by) if items and start + limit < len(all_) else None
    return answer(request, {"items": items, "next": more})


def _mark(one: Any, by: tuple[str, ...]) -> str:
    """A cursor that stands at one of a list."""
    names = "\x00".join(str(getattr(one, field)) for field in by)
    return f"k{sha256(names.encode()).hexdigest()[:24]}"


def cursor_of(n: int) -> str:
    """A cursor that says which was the last one seen."""
    return base64.urlsafe_b64encode(f"n{n}".encode()).decode().rstrip("=")


def before(cursor: str) -> int | None:
    """The number of the last one seen, None at the beginning. Raises 422 for no cursor of ours."""
    if not cursor:
        return None
    try:
        said = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        n = int(said[1:]) if said.startswith("n") and said[1:].isdigit() else -1
    except (binascii.Error, ValueError):
        n = -1
    if not 0 <= n <= LARGEST:
        raise HTTPException(422, "cursor: none of this desk's; take `next` of an answer")
    return n


def found(thing: Any, what: str) -> Any:
    """The thing. Raises 404 where it is None."""
    if thing is None:
        raise HTTPException(404, f"no such {what}")
    return thing
