"""Dates: time expressions, and the period each event fell in."""

from watchfloor.when.find import find
from watchfloor.when.link import link

__all__ = ["find", "link"]
