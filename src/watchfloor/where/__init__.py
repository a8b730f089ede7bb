"""Places: gazetteer, toponyms, and which place an event happened at."""

from watchfloor.where.find import find
from watchfloor.where.link import link

__all__ = ["find", "link"]
