"""A host's robots.txt is heeded, and a host is not asked too often."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from tests.live.conftest import Page, World
from watchfloor.errors import InputError, RefusedError, StatusError
from watchfloor.live.robots import Manners
from watchfloor.settings import Settings

RULES = b"User-agent: watchfloor\nDisallow: /closed/\n"


def robots(body: bytes, **facts: int) -> Page:
    return Page(body, kind="text/plain", **facts)


def test_what_it_forbids_is_not_asked_for(world: World, here: Settings) -> None:
    world.pages["/robots.txt"] = robots(RULES)
    manners = Manners()
    manners.heed(f"{world.url}/open/feed.xml", here)
    with pytest.raises(RefusedError, match=r"robots.txt forbids it"):
        manners.heed(f"{world.url}/closed/feed.xml", here)
    assert [path for path, _ in world.asked] == ["/robots.txt"], "asked for once"


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_a_host_without_one_allows_all_and_one_that_fails_nothing(
    world: World, here: Settings, status: int, allowed: bool
) -> None:
    world.pages["/robots.txt"] = robots(b"", status=status)
    if allowed:
        Manners().heed(f"{world.url}/feed.xml", here)
    else:
        with pytest.raises(StatusError, match=r"/robots.txt: answered with status 500"):
            Manners().heed(f"{world.url}/feed.xml", here)
    assert len(world.asked) == 1


def test_a_host_that_cannot_be_asked_is_not_said_to_forbid(world: World, here: Settings) -> None:
    with pytest.raises(RefusedError, match="is a private address"):
        Manners().heed(f"{world.url}/feed.xml", replace(here, allow_private=False))
    assert not world.asked
    with pytest.raises(InputError, match=r"robots.txt: no answer"):
        Manners().heed("http://127.0.0.1:9/feed.xml", here)


def test_a_host_is_given_its_time_between_two_requests(world: World, here: Settings) -> None:
    world.pages["/robots.txt"] = robots(b"User-agent: *\nCrawl-delay: 0.2\n")
    manners = Manners()
    begun = time.monotonic()
    for _ in range(3):
        manners.heed(f"{world.url}/feed.xml", here)
    assert time.monotonic() - begun >= 0.4
    manners = Manners()
    begun = time.monotonic()
    for _ in range(2):
        manners.heed(f"{world.url}/feed.xml", replace(here, host_gap_s=0.3))
    assert time.monotonic() - begun >= 0.3
