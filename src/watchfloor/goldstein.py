"""How hostile or friendly a kind of act is, on the scale that users of GDELT and ICEWS know."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def goldstein(code: str | None) -> float | None:
    """The Goldstein value of a CAMEO code, -10 (most hostile) to 10 (most friendly).

    None without a code, and for one that the published table (`data/cameo_codes.tsv`) gives none.
    """
    return _values().get(code) if code is not None else None


@cache
def _values() -> dict[str, float]:
    text = files("watchfloor.data").joinpath("cameo_codes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {code: float(value) for code, value in rows if value}
