"""The administration page by its own blocks of commands, on a real PostgreSQL server."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.store.conftest import _binaries

PAGE = Path(__file__).parents[1] / "docs" / "administration.md"
EXERCISE = Path(__file__).parents[1] / "src" / "watchfloor" / "data" / "exercise"
PASSWORD = "exercise only"
PROGRAMS = Path(sys.executable).parent


def blocks(heading: str) -> list[str]:
    """The indented blocks of a section of the page."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.MULTILINE)
    return [re.sub(r"^    ", "", one, flags=re.MULTILINE).strip() for one in found]


@dataclass(frozen=True)
class Machine:
    """A server with a password on every connection; who runs watchfloor, and who administers it."""

    user: Mapping[str, str]
    admin: Mapping[str, str]
    home: Path

    def run(
        self, commands: str, who: Mapping[str, str], typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run commands in one shell, with nothing on a terminal."""
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands], input=typed, env=dict(who), cwd=self.home,
            capture_output=True, encoding="utf-8", timeout=300, start_new_session=True, check=False,
        )  # fmt: skip

    def done(self, commands: str, who: Mapping[str, str], typed: str = "") -> str:
        """What commands that must succeed print."""
        ran = self.run(commands, who, typed)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    programs, root = _binaries(), os.geteuid() == 0
    folder, home = Path("/tmp") / f"wf-pg-{uuid4().hex[:8]}", tmp_path_factory.mktemp("home")
    folder.mkdir()
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    if root:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    def run(*command: str) -> None:
        prefix = ["runuser", "-u", "postgres", "--"] if root else []
        subprocess.run([*prefix, *command], check=True, capture_output=True, cwd=folder, timeout=90)

    run(str(programs / "initdb"), "-D", f"{folder}/data", "-A", "scram-sha-256", "-U", "postgres",
        f"--pwfile={folder}/password", "-N")  # fmt: skip
    options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = str(programs / "pg_ctl")
    run(control, "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options, "-w", "start")
    base = {
        "PATH": f"{PROGRAMS}:{programs}:/usr/bin:/bin", "PGPORT": port, "HOME": str(home),
        "WATCHFLOOR_HOME": str(home), "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parents[1] / "src"),
    }  # fmt: skip
    admin = {**base, "PGUSER": "postgres", "PGPASSWORD": PASSWORD, "PGHOST": "127.0.0.1"}
    try:
        yield Machine(base, admin, home)
    finally:
        run(control, "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_a_record_on_postgresql_is_made_filled_backed_up_and_restored(machine: Machine) -> None:
    as_admin, as_user = blocks("PostgreSQL")
    machine.done(as_admin, machine.admin, typed=f"{PASSWORD}\n{PASSWORD}\n")
    refused = machine.run(as_user, machine.user)
    assert refused.returncode != 0
    assert "cannot be opened" in refused.stderr
    assert "Traceback" not in refused.stderr
    secret = machine.home / ".pgpass"
    secret.write_text(f"localhost:*:*:watchfloor:{PASSWORD}\n", encoding="utf-8")
    secret.chmod(0o600)
    empty = machine.done(as_user, machine.user)
    record = {**machine.user, "WATCHFLOOR_STORE": "postgresql://watchfloor@localhost/watchfloor"}
    machine.done(f"watchfloor ingest {EXERCISE}/reports.jsonl", record)
    held = machine.done("watchfloor stats", record)
    assert held != empty
    *copying, looking = blocks("Back-up and restore")[1].splitlines()
    machine.done("\n".join(copying), machine.admin)
    assert machine.done(looking, machine.user) == held
    refused = machine.run("watchfloor backup copy.db", record)
    assert refused.returncode != 0
    assert "PostgreSQL" in refused.stderr


def test_a_record_in_a_file_is_backed_up_and_restored(machine: Machine, tmp_path: Path) -> None:
    folders = {"/backup/": f"{tmp_path}/backup/", "/var/lib/watchfloor/": f"{tmp_path}/"}
    copying = blocks("Back-up and restore")[0]
    for path, own in folders.items():
        Path(own).mkdir(exist_ok=True)
        copying = copying.replace(path, own)
    record = {**machine.user, "WATCHFLOOR_STORE": f"{tmp_path}/record.db"}
    machine.done(f"watchfloor ingest {EXERCISE}/reports.jsonl", record)
    machine.done(copying, record)
    restored = {**record, "WATCHFLOOR_STORE": f"{tmp_path}/restored.db"}
    held = machine.done("watchfloor stats", record)
    assert machine.done("watchfloor stats", restored) == held
    again = machine.run(copying.splitlines()[1], record)
    assert again.returncode != 0
    assert "Traceback" not in again.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to ask")
def test_systemd_takes_the_unit(machine: Machine) -> None:
    (unit,) = blocks("As services")
    file = machine.home / "watchfloor-desk.service"
    file.write_text(unit.replace("/opt/watchfloor/bin", str(PROGRAMS)), encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(file)],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "watchfloor" not in told.stderr
    (started,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    named = machine.done(f"{Path(started.split()[0]).name} desk --help", machine.user)
    assert all(option in named for option in started.split() if option.startswith("--"))
