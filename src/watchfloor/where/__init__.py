"""Places: gazetteer, toponyms, and which place an event happened at."""

from watchfloor.where.find import find
from watchfloor.where.link import link
from watchfloor.where.settle import settle

__all__ = ["find", "link", "settle"]
