"""The labels by which what may be given to whom is marked."""

from __future__ import annotations

#: The labels of TLP 2.0 (FIRST, 2022), the freest first.
MARKINGS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
