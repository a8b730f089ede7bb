"""Coming in: by password, by code, by key; what fails, and what a session is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pyotp
import pytest

from tests.desk.conftest import As, csrf_of, only_alert, serving
from watchfloor.desk.access import COOKIE, Access
from watchfloor.desk.access.secrets import digest, hashed
from watchfloor.desk.access.tries import MOST, WINDOW, Tries
from watchfloor.store import Database
from watchfloor.store.sessions import open_session
from watchfloor.store.users import (
    TRIES,
    User,
    add_user,
    disable,
    set_role,
    set_totp,
    the_user,
)

PASSWORD = "correct horse battery"


@pytest.fixture
def amina(record: Database) -> User:
    with record.writing() as session:
        hash = hashed(PASSWORD)
        return add_user(session, "Amina", "duty officer", datetime.now(UTC), hash)


def sign_in(url: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return httpx.post(f"{url}/sign-in", data={"name": "Amina", "password": password, **more})


def test_a_password_opens_a_new_session_and_leads_on(url: str, amina: User) -> None:
    fixed = "an-id-that-an-attacker-planted"
    with httpx.Client(base_url=url, cookies={COOKIE: fixed}) as client:
        data = {"name": "amina ", "password": PASSWORD, "next": "/sources"}
        answer = client.post("/sign-in", data=data)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
        cookie = answer.headers["set-cookie"]
        assert fixed not in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
    assert httpx.get(url, cookies={COOKIE: fixed}).status_code == 401


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil", "evil"])
def test_signing_in_leads_nowhere_else(url: str, amina: User, next: str) -> None:
    assert sign_in(url, next=next).headers["location"] == "/"


def test_a_wrong_password_says_nothing_of_who_has_an_account(url: str, amina: User) -> None:
    wrong = sign_in(url, "guess")
    nobody = httpx.post(f"{url}/sign-in", data={"name": "Nobody", "password": "guess"})
    assert wrong.status_code == nobody.status_code == 403
    assert wrong.text == nobody.text
    assert "set-cookie" not in wrong.headers


def test_an_account_rests_after_five_wrong_tries(url: str, amina: User, record: Database) -> None:
    for _ in range(TRIES):
        assert sign_in(url, "guess").status_code == 403
    assert sign_in(url).status_code == 403
    with record.reading() as session:
        rests = the_user(session, "Amina").locked_until
    assert rests is not None
    assert rests > datetime.now(UTC) + timedelta(minutes=14)


def test_an_address_waits_after_too_many_failures(url: str, amina: User) -> None:
    for n in range(MOST):
        httpx.post(f"{url}/sign-in", data={"name": f"n{n}", "password": "guess"})
    assert sign_in(url).status_code == 429


def test_failures_of_an_address_are_forgotten_in_time() -> None:
    tries, at = Tries(), datetime.now(UTC)
    for _ in range(MOST):
        tries.note("192.0.2.1", at)
    assert tries.too_many("192.0.2.1", at)
    assert not tries.too_many("192.0.2.2", at)
    assert not tries.too_many("192.0.2.1", at + WINDOW)


def test_a_code_is_asked_for_and_taken_once(url: str, amina: User, record: Database) -> None:
    secret = pyotp.random_base32()
    with record.writing() as session:
        set_totp(session, amina, secret)
    assert sign_in(url).status_code == 403
    code = pyotp.TOTP(secret).now()
    assert sign_in(url, code=code).status_code == 303
    assert sign_in(url, code=code).status_code == 403


def test_who_is_shut_out_or_has_ended_is_out_at_once(
    url: str, amina: User, record: Database
) -> None:
    cookies = sign_in(url).cookies
    assert httpx.get(url, cookies=cookies).status_code == 200
    with record.writing() as session:
        disable(session, amina, datetime.now(UTC))
    assert httpx.get(url, cookies=cookies).status_code == 401
    assert sign_in(url).status_code == 403
    with record.writing() as session:
        disable(session, amina, None)
        past = datetime.now(UTC) - timedelta(seconds=1)
        open_session(session, amina, digest("over"), "c", past - timedelta(hours=1), past)
    assert httpx.get(url, cookies={COOKIE: "over"}).status_code == 401


def test_signing_out_ends_the_session(enter: As) -> None:
    client = enter("analyst")
    old = dict(client.cookies)
    assert client.post("/sign-out", follow_redirects=False).status_code == 303
    assert httpx.get(client.base_url, cookies=old).status_code == 401


def test_a_role_cannot_be_forged_and_changes_at_once(
    url: str, amina: User, record: Database
) -> None:
    with httpx.Client(base_url=url, cookies=sign_in(url).cookies) as client:
        forged = {"X-CSRF-Token": csrf_of(client, record), "X-Role": "head of cell"}
        one = only_alert(record).id
        act = f"/alerts/{one}/acknowledge?role=administrator"
        assert client.post(act, headers=forged, data={"role": "analyst"}).status_code == 303
        with record.writing() as session:
            set_role(session, amina, "researcher")
        denied = client.post(act, headers=forged, data={"role": "duty officer"})
        assert denied.status_code == 403
        assert "duty officer, analyst, head of cell; you are researcher" in denied.text


def test_a_write_needs_the_sessions_own_form(enter: As, url: str, record: Database) -> None:
    officer, other = enter("duty officer"), enter("analyst")
    act = f"/alerts/{only_alert(record).id}/acknowledge"
    own = officer.headers.pop("X-CSRF-Token")
    assert officer.post(act).status_code == 403
    assert officer.post(act, data={"csrf": other.headers["X-CSRF-Token"]}).status_code == 403
    evil = {"Origin": "http://evil.example"}
    assert officer.post(act, data={"csrf": own}, headers=evil).status_code == 403
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert officer.post(act, data={"csrf": own}, headers=cross).status_code == 403
    assert only_alert(record).state == "open"
    assert officer.post(act, data={"csrf": own}).status_code == 200
    assert only_alert(record).state == "acknowledged"


def test_the_first_administrator_is_made_once_by_the_printed_key(record: Database) -> None:
    access = Access(record)
    with serving(record, access) as url:
        data = {"key": access.first, "name": "Chief", "password": PASSWORD}
        assert httpx.post(f"{url}/first", data={**data, "key": "guess"}).status_code == 403
        short = httpx.post(f"{url}/first", data={**data, "password": "short"})
        assert (short.status_code, "at least 12" in short.text) == (400, True)
        made = httpx.post(f"{url}/first", data=data)
        assert made.status_code == 303
        assert httpx.get(f"{url}/sources", cookies=made.cookies).status_code == 200
        again = httpx.post(f"{url}/first", data={**data, "name": "Second"})
        assert again.status_code == 403
        assert httpx.get(f"{url}/enter?key=").status_code == 403
    with record.reading() as session:
        assert the_user(session, "Chief").role == "administrator"
