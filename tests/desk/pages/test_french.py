"""A walk over every page in French: no sentence of the interface is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import httpx
from msgspec.structs import replace

from watchfloor.desk import tongue
from watchfloor.desk.exercise import seed
from watchfloor.live import Watch
from watchfloor.store.alerts import find_alerts, withdraw
from watchfloor.store.cases import close_case, reopen_case
from watchfloor.store.feeds import feeds, note_try

#: What reports and people say stands in these, or in what is marked `dir="auto"`.
THEIRS = frozenset("bdi blockquote textarea code kbd script style mark".split())
VOID = frozenset("input link meta br img hr".split())
READ = ("aria-label", "title", "placeholder", "data-says")
NOW = datetime.now(UTC)


class Shown(HTMLParser):
    """The words of a page that are the desk's own, and where its links lead. Papers say in which
    language they are.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside: list[bool] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            theirs = tag in THEIRS or given.get("dir") == "auto" or given.get("lang") == "en"
            self.inside.append(theirs or (bool(self.inside) and self.inside[-1]))
        self.words += [given[name] for name in READ if name in given]
        self.links += [given[name] for name in ("href", "hx-get") if name in given]

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.inside and self.inside[-1]):
            self.words.append(" ".join(data.split()))


def english() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The messages whose translation is another, as patterns of what they would look like."""
    for message, said in tongue.catalogue("fr").items():
        own = re.sub(r"\{\d\}|<[^>]*>", " ", message)
        if said != message and " (" not in message and len(re.findall(r"[A-Za-z]{2,}", own)) > 1:
            bare = re.sub(r"<[^>]*>", "", message)
            yield message, re.compile(re.sub(r"\\\{\d\\\}", ".{0,60}", re.escape(bare)))
        elif re.fullmatch(r"[A-Z][a-z]+", message) and said != message:
            yield message, re.compile(re.escape(message))


def walked(client: httpx.Client) -> Iterator[tuple[str, Shown]]:
    """Each page that links lead to, one or two of those that differ only by an id."""
    shapes: dict[str, int] = {}
    todo = ["/", "/?state=closed", "/?state=withdrawn", "/search?words=trucks"]
    seen = set(todo)
    while todo:
        path = todo.pop(0)
        answer = client.get(path)
        assert answer.status_code < 500, path
        if "attachment" in str(answer.headers) or "html" not in answer.headers["content-type"]:
            continue
        page = Shown(answer.text)
        yield path, page
        for link in (one.partition("#")[0] for one in page.links):
            shape = re.sub(r"(?<=/)(?:\w*\d\w*|gao|police|doctor)", "N", link.partition("?")[0])
            if link.startswith("/") and "?" not in link and link not in seen:
                shapes[shape] = shapes.get(shape, 0) + 1
                if shapes[shape] < 4:
                    seen.add(link)
                    todo.append(link)


def lived_in(watch: Watch) -> None:
    """What a desk has after some days: cases reopened, alerts withdrawn, feeds that went blind."""
    seed(watch.database, NOW)
    with watch.database.writing() as session:
        close_case(session, 1, "amina", NOW, "all are well")
        reopen_case(session, 1, "amina", NOW)
        one = find_alerts(session)[-1]
        withdraw(session, one, NOW, "nothing gives cause for it any more: the incident is denied")
        for feed in feeds(session)[:1]:
            ago = NOW - timedelta(hours=9)
            note_try(session, replace(feed, state="blind", answered_at=ago, next_at=NOW), NOW)


def test_no_sentence_of_the_interface_is_left_in_english(
    watch: Watch, desk: tuple[str, dict[str, str]]
) -> None:
    lived_in(watch)
    url, keys = desk
    patterns = list(english())
    left: dict[str, str] = {}
    paths: set[str] = set()
    for role in ("head of cell", "administrator", "liaison", "researcher"):
        french = {"Accept-Language": "fr"}
        with httpx.Client(base_url=url, headers=french, follow_redirects=True) as client:
            page = client.get("/enter", params={"key": keys[role]}).text
            csrf = re.search(r'name="csrf" value="([^"]+)"', page)
            assert csrf is not None
            client.post("/purpose", data={"purpose": "ronde", "csrf": csrf[1], "to": "/"})
            for path, shown in walked(client):
                paths.add(path)
                for words in shown.words:
                    left |= {
                        f"{message!r} in {words!r}": path
                        for message, pattern in patterns
                        if pattern.fullmatch(words.strip(" .:;,·"))
                    }
    assert left == {}
    for path in (
        "/cell",
        "/register/sites/gao",
        "/cases/1",
        "/papers/1",
        "/admin/audit",
        "/trends",
    ):
        assert path in paths, sorted(paths)
