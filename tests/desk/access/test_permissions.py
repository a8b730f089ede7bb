"""Every route names a permission, and every role may do what the table says and nothing else."""

from __future__ import annotations

import re

import pytest

from tests.desk.conftest import As
from watchfloor.desk import make_app
from watchfloor.desk.access import PUBLIC, Access, check_routes
from watchfloor.desk.access.guard import Guarded, routes_of
from watchfloor.desk.access.permissions import permission, table
from watchfloor.desk.access.permissions import role as known_role
from watchfloor.errors import DataError, InputError
from watchfloor.store import Database
from watchfloor.store.markings import MARKINGS

#: What may be asked for without signing in, and why.
OPEN = {
    ("GET", "/sign-in"), ("POST", "/sign-in"),  # that is how one signs in
    ("GET", "/enter"), ("GET", "/first"), ("POST", "/first"),  # by a key that the command prints
    ("GET", "/openid"), ("GET", "/openid/back"),  # through the provider
}  # fmt: skip


def routes(record: Database) -> list[Guarded]:
    return routes_of(make_app(record, Access(record)))


def address_of(route: Guarded) -> str:
    return re.sub(r"\{[^}]*\}", "x", route.path)


def test_only_the_ways_in_are_public(record: Database) -> None:
    found = {(r.method, r.path) for r in routes(record) if PUBLIC in r.permissions}
    assert found == OPEN


def test_a_route_without_a_permission_stops_the_desk(record: Database) -> None:
    app = make_app(record, Access(record))

    @app.get("/loose")
    def loose() -> None:
        return None

    with pytest.raises(DataError, match=r"/loose: names no permission"):
        check_routes(app)


def test_nobody_gets_past_any_route_and_no_role_past_what_the_table_gives_it(
    record: Database, enter: As, url: str
) -> None:
    guarded = [r for r in routes(record) if PUBLIC not in r.permissions]
    assert len(guarded) > 8
    for role in table().roles:
        client = enter(role)
        for route in guarded:
            if all(role in permission(name).roles for name in route.permissions):
                continue
            answer = client.request(route.method, address_of(route))
            if "{token}" in route.path:  # a token in the address counts, never a session
                assert answer.status_code == 401, (role, route)
                continue
            assert answer.status_code == 403, (role, route)
            assert f"you are {role}" in answer.text
    client.cookies.clear()
    for route in guarded:
        assert client.request(route.method, address_of(route)).status_code == 401, route


def test_each_role_gets_every_page_that_is_for_it(record: Database, enter: As) -> None:
    plain = [r for r in routes(record) if r.method == "GET" and "{" not in r.path]
    pages = [r for r in plain if PUBLIC not in r.permissions and "stream" not in r.path]
    for role in table().roles:
        client = enter(role)
        assert client.post("/purpose", data={"purpose": "a look round"}).status_code < 500
        for route in pages:
            if all(role in permission(name).roles for name in route.permissions):
                answer = client.get(route.path, params={"words": "poster"})
                assert answer.status_code == 200, (role, route, answer.text)


def test_the_table_is_whole() -> None:
    known = table()
    assert set(known.markings) == set(known.roles)
    assert set(known.markings.values()) <= set(MARKINGS)
    for name, one in known.permissions.items():
        assert set(one.roles) <= set(known.roles), name
        assert one.roles, name
    used = set(re.findall(r"[a-z]+:[a-z]+", " ".join(known.permissions)))
    assert used == set(known.permissions) - {"own"}


def test_a_role_is_known_by_any_way_of_writing_it() -> None:
    assert known_role("Duty-Officer") == "duty officer"
    with pytest.raises(InputError, match="one of duty officer, analyst"):
        known_role("root")
