"""The schema of the watch: feeds and how they fared, alerts and what became of them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Double,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from watchfloor.store.tables import metadata
from watchfloor.store.types import Utc

#: Where reports come from. `grade` is an Admiralty reliability set by a person, None until then.
feed = Table(
    "feed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("grade", Text),
    Column("every_s", Float, nullable=False),
    Column("marking", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("state", Text, nullable=False),
    Column("error", Text),
    Column("failures", Integer, nullable=False),
    Column("gap_s", Float),
    Column("tried_at", Utc),
    Column("answered_at", Utc),
    Column("fresh_at", Utc),
    Column("next_at", Utc, nullable=False, index=True),
)

#: From when a feed was in which state: the hours in which nobody could have heard of anything.
feed_state = Table(
    "feed_state",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("feed", Integer, ForeignKey("feed.n", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("error", Text),
)

#: From when on a host may be asked again, seconds since 1970 by the record's clock.
host = Table(
    "host",
    metadata,
    Column("name", Text, primary_key=True),
    Column("free_at", Double, nullable=False),
)

#: What a feed offered before, so that a page is got once and an edit is seen: when it was offered
#: last (`seen_at`), when it was got last, and how many times in a row it was the same then.
entry = Table(
    "entry",
    metadata,
    Column("feed", Integer, ForeignKey("feed.n", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("report", Text, index=True),
    Column("seen_at", Utc, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("steady", Integer, nullable=False),
)

#: An incident held against one register entry. `revision` counts what was worth telling.
alert = Table(
    "alert",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("incident", Text, nullable=False, index=True),
    Column("register", Text, nullable=False, index=True),
    Column("severity", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False, index=True),
    Column("snoozed_until", Utc),
    Column("disposition", Text),
    Column("doc", Text, nullable=False),
    Index("ix_alert_state_n", "state", "n"),
    UniqueConstraint("incident", "register"),
)

alert_log = Table(
    "alert_log",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("alert", Text, nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("what", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text),
)

#: What is to be told on which channel; `state`: waiting, sent, spared or dead.
delivery = Table(
    "delivery",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("alert", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("error", Text),
    UniqueConstraint("alert", "revision", "channel"),
    Index("ix_delivery_state_due_at", "state", "due_at"),
)
