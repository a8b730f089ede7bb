"""What many tests need: a report coded through the whole path, and single stages on a sentence."""

from collections.abc import Callable

import pytest
from hypothesis import settings as hypothesis_settings

import watchfloor
from watchfloor import parse, where, who
from watchfloor.parse import Page
from watchfloor.records import Actor, CodedReport, Event, Report
from watchfloor.settings import Settings

# A loaded machine must not fail a test: no law is about time.
hypothesis_settings.register_profile("watchfloor", deadline=None)
hypothesis_settings.load_profile("watchfloor")

Coder = Callable[..., CodedReport]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def rules_only(settings: Settings) -> Settings:
    return Settings(home=settings.home, learned=False)


@pytest.fixture(scope="session")
def code(settings: Settings) -> Coder:
    def run(text: str, **facts: str) -> CodedReport:
        return watchfloor.code(text, settings=settings, **facts)

    return run


@pytest.fixture(scope="session")
def page_of(rules_only: Settings) -> Callable[..., Page]:
    """Pages with a tree on every sentence, whether the reader would ask for one or not."""

    def run(text: str, published: str | None = None) -> Page:
        report = Report(id="r", text=text, published=published)
        (page,) = parse.read([parse.sift(parse.segment(report))], rules_only)
        return page

    return run


@pytest.fixture(scope="session")
def actor_of(page_of: Callable[..., Page], settings: Settings) -> Callable[[str, str], Actor]:
    def run(text: str, mention: str) -> Actor:
        page = page_of(text)
        for actor in who.find(page, where.find(page, settings), settings):
            if any(mention in m.text for m in actor.mentions):
                return actor
        raise AssertionError(f"no actor mentioned as {mention!r} in {text!r}")

    return run


def only(coded: CodedReport, kind: str) -> Event:
    """The one event of a type."""
    found = [event for event in coded.events if event.type == kind]
    assert len(found) == 1, [(e.type, e.trigger.text, e.status) for e in coded.events]
    return found[0]
