"""Read the text back out of a PDF as reportlab writes it: enough of ISO 32000 for the tests."""

from __future__ import annotations

import base64
import re
import zlib


def text_of(pdf: bytes) -> str:
    """The text of all pages, in the order drawn, by the fonts' own maps to Unicode."""
    objects = {int(n): body for n, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", pdf, re.S)}
    fonts = {}
    for name, n in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", pdf):
        to = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(n)])
        fonts[name] = _map(_stream(objects[int(to[1])])) if to else {}
    pages = [int(n) for n in re.findall(rb"/Contents (\d+) 0 R", pdf)]
    return "\n".join(_drawn(_stream(objects[n]), fonts) for n in pages)


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*?)endstream", body, re.S)
    assert found
    data = found[1].strip()
    if b"ASCII85Decode" in body:
        data = base64.a85decode(b"<~" + data, adobe=True)
    return zlib.decompress(data) if b"FlateDecode" in body else data


def _map(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"^<(\w+)> <(\w{4,})>$", cmap, re.M)
    return {int(c, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for c, to in pairs}


def _drawn(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    said, known = [], {}
    pattern = rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\()])*)\) Tj|T\*"
    for piece in re.finditer(pattern, content, re.S):
        if piece[1] is not None:
            known = fonts.get(piece[1], {})
        elif piece[2] is not None:
            raw = re.sub(rb"\\(\d{3}|.)", _plain, piece[2], flags=re.S)
            if known or not raw.startswith((b"\x00", b"\xfe")):
                said.append("".join(known.get(b, chr(b)) for b in raw))
        else:
            said.append(" ")
    return "".join(said)


def _plain(escape: re.Match[bytes]) -> bytes:
    one = escape[1]
    known = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return bytes([int(one, 8)]) if one.isdigit() else known.get(one, one)
