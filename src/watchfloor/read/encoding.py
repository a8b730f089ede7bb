"""Bytes -> text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})""", re.I)
#: A whole character of two to four bytes: what only UTF-8 has.
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x80-\xbf]{3}")
#: Control characters that no text holds.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b"))
_LOOK = 8192


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding."""
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return False
    head = data[:_LOOK]
    return len(head.translate(None, _CONTROL)) < 0.98 * len(head) or b"\0" in head


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of some bytes, and what was wrong with them.

    A byte order mark is believed first, then UTF-8 where the bytes are that, then what the page or
    server declared. Bytes that are UTF-8 but for some broken ones keep the rest, with a problem.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first_bad = error.start
    if _MULTIBYTE.search(data) and _is_mostly_utf8(data):
        text = data.decode("utf-8", errors="replace")
        return text, (f"broken UTF-8 from byte {first_bad}: read as \N{REPLACEMENT CHARACTER}",)
    for named in (declared, _in_page(data)):
        if named and named.lower() not in {"utf-8", "utf8"}:
            try:
                return data.decode(named), ()
            except (LookupError, UnicodeDecodeError):
                continue
    best = from_bytes(data[:100_000]).best()
    name = best.encoding if best else "cp1252"
    return data.decode(name, errors="replace"), ()


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether whole UTF-8 characters are too many, beside the bytes that fit none, for chance."""
    sample = data[:1_000_000]
    good = len(_MULTIBYTE.findall(sample))
    bad = sample.decode("utf-8", errors="replace").count("\N{REPLACEMENT CHARACTER}")
    return good * 4 >= bad


def _in_page(data: bytes) -> str | None:
    found = _META.search(data[:4096])
    return found[1].decode("ascii", errors="replace") if found else None
