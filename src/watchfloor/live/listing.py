"""Feeds that are lists of addresses: each page is got once, and again when the list says so, or,
where it does not say when a page was changed, after waits that grow while the page stays the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from watchfloor.errors import InputError, RefusedError, StatusError, without_secrets
from watchfloor.live.answer import Answer, Seen, digest_of
from watchfloor.live.lately import Lately
from watchfloor.live.robots import Manners
from watchfloor.read import Received, fetch, parse_bytes
from watchfloor.read.fetch import NOT_MODIFIED
from watchfloor.read.listings import Listed, Listing, parse_alert_list, parse_sitemap
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

#: Pages got at one look, so that other feeds do not wait for a whole site.
PAGES = 5
#: Lists of an index got at one look.
LISTS = 10
#: What stands for a page that there is no use in asking for again.
GONE = "gone"
#: The first and the longest wait until what bears no date is asked for again: pages, which are
#: revised within hours if at all, and lists, in which news stands.
PAGE_WAITS = (timedelta(hours=1), timedelta(days=7))
LIST_WAITS = (timedelta(minutes=5), timedelta(hours=6))


@dataclass(frozen=True, slots=True)
class Asked:
    """What this process was answered lately: lists by their addresses, as many as name half a
    million pages, and the digests of pages.
    """

    lists: Lately[Listing] = field(default_factory=lambda: Lately(500_000))
    pages: Lately[str] = field(default_factory=lambda: Lately(20_000))


def look(
    feed: Feed, seen: Seen, settings: Settings, manners: Manners, at: datetime, asked: Asked
) -> Answer:
    """The pages of a sitemap, or the messages of a list of CAP alerts, that are new or changed.

    `seen` holds for each address when it was changed and a hash of what it said. What its server
    fails to give is asked for again at the next look; what is not there, or forbidden, is not.
    Raises InputError where the list itself does not answer.
    """
    return _Look(feed.kind, seen, settings, manners, at, asked).over(feed.address)


@dataclass
class _Look:
    """One look at a feed of a kind, and what it has come upon so far."""

    kind: str
    seen: Seen
    settings: Settings
    manners: Manners
    at: datetime
    asked: Asked
    reports: list[tuple[str, str, Received]] = field(default_factory=list)
    same: list[tuple[str, str, str | None]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def over(self, address: str) -> Answer:
        """What there is at an address and in the lists that it names."""
        top = self.list_of(address)
        lists = _due(top.lists, self.seen, self.at, LIST_WAITS)
        pages = list(top.pages)
        for one in lists.all[:LISTS]:
            pages += self.pages_of(one)
        due = _due(pages, self.seen, self.at, PAGE_WAITS)
        for page in due.all[:PAGES]:
            self.get(page)
        more = len(due.new) > PAGES or len(lists.new) > LISTS
        return Answer(
            reports=tuple(self.reports), same=tuple(self.same), problems=tuple(self.problems),
            offered=tuple(one.url for one in (*top.lists, *pages)),
            more=more and bool(self.reports or self.same),
        )  # fmt: skip

    def list_of(self, url: str) -> Listing:
        """The list at an address, got only where it changed since."""
        self.manners.heed(url, self.settings)
        got = fetch(url, self.settings, self.asked.lists.headers(url))
        same = self.asked.lists.same(url) if got.status == NOT_MODIFIED else None
        if same is not None:
            return same
        if self.kind == "sitemap":
            made = parse_sitemap(got.data, url, self.settings.max_bytes)
        else:
            made = parse_alert_list(got.data, url)
        self.asked.lists.keep(url, got, made, 1 + len(made.pages) + len(made.lists))
        return made

    def pages_of(self, one: Listed) -> tuple[Listed, ...]:
        """The pages of a list of an index. A list of which nothing is due is noted, and not got
        again until it is changed or its wait is over.
        """
        try:
            pages = self.list_of(one.url).pages
        except InputError as error:
            self.problems.append(str(error))
            return ()
        if not _due(pages, self.seen, self.at, PAGE_WAITS).all:
            said = sha256(msgspec.json.encode([page.url for page in pages])).hexdigest()
            self.same.append((one.url, f"{one.changed} {said}", None))
        return pages

    def get(self, page: Listed) -> None:
        """Get a page, and keep what it says where it is another thing than it said before."""
        known = self.seen.get(page.url)
        before = known.digest.rpartition(" ")[2] if known is not None else None
        asks = before is not None and self.asked.pages.same(page.url) == before
        try:
            self.manners.heed(page.url, self.settings)
            got = fetch(
                page.url, self.settings, self.asked.pages.headers(page.url) if asks else None
            )
        except InputError as error:
            self.problems.append(str(error))
            gone = isinstance(error, StatusError) and 400 <= error.status < 500
            if gone or isinstance(error, RefusedError):
                self.same.append((page.url, f"{page.changed} {GONE}", None))
            return
        if got.status == NOT_MODIFIED and before is not None:
            self.same.append((page.url, f"{page.changed} {before}", None))
            return
        name = without_secrets(page.url)
        found = list(parse_bytes(got.data, name, self.settings, got.encoding))
        received = next((r for r in found if not r.failed), None)
        if received is None:
            self.problems += [problem for r in found for problem in r.problems]
            self.same.append((page.url, f"{page.changed} {GONE}", None))
            return
        digest = digest_of(received)
        note = f"{page.changed} {digest}"
        self.asked.pages.keep(page.url, got, digest)
        if before == digest:
            self.same.append((page.url, note, received.report.id))
        else:
            self.reports.append((page.url, note, received))


@dataclass(frozen=True, slots=True)
class _Due:
    """What is to be got: what is `new` or changed, the newest first, and what is asked for `again`,
    first what has been the same for the shortest time.
    """

    new: tuple[Listed, ...]
    again: tuple[Listed, ...]

    @property
    def all(self) -> tuple[Listed, ...]:
        """All of it, in order."""
        return (*self.new, *self.again)


def _due(
    listed: Sequence[Listed], seen: Seen, at: datetime, waits: tuple[timedelta, timedelta]
) -> _Due:
    """What was never got, what was changed since, and what bears no date and was not asked for in
    a while: `waits` are the first wait, which doubles each time it was the same, and the longest.
    """
    new, again = [], []
    first, longest = waits
    for one in dict.fromkeys(listed):
        known = seen.get(one.url)
        if known is None or known.digest.rpartition(" ")[0] != one.changed:
            new.append(one)
        elif not one.changed:
            wait = min(longest, first * 2 ** min(known.steady, 20))
            if at - known.asked_at >= wait:
                again.append((known.steady, known.asked_at, one))
    return _Due(
        new=tuple(sorted(new, key=lambda one: one.changed, reverse=True)),
        again=tuple(one for *_, one in sorted(again, key=lambda due: due[:2])),
    )
