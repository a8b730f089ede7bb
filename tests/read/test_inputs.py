"""What people hand over is read whole, and what cannot be read is said and costs nothing else."""

import gzip
import json
from pathlib import Path

import pytest

from watchfloor.read import Received, count, parse_bytes, receive
from watchfloor.settings import Settings

SENTENCE = "Gunmen attacked a police post near the town of Gao on Monday and wounded two officers."
ARTICLE = f"<p>{SENTENCE}</p><p>The governor said that troops had been sent to the area.</p>" * 2
PAGE = f"""<!doctype html><html lang="en"><head><title>Police post attacked</title>
<meta property="og:site_name" content="Exercise Times"><meta property="og:title"
content="Police post attacked"><meta property="article:published_time"
content="2025-05-06T08:00:00Z"></head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav>
<script>var tracking = 1;</script><article><h1>Police post attacked</h1>{ARTICLE}</article>
<footer>All rights reserved</footer></body></html>"""


@pytest.fixture
def small() -> Settings:
    return Settings(max_bytes=1_000_000)


def read(path: Path, settings: Settings) -> list[Received]:
    return list(receive([str(path)], settings))


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def one(path: Path, settings: Settings) -> Received:
    (received,) = read(path, settings)
    return received


def test_plain_text_is_one_report(tmp_path: Path, small: Settings) -> None:
    received = one(written(tmp_path / "a.txt", SENTENCE + "\r\n"), small)
    assert received.report.text == SENTENCE
    assert received.report.language == "en"
    assert received.coded and not received.failed and not received.problems


def test_a_page_gives_article_title_outlet_and_date(tmp_path: Path, small: Settings) -> None:
    report = one(written(tmp_path / "a.html", PAGE), small).report
    assert report.title == "Police post attacked"
    assert report.outlet == "Exercise Times"
    assert report.published == "2025-05-06"
    assert report.text.count(SENTENCE) == 1
    assert "tracking" not in report.text and "Sport" not in report.text
    assert not report.text.startswith("Police post attacked")


def test_a_page_in_another_encoding_is_decoded(tmp_path: Path, small: Settings) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Gao", "Łódź")
    report = one(written(tmp_path / "a.html", page.encode("iso-8859-2")), small).report
    assert "Łódź" in report.text


def test_a_broken_line_names_its_number_and_the_rest_is_read(
    tmp_path: Path, small: Settings
) -> None:
    good = [json.dumps({"id": f"r{n}", "text": SENTENCE}) for n in range(3)]
    lines = [good[0], '{"id": "r9", "text": ', good[1], '{"id": "r8"}', good[2]]
    got = read(written(tmp_path / "a.jsonl", "\n".join(lines)), small)
    assert [r.report.id for r in got if r.coded] == ["r0", "r1", "r2"]
    assert [r.failed for r in got] == [False, True, False, True, False]
    assert "line 2" in got[1].problems[0]
    assert "line 4" in got[3].problems[0] and "text" in got[3].problems[0]


def test_an_unreadable_date_stays_unknown_and_is_said(tmp_path: Path, small: Settings) -> None:
    line = json.dumps({"text": SENTENCE, "published": "the other day"})
    received = one(written(tmp_path / "a.jsonl", line), small)
    assert received.report.published is None
    assert "the other day" in received.problems[0]
    assert received.coded and not received.failed


@pytest.mark.parametrize(
    "text",
    [
        "La policía dijo que cinco personas murieron en el ataque contra un autobús en Bogotá.",
        "Полиция сообщила, что пять человек погибли в результате нападения на автобус.",
        "قالت الشرطة إن خمسة أشخاص قتلوا في هجوم على حافلة في وسط المدينة",
    ],
)
def test_another_language_is_said_and_not_coded(tmp_path: Path, small: Settings, text: str) -> None:
    received = one(written(tmp_path / "a.txt", text), small)
    assert not received.coded
    assert "not supported" in received.problems[0]
    assert received.report.text == text


def test_headlines_and_telexes_are_english(tmp_path: Path, small: Settings) -> None:
    for text in ("Gunmen kill five in Baghdad market attack", SENTENCE.upper()):
        assert one(written(tmp_path / "a.txt", text), small).coded


