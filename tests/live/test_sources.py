"""Sitemaps, pages and CAP messages as feeds; lists of feeds; and what no log may say."""

from __future__ import annotations

import gzip
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.conftest import Clock, Page, World, rss
from watchfloor.errors import InputError
from watchfloor.live import Watch
from watchfloor.live.opml import read_opml, write_opml
from watchfloor.settings import Settings
from watchfloor.store import Database, count_all, find_reports, report_of
from watchfloor.store.alerts import find_alerts
from watchfloor.store.feeds import Feed, add_feed, feeds
from watchfloor.watch import Register, default_rules

ATTACK = "EXERCISE. Gunmen attacked a police post in Gao, Mali, on Sunday and killed two officers."
TALKS = "EXERCISE. The ministers of Peru and Chile met in Lima for talks about fish and trade."


def page(text: str, title: str = "News") -> Page:
    body = f"<html lang='en'><title>{title}</title><body><article><h1>{title}</h1><p>{text}</p>"
    return Page(f"{body}</article></body></html>".encode(), kind="text/html; charset=utf-8")


def sitemap(*pages: tuple[str, str]) -> Page:
    told = "".join(f"<url><loc>{u}</loc><lastmod>{m}</lastmod></url>" for u, m in pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Page(f"<?xml version='1.0'?><urlset xmlns='{space}'>{told}</urlset>".encode())


def watching(
    record: Database, register: Register, here: Settings, clock: Clock, *some: Feed
) -> Watch:
    with record.writing() as session:
        for one in some:
            add_feed(session, one, clock())
    return Watch(record, register, default_rules(), here, clock=clock)


def asked(world: World, path: str) -> int:
    return sum(one == path for one, _ in world.asked)


def reports(record: Database) -> int:
    with record.reading() as session:
        return count_all(session)["reports"]


def test_pages_of_a_sitemap_are_got_once_and_again_when_they_change(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    site = Feed(address=f"{world.url}/sitemap.xml", kind="sitemap", name="River Daily")
    watch = watching(record, register, here, clock, site)
    one, two = f"{world.url}/one.html", f"{world.url}/two.html"
    world.pages["/sitemap.xml"] = sitemap((one, "2031-03-03"), (two, "2031-03-02"))
    world.pages["/one.html"], world.pages["/two.html"] = page(ATTACK), page(TALKS)
    assert watch.step() == 2
    with record.reading() as session:
        assert [a.register for a in find_alerts(session)] == ["sites:gao-depot"]
    clock.on(minutes=6)
    assert watch.step() == 0
    assert (asked(world, "/one.html"), asked(world, "/two.html")) == (1, 1)
    world.pages["/sitemap.xml"] = sitemap((one, "2031-03-04"), (two, "2031-03-04"))
    world.pages["/two.html"] = page(TALKS + " They spoke of anchovies too.")
    clock.on(minutes=6)
    assert watch.step() == 1, "the other one was only dated anew"
    clock.on(minutes=6)
    assert watch.step() == 0
    assert (asked(world, "/one.html"), asked(world, "/two.html")) == (2, 2)
    assert reports(record) == 2
    with record.reading() as session:
        (hit,) = find_reports(session, "anchovies")
        stored = report_of(session, hit.id)
    assert stored is not None
    assert (stored.revision, stored.coded.report.url) == (2, two)


def test_an_index_is_followed_a_long_list_is_got_bit_by_bit_and_what_is_gone_once(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    address = f"{world.url}/index.xml"
    watch = watching(
        record, register, here, clock, Feed(address=address, kind="sitemap", name="Daily")
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    inner = f"<sitemap><loc>{world.url}/march.xml.gz</loc><lastmod>2031-03-03</lastmod></sitemap>"
    world.pages["/index.xml"] = Page(
        f"<sitemapindex xmlns='{space}'>{inner}</sitemapindex>".encode()
    )
    pages = [(f"{world.url}/{n}.html", f"2031-03-{n + 1:02}") for n in range(12)]
    listed = sitemap(*pages, (f"{world.url}/gone.html", "2031-03-30"))
    world.pages["/march.xml.gz"] = Page(gzip.compress(listed.body))
    for n in range(12):
        world.pages[f"/{n}.html"] = page(f"{TALKS} It was round {n} of them.")
    while watch.step():
        clock.on(seconds=1)
    assert reports(record) == 12
    for _ in range(3):
        clock.on(minutes=6)
        watch.step()
    lists = asked(world, "/march.xml.gz")
    clock.on(minutes=6)
    assert watch.step() == 0
    assert asked(world, "/march.xml.gz") == lists, "every page of it is known"
    assert asked(world, "/gone.html") == 1
    with record.reading() as session:
        assert feeds(session)[0].state == "healthy"


def undated(kind: str, *addresses: str) -> Page:
    inner = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    told = "".join(f"<{inner}><loc>{one}</loc></{inner}>" for one in addresses)
    return Page(f"<{kind}>{told}</{kind}>".encode())


def test_a_page_without_a_date_is_asked_for_again_after_growing_waits(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    address = f"{world.url}/sitemap.xml"
    watch = watching(
        record, register, here, clock, Feed(address=address, kind="sitemap", name="Daily")
    )
    world.pages["/sitemap.xml"] = undated("urlset", f"{world.url}/one.html")
    world.pages["/one.html"] = page(TALKS)
    hours = {}
    for hour in range(32):
        assert watch.step() == (hour == 0)
        hours[hour] = asked(world, "/one.html")
        clock.on(hours=1)
    firsts = [hour for hour in hours if hour == 0 or hours[hour] > hours[hour - 1]]
    assert firsts == [0, 1, 3, 7, 15, 31], "after 1, 2, 4, 8 and 16 hours"
    world.pages["/one.html"] = page(TALKS + " They spoke of anchovies too.")
    clock.on(hours=32)
    assert watch.step() == 1, "the revision is found"
    clock.on(hours=1)
    watch.step()
    assert asked(world, "/one.html") == len(firsts) + 2, "and looked at again soon"
    with record.reading() as session:
        (hit,) = find_reports(session, "anchovies")
        stored = report_of(session, hit.id)
    assert stored is not None
    assert stored.revision == 2


def test_a_list_and_a_page_are_asked_only_whether_they_changed(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    address = f"{world.url}/sitemap.xml"
    watch = watching(
        record, register, here, clock, Feed(address=address, kind="sitemap", name="Daily")
    )
    listed = undated("urlset", f"{world.url}/one.html", f"{world.url}/two.html")
    world.pages["/sitemap.xml"] = replace(listed, etag='"1"')
    world.pages["/one.html"] = replace(page(TALKS), etag='"a"')
    world.pages["/two.html"] = page(TALKS + " It was the second round of them.")
    assert watch.step() == 2
    clock.on(minutes=61)
    assert watch.step() == 0
    told = {path: said.get("if-none-match") for path, said in world.asked}
    assert told == {"/robots.txt": None, "/sitemap.xml": '"1"', "/one.html": '"a"',
                    "/two.html": None}  # fmt: skip
    assert world.odd["304"] == 2
    world.pages["/one.html"] = replace(page(TALKS + " They spoke of anchovies."), etag='"b"')
    clock.on(hours=3)
    assert watch.step() == 1, "the list did not change, a page of it did"
    more = undated("urlset", *(f"{world.url}/{n}.html" for n in ("one", "two", "three")))
    world.pages["/sitemap.xml"] = replace(more, etag='"2"')
    world.pages["/three.html"] = page(TALKS + " It was the third round of them.")
    clock.on(minutes=6)
    assert watch.step() == 1, "the list did"


def test_many_lists_without_dates_are_all_read_and_no_host_is_hurried(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    address = f"{world.url}/index.xml"
    watch = watching(
        record, register, here, clock, Feed(address=address, kind="sitemap", name="Daily")
    )
    lists = [f"/list{n}.xml" for n in range(12)]
    world.pages["/index.xml"] = undated("sitemapindex", *(world.url + path for path in lists))
    for n, path in enumerate(lists):
        world.pages[path] = undated("urlset", f"{world.url}/{n}.html")
        world.pages[f"/{n}.html"] = page(f"{TALKS} It was round {n} of them.")
    for _ in range(8):
        watch.step()
        clock.on(seconds=1)
    assert reports(record) == 12
    assert asked(world, "/index.xml") < 8, "once all is got it is not asked at every second"


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>no map</body></html>",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset><url><loc>&a;</loc></url></urlset>",
        b"<urlset><url>",
        b"words that are no address",
    ],
)
def test_what_is_no_sitemap_is_said(
    record: Database, register: Register, here: Settings, clock: Clock, world: World, body: bytes
) -> None:
    site = Feed(address=f"{world.url}/sitemap.xml", kind="sitemap", name="Daily")
    watch = watching(record, register, here, clock, site)
    world.pages["/sitemap.xml"] = Page(body)
    assert watch.step() == 0
    with record.reading() as session:
        (feed,) = feeds(session)
    assert feed.state == "blind"
    assert feed.error


CAP = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{id}</identifier>
<sender>duty@example.org</sender><sent>2031-03-03T05:00:00-00:00</sent><status>{status}</status>
<msgType>{kind}</msgType><scope>Public</scope>{refers}
<info><language>fr</language><category>Security</category><event>Attaque</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<description>Une attaque a eu lieu.</description></info>
<info><language>en-US</language><category>Security</category><event>Attack</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<senderName>Region of Gao</senderName><headline>Attack in Gao</headline>
<description>{said}</description><area><areaDesc>Gao, Mali</areaDesc></area></info></alert>"""


def cap(said: str, id: str = "c1", kind: str = "Alert", refers: str = "", **more: str) -> Page:
    to = f"<references>{refers}</references>" if refers else ""
    filled = CAP.format(id=id, kind=kind, said=said, refers=to, status=more.get("status", "Actual"))
    return Page(filled.encode(), kind="application/cap+xml")


def test_a_cap_message_becomes_a_report_its_update_a_revision_and_its_end_withdraws_the_alert(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    address = f"{world.url}/alerts.xml"
    watch = watching(record, register, here, clock, Feed(address=address, kind="cap", name="Gao"))

    def listed(*names: str) -> Page:
        entries = "".join(
            f"<entry><id>{n}</id><title>Alert</title><updated>2031-03-03T05:00:00Z</updated>"
            f"<link rel='alternate' type='application/cap+xml' href='{world.url}/{n}'/></entry>"
            for n in names
        )
        return Page(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode())

    world.pages["/alerts.xml"], world.pages["/c1"] = listed("c1"), cap(ATTACK)
    world.pages["/c0"] = cap(ATTACK, id="c0", status="Test")
    assert watch.step() == 1
    with record.reading() as session:
        (alert,) = find_alerts(session)
        stored = report_of(session, alert.doc["reports"][0])
    assert stored is not None
    report = stored.coded.report
    assert (report.title, report.outlet) == ("Attack in Gao", "Region of Gao")
    assert report.text.endswith("Area: Gao, Mali.")
    first = "duty@example.org,c1,2031-03-03T05:00:00-00:00"
    world.pages["/c2"] = cap(ATTACK.replace("two", "four"), "c2", "Update", first)
    world.pages["/alerts.xml"] = listed("c0", "c1", "c2")
    clock.on(minutes=6)
    watch.step()
    assert reports(record) == 2, "the test message, and one report with its revision"
    assert asked(world, "/c1") == 1
    with record.reading() as session:
        assert [a.state for a in find_alerts(session)] == ["open"]
    world.pages["/c3"] = cap("", "c3", "Cancel", first)
    world.pages["/alerts.xml"] = listed("c1", "c2", "c3")
    clock.on(minutes=6)
    watch.step()
    with record.reading() as session:
        assert [a.state for a in find_alerts(session)] == ["withdrawn"]
    assert reports(record) == 2


def test_a_page_is_a_feed_of_one_report(
    record: Database, register: Register, here: Settings, clock: Clock, world: World
) -> None:
    live = Feed(address=f"{world.url}/live.html", kind="page", name="Live page")
    watch = watching(record, register, here, clock, live)
    world.pages["/live.html"] = page(TALKS)
    assert watch.step() == 1
    world.pages["/live.html"] = page(TALKS + " " + ATTACK)
    clock.on(minutes=6)
    assert watch.step() == 1
    assert reports(record) == 1
    with record.reading() as session:
        assert len(find_alerts(session)) == 1


def test_neither_log_nor_record_of_how_it_fared_nor_export_tells_a_password(
    record: Database, register: Register, here: Settings, clock: Clock, world: World,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    secret = world.url.replace("http://", "http://reader:hunter2@")
    given = [
        Feed(address=f"{secret}/a.xml?token=t0ps3cret", kind="feed", name="A"),
        Feed(address=f"{secret}/b.xml", kind="sitemap", name="B"),
    ]
    watch = watching(record, register, here, clock, *given)
    world.pages["/a.xml?token=t0ps3cret"] = Page(rss(("1", "Talks", TALKS)))
    with caplog.at_level(logging.DEBUG):
        watch.step()
        world.pages["/a.xml?token=t0ps3cret"] = Page(status=500)
        clock.on(hours=2)
        watch.step()
    asked_with = [h.get("authorization") for path, h in world.asked if path.startswith("/a.xml")]
    assert asked_with[0] is not None, "the server itself is told"
    with record.reading() as session:
        known = feeds(session)
    said = [r.getMessage() for r in caplog.records if r.name.startswith("watchfloor")]
    for words in (*said, *(f.error or "" for f in known), write_opml(known).decode()):
        assert "hunter2" not in words
        assert "t0ps3cret" not in words


def test_feeds_go_out_and_in_as_opml(tmp_path: Path) -> None:
    given = [
        Feed(address="https://example.org/a.xml", kind="feed", name="A & B"),
        Feed(address="https://example.org/c.xml", kind="feed", name="C"),
        Feed(address="/srv/reports", kind="folder", name="Ours"),
    ]
    path = tmp_path / "feeds.opml"
    path.write_bytes(write_opml(given))
    assert [(f.address, f.name) for f in read_opml(path)] == [
        ("https://example.org/a.xml", "A & B"), ("https://example.org/c.xml", "C"),
    ]  # fmt: skip
    path.write_bytes(b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body/></opml>")
    with pytest.raises(InputError, match="declares a document type"):
        read_opml(path)
