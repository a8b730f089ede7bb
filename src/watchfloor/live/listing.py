"""Feeds that are lists of addresses: each page is got once, and again when the list says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from watchfloor.errors import InputError, RefusedError, StatusError, without_secrets
from watchfloor.live.answer import Answer, digest_of
from watchfloor.live.robots import Manners
from watchfloor.read import Received, fetch, parse_bytes
from watchfloor.read.listings import Listed, Listing, parse_alert_list, parse_sitemap
from watchfloor.settings import Settings
from watchfloor.store.feeds import Feed

#: Pages got at one look, so that other feeds do not wait for a whole site.
PAGES = 5
#: Lists of an index got at one look.
LISTS = 10
#: What stands for a page that there is no use in asking for again.
GONE = "gone"


def look(feed: Feed, seen: dict[str, str], settings: Settings, manners: Manners) -> Answer:
    """The pages of a sitemap, or the messages of a list of CAP alerts, that are new or changed.

    `seen` holds for each address when it was changed and a hash of what it said. What its server
    fails to give is asked for again at the next look; what is not there, or forbidden, is not.
    Raises InputError where the list itself does not answer.
    """
    top = _list_of(feed.address, feed.kind, settings, manners)
    got = _Got()
    stale = [one for one in top.lists if not one.changed or seen.get(one.url) != one.changed]
    pages = [*top.pages, *_of_lists(stale[:LISTS], feed.kind, seen, got, settings, manners)]
    due = sorted(_due(pages, seen), key=lambda page: page.changed, reverse=True)
    for page in due[:PAGES]:
        try:
            found = _page(page.url, settings, manners)
        except InputError as error:
            got.problems.append(str(error))
            gone = isinstance(error, StatusError) and 400 <= error.status < 500
            if gone or isinstance(error, RefusedError):
                got.same.append((page.url, f"{page.changed} {GONE}", None))
        else:
            _keep(page, found, seen, got)
    return Answer(
        reports=tuple(got.reports), same=tuple(got.same), problems=tuple(got.problems),
        more=len(due) > PAGES or len(stale) > LISTS,
    )  # fmt: skip


@dataclass
class _Got:
    """What a look has come upon so far."""

    reports: list[tuple[str, str, Received]] = field(default_factory=list)
    same: list[tuple[str, str, str | None]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _of_lists(
    lists: Sequence[Listed], kind: str, seen: dict[str, str], got: _Got,
    settings: Settings, manners: Manners,
) -> Iterator[Listed]:  # fmt: skip
    """The pages of the lists of an index; one of which every page is known is not got again."""
    for one in lists:
        try:
            pages = _list_of(one.url, kind, settings, manners).pages
        except InputError as error:
            got.problems.append(str(error))
            continue
        yield from pages
        if one.changed and next(_due(pages, seen), None) is None:
            got.same.append((one.url, one.changed, None))


def _keep(page: Listed, found: Sequence[Received], seen: dict[str, str], got: _Got) -> None:
    """Keep what a page says, where it is another thing than it said before."""
    received = next((r for r in found if not r.failed), None)
    if received is None:
        got.problems += [problem for r in found for problem in r.problems]
        got.same.append((page.url, f"{page.changed} {GONE}", None))
        return
    digest = digest_of(received)
    note = f"{page.changed} {digest}"
    if seen.get(page.url, "").rpartition(" ")[2] == digest:
        got.same.append((page.url, note, received.report.id))
    else:
        got.reports.append((page.url, note, received))


def _due(pages: Sequence[Listed], seen: dict[str, str]) -> Iterator[Listed]:
    """The pages never got, and those that were changed since they were."""
    for page in dict.fromkeys(pages):
        known = seen.get(page.url)
        if known is None or known.rpartition(" ")[0] != page.changed:
            yield page


def _list_of(url: str, kind: str, settings: Settings, manners: Manners) -> Listing:
    manners.heed(url, settings)
    data = fetch(url, settings).data
    if kind == "sitemap":
        return parse_sitemap(data, url, settings.max_bytes)
    return parse_alert_list(data, url)


def _page(url: str, settings: Settings, manners: Manners) -> list[Received]:
    manners.heed(url, settings)
    got = fetch(url, settings)
    return list(parse_bytes(got.data, without_secrets(url), settings, got.encoding))
