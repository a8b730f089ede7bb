"""Where a backfill reads and writes: folders of this machine, or of an S3-like store.

What is written appears whole or not at all, and writing the same again changes nothing: so a task
that is run twice, or at once on two machines, leaves what one run leaves.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import fsspec
import pyarrow as pa
from pyarrow import fs

from watchfloor.errors import InputError, SettingsError

#: The address of an S3-like server other than Amazon's, such as http://127.0.0.1:9000.
ENDPOINT = "WATCHFLOOR_S3_ENDPOINT"
#: How the names of files begin that are being written.
SCRATCH = ".writing-"


@dataclass(frozen=True)
class Storage:
    """How stores are reached: travels with every task; keys never do.

    `endpoint` is None for Amazon's own. Keys and region are what each machine finds by itself
    (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, or the role of the machine).
    """

    endpoint: str | None = None

    @classmethod
    def from_environment(cls) -> Storage:
        """As WATCHFLOOR_S3_ENDPOINT says."""
        return cls(endpoint=os.environ.get(ENDPOINT) or None)

    def reach(self, address: str) -> tuple[Any, str]:
        """The file system of an address, and the path in it; `SettingsError` where there is none.

        Without a scheme an address is a path of this machine; `s3://` is Arrow's own client;
        any other scheme is left to fsspec.
        """
        scheme, _, path = address.rpartition("://")
        if scheme in {"", "file"}:
            return fs.LocalFileSystem(), str(Path(path).absolute())
        if scheme == "s3":
            return fs.S3FileSystem(**self._s3()), path
        try:
            found = fsspec.filesystem(scheme)
        except (ImportError, ValueError) as error:
            right = "a path, s3://BUCKET/PATH, or a scheme whose fsspec package is installed"
            raise SettingsError(str(error), where=address, right=right) from error
        return fs.PyFileSystem(fs.FSSpecHandler(found)), path

    def _s3(self) -> dict[str, Any]:
        if self.endpoint is None:
            return {}
        scheme, _, host = self.endpoint.rpartition("://")
        return {"endpoint_override": host, "scheme": scheme or "https"}


class Folder:
    """A folder at an address; every name in it is given relative to it, with `/`."""

    def __init__(self, address: str, storage: Storage) -> None:
        self.address = address.rstrip("/")
        self.storage = storage
        self.system, self._base = storage.reach(self.address)

    def path(self, name: str) -> str:
        """The path of a name in the folder's own file system."""
        return f"{self._base}/{name}"

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none."""
        try:
            with self.system.open_input_stream(self.path(name), compression=None) as stream:
                return cast(bytes, stream.read())
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes | pa.Buffer) -> None:
        """Write a file: whole or not at all."""
        path = self.path(name)
        if not isinstance(self.system, fs.LocalFileSystem):
            with self.system.open_output_stream(path, compression=None) as stream:
                stream.write(data)
            return
        folder = Path(path).parent
        folder.mkdir(parents=True, exist_ok=True)
        scratch = folder / f"{SCRATCH}{uuid.uuid4().hex}"
        try:
            with scratch.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder of this one, sorted; none where it is missing."""
        wanted = fs.FileSelector(self.path(folder), allow_not_found=True)
        found = (i.base_name for i in self.system.get_file_info(wanted) if i.is_file)
        return sorted(name for name in found if not name.startswith("."))

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in a folder of this one, sorted; none where it is missing."""
        wanted = fs.FileSelector(self.path(folder), allow_not_found=True)
        return sorted(i.base_name for i in self.system.get_file_info(wanted) if not i.is_file)

    def remove(self, folder: str) -> None:
        """Remove a folder and what is in it; nothing where it is missing."""
        try:
            self.system.delete_dir(self.path(folder))
        except FileNotFoundError:
            return

    def prepare(self) -> None:
        """Make the folder, or say why it cannot be written to; `InputError`."""
        try:
            if isinstance(self.system, fs.LocalFileSystem):
                Path(self._base).mkdir(parents=True, exist_ok=True)
            self.write("probe", b"")
            self.system.delete_file(self.path("probe"))
        except OSError as error:
            right = "a folder, or a bucket that exists, which may be written to"
            raise InputError(_short(error), where=self.address, right=right) from error


def opened(system: Any, path: str) -> BinaryIO:
    """A file opened to be read from its start, as bytes; what it holds is not unpacked."""
    return cast(BinaryIO, system.open_input_stream(path, compression=None))


def _short(error: OSError) -> str:
    return (error.strerror or str(error)).splitlines()[0]
