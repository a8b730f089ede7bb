"""The OpenAPI document: what the routes say, with the schemas of the records that they answer."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import ConfigDict

from watchfloor.data import load_yaml
from watchfloor.desk.access import needs
from watchfloor.desk.access.guard import SAFE, routes_of
from watchfloor.desk.api.answer import answer

router = APIRouter()
#: The records that answers hold, by name: `one` and `many` note each.
RECORDS: dict[str, type] = {}
PROBLEM = {
    "type": "object",
    "description": "a problem (RFC 9457)",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}
#: What may be answered instead.
PROBLEMS = {
    "400": "what was sent makes no sense", "401": "no token, or none that stands",
    "403": "not for this role or scope", "404": "not there, or not to be seen",
    "422": "a value that cannot be", "428": "no X-Purpose where the register is read",
    "429": "asked too fast",
}  # fmt: skip


def strict(**example: Any) -> ConfigDict:
    """`model_config` of what is sent: no fields but its own, and an example for the document."""
    return ConfigDict(extra="forbid", json_schema_extra={"example": example})


def one(record: type) -> dict[int | str, dict[str, Any]]:
    """`responses` of a route that answers one record."""
    return _answers({"$ref": _ref(record)}, examples()[record.__name__])


def many(record: type) -> dict[int | str, dict[str, Any]]:
    """`responses` of a route that answers a part of a list."""
    listed = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": _ref(record)}},
            "next": {"type": ["string", "null"], "description": "cursor of what comes next"},
        },
    }
    return _answers(listed, {"items": [examples()[record.__name__]], "next": None})


@router.get("/api/openapi.json", dependencies=[needs("own")], include_in_schema=False)
def document(request: Request) -> Response:
    """The OpenAPI document."""
    return answer(request, described(request.app))


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an app's /api/v1."""
    routes = [
        route
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, APIRoute) and (route.path or "").startswith("/api/v1/")
    ]
    made = get_openapi(
        title="watchfloor", version="1", routes=routes,
        description="Sourced events, merged incidents and alerts. A bearer token, made under "
        "`Administration`, carries the scopes that a route names.",
    )  # fmt: skip
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    _, records = msgspec.json.schema_components(
        RECORDS.values(), schema_hook=_any, ref_template="#/components/schemas/{name}"
    )
    schemas.update(records)
    schemas["Problem"] = PROBLEM
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    plain = {(r.method, r.path.replace(":path}", "}")): r.permissions for r in routes_of(app)}
    for path, methods in made["paths"].items():
        for method, told in methods.items():
            scopes = plain[(method.upper(), path)]
            told["security"] = [{"token": []}]
            told["x-scopes"] = list(scopes)
            told["responses"].update(_problems(method.upper()))
            if "register:read" in scopes:
                told.setdefault("parameters", []).append(_purpose())
    return made


@cache
def examples() -> dict[str, Any]:
    """An example of each record that answers hold, by its name."""
    loaded: dict[str, Any] = load_yaml("desk_api_examples.yaml")
    return loaded


def _answers(schema: dict[str, Any], example: Any) -> dict[int | str, dict[str, Any]]:
    content = {"schema": schema, "example": example}
    told = {"description": "as asked for", "content": {"application/json": content}}
    return {200: told, 304: {"description": "as you have it (If-None-Match)"}}


def _problems(method: str) -> dict[str, Any]:
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    kinds = PROBLEMS if method in SAFE else {**PROBLEMS, "409": "it is not so any more"}
    return {status: {"description": why, "content": body} for status, why in kinds.items()}


def _purpose() -> dict[str, Any]:
    return {
        "name": "X-Purpose", "in": "header", "required": True, "example": "clearing a journey",
        "description": "what the register is read for; kept in the audit log",
        "schema": {"type": "string", "minLength": 4, "maxLength": 200, "pattern": "^[!-~][ -~]*$"},
    }  # fmt: skip


def _ref(record: type) -> str:
    RECORDS[record.__name__] = record
    return f"#/components/schemas/{record.__name__}"


def _any(_kind: type) -> dict[str, Any]:
    """What stands for a type that can hold anything."""
    return {"description": "anything"}
