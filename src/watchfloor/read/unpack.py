"""Bodies that a server packed, unpacked piece by piece, so that a bomb is noticed as it opens."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from watchfloor.errors import InputError

#: What is asked for in `Accept-Encoding`.
PACKINGS = "gzip, br"
#: The most bytes that a piece is unpacked to at once.
STEP = 1 << 18
#: zlib's word for the form of each packing: with a gzip head, with a zlib head.
_FORMS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def unpacked(pieces: Iterable[bytes], packing: str, origin: str) -> Iterator[bytes]:
    """The body that pieces hold; `packing` is the `Content-Encoding`, empty where there is none.

    No piece that comes out is much larger than `STEP`, however well it was packed. Raises
    InputError where it cannot be unpacked or ends too early.
    """
    name = packing.strip().lower()
    if name in {"", "identity"}:
        yield from pieces
    elif name == "br":
        yield from _brotli(pieces, origin)
    elif name in _FORMS:
        yield from _zlib(pieces, _FORMS[name], origin)
    else:
        right = f"one of {PACKINGS}"
        raise InputError(f"packed as {packing!r}", where=origin, right=right)


def _zlib(pieces: Iterable[bytes], form: int, origin: str) -> Iterator[bytes]:
    unpack = zlib.decompressobj(wbits=form)
    try:
        for piece in pieces:
            rest = piece
            while rest and not unpack.eof:
                yield unpack.decompress(rest, STEP)
                rest = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise _damaged(origin) from error
    if not unpack.eof:
        raise _damaged(origin)


def _brotli(pieces: Iterable[bytes], origin: str) -> Iterator[bytes]:
    import brotli  # noqa: PLC0415 - bodies so packed only

    unpack = brotli.Decompressor()
    try:
        for piece in pieces:
            yield unpack.process(piece, output_buffer_limit=STEP)
            while not unpack.is_finished() and (
                more := unpack.process(b"", output_buffer_limit=STEP)
            ):
                yield more
    except brotli.error as error:
        raise _damaged(origin) from error
    if not unpack.is_finished():
        raise _damaged(origin)


def _damaged(origin: str) -> InputError:
    return InputError("packed data that is damaged or cut off", where=origin)
