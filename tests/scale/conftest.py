"""A small corpus in every format that is read, and a Dask cluster in this process."""

import gzip
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from distributed import LocalCluster

from watchfloor.flow import code_reports
from watchfloor.merge import across
from watchfloor.records import Report
from watchfloor.scale import Answers, Options, Step
from watchfloor.scale.storage import Folder, Storage
from watchfloor.scale.tables import read_rows
from watchfloor.settings import Settings

Lines = list[bytes]
#: Incidents as the events in them, each by its report and its own name.
Groups = set[frozenset[tuple[str, str]]]


@pytest.fixture(scope="session")
def lines() -> Lines:
    """The thirty EXERCISE reports, one JSON object a line."""
    text = (resources.files("watchfloor.data") / "exercise" / "reports.jsonl").read_bytes()
    return [line + b"\n" for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory, lines: Lines) -> Path:
    """Six files: JSON lines plain, gzip and zstd; Parquet; two more plain ones in a folder."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "a.jsonl").write_bytes(b"".join(lines[:5]))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(b"".join(lines[5:10])))
    (folder / "c.jsonl.zst").write_bytes(zstandard.compress(b"".join(lines[10:15])))
    rows = [msgspec.json.decode(line) for line in lines[15:20]]
    pq.write_table(pa.Table.from_pylist(rows), folder / "d.parquet", row_group_size=2)
    (folder / "more").mkdir()
    (folder / "more" / "e.jsonl").write_bytes(b"".join(lines[20:25]))
    (folder / "more" / "f.jsonl").write_bytes(b"".join(lines[25:]))
    (folder / "more" / ".hidden.jsonl").write_bytes(b"".join(lines))
    return folder


def page_of(line: bytes) -> str:
    """A report as a page of the web."""
    told = "".join(f"<p>{p}</p>" for p in msgspec.json.decode(line)["text"].split("\n\n"))
    head = "<html lang=en><head><title>x</title></head>"
    return f"{head}<body><article>{told}</article></body></html>"


def warc(pages: dict[str, str]) -> bytes:
    """A WARC file in the layout of Common Crawl News: a gzip member a response."""
    members = []
    for address, html in pages.items():
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
            "WARC-Date: 2031-03-04T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}"
        )
        members.append(gzip.compress(head.encode() + b"\r\n\r\n" + http + b"\r\n\r\n"))
    return b"".join(members)


@pytest.fixture(scope="session")
def dask() -> Iterator[LocalCluster]:
    """One worker, in a thread of the tests: what codes is loaded once. Workers that are processes,
    and end, are those of `test_cluster`.
    """
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://",
        host="127.0.0.1", dashboard_address=":0",
    ) as cluster:  # fmt: skip
        yield cluster


@pytest.fixture(scope="session")
def alone(lines: Lines, rules_only: Settings) -> Groups:
    """The incidents of the same reports, merged on one machine."""
    reports = [msgspec.json.decode(line, type=Report) for line in lines]
    found = across(code_reports(reports, rules_only))
    return {frozenset((m.report, m.event) for m in one.members) for one in found}


@pytest.fixture
def asked(corpus: Path, tmp_path: Path, dask: LocalCluster, rules_only: Settings) -> Options:
    return Options(
        inputs=(str(corpus),), out=str(tmp_path / "out"), settings=rules_only,
        scheduler=dask.scheduler_address,
    )  # fmt: skip


def rows(out: str, table: str) -> list[dict[str, object]]:
    """The rows of a table of every partition, whatever the marks say."""
    folder = Folder(out, Storage())
    return [r for name in folder.names(table) for r in read_rows(folder, f"{table}/{name}")]


def groups(out: str) -> Groups:
    """The incidents that a backfill found."""
    found = Answers(out, Storage()).sql("select incident, report, event from members").rows
    made: dict[str, set[tuple[str, str]]] = {}
    for incident, report, event in found:
        made.setdefault(incident, set()).add((report, event))
    return {frozenset(group) for group in made.values()}


def nothing(_: Step) -> None:
    """Hears of a step and does nothing."""