def test_compressed_files_and_folders(tmp_path: Path, small: Settings) -> None:
    line = json.dumps({"id": "z", "text": SENTENCE}).encode()
    written(tmp_path / "b.jsonl.gz", gzip.compress(line))
    written(tmp_path / "a.txt", SENTENCE)
    written(tmp_path / ".hidden", SENTENCE)
    got = read(tmp_path, small)
    assert [r.report.text for r in got] == [SENTENCE, SENTENCE]
    assert got[1].report.id == "z"


def test_a_cut_compressed_file_is_said(tmp_path: Path, small: Settings) -> None:
    data = gzip.compress(SENTENCE.encode() * 50)[:-20]
    assert one(written(tmp_path / "a.txt.gz", data), small).failed


def test_feeds(small: Settings) -> None:
    rss = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Exercise Wire</title>
    <item><title>Post attacked</title><link>https://wire.example/1</link>
    <pubDate>Tue, 06 May 2031 08:00:00 GMT</pubDate>
    <description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item></channel></rss>"""
    (received,) = parse_bytes(rss.encode(), "feed", small)
    report = received.report
    assert (report.text, report.outlet, report.title) == (
        SENTENCE,
        "Exercise Wire",
        "Post attacked",
    )
    assert report.published == "2031-05-06T08:00:00Z"
    assert report.url == "https://wire.example/1"


def test_a_json_feed(small: Settings) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Exercise Wire",
        "items": [{"id": "1", "content_html": f"<p>{SENTENCE}</p>"}, {"id": "2"}],
    }
    first, second = parse_bytes(json.dumps(feed, indent=1).encode(), "feed", small)
    assert (first.report.text, first.report.outlet) == (SENTENCE, "Exercise Wire")
    assert second.failed and "item 2" in second.problems[0]


def test_a_message(tmp_path: Path, small: Settings) -> None:
    mail = (
        "From: Desk North <north@desk.example>\r\nSubject: Night report\r\n"
        "Date: Tue, 06 May 2031 08:00:00 +0300\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    report = one(written(tmp_path / "a.eml", mail + SENTENCE), small).report
    assert (report.text, report.title, report.outlet) == (SENTENCE, "Night report", "Desk North")
    assert report.published == "2031-05-06T08:00:00+03:00"


def test_a_warc_archive(tmp_path: Path, small: Settings) -> None:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://times.example/1\r\n"
        "WARC-Date: 2025-05-06T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    packed = gzip.compress(head.encode() + answer + b"\r\n\r\n")
    received = one(written(tmp_path / "crawl.warc.gz", packed), small)
    assert received.report.url == "https://times.example/1"
    assert SENTENCE in received.report.text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<!doctype html><html><body><nav>Home</nav></body></html>", "no article"),
        (b"<html><body>" + b"<table><tr><td>" * 100_000 + b"</body></html>", "cells"),
        (b"a word or two " * 100_000, "larger than"),
    ],
)
def test_what_holds_no_report_is_said(
    tmp_path: Path, small: Settings, data: bytes, word: str
) -> None:
    settings = Settings(max_bytes=10_000_000) if b"<td>" in data else small
    received = one(written(tmp_path / "a", data), settings)
    assert received.failed and not received.coded
    assert word in received.problems[0]
    assert str(tmp_path / "a") in received.problems[0]


def test_two_hundred_megabytes_are_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.write(b"Words. ")
        stream.truncate(200_000_000)
    received = one(path, Settings(max_bytes=2_000_000))
    assert "larger than 2000000 bytes" in received.problems[0]


def test_broken_utf8_keeps_the_rest(tmp_path: Path, small: Settings) -> None:
    data = f"{SENTENCE} The café was shut.".encode() + b" \xff\xfe end"
    received = one(written(tmp_path / "a.txt", data), small)
    assert "café was shut" in received.report.text
    assert "broken UTF-8" in received.problems[0]
    assert received.coded


def test_a_vanished_file_costs_nothing_else(tmp_path: Path, small: Settings) -> None:
    here = written(tmp_path / "here.txt", SENTENCE)
    gone, kept = receive([str(tmp_path / "gone.txt"), str(here)], small)
    assert gone.failed and "gone.txt" in gone.problems[0]
    assert kept.coded


def test_reports_are_counted_where_that_is_known(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", "{}\n\n{}\n")
    written(tmp_path / "b.txt", SENTENCE)
    assert count([str(tmp_path)]) == 3
    assert count(["-"]) is None
