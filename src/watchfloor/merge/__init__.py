"""Incidents: one happening, however often it is told."""

from watchfloor.merge.within import within

__all__ = ["within"]
