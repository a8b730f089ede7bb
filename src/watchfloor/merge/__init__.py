"""Incidents: one happening, however often it is told."""

from watchfloor.merge.across import Merger, across
from watchfloor.merge.outcome import MergedIncident, identity
from watchfloor.merge.within import within

__all__ = ["MergedIncident", "Merger", "across", "identity", "within"]
