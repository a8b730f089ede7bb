"""Open the record: engine, migrations, transactions, back-up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, StatementError

from watchfloor.errors import StoreError, WatchfloorError
from watchfloor.store.sight import Sight, narrowed

#: Seconds that a writer waits for another one to finish.
PATIENCE_S = 60
#: The key of the lock that makes writers on PostgreSQL take turns.
TURN = 0x57464C52
#: Pages (4 KiB) that SQLite's log holds before they go into the file. A batch of sixteen reports
#: touches some 600 of a large record: with SQLite's own 1,000 every second one waited for that.
LOG_PAGES = 8000
#: A transaction on the record.
Session = Connection


class Database:
    """One record. Use `writing()` and `reading()`; both end what they began.

    `where` is a file, made where it is not there, or the URL of a PostgreSQL database with
    PostGIS. Opening brings the schema up to date. Raises StoreError where it cannot be opened.
    """

    def __init__(self, where: str | Path) -> None:
        self.url = url_of(where)
        self.sight: Sight | None = None
        self.engine = _engine(self.url)
        try:
            upgrade(self.engine)
        except (DBAPIError, OSError) as error:
            self.close()
            raise StoreError(f"cannot be opened ({_cause(error)})", where=self.name) from error
        except CommandError as error:
            self.close()
            right = "the version of watchfloor that last opened it, or a newer one"
            raise StoreError(f"has a schema that this version does not know ({error})",
                             where=self.name, right=right) from error  # fmt: skip

    @property
    def name(self) -> str:
        """The record's address without its password."""
        return make_url(self.url).render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file."""
        return self.engine.dialect.name == "sqlite"

    def seen_by(self, sight: Sight) -> Database:
        """The same record, of which reading shows what this person may see."""
        narrow = copy(self)
        narrow.sight = sight
        return narrow

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that alone writes until it ends; all of it is kept or nothing."""
        try:
            with self.engine.connect() as opened:
                session = opened.execution_options(writes=True)
                with session.begin():
                    if not self.is_sqlite:
                        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TURN})
                    yield session
        except DBAPIError as error:
            raise StoreError(f"cannot be written ({_cause(error)})", where=self.name) from error
        except StatementError as error:
            if isinstance(error.orig, WatchfloorError):
                raise error.orig from None  # a value that a column type refuses
            raise

    @contextmanager
    def aside(self) -> Iterator[Session]:
        """A transaction for one row that waits, on PostgreSQL, for nobody who writes others."""
        try:
            with self.engine.connect() as opened:
                session = opened.execution_options(writes=True)
                with session.begin():
                    yield session
        except DBAPIError as error:
            raise StoreError(f"cannot be written ({_cause(error)})", where=self.name) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the record, whatever is written meanwhile."""
        try:
            with self.engine.connect() as opened:
                options: dict[str, Any] = {"sight": self.sight}
                if not self.is_sqlite:
                    options["isolation_level"] = "REPEATABLE READ"
                with opened.execution_options(**options) as session, session.begin():
                    yield session
        except DBAPIError as error:
            raise StoreError(f"cannot be read ({_cause(error)})", where=self.name) from error

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def back_up(self, to: Path) -> None:
        """Copy a running SQLite record into a file, whole and checked.

        Raises StoreError on PostgreSQL, whose own `pg_dump` does it.
        """
        if not self.is_sqlite:
            raise StoreError("is on PostgreSQL", where=self.name, right="pg_dump backs it up")
        scratch = to.with_name(f".{to.name}.part")
        with (
            closing(sqlite3.connect(str(make_url(self.url).database))) as live,
            closing(sqlite3.connect(scratch)) as copy,
        ):
            live.backup(copy)
        check(scratch)
        scratch.replace(to)


def url_of(where: str | Path) -> str:
    """The URL of a record given by file or by URL."""
    if isinstance(where, str) and "://" in where:
        try:
            url = make_url(where)
        except ArgumentError as error:
            raise StoreError(str(error), where=where, right="postgresql://…") from error
        if url.drivername in {"postgres", "postgresql"}:
            url = url.set(drivername="postgresql+psycopg")
        return url.render_as_string(hide_password=False)
    path = Path(where)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(error.strerror or "cannot be made", where=str(path.parent)) from error
    return f"sqlite:///{path}"


def check(path: Path) -> None:
    """Raise StoreError unless the file is a whole SQLite record of this schema."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise StoreError(f"is damaged ({found})", where=str(path))
            opened.execute("SELECT count(*) FROM report").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"is no record ({error})", where=str(path)) from error


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the schema up to date, or to a revision; several processes that open it at once take
    turns. Raises alembic's `CommandError` where the record's revision is unknown here.
    """
    with as_file(files("watchfloor.store") / "migrations") as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        with engine.connect() as opened:
            connection = opened.execution_options(writes=True)
            with connection.begin():
                if engine.dialect.name != "sqlite":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TURN})
                config.attributes["connection"] = connection
                command.upgrade(config, to)


def _engine(url: str) -> Engine:
    on_sqlite = url.startswith("sqlite")
    options = {"connect_args": {"timeout": PATIENCE_S}} if on_sqlite else {"pool_pre_ping": True}
    engine = create_engine(url, **options)

    @event.listens_for(engine, "before_execute", retval=True)
    def _see(
        connection: Connection, statement: Any, many: Any, values: Any, _options: Any
    ) -> tuple[Any, Any, Any]:
        sight = connection.get_execution_options().get("sight")
        return (narrowed(statement, sight) if sight else statement), many, values

    if not on_sqlite:
        return engine

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says so
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536",
            "temp_store=MEMORY", "mmap_size=268435456", f"wal_autocheckpoint={LOG_PAGES}",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _cause(error: BaseException) -> str:
    origin = getattr(error, "orig", None) or error
    return " ".join(str(origin).split())
