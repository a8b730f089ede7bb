"""Both back ends, for real: SQLite in a file, PostgreSQL with PostGIS in a cluster of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from watchfloor.store import Database

HOMES = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))


def _binaries() -> Path:
    """Where initdb and pg_ctl are; without them the tests fail and say what to install."""
    for home in HOMES:
        for version in sorted(home.glob("*/bin/initdb"), reverse=True):
            return version.parent
    raise RuntimeError("no PostgreSQL here: `make test` installs postgresql and PostGIS")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server on a socket of its own; its URL, to which a database name is added."""
    folder = Path("/tmp") / f"wf-pg-{uuid4().hex[:8]}"  # a socket's path must be short
    folder.mkdir()
    programs = _binaries()
    root = os.geteuid() == 0
    if root:
        shutil.chown(folder, "postgres", "postgres")

    def run(*command: str) -> None:
        prefix = ["runuser", "-u", "postgres", "--"] if root else []
        subprocess.run([*prefix, *command], check=True, capture_output=True, cwd=folder, timeout=60)

    run(str(programs / "initdb"), "-D", f"{folder}/data", "-A", "trust", "-U", "watch", "-N")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    control = str(programs / "pg_ctl")
    log = f"{folder}/log"
    run(control, "-D", f"{folder}/data", "-l", log, "-o", options, "-w", "start")
    try:
        yield f"postgresql://watch@/{{}}?host={folder}"
    finally:
        run(control, "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(cluster: str) -> str:
    """The URL of an empty database."""
    name = f"w{uuid4().hex[:12]}"
    import psycopg  # noqa: PLC0415 - only where a server runs

    with psycopg.connect(cluster.format("postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    return cluster.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty record can be made, on each back end in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    url: str = request.getfixturevalue("postgresql")
    return url


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty record on each back end in turn."""
    opened = Database(address)
    yield opened
    opened.close()
