"""A desk on a real server, over a record with one alert, and visitors of every role."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from watchfloor.desk import make_app
from watchfloor.desk.access import COOKIE, Access
from watchfloor.desk.access.permissions import table
from watchfloor.desk.access.secrets import digest
from watchfloor.live import Watch
from watchfloor.records import CodedReport
from watchfloor.settings import Settings
from watchfloor.store import Arrival, Database
from watchfloor.store.alerts import KeptAlert, find_alerts
from watchfloor.store.sessions import session_of
from watchfloor.watch import Register, default_rules
from watchfloor.watch.register import Site

EVIL = "<script>alert(1)</script>"
TEXT = (
    "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers, "
    f"the police said. A poster nearby read {EVIL}."
)


@pytest.fixture(scope="session")
def coded(settings: Settings) -> CodedReport:
    import watchfloor  # noqa: PLC0415 - loads the models

    return watchfloor.code(TEXT, published="2031-03-03", settings=settings, title=EVIL)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, coded: CodedReport) -> Path:
    """A record with one alert, made once and copied for each test."""
    home = tmp_path_factory.mktemp("filled")
    made = Database(home / "record.db")
    site = Site(id="gao-depot", name="Gao depot", kind="depot", country="MLI", lat=16.27, lon=-0.04)
    running = Watch(made, Register(sites=(site,)), default_rules(), Settings(home=home))
    running.take([Arrival(coded=coded, received_at=datetime.now(UTC), coder="1")])
    made.back_up(home / "copy.db")
    made.close()
    return home / "copy.db"


@pytest.fixture
def record(tmp_path: Path, filled: Path) -> Iterator[Database]:
    opened = Database(copyfile(filled, tmp_path / "record.db"))
    yield opened
    opened.close()


@contextmanager
def serving(record: Database, access: Access, app: FastAPI | None = None) -> Iterator[str]:
    """The address of a desk that serves until the end of the block."""
    config = uvicorn.Config(app or make_app(record, access), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def access(record: Database) -> Access:
    """Ways into a desk that every role may enter by a key."""
    return Access(record, open_as=table().roles)


@pytest.fixture
def url(record: Database, access: Access) -> Iterator[str]:
    with serving(record, access) as address:
        yield address


def csrf_of(client: httpx.Client, record: Database) -> str:
    """What the forms of this client's session carry."""
    with record.reading() as session:
        opened = session_of(session, digest(client.cookies[COOKIE]), datetime.now(UTC))
    assert opened is not None
    return opened.csrf


As = Callable[[str], httpx.Client]


@pytest.fixture
def enter(url: str, access: Access, record: Database) -> Iterator[As]:
    """A client that is signed in as a role and sends its form's token with every write."""
    with ExitStack() as stack:

        def made(role: str) -> httpx.Client:
            client = stack.enter_context(
                httpx.Client(base_url=url, follow_redirects=True, timeout=60)
            )
            answer = client.get("/enter", params={"key": access.keys[role]}, follow_redirects=False)
            assert answer.status_code == 303
            client.headers["X-CSRF-Token"] = csrf_of(client, record)
            return client

        yield made


@pytest.fixture
def officer(enter: As) -> httpx.Client:
    return enter("duty officer")


def only_alert(record: Database) -> KeptAlert:
    with record.reading() as session:
        (one,) = find_alerts(session)
    return one
