"""How place names are compared: without accents, case, hyphens and apostrophes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=50_000)
def key_of(name: str) -> str:
    """The form under which a name is looked up; empty for what has no letter.

    "Deir ez-Zor" and "DEIR EZ ZOR" are one, and so are "São Paulo" and "Sao Paulo".
    """
    if name.isascii():
        plain = name
    else:
        parts = unicodedata.normalize("NFKD", name)
        plain = "".join(c for c in parts if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() else " " for c in plain.replace("'", "").replace("’", ""))
    return " ".join(kept.lower().split())
