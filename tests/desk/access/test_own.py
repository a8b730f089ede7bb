"""A user's own account, and coming in through a real OpenID provider."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import httpx
import pyotp
import pytest
from joserfc.jwk import RSAKey

from tests.desk.access.provider import Provider, running
from tests.desk.conftest import csrf_of, serving
from watchfloor.desk.access import Access
from watchfloor.desk.access.openid import OpenId
from watchfloor.desk.access.secrets import hashed
from watchfloor.errors import SettingsError
from watchfloor.store import Database
from watchfloor.store.users import add_user, the_user

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running() as made:
        yield made


@pytest.fixture
def desk(record: Database, provider: Provider) -> Iterator[str]:
    provider.claims, provider.signed_by = {}, None
    with record.writing() as session:
        add_user(session, "Amina", "analyst", datetime.now(UTC))
        add_user(session, "Bo", "administrator", datetime.now(UTC), hashed(PASSWORD))
    openid = OpenId(provider.issuer, "desk", "a secret")
    with serving(record, Access(record, openid=openid)) as url:
        yield url


Through = Callable[[], tuple[httpx.Client, httpx.Response]]


@pytest.fixture
def through(desk: str) -> Iterator[Through]:
    """A new browser that went to the provider and came back with an answer."""
    with ExitStack() as stack:

        def made() -> tuple[httpx.Client, httpx.Response]:
            client = stack.enter_context(httpx.Client(base_url=desk, follow_redirects=True))
            return client, client.get("/openid")

        yield made


def test_who_the_provider_knows_comes_in_and_is_known_again(
    through: Through, provider: Provider, record: Database
) -> None:
    client, _ = through()
    assert "Amina, analyst" in client.get("/account").text
    with record.reading() as session:
        assert the_user(session, "Amina").subject == f"{provider.issuer} s1"
    provider.claims = {"preferred_username": "renamed"}
    client, _ = through()
    assert "Amina, analyst" in client.get("/account").text


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "http://evil.example"},
        {"nonce": "old"},
        {"exp": int(time.time()) - 600},
        {"preferred_username": "Nobody"},
        {"preferred_username": "Bo"},
        {"preferred_username": None, "email": "Amina", "email_verified": False},
    ],
)
def test_a_wrong_answer_lets_nobody_in(
    through: Through, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    client, answer = through()
    assert answer.status_code in {400, 403}
    assert client.get("/account").status_code == 401


def test_a_wrong_signature_or_a_state_of_elsewhere_lets_nobody_in(
    desk: str, through: Through, provider: Provider
) -> None:
    provider.signed_by = RSAKey.generate_key(2048, {"kid": "k1"})
    _, answer = through()
    assert answer.status_code == 400
    planted = httpx.get(f"{desk}/openid/back", params={"code": "c", "state": "s"})
    assert planted.status_code == 403


def test_a_provider_is_asked_over_https_only() -> None:
    with pytest.raises(SettingsError, match="https"):
        OpenId("http://login.example", "desk", "s")


def test_password_and_code_are_changed_by_who_proves_to_be_it(desk: str, record: Database) -> None:
    with httpx.Client(base_url=desk, follow_redirects=True) as client:
        client.post("/sign-in", data={"name": "Bo", "password": PASSWORD})
        client.headers["X-CSRF-Token"] = csrf_of(client, record)
        found = re.search(r"<code>([A-Z2-7]{32})</code>", client.get("/account").text)
        assert found is not None
        code = pyotp.TOTP(found[1])
        wrong = client.post("/account/code", data={"secret": found[1], "code": "000000x"})
        assert wrong.status_code == 400
        client.post("/account/code", data={"secret": found[1], "code": code.now()})
        old = {"old": "guess", "password": "another long password"}
        assert client.post("/account/password", data=old).status_code == 403
        assert client.post("/account/code/remove", data={"old": "guess"}).status_code == 403
        before = dict(client.cookies)
        done = client.post("/account/password", data={**old, "old": PASSWORD})
        assert done.status_code == 200
        assert httpx.get(f"{desk}/account", cookies=before).status_code == 401
    again = {"name": "Bo", "password": "another long password"}
    assert httpx.post(f"{desk}/sign-in", data=again).status_code == 403
    assert httpx.post(f"{desk}/sign-in", data={**again, "code": code.now()}).status_code == 303


def test_the_secret_is_a_qr_code_that_an_authenticator_reads(desk: str, through: Through) -> None:
    one, _ = through()
    page = one.get("/account").text
    square = re.search(r'<svg[^>]*class="qr"[^>]*viewBox="0 0 (\d+) .*?<path d="([^"]+)"', page)
    assert square is not None
    size = int(square[1])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", square[2])}
    finder = {(x, y) for x in range(7) for y in range(7)} - {
        (x, y) for x in range(1, 6) for y in range(1, 6) if 1 in (x, y) or 5 in (x, y)
    }
    for left, top in ((4, 4), (size - 11, 4), (4, size - 11)):
        block = {(x - left, y - top) for x, y in dark if 0 <= x - left < 7 and 0 <= y - top < 7}
        assert block == finder, "each of three corners has its finder pattern"
    assert all(4 <= x < size - 4 and 4 <= y < size - 4 for x, y in dark), "a quiet margin"
    again = one.get("/account").text
    assert square[2] not in again, "each time another secret"
