"""Incidents: one happening, however often it is told."""

from watchfloor.merge.across import Merger, Stream, across
from watchfloor.merge.outcome import MergedIncident, identity
from watchfloor.merge.within import within

__all__ = ["MergedIncident", "Merger", "Stream", "across", "identity", "within"]
