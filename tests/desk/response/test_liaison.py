"""A liaison with a site of their own reads its letters, and those of no other site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx

from tests.desk.conftest import As
from tests.desk.response.test_pages import signed_letter
from watchfloor.desk.access import COOKIE
from watchfloor.desk.access.secrets import digest, fresh
from watchfloor.store import Database
from watchfloor.store.sessions import open_session
from watchfloor.store.users import add_user


def liaison_of(record: Database, url: str, *sites: str) -> httpx.Client:
    id, now = fresh(), datetime.now(UTC)
    with record.writing() as session:
        user = add_user(session, f"liaison of {' '.join(sites)}", "liaison", now, sites=sites)
        open_session(session, user, digest(id), fresh(), now, now + timedelta(hours=1))
    return httpx.Client(base_url=url, cookies={COOKIE: id})


def test_letters_of_ones_own_site_only(enter: As, record: Database, url: str) -> None:
    paper = signed_letter(enter, record)
    with liaison_of(record, url, "gao-depot") as own, liaison_of(record, url, "jos") as other:
        assert "signed by head of cell (key)" in own.get("/assurances").text
        assert own.get(f"/assurances/{paper}/file.pdf").content.startswith(b"%PDF")
        assert other.get(f"/assurances/{paper}/file.pdf").status_code == 404
        assert "No letter of assurance is signed yet" in other.get("/assurances").text
        assert own.get("/cell").status_code == 403
