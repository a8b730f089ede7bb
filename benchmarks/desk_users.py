"""200 people at one desk: do all get their answers, and how long do they wait?

    python benchmarks/desk_users.py [USERS SECONDS ALERTS INCIDENTS]

Each user is a thread with a session of its own on a real server (a process of its own, SQLite): it
opens the floor, polls the queue as the page does, looks at the map, an incident, a search, and
decides on alerts, which changes the queue for everybody. Printed: what was asked how often, errors,
and seconds waited (median, 95 of 100); an error is any answer but the right one. Standard: none.
"""

from __future__ import annotations

import multiprocessing
import random
import socket
import sys
import tempfile
import threading
import time
from collections import defaultdict
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import uvicorn

import desk as filling
from watchfloor.desk.access import Access
from watchfloor.desk.app import make_app
from watchfloor.store import Database

#: Seconds between what a user does, drawn evenly.
PAUSE = (1.0, 5.0)


class User(threading.Thread):
    """One person at the desk until a time; `waited` holds (what, seconds, error or None)."""

    def __init__(self, url: str, key: str, until: float, n: int) -> None:
        super().__init__(daemon=True)
        self.chance, self.until, self.n = random.Random(n), until, n
        self.client = httpx.Client(base_url=url, timeout=120, follow_redirects=True)
        self.key = key
        self.waited: list[tuple[str, float, str | None]] = []
        self.csrf = self.stamp = ""

    def run(self) -> None:
        """Come in, then act until the time is over."""
        self.ask("come in", "GET", f"/enter?key={self.key}")
        self.floor()
        while time.perf_counter() < self.until:
            time.sleep(self.chance.uniform(*PAUSE))
            act = self.chance.choices(
                (self.poll, self.floor, self.map, self.incident, self.search, self.decide),
                (60, 8, 12, 10, 5, 5),
            )[0]
            act()
        self.client.close()

    def ask(self, what: str, method: str, path: str, **more: object) -> str:
        """Ask for something, and note how long it took."""
        start, error = time.perf_counter(), None
        text = ""
        try:
            answer = self.client.request(method, path, **more)  # type: ignore[arg-type]
            text = answer.text
            if answer.status_code >= 400:
                error = f"{answer.status_code} {text[:80]!r}"
        except httpx.HTTPError as problem:
            error = repr(problem)
        self.waited.append((what, time.perf_counter() - start, error))
        return text

    def floor(self) -> None:
        """Open the first page."""
        text = self.ask("first page", "GET", "/")
        self.read(text)

    def read(self, text: str) -> None:
        """Keep what the page's forms and its next poll carry."""
        if 'name="csrf" value="' in text:
            self.csrf = text.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]
        if 'name="stamp" value="' in text:
            self.stamp = text.split('name="stamp" value="')[1].split('"', maxsplit=1)[0]

    def poll(self) -> None:
        """Ask whether the queue changed."""
        self.read(self.ask("poll", "GET", f"/floor/queue?stamp={self.stamp}"))

    def map(self) -> None:
        """Look at the map."""
        self.ask("map", "GET", "/floor/map.json")

    def incident(self) -> None:
        """Open an incident."""
        self.ask("incident", "GET", f"/incidents/i{self.chance.randrange(1000)}")

    def search(self) -> None:
        """Search incidents."""
        self.ask("search", "GET", "/search?kind=ASSAULT&country=PAK")

    def decide(self) -> None:
        """Take an alert up and give it back."""
        at = f"/alerts/al{self.n}"
        for act in ("acknowledge", "reopen"):
            data = {"csrf": self.csrf, "to": "/"}
            self.ask("decide", "POST", f"{at}/{act}", data=data, headers={"HX-Request": "true"})


def main() -> None:
    """Fill, serve, let them work, print."""
    given = [int(n) for n in sys.argv[1:]]
    users, seconds, alerts, incidents = (*given, *(200, 60, 50_000, 100_000)[len(given) :])
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "record.db"
        database = Database(path)
        filling.fill(database, alerts, incidents)
        database.close()
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(path, theirs), daemon=True)
        server.start()
        url, key = ours.recv()
        until = time.perf_counter() + seconds
        many = [User(url, key, until, n) for n in range(users)]
        for user in many:
            user.start()
        for user in many:
            user.join()
        told(many, seconds)
        server.terminate()
        server.join(10)


def serve(path: Path, told_to: Connection) -> None:
    """A desk on a free port until it is ended; its address and the key of a role are sent."""
    database = Database(path)
    access = Access(database, ("head of cell",))
    app = make_app(database, access)
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as door:
        told_to.send((f"http://127.0.0.1:{door.getsockname()[1]}", access.keys["head of cell"]))
        config = uvicorn.Config(app, log_level="error", timeout_keep_alive=75)
        uvicorn.Server(config).run(sockets=[door])


def told(many: list[User], seconds: int) -> None:
    """Print what was asked, and how it was answered."""
    waited: dict[str, list[float]] = defaultdict(list)
    errors: dict[str, list[str]] = defaultdict(list)
    for what, took, error in (one for user in many for one in user.waited):
        waited[what].append(took)
        if error:
            errors[what].append(error)
    print(f"{len(many)} users for {seconds} s")
    print(f"  {'':12} {'asked':>6} {'errors':>6} {'median s':>9} {'95 of 100':>9}")
    for what, took in waited.items():
        ordered = sorted(took)
        median, most = ordered[len(took) // 2], ordered[int(len(took) * 0.95)]
        wrong = len(errors.get(what, ()))
        print(f"  {what:12} {len(took):6} {wrong:6} {median:9.3f} {most:9.3f}")
    for what, said in errors.items():
        print(f"  {what}: {said[0]}")


if __name__ == "__main__":
    main()
