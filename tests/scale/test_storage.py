"""Local folders and an S3-like store: written whole or not at all, read by the same code."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from moto.server import ThreadedMotoServer
from msgspec.structs import replace
from pyarrow import fs

from tests.scale.conftest import Lines, page_of, warc
from watchfloor.errors import InputError, SettingsError
from watchfloor.scale import Answers, Asked, Options, Storage, backfill
from watchfloor.scale.parts import parts_of
from watchfloor.scale.storage import Folder

KEYS = {
    "AWS_ACCESS_KEY_ID": "EXERCISE", "AWS_SECRET_ACCESS_KEY": "EXERCISE",
    "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
}  # fmt: skip


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """An S3 server on this machine with a bucket `news`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    storage = Storage(endpoint=f"http://{host}:{port}")
    system = fs.S3FileSystem(
        endpoint_override=f"{host}:{port}", scheme="http", allow_bucket_creation=True
    )
    system.create_dir("news")
    yield storage
    server.stop()


def test_a_backfill_from_and_to_an_s3_store(s3: Storage, asked: Options, lines: Lines) -> None:
    """WARC, Parquet and JSON lines, plain and by zstd, on a cluster of the backfill's own."""
    inside = Folder("s3://news/in", s3)
    inside.write("2031/a.jsonl", b"".join(lines[:6]))
    inside.write("2031/b.jsonl.zst", zstandard.compress(b"".join(lines[6:8])))
    inside.write("2031/c.warc.gz", warc({"https://example.org/a": page_of(lines[8])}))
    with inside.system.open_output_stream(inside.path("2031/d.parquet")) as stream:
        rows = [msgspec.json.decode(line) for line in lines[9:11]]
        pq.write_table(pa.Table.from_pylist(rows), stream)
    task = replace(
        asked, inputs=("s3://news/in",), out="s3://news/out", storage=s3, scheduler=None, workers=1
    )
    made, step = backfill(task, lambda _: None)
    assert (step.faults, made.whole, made.reports) == ({}, True, 11)
    answers = Answers("s3://news/out", s3)
    assert answers.sql("select count(*) from incidents").rows == [(made.incidents,)]
    assert sum(row[1] for row in answers.counts(Asked(background=True)).rows) == made.incidents
    again, step = backfill(task, lambda _: None)
    assert (step.reports, step.before, again.incidents) == (0, 4, made.incidents)


def test_a_bucket_that_is_not_there_is_said(s3: Storage) -> None:
    with pytest.raises(InputError, match="s3://absent/in"):
        parts_of(["s3://absent/in"], s3)


def test_an_unknown_scheme_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="or a scheme whose fsspec package is installed"):
        parts_of(["floppy://a"], Storage())


def test_fsspec_reaches_other_stores() -> None:
    Folder("memory://news", Storage()).write("a.jsonl", b"{}\n")
    assert [p.address for p in parts_of(["memory://news"], Storage())] == ["memory:///news/a.jsonl"]


def test_a_fault_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path), Storage())
    folder.write("a/b.json", b"whole")
    with pytest.raises(TypeError):
        folder.write("a/b.json", "no bytes")  # type: ignore[arg-type]
    assert folder.read("a/b.json") == b"whole"
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.json"]


def test_lists_and_globs_name_each_file_once(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl", "c.txt"):
        (tmp_path / name).write_text("{}\n")
    (tmp_path / "some.list").write_text(f"{tmp_path}/a.jsonl\n\n{tmp_path}/b.jsonl\n")
    given = [str(tmp_path / "some.list"), f"{tmp_path}/*.jsonl"]
    names = [Path(p.address).name for p in parts_of(given, Storage())]
    assert names == ["a.jsonl", "b.jsonl"]
    with pytest.raises(InputError, match="nothing here that can be read"):
        parts_of([f"{tmp_path}/*.warc"], Storage())
    with pytest.raises(InputError, match="is not there"):
        parts_of([f"{tmp_path}/d.jsonl"], Storage())
