"""What a backfill has done: a manifest, and a mark for every partition that is whole.

    DIR/manifest.json           what was asked for, by which coder, and what is there
    DIR/done/PART.json          a partition's tables are all written: its counts
    DIR/TABLE/PART.parquet      reports, events, claims, problems (and nodes, for merging)
    DIR/merged/DIGEST/...       incidents and their members, of the partitions of that digest

Nothing is read of a partition without its mark, and of a merge but the one the manifest names:
what a killed run left half done is never seen, and is written over by the next.
"""

from __future__ import annotations

import msgspec

from watchfloor.errors import InputError, SettingsError
from watchfloor.flow import CODER
from watchfloor.merge import identity
from watchfloor.records import Record
from watchfloor.scale.parts import Part
from watchfloor.scale.storage import Folder

NAME = "manifest.json"
SCHEMA = "watchfloor.backfill/1"


class Done(Record, frozen=True, kw_only=True):
    """The mark of a partition: how many of each thing, and how many nodes in each bucket.

    `seconds` is the time that a core was at it.
    """

    part: Part
    reports: int = 0
    coded: int = 0
    events: int = 0
    claims: int = 0
    problems: int = 0
    lost: int = 0
    seconds: float = 0.0
    buckets: dict[str, int] = msgspec.field(default_factory=dict)


class Manifest(Record, frozen=True, kw_only=True):
    """`merged` names the folder of the latest merge, None before one. `inputs` as last given."""

    inputs: tuple[str, ...] = ()
    coder: str = CODER
    learned: bool = True
    texts: bool = False
    parts: int = 0
    reports: int = 0
    coded: int = 0
    events: int = 0
    claims: int = 0
    problems: int = 0
    lost: int = 0
    incidents: int = 0
    repeats: int = 0
    merged: str | None = None
    whole: bool = False
    schema: str = SCHEMA


def load(folder: Folder) -> Manifest | None:
    """The manifest of a folder, None where it has none."""
    data = folder.read(NAME)
    if data is None:
        return None
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        where = f"{folder.address}/{NAME}"
        raise InputError(str(error), where=where, right="the folder of a backfill") from error


def save(folder: Folder, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all."""
    folder.write(NAME, msgspec.json.format(msgspec.json.encode(manifest)))


def agree(old: Manifest | None, wanted: Manifest, where: str) -> None:
    """Raise `SettingsError` where a folder was begun by another coder or with other options."""
    if old is None:
        return
    for field in ("coder", "learned", "texts"):
        was, now = getattr(old, field), getattr(wanted, field)
        if was != now:
            raise SettingsError(
                f"this folder was begun with {field} {was!r}, and is now given {now!r}",
                where=where, right="go on as it was begun, or begin a new folder",
            )  # fmt: skip


def mark(folder: Folder, done: Done) -> None:
    """Say that a partition is whole: the last thing that is written of it."""
    folder.write(f"done/{done.part.name}.json", msgspec.json.encode(done))


def marks(folder: Folder) -> dict[str, Done]:
    """The marks of all partitions that are whole, by name, in order."""
    decoder = msgspec.json.Decoder(Done)
    found = {}
    for name in folder.names("done"):
        data = folder.read(f"done/{name}")
        if data is not None:
            found[name.removesuffix(".json")] = decoder.decode(data)
    return found


def merge_folder(done: dict[str, Done], most: int) -> str:
    """Where the merge of these partitions lies, in packs of at most so many nodes."""
    return f"merged/{identity('parts', most, *sorted(done))}"
